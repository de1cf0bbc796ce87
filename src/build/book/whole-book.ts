import type { Root } from 'hast';
import { toHtml } from 'hast-util-to-html';
import { words } from '../../chrome/words.ts';
import { TITLE } from '../../site.ts';
import { prefixIds, rewriteLinks } from './links.ts';
import { lowerHeadings, proseOf, withoutForms } from './prose.ts';
import { elementsOf, make } from './tree.ts';
import type { Place, Unit } from './volume.ts';

const STYLE_SHEET = /<link rel="stylesheet" href="([^"]+)"[^>]*>/g;
/** What the page holds in the place of a unit; see src/pages/book.astro. */
const SLOT = /<div data-unit="([^"]+)"[^>]*>[\s\S]*?<\/div>/g;

/** The id on the page of what stands somewhere in the book: `b2`, `b2-known`. */
export function idOf({ unit, anchor }: Place): string {
  return anchor === undefined ? unit : `${unit}-${anchor}`;
}

/** The class of everything in a unit, by which its sheets of paper know it. */
function paperOf(unit: Unit): string {
  return `paper-${unit.id}`;
}

/**
 * A built page as a piece of the whole book: ids carry its name, links to what the book holds lead there, its title is lower than the
 * title of the book. Its pieces stand one after another, as on their own page, since the styles see them there.
 * @param html the page as Astro wrote it
 * @param find where in the book an address is found
 */
export function pieceOf(unit: Unit, html: string, find: (address: URL) => Place | undefined): string {
  const tree: Root = proseOf(html, unit.href);
  withoutForms(tree, words.predicted);
  rewriteLinks(tree, unit.href, (target, within) => {
    const place = find(target);
    // an entry that would lead to itself leads to its own page, which says more
    const itself = place?.unit === unit.id && place.anchor !== undefined && within.includes(place.anchor);
    return place === undefined || itself ? undefined : `#${idOf(place)}`;
  });
  prefixIds(tree, `${unit.id}-`);
  lowerHeadings(tree, unit.part === undefined ? 1 : 2);
  tree.children = tree.children.filter((node) => node.type === 'element' || node.type === 'text');
  for (const node of tree.children) {
    if (node.type !== 'element') continue;
    const { className } = node.properties;
    node.properties.className = [...(Array.isArray(className) ? className : []), paperOf(unit)];
  }
  const [title] = elementsOf(tree).filter(({ tagName }) => /^h[1-6]$/.test(tagName));
  if (title === undefined) throw new Error(`${unit.href} has no heading.\nGive the page a title; see src/layouts.`);
  title.properties.id = unit.id;
  return toHtml(tree);
}

/** Text within a string of a style sheet. */
function quoted(text: string): string {
  return `"${text.replace(/["\\]/g, (sign) => `\\${sign}`)}"`;
}

/** The sheet of paper of each unit: its title at the head, and the number of the page at the foot. */
export function paperSheet(units: readonly Unit[]): string {
  const small = 'font:8.5pt "Source Sans",sans-serif;color:#696571';
  const pages = units.map((unit) => {
    const name = paperOf(unit);
    const title = unit.part === undefined ? unit.title : `${unit.id}\u2002${unit.title}`;
    return `@media print{.${name}{page:${name}}}@page ${name}{@top-left{content:${quoted(title)};${small}}@top-right{content:${quoted(TITLE)};${small}}}`;
  });
  return `@page{margin:7.5% 9%;@bottom-center{content:counter(page);${small}}}@page:first{@bottom-center{content:none}}${pages.join('')}`;
}

/**
 * Puts the text of all pages in the place of the links to them.
 * @param shell the page as Astro wrote it, see src/pages/book.astro
 * @param htmlOf the built page of a unit
 * @param paper address of the style sheet that `paperSheet` gave
 */
export function wholeBookOf(
  shell: string,
  units: readonly Unit[],
  find: (address: URL) => Place | undefined,
  htmlOf: (unit: Unit) => string,
  paper: string,
): string {
  const pieces = new Map(units.map((unit) => [unit.id, pieceOf(unit, htmlOf(unit), find)]));
  const own = new Set(shell.match(STYLE_SHEET));
  const sheets = new Set(units.flatMap((unit) => htmlOf(unit).match(STYLE_SHEET) ?? []).filter((link) => !own.has(link)));
  sheets.add(toHtml(make('link', { rel: ['stylesheet'], href: paper })));
  return (
    shell
      .replace(SLOT, (slot, id: string) => pieces.get(id) ?? slot)
      // the sheets of the pages come first, so that those of the book win
      .replace(/<link rel="stylesheet"/, (first) => `${[...sheets].join('')}${first}`)
  );
}
