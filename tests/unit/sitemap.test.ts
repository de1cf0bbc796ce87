import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { NO_HISTORY, parseLog } from '../../src/build/git.ts';
import { isIndexable, lastChanges } from '../../src/build/sitemap.ts';
import { handbookOf } from '../../src/handbook/handbook-of.ts';
import { readContent } from '../../src/reader/content.ts';

const ADDRESS = 'https://example.org/name/boats/';
const canonical = `<link rel="canonical" href="${ADDRESS}">`;

test.each([
  { what: 'a page that is its own canonical', html: `<head>${canonical}</head><main></main>`, indexable: true },
  { what: 'a page that speaks for another', html: '<link rel="canonical" href="https://example.org/name/other/">', indexable: false },
  { what: 'a page that asks to be left out', html: `${canonical}<meta name="robots" content="noindex">`, indexable: false },
  {
    what: 'a page that asks it beside other things',
    html: `${canonical}<meta name="robots" content="nofollow, noindex">`,
    indexable: false,
  },
  { what: 'a fragment', html: '<span>keel</span>', indexable: false },
])('$what: indexable is $indexable', ({ html, indexable }) => {
  expect(isIndexable(html, ADDRESS)).toBe(indexable);
});

const handbook = handbookOf(await readContent(fileURLToPath(new URL('../fixtures/good/content', import.meta.url))), '/name/');
const log = (day: string, ...files: string[]): string =>
  `\u001e${day}\u001f${day}\u001fSubject\0\n${files.flatMap((file) => ['M', file]).join('\0')}\0`;

test('a page has the day of its own files, a list that of its entries, and what git does not know has none', () => {
  const days = lastChanges(
    handbook,
    parseLog(
      [
        log('2026-05-05', 'content/questions/a1.yaml'),
        log('2026-04-04', 'content/claims/fold2020boats.yaml'),
        log('2026-03-03', 'content/glossary/keel.yaml', 'content/chapters/01-boats/01-folding.mdx'),
        log('2026-02-02', 'content/glossary/squeak.yaml'),
      ].join(''),
    ),
  );
  const { links } = handbook;
  expect({
    page: days.get('/name/boats/folding/'),
    exercises: days.get(links.exercises('a1')),
    part: days.get('/name/boats/'),
    home: days.get('/name/'),
    claim: days.get(handbook.claims.find(({ file }) => file.endsWith('fold2020boats.yaml'))?.href ?? ''),
    claims: days.get(links.claims()),
    term: days.get(links.glossary('squeak')),
    glossary: days.get(links.glossary()),
    bibliography: days.get(links.bibliography()),
    citing: days.get(links.citing()),
  }).toEqual({
    page: '2026-05-05',
    exercises: '2026-05-05',
    part: '2026-05-05',
    home: '2026-03-03',
    claim: '2026-04-04',
    claims: '2026-04-04',
    term: '2026-02-02',
    glossary: '2026-03-03',
    bibliography: undefined,
    citing: undefined,
  });
});

test('without history a chapter has the day that it names itself, and nothing else has one', () => {
  expect(Object.fromEntries(lastChanges(handbook, NO_HISTORY))).toEqual({
    '/name/boats/folding/': '2026-01-02',
    '/name/boats/floating/': '2026-01-03',
    '/name/ducks/squeaking/': '2026-01-04',
  });
});
