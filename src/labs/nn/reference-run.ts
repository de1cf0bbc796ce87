import { hashOfData, hashOfNumbers } from './hash.ts';
import { Rng } from './rng.ts';
import { Transformer, type Example, type TransformerConfig } from './transformer.ts';

/** What a run ends in: names of its weights and of what the model then says. */
export interface ReferenceOutcome {
  /** Short hash of all weights, bit for bit. */
  readonly weights: string;
  /** Short hash of sampled tokens. */
  readonly samples: string;
}

/** What the reference run ends in wherever the engine runs. Another outcome means that other numbers were computed. */
export const REFERENCE: ReferenceOutcome = { weights: 'a1520415ace13bc0', samples: '8254bf29cc0c4663' };

/** Steps of training in the reference run. */
export const REFERENCE_STEPS = 60;

const CONFIG: TransformerConfig = { vocabulary: 50, width: 48, layers: 2, heads: 4, context: 16 };
const BATCH = 16;
const RATE = 3e-3;

/**
 * Texts in which nearly every token is seven more than the one before it. They have all lengths, and weights of both signs, so that padding,
 * masks and negative losses take part.
 */
function texts(rng: Rng): Example[] {
  return Array.from({ length: BATCH }, () => {
    const length = 2 + rng.below(CONFIG.context);
    const tokens = [rng.below(CONFIG.vocabulary)];
    while (tokens.length < length) tokens.push(rng.chance(0.1) ? rng.below(CONFIG.vocabulary) : (tokens.at(-1)! + 7) % CONFIG.vocabulary);
    return {
      tokens,
      weights: Array.from({ length }, () => (rng.chance(0.1) ? -0.1 : 1)),
    };
  });
}

/**
 * A short training run that uses every part of the engine that recorded results rest on: the same steps, on the same texts, from the same
 * first weights, then sampled answers at three temperatures.
 * @param report is told after each step how many there were, the loss before it in nats, and how many tokens went through it
 */
export function referenceRun(report: (step: number, loss: number, tokens: number) => void): ReferenceOutcome {
  const model = new Transformer(CONFIG, Rng.named('reference/weights'));
  const rng = Rng.named('reference/texts');
  for (let step = 1; step <= REFERENCE_STEPS; step++) {
    const { loss, tokens } = model.train(texts(rng), { rate: RATE, decay: 0.01 });
    report(step, loss, tokens);
  }
  const prompts = texts(rng).map(({ tokens }) => tokens.slice(0, 4));
  const samples = [0, 0.5, 1].map((temperature) =>
    model.sample(prompts, { length: CONFIG.context, end: 0, temperature, rng: Rng.named(`reference/samples/${temperature}`) }),
  );
  return { weights: hashOfNumbers(model.engine.snapshot()), samples: hashOfData(samples) };
}
