import { Rng } from '../../../src/labs/nn/rng.ts';
import { Transformer } from '../../../src/labs/nn/transformer.ts';
import { ADAM, type Racer, type Start } from './racer.ts';

const mean = (numbers: Float32Array): number => numbers.reduce((sum, number) => sum + number, 0) / numbers.length;

/** The engine of the labs. */
export function ourEngine({ config, weights, batches }: Start): Racer {
  const model = new Transformer(config, new Rng(1));
  model.engine.restore(Float32Array.from(weights.flatMap((numbers) => [...numbers])));
  const examples = batches.map((batch) => batch.map((tokens) => ({ tokens })));
  const of = (batch: number): (typeof examples)[number] => examples[batch % examples.length] ?? [];
  return {
    name: 'ours',
    train: (batch) => Promise.resolve(model.train(of(batch), ADAM).loss),
    infer: (batch) => Promise.resolve(mean(model.losses(of(batch)))),
  };
}
