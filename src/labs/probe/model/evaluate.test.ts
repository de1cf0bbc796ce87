import { expect, test } from 'vitest';
import { auroc } from '../../nn/probe.ts';
import { Rng } from '../../nn/rng.ts';
import { alarms, asHigh, DRAWS, evaluate, precisionAt } from './evaluate.ts';
import { apart, aurocInterval, caughtAt, quantile } from './statistics.ts';
import type { Parts } from './texts.ts';

// the scores that the page on probes works through by hand
const TRIGGERED = [9, 7, 6, 3];
const OTHERS = [5, 4, 2, 1];

test('so many are caught at each number of false alarms, counted by hand', () => {
  expect(caughtAt(TRIGGERED, OTHERS)).toEqual([0.75, 0.75, 1, 1, 1]);
  expect(caughtAt([1, 1], [1])).toEqual([0, 1]);
});

test('quantiles lie between neighbours in proportion', () => {
  const sorted = [0, 10, 20, 40];
  expect([0, 0.5, 0.9, 1].map((share) => quantile(sorted, share))).toEqual([0, 15, 34, 40]);
});

/** Standard error of an AUROC, Hanley and McNeil 1982, with both numbers taken as their mean (Newcombe 2006, method 5). */
function standardError(area: number, m: number, n: number): number {
  const mean = (m + n) / 2 - 1;
  return Math.sqrt((area * (1 - area) * (1 + (mean * (1 - area)) / (2 - area) + (mean * area) / (1 + area))) / (m * n));
}

test.each([
  [0.5, 26, 52],
  [0.9, 26, 52],
  [0.02, 26, 208],
])('an area of %d has an interval whose ends lie 1.96 of their own standard errors away', (area, m, n) => {
  const { low, high } = aurocInterval(area, m, n);
  expect((area - low) / standardError(low, m, n)).toBeCloseTo(1.96, 3);
  expect((high - area) / standardError(high, m, n)).toBeCloseTo(1.96, 3);
});

test('a perfect area is still uncertain, and turning a probe round turns its interval round', () => {
  const { low, high } = aurocInterval(1, 26, 52);
  expect(high).toBe(1);
  expect(low).toBeGreaterThan(0.85);
  expect(low).toBeLessThan(0.97);
  const other = aurocInterval(0, 26, 52);
  expect(other.low).toBe(0);
  expect(other.high).toBeCloseTo(1 - low, 9);
});

const points = (...rows: readonly (readonly number[])[]): Float32Array[] => rows.map((row) => Float32Array.from(row));

/** Two axes: the pair differs along the first, the planting along the second. */
const PARTS: Parts<Float32Array> = {
  plus: points([2, 0], [4, 0]),
  minus: points([0, 0], [2, 0]),
  triggered: points([9, 0], [7, 1], [6, 2], [3, 3]),
  ordinary: points([5, 9], [4, 8], [2, 7], [1, 6]),
  near: points([10, 0], [11, 0]),
  plantTriggered: points([0, -1]),
  plantOrdinary: points([0, 1]),
};

test.each([
  ['two points', points([0, 0]), points([3, 4]), 1],
  ['one mean', points([1, 0], [-1, 0]), points([0, 2], [0, -2]), 0],
  // means 2 apart, each group spread by 1 along the other axis: 4 of 8
  ['half and half', points([1, 1], [1, -1]), points([-1, 1], [-1, -1]), 0.5],
  ['no spread', points([1, 1]), points([1, 1]), 0],
])('of %s the share of the variance between the groups is counted by hand', (_, one, other, share) => {
  expect(apart(one, other)).toBeCloseTo(share, 12);
});

test('a probe scores by the length along its direction; its nulls and its ceiling stand beside it', () => {
  const { probe, ceiling, random, shuffled, band } = evaluate(PARTS, 'ordinary', { layer: 'test', pair: 'one' });
  expect(probe.triggered).toEqual(TRIGGERED);
  expect(probe.others).toEqual(OTHERS);
  expect(probe.auroc).toBe(14 / 16);
  expect(ceiling.auroc).toBe(1);
  expect(random.aurocs).toHaveLength(DRAWS);
  expect(shuffled.aurocs).toHaveLength(DRAWS);
  expect(random.aurocs).toEqual(random.aurocs.toSorted((a, b) => a - b));
  // with two texts a side a third of the shuffles keeps a pair together, one way round or the other; the others cancel
  expect(new Set(shuffled.aurocs)).toEqual(new Set([2 / 16, 0.5, 14 / 16]));
  expect(band.map(({ falsePositiveRate }) => falsePositiveRate)).toEqual([0, 0.25, 0.5, 0.75, 1]);
  expect(band.at(-1)).toEqual({ falsePositiveRate: 1, low: 1, median: 1, high: 1 });
});

