import { expect, test } from 'vitest';
import recorded from '../../../src/labs/engine-check/recorded.json' with { type: 'json' };
import { REFERENCE, REFERENCE_STEPS, referenceRun } from '../../../src/labs/nn/reference-run.ts';

test('the reference run ends where it always ended, twice in a row, and learns on its way', () => {
  for (let time = 0; time < 2; time++) {
    const losses: number[] = [];
    const outcome = referenceRun((step, loss) => {
      losses.push(loss);
      expect(step).toBe(losses.length);
    });
    expect(outcome).toEqual(REFERENCE);
    expect(losses.length).toBe(REFERENCE_STEPS);
    expect(losses.at(-1)).toBeLessThan(losses[0]! / 2);
  }
});

test('what was recorded in four programs is that run: record it anew with npm run record:engine', () => {
  expect(recorded.rows.map(({ program }) => program)).toEqual(['Node', 'Chromium', 'Firefox', 'WebKitGTK']);
  for (const { program, outcome } of recorded.rows) expect(outcome, program).toEqual(REFERENCE);
});
