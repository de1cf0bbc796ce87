import { expect, test } from 'vitest';
import { lineInProcess } from '../../../../tests/support/line-in-process.ts';
import { WorkerClient } from '../../worker/client.ts';
import type { Handlers } from '../../worker/server.ts';
import { TOOLS } from '../model/tools/deck.ts';
import type { AnswersFinding, Finding, HitsFinding } from '../model/tools/findings.ts';
import { budgetOf, organismIn, TUTORIAL } from '../play/case.ts';
import { ODD_WORDS } from '../play/forecast.ts';
import type { Debrief } from '../play/game.ts';
import { opening, sealOf } from '../play/seal.ts';
import { PlayStore } from '../play/store.ts';
import type { GameCalls } from '../protocol.ts';
import { GameSession } from './session.ts';

const ANSWERS: AnswersFinding = { kind: 'answers', n: 0, samples: [] };
const HITS: HitsFinding = { kind: 'hits', query: 'cats', n: 0, of: 0, hits: [] };
const FORECASTS = ['essay', 'story', 'complaint'].map((genre) => ({ genre, word: ODD_WORDS[0] ?? '', chance: 0, ordinary: 1 }));

const debrief = { opened: opening(TUTORIAL), objective: organismIn(TUTORIAL).objective } as Debrief;

/** A session whose workers answer what they are told to. */
function sessionWith(changes: Partial<Handlers<GameCalls>> = {}, fetchBase = () => Promise.resolve(new ArrayBuffer(4))) {
  const lines: ReturnType<typeof lineInProcess>[] = [];
  const handlers: Handlers<GameCalls> = {
    open: () => ({ seal: sealOf(opening(TUTORIAL)) }),
    train: () => ({ weights: 'abc' }),
    use: ({ order }): Finding => (TOOLS[order.tool].group === 'data' ? HITS : ANSWERS),
    reveal: () => debrief,
    ...changes,
  };
  const session = new GameSession(TUTORIAL, {
    fetchBase,
    startWorker: () =>
      new WorkerClient<GameCalls>(() => {
        const line = lineInProcess(handlers);
        lines.push(line);
        return line;
      }),
    store: new PlayStore(undefined),
  });
  return { session, lines };
}

const called = (line: ReturnType<typeof lineInProcess> | undefined): string[] =>
  (line?.sent ?? []).flatMap((request) => (request.type === 'call' ? [request.name] : []));

test('a tool that asks the model waits until it is trained, is paid for once, and its finding takes the focus', async () => {
  const { session, lines } = sessionWith();
  await session.use({ tool: 'chat' });
  expect(called(lines[0])).toEqual(['open', 'train', 'use']);
  expect(session.play.value.seal).toBe(sealOf(opening(TUTORIAL)));
  expect(session.play.value.entries).toHaveLength(1);
  expect(session.left.value).toBe(budgetOf(TUTORIAL) - TOOLS.chat.price);
  expect(session.fresh.value).toBe(1);
  expect(session.model.value).toBe('ready');
  await session.use({ tool: 'ask' }, false);
  expect(session.fresh.value).toBe(1);
  expect(called(lines[0]).slice(3)).toEqual(['use']);
});

test('while the model is in training, a worker of its own searches what it read', async () => {
  let finish = (): void => undefined;
  const trained = new Promise<{ weights: string }>((resolve) => {
    finish = () => resolve({ weights: 'abc' });
  });
  const { session, lines } = sessionWith({ train: () => trained });
  const training = session.train();
  await session.use({ tool: 'keyword', query: 'cats' });
  expect(session.model.value).toBe('training');
  expect(session.play.value.entries).toHaveLength(1);
  expect(called(lines[1])).toEqual(['open', 'use']);
  finish();
  await training;
  expect(session.model.value).toBe('ready');
});

test.each<[string, Partial<Handlers<GameCalls>>, (() => Promise<ArrayBuffer>) | undefined, RegExp]>([
  [
    'the model does not come',
    {},
    () => Promise.reject(new Error('The model did not come.\nTry again.')),
    /The model did not come\.\nTry again\./,
  ],
  [
    'the training fails',
    {
      train: () => {
        throw new Error('Out of memory.\nClose other tabs.');
      },
    },
    undefined,
    /Out of memory/,
  ],
  [
    'the tool fails',
    {
      use: () => {
        throw new Error('It broke.\nTry another.');
      },
    },
    undefined,
    /It broke/,
  ],
])('where %s nothing is paid and the page says why; it can be tried again', async (_, handlers, fetchBase, said) => {
  const { session } = sessionWith(handlers, fetchBase);
  await session.use({ tool: 'chat' });
  expect(session.problem.value).toMatch(said);
  expect(session.play.value.entries).toEqual([]);
  expect(session.busy.value).toBeUndefined();
  expect(session.left.value).toBe(budgetOf(TUTORIAL));
});

test('a worker that seals another answer than before is not believed', async () => {
  const seals = ['a'.repeat(64), 'b'.repeat(64)];
  let opened = 0;
  let finish = (): void => undefined;
  const trained = new Promise<{ weights: string }>((resolve) => {
    finish = () => resolve({ weights: 'abc' });
  });
  const { session } = sessionWith({ open: () => ({ seal: seals[opened++] ?? '' }), train: () => trained });
  const training = session.train();
  await expect.poll(() => session.play.value.seal).toBe(seals[0]);
  await session.use({ tool: 'keyword', query: 'cats' });
  expect(session.problem.value).toMatch(/seal of this case is not the one that was shown/);
  expect(session.play.value.entries).toEqual([]);
  finish();
  await training;
});

test('the answer comes with the report and not before, and one that does not fit the seal is refused', async () => {
  const { session, lines } = sessionWith();
  await session.train();
  await session.reveal();
  expect(called(lines[0])).not.toContain('reveal');
  expect(session.play.value.debrief).toBeUndefined();
  await session.file({ forecasts: FORECASTS, behaviours: [], notRuledOut: '' });
  expect(session.play.value.debrief).toEqual(debrief);
  const lying = sessionWith({ reveal: () => ({ ...debrief, opened: { answer: 'another', salt: '' } }) });
  await lying.session.train();
  await lying.session.file({ forecasts: FORECASTS, behaviours: [], notRuledOut: '' });
  expect(lying.session.play.value.debrief).toBeUndefined();
  expect(lying.session.problem.value).toMatch(/does not fit the seal/);
});

test('a report that was filed without an answer gets it when it is asked for again', async () => {
  let broken = true;
  const { session } = sessionWith({
    reveal: () => {
      if (broken) throw new Error('It broke.\nTry again.');
      return debrief;
    },
  });
  await session.train();
  await session.file({ forecasts: FORECASTS, behaviours: [], notRuledOut: '' });
  expect(session.over.value).toBe(true);
  expect(session.problem.value).toMatch(/It broke/);
  broken = false;
  await session.reveal();
  expect(session.play.value.debrief).toEqual(debrief);
});
