import { strFromU8, strToU8, unzipSync } from 'fflate';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, test } from 'vitest';
import { parse } from 'yaml';
import type { BuiltSite } from '../../src/build/built-site.ts';
import { printEditions, refuseEdition } from '../../src/build/edition.ts';
import { frozenFiles, pack } from '../../src/build/editions/freeze.ts';
import { placed } from '../../src/build/editions/placeholders.ts';
import { unpackEditions } from '../../src/build/editions/unpack.ts';
import { correctionsIn, editionOf, newestDay, printEdition, quarterOf } from '../../src/handbook/edition.ts';
import { handbookOf } from '../../src/handbook/handbook-of.ts';
import { readContent } from '../../src/reader/content.ts';
import { editions } from '../../src/schemas/reference.ts';

const handbook = handbookOf(await readContent(fileURLToPath(new URL('../fixtures/good/content', import.meta.url))), '/');
const COMMIT = '0123456789012345678901234567890123456789';

const temporary: string[] = [];

afterEach(async () => {
  for (const folder of temporary.splice(0)) await rm(folder, { recursive: true });
});

/** A folder of files, by their paths. */
async function folder(files: Readonly<Record<string, string>> = {}): Promise<string> {
  const root = await mkdtemp(join(tmpdir(), 'edition-'));
  temporary.push(root);
  for (const [name, content] of Object.entries(files)) {
    await mkdir(dirname(join(root, name)), { recursive: true });
    await writeFile(join(root, name), content);
  }
  return root;
}

test.each([
  { day: '2026-01-01', quarter: '2026q1', printed: '2026 Q1' },
  { day: '2026-03-31', quarter: '2026q1', printed: '2026 Q1' },
  { day: '2026-04-01', quarter: '2026q2', printed: '2026 Q2' },
  { day: '2026-11-21', quarter: '2026q4', printed: '2026 Q4' },
])('$day lies in $printed', ({ day, quarter, printed }) => {
  expect(quarterOf(day)).toBe(quarter);
  expect(printEdition(quarter)).toBe(printed);
});

test('the day of an edition is that of its newest change', () => {
  expect(newestDay([{ updated: '2026-01-04' }, { updated: '2026-11-21' }, { updated: '2026-02-01' }])).toBe('2026-11-21');
});

test('everything is new in the first edition; the next says what came and what changed since', () => {
  const [a1, a2, b1] = handbook.pages;
  if (a1 === undefined || a2 === undefined || b1 === undefined) throw new Error('The good site has lost a page.\nPut it back.');
  const first = editionOf('2026q1', COMMIT, { pages: [a1, a2] }, []);
  expect(first).toEqual({ id: '2026q1', date: a2.updated, commit: COMMIT, new: [a1.id, a2.id], changed: [] });
  const second = editionOf('2026q2', COMMIT, { pages: [a1, { ...a2, updated: '2026-04-02' }, b1] }, [first]);
  expect(second).toEqual({ id: '2026q2', date: '2026-04-02', commit: COMMIT, new: [b1.id], changed: [a2.id] });
});

test('an edition has the corrections since the one before it', () => {
  const [newer, older] = handbook.editions;
  if (newer === undefined || older === undefined) throw new Error('The good site has lost its editions.\nPut them back.');
  const dated = {
    editions: handbook.editions,
    corrections: handbook.corrections.map((entry, n) => (n === 0 ? { ...entry, date: '2026-03-01' } : entry)),
  };
  expect(correctionsIn(newer, dated).map(({ date }) => date)).toEqual(['2026-03-01']);
  expect(correctionsIn(older, dated).map(({ date }) => date)).toEqual(['2026-01-02']);
});

test('the record is written as its schema reads it, hashes of digits alone among it', () => {
  const record = [
    { id: '2026q2', date: '2026-04-02', commit: COMMIT, new: ['b1'], changed: ['a1', 'a2'] },
    { id: '2026q1', date: '2026-01-04', commit: `${COMMIT.slice(2)}ef`, new: ['a1', 'a2'], changed: [] },
  ];
  expect(editions.parse(parse(printEditions(record))).editions).toEqual(record);
});

test.each([
  { name: 'a name that is none', id: '2026-4', archived: false, changes: '', what: '"2026-4" names no edition.\nGive a year' },
  {
    name: 'one that is recorded',
    id: '2026q1',
    archived: false,
    changes: '',
    what: 'The edition "2026q1" is frozen already.\nAn edition never',
  },
  {
    name: 'one that is packed',
    id: '2026q3',
    archived: true,
    changes: '',
    what: 'The edition "2026q3" is frozen already.\nAn edition never',
  },
  { name: 'one changed file', id: '2026q3', archived: false, changes: ' M a\n', what: 'One file is changed and not committed' },
  { name: 'changed files', id: '2026q3', archived: false, changes: ' M a\n?? b\n', what: '2 files are changed and not committed' },
])('$name is refused', ({ id, archived, changes, what }) => {
  const refuse = (force: boolean) => () => refuseEdition(id, [{ id: '2026q1' }], archived, changes, force);
  expect(refuse(false)).toThrow(what);
  // what is frozen stays so, whoever insists
  if (changes === '') expect(refuse(true)).toThrow(what);
  else expect(refuse(true)).not.toThrow();
});

