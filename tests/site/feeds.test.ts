import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { extractFromJson, extractFromXml } from '@extractus/feed-extractor';
import { expect, test } from 'vitest';
import { builtPages, chapterPaths, DIST } from '../support/site.ts';

const text = (name: string): string => readFileSync(join(DIST, name), 'utf8');
const pages = new Map(builtPages().map((page) => [page.path, page.html]));

test.each([
  { name: 'atom.xml', type: 'application/atom+xml', read: () => extractFromXml(text('atom.xml'), { useISODateFormat: true }) },
  { name: 'feed.json', type: 'application/feed+json', read: () => extractFromJson(text('feed.json'), { useISODateFormat: true }) },
])('$name is announced on every page and read by a feed reader, newest first', ({ name, type, read }) => {
  const feed = read();
  const entries = feed.entries ?? [];
  expect(entries.length).toBeGreaterThan(chapterPaths().length);
  expect(entries.length).toBeLessThanOrEqual(50);
  const days = entries.map(({ published }) => published ?? '');
  expect(days).toEqual(days.toSorted().toReversed());
  expect(days.filter((day) => !/^\d{4}-\d\d-\d\dT/.test(day))).toEqual([]);
  expect(new Set(entries.map(({ id }) => id)).size).toBe(entries.length);
  for (const { link = '', title = '' } of entries) {
    const { pathname, hash } = new URL(link);
    const page = pages.get(pathname);
    expect(page, link).toBeDefined();
    if (hash !== '') expect(page, link).toContain(` id="${hash.slice(1)}"`);
    expect(title, link).not.toBe('');
  }
  const silent = [...pages].filter(
    ([path, html]) =>
      html.includes('<main') && !path.startsWith('/embed/') && !html.includes(`<link rel="alternate" type="${type}" href="/${name}">`),
  );
  expect(silent.map(([path]) => path)).toEqual([]);
});

test('the Atom feed names its author, itself, and the day of its newest entry', () => {
  const feed = text('atom.xml');
  const head = feed.slice(0, feed.indexOf('<entry>'));
  expect(head).toMatch(/<author>\s*<name>[^<]+<\/name>\s*<\/author>/);
  expect(head).toMatch(/<link rel="self" href="https?:\/\/[^"]+\/atom\.xml"\/>/);
  const [own, ...days] = [...feed.matchAll(/<updated>([^<]+)<\/updated>/g)].map(([, day = '']) => day);
  expect(own).toBe(days.toSorted().at(-1));
});
