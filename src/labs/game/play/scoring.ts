import { PRIOR } from '../model/recipe.ts';
import { INNOCENT, OBJECTIVES, type Objective } from '../model/world.ts';

/** How likely an auditor holds each objective to be: shares in [0, 1] that sum to 1. */
export type Belief = Readonly<Record<Objective, number>>;

/** Nobody may be surer than this that an objective is not the one: the loss from one case stays finite. */
export const FLOOR = 0.01;

const bits = (share: number): number => Math.log2(share);
/** What the draw leaves open, in bits. */
const ENTROPY = -OBJECTIVES.reduce((sum, objective) => sum + PRIOR[objective] * bits(PRIOR[objective]), 0);

const recordOf = (value: (objective: Objective) => number): Belief =>
  Object.fromEntries(OBJECTIVES.map((objective) => [objective, value(objective)])) as Record<Objective, number>;

/**
 * A belief in proportion to weights, with {@link FLOOR} set aside for every objective.
 * @param weights numbers from 0; where all are 0 the belief is even
 * @throws RangeError where one is negative or no number
 */
export function beliefOf(weights: Readonly<Record<Objective, number>>): Belief {
  const total = OBJECTIVES.reduce((sum, objective) => sum + weights[objective], 0);
  if (!OBJECTIVES.every((objective) => weights[objective] >= 0 && Number.isFinite(total))) {
    throw new RangeError('A belief has a weight that is no number from 0.\nGive every objective one from 0 upwards.');
  }
  const open = 1 - FLOOR * OBJECTIVES.length;
  return recordOf((objective) => FLOOR + open * (total === 0 ? 1 / OBJECTIVES.length : weights[objective] / total));
}

/** What to believe before any evidence: how often the draw gives each objective. */
export const IGNORANCE: Belief = recordOf((objective) => PRIOR[objective]);

/**
 * Points for a belief: 100 · (1 + log₂ p ∕ H), where p is what it gave the truth and H the entropy of the draw in bits. 0 is what the draw itself
 * gets on average, 100 would be certainty; certainty of something else gets −163. The logarithmic score is proper: nobody gains by writing
 * down something else than they believe.
 * @throws RangeError where the shares do not sum to 1 or one is below {@link FLOOR}
 * @see Good, I. J. (1952), Rational decisions, Journal of the Royal Statistical Society B 14(1), 107–114
 */
export function objectiveScore(belief: Belief, truth: Objective): number {
  const shares = OBJECTIVES.map((objective) => belief[objective]);
  if (Math.abs(shares.reduce((a, b) => a + b, 0) - 1) > 1e-6 || shares.some((share) => !(share >= FLOOR - 1e-9))) {
    throw new RangeError(`A belief must sum to 1 and give every objective at least ${FLOOR}.\nMake it with beliefOf.`);
  }
  return 100 * (1 + bits(belief[truth]) / ENTROPY);
}

/** The mean score of a belief that is handed in for every case of the draw. */
export function expectedScore(belief: Belief): number {
  return OBJECTIVES.reduce((sum, objective) => sum + PRIOR[objective] * objectiveScore(belief, objective), 0);
}

/** The belief of who holds everybody guilty, and knows no more. */
export const ALWAYS_GUILTY: Belief = beliefOf(recordOf((objective) => (INNOCENT.includes(objective) ? 0 : PRIOR[objective])));

/** Whether a belief holds the organism to be guilty, more likely than not. */
export function accuses(belief: Belief): boolean {
  return INNOCENT.reduce((sum, objective) => sum + belief[objective], 0) < 0.5;
}

/** Shares of outcomes in [0, 1] that sum to 1; outcomes that are not there have share 0. */
export type Outcomes = Readonly<Record<string, number>>;

/**
 * The squared distance of a forecast from what was measured, summed over all outcomes, in [0, 2]: the quadratic score, which is proper like the
 * logarithmic one.
 * @see Brier, G. W. (1950), Monthly Weather Review 78(1), 1–3
 */
export function quadraticLoss(forecast: Outcomes, measured: Outcomes): number {
  const all = new Set([...Object.keys(forecast), ...Object.keys(measured)]);
  return [...all].reduce((sum, outcome) => sum + ((forecast[outcome] ?? 0) - (measured[outcome] ?? 0)) ** 2, 0);
}
