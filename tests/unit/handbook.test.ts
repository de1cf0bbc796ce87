import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { FormulaError } from '../../src/handbook/formula.ts';
import { recordsOf } from '../../src/handbook/handbook-of.ts';
import { Handbook, normalise, UnknownName } from '../../src/handbook/handbook.ts';
import { readContent } from '../../src/reader/content.ts';

const content = await readContent(fileURLToPath(new URL('../fixtures/good/content', import.meta.url)));

const records = recordsOf(content);
const handbook = new Handbook(records, '/name/');
const NBSP = '\u00a0';

test('pages stand in the order of the book, with their addresses', () => {
  expect(handbook.pages.map(({ id, href, short, part }) => ({ id, href, short, part: part.id }))).toEqual([
    { id: 'a1', href: '/name/boats/folding/', short: '/name/a1/', part: 'a' },
    { id: 'a2', href: '/name/boats/floating/', short: '/name/a2/', part: 'a' },
    { id: 'b1', href: '/name/ducks/squeaking/', short: '/name/b1/', part: 'b' },
  ]);
  expect(
    handbook.parts.map(({ id, href, pages, planned }) => ({ id, href, pages: pages.length, planned: planned.map((page) => page.id) })),
  ).toEqual([
    { id: 'a', href: '/name/boats/', pages: 2, planned: [] },
    { id: 'b', href: '/name/ducks/', pages: 1, planned: ['b2', 'b3'] },
  ]);
});

test('terms and sources stand in the order of the alphabet', () => {
  expect(handbook.terms.map(({ id }) => id)).toEqual(['keel', 'paper-boat', 'squeak']);
  expect(handbook.sources.map(({ key }) => key)).toEqual(['fold2020boats', 'races2026runs', 'sink2022again', 'tub2021ducks']);
});

test.each([
  { id: 'a1', previous: undefined, next: 'a2' },
  { id: 'a2', previous: 'a1', next: 'b1' },
  { id: 'b1', previous: 'a2', next: undefined },
])('$id stands between $previous and $next', ({ id, previous, next }) => {
  const neighbours = handbook.neighbours(handbook.page(id));
  expect(neighbours.previous?.id).toBe(previous);
  expect(neighbours.next?.id).toBe(next);
});

test.each([
  { target: 'b1', from: 'a1', reference: { label: 'b1 Squeaking', href: '/name/ducks/squeaking/' } },
  { target: 'a1', from: 'a1', reference: { label: 'a1 Folding', href: '/name/boats/folding/' } },
  { target: 'b1#known', from: 'a1', reference: { label: 'What is known', href: '/name/ducks/squeaking/#known' } },
  { target: 'b1#def-squeak', from: 'a1', reference: { label: 'Definition b1.1', href: '/name/ducks/squeaking/#def-squeak' } },
  { target: 'a1#fig-fold', from: 'a1', reference: { label: 'Figure a1.1', href: '/name/boats/folding/#fig-fold' } },
  { target: 'fig-leak', from: 'a2', reference: { label: 'Figure a2.2', href: '/name/boats/floating/#fig-leak' } },
  { target: '#known', from: 'a1', reference: { label: 'What is known', href: '/name/boats/folding/#known' } },
  { target: 'eq-area', from: 'a1', reference: { label: 'equation a1.1', href: '/name/boats/folding/#eq-area' } },
  { target: 'tab-sounds', from: 'b1', reference: { label: 'Table b1.1', href: '/name/ducks/squeaking/#tab-sounds' } },
  { target: 'ex-two', from: 'a1', reference: { label: 'Example a1.1', href: '/name/boats/folding/#ex-two' } },
  { target: 'mis-boats-are-hats', from: 'a1', reference: { label: 'Misconception a1.1', href: '/name/boats/folding/#mis-boats-are-hats' } },
  { target: 'b1#known', from: undefined, reference: { label: 'What is known', href: '/name/ducks/squeaking/#known' } },
  { target: 'game', from: 'a1', reference: { label: 'The auditing game', href: '/name/game/' } },
  { target: 'labs/bathtub', from: 'a1', reference: { label: 'Fill the tub', href: '/name/labs/bathtub/' } },
  { target: 'labs/bathtup', from: 'a1', reference: undefined },
  { target: 'fig-leak', from: undefined, reference: undefined },
  { target: 'fig-leak', from: 'a1', reference: undefined },
  { target: 'b2', from: 'a1', reference: undefined },
  { target: 'c9', from: 'a1', reference: undefined },
  { target: 'b1#nothing', from: 'a1', reference: undefined },
])('$target seen from $from is $reference', ({ target, from, reference }) => {
  expect(handbook.refer(target, from === undefined ? undefined : handbook.page(from))).toEqual(reference);
});

test.each([
  { words: 0, figures: 0, minutes: 1 },
  { words: 299, figures: 0, minutes: 1 },
  { words: 301, figures: 0, minutes: 2 },
  { words: 2000, figures: 0, minutes: 10 },
  { words: 2000, figures: 5, minutes: 11 },
])('$words words and $figures figures take $minutes minutes', ({ words, figures, minutes }) => {
  const [page] = records.pages;
  if (page === undefined) throw new Error('The good site has no page.');
  const blocks = Array.from({ length: figures }, (_, index) => ({
    kind: 'figure' as const,
    id: `f${index}`,
    anchor: `fig-f${index}`,
    number: index + 1,
    title: undefined,
    line: 1,
  }));
  const book = new Handbook({ ...records, single: {}, pages: [{ ...page, outline: { ...page.outline, words, blocks } }] }, '/');
  expect(book.page('a1').minutes).toBe(minutes);
});

