import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { cardsOf } from '../../src/build/cards/cards-of.ts';
import { layoutOf } from '../../src/build/cards/drawing.ts';
import { plain } from '../../src/build/cards/rich-text.ts';
import { missing } from '../../src/build/cards/setting.ts';
import { siteContent } from '../../src/build/check-content.ts';
import { handbookOf } from '../../src/handbook/handbook-of.ts';
import { builtPages, DIST } from '../support/site.ts';

const handbook = handbookOf(await siteContent(), '/');
/** Frames are never shared themselves: their figure has a page of its own for that. */
const pages = builtPages().filter(({ document, path }) => document && !path.startsWith('/embed/'));

function meta(html: string, name: string): string {
  return new RegExp(`<meta (?:property|name)="${name}" content="([^"]*)"`).exec(html)?.[1] ?? '';
}

test('every page names a card that is there, with its size and a text', async () => {
  expect(pages.length).toBeGreaterThan(100);
  const faults: string[] = [];
  const known = new Map<string, string>();
  for (const { path, html } of pages) {
    const address = meta(html, 'og:image');
    const file = join(DIST, new URL(address).pathname);
    if (!existsSync(file)) {
      faults.push(`${path}: ${address} is not there`);
      continue;
    }
    if (!known.has(file)) {
      const { format, width, height } = await sharp(file).metadata();
      known.set(file, `${format} ${width} ${height}`);
    }
    const told = `png ${meta(html, 'og:image:width')} ${meta(html, 'og:image:height')}`;
    if (known.get(file) !== told) faults.push(`${path}: ${address} is ${known.get(file) ?? ''}, not ${told}`);
    if (meta(html, 'og:image:alt') === '') faults.push(`${path}: the card has no text`);
    if (meta(html, 'twitter:card') !== 'summary_large_image') faults.push(`${path}: no large card`);
    if (new URL(meta(html, 'og:url')).origin !== new URL(address).origin) faults.push(`${path}: og:url leads to another origin`);
  }
  expect(faults).toEqual([]);
  // pages of the book, parts, claims, terms and misconceptions have their own
  expect(known.size).toBeGreaterThan(handbook.pages.length + handbook.claims.length + handbook.terms.length);
});

test('every card is there, whole, and says all it has to say', async () => {
  const faults: string[] = [];
  const at = (href: string): Promise<string> => Promise.resolve(readFileSync(join(DIST, href, 'index.html'), 'utf8'));
  for await (const card of cardsOf(handbook, 'https://example.org', at)) {
    const texts = [card.title, card.text?.runs ?? []];
    if (!existsSync(join(DIST, card.href))) faults.push(`${card.href} is not there`);
    if (!layoutOf(card).fits) faults.push(`${card.href} does not fit`);
    const lost = texts.flatMap((runs) => missing(runs, 'serif'));
    if (lost.length > 0) faults.push(`${card.href} has no glyph for ${lost.join(' ')}`);
    if (texts.some((runs, index) => plain(runs) === '' && (index === 0 || card.text !== undefined)))
      faults.push(`${card.href} says nothing`);
    if (card.href.includes('/fig-') && card.picture === undefined) faults.push(`${card.href} has no picture`);
  }
  expect(faults).toEqual([]);
});
