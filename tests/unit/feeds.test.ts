import { fileURLToPath } from 'node:url';
import { extractFromJson, extractFromXml } from '@extractus/feed-extractor';
import { expect, test } from 'vitest';
import { atomFeed, jsonFeed } from '../../src/build/feeds.ts';
import { handbookOf } from '../../src/handbook/handbook-of.ts';
import { newsAnchors, newsOf } from '../../src/handbook/news.ts';
import { readContent } from '../../src/reader/content.ts';

const { links, pages } = handbookOf(await readContent(fileURLToPath(new URL('../fixtures/good/content', import.meta.url))), '/name/');
/** The day of the page a1. */
const DAY = '2026-01-02';
const LATER = '2026-12-31';
const entry = (date: string, kind: 'correction' | 'change', ids: string[] = []) => ({ date, kind, pages: ids, text: 'Something.' });
const corrections = [entry(LATER, 'change'), entry(DAY, 'correction', ['a1', 'a2']), entry(DAY, 'change')];
const news = newsOf({ corrections, links, pages });
const FRAME = { origin: 'https://example.org', home: '/name/', atom: '/name/atom.xml', json: '/name/feed.json' };
const CHANGES = ['', 'It was <b>five</b> & is “four”.', ''];

test('an entry keeps its anchor when others come on top of it', () => {
  const anchors = newsAnchors(corrections);
  expect(anchors).toEqual(['d2026-12-31-1', 'd2026-01-02-2', 'd2026-01-02-1']);
  expect(newsAnchors([entry(LATER, 'change'), ...corrections]).slice(1)).toEqual(anchors);
});

test('the newest is first, and of one day corrections stand before pages', () => {
  expect(news.map(({ title }) => title.replace(/ of \d.*?(?=:|$)/, ''))).toEqual([
    'Change',
    'b1 Squeaking',
    'a2 Floating',
    'Correction: a1, a2',
    'Change',
    'a1 Folding',
  ]);
});

test('a version of a page is named by its short address and its day, and knows what changed on that day', () => {
  const version = news.find(({ title }) => title.startsWith('a1 '));
  expect(version).toMatchObject({
    id: '/name/a1/#2026-01-02',
    href: '/name/a1/',
    summary: pages[0]?.answer,
    entries: [1],
  });
  expect(news.find(({ title }) => title.startsWith('b1 '))?.entries).toEqual([]);
});

test('a feed holds the newest fifty', () => {
  const many = Array.from({ length: 60 }, (_, index) => entry(`20${String(99 - index).padStart(2, '0')}-01-01`, 'change'));
  expect(newsOf({ corrections: many, links, pages })).toHaveLength(50);
});

test.each([
  { format: 'Atom', read: () => extractFromXml(atomFeed(news, CHANGES, FRAME), { useISODateFormat: true }) },
  { format: 'JSON Feed', read: () => extractFromJson(jsonFeed(news, CHANGES, FRAME), { useISODateFormat: true }) },
])('a reader of $format finds title, whole addresses, days and what changed', ({ read }) => {
  const feed = read();
  expect(feed.link).toBe('https://example.org/name/');
  expect(feed.title).toContain('Hidden Objectives');
  expect(feed.entries).toHaveLength(news.length);
  const version = feed.entries?.find(({ title }) => title?.startsWith('a1 '));
  expect(version).toMatchObject({ link: 'https://example.org/name/a1/', published: '2026-01-02T00:00:00.000Z' });
});

test('the day of an Atom feed is that of its newest entry, and its text is escaped once', () => {
  const feed = atomFeed(news, CHANGES, FRAME);
  expect(/<updated>([^<]+)</.exec(feed)?.[1]).toBe('2026-12-31T00:00:00.000Z');
  expect(feed).toContain('<link rel="self" href="https://example.org/name/atom.xml"/>');
  expect(feed).toContain('<![CDATA[<p>It was <b>five</b> & is “four”.</p>]]>');
  expect(atomFeed(news, CHANGES, FRAME)).toBe(feed);
});

test('every item of a JSON feed has a text', () => {
  const { version, items } = JSON.parse(jsonFeed(news, CHANGES, FRAME)) as { version: string; items: Record<string, string>[] };
  expect(version).toBe('https://jsonfeed.org/version/1.1');
  expect(items.filter(({ content_html: html, content_text: text }) => html === undefined && text === undefined)).toEqual([]);
  expect(items.find(({ title }) => title?.startsWith('a1 '))?.content_html).toBe('<p>It was <b>five</b> & is “four”.</p>');
});
