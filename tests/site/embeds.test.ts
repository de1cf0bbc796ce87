import { extract } from '@extractus/oembed-extractor';
import { fromHtml } from 'hast-util-from-html';
import { select } from 'hast-util-select';
import { existsSync, readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { siteContent } from '../../src/build/check-content.ts';
import { figuresOf } from '../../src/handbook/figures.ts';
import { handbookOf } from '../../src/handbook/handbook-of.ts';
import type { OEmbed } from '../../src/handbook/oembed.ts';
import { hasView } from '../../src/labs/views.ts';
import { serve } from '../support/server.ts';
import { builtPages, DIST } from '../support/site.ts';

const handbook = handbookOf(await siteContent(), '/');
const figures = figuresOf(handbook);
const labs = handbook.labs.filter(({ id }) => hasView(id));
const pages = new Map(builtPages().map(({ path, html }) => [path, html]));

function reply(page: string, figure: string): OEmbed {
  return JSON.parse(readFileSync(`${DIST}oembed/${page}/${figure}.json`, 'utf8')) as OEmbed;
}

test('every figure and lab has a page to be framed, an oEmbed reply and an entry in its list, and nothing else has', () => {
  const names = figures.map(({ page, id }) => `${page.id}/${id}`).sort();
  expect(names.length).toBeGreaterThan(40);
  const list = pages.get('/reference/figures/') ?? '';
  expect(names.filter((name) => !existsSync(`${DIST}oembed/${name}.json`))).toEqual([]);
  expect(names.filter((name) => !list.includes(`<li id="${name.replace('/', '-')}"`))).toEqual([]);
  const labList = pages.get('/labs/') ?? '';
  expect(labs.length).toBeGreaterThan(0);
  expect(labs.filter(({ id, href }) => !existsSync(`${DIST}oembed/${id}.json`) || !labList.includes(`href="${href}"`))).toEqual([]);
  expect([...pages.keys()].filter((path) => path.startsWith('/embed/'))).toEqual(
    [...names, ...labs.map(({ id }) => id)].sort().map((name) => `/embed/${name}/`),
  );
});

test('a framed page names its figure in the chapter as the canonical one, and stays out of search engines', () => {
  const faults = figures.filter(({ page, id, href }) => {
    const tree = fromHtml(pages.get(`/embed/${page.id}/${id}/`) ?? '');
    const canonical = String(select('link[rel="canonical"]', tree)?.properties.href);
    return !canonical.endsWith(href) || select('meta[name="robots"]', tree)?.properties.content !== 'noindex';
  });
  expect(faults.map(({ number }) => number)).toEqual([]);
});

test('every figure in a chapter leads to its entry in the list', () => {
  const faults = figures.filter(({ page, id }) => pages.get(page.href)?.includes(`href="/reference/figures/#${page.id}-${id}"`) !== true);
  expect(faults.map(({ number }) => number)).toEqual([]);
});

test('oembed-extractor, given the address of a frame, finds the reply', async () => {
  const server = serve(DIST, 0);
  await new Promise((resolve) => server.once('listening', resolve));
  const origin = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  // the pages name the origin for which the site was built
  const fetcher = (url: string): Promise<Response> => fetch(`${origin}${new URL(url).pathname}${new URL(url).search}`);
  try {
    for (const { page, id } of [figures[0], figures.at(-1)].flatMap((figure) => figure ?? [])) {
      const found = await extract(`${origin}/embed/${page.id}/${id}/`, { maxwidth: 320 }, fetcher);
      expect(found).toEqual({ ...reply(page.id, id), method: 'auto-discovery' });
    }
  } finally {
    server.close();
  }
});
