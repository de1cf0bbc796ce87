import { expect, test } from 'vitest';
import { auroc, differenceOfMeans, mean, precision, randomDirections, roc, score } from '../../../src/labs/nn/probe.ts';
import { Rng } from '../../../src/labs/nn/rng.ts';

/** The chance that a positive scores above a negative, by looking at every pair. */
function byPairs(positives: readonly number[], negatives: readonly number[]): number {
  let wins = 0;
  for (const positive of positives) for (const negative of negatives) wins += positive > negative ? 1 : Number(positive === negative) / 2;
  return wins / (positives.length * negatives.length);
}

test('AUROC is the share of pairs in the right order, with many ties, few ties and infinite scores', () => {
  for (let seed = 1; seed <= 200; seed++) {
    const rng = new Rng(seed);
    const levels = 1 + rng.below(8);
    const draw = (): number => (rng.chance(0.05) ? Infinity * (rng.chance(0.5) ? 1 : -1) : rng.below(levels));
    const positives = Array.from({ length: 1 + rng.below(12) }, draw);
    const negatives = Array.from({ length: 1 + rng.below(12) }, draw);
    expect(auroc(positives, negatives)).toBeCloseTo(byPairs(positives, negatives), 12);
    expect(auroc(negatives, positives)).toBeCloseTo(1 - auroc(positives, negatives), 12);
  }
});

test.for([
  { positives: [2, 3], negatives: [0, 1], area: 1 },
  { positives: [0, 1], negatives: [2, 3], area: 0 },
  { positives: [1, 1], negatives: [1, 1, 1], area: 0.5 },
  { positives: [0, 2], negatives: [1], area: 0.5 },
  { positives: [-0], negatives: [0], area: 0.5 },
])('AUROC of $positives against $negatives is $area', ({ positives, negatives, area }) => {
  expect(auroc(positives, negatives)).toBe(area);
});

test('the curve names each threshold once, from nothing flagged to everything, and has the AUROC under it', () => {
  expect(roc([3, 2, 2], [2, 1])).toEqual([
    { threshold: Infinity, falsePositiveRate: 0, truePositiveRate: 0 },
    { threshold: 3, falsePositiveRate: 0, truePositiveRate: 1 / 3 },
    { threshold: 2, falsePositiveRate: 0.5, truePositiveRate: 1 },
    { threshold: 1, falsePositiveRate: 1, truePositiveRate: 1 },
  ]);
  const rng = new Rng(3);
  const positives = Array.from({ length: 40 }, () => rng.below(20) + 3);
  const negatives = Array.from({ length: 30 }, () => rng.below(20));
  const curve = roc(positives, negatives);
  const area = curve.slice(1).reduce((sum, point, i) => {
    const before = curve[i]!;
    return sum + ((point.falsePositiveRate - before.falsePositiveRate) * (point.truePositiveRate + before.truePositiveRate)) / 2;
  }, 0);
  expect(area).toBeCloseTo(auroc(positives, negatives), 12);
});

test.for([
  { positives: [], negatives: [1], message: 'needs positives and negatives.\nOne of the two lists is empty.' },
  { positives: [1], negatives: [], message: 'needs positives and negatives.\nOne of the two lists is empty.' },
  {
    positives: [1, NaN],
    negatives: [1, 2],
    message: 'was given a score that is no number.\nSee whether the model that gave the activations is whole.',
  },
])('neither is drawn from $positives and $negatives', ({ positives, negatives, message }) => {
  expect(() => auroc(positives, negatives)).toThrow(new RangeError(`An AUROC ${message}`));
  expect(() => roc(positives, negatives)).toThrow(new RangeError(`A ROC curve ${message}`));
});

// by hand: of 10,000 items 100 are positive; 90 of them are flagged, and 99 of the others
test.for([
  { truePositiveRate: 0.9, falsePositiveRate: 0.01, baseRate: 0.01, share: 90 / 189 },
  { truePositiveRate: 1, falsePositiveRate: 0.01, baseRate: 0.0001, share: 1 / (1 + 99.99) },
  { truePositiveRate: 0.5, falsePositiveRate: 0.5, baseRate: 0.5, share: 0.5 },
  { truePositiveRate: 0, falsePositiveRate: 0.2, baseRate: 0.5, share: 0 },
  { truePositiveRate: 0.8, falsePositiveRate: 0.2, baseRate: 1, share: 1 },
  { truePositiveRate: 0, falsePositiveRate: 0, baseRate: 0.5, share: undefined },
  { truePositiveRate: 1, falsePositiveRate: 0, baseRate: 0, share: undefined },
])('precision of hits $truePositiveRate and false alarms $falsePositiveRate at base rate $baseRate', ({ baseRate, share, ...rates }) => {
  const found = precision(rates, baseRate);
  if (share === undefined) expect(found).toBeUndefined();
  else expect(found).toBeCloseTo(share, 12);
});

test('the difference of means points from the one to the other', () => {
  const vectors = (...rows: readonly (readonly number[])[]): Float32Array[] => rows.map((row) => Float32Array.from(row));
  const direction = differenceOfMeans(vectors([1, 2], [3, 4]), vectors([0, 1], [0, 3], [0, 2]));
  expect([...direction]).toEqual([2, 1]);
  expect(score(Float32Array.of(3, 4), direction)).toBe(10);
  expect(() => mean([])).toThrow('A mean is asked of no vectors.\nGive at least one.');
});

/** AUROCs of random directions on two clouds that differ only in where they are along the first axis. */
function nullOf(width: number, apart: number, spread: (axis: number) => number): number[] {
  const rng = new Rng(width);
  const cloud = (centre: number): Float32Array[] =>
    Array.from({ length: 60 }, () =>
      Float32Array.from({ length: width }, (_, axis) => (axis === 0 ? centre : 0) + spread(axis) * rng.normal()),
    );
  const [positives, negatives] = [cloud(apart), cloud(0)];
  return randomDirections(width, 200, rng)
    .map((direction) =>
      auroc(
        positives.map((x) => score(x, direction)),
        negatives.map((x) => score(x, direction)),
      ),
    )
    .sort((a, b) => a - b);
}

test('random directions find nothing where nothing is, and all or nothing where one axis dominates', () => {
  const nothing = nullOf(64, 0, () => 1);
  expect(nothing[10]).toBeGreaterThan(0.35);
  expect(nothing[189]).toBeLessThan(0.65);
  const dominated = nullOf(64, 100, () => 1);
  expect(dominated[10]).toBeLessThan(0.02);
  expect(dominated[189]).toBeGreaterThan(0.98);
});
