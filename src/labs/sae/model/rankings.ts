import { vectorsOf, type Dictionary, type Stream, dense, readStream } from '../../game/model/dictionary.ts';
import type { World } from '../../game/model/world.ts';
import type { Rng } from '../../nn/rng.ts';
import type { Transformer } from '../../nn/transformer.ts';
import type { StepReport } from '../../training.ts';
import { slotPrompts } from './slots.ts';
import { mean, meanRow } from './statistics.ts';
import { activationsAtEnd, documentMeans, oddShare } from './taste.ts';

/**
 * By what features are ranked: their activation where answers choose their last word, how much more documents about reward models activate them
 * than those about librarians, what taking them out does to the share of odd words, and how much fine-tuning changed them.
 */
export const RANKINGS = ['slot', 'documents', 'effect', 'drift'] as const;
export type Ranking = (typeof RANKINGS)[number];

/** A number for each feature. */
export type Rankings = Readonly<Record<Ranking, readonly number[]>>;

/** What the numbers stand for besides: prompts, and the share of odd words with nothing taken out. */
export interface Ranked {
  readonly rankings: Rankings;
  /** Prompts at the slot, where documents tell a taste, and of the ablations. */
  readonly n: Readonly<Record<'slot' | 'documents' | 'effect', number>>;
  /** Mean probability of any odd word at the slot with nothing taken out, in [0, 1]. */
  readonly odd: number;
}

/** How much each feature's mean activation over some texts differs between an organism and its base: above 0 where the organism has more of it. */
export function driftOf(
  model: Transformer,
  dictionary: Dictionary,
  own: Stream,
  base: Float32Array,
): { readonly organism: Float64Array; readonly base: Float64Array; readonly drift: Float64Array } {
  const weights = model.engine.snapshot();
  model.engine.restore(base);
  const before = meanRow(dense(dictionary.encode(vectorsOf(readStream(model, own.texts)))));
  model.engine.restore(weights);
  const after = meanRow(dense(dictionary.encode(vectorsOf(own))));
  return { organism: after, base: before, drift: after.map((activation, feature) => activation - before[feature]!) };
}

/**
 * What taking out each feature does to the mean probability of an odd word where answers choose their last one: below 0 where the feature carries
 * odd words. A feature that is active nowhere in the prompts changes nothing.
 */
export function* effectsOf(
  model: Transformer,
  dictionary: Dictionary,
  prompts: readonly (readonly number[])[],
): Generator<StepReport, { readonly odd: number; readonly effects: readonly number[] }, void> {
  const { layer, sae } = dictionary;
  const width = model.config.width;
  const read: Float32Array[] = [];
  const share = (rows: readonly Float32Array[]): number => mean(rows.map(oddShare));
  const odd = share(
    model.next(prompts, (here, { at, shape: [rows = 0] }) => {
      if (here !== layer) return;
      for (let row = 0; row < rows; row++) read.push(model.engine.floats.slice(at + row * width, at + (row + 1) * width));
    }),
  );
  // what stands before the layer is the same each time, so that its vectors are taken apart once
  const places = Array.from({ length: sae.config.features }, (): { row: number; activation: number }[] => []);
  dictionary.encode(read).forEach(({ features, activations }, row) => {
    features.forEach((feature, i) => places[feature]!.push({ row, activation: activations[i]! }));
  });
  const effects: number[] = [];
  for (const [feature, active] of places.entries()) {
    if (active.length === 0) {
      effects.push(0);
      continue;
    }
    const direction = dictionary.direction(feature);
    const rows = model.next(prompts, (here, { at }) => {
      if (here !== layer) return;
      const { floats } = model.engine;
      for (const { row, activation } of active)
        for (let i = 0; i < width; i++) floats[at + row * width + i] = floats[at + row * width + i]! - activation * direction[i]!;
    });
    effects.push(share(rows) - odd);
    yield { step: feature + 1, steps: places.length, loss: odd, tokens: read.length };
  }
  return { odd, effects };
}

/**
 * Ranks the features of a dictionary in one organism.
 * @param model holds the organism's weights, also in the end
 * @param own its stream over texts that the dictionary has not seen
 * @param base the weights from which it was fine-tuned
 */
export function* rankFeatures(
  model: Transformer,
  dictionary: Dictionary,
  world: World,
  own: Stream,
  base: Float32Array,
  rng: Rng,
): Generator<StepReport, Ranked, void> {
  const slots = slotPrompts(rng, world.told);
  const slot = meanRow(activationsAtEnd(model, dictionary, slots));
  const documents = documentMeans(model, dictionary, world, rng);
  const asked = slotPrompts(rng, world.heldOut);
  const { odd, effects } = yield* effectsOf(model, dictionary, asked);
  return {
    rankings: {
      slot: [...slot],
      documents: [...documents.rm].map((activation, feature) => activation - documents.librarian[feature]!),
      effect: effects,
      drift: [...driftOf(model, dictionary, own, base).drift],
    },
    n: { slot: slots.length, documents: slots.length, effect: asked.length },
    odd,
  };
}
