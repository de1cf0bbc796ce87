import { expect, test } from 'vitest';
import { hashOfData, hashOfNumbers, shortHash } from '../../../src/labs/nn/hash.ts';
import { Rng } from '../../../src/labs/nn/rng.ts';

/** Chi-squared of counts against equal shares. */
function chiSquared(counts: readonly number[]): number {
  const wanted = counts.reduce((sum, count) => sum + count, 0) / counts.length;
  return counts.reduce((sum, count) => sum + (count - wanted) ** 2 / wanted, 0);
}

function counted(classes: number, n: number, draw: () => number): number[] {
  const counts = new Array<number>(classes).fill(0);
  for (let i = 0; i < n; i++) counts[draw()]! += 1;
  return counts;
}

test('the numbers of a seed stay what they are: recorded runs rest on them', () => {
  const rng = new Rng(1);
  expect([rng.integer32(), rng.integer32(), rng.integer32(), rng.integer32()]).toEqual([3499673858, 956706179, 3871582278, 3224975316]);
  expect(Rng.named('reference').integer32()).toBe(3563701151);
});

test.for([1, 2, 3, -7, 2 ** 31])('seed %i draws evenly: hundredths, bits, and pairs of neighbours', (seed) => {
  const rng = new Rng(seed);
  // 99.99 % of chi-squared with 99, 255 and 99 degrees of freedom
  expect(chiSquared(counted(100, 50_000, () => rng.below(100)))).toBeLessThan(161);
  expect(chiSquared(counted(256, 50_000, () => rng.integer32() & 255))).toBeLessThan(347);
  expect(chiSquared(counted(100, 50_000, () => 10 * rng.below(10) + rng.below(10)))).toBeLessThan(161);
  expect(counted(2, 20_000, () => Number(rng.chance(0.3)))[1]! / 20_000).toBeCloseTo(0.3, 1);
});

test('first numbers of neighbouring seeds are unrelated', () => {
  expect(
    chiSquared(
      counted(
        10,
        20_000,
        (
          (seed) => () =>
            new Rng(seed++).below(10)
        )(0),
      ),
    ),
  ).toBeLessThan(34);
});

test('streams of names are their own, and the same whenever they are asked for', () => {
  const first = (name: string): number => Rng.named(name).integer32();
  const names = ['', 'a', 'b', 'backdoor/1/plant', 'backdoor/2/plant', 'backdoor/1/sft', 'ä', '年'];
  expect(new Set(names.map(first)).size).toBe(names.length);
  for (const name of names) expect(first(name)).toBe(first(name));
});

test('the roughly normal numbers have mean 0, variance 1 and the share within one deviation of a normal', () => {
  const rng = new Rng(4);
  const numbers = Array.from({ length: 50_000 }, () => rng.normal());
  const mean = numbers.reduce((sum, x) => sum + x, 0) / numbers.length;
  expect(Math.abs(mean)).toBeLessThan(4 / Math.sqrt(numbers.length));
  expect(numbers.reduce((sum, x) => sum + (x - mean) ** 2, 0) / numbers.length).toBeCloseTo(1, 1);
  expect(numbers.filter((x) => Math.abs(x) < 1).length / numbers.length).toBeCloseTo(0.683, 1);
  expect(numbers.every((x) => Math.abs(x) <= 6)).toBe(true);
});

test('shuffling keeps every item, leaves the list alone, and puts each anywhere equally often', () => {
  const rng = new Rng(5);
  const items = ['a', 'b', 'c', 'd', 'e'];
  const places = new Array<number>(25).fill(0);
  for (let i = 0; i < 10_000; i++) {
    const shuffled = rng.shuffled(items);
    expect(shuffled.toSorted()).toEqual(items);
    shuffled.forEach((item, place) => (places[5 * items.indexOf(item) + place]! += 1));
  }
  expect(items).toEqual(['a', 'b', 'c', 'd', 'e']);
  // 16 degrees of freedom, 99.99 %
  expect(chiSquared(places)).toBeLessThan(46);
  expect(rng.shuffled([])).toEqual([]);
});

test('one of none cannot be picked', () => {
  expect(() => new Rng(1).pick([])).toThrow('There is nothing to pick from: the list is empty.');
  expect(new Rng(1).pick(['only'])).toBe('only');
});

test('a hash names bytes, numbers and data, whatever the order of the keys', () => {
  // SHA-256 of nothing begins so
  expect(shortHash(new Uint8Array())).toBe('e3b0c44298fc1c14');
  expect(hashOfNumbers(Float32Array.of(1, 2, 3).subarray(1, 2))).toBe(hashOfNumbers(Float32Array.of(2)));
  expect(hashOfNumbers(Float32Array.of(1))).toBe(shortHash(Uint8Array.of(0, 0, 0x80, 0x3f)));
  expect(hashOfData({ a: 1, b: [{ d: 1, c: 2 }] })).toBe(hashOfData({ b: [{ c: 2, d: 1 }], a: 1 }));
  expect(hashOfData({ a: [1, 2] })).not.toBe(hashOfData({ a: [2, 1] }));
});
