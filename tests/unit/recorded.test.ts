import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { claimTwin } from '../../src/build/twins/make.ts';
import { pageTwin } from '../../src/build/twins/page-twin.ts';
import { checkContent } from '../../src/handbook/check/index.ts';
import { claimText, readingOf } from '../../src/handbook/claim-text.ts';
import { handbookOf } from '../../src/handbook/handbook-of.ts';
import { UnknownName } from '../../src/handbook/handbook.ts';
import { intervalOf, printInterval } from '../../src/handbook/numbers.ts';
import { claimsOf, organismsIn, organismsOf, printCell, printName, printSeeds } from '../../src/handbook/runs.ts';
import { isOwnRuns } from '../../src/reader/bibliography.ts';
import { readContent, type Content } from '../../src/reader/content.ts';
import { faultOf, readJson } from '../../src/reader/json.ts';
import type { Problem } from '../../src/reader/problem.ts';
import type { DotsFigure } from '../../src/schemas/figure.ts';
import { recorded, type RecordedCell } from '../../src/schemas/recorded.ts';
import { roomsOf } from '../../src/chrome/rooms.ts';

const content = await readContent(fileURLToPath(new URL('../fixtures/good/content', import.meta.url)));
const handbook = handbookOf(content, '/name/');

test('a claim of our own runs has the numbers of the results file', () => {
  const claim = handbook.claim('boats-race');
  expect(claim.values).toEqual({
    arrived: { count: 51, of: 60, unit: 'boats' },
    speed: { value: 2.5, unit: 'knots', low: 2.1, high: 2.9, n: 60 },
    winner: { text: 'the blue one' },
  });
  expect(handbook.fill(claim.id, claim.statement)).toBe(
    'Of the toy boats that learnt to race 51 of 60\u00a0boats arrived, at 2.5\u00a0knots.',
  );
  expect(handbook.plot('boats-race:speed')).toMatchObject({ value: 2.5, low: 2.1, high: 2.9 });
  expect(handbook.calculate('boats-race:arrived - boats-afloat:waxed')).toBe(10);
});

test('a claim knows the run of each number, and so whether it is recorded or reported', () => {
  expect(content.claims.map(({ id, recorded: from }) => [id, from])).toEqual([
    ['boats-afloat', {}],
    ['boats-leak', {}],
    ['boats-race', { arrived: 'boat-race', speed: 'boat-race' }],
    ['ducks-squeak', {}],
  ]);
  expect(handbook.claims.map((claim) => [claim.id, claim.provenance, readingOf(claim), claim.runs.map(({ run }) => run)])).toEqual([
    ['boats-afloat', 'reported', 'primary', []],
    ['boats-leak', 'reported', 'primary', []],
    ['boats-race', 'recorded', 'run', ['boat-race']],
    ['ducks-squeak', 'reported', 'secondary', []],
  ]);
});

test('a claim of our own runs says so where it is pasted and where programs read it', () => {
  const claim = handbook.claim('boats-race');
  expect(claimText(handbook, claim, 'https://example.org')).toMatch(
    /\(Hidden Objectives contributors 2026, values arrived and speed; demonstrated, recorded in our own run\) https:\/\/example\.org\/name\/reference\/claims\/boats-race\/$/,
  );
  const twin = pageTwin.shape.claims.element.parse(claimTwin(claim, handbook, 'https://example.org'));
  expect(twin).toMatchObject({
    provenance: 'recorded',
    runs: [
      {
        run: 'boat-race',
        title: 'Toy boats that learn to race',
        url: 'https://example.org/name/reference/runs/boat-race/',
        file: 'https://example.org/name/reference/runs/boat-race.json',
      },
    ],
  });
  expect(claimTwin(handbook.claim('boats-leak'), handbook, 'https://example.org')).toMatchObject({ provenance: 'reported', runs: [] });
});

test('the handbook knows its runs, what rests on them, and the models that they trained', () => {
  expect(handbook.runs.map(({ run }) => run)).toEqual(['boat-race']);
  const run = handbook.run('boat-race');
  expect(claimsOf(handbook, run).map(({ id }) => id)).toEqual(['boats-race']);
  expect(organismsOf(handbook, run).map(({ id }) => id)).toEqual(['racer']);
  expect(organismsIn(handbook, handbook.lab('bathtub')).map(({ id }) => id)).toEqual(['racer']);
  expect(() => handbook.run('kites')).toThrow(UnknownName);
  expect(() => handbook.organism('sailor')).toThrow(UnknownName);
});

test('the card of a model has the sizes that its run records, in their order, and its file', () => {
  const racer = handbook.organism('racer');
  expect(racer.sizes.map(({ name }) => name)).toEqual(['parameters', 'layers', 'artefact-bytes']);
  expect(racer.href).toBe('/name/reference/models/#racer');
  expect(racer.artefactHref).toBe('/name/labs/weights/racer.bin');
});

test('runs and models have rooms in the reference, and none where there are none', () => {
  const ids = (of: Content): string[] => roomsOf(handbookOf(of, '/')).map(({ id }) => id);
  expect(ids(content)).toEqual(expect.arrayContaining(['r16', 'r17']));
  const claims = content.claims.filter(({ id }) => id !== 'boats-race');
  expect(ids({ ...content, claims, runs: [], organisms: [] }).filter((id) => ['r16', 'r17'].includes(id))).toEqual([]);
});

/** The good content with one chart that shows these cells under this provenance. */
function withChart(provenance: DotsFigure['provenance'], ...cells: string[]): Content {
  return {
    ...content,
    figures: content.figures.map((figure) =>
      figure.id === 'afloat' && figure.data.kind === 'dots'
        ? { ...figure, data: { ...figure.data, provenance, rows: cells.map((plain) => ({ label: 'Bath', plain, waxed: 'not run' })) } }
        : figure,
    ),
  };
}

