import { readFileSync } from 'node:fs';
import { beforeEach, expect, test, vi } from 'vitest';
import { lineInProcess } from '../../../../tests/support/line-in-process.ts';
import type { WorkerLine } from '../../worker/client.ts';
import type { RecordedRun } from '../../view/lab.ts';
import { poisoningHandlers } from '../handlers.ts';
import { COUNTS, SEEDS } from '../model/recipe.ts';
import { byCount, poisoningData } from './data.ts';
import { Session } from './session.ts';

const RUN = JSON.parse(readFileSync(new URL('../../../../content/recorded/poisoned-points.json', import.meta.url), 'utf8')) as RecordedRun;
const data = poisoningData(() => RUN);

const line = (): WorkerLine => lineInProcess(poisoningHandlers);

/** The lab's own element, as far as a session knows it. */
const root = {} as Element;

/** Sees everything, always. */
class Sight {
  observe(): void {
    // nothing ever goes out of sight
  }
  disconnect(): void {
    // nothing was kept
  }
}

let dispatch: (type: string) => void;

beforeEach(() => {
  vi.stubGlobal('location', { hash: '', search: '', pathname: '/' });
  vi.stubGlobal('history', { state: null, replaceState: (_state: unknown, _title: string, address: string) => (location.hash = address) });
  const page = new EventTarget();
  dispatch = (type) => page.dispatchEvent(new Event(type));
  vi.stubGlobal('addEventListener', page.addEventListener.bind(page));
  vi.stubGlobal('removeEventListener', page.removeEventListener.bind(page));
  vi.stubGlobal('window', globalThis);
  vi.stubGlobal('document', Object.assign(new EventTarget(), { hidden: false }));
  vi.stubGlobal('IntersectionObserver', Sight);
  return () => vi.unstubAllGlobals();
});

test('the lab begins with a recorded picture; of other recorded settings it knows the rates, of the rest nothing', () => {
  const session = new Session(data, line);
  const end = session.begin(root);
  expect(session.known.value).toMatchObject({ from: 'recorded', drawn: data.drawn });
  session.address.set({ k: 4, seed: 10 });
  expect(session.known.value).toMatchObject({ from: 'recorded', drawn: undefined });
  session.address.set({ k: 5 });
  expect(session.known.value).toBeUndefined();
  end();
});

test('what is trained here is what was recorded, to the last point', async () => {
  const session = new Session(data, line);
  const end = session.begin(root);
  await session.train();
  expect(session.known.value).toMatchObject({ from: 'live', drawn: data.drawn, outcome: data.drawn });
  expect(session.said.value).toMatch(/^Trained: \d+ of 200 triggered points are misread/);
  end();
});

test('the whole curve of a seed is trained, and each network is kept once', async () => {
  const session = new Session(data, line);
  await session.train();
  await session.trainAll();
  expect(session.runs.value.map(({ setting }) => setting.poisoned).toSorted((a, b) => a - b)).toEqual(COUNTS);
  for (const { setting, outcome } of session.runs.value) {
    const recorded = data.curve.find(
      (row) => row.trigger === setting.trigger && row.poisoned === setting.poisoned && row.seed === setting.seed,
    );
    expect(recorded).toMatchObject(outcome);
  }
});

test('a cancelled training leaves what was known, and says so', async () => {
  const session = new Session(data, line);
  const training = session.trainAll();
  expect(session.running.value).toBeDefined();
  session.cancel();
  await training;
  expect(session.running.value).toBeUndefined();
  expect(session.runs.value).toEqual([]);
  expect(session.said.value).toBe('Cancelled. What was finished is kept.');
});

test('a browser that refuses the worker is told in words, and the recorded numbers stay', async () => {
  const session = new Session(data, () => {
    throw new Error('Workers are forbidden here.\nRead the recorded results.');
  });
  await session.train();
  expect(session.said.value).toBe('Workers are forbidden here.\nRead the recorded results.');
  expect(session.known.value).toMatchObject({ from: 'recorded' });
});

test('the state is read from the address, and written to it when the reader has changed something', () => {
  vi.useFakeTimers();
  location.hash = '#v1;k=99;seed=7';
  const session = new Session(data, line);
  const end = session.begin(root);
  expect(session.setting.value).toEqual({ trigger: 'up', poisoned: 8, seed: 7 });
  expect(session.address.problems.value).toHaveLength(1);
  vi.runAllTimers();
  expect(location.hash).toBe('#v1;k=99;seed=7');
  session.address.set({ k: 12 });
  expect(session.address.problems.value).toEqual([]);
  vi.runAllTimers();
  expect(location.hash).toBe('#v1;k=12;trigger=up;seed=7');
  // a link to a place on the page changes no setting
  location.hash = '#predict';
  dispatch('hashchange');
  expect(session.setting.value.poisoned).toBe(12);
  end();
  vi.useRealTimers();
});

test('the recorded curve has every seed at every count', () => {
  for (const trigger of ['up', 'aside'] as const) {
    const counts = byCount(data.curve, trigger);
    expect(counts.map(({ poisoned }) => poisoned)).toEqual(COUNTS);
    for (const { misread, lowest, highest } of counts) {
      expect(lowest).toBeLessThanOrEqual(misread);
      expect(misread).toBeLessThanOrEqual(highest);
    }
  }
  expect(data.curve).toHaveLength(2 * COUNTS.length * SEEDS.length);
});

test('a run that lacks the default setting is refused with what to do', () => {
  expect(() => poisoningData(() => ({ ...RUN, tables: { ...RUN.tables, curve: [] } }))).toThrow(
    'The run "poisoned-points" lacks the setting that the lab begins with.\nRecord it again.',
  );
});
