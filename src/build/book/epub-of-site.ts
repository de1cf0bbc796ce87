import { readFile } from 'node:fs/promises';
import { words } from '../../chrome/words.ts';
import { printDay } from '../../handbook/day.ts';
import type { Handbook, Part } from '../../handbook/handbook.ts';
import { newestChange } from '../../handbook/newest-change.ts';
import { SUBTITLE, TITLE } from '../../site.ts';
import { COVER_ALT, drawCover } from './cover.ts';
import { packEpub, type Document, type Entry } from './epub.ts';
import { plainText } from './epub-text.ts';
import { rewriteLinks } from './links.ts';
import { proseOf, withoutForms } from './prose.ts';
import { placesIn, type Place, type Unit } from './volume.ts';
import { escapeXml, toXhtml } from './xhtml.ts';

const TYPES: Readonly<Record<string, string>> = { glossary: 'glossary', bibliography: 'bibliography' };

function fileAt({ unit, anchor }: Place): string {
  return anchor === undefined ? `${unit}.xhtml` : `${unit}.xhtml#${anchor}`;
}

/**
 * A built page as a file of the e-book.
 * @param html the page as Astro wrote it
 * @param find where in the e-book an address is found
 * @param origin scheme and host, for links to what the e-book does not hold
 */
export function documentOf(unit: Unit, html: string, find: (address: URL) => Place | undefined, origin: string): Document {
  const tree = proseOf(html, unit.href);
  withoutForms(tree, words.predicted);
  rewriteLinks(tree, unit.href, (target, within) => {
    const place = find(target);
    // an entry that would lead to itself leads to its own page on the site, which says more
    const itself = place?.unit === unit.id && place.anchor !== undefined && within.includes(place.anchor);
    return place === undefined || itself ? `${origin}${target.pathname}${target.search}${target.hash}` : fileAt(place);
  });
  plainText(tree, words.figureInWords);
  return {
    id: unit.id,
    title: unit.title,
    body: toXhtml(tree),
    type: TYPES[unit.id] ?? (unit.part === undefined ? 'appendix' : 'chapter'),
  };
}

function partDocument({ id, title, about }: Part): Document {
  const name = `${words.part} ${id.toUpperCase()}`;
  const body = `<h1><span class="label">${escapeXml(name)} </span>${escapeXml(title)}</h1><p class="answer">${escapeXml(about)}</p>`;
  return { id: `part-${id}`, title: `${name}: ${title}`, body, type: 'part' };
}

/** The table of contents: parts, in them chapters, in them sections; then what stands behind them. */
function contentsOf(parts: readonly Part[], behind: readonly Unit[]): Entry[] {
  return [
    ...parts.map((part) => ({
      title: partDocument(part).title,
      href: `part-${part.id}.xhtml`,
      within: part.pages.map((page) => ({
        title: `${page.id} ${page.title}`,
        href: `${page.id}.xhtml`,
        within: page.outline.sections
          .filter(({ depth }) => depth === 2)
          .map(({ id, title }) => ({ title, href: `${page.id}.xhtml#${id}` })),
      })),
    })),
    ...behind.map(({ id, title }) => ({ title, href: `${id}.xhtml` })),
  ];
}

/**
 * Makes the e-book out of the built pages.
 * @param chapters in the order of the book
 * @param behind glossary, claims, bibliography
 * @param htmlOf the built page of a unit
 * @param origin scheme and host of the site
 */
export async function epubOf(
  handbook: Handbook,
  chapters: readonly Unit[],
  behind: readonly Unit[],
  htmlOf: (unit: Unit) => string,
  origin: string,
): Promise<Uint8Array> {
  const find = placesIn(handbook, [...chapters, ...behind]);
  const parts = handbook.parts.filter(({ pages }) => pages.length > 0);
  const home = `${origin}${handbook.links.home()}`;
  const day = newestChange(handbook);
  const made = new Map([...chapters, ...behind].map((unit) => [unit.id, documentOf(unit, htmlOf(unit), find, origin)]));
  const documentsOf = (units: readonly { readonly id: string }[]): Document[] => units.flatMap(({ id }) => made.get(id) ?? []);
  const title: Document = {
    id: 'title',
    title: TITLE,
    type: 'titlepage',
    body: `<h1>${escapeXml(TITLE)}</h1><p class="answer">${escapeXml(SUBTITLE)}</p><p>Edition of ${escapeXml(printDay(day))}. <a href="${escapeXml(home)}">${escapeXml(home)}</a></p><p>${words.licence}</p><p>${words.moons}</p>`,
  };
  return packEpub({
    title: TITLE,
    subtitle: SUBTITLE,
    creator: words.authors,
    identifier: home,
    day,
    rights: words.licence,
    description: words.aboutBook,
    accessibility: words.accessibility,
    documents: [title, ...parts.flatMap((part) => [partDocument(part), ...documentsOf(part.pages)]), ...documentsOf(behind)],
    contents: contentsOf(parts, behind),
    contentsTitle: words.contents,
    styles: await readFile(new URL('epub.css', import.meta.url), 'utf8'),
    cover: await drawCover(printDay(day)),
    coverAlt: COVER_ALT,
  });
}
