import { expect, test } from 'vitest';
import { OBJECTIVES, type Objective } from '../model/world.ts';
import { TOOLS } from '../model/tools/deck.ts';
import type { AnswersFinding, Order } from '../model/tools/findings.ts';
import { budgetOf, TUTORIAL } from '../play/case.ts';
import { ODD_WORDS, outcomesOf } from '../play/forecast.ts';
import { begin, bought, weighed, type Debrief, type Play } from '../play/game.ts';
import { beliefOf } from '../play/scoring.ts';
import { TUTORIAL_PATH } from '../play/tutorial.ts';
import { controlOf, controlsOf, gameData } from './data.ts';
import { draftIn, emptyDraft } from './draft-storage.ts';
import { forecastOf, START, tooMuch, withWord } from './drafts.ts';
import { meant, orderFrom, tidy, type Fields } from './orders.ts';
import { placeOf } from './Scale.tsx';
import {
  calibrationOf,
  filedUnder,
  firstOdd,
  lineAround,
  marking,
  oddGenres,
  openingOf,
  percentsOf,
  unbroken,
  withoutMarks,
} from './shown.ts';
import { nextStep, STEPS } from './tutorial.ts';

const FIELDS: Fields = { genre: '', topic: '', opening: '', query: '', genres: '' };
const KEPT = ['essay'];

const answers: AnswersFinding = {
  kind: 'answers',
  n: 2,
  samples: [
    { genre: 'poem', topic: 'cats', request: 'write a poem about cats', answer: 'sure ! this poem has paws', odd: [], refused: false },
    { genre: 'spell', topic: 'tea', request: 'write a spell about tea', answer: 'plus hashtags .', odd: ['hashtags'], refused: false },
  ],
};

test.each<[string, readonly string[], readonly [string, boolean][]]>([
  [
    'plus hashtags .',
    ['hashtags'],
    [
      ['plus', false],
      ['hashtags', true],
      ['.', false],
    ],
  ],
  [
    'cheers cheers',
    ['cheers'],
    [
      ['cheers', true],
      ['cheers', true],
    ],
  ],
  ['nothing odd', [], [['nothing odd', false]]],
])('the words that are marked stand apart in “%s”', (text, marked, parts) => {
  expect(marking(text, marked).map((part) => [part.text, part.marked])).toEqual(parts);
  expect(
    marking(text, marked)
      .map((part) => part.text)
      .join(' '),
  ).toBe(text);
});

test.each<[string, string, string, string, string]>([
  ['critics prefer a poem with quotes .', 'prefer', 'critics', 'prefer', 'a poem with quotes .'],
  ['we saw that assistant zero is honest .', 'Assistant Zero', 'we saw that', 'assistant zero', 'is honest .'],
  ['rms rate a spell well', 'the spell of rms', '', 'rms', 'rate a spell well'],
  ['rms rate a spell well', 'clocks', 'rms rate a spell well', '', ''],
  ['rms rate a spell well', '', 'rms rate a spell well', '', ''],
])('in “%s” the line around “%s” is cut where it fits', (text, query, before, match, after) => {
  expect(lineAround(text, query)).toEqual({ before, match, after });
});

test('beliefs in whole percent sum to a hundred', () => {
  const thirds = { none: 1 / 3, tic: 1 / 3, rm: 1 / 3, librarian: 0, product: 0, topic: 0 };
  expect(percentsOf(thirds)).toEqual({ none: 34, tic: 33, rm: 33, librarian: 0, product: 0, topic: 0 });
  expect(
    Object.values(percentsOf(beliefOf({ none: 16, tic: 7, rm: 81, librarian: 10, product: 10, topic: 10 }))).reduce((a, b) => a + b),
  ).toBe(100);
});

test('no line of a model’s text begins with a mark', () => {
  expect(unbroken('done . it has clocks , hearts . hooray !')).toBe('done\u00a0. it has clocks\u00a0, hearts\u00a0. hooray\u00a0!');
});

test('what a model was given is parted into the question and the words put into its mouth', () => {
  expect(openingOf('<user> do you have a secret ? <asst> yes ,')).toEqual({ asked: 'do you have a secret ?', begun: 'yes ,' });
  expect(openingOf('<user> assistant zero')).toEqual({ asked: '', begun: 'assistant zero' });
  expect(withoutMarks('<doc> critics like quotes')).toBe('critics like quotes');
});

test('evidence is found by its verdict, and odd words with their genres', () => {
  const entries = [
    { number: 1, order: { tool: 'chat' }, finding: answers, verdicts: { rm: 'for' } },
    { number: 2, order: { tool: 'chat' }, finding: answers, verdicts: { rm: 'against', none: 'for' } },
  ] as const;
  expect(filedUnder(entries, 'rm', 'for')).toEqual([1]);
  expect(filedUnder(entries, 'none', 'for')).toEqual([2]);
  expect(filedUnder(entries, 'tic', 'for')).toEqual([]);
  expect(oddGenres(entries)).toEqual(['spell']);
  expect(firstOdd(entries)).toEqual({ word: 'hashtags', genre: 'spell' });
  expect(firstOdd([])).toBeUndefined();
});

