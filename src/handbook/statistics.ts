/** A pair of proportions in [0, 1]. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** Two-sided 95 % quantile of the standard normal distribution. */
const Z95 = 1.959963984540054;

/**
 * Wilson score interval of a proportion.
 * @param k number of hits, 0 ≤ k ≤ n
 * @param n number of cases, n ≥ 1
 * @param z normal quantile; 95 % two-sided unless told
 * @returns lower and upper end, in [0, 1]
 * @throws RangeError when k and n are no count out of a total
 * @see Wilson, E. B. (1927), JASA 22(158), 209–212
 */
export function wilson(k: number, n: number, z = Z95): Interval {
  if (!(n >= 1 && k >= 0 && k <= n)) throw new RangeError(`wilson(${k}, ${n}): a count from 0 to n out of n ≥ 1 is needed`);
  const p = k / n;
  const middle = p + (z * z) / (2 * n);
  const half = z * Math.sqrt((p * (1 - p)) / n + (z * z) / (4 * n * n));
  const scale = 1 + (z * z) / n;
  return { low: k === 0 ? 0 : (middle - half) / scale, high: k === n ? 1 : (middle + half) / scale };
}

/**
 * Newcombe's hybrid score interval for the difference p₁ − p₂ of two independent proportions.
 * @returns lower and upper end, in [−1, 1]
 * @throws RangeError as {@link wilson}
 * @see Newcombe, R. G. (1998), Statistics in Medicine 17(8), 873–890, method 10
 */
export function newcombe(k1: number, n1: number, k2: number, n2: number, z = Z95): Interval {
  const p1 = k1 / n1;
  const p2 = k2 / n2;
  const a = wilson(k1, n1, z);
  const b = wilson(k2, n2, z);
  return {
    low: p1 - p2 - Math.hypot(p1 - a.low, b.high - p2),
    high: p1 - p2 + Math.hypot(a.high - p1, p2 - b.low),
  };
}

/** Middle of a list of numbers: the mean of the two middle ones where their number is even; NaN where there is none. */
export function median(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  const [low = NaN, high = low] = sorted.slice(Math.ceil(middle) - 1, Math.floor(middle) + 1);
  return (low + high) / 2;
}