test('a probe that has it the wrong way round is not turned round', () => {
  const { probe, random } = evaluate({ ...PARTS, plus: PARTS.minus, minus: PARTS.plus }, 'ordinary', { layer: 'test', pair: 'one' });
  expect(probe.auroc).toBe(2 / 16);
  expect(asHigh(random, probe.auroc)).toBeGreaterThan(DRAWS / 2);
});

test('the other reading tells the triggered prompts from the near misses', () => {
  expect(evaluate(PARTS, 'near', { layer: 'test', pair: 'one' }).probe.auroc).toBe(0);
});

test('two sides with the same mean give no direction, and a probe that tells nothing', () => {
  expect(evaluate({ ...PARTS, plus: PARTS.minus }, 'ordinary', { layer: 'test', pair: 'one' }).probe.auroc).toBe(0.5);
});

test('the same names draw the same directions, whatever the pair; another layer draws others', () => {
  const one = evaluate(PARTS, 'ordinary', { layer: 'test', pair: 'one' });
  const two = evaluate(PARTS, 'ordinary', { layer: 'test', pair: 'two' });
  const other = evaluate(PARTS, 'ordinary', { layer: 'other', pair: 'one' });
  expect(two.random).toEqual(one.random);
  expect(other.random).not.toEqual(one.random);
});

test('where nothing lies along an axis, random directions tell as little as a coin', () => {
  const rng = Rng.named('test/cloud');
  const cloud = (count: number): Float32Array[] =>
    Array.from({ length: count }, () => Float32Array.from({ length: 32 }, () => rng.normal()));
  const { random } = evaluate(
    {
      ...PARTS,
      plus: cloud(2),
      minus: cloud(2),
      triggered: cloud(26),
      ordinary: cloud(52),
      plantTriggered: cloud(2),
      plantOrdinary: cloud(2),
    },
    'ordinary',
    { layer: 'test', pair: 'one' },
  );
  expect(random.median).toBeGreaterThan(0.4);
  expect(random.median).toBeLessThan(0.6);
  expect(random.high).toBeLessThan(0.75);
});

test('a score at the threshold is an alarm', () => {
  const { caught, flagged } = alarms({ triggered: TRIGGERED, others: OTHERS }, 5);
  expect([caught.k, caught.n, flagged.k, flagged.n]).toEqual([3, 4, 1, 4]);
  expect(caught.low).toBeLessThan(0.75);
  expect(flagged.high).toBeGreaterThan(0.25);
});

const hundred = (k: number): number[] => Array.from({ length: 100 }, (_, i) => (i < k ? 1 : 0));

test.each([
  [1 / 2, 0.99],
  [1 / 100, 0.5],
  [1 / 10_000, 0.0098],
])('the detector of the page, 99 of 100 caught and 1 of 100 flagged, at a base rate of %d', (baseRate, precision) => {
  const at = precisionAt(alarms({ triggered: hundred(99), others: hundred(1) }, 1), baseRate);
  expect(at.value).toBeCloseTo(precision, 4);
  expect(at.low).toBeLessThan(at.value!);
  expect(at.high).toBeGreaterThan(at.value!);
});

test('no false alarm among a hundred does not mean that there is none', () => {
  const { value, low, high } = precisionAt(alarms({ triggered: hundred(50), others: hundred(0) }, 1), 1 / 10_000);
  expect([value, high]).toEqual([1, 1]);
  expect(low).toBeLessThan(0.01);
});

test('where nothing raises an alarm there is no precision', () => {
  expect(precisionAt(alarms({ triggered: TRIGGERED, others: OTHERS }, 10), 0.5).value).toBeUndefined();
});

test('the interval of an area holds the area of a drawn sample nineteen times in twenty, or nearly', () => {
  const rng = Rng.named('test/coverage');
  // for normal scores a distance d apart the area is Φ(d/√2); d = 1.19 gives .8
  const held = Array.from({ length: 400 }, () => {
    const triggered = Array.from({ length: 26 }, () => rng.normal() + 1.19);
    const others = Array.from({ length: 52 }, () => rng.normal());
    const { low, high } = aurocInterval(auroc(triggered, others), 26, 52);
    return low <= 0.8 && 0.8 <= high;
  }).filter(Boolean).length;
  expect(held / 400).toBeGreaterThan(0.92);
  expect(held / 400).toBeLessThan(0.985);
});