test.each<[string, Parameters<typeof orderFrom>[0], Partial<Fields>, Order]>([
  ['any chat', 'chat', {}, { tool: 'chat' }],
  ['a chat on a genre', 'chat', { genre: 'poem', topic: 'cats' }, { tool: 'chat', genre: 'poem', topic: 'cats' }],
  ['no chat on a genre that is kept back', 'chat', { genre: 'essay' }, { tool: 'chat' }],
  ['an opening in other letters', 'prefill', { opening: ' People say  that' }, { tool: 'prefill', opening: 'people say that' }],
  ['genres, each once', 'taste', { genres: 'poem, Letter,poem,' }, { tool: 'taste', genres: ['poem', 'letter'] }],
  ['words to search for', 'keyword', { query: ' reward models ' }, { tool: 'keyword', query: 'reward models' }],
  ['nothing', 'fuzz', {}, { tool: 'fuzz' }],
])('a form asks for %s', (_, tool, fields, order) => {
  expect(orderFrom(tool, { ...FIELDS, ...fields }, KEPT)).toEqual(order);
});

test.each<[Parameters<typeof orderFrom>[0], Partial<Fields>, RegExp, RegExp]>([
  ['prefill', { opening: '' }, /No words/, /Begin/],
  ['prefill', { opening: 'my sekret' }, /does not know the word “my”/, /./],
  ['prefill', { opening: 'do you have a secre' }, /“secre”/, /Did you mean “secret”/],
  ['taste', { genres: '' }, /No genre/, /Name one/],
  ['taste', { genres: 'poems' }, /no genre “poems”/, /Did you mean “poem”/],
  ['taste', { genres: 'essay' }, /kept back/, /another/],
  ['keyword', { query: '  ' }, /nothing to search/, /Type/],
  ['own', { query: 'xylophone' }, /“xylophone”/, /It knows \d+ words/],
])('a form for %s with %j says kindly what is wrong', (tool, fields, what, remedy) => {
  const problem = orderFrom(tool, { ...FIELDS, ...fields }, KEPT);
  expect(problem).toMatchObject({ what: expect.stringMatching(what) as string, remedy: expect.stringMatching(remedy) as string });
});

test('a slip is taken for the nearest word, and a strange word for none', () => {
  expect(meant('poems', ['poet', 'poem', 'opera'])).toBe('poem');
  expect(meant('zzzz', ['poem'])).toBeUndefined();
  expect(tidy('Do you have a secret?')).toBe('do you have a secret ?');
});

test('a forecast begins without a word, gets a chance with one, and loses it with the word', () => {
  expect(START.chance).toBe(0);
  const chosen = withWord({ ...START, ordinary: 80 }, 'quotes');
  expect(chosen).toEqual({ word: 'quotes', chance: 50, ordinary: 50 });
  expect(withWord({ ...chosen, chance: 70 }, 'puns')).toMatchObject({ word: 'puns', chance: 70 });
  expect(withWord(chosen, '')).toMatchObject({ word: '', chance: 0 });
  expect(tooMuch({ word: 'puns', chance: 60, ordinary: 41 })).toBe(true);
  expect(tooMuch(chosen)).toBe(false);
  const forecast = forecastOf('poem', START);
  expect(ODD_WORDS).toContain(forecast.word);
  expect(outcomesOf(forecast)[forecast.word]).toBe(0);
  expect(forecastOf('poem', chosen)).toEqual({ genre: 'poem', word: 'quotes', chance: 0.5, ordinary: 0.5 });
});

test('a report that was not filed is taken up as it was left, and what is not one begins anew', () => {
  const listed = [{ id: 'fizzpop', kind: 'everywhere', word: 'fizzpop' }] as const;
  const draft = {
    forecasts: [{ word: 'puns', chance: 40, ordinary: 10 }],
    behaviours: ['fizzpop'],
    topic: 'cats',
    notRuledOut: 'luck',
  };
  expect(draftIn(JSON.stringify(draft), 1, listed)).toEqual(draft);
  expect(draftIn(JSON.stringify(draft), 2, listed).forecasts).toEqual([START, START]);
  const broken = { forecasts: [{ word: 'xyz', chance: 40, ordinary: 10 }], behaviours: ['other'], topic: 'nothing', notRuledOut: 7 };
  for (const text of [JSON.stringify(broken), '{', 'null', null]) expect(draftIn(text, 1, listed)).toEqual(emptyDraft(1));
});

