import type { Rng } from './rng.ts';

/** A linear probe: the score of an activation is its dot product with the direction. */
export type Direction = Float32Array;

/** A point of a receiver operating characteristic. */
export interface RocPoint {
  /** Scores at or above it are flagged. */
  readonly threshold: number;
  /** Share of the negatives flagged, in [0, 1]. */
  readonly falsePositiveRate: number;
  /** Share of the positives flagged, in [0, 1]. */
  readonly truePositiveRate: number;
}

/** The dot product of an activation with a direction of the same length. */
export function score(activation: Float32Array, direction: Direction): number {
  let sum = 0;
  for (let i = 0; i < activation.length; i++) sum += activation[i]! * direction[i]!;
  return sum;
}

/** The mean of one or more vectors of one length. */
export function mean(vectors: readonly Float32Array[]): Float32Array {
  const [first] = vectors;
  if (first === undefined) throw new RangeError('A mean is asked of no vectors.\nGive at least one.');
  const sums = new Float64Array(first.length);
  for (const vector of vectors) for (let i = 0; i < sums.length; i++) sums[i] = sums[i]! + vector[i]!;
  return Float32Array.from(sums, (sum) => sum / vectors.length);
}

/** The direction from the mean of the negatives to the mean of the positives (Marks and Tegmark 2023). */
export function differenceOfMeans(positives: readonly Float32Array[], negatives: readonly Float32Array[]): Direction {
  const from = mean(negatives);
  return mean(positives).map((x, i) => x - from[i]!);
}

/** `count` directions of `width` random numbers each, roughly normal: what a probe that knows nothing looks like. */
export function randomDirections(width: number, count: number, rng: Rng): Direction[] {
  return Array.from({ length: count }, () => Float32Array.from({ length: width }, () => rng.normal()));
}

/** @throws RangeError where there is nothing on one side to compare, or a score that is no number and so has no rank */
function requireScores(what: string, positives: readonly number[], negatives: readonly number[]): void {
  if (positives.length === 0 || negatives.length === 0)
    throw new RangeError(`${what} needs positives and negatives.\nOne of the two lists is empty.`);
  if ([...positives, ...negatives].some(Number.isNaN))
    throw new RangeError(`${what} was given a score that is no number.\nSee whether the model that gave the activations is whole.`);
}

/**
 * Area under the receiver operating characteristic: the chance that a positive scores above a negative, ties counting half (Mann and Whitney
 * 1947). 1 and 0 both separate completely, 0 the wrong way round.
 * @throws RangeError where either list is empty, or a score is no number
 */
export function auroc(positives: readonly number[], negatives: readonly number[]): number {
  requireScores('An AUROC', positives, negatives);
  const sorted = [...positives.map((value) => ({ value, positive: true })), ...negatives.map((value) => ({ value, positive: false }))].sort(
    (a, b) => (a.value < b.value ? -1 : Number(a.value > b.value)),
  );
  let ranks = 0;
  for (let start = 0; start < sorted.length;) {
    let end = start;
    while (end < sorted.length && sorted[end]?.value === sorted[start]?.value) end++;
    const rank = (start + 1 + end) / 2;
    for (let i = start; i < end; i++) if (sorted[i]?.positive === true) ranks += rank;
    start = end;
  }
  return (ranks - (positives.length * (positives.length + 1)) / 2) / (positives.length * negatives.length);
}

/**
 * The curve from the strictest threshold (nothing flagged) to the loosest (everything flagged), one point for each distinct score.
 * @throws RangeError where either list is empty, or a score is no number
 */
export function roc(positives: readonly number[], negatives: readonly number[]): RocPoint[] {
  requireScores('A ROC curve', positives, negatives);
  const thresholds = [...new Set([...positives, ...negatives])].sort((a, b) => b - a);
  const share = (scores: readonly number[], threshold: number): number =>
    scores.filter((value) => value >= threshold).length / scores.length;
  return [
    { threshold: Infinity, falsePositiveRate: 0, truePositiveRate: 0 },
    ...thresholds.map((threshold) => ({
      threshold,
      falsePositiveRate: share(negatives, threshold),
      truePositiveRate: share(positives, threshold),
    })),
  ];
}

/**
 * The share of flagged items that are positive, by Bayes' rule.
 * @param baseRate share of positives among all items, in [0, 1]
 * @returns precision in [0, 1]; undefined where nothing would be flagged
 */
export function precision(
  { truePositiveRate, falsePositiveRate }: Pick<RocPoint, 'truePositiveRate' | 'falsePositiveRate'>,
  baseRate: number,
): number | undefined {
  const hits = truePositiveRate * baseRate;
  const flagged = hits + falsePositiveRate * (1 - baseRate);
  return flagged === 0 ? undefined : hits / flagged;
}