const BASE = '/~site~/e/2026q4/';
const TOY = {
  'index.html': `<link rel="canonical" href="https://site.invalid${BASE}"><a href="${BASE}a/one/">one</a><a href="${BASE}search/?q=x">search</a>`,
  'a/one/index.html': `<link rel="canonical" href="https://site.invalid${BASE}a/one/"><meta property="og:image" content="https://site.invalid${BASE}cards/a1.png"><link rel="alternate" href="${BASE}atom.xml"><a href="${BASE}a/one/#here">here</a><a href="${BASE}a/one/cite.bib">BibTeX</a><a href="${BASE}e/2026q1/">older</a><img src="${BASE}favicon.svg"><a href="page.md">text</a><a href="cite.bib">again</a>`,
  'a/one/page.md': 'text',
  'a/one/cite.bib': `url = {https://site.invalid${BASE}a1/}`,
  '_astro/x.12345678.js': `fetch("${BASE}previews/")`,
  'favicon.svg': '<svg/>',
  'atom.xml': '<feed/>',
  'cards/a1.png': 'png',
  'pagefind/index.js': '',
  'search/index.html': '<p>search</p>',
  'sw.js': '',
  '404.html': '<p>lost</p>',
};

test('an edition keeps pages, what they load and what cites them', async () => {
  expect([...(await frozenFiles(await folder(TOY), '2026q4')).keys()]).toEqual([
    '_astro/x.12345678.js',
    'a/one/cite.bib',
    'a/one/index.html',
    'favicon.svg',
    'index.html',
  ]);
});

test('two archives of the same files are the same byte for byte', async () => {
  const files = await frozenFiles(await folder(TOY), '2026q4');
  const backwards = new Map([...files].reverse());
  expect(Buffer.compare(pack(files), pack(backwards))).toBe(0);
  expect(Object.keys(unzipSync(pack(files)))).toHaveLength(files.size);
});

test.each([
  { base: '/', origin: 'https://example.org' },
  { base: '/name/', origin: 'https://example.net' },
])('unpacked below $base, an edition keeps to itself and leads to the living site where it must', async ({ base, origin }) => {
  const archives = await folder();
  const dist = await folder();
  await writeFile(join(archives, '2026q4.zip'), pack(await frozenFiles(await folder(TOY), '2026q4')));
  const frozen = { id: '2026q4', date: '2026-11-21', commit: COMMIT, new: [], changed: [] };
  await unpackEditions({ dist, base, origin, handbook: { editions: [frozen] } } as unknown as BuiltSite, archives);
  const read = (name: string): Promise<string> => readFile(join(dist, 'e/2026q4', name), 'utf8');
  const here = `${base}e/2026q4/`;
  expect(await read('index.html')).toBe(
    `<link rel="canonical" href="${origin}${base}"><a href="${here}a/one/">one</a><a href="${base}search/?q=x">search</a>`,
  );
  expect(await read('a/one/index.html')).toBe(
    `<link rel="canonical" href="${origin}${base}a/one/"><meta property="og:image" content="${origin}${base}cards/a1.png"><link rel="alternate" href="${base}atom.xml"><a href="${here}a/one/#here">here</a><a href="${here}a/one/cite.bib">BibTeX</a><a href="${base}e/2026q1/">older</a><img src="${here}favicon.svg"><a href="${base}a/one/page.md">text</a><a href="cite.bib">again</a>`,
  );
  expect(await read('a/one/cite.bib')).toBe(`url = {${origin}${here}a1/}`);
  expect(await read('_astro/x.12345678.js')).toBe(`fetch("${here}previews/")`);
});

test('an address within another is put right too', () => {
  const site = { origin: 'https://example.org', base: '/name/' };
  expect(placed(`u=${encodeURIComponent('https://site.invalid/~site~/a1/')}`, site)).toBe(
    `u=${encodeURIComponent('https://example.org/name/a1/')}`,
  );
});

test('a missing archive is named with what to do', async () => {
  const dist = await folder();
  await expect(unpackEditions({ dist, base: '/', origin: '', handbook }, dist)).rejects.toThrow(
    /^content\/editions\.yaml names the edition "2026q2", and editions\/2026q2\.zip is missing\.\nTake the archive/,
  );
});

test('what is no text is left as it is', async () => {
  const archives = await folder();
  const dist = await folder();
  const bytes = new Uint8Array([0, 255, ...strToU8('/~site~/'), 254]);
  await writeFile(join(archives, '2026q4.zip'), pack(new Map([['_astro/f.woff2', bytes]])));
  await unpackEditions({ dist, base: '/', origin: '', handbook: { editions: [{ id: '2026q4' }] } } as unknown as BuiltSite, archives);
  expect(new Uint8Array(await readFile(join(dist, 'e/2026q4/_astro/f.woff2')))).toEqual(bytes);
  expect(strFromU8(bytes.slice(2, 10))).toBe('/~site~/');
});
