import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fromHtml } from 'hast-util-from-html';
import { select } from 'hast-util-select';
import { roomsOf } from '../../chrome/rooms.ts';
import type { BuiltSite } from '../built-site.ts';
import { shortIndex, wholeText, type Listed } from './llms.ts';
import { claimTwin, twinsOf, type Twins } from './make.ts';
import { markdownOf } from './markdown.ts';
import { pageSchema } from './page-twin.ts';
import { portable } from './portable.ts';

/**
 * Writes the twins of a built site: `page.md` and `page.json` beside each chapter, `page.schema.json`, `llms.txt` and `llms-full.txt`.
 * The text is taken from the finished pages, so that a twin says what its page says.
 */
export async function writeTwins({ dist, base, origin, handbook }: BuiltSite): Promise<void> {
  const folder = (href: string): string => join(dist, href.slice(base.length));
  const htmlOf = (href: string): Promise<string> => readFile(join(folder(href), 'index.html'), 'utf8');
  const twins = new Map<string, Twins>();
  for (const page of handbook.pages) {
    const made = twinsOf(page, handbook, await htmlOf(page.href), origin);
    twins.set(page.id, made);
    await writeFile(join(folder(page.href), 'page.md'), made.markdown);
    await writeFile(join(folder(page.href), 'page.json'), `${JSON.stringify(made.json)}\n`);
  }
  const schema = handbook.links.to('page.schema.json');
  await writeFile(folder(schema), `${JSON.stringify(pageSchema(`${origin}${schema}`), null, 2)}\n`);

  const terms: Listed[] = [];
  for (const { term, href } of handbook.terms) {
    const definition = select('.answer', fromHtml(await htmlOf(href)));
    terms.push({ title: term, url: `${origin}${href}`, text: markdownOf(portable(definition?.children ?? [], `${origin}${href}`)) });
  }
  const parts = handbook.parts.map(({ title, pages }) => ({
    title,
    pages: pages.map((page) => ({ title: `${page.id} ${page.title}`, url: `${origin}${page.href}page.md`, text: page.answer })),
  }));
  const rooms = roomsOf(handbook).map(({ title, href, about }) => ({ title, url: `${origin}${href}`, text: about }));
  const claims = handbook.claims.map((claim) => claimTwin(claim, handbook, origin));
  const texts = handbook.pages.map(({ id }) => twins.get(id)?.text ?? '');
  const full = `${origin}${handbook.links.to('llms-full.txt')}`;
  await writeFile(join(dist, 'llms.txt'), shortIndex(parts, rooms, full));
  await writeFile(join(dist, 'llms-full.txt'), wholeText(texts, terms, claims));
}
