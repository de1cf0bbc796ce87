import { expect, test } from 'vitest';
import { median, newcombe, wilson } from '../../src/handbook/statistics.ts';

// Newcombe 1998, Statistics in Medicine 17(8), 857–872, table I, method 3
test.each([
  { k: 81, n: 263, low: 0.2553, high: 0.3662 },
  { k: 15, n: 148, low: 0.0624, high: 0.1605 },
  { k: 0, n: 20, low: 0, high: 0.1611 },
  { k: 1, n: 29, low: 0.0061, high: 0.1718 },
])('the Wilson interval of $k out of $n is the published one', ({ k, n, low, high }) => {
  const interval = wilson(k, n);
  expect(interval.low).toBeCloseTo(low, 4);
  expect(interval.high).toBeCloseTo(high, 4);
});

// Newcombe 1998, Statistics in Medicine 17(8), 873–890, table II, method 10
test.each([
  { k1: 56, n1: 70, k2: 48, n2: 80, low: 0.0524, high: 0.3339 },
  { k1: 9, n1: 10, k2: 3, n2: 10, low: 0.1705, high: 0.809 },
  { k1: 6, n1: 7, k2: 2, n2: 7, low: 0.0582, high: 0.8062 },
  { k1: 5, n1: 56, k2: 0, n2: 29, low: -0.0381, high: 0.1926 },
  { k1: 0, n1: 10, k2: 0, n2: 20, low: -0.1611, high: 0.2775 },
  { k1: 0, n1: 10, k2: 0, n2: 10, low: -0.2775, high: 0.2775 },
  { k1: 10, n1: 10, k2: 0, n2: 20, low: 0.6791, high: 1 },
  { k1: 10, n1: 10, k2: 0, n2: 10, low: 0.6075, high: 1 },
])('the Newcombe interval of $k1/$n1 minus $k2/$n2 is the published one', ({ k1, n1, k2, n2, low, high }) => {
  const interval = newcombe(k1, n1, k2, n2);
  expect(interval.low).toBeCloseTo(low, 4);
  expect(interval.high).toBeCloseTo(high, 4);
});

test.each([1, 2, 7, 50, 1000])('no hits out of %i begin at exactly 0 and all hits end at exactly 1', (n) => {
  expect(wilson(0, n).low).toBe(0);
  expect(wilson(n, n).high).toBe(1);
  expect(wilson(0, n).high).toBeCloseTo(1 - wilson(n, n).low, 12);
});

test('the Wilson interval holds its proportion and stays within 0 and 1', () => {
  for (let n = 1; n <= 60; n++) {
    for (let k = 0; k <= n; k++) {
      const { low, high } = wilson(k, n);
      expect(low).toBeGreaterThanOrEqual(0);
      expect(low).toBeLessThanOrEqual(k / n);
      expect(high).toBeGreaterThanOrEqual(k / n);
      expect(high).toBeLessThanOrEqual(1);
    }
  }
});

test('the Newcombe interval holds its difference, stays within −1 and 1, and turns round with its groups', () => {
  for (let k1 = 0; k1 <= 9; k1++) {
    for (let k2 = 0; k2 <= 13; k2++) {
      const { low, high } = newcombe(k1, 9, k2, 13);
      const difference = k1 / 9 - k2 / 13;
      expect(low).toBeGreaterThanOrEqual(-1 - 1e-12);
      expect(low).toBeLessThanOrEqual(difference);
      expect(high).toBeGreaterThanOrEqual(difference);
      expect(high).toBeLessThanOrEqual(1 + 1e-12);
      expect(newcombe(k2, 13, k1, 9).low).toBeCloseTo(-high, 12);
    }
  }
});

test('a larger quantile gives a wider interval', () => {
  expect(wilson(3, 10, 2.5758).low).toBeLessThan(wilson(3, 10).low);
  expect(wilson(3, 10, 2.5758).high).toBeGreaterThan(wilson(3, 10).high);
});

test.each([
  [-1, 5],
  [6, 5],
  [0, 0],
  [Number.NaN, 5],
])('%d out of %d is no count', (k, n) => {
  const message = `wilson(${k}, ${n}): a count from 0 to n out of n ≥ 1 is needed`;
  expect(() => wilson(k, n)).toThrow(new RangeError(message));
  expect(() => newcombe(1, 2, k, n)).toThrow(new RangeError(message));
});

test.each([
  [[3, 1, 2], 2],
  [[4, 1, 2, 3], 2.5],
  [[7], 7],
])('the median of %j is %d', (numbers, middle) => {
  expect(median(numbers)).toBe(middle);
});
