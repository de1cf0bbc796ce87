import type { Interval } from '../../../handbook/statistics.ts';
import { auroc } from '../../nn/probe.ts';
import type { Rng } from '../../nn/rng.ts';
import { quantile } from '../../probe/model/statistics.ts';

/** The mean of each of `features` activations over rows of them; of at least one row. */
export function meanRow(rows: readonly Float32Array[]): Float64Array {
  const sums = new Float64Array(rows[0]?.length ?? 0);
  for (const row of rows) for (let i = 0; i < sums.length; i++) sums[i] = sums[i]! + row[i]!;
  return sums.map((sum) => sum / rows.length);
}

export const mean = (numbers: readonly number[]): number => numbers.reduce((sum, x) => sum + x, 0) / numbers.length;

/** The numbers of the features from the largest value to the smallest; of equals the lower number first. */
export function ranked(values: ArrayLike<number>): number[] {
  return Array.from({ length: values.length }, (_, feature) => feature).sort((a, b) => values[b]! - values[a]! || a - b);
}

/** Pearson's correlation of two lists of one length, neither of them constant. */
export function correlation(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const [meanA, meanB] = [mean(Array.from(a)), mean(Array.from(b))];
  let [both, first, second] = [0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    const [x, y] = [a[i]! - meanA, b[i]! - meanB];
    both += x * y;
    first += x * x;
    second += y * y;
  }
  return both / Math.sqrt(first * second);
}

/** Resamples of a bootstrap. */
const RESAMPLES = 400;

/**
 * A 95 % interval of an AUROC, by resampling groups of scores: those of one genre are not independent of each other.
 * @param positives scores of each group; `negatives` the same groups in the same order
 */
export function aurocOverGroups(positives: readonly (readonly number[])[], negatives: readonly (readonly number[])[], rng: Rng): Interval {
  const values = Array.from({ length: RESAMPLES }, () => {
    const drawn = positives.map(() => rng.below(positives.length));
    return auroc(
      drawn.flatMap((group) => positives[group]!),
      drawn.flatMap((group) => negatives[group]!),
    );
  }).sort((a, b) => a - b);
  return { low: quantile(values, 0.025), high: quantile(values, 0.975) };
}
