import { expect, test } from 'vitest';
import { siteContent } from '../../src/build/check-content.ts';
import { handbookOf } from '../../src/handbook/handbook-of.ts';
import { builtPages } from '../support/site.ts';

const pages = builtPages();
const book = pages.find(({ path }) => path === '/book/')?.html ?? '';
const chapters = pages.filter(({ html }) => html.includes('data-kind="page"'));
const mainOf = (html: string): string => html.slice(html.indexOf('<main'), html.lastIndexOf('</main>'));
const idOf = (html: string): string => /rel="shortlink" href="[^"]*\/([a-z]\d+)\/"/.exec(html)?.[1] ?? '';
const unescape = (text: string): string => text.replaceAll('&amp;', '&').replaceAll('&#38;', '&').replaceAll('&#x26;', '&');

test('the whole book holds every section, figure and equation of every page', () => {
  expect(chapters.length).toBeGreaterThan(0);
  const ids = new Set([...book.matchAll(/\sid="([^"]+)"/g)].map(([, id]) => id));
  const lacking = chapters.flatMap(({ html }) => {
    const page = idOf(html);
    const own = [...mainOf(html).matchAll(/<(?:h[23]|figure|section|div)[^>]*?\sid="([^"]+)"/g)].map(([, id = '']) => id);
    return [page, ...own.filter((id) => id !== 'cite').map((id) => `${page}-${id}`)].filter((id) => !ids.has(id));
  });
  expect(lacking).toEqual([]);
});

test('no two places of the whole book share an id', () => {
  const ids = [...book.matchAll(/\sid="([^"]+)"/g)].map(([, id = '']) => id);
  expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
});

test('within the whole book, links to its pages, terms and sources do not leave it', () => {
  const main = mainOf(book);
  const left = [...main.matchAll(/<a class="(?:term|cite)[^"]*" href="(?!#)([^"]+)"/g)].map(([, href]) => href);
  expect(left).toEqual([]);
  const addresses = chapters.map(({ path }) => path);
  const out = [...main.matchAll(/<a [^>]*?href="([^"#]+)/g)].map(([, href = '']) => href).filter((href) => addresses.includes(href));
  expect(out).toEqual([]);
});

test('the whole book is found by its link, and by no search', () => {
  expect(book).not.toContain('data-pagefind-body');
  expect(book).toContain('<meta name="robots" content="noindex"');
  expect(/<link rel="canonical" href="[^"]*"/.exec(book)?.[0]).toMatch(/\/book\/"$/);
  expect(pages.find(({ path }) => path === '/reference/')?.html).toContain('href="/book/"');
});

test('every page lists the sources of its citations and claims, with their addresses', async () => {
  const handbook = handbookOf(await siteContent(), '/');
  const faults = chapters.flatMap(({ path, html }) => {
    const [prose = '', list = ''] = mainOf(html).split('<details class="sources"');
    const named = new Set([
      ...[...prose.matchAll(/href="\/reference\/bibliography\/#([^"]+)"/g)].map(([, key = '']) => key),
      ...[...prose.matchAll(/href="\/reference\/claims\/([^"]+)\/"/g)].map(([, id = '']) => handbook.claim(id).source.key),
    ]);
    const listed = unescape(list);
    return [...named]
      .filter((key) => {
        const { title, url } = handbook.source(key);
        return !listed.includes(url === undefined ? title : `href="${url}"`);
      })
      .map((key) => `${path}: ${key}`);
  });
  expect(faults).toEqual([]);
});
