import { Rng } from '../../../src/labs/nn/rng.ts';
import { Transformer, type TransformerConfig } from '../../../src/labs/nn/transformer.ts';
import { jaxEngine } from './jax.ts';
import { ourEngine } from './ours.ts';
import type { Start } from './racer.ts';

const BATCHES = 4;
const BATCH = 32;
/** Steps before anything is timed; jax-js compiles in the first. */
const WARMING = 4;

/** Tokens a second of one library, a number a round. */
export interface Speeds {
  readonly name: string;
  readonly training: readonly number[];
  readonly inference: readonly number[];
  /** Losses of the first steps: both libraries train the same model if they agree. */
  readonly losses: readonly number[];
}

function startOf(config: TransformerConfig): Start {
  const rng = Rng.named(`bench/${config.width}`);
  const { engine } = new Transformer(config, rng);
  return {
    config,
    weights: engine.parameters.map((parameter) => engine.read(parameter)),
    batches: Array.from({ length: BATCHES }, () =>
      Array.from({ length: BATCH }, () => Array.from({ length: config.context + 1 }, () => rng.below(config.vocabulary))),
    ),
  };
}

/** Tokens a second of as many steps as take `milliseconds`. */
async function speedOf(step: (batch: number) => Promise<number>, tokens: number, milliseconds: number): Promise<number> {
  const started = performance.now();
  let steps = 0;
  for (; performance.now() - started < milliseconds; steps++) await step(steps);
  return (steps * tokens) / ((performance.now() - started) / 1000);
}

/** Lets both libraries train and run a model of that size by turns. */
export async function race(config: TransformerConfig, rounds: number, milliseconds: number): Promise<Speeds[]> {
  const start = startOf(config);
  const tokens = BATCH * config.context;
  const racers = [];
  for (const racer of [ourEngine(start), await jaxEngine(start)]) {
    const losses: number[] = [];
    for (let step = 0; step < WARMING; step++) losses.push(await racer.train(step));
    for (let step = 0; step < WARMING; step++) await racer.infer(step);
    racers.push({ racer, losses, training: new Array<number>(), inference: new Array<number>() });
  }
  for (let round = 0; round < rounds; round++) {
    for (const { racer, training } of racers) training.push(await speedOf((batch) => racer.train(batch), tokens, milliseconds));
    for (const { racer, inference } of racers) inference.push(await speedOf((batch) => racer.infer(batch), tokens, milliseconds));
  }
  return racers.map(({ racer: { name }, ...speeds }) => ({ name, ...speeds }));
}
