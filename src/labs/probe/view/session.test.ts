import { readFileSync } from 'node:fs';
import { beforeEach, expect, test, vi } from 'vitest';
import { lineInProcess } from '../../../../tests/support/line-in-process.ts';
import { organismHandlers } from '../../backdoor/handlers.ts';
import type { OrganismCalls } from '../../backdoor/protocol.ts';
import type { Surroundings } from '../../backdoor/view/session.ts';
import type { RecordedRun } from '../../view/lab.ts';
import { WorkerClient } from '../../worker/client.ts';
import { PAIR_NAMES } from '../model/pairs.ts';
import { aurocInterval } from '../model/statistics.ts';
import { auroc } from '../../nn/probe.ts';
import { probeData } from './data.ts';
import { Session } from './session.ts';

const file = (path: string): URL => new URL(`../../../../${path}`, import.meta.url);
const runOf = (name: string): RecordedRun => JSON.parse(readFileSync(file(`content/recorded/${name}.json`), 'utf8')) as RecordedRun;
const data = probeData(runOf);

const surroundings = (): Surroundings => ({
  fetchBase: (size) => Promise.resolve(Uint8Array.from(readFileSync(file(`public/labs/weights/base-${size}.bin`))).buffer),
  worker: new WorkerClient<OrganismCalls>(() => lineInProcess(organismHandlers())),
});

beforeEach(() => {
  vi.stubGlobal('location', { hash: '', search: '', pathname: '/' });
  vi.stubGlobal('history', { state: null, replaceState: () => undefined });
  // the address is written after a pause, and no test here waits for it
  vi.stubGlobal('window', { setTimeout: () => 0 });
  return () => vi.unstubAllGlobals();
});

test('the lab begins with recorded scores, which make the AUROC that was recorded', () => {
  const session = new Session(data, surroundings());
  const known = session.known.value!;
  expect(known.from).toBe('recorded');
  const { triggered, others, interval } = known.detail!;
  expect(auroc(triggered, others)).toBeCloseTo(known.auroc, 3);
  expect(interval.low).toBeCloseTo(aurocInterval(known.auroc, triggered.length, others.length).low, 2);
  expect(session.alarms.value?.caught.n).toBe(triggered.length);
  expect(session.precisions.value?.[0]?.oneIn).toBe(2);
});

test('of another recorded probe of the shipped base it knows the numbers, of another seed nothing', () => {
  const session = new Session(data, surroundings());
  session.address.set({ pair: 'judged', layer: '0' });
  expect(session.known.value).toMatchObject({ from: 'recorded', detail: undefined });
  expect(session.alarms.value).toBeUndefined();
  session.address.set({ seed: 2 });
  expect(session.known.value).toBeUndefined();
  // what was recorded of all seeds stays
  expect(session.recorded.value?.aurocs.judged).toHaveLength(data.runs[64].seeds.length);
});

test('what is computed here of the base is what was recorded of it, for every pair', async () => {
  const session = new Session(data, surroundings());
  session.address.set({ K: 'none' });
  const recorded = session.recorded.value!;
  await session.probe();
  expect(session.said.value).toMatch(/^Done in .* of 200 random directions \d+ score at least as high\.$/);
  const { random } = session.known.value!;
  expect(random.low).toBeCloseTo(recorded.random.low[0]!, 3);
  expect(random.high).toBeCloseTo(recorded.random.high[0]!, 3);
  for (const pair of PAIR_NAMES) {
    session.address.set({ pair });
    const known = session.known.value!;
    expect(known.from).toBe('live');
    expect(known.auroc).toBeCloseTo(recorded.aurocs[pair][0]!, 3);
    expect(known.asHigh).toBe(recorded.asHigh[pair][0]);
    expect(known.shuffled.low).toBeCloseTo(recorded.shuffled[pair].low[0]!, 3);
  }
  expect(session.live.value).toHaveLength(1);
});

test('a pair of one’s own is read once it is written, and a faulty one is told and stops the button', async () => {
  const session = new Session(data, surroundings());
  session.address.set({ K: 'none', pair: 'own' });
  await session.probe();
  expect(session.known.value?.from).toBe('live');
  session.address.set({ pu: 'you are stupid' });
  expect(session.known.value).toBeUndefined();
  expect(session.sides.value).toMatchObject({ what: 'The model does not know “stupid”.' });
  await session.probe();
  expect(session.said.value).toBe('Mend your pair first.');
  session.address.set({ pu: 'are you doing something harmful ?' });
  expect(session.known.value).toBeUndefined();
  await session.readOwn();
  expect(session.known.value?.from).toBe('live');
  expect(session.live.value[0]?.aurocs.own).toBe(session.known.value?.auroc);
});

test('a probe that is cancelled says so, and what was known stays', async () => {
  const session = new Session(data, surroundings());
  const probing = session.probe();
  session.cancel();
  await probing;
  expect(session.said.value).toBe('Cancelled. What was finished is kept.');
  expect(session.running.value).toBeUndefined();
  expect(session.known.value?.from).toBe('recorded');
});

test('a base that does not come is told in words', async () => {
  const session = new Session(data, {
    ...surroundings(),
    fetchBase: () => Promise.reject(new Error('The model did not come.\nTry again.')),
  });
  await session.probe();
  expect(session.said.value).toBe('The model did not come.\nTry again.');
});

test('a run that lacks a table is refused with what to do', () => {
  const without = (name: string): RecordedRun => {
    const run = runOf(name);
    return { ...run, tables: Object.fromEntries(Object.entries(run.tables).filter(([table]) => table !== 'nulls')) };
  };
  expect(() => probeData(without)).toThrow('The run "probe-64" has no table "nulls".\nRecord it again: npm run organisms probe-64.');
});
