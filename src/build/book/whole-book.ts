import type { Element, Root } from 'hast';
import { toHtml } from 'hast-util-to-html';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { words } from '../../chrome/words.ts';
import { TITLE } from '../../site.ts';
import type { BuiltSite } from '../built-site.ts';
import { contentHash } from '../files.ts';
import { prefixIds, rewriteLinks } from './links.ts';
import { lowerHeadings, proseOf, withoutForms } from './prose.ts';
import { elementsOf, make } from './tree.ts';
import { chapterUnits, placesIn, type Place, type Unit } from './volume.ts';

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
 * @param idAt where in the book an address is found, as an id; undefined for an address that it does not hold
 */
export function pieceOf(unit: Unit, html: string, idAt: (path: string, fragment: string) => string | undefined): string {
  const tree: Root = proseOf(html, unit.href);
  withoutForms(tree, words.predicted);
  rewriteLinks(tree, unit.href, (path, fragment) => {
    const id = idAt(path, fragment);
    return id === undefined ? undefined : `#${id}`;
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
  return `@page{margin:22mm 20mm 20mm;@bottom-center{content:counter(page);${small}}}@page:first{@bottom-center{content:none}}${pages.join('')}`;
}

/**
 * Puts the text of all pages into `/book/`. To be called after Astro and before the pages are finished, which cuts fonts and the sheet
 * of maths for this page as for any other.
 */
export async function writeWholeBook({ dist, base, handbook }: BuiltSite): Promise<void> {
  const { links } = handbook;
  const fileOf = (href: string): string => join(dist, href.slice(base.length), 'index.html');
  const units: Unit[] = [
    ...chapterUnits(handbook),
    { id: 'glossary', title: words.glossary, href: links.glossary() },
    { id: 'bibliography', title: words.bibliography, href: links.bibliography() },
  ];
  const find = placesIn(handbook, units);
  const idAt = (path: string, fragment: string): string | undefined => {
    const place = find(path, fragment);
    return place === undefined ? undefined : idOf(place);
  };
  const pieces = new Map<string, string>();
  const sheets = new Set<string>();
  for (const unit of units) {
    const html = await readFile(fileOf(unit.href), 'utf8');
    for (const [link] of html.matchAll(STYLE_SHEET)) sheets.add(link);
    pieces.set(unit.id, pieceOf(unit, html, idAt));
  }
  const paper = paperSheet(units);
  const name = `paper.${contentHash(paper)}.css`;
  await writeFile(join(dist, '_astro', name), paper);
  sheets.add(toHtml(make('link', { rel: ['stylesheet'], href: `${base}_astro/${name}` })));

  const file = fileOf(links.wholeBook());
  const shell = await readFile(file, 'utf8');
  for (const [link] of shell.matchAll(STYLE_SHEET)) sheets.delete(link);
  const filled = shell
    .replace(SLOT, (slot, id: string) => pieces.get(id) ?? slot)
    // the sheets of the pages come first, so that those of the book win
    .replace(/<link rel="stylesheet"/, (first) => `${[...sheets].join('')}${first}`);
  await writeFile(file, filled);
}
