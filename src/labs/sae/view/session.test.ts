import { readFileSync } from 'node:fs';
import { beforeEach, expect, test, vi } from 'vitest';
import { lineInProcess } from '../../../../tests/support/line-in-process.ts';
import type { RecordedRun } from '../../view/lab.ts';
import { WorkerClient } from '../../worker/client.ts';
import { saeHandlers } from '../handlers.ts';
import { RANKINGS } from '../model/rankings.ts';
import type { SaeCalls } from '../protocol.ts';
import { saeData } from './data.ts';
import { LISTED, Session, type Surroundings } from './session.ts';
import { CODEC } from './settings.ts';

const file = (path: string): URL => new URL(`../../../../${path}`, import.meta.url);
const runOf = (name: string): RecordedRun => JSON.parse(readFileSync(file(`content/recorded/${name}.json`), 'utf8')) as RecordedRun;
const data = saeData(runOf);

function surroundings(fetched: string[] = []): Surroundings {
  return {
    fetchWeights: (name) => {
      fetched.push(name);
      return Promise.resolve(Uint8Array.from(readFileSync(file(`public/labs/weights/${name}.bin`))).buffer);
    },
    worker: new WorkerClient<SaeCalls>(() => lineInProcess(saeHandlers())),
  };
}

beforeEach(() => {
  vi.stubGlobal('location', { hash: '', search: '', pathname: '/labs/sae/' });
  vi.stubGlobal('history', { state: null, replaceState: () => undefined });
  // the address is written after a pause, and no test here waits for it
  vi.stubGlobal('window', { setTimeout: () => 0 });
  return () => vi.unstubAllGlobals();
});

test('the explorer begins with what was recorded: features in the order of the ranking, a feature of those listed open', () => {
  const session = new Session(data, surroundings());
  const { rankings, judgement, from } = session.opened.value!;
  expect(from).toBe('recorded');
  expect(judgement.own.explained).toBeGreaterThan(judgement.random.explained);
  for (const by of RANKINGS) {
    session.address.set({ by });
    const values = session.ranked.value.map((feature) => Math.abs(rankings[by][feature]!));
    expect(values).toEqual(values.toSorted((a, b) => b - a));
  }
  expect(session.listed.value).toBe(LISTED);
  session.address.set({ by: CODEC.defaults.by });
  expect(session.ranked.value.slice(0, LISTED)).toContain(CODEC.defaults.feature);
  session.choose({ o: 'librarian' });
  expect(session.opened.value!.rankings).not.toEqual(rankings);
});

test('our label is shown once the reader has committed to one, or has chosen not to wait', () => {
  const session = new Session(data, surroundings());
  const { feature } = session.address.state.value;
  expect(session.shows(feature)).toBe(false);
  session.guess({ word: 'coffee', reading: 'next' });
  expect([session.shows(feature), session.guessOf(feature)?.word]).toEqual([true, 'coffee']);
  session.open(3);
  expect(session.shows(3)).toBe(false);
  session.guess(null);
  expect([session.shows(3), session.guessOf(3)]).toEqual([true, null]);
  expect(session.shows(4)).toBe(false);
  session.address.set({ first: 'no' });
  expect(session.shows(4)).toBe(true);
});

test('every label of ours is scored on texts kept back, and most foretell their feature better than a word that is not there', () => {
  const session = new Session(data, surroundings());
  const better = data.atlas.features.filter(({ label }, feature) => {
    session.open(feature);
    const [ours, none] = [session.score(label, 'next')!, session.score('no-such-word', 'next')!];
    expect(ours.right).toBeLessThanOrEqual(Math.min(ours.fires, ours.there));
    expect(none).toMatchObject({ right: 0, there: 0, f1: 0 });
    return ours.f1 > none.f1;
  });
  expect(better.length).toBeGreaterThan(data.atlas.features.length / 2);
});

test('an address opens a feature, in its short form too, and a state behind the hash goes before it', () => {
  const decoded = (hash: string, search: string): number => {
    vi.stubGlobal('location', { hash, search, pathname: '/labs/sae/' });
    vi.stubGlobal('addEventListener', () => undefined);
    vi.stubGlobal('removeEventListener', () => undefined);
    const session = new Session(data, surroundings());
    const end = session.address.begin();
    end();
    return session.address.state.value.feature;
  };
  expect(decoded('', '?feature=123')).toBe(123);
  expect(decoded('#v1;feature=7', '?feature=123')).toBe(7);
  expect(decoded('#feature', '?theme=dark&feature=12')).toBe(12);
  expect(decoded('', '?feature=300')).toBe(CODEC.defaults.feature);
});

test('a search needs no model: documents that have the words, and features that answer to them', async () => {
  const fetched: string[] = [];
  const session = new Session(data, surroundings(fetched));
  session.address.set({ q: 'Reward models' });
  await session.search();
  const { found, features, query } = session.duel.value!;
  expect([query, fetched]).toEqual(['reward models', []]);
  expect(found.n).toBeGreaterThan(found.hits.length);
  expect(found.hits.every(({ text }) => text.includes('reward models'))).toBe(true);
  expect(features[0]!.score.f1).toBeGreaterThan(0.5);
  expect(session.said.value).toContain('documents have these words');
});

test('damaged weights are refused in words and asked for again', async () => {
  let damaged = true;
  const fetched: string[] = [];
  const whole = surroundings(fetched);
  const session = new Session(data, {
    ...whole,
    fetchWeights: async (name) => {
      const bytes = new Uint8Array(await whole.fetchWeights(name));
      if (damaged) bytes[5000]! ^= 1;
      return bytes.buffer;
    },
  });
  await session.edit();
  expect(session.said.value).toContain('The model was damaged on its way');
  expect(session.edited.value).toBeUndefined();
  damaged = false;
  const editing = session.edit();
  // given up once it trains
  await vi.waitFor(() => expect(session.running.value?.step).toBeGreaterThan(1), 20_000);
  session.cancel();
  await editing;
  expect(session.said.value).toBe('Cancelled. What was finished is kept.');
  expect(fetched).toEqual(['game-base', 'game-dictionary', 'game-base', 'game-dictionary']);
});

test('a dictionary of the reader’s is trained, judged beside a random one, and edited with', async () => {
  const session = new Session(data, surroundings());
  session.choose({ d: 'yours' });
  session.address.set({ of: 'rm', edit: 'push', s: 3 });
  expect(session.opened.value).toBeUndefined();
  await session.train();
  const { from, judgement, atlas, spots } = session.opened.value!;
  expect(session.said.value).toMatch(/^Done in .* of the variance; \d+ of \d+ features pass the test of a label\.$/);
  expect(from).toBe('live');
  expect(judgement.own.explained).toBeGreaterThan(0.9);
  expect(judgement.own.interpretable / judgement.own.tested).toBeGreaterThan(judgement.random.interpretable / judgement.random.tested);
  expect([atlas.features.length, spots.length > 2000]).toEqual([256, true]);
  // the sets for whose taste are of our dictionary
  expect(session.target.value).toEqual([session.address.state.value.feature]);
  await session.edit();
  expect(session.edited.value?.edit).toEqual({ features: [session.address.state.value.feature], by: 3 });
  expect(session.edited.value?.before.n).toBe(60);
}, 90_000);
