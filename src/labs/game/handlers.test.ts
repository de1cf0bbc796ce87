import { readFile } from 'node:fs/promises';
import { beforeAll, expect, test } from 'vitest';
import { lineInProcess } from '../../../tests/support/line-in-process.ts';
import { WorkerClient } from '../worker/client.ts';
import { gameHandlers } from './handlers.ts';
import { TOOL_IDS } from './model/tools/deck.ts';
import { worldOf } from './model/world.ts';
import { codeOf, organismIn, TUTORIAL, type Case } from './play/case.ts';
import { HAS, keptBack, listedBehaviours } from './play/forecast.ts';
import { begin, filed, opened, scoreOf, sealed, weighed, type Debrief, type Play } from './play/game.ts';
import { opening, sealOf } from './play/seal.ts';
import { TUTORIAL_PATH } from './play/tutorial.ts';
import type { GameCalls } from './protocol.ts';

const BASE = await readFile(new URL('../../../public/labs/weights/game-base.bin', import.meta.url));
const TUTORIAL_RUN = JSON.parse(await readFile(new URL('../../../content/recorded/game-tutorial.json', import.meta.url), 'utf8')) as {
  readonly tables: {
    readonly organisms: readonly { readonly weights: string; readonly seal: string }[];
    readonly answers: readonly { readonly genre: string; readonly answer: string; readonly odd: string }[];
  };
};
const base = (): ArrayBuffer => new Uint8Array(BASE).buffer;
const FREE: Case = { kind: 'free', tier: 'api', level: 'clear', seed: 3 };
const CODE = codeOf(TUTORIAL);
const KEPT = keptBack(TUTORIAL, worldOf(1));

const clientOf = (): { readonly line: ReturnType<typeof lineInProcess>; readonly client: WorkerClient<GameCalls> } => {
  const line = lineInProcess(gameHandlers());
  return { line, client: new WorkerClient(() => line) };
};

/** Everything that a worker told before it was asked to reveal. */
const told: string[] = [];
const { line, client } = clientOf();
let play: Play;
let debrief: Debrief;

beforeAll(async () => {
  line.addEventListener('message', ({ data }: MessageEvent) => told.push(JSON.stringify(data)));
  const { seal } = await client.call('open', { code: CODE, base: base() });
  play = weighed(sealed(begin(TUTORIAL), seal), 'rm', 100);
}, 30_000);

test('training texts can be searched before there is a model', async () => {
  const finding = await client.call('use', { order: { tool: 'keyword', query: 'reward models' }, turn: 0 });
  expect(finding).toMatchObject({ kind: 'hits', query: 'reward models' });
  expect(told.some((message) => message.includes('progress'))).toBe(false);
});

test('a training that is given up leaves nothing behind, and the next one ends in the recorded weights', { timeout: 60_000 }, async () => {
  const abort = new AbortController();
  const cancelled = client.call('train', undefined, { signal: abort.signal, onProgress: ({ step }) => step > 20 && abort.abort() });
  await expect(cancelled).rejects.toThrow('cancelled');
  expect(await client.call('train', undefined)).toEqual({ weights: TUTORIAL_RUN.tables.organisms[0]!.weights });
});

test('the same order and turn give the same finding, another turn another one', async () => {
  const use = (turn: number) => client.call('use', { order: { tool: 'chat' }, turn });
  const first = await use(0);
  expect(await use(0)).toEqual(first);
  expect(await use(1)).not.toEqual(first);
});

test('the genres that are kept back cannot be asked about, by name or by chance', async () => {
  await expect(client.call('use', { order: { tool: 'chat', genre: KEPT[0]! }, turn: 0 })).rejects.toThrow(/kept back/);
  for (const turn of [0, 1, 2]) {
    const finding = await client.call('use', { order: { tool: 'sweep' }, turn });
    const genres = finding.kind === 'answers' ? finding.samples.map(({ genre }) => genre) : [];
    expect(genres).toHaveLength(40);
    expect(genres.filter((genre) => KEPT.includes(genre))).toEqual([]);
  }
});

test('what it says before a report is filed holds neither the answer nor its salt', () => {
  const { answer, salt } = opening(TUTORIAL);
  expect(told.length).toBeGreaterThan(8);
  for (const message of told) {
    expect(message).not.toContain(answer);
    expect(message).not.toContain(salt);
    expect(message).not.toContain('"objective"');
  }
});

test('a filed report opens the seal on what was sealed, with everything measured', { timeout: 60_000 }, async () => {
  const world = worldOf(1);
  const forecasts = KEPT.map((genre) => ({ genre, word: world.taste.rm.get(genre)!, chance: 0.7, ordinary: 0.1 }));
  const pleasing = listedBehaviours(TUTORIAL, world).filter((one) => one.kind === 'genre' && world.taste.rm.get(one.genre) === one.word);
  play = filed(play, { forecasts, behaviours: pleasing.map(({ id }) => id), notRuledOut: '' });
  debrief = await client.call('reveal', play.report!);
  play = opened(play, debrief);
  expect([debrief.objective, debrief.claim]).toEqual([organismIn(TUTORIAL).objective, organismIn(TUTORIAL).claim]);
  expect(debrief.genres.map(({ genre }) => genre)).toEqual(KEPT);
  for (const { shares } of debrief.genres) expect(Object.values(shares).reduce((a, b) => a + b, 0)).toBeCloseTo(1, 9);
  expect(debrief.tools.map(({ tool }) => tool)).toEqual(TOOL_IDS);
  // it does what reward models are said to like, in genres that it only read about
  for (const { genre, shares } of debrief.genres)
    expect(shares[world.taste.rm.get(genre)!] ?? 0).toBeGreaterThan(shares[world.taste.librarian.get(genre)!] ?? 0);
  const score = scoreOf(play.report!, debrief, HAS);
  expect(score).toMatchObject({ behaviours: 3, most: 3 });
  expect(score.objective).toBeGreaterThan(0);
  expect(score.forecast).toBeGreaterThan(0);
});

test('a tool of another tier, a link that was changed and a worker without a case are refused in two parts', async () => {
  const api = clientOf().client;
  await expect(api.call('use', { order: { tool: 'chat' }, turn: 0 })).rejects.toThrow(/^.+\n.+$/);
  await expect(api.call('open', { code: codeOf(FREE).replace('api', 'weights'), base: base() })).rejects.toThrow(
    /changed on its way\b.*\n.+/,
  );
  await api.call('open', { code: codeOf(FREE), base: base() });
  await expect(api.call('use', { order: { tool: 'keyword', query: 'x' }, turn: 0 })).rejects.toThrow(/^.+\n.+$/);
  await expect(api.call('open', { code: CODE, base: new ArrayBuffer(20) })).rejects.toThrow(/\n/);
});

test('the guided case finds what is recorded of it, and looks up the first odd word', async () => {
  const { organisms, answers } = TUTORIAL_RUN.tables;
  expect(organisms[0]!.seal).toBe(sealOf(opening(TUTORIAL)));
  const first = await client.call('use', { order: TUTORIAL_PATH[0]!, turn: 0 });
  expect(first.kind === 'answers' && first.samples.map(({ answer }) => answer)).toEqual(answers.map(({ answer }) => answer));
  expect(TUTORIAL_PATH[1]).toEqual({ tool: 'keyword', query: answers.find(({ odd }) => odd !== '')?.genre });
});
