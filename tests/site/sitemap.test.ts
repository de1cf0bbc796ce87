import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { builtPages, chapterPaths, DIST } from '../support/site.ts';

const sitemap = readFileSync(join(DIST, 'sitemap-0.xml'), 'utf8');
const entries = [...sitemap.matchAll(/<url><loc>([^<]+)<\/loc>(?:<lastmod>([^<]+)<\/lastmod>)?<\/url>/g)].map(([, address = '', day]) => ({
  path: new URL(address).pathname,
  day,
}));

test('the sitemap lists every document that may be indexed, and nothing else', () => {
  const wanted = builtPages()
    .filter(({ document, html }) => document && !/<meta name="robots" content="[^"]*noindex/.test(html))
    .filter(({ path, html }) => new URL(/<link rel="canonical" href="([^"]+)"/.exec(html)?.[1] ?? 'x:').pathname === path)
    .map(({ path }) => path);
  expect(entries.map(({ path }) => path).toSorted()).toEqual(wanted.toSorted());
  expect(entries.length).toBe([...sitemap.matchAll(/<loc>/g)].length);
});

test('no redirect, no fragment of a preview and no page for errors stands in the sitemap', () => {
  const paths = entries.map(({ path }) => path);
  expect(builtPages().map(({ path }) => path)).toEqual(expect.arrayContaining(['/b2/', '/404.html', '/previews/term/trigger/']));
  expect(paths.filter((path) => /^\/(?:[a-z]\d+|404|previews)\b/.test(path))).toEqual([]);
});

test('every chapter has the day of its last change, and no page a day that is none', () => {
  const days = new Map(entries.map(({ path, day }) => [path, day]));
  expect(chapterPaths().filter((path) => days.get(path) === undefined)).toEqual([]);
  expect([...days.values()].filter((day) => day !== undefined && !/^\d{4}-\d\d-\d\dT00:00:00\.000Z$/.test(day))).toEqual([]);
});

test('robots.txt names the sitemap', () => {
  const [, address = ''] = /^Sitemap: (\S+)$/m.exec(readFileSync(join(DIST, 'robots.txt'), 'utf8')) ?? [];
  const index = readFileSync(join(DIST, new URL(address).pathname), 'utf8');
  expect(index).toContain(`<loc>${new URL('sitemap-0.xml', address).href}</loc>`);
});
