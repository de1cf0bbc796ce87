import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Feed } from 'feed';
import { fromHtml } from 'hast-util-from-html';
import { select } from 'hast-util-select';
import { toHtml } from 'hast-util-to-html';
import { newsAnchors, newsOf, type News } from '../handbook/news.ts';
import { escapeHtml } from '../handbook/html.ts';
import { LANGUAGE, SUBTITLE, TITLE } from '../site.ts';
import type { BuiltSite } from './built-site.ts';
import { portable } from './twins/portable.ts';

/** What a feed is made of besides its news. */
export interface FeedFrame {
  /** Scheme and host, without a slash at the end. */
  readonly origin: string;
  readonly home: string;
  readonly atom: string;
  readonly json: string;
}

const FULL_TITLE = `${TITLE}: ${SUBTITLE}`;
const ABOUT = 'New and changed pages of the handbook, and its corrections.';
/** As CITATION.cff names them. */
const AUTHOR = `${TITLE} contributors`;
const RIGHTS = 'CC BY 4.0';

/** The text of a feed's entry as HTML: what changed, where that is known. @param changes the corrections as HTML, in their order */
function contentOf({ entries }: News, changes: readonly string[]): string | undefined {
  const said = entries.map((index) => changes[index] ?? '').filter((text) => text !== '');
  return said.length === 0 ? undefined : said.map((text) => `<p>${text}</p>`).join('');
}

/**
 * The news as Atom. Its day is that of its newest entry, so the same news always give the same feed.
 * @param changes the corrections as HTML with whole addresses, in their order
 */
export function atomFeed(news: readonly News[], changes: readonly string[], frame: FeedFrame): string {
  const { origin, home, atom } = frame;
  const feed = new Feed({
    id: `${origin}${home}`,
    title: FULL_TITLE,
    description: ABOUT,
    link: `${origin}${home}`,
    language: LANGUAGE,
    copyright: RIGHTS,
    author: { name: AUTHOR },
    updated: new Date(news[0]?.day ?? 0),
    feedLinks: { atom: `${origin}${atom}` },
    generator: false,
  });
  for (const entry of news) {
    const content = contentOf(entry, changes);
    feed.addItem({
      id: `${origin}${entry.id}`,
      // the package declares titles and summaries to be HTML
      title: escapeHtml(entry.title),
      link: `${origin}${entry.href}`,
      date: new Date(entry.day),
      published: new Date(entry.day),
      ...(entry.summary !== '' && { description: escapeHtml(entry.summary) }),
      ...(content !== undefined && { content }),
    });
  }
  return `${feed.atom1()}\n`;
}

/** The news as JSON Feed 1.1, which the package does not write: it knows version 1, without a language and without `authors`. */
export function jsonFeed(news: readonly News[], changes: readonly string[], { origin, home, json }: FeedFrame): string {
  const feed = {
    version: 'https://jsonfeed.org/version/1.1',
    title: FULL_TITLE,
    home_page_url: `${origin}${home}`,
    feed_url: `${origin}${json}`,
    description: ABOUT,
    language: LANGUAGE,
    authors: [{ name: AUTHOR }],
    items: news.map((entry) => {
      const content = contentOf(entry, changes);
      return {
        id: `${origin}${entry.id}`,
        url: `${origin}${entry.href}`,
        title: entry.title,
        ...(entry.summary !== '' && { summary: entry.summary }),
        // every item must have a text of one kind or the other
        ...(content === undefined ? { content_text: entry.summary } : { content_html: content }),
        // a version is an entry of its own, so it is published on the day of its change
        date_published: `${entry.day}T00:00:00Z`,
        date_modified: `${entry.day}T00:00:00Z`,
      };
    }),
  };
  return `${JSON.stringify(feed, null, 2)}\n`;
}

/** Writes `atom.xml` and `feed.json` of a built site. The words of the corrections are taken from their page, where Astro has set them. */
export async function writeFeeds({ dist, base, origin, handbook }: BuiltSite): Promise<void> {
  const { links } = handbook;
  const address = links.corrections();
  const page = fromHtml(await readFile(join(dist, address.slice(base.length), 'index.html'), 'utf8'));
  const changes = newsAnchors(handbook.corrections).map((anchor) => {
    const text = select(`#${anchor} > div > p`, page);
    return text === undefined ? '' : toHtml(portable(text.children, `${origin}${address}`));
  });
  const news = newsOf(handbook);
  const frame: FeedFrame = { origin, home: links.home(), atom: links.feed('atom'), json: links.feed('json') };
  await writeFile(join(dist, 'atom.xml'), atomFeed(news, changes, frame));
  await writeFile(join(dist, 'feed.json'), jsonFeed(news, changes, frame));
}