test.each([
  { provenance: 'recorded', cells: ['boats-race:arrived', '= 2 * boats-race:speed', 'not run'], faults: 0 },
  { provenance: 'recorded', cells: ['boats-race', '= boats-race:speed + boats-afloat:plain'], faults: 1 },
  { provenance: 'reported', cells: ['boats-afloat:plain', 'boats-afloat'], faults: 0 },
  { provenance: 'reported', cells: ['boats-race', '= boats-race:speed'], faults: 2 },
  { provenance: 'computed', cells: ['boats-race', 'boats-afloat'], faults: 0 },
] as const)('a chart that is $provenance and shows $cells has $faults faults of provenance', ({ provenance, cells, faults }) => {
  expect(checkContent(withChart(provenance, ...cells))).toHaveLength(faults);
});

test.each([
  { bibtex: '@software{a, }', authors: ['Hidden Objectives contributors'], own: true },
  { bibtex: '@Software{a, }', authors: ['Hidden Objectives contributors'], own: true },
  { bibtex: '@misc{a, }', authors: ['Hidden Objectives contributors'], own: false },
  { bibtex: '@software{a, }', authors: ['Hidden Objectives contributors', 'Fold'], own: false },
  { bibtex: '@software{a, }', authors: ['Fold'], own: false },
])('$bibtex by $authors is our own: $own', ({ bibtex, authors, own }) => {
  expect(isOwnRuns({ bibtex, authors })).toBe(own);
});

const SOUND = ['0', '-1.5e-3', ' {"a": [1, {"b": null}, "\\u00e9\\n"], "c": {}} \n', '[]', '"{"', 'true'];
test.each(SOUND)('%s is JSON, here and for the engine', (text) => {
  expect(faultOf(text)).toBeUndefined();
  expect(() => JSON.parse(text) as unknown).not.toThrow();
});

test.each([
  { text: '', at: 0 },
  { text: '{"a": 1,}', at: 8 },
  { text: '{"a" 1}', at: 5 },
  { text: '{a: 1}', at: 1 },
  { text: "{'a': 1}", at: 1 },
  { text: '[1, 2', at: 5 },
  { text: '[1, 2]]', at: 6 },
  { text: '[01]', at: 1 },
  { text: '[1.]', at: 1 },
  { text: '[NaN]', at: 1 },
  { text: '[nul]', at: 1 },
  { text: '["a\nb"]', at: 1 },
  { text: '["\\x"]', at: 1 },
  { text: '{} // done', at: 3 },
])('$text stops being JSON at $at, and the engine refuses it too', ({ text, at }) => {
  expect(faultOf(text)).toBe(at);
  expect(() => JSON.parse(text) as unknown).toThrow(SyntaxError);
});

test('a results file that is cut anywhere is refused with one message', () => {
  const text = JSON.stringify({ ...content.runs[0]?.data }, null, 2);
  expect(readJson(text, 'x.json', () => recorded, [])?.data).toEqual(content.runs[0]?.data);
  for (let length = 0; length < text.length; length++) {
    const problems: Problem[] = [];
    expect(readJson(text.slice(0, length), 'x.json', () => recorded, problems)).toBeUndefined();
    expect(problems).toHaveLength(1);
    expect(problems[0]?.line).toBeLessThanOrEqual(text.slice(0, length).split('\n').length);
  }
});

test.each([
  { seeds: [3], printed: 'seed 3' },
  { seeds: [1, 2], printed: 'seeds 1, 2' },
  { seeds: [5, 1, 3, 2, 9, 4], printed: 'seeds 1–5, 9' },
  { seeds: [7, 7, 8], printed: 'seeds 7, 8' },
])('$seeds are printed as $printed', ({ seeds, printed }) => {
  expect(printSeeds(seeds)).toBe(printed);
});

test.each([
  { name: 'worst-near-miss', printed: 'worst near miss' },
  { name: 'falseFires', printed: 'false fires' },
  { name: 'planted-k12-lowest', printed: 'planted k12 lowest' },
  { name: 'n', printed: 'n' },
])('the name $name is printed as $printed', ({ name, printed }) => {
  expect(printName(name)).toBe(printed);
});

test.each<{ cell: RecordedCell; printed: string }>([
  { cell: null, printed: '–' },
  { cell: true, printed: 'yes' },
  { cell: false, printed: 'no' },
  { cell: 'calm', printed: 'calm' },
  { cell: '0 '.repeat(100), printed: `${'0 '.repeat(20)}…` },
  { cell: 113664, printed: '113,664' },
  { cell: 5.769230769, printed: '5.769' },
  { cell: -0.0001, printed: '−0.0001' },
])('the cell $cell is printed as $printed', ({ cell, printed }) => {
  expect(printCell(cell)).toBe(printed);
});

test.each([
  { value: { value: 2.5, unit: 'knots', low: 2.1, high: 2.9 }, printed: '2.1 to 2.9\u00a0knots' },
  { value: { value: 2.5, low: 2.1 }, printed: undefined },
  { value: { from: 1, to: 3, unit: 'days' }, printed: '1 to 3\u00a0days' },
  // Wilson (1927) for 51 of 60
  { value: { count: 51, of: 60, unit: 'boats' }, printed: '73.9 to 91.9\u00a0%' },
  { value: { text: 'blue' }, printed: undefined },
])('the interval of $value is printed as $printed', ({ value, printed }) => {
  expect(printInterval(value)).toBe(printed);
  if (printed === undefined) expect(intervalOf(value).high).toBeUndefined();
});
