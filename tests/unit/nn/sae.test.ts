import { expect, test } from 'vitest';
import { DivergenceError, ShapeError } from '../../../src/labs/nn/engine.ts';
import { Rng } from '../../../src/labs/nn/rng.ts';
import { SparseAutoencoder, type SaeConfig } from '../../../src/labs/nn/sae.ts';
import { randomUnit, slope, unit } from '../../support/nn/derivative.ts';

/** Vectors that are sums of two of `features` hidden directions, each with its own strength. */
function planted(
  width: number,
  features: number,
  n: number,
  rng: Rng,
): { readonly directions: number[][]; readonly vectors: Float32Array[] } {
  const directions = Array.from({ length: features }, () => randomUnit(width, rng));
  const centre = randomUnit(width, rng).map((x) => 2 * x);
  const vectors = Array.from({ length: n }, () => {
    const vector = Float32Array.from(centre);
    for (const f of rng.shuffled(directions.map((_, i) => i)).slice(0, 2)) {
      const strength = 1 + rng.uniform();
      directions[f]!.forEach((x, i) => (vector[i] = vector[i]! + strength * x));
    }
    return vector;
  });
  return { directions, vectors };
}

/** Share of the variance of some vectors that the codes explain. */
function explained(sae: SparseAutoencoder, vectors: readonly Float32Array[]): number {
  const { width } = sae.config;
  const mean = Array.from({ length: width }, (_, i) => vectors.reduce((sum, vector) => sum + vector[i]!, 0) / vectors.length);
  let [rest, all] = [0, 0];
  sae.encode(vectors).forEach((code, row) => {
    const found = sae.decode(code);
    for (let i = 0; i < width; i++) {
      rest += (vectors[row]![i]! - found[i]!) ** 2;
      all += (vectors[row]![i]! - mean[i]!) ** 2;
    }
  });
  return 1 - rest / all;
}

test('it finds the directions of which vectors were made, and leaves the features dead that nobody needs', () => {
  const rng = new Rng(1);
  const { directions, vectors } = planted(24, 20, 2000, rng);
  const sae = new SparseAutoencoder({ width: 24, features: 32, active: 2 }, rng);
  const held = vectors.slice(0, 500);
  expect(explained(sae, held)).toBeLessThan(0.5);
  const reports = Array.from({ length: 1200 }, (_, step) =>
    sae.train(
      Array.from({ length: 64 }, () => rng.pick(vectors)),
      step < 900 ? 4e-3 : 1e-3,
    ),
  );
  expect(explained(sae, held)).toBeGreaterThan(0.99);
  const nearest = directions.map((direction) =>
    Math.max(...Array.from({ length: 32 }, (_, f) => sae.direction(f).reduce((sum, x, i) => sum + x * direction[i]!, 0))),
  );
  expect(Math.min(...nearest)).toBeGreaterThan(0.95);
  expect(reports.at(-1)!.loss).toBeLessThan(reports[0]!.loss / 50);
  expect(reports.at(-1)!.dead).toBeGreaterThan(0);
  for (const { features, activations } of sae.encode(held)) {
    expect(features.length).toBeLessThanOrEqual(2);
    expect(activations.every((activation) => activation > 0)).toBe(true);
    expect(activations.toSorted((x, y) => y - x)).toEqual(activations);
  }
});

test('features that died while little was to be seen come back when there is more', () => {
  const rng = new Rng(2);
  const { directions, vectors } = planted(24, 20, 2000, rng);
  const sae = new SparseAutoencoder({ width: 24, features: 32, active: 2 }, rng);
  const few = vectors.slice(0, 4);
  let dead = 0;
  for (let step = 0; step < 400; step++) ({ dead } = sae.train(few, 4e-3));
  expect(dead).toBeGreaterThan(20);
  for (let step = 0; step < 900; step++)
    ({ dead } = sae.train(
      Array.from({ length: 64 }, () => rng.pick(vectors)),
      4e-3,
    ));
  expect(dead).toBeLessThanOrEqual(32 - directions.length);
  expect(explained(sae, vectors.slice(0, 500))).toBeGreaterThan(0.95);
});

interface Numbers {
  readonly encoder: Float64Array;
  readonly bias: Float64Array;
  readonly decoder: Float64Array;
  readonly centre: Float64Array;
}

/** What one vector is taken for, from its chosen features, in double precision. */
function reconstruct(
  { width, features }: SaeConfig,
  numbers: Numbers,
  vector: Float32Array,
  count: number,
  allowed: (f: number) => boolean,
) {
  const scores = Array.from({ length: features }, (_, f) => {
    let sum = numbers.bias[f]!;
    for (let i = 0; i < width; i++) sum += (vector[i]! - numbers.centre[i]!) * numbers.encoder[i * features + f]!;
    return sum;
  });
  const chosen = scores
    .map((score, f) => ({ score, f }))
    .filter(({ score, f }) => score > 0 && allowed(f))
    .sort((a, b) => b.score - a.score)
    .slice(0, count);
  const made = Array.from({ length: width }, (_, i) =>
    chosen.reduce((sum, { score, f }) => sum + score * numbers.decoder[f * width + i]!, 0),
  );
  return { made, chosen: chosen.map(({ f }) => f) };
}