test.each([
  { kind: 'claim', id: 'boats-afloat', pages: ['a1', 'a2'] },
  { kind: 'claim', id: 'boats-leak', pages: ['a2'] },
  { kind: 'source', id: 'fold2020boats', pages: ['a1'] },
  { kind: 'source', id: 'tub2021ducks', pages: ['b1'] },
  { kind: 'term', id: 'keel', pages: ['a1'] },
  { kind: 'term', id: 'paper-boat', pages: ['a1'] },
  { kind: 'term', id: 'nothing', pages: [] },
] as const)('the $kind $id is used by $pages', ({ kind, id, pages }) => {
  expect(handbook.usedBy(kind, id).map((page) => page.id)).toEqual(pages);
});

test('a term is found by slug, name and alias, in any case and with any dash', () => {
  for (const name of ['paper-boat', 'Paper boat', 'PAPER\u00a0BOAT', 'boats']) expect(handbook.term(name).id).toBe('paper-boat');
  expect(normalise(' Owner’s  Self–report ')).toBe("owner's self report");
});

test.each([
  { id: 'boats-afloat', key: undefined, value: { count: 3, of: 4, unit: 'boats' } },
  { id: 'boats-afloat', key: '', value: { count: 3, of: 4, unit: 'boats' } },
  { id: 'boats-afloat', key: 'plain', value: { value: 25, unit: '%', n: 8 } },
  { id: 'boats-leak', key: 'colour', value: { text: 'pale blue' } },
])('the value $key of $id is $value', ({ id, key, value }) => {
  expect(handbook.value(id, key)).toEqual(value);
});

test('a phrase is filled with printed values', () => {
  expect(handbook.fill('boats-afloat', 'from {plain} to {waxed}')).toBe(`from 25${NBSP}% to 3 of 4${NBSP}boats`);
  expect(handbook.fill('ducks-squeak', 'no values')).toBe('no values');
});

test('a formula takes a count as a percentage and a span at its middle', () => {
  expect(handbook.calculate('boats-afloat:waxed - boats-afloat:plain')).toBe(50);
  expect(handbook.calculate('boats-leak:span * x', { x: 2 })).toBe(8);
  expect(() => handbook.calculate('1 / 0')).toThrow(new FormulaError('1 / 0: the result is no finite number'));
});

test.each([
  { cell: 7, plotted: { value: 7, low: undefined, high: undefined, text: '7', claim: undefined } },
  { cell: 'not run', plotted: undefined },
  { cell: '= 1 / 3', plotted: { value: 1 / 3, low: undefined, high: undefined, text: '0.333', claim: undefined } },
  { cell: 'boats-afloat:plain', plotted: { value: 25, low: undefined, high: undefined, text: `25${NBSP}%`, claim: 'boats-afloat' } },
  { cell: 'boats-leak', plotted: { value: 4, low: 2, high: 6, text: `about 2–6${NBSP}minutes`, claim: 'boats-leak' } },
])('the cell $cell is plotted as $plotted', ({ cell, plotted }) => {
  expect(handbook.plot(cell)).toEqual(plotted);
});

test('a count out of a total is plotted with its Wilson interval, in per cent', () => {
  const plotted = handbook.plot('boats-afloat:waxed');
  expect(plotted?.value).toBe(75);
  expect(plotted?.low).toBeCloseTo(30.06, 2);
  expect(plotted?.high).toBeCloseTo(95.44, 2);
});

test('numbers, blocks, questions, figures and planned pages are found', () => {
  const page = handbook.page('a2');
  expect(handbook.number(page, 'fig-leak')).toBe('a2.2');
  expect(handbook.block(page, 'ex-gust').title).toBe('A gust');
  expect(handbook.questions('a2').predict.answer).toBe(2);
  expect(handbook.figure(page, 'leak').data.title).toBe('How long a boat leaks');
  expect(handbook.findPlanned('b2')?.title).toBe('Ducks at sea');
  expect([handbook.findPage('zz'), handbook.findPlanned('zz'), handbook.findTerm('zz'), handbook.findSource('zz')]).toEqual([
    undefined,
    undefined,
    undefined,
    undefined,
  ]);
});

const ASKED: { ask: () => unknown; thing: string }[] = [
  { ask: () => handbook.page('c9'), thing: 'page "c9"' },
  { ask: () => handbook.claim('no'), thing: 'claim "no"' },
  { ask: () => handbook.source('no'), thing: 'source "no"' },
  { ask: () => handbook.term('no'), thing: 'term "no"' },
  { ask: () => handbook.misconception('no'), thing: 'misconception "no"' },
  { ask: () => handbook.questions('c9'), thing: 'questions file for page "c9"' },
  { ask: () => handbook.figure(handbook.page('b1'), 'leak'), thing: 'figure "leak"' },
  { ask: () => handbook.block(handbook.page('b1'), 'fig-leak'), thing: 'anchor "b1#fig-leak"' },
  { ask: () => handbook.value('boats-afloat', 'wet'), thing: 'value "boats-afloat:wet"' },
  { ask: () => handbook.value('ducks-squeak'), thing: 'value "ducks-squeak:"' },
  { ask: () => handbook.fill('boats-afloat', '{wet}'), thing: 'value "boats-afloat:wet"' },
  { ask: () => handbook.calculate('boats-leak:colour * 2'), thing: 'number "boats-leak:colour"' },
  { ask: () => handbook.plot('boats-leak:colour'), thing: 'number "boats-leak:colour"' },
];

test.each(ASKED)('asking for the $thing that is not there names it', ({ ask, thing }) => {
  expect(ask).toThrow(UnknownName);
  expect(ask).toThrow(new UnknownName(thing.slice(0, thing.indexOf(' "')), thing.slice(thing.indexOf('"') + 1, -1)));
  expect(ask).toThrow(`There is no ${thing} in the content.\nRun npm run check:content, which says where it is used and what is near.`);
});
