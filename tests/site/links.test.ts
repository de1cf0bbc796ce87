import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { addressesOf } from '../../src/build/addresses/published.ts';
import { brokenLinks } from '../support/links.ts';
import { builtPages, DIST } from '../support/site.ts';

test('every internal link and fragment of the built site leads somewhere', () => {
  expect(brokenLinks(DIST, '/').slice(0, 40)).toEqual([]);
});

test('the short address of every page redirects to it', () => {
  const pages = builtPages();
  const chapters = pages.filter(({ html }) => html.includes('data-kind="page"'));
  expect(chapters.length).toBeGreaterThanOrEqual(6);
  for (const { path, html } of chapters) {
    const short = /Permanent link: <a href="([^"]+)"/.exec(html)?.[1] ?? '';
    const redirect = pages.find((page) => page.path === short);
    expect(redirect?.html, short).toContain(`content="0; url=${path}"`);
  }
});

test('every address of the site is recorded as published', async () => {
  const recorded = new Set(readFileSync(new URL('../../content/published.txt', import.meta.url), 'utf8').split('\n'));
  const missing = (await addressesOf(DIST)).filter((address) => !recorded.has(address));
  expect(missing.slice(0, 20), 'Run npm run record and commit content/published.txt.').toEqual([]);
});

test('every place of a chapter has an address of its own that leads to it', () => {
  const pages = new Map(builtPages().map((page) => [page.path, page.html]));
  const published = readFileSync(new URL('../../content/published.txt', import.meta.url), 'utf8').split('\n');
  const places = published.filter((address) => /^[a-z]\d+\/[\w-]+\/$/.test(address));
  expect(places.length).toBeGreaterThan(500);
  const wrong = places.filter((address) => {
    const [, page = '', anchor = ''] = /content="0; url=([^#"]+)#([^"]+)"/.exec(pages.get(`/${address}`) ?? '') ?? [];
    return !address.endsWith(`/${anchor}/`) || pages.get(page)?.includes(` id="${anchor}"`) !== true;
  });
  expect(wrong).toEqual([]);
});