test.for([1, 2, 3])('the gradient of every tensor is the slope of the loss, with and without dead features, seed %i', (seed) => {
  const config = { width: 8, features: 12, active: 2 };
  const rng = new Rng(seed);
  const sae = new SparseAutoencoder(config, rng);
  const { engine } = sae;
  for (const { name, at, size } of engine.parameters) {
    if (name !== 'decoder') for (let i = 0; i < size; i++) engine.floats[at + i] = engine.floats[at + i]! + 0.2 * rng.normal();
  }
  const vectors = Array.from({ length: 5 }, () => Float32Array.from({ length: 8 }, () => rng.normal()));
  const B = vectors.length;
  const numbers = Object.fromEntries(
    engine.parameters.map((parameter) => [parameter.name, Float64Array.from(engine.read(parameter))]),
  ) as unknown as Numbers;
  const fired = new Set(vectors.flatMap((vector) => reconstruct(config, numbers, vector, 2, () => true).chosen));
  const rest = (vector: Float32Array): number[] => {
    const { made } = reconstruct(config, numbers, vector, 2, () => true);
    return made.map((value, i) => value + numbers.centre[i]! - vector[i]!);
  };
  const main = (): number => vectors.reduce((sum, vector) => sum + rest(vector).reduce((squares, r) => squares + r * r, 0), 0) / B;
  // the dead are trained to make up what is missing, which stands still meanwhile
  const missing = vectors.map(rest);
  const auxiliary = (): number =>
    vectors.reduce((sum, vector, row) => {
      const { made } = reconstruct(config, numbers, vector, 4, (f) => !fired.has(f));
      return sum + made.reduce((squares, value, i) => squares + (value + missing[row]![i]!) ** 2, 0);
    }, 0) /
    (32 * B);

  const check = (loss: () => number, report: { loss: number }): void => {
    expect(report.loss).toBeCloseTo(main(), 4);
    for (const { name, gradient: at, size } of engine.parameters) {
      const gradient = engine.floats.slice(at, at + size);
      const tensor = numbers[name as keyof Numbers];
      const norm = Math.hypot(...gradient);
      expect(norm, name).toBeGreaterThan(0.01);
      expect(slope(tensor, unit(gradient), 1e-6, loss) / norm, name).toBeCloseTo(1, 4);
      for (const direction of [randomUnit(size, rng), randomUnit(size, rng)]) {
        const wanted = direction.reduce((sum, value, i) => sum + value * gradient[i]!, 0);
        expect(Math.abs(slope(tensor, direction, 1e-6, loss) - wanted) / norm, name).toBeLessThan(1e-4);
      }
    }
  };
  // a step of size 0 leaves everything where it is
  const first = sae.train(vectors, 0);
  expect(first.dead).toBe(0);
  check(main, first);
  let report = first;
  for (let step = 0; step < 160; step++) report = sae.train(vectors, 0);
  expect(report.dead).toBe(12 - fired.size);
  expect(report.dead).toBeGreaterThan(0);
  check(() => main() + auxiliary(), report);
});

test.for([
  { config: { width: 6, features: 8, active: 1 }, found: 'width 6, 8 features, 1 active' },
  { config: { width: 8, features: 10, active: 1 }, found: 'width 8, 10 features, 1 active' },
  { config: { width: 8, features: 8, active: 0 }, found: 'width 8, 8 features, 0 active' },
  { config: { width: 8, features: 8, active: 9 }, found: 'width 8, 8 features, 9 active' },
  { config: { width: 0, features: 8, active: 1 }, found: 'width 0, 8 features, 1 active' },
])('sizes that do not fit are refused: $found', ({ config, found }) => {
  expect(() => new SparseAutoencoder(config, new Rng(1))).toThrow(
    `A sparse autoencoder was given ${found}.\nIt needs width and features that are multiples of 4, and 1 to all features active.`,
  );
});

test('what it cannot learn from is refused, and its weights stay as they were', () => {
  const sae = new SparseAutoencoder({ width: 8, features: 8, active: 2 }, new Rng(1));
  const weights = sae.engine.snapshot();
  const vector = new Float32Array(8).fill(1);
  expect(() => sae.train([], 1e-3)).toThrow('A sparse autoencoder was given no vector.\nIt needs at least one to learn from.');
  expect(() => sae.train([vector, new Float32Array(7)], 1e-3)).toThrow(ShapeError);
  expect(() => sae.encode([new Float32Array(9)])).toThrow('A sparse autoencoder was given a vector of 9.\nIt needs vectors of 8.');
  expect(() => sae.train([vector, new Float32Array(8).fill(NaN)], 1e-3)).toThrow(
    new DivergenceError('The loss of the sparse autoencoder is NaN'),
  );
  expect(sae.engine.snapshot()).toEqual(weights);
});