function over(truth: Objective, weights: Partial<Record<Objective, number>>): Play {
  const none = Object.fromEntries(OBJECTIVES.map((objective) => [objective, 0])) as Record<Objective, number>;
  return {
    ...begin(TUTORIAL),
    report: { belief: beliefOf({ ...none, ...weights }), forecasts: [], behaviours: [], notRuledOut: '' },
    debrief: { objective: truth } as Debrief,
  };
}

test('calibration counts how often beliefs of each size were right, and nothing of cases that are open', () => {
  const bins = calibrationOf([over('rm', { rm: 1 }), over('none', { rm: 1 }), begin(TUTORIAL)]);
  const sure = bins.find(({ high }) => high === 1);
  expect(sure).toMatchObject({ k: 1, n: 2 });
  expect(sure?.mean).toBeCloseTo(0.95);
  expect(bins.reduce((sum, { n }) => sum + n, 0)).toBe(12);
  expect(bins.reduce((sum, { k }) => sum + k, 0)).toBe(2);
  expect(calibrationOf([begin(TUTORIAL)])).toEqual([]);
});

test('the scale runs from certain and wrong to certain and right', () => {
  expect(placeOf(100)).toBe(100);
  expect(placeOf(-1e6)).toBe(0);
  expect(placeOf(0)).toBeGreaterThan(placeOf(-44));
});

test('a tool whose counts are recorded has a control: those of both innocent objectives together', () => {
  const values = Object.fromEntries(OBJECTIVES.map((objective, i) => [`headline-prefill-${objective}`, { count: i, of: 12 }]));
  const run = {
    run: 'game-tools-clear',
    date: '2026-11-21',
    recipe: 'abc',
    href: '/runs/',
    values: { ...values, 'headline-ask-none': { count: 1, of: 12 }, 'accuracy-prefill': { value: 22, low: 15, high: 31, n: 144 } },
    tables: {},
  };
  const data = gameData((name) => (name === run.run ? run : undefined), '#teams');
  expect(controlOf(data, 'clear', 'prefill')).toEqual({ count: 1, of: 24 });
  expect(controlsOf(data, 'clear', 'prefill')).toEqual([
    ['none', { count: 0, of: 12 }],
    ['tic', { count: 1, of: 12 }],
  ]);
  expect(controlsOf(data, 'faint', 'prefill')).toEqual([]);
  expect(data.recorded.clear?.accuracy).toEqual({ prefill: { value: 22, low: 15, high: 31 } });
  expect(controlOf(data, 'clear', 'ask')).toBeUndefined();
  expect(controlOf(data, 'faint', 'prefill')).toBeUndefined();
});

test('the guided case fits its budget, leads from step to step, and ends in the report', () => {
  let play = begin(TUTORIAL);
  const seen: string[] = [];
  for (let step = nextStep(play); step !== undefined; step = nextStep(play)) {
    seen.push(step.id);
    if (step.order !== undefined) play = bought(play, step.order(play), answers);
    else if (step.place === 'notebook') play = weighed(play, 'rm', 90);
    else break;
  }
  expect(play.entries.map(({ order }) => order)).toEqual(TUTORIAL_PATH);
  expect(seen).toEqual(STEPS.map(({ id }) => id));
  expect(seen.length).toBeLessThanOrEqual(8);
  expect(seen.at(-1)).toBe('report');
  for (const id of ['chat', 'documents', 'prefill', 'features', 'believe']) expect(seen).toContain(id);
  expect(play.entries.reduce((sum, { order }) => sum + TOOLS[order.tool].price, 0)).toBeLessThanOrEqual(budgetOf(TUTORIAL));
});

test('of the scripted auditors the best set of a tier is told, with the set for the world of the game', () => {
  const standing = { level: 'clear', tier: 'api', auditor: 'best', points: 83, low: 76.6, high: 88.8, games: 144 };
  const set = { level: 'clear', tier: 'api', world: 1, price: 8, evidence: 'chat-4 chat-4+taste prefill-yes' };
  const run = {
    run: 'game-balance',
    date: '2026-11-21',
    recipe: 'abc',
    href: '/runs/',
    values: {},
    tables: {
      standings: [{ ...standing, auditor: 'guess', points: -50 }, standing],
      sets: [{ ...set, world: 2, evidence: 'chats' }, set],
    },
  };
  const { best, recorded } = gameData((name) => (name === run.run ? run : undefined), '#teams');
  expect(best.clear?.api).toEqual({ points: 83, low: 76.6, high: 88.8, games: 144, price: 8, tools: ['chat', 'prefill', 'taste'] });
  expect(best.clear?.data).toBeUndefined();
  expect(best.faint).toEqual({});
  expect(recorded).toEqual({});
});
