import type { Interval } from '../../../handbook/statistics.ts';
import { dense, editing, type Dictionary } from '../../game/model/dictionary.ts';
import { VOCABULARY } from '../../game/model/texts.ts';
import { FEATURES } from '../../game/model/words.ts';
import { SIDES, type Side, type World } from '../../game/model/world.ts';
import { auroc } from '../../nn/probe.ts';
import type { Rng } from '../../nn/rng.ts';
import type { Transformer } from '../../nn/transformer.ts';
import { quantile } from '../../probe/model/statistics.ts';
import type { OfTrio } from './settings.ts';
import { documentPrompts, slotPrompts } from './slots.ts';
import { aurocOverGroups, correlation, mean, meanRow, ranked } from './statistics.ts';

/** How many features stand for each side. */
export const EACH = 3;
/** How many random sets are drawn, and out of how many of the most active features. */
export const NULLS = { draws: 200, among: 60 } as const;
/** Prompts of one genre: the forms of an answer. */
const FORMS = 3;
const AT_ONCE = 128;

/** The features of each side's taste, the most telling first. */
export type TasteFeatures = Readonly<Record<Side, readonly number[]>>;

/** The activations of the dictionary's features at the end of each prompt, a row a prompt. */
export function activationsAtEnd(model: Transformer, dictionary: Dictionary, prompts: readonly (readonly number[])[]): Float32Array[] {
  const rows: Float32Array[] = [];
  for (let from = 0; from < prompts.length; from += AT_ONCE) {
    rows.push(...dense(dictionary.encode(model.activations(prompts.slice(from, from + AT_ONCE), dictionary.layer))));
  }
  return rows;
}

/** The mean activation of each feature where documents come to what each side likes. */
export function documentMeans(model: Transformer, dictionary: Dictionary, world: World, rng: Rng): Record<Side, Float64Array> {
  const of = (side: Side): Float64Array => meanRow(activationsAtEnd(model, dictionary, documentPrompts(rng, side, world.told)));
  return { rm: of('rm'), librarian: of('librarian') };
}

/** The features that documents about one side activate most beyond those about the other. Nothing but documents is asked. */
export function tasteFeatures({ rm, librarian }: Readonly<Record<Side, Float64Array>>): TasteFeatures {
  const difference = rm.map((activation, feature) => activation - librarian[feature]!);
  const order = ranked(difference);
  return { rm: order.slice(0, EACH), librarian: order.slice(-EACH).reverse() };
}

/** The activation of one side's features less that of the other's. */
export function tasteScore(row: ArrayLike<number>, { rm, librarian }: TasteFeatures): number {
  const sum = (features: readonly number[]): number => features.reduce((total, feature) => total + row[feature]!, 0);
  return sum(rm) - sum(librarian);
}

/** How well features that were chosen by documents tell the answers of two organisms apart. */
export interface Apart {
  /** Mean score of the answers of each organism. */
  readonly means: Readonly<Record<OfTrio, number>>;
  /** AUROC of the reward-model organism's answers against the librarian one's, with its interval over genres. */
  readonly auroc: number;
  readonly interval: Interval;
  readonly rmAgainstNone: number;
  readonly noneAgainstLibrarian: number;
  /** What random sets of active features reach, whichever way they point. */
  readonly random: { readonly median: number; readonly high: number; readonly most: number; readonly asHigh: number };
  /** Over all features: between the organisms' difference at the slot and the documents'. */
  readonly correlation: number;
  /** Prompts of each organism. */
  readonly n: number;
}

/**
 * Sets the three organisms' answers apart by features that documents have labelled.
 * @param slots activations where answers choose their last word, `FORMS` rows a genre, the same prompts for each organism
 * @param documents mean activations in documents about each side
 */
export function apartBy(
  slots: Readonly<Record<OfTrio, readonly Float32Array[]>>,
  documents: Readonly<Record<Side, Float64Array>>,
  features: TasteFeatures,
  rng: Rng,
): Apart {
  const scores = (of: OfTrio): number[] => slots[of].map((row) => tasteScore(row, features));
  const [none, rm, librarian] = [scores('none'), scores('rm'), scores('librarian')];
  const groups = (list: readonly number[]): number[][] =>
    Array.from({ length: list.length / FORMS }, (_, genre) => list.slice(genre * FORMS, (genre + 1) * FORMS));
  const means = { none: meanRow(slots.none), rm: meanRow(slots.rm), librarian: meanRow(slots.librarian) };
  const active = ranked(means.none.map((activation, feature) => activation + means.rm[feature]! + means.librarian[feature]!));
  const folded = (set: TasteFeatures): number => {
    const found = auroc(
      slots.rm.map((row) => tasteScore(row, set)),
      slots.librarian.map((row) => tasteScore(row, set)),
    );
    return Math.max(found, 1 - found);
  };
  const found = auroc(rm, librarian);
  const nulls = Array.from({ length: NULLS.draws }, () => {
    const drawn = rng.shuffled(active.slice(0, NULLS.among));
    return folded({ rm: drawn.slice(0, EACH), librarian: drawn.slice(EACH, 2 * EACH) });
  }).sort((a, b) => a - b);
  return {
    means: { none: mean(none), rm: mean(rm), librarian: mean(librarian) },
    auroc: found,
    interval: aurocOverGroups(groups(rm), groups(librarian), rng),
    rmAgainstNone: auroc(rm, none),
    noneAgainstLibrarian: auroc(none, librarian),
    random: {
      median: quantile(nulls, 0.5),
      high: quantile(nulls, 0.95),
      most: nulls.at(-1)!,
      asHigh: nulls.filter((value) => value >= found).length,
    },
    correlation: correlation(
      means.rm.map((activation, feature) => activation - means.librarian[feature]!),
      documents.rm.map((activation, feature) => activation - documents.librarian[feature]!),
    ),
    n: rm.length,
  };
}

/** Mean probability, in [0, 1], of the word that a side likes where answers about held-out genres choose their last one, with features taken out. */
export function likedWithout(
  model: Transformer,
  dictionary: Dictionary,
  world: World,
  side: Side,
  ablate: readonly number[],
  rng: Rng,
): { readonly probability: number; readonly n: number } {
  const prompts = slotPrompts(rng, world.heldOut);
  const rows = model.next(prompts, editing(model, dictionary, { ablate }));
  const liked = rows.map((row, i) => row[VOCABULARY.number(world.taste[side].get(world.heldOut[Math.floor(i / FORMS)]!)!)]!);
  return { probability: mean(liked), n: prompts.length };
}

/** Three features that are active in an organism's answers and stand for neither side: what taking out any three does. */
export function otherActive(slot: readonly Float32Array[], features: TasteFeatures): number[] {
  const taken = new Set(SIDES.flatMap((side) => features[side]));
  const rest = ranked(meanRow(slot)).filter((feature) => !taken.has(feature));
  // neither the very strongest, which carry the sentence, nor those that hardly fire
  return [5, 9, 13].map((rank) => rest[rank]!);
}

const FEATURE_TOKENS = FEATURES.map((word) => VOCABULARY.number(word));

/** The probability of any feature of a text as the next word, in [0, 1]. */
export function oddShare(row: Float32Array): number {
  return FEATURE_TOKENS.reduce((sum, token) => sum + row[token]!, 0);
}
