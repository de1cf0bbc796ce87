import type { Interval } from '../../../handbook/statistics.ts';
import { mean } from '../../nn/probe.ts';

/** Two-sided 95 % quantile of the standard normal distribution. */
const Z95 = 1.959963984540054;
/** Halvings of an interval after which nothing changes in double precision. */
const HALVINGS = 60;

/**
 * An interval of 95 % for an AUROC: the areas from which the measured one lies within 1.96 of the standard errors that Hanley and McNeil give
 * for them. It does not shrink to a point at 0 and 1. It takes the prompts as independent, which those on one item are not quite.
 * @param area measured, in [0, 1]
 * @param positives how many, at least 1
 * @param negatives how many, at least 1
 * @see Newcombe, R. G. (2006), Statistics in Medicine 25(4), 559–573, method 5; Hanley, J. A. and McNeil, B. J. (1982), Radiology 143, 29–36
 */
export function aurocInterval(area: number, positives: number, negatives: number): Interval {
  const mean = (positives + negatives) / 2 - 1;
  const variance = (of: number): number =>
    (of * (1 - of) * (1 + (mean * (1 - of)) / (2 - of) + (mean * of) / (1 + of))) / (positives * negatives);
  const within = (of: number): boolean => (of - area) ** 2 <= Z95 ** 2 * variance(of);
  const end = (outside: number): number => {
    if (area === outside) return outside;
    let [far, near] = [outside, area];
    for (let i = 0; i < HALVINGS; i++) {
      const middle = (far + near) / 2;
      if (within(middle)) near = middle;
      else far = middle;
    }
    return near;
  };
  return { low: end(0), high: end(1) };
}

/**
 * The number below which a share of the numbers lies, between neighbours in proportion.
 * @param sorted at least one number, smallest first
 * @param share in [0, 1]
 */
export function quantile(sorted: readonly number[], share: number): number {
  const place = share * (sorted.length - 1);
  const below = Math.floor(place);
  const from = sorted[below]!;
  return from + (place - below) * (sorted[Math.min(below + 1, sorted.length - 1)]! - from);
}

/**
 * How many positives a detector catches at each number of false alarms that one may allow.
 * @returns for 0, 1, … all negatives flagged at most, the largest share of the positives that is flagged, in [0, 1]
 */
export function caughtAt(positives: readonly number[], negatives: readonly number[]): number[] {
  const falling = negatives.toSorted((a, b) => b - a);
  return [...falling, -Infinity].map((mustStay) => positives.filter((value) => value > mustStay).length / positives.length);
}

/**
 * How far apart two groups of vectors lie: the share of their variance that is between the means of the groups (η², Fisher 1925).
 * @param one at least one vector
 * @param other at least one vector of the same length
 * @returns a number in [0, 1]; 0 where all vectors are the same
 */
export function apart(one: readonly Float32Array[], other: readonly Float32Array[]): number {
  const all = [...one, ...other];
  const centre = mean(all);
  const squared = (vector: Float32Array): number => vector.reduce((sum, x, i) => sum + (x - centre[i]!) ** 2, 0);
  const total = all.reduce((sum, vector) => sum + squared(vector), 0);
  const between = one.length * squared(mean(one)) + other.length * squared(mean(other));
  return total === 0 ? 0 : between / total;
}
