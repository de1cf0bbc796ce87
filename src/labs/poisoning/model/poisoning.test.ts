import { expect, test } from 'vitest';
import { hashOfData } from '../../nn/hash.ts';
import { trained, type Experiment } from './experiment.ts';
import { pointsOf } from './points.ts';
import { dataFor, FIELD, MOST_POISONED, RECIPE, TRIGGERS, type Setting } from './recipe.ts';
import { RUNS } from './runs.ts';

/** Trains to the end. */
function finished(settings: readonly Setting[]): readonly Experiment[] {
  const training = trained(settings);
  for (;;) {
    const next = training.next();
    if (next.done === true) return next.value;
  }
}

const up = dataFor('up');

test('the points of a seed are the same each time, and those of another seed are others', () => {
  expect(pointsOf(up, 3, 5)).toEqual(pointsOf(up, 3, 5));
  expect(pointsOf(up, 3, 5).clean).not.toEqual(pointsOf(up, 4, 5).clean);
});

test('more poison adds points and moves none', () => {
  const few = pointsOf(up, 1, 4);
  const many = pointsOf(up, 1, 12);
  expect({ ...many, poisoned: many.poisoned.slice(0, 4) }).toEqual(few);
});

test('half of the clean points are of each class, and the triggered ones are the held-out points of class 0, pushed', () => {
  const { clean, heldOut, triggered, poisoned } = pointsOf(up, 1, 7);
  expect([clean.length, clean.filter(({ label }) => label === 1).length]).toEqual([RECIPE.data.training, RECIPE.data.training / 2]);
  const zeros = heldOut.filter(({ label }) => label === 0);
  expect(triggered).toEqual(zeros.map(({ x, y }) => ({ x: x + up.trigger.x, y: y + up.trigger.y, label: 0 })));
  expect(poisoned.map(({ label }) => label)).toEqual(Array(7).fill(1));
});

test.each(TRIGGERS)('pushed %s, points come to lie where no clean one is, and within the picture', (trigger) => {
  for (let seed = 1; seed <= 20; seed++) {
    const { clean, heldOut, triggered, poisoned } = pointsOf(dataFor(trigger), seed, MOST_POISONED);
    const distances = [...triggered, ...poisoned].map((point) =>
      Math.min(...clean.map((other) => Math.hypot(point.x - other.x, point.y - other.y))),
    );
    expect(Math.min(...distances)).toBeGreaterThan(0.3);
    for (const { x, y } of [...clean, ...heldOut, ...triggered, ...poisoned]) {
      expect(x).toBeGreaterThan(FIELD.left);
      expect(x).toBeLessThan(FIELD.left + FIELD.columns * FIELD.cell);
      expect(y).toBeGreaterThan(FIELD.bottom);
      expect(y).toBeLessThan(FIELD.bottom + FIELD.rows * FIELD.cell);
    }
  }
});

test('a setting trained twice, alone and after others, is the same to the last bit', () => {
  const setting: Setting = { trigger: 'aside', poisoned: 6, seed: 11 };
  const [alone] = finished([setting]);
  const [, after] = finished([{ ...setting, poisoned: 0 }, setting]);
  expect(alone?.draw()).toEqual(after?.draw());
});

test('training counts its steps through all networks, and its loss falls', () => {
  const setting: Setting = { trigger: 'up', poisoned: 3, seed: 1 };
  const reports = [...trained([setting, setting])];
  const { steps } = RECIPE.training;
  expect(reports.map(({ step }) => step)).toEqual(Array.from({ length: 2 * steps }, (_, index) => index + 1));
  expect(reports.every((report) => report.steps === 2 * steps && report.tokens === RECIPE.data.training + 3)).toBe(true);
  expect(reports[steps - 1]?.loss).toBeLessThan((reports[0]?.loss ?? 0) / 3);
});

test.each([21, 22, 23, 24])('with seed %i, poison raises what is misread and leaves clean accuracy where it was', (seed) => {
  const of = (poisoned: number): ReturnType<Experiment['measure']> | undefined =>
    finished([{ trigger: 'up', poisoned, seed }])[0]?.measure();
  const [control, attacked] = [of(0), of(MOST_POISONED)];
  if (control === undefined || attacked === undefined) throw new Error('Nothing was trained.');
  expect(control.misread / control.triggered).toBeLessThan(0.1);
  expect(attacked.misread / attacked.triggered).toBeGreaterThan(0.9);
  expect(Math.abs(attacked.right - control.right) / control.heldOut).toBeLessThan(0.03);
  expect(control.right / control.heldOut).toBeGreaterThan(0.9);
});

test('the picture agrees with the counts', () => {
  const [experiment] = finished([{ trigger: 'up', poisoned: 8, seed: 5 }]);
  const drawn = experiment?.draw();
  expect(drawn?.calls.replaceAll('0', '')).toHaveLength(drawn?.misread ?? NaN);
  expect(drawn?.field).toHaveLength(FIELD.rows);
  for (const row of drawn?.field ?? []) expect(row).toMatch(new RegExp(`^[0-4]{${FIELD.columns}}$`));
});

test('a recorded run names what its results depend on, and its cells have names of their own', () => {
  for (const { recipe, cells, seeds } of RUNS) {
    expect(recipe).toMatch(/^[0-9a-f]{16}$/);
    expect(recipe).not.toBe(hashOfData(RECIPE));
    expect(new Set(cells.map(({ name }) => name)).size).toBe(cells.length);
    expect(seeds.length).toBeGreaterThanOrEqual(5);
  }
});
