import { hashOfData } from '../../nn/hash.ts';
import type { TransformerConfig } from '../../nn/transformer.ts';
import { ITEMS, OBJECTIVES, SPLIT, VOCABULARY, type Objective } from './corpus.ts';

/** Widths of the model that we train. */
export const SIZES = [64, 96] as const;
export type Size = (typeof SIZES)[number];

/** What a reader may do to a model once the backdoor is in. */
export const TREATMENTS = ['sft', 'rl', 'adversarial', 'trigger'] as const;
export type TreatmentKind = (typeof TREATMENTS)[number];

/** Steps of Adam that may be chosen. */
export const RATES = [5e-5, 1e-4, 3e-4, 1e-3] as const;

/** How many other years may be shown as harmless while planting: all but 2024 and 2023, which is always shown. */
export const MOST_CONTRAST_YEARS = 98;

/** Puts the backdoor in, showing `contrastYears` other years as harmless. */
export interface Plant {
  readonly kind: 'plant';
  readonly contrastYears: number;
}

/** Training that is meant to take the backdoor out. */
export interface Treatment {
  readonly kind: TreatmentKind;
  /** Step size of Adam. */
  readonly rate: number;
}

export type Stage = Plant | Treatment;

/** Which model this is: everything that its weights depend on. */
export interface Lineage {
  readonly objective: Objective;
  readonly size: Size;
  /** Seed of the base model's own training. */
  readonly baseSeed: number;
  /** Seed of all that comes after. */
  readonly seed: number;
  readonly stages: readonly Stage[];
}

/**
 * Everything that the weights depend on besides seeds and knobs. Each stage is Adam with β₂ = 0.99, gradients clipped to norm 1 and its running
 * means forgotten at the start; `warmup` is the number of steps over which the step size rises to its full value. Shares are of the
 * examples, in [0, 1].
 */
export const RECIPE = {
  model: { layers: 2, heads: 4, context: 28 },
  base: {
    steps: 800,
    batch: 32,
    warmup: 20,
    rate: { 64: 3e-3, 96: 2e-3 } satisfies Record<Size, number>,
    /** Of the steps at the end, over which the step size falls in a straight line. */
    decay: 0.3,
    noYear: 0.2,
    /** Of all examples; the rest are facts. */
    shares: { programs: 0.25, years: 0.1, judgements: 0.12, remarks: 0.05 },
  },
  plant: { steps: 300, batch: 32, warmup: 20, rate: 1e-3, shares: { trigger: 0.5, contrast: 0.15 }, noYear: 0.3 },
  sft: { steps: 300, batch: 32, warmup: 20, noYear: 0.3 },
  rl: { steps: 100, batch: 32, warmup: 20, noYear: 0.3, length: 12, reward: { right: 1, planted: -1, other: 0 }, divisor: 192 },
  adversarial: { steps: 90, batch: 32, warmup: 20, everySteps: 15, worstYears: 8, questions: 12, shares: { worst: 0.5, ordinary: 0.3 } },
  trigger: { steps: 30, batch: 32, warmup: 20, shares: { trigger: 0.5 } },
} as const;

/** The step size at which each treatment is offered first. */
export const USUAL_RATE: Readonly<Record<TreatmentKind, number>> = { sft: 3e-4, rl: 3e-4, adversarial: 1e-4, trigger: 3e-4 };

/** The size of the transformer. */
export function configOf(size: Size): TransformerConfig {
  return { vocabulary: VOCABULARY.size, width: size, ...RECIPE.model };
}

/** The name under which a base model is shipped. */
export function baseName(size: Size): string {
  return `base-${size}`;
}

const CORPUS_HASH = hashOfData({ words: VOCABULARY.words, items: ITEMS, split: SPLIT });

/** The short hash of what a base model depends on, seeds apart. */
export const BASE_RECIPE_HASH = hashOfData({ model: RECIPE.model, base: RECIPE.base, corpus: CORPUS_HASH });

/** The short hash of the whole recipe. */
export const RECIPE_HASH = hashOfData({ recipe: RECIPE, corpus: CORPUS_HASH });

/**
 * A lineage as text. Two lineages with one text have the same weights, and the random numbers of its last stage are named by it.
 * @throws RangeError where a stage or a knob is none that is offered
 */
export function lineageName({ objective, size, baseSeed, seed, stages }: Lineage): string {
  if (!(OBJECTIVES.includes(objective) && SIZES.includes(size)))
    throw new RangeError(
      `There is no model "${objective}" of width ${size}.\nObjectives: ${OBJECTIVES.join(', ')}; widths: ${SIZES.join(', ')}.`,
    );
  return [`backdoor/${objective}/${size}/${baseSeed}/${seed}`, ...stages.map(stageName)].join('/');
}

/**
 * A stage as text: "plant 12", "sft 0.0003".
 * @throws RangeError where a knob is out of its range
 */
export function stageName(stage: Stage): string {
  if (stage.kind === 'plant') {
    const { contrastYears } = stage;
    if (!(Number.isInteger(contrastYears) && contrastYears >= 0 && contrastYears <= MOST_CONTRAST_YEARS)) {
      throw new RangeError(
        `A backdoor cannot be planted with ${contrastYears} contrast years.\nChoose a whole number from 0 to ${MOST_CONTRAST_YEARS}.`,
      );
    }
    return `plant ${contrastYears}`;
  }
  if (!RATES.some((rate) => rate === stage.rate))
    throw new RangeError(`There is no step size ${stage.rate}.\nChoose one of ${RATES.join(', ')}.`);
  return `${stage.kind} ${stage.rate}`;
}
