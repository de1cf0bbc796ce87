import type { Element, ElementContent } from 'hast';
import { fromHtml } from 'hast-util-from-html';
import { matches, select, selectAll } from 'hast-util-select';
import { toHtml } from 'hast-util-to-html';
import { toText } from 'hast-util-to-text';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Handbook, Page } from '../../handbook/handbook.ts';
import { figureOn } from '../../handbook/figures.ts';
import { figureName } from '../../handbook/oembed.ts';
import type { BuiltSite } from '../built-site.ts';
import { escapeHtml } from '../../handbook/html.ts';
import { refreshPage } from './refresh-page.ts';
import { writePage } from './write-page.ts';

/** Something on a chapter that can be linked to, as a preview or a card shows it. */
export interface Place {
  /** Its id on the page, such as `fig-scaling`. */
  readonly anchor: string;
  /** Its name: a section's title, or `Figure b2.1: …`. */
  readonly title: string;
  /** Its first words, as HTML without links, block elements and ids. */
  readonly html: string;
  /** The same as text, cut at a word. */
  readonly text: string;
}

/** How many characters of a place's text a preview of its link shows; feeds and messengers cut at about this. */
const LENGTH = 220;
/** What says nothing in a preview: marks, numbers, the second form of maths. */
const DROPPED = '.katex-html, annotation, .anchor, .moon, .prov, .note, .side, svg, details, script, input, label, .vh';
/** What a preview keeps of a text's markup. */
const KEPT = new Set(['b', 'strong', 'em', 'i', 'code', 'sub', 'sup']);

/** The nodes without links, spans and marks; maths stays as MathML. */
function plain(nodes: readonly ElementContent[]): ElementContent[] {
  return nodes.flatMap((node): ElementContent[] => {
    if (node.type === 'text') return [node];
    if (node.type !== 'element' || matches(DROPPED, node)) return [];
    if (node.tagName === 'math') return [withoutAnnotation(node)];
    const children = plain(node.children);
    return KEPT.has(node.tagName) ? [{ type: 'element', tagName: node.tagName, properties: {}, children }] : children;
  });
}

function withoutAnnotation(node: Element): Element {
  return {
    ...node,
    children: node.children.flatMap((child): ElementContent[] =>
      child.type === 'element' ? (child.tagName === 'annotation' ? [] : [withoutAnnotation(child)]) : [child],
    ),
  };
}

/** A text of at most `length` characters that ends with a whole word. */
export function cutText(text: string, length: number): string {
  const flat = text.replace(/\s+/g, ' ').trim();
  if (flat.length <= length) return flat;
  const cut = flat.slice(0, length - 1);
  return `${cut.slice(0, Math.max(cut.lastIndexOf(' '), length / 2)).replace(/[\s,;:–(]+$/, '')}…`;
}

/** Which part of a place is shown of it: the first that is there. */
const SHOWN = [':scope > figcaption > p', ':scope > figcaption', ':scope > div > p', ':scope > dl > dd', 'legend', ':scope > p', 'summary'];

/** The element that a place is shown by: a section by the first paragraph below its heading, everything else by a part of itself. */
function shownOf(element: Element, siblings: readonly ElementContent[]): readonly ElementContent[] {
  if (!/^h[23]$/.test(element.tagName)) {
    if (matches('.eq', element)) return selectAll('math', element);
    for (const part of SHOWN) {
      const found = select(part, element);
      if (found) return found.children;
    }
    return element.children;
  }
  for (const sibling of siblings.slice(siblings.indexOf(element) + 1)) {
    if (sibling.type !== 'element' || sibling.tagName === 'figure' || sibling.tagName === 'predict-guess') continue;
    if (/^h[12]$/.test(sibling.tagName)) break;
    const paragraph = sibling.tagName === 'p' ? sibling : (select(':scope > p, dd, li', sibling) ?? undefined);
    if (paragraph !== undefined && toText(paragraph).trim() !== '') return paragraph.children;
  }
  return [];
}

/** The name of a place as a preview's heading. */
function titleOf(handbook: Handbook, page: Page, anchor: string): string {
  const { label } = handbook.refer(`${page.id}#${anchor}`, page) ?? { label: '' };
  const block = page.outline.blocks.find((entry) => entry.anchor === anchor);
  if (block?.kind === 'figure') return `${label}: ${handbook.figure(page, block.id).data.title}`;
  if (block?.kind === 'misconception') return 'A misconception';
  if (anchor === 'predict') return 'A guess before you read';
  if (anchor.startsWith('recall')) return 'A question to recall the page by';
  return label.charAt(0).toUpperCase() + label.slice(1);
}

/**
 * The places of a chapter: sections, figures, tables, equations, definitions, examples, misconceptions, its prediction and its recall
 * questions, in the order of the page.
 * @param html the built page
 */
export function placesOf(handbook: Handbook, page: Page, html: string): Place[] {
  const main = select('main', fromHtml(html));
  if (main === undefined) throw new Error(`The built page ${page.href} has no <main>.\nLook at layouts/Chapter.astro.`);
  const wanted = new Set([
    ...page.outline.sections.map(({ id }) => id),
    ...page.outline.blocks.map(({ anchor }) => anchor),
    ...['predict', 'recall'],
    ...handbook.questions(page.id).recall.map(({ id }) => `recall-${id}`),
  ]);
  return selectAll('[id]', main).flatMap((element): Place[] => {
    const anchor = String(element.properties.id);
    if (!wanted.has(anchor)) return [];
    const nodes = plain(shownOf(element, main.children));
    const text = cutText(toText({ type: 'root', children: nodes }), LENGTH);
    return [{ anchor, title: titleOf(handbook, page, anchor), html: toHtml(nodes).replace(/\s+/g, ' ').trim(), text }];
  });
}

/** Sections and figures have cards of their own. */
function hasCard(anchor: string, page: Page): boolean {
  return anchor.startsWith('fig-') || page.outline.sections.some(({ id }) => id === anchor);
}

/** Where a figure's place announces how it can be framed. */
function oembedLink(handbook: Handbook, page: Page, anchor: string, origin: string): string {
  const block = page.outline.blocks.find((entry) => entry.anchor === anchor);
  if (block?.kind !== 'figure') return '';
  const title = escapeHtml(figureName(figureOn(handbook, page.id, block.id)));
  return `<link rel="alternate" type="application/json+oembed" href="${origin}${handbook.links.oembed(page.id, block.id)}" title="${title}">`;
}

/** The fragment that a preview shows of a link to a place or, without one, to the page. */
function preview(page: Page, place: Place | undefined): string {
  const title = place?.title ?? page.title;
  const words = place === undefined ? escapeHtml(page.answer) : place.html;
  const href = place === undefined ? page.href : `${page.href}#${place.anchor}`;
  return `<span><b>${escapeHtml(title)}</b></span>${words === '' ? '' : `<span>${words}</span>`}<span><a href="${href}">${place === undefined ? 'Open' : 'In'} ${page.id} ${escapeHtml(page.title)}</a></span>`;
}

/**
 * Writes for every place of every chapter a permanent address of its own (`/b2/known/`), which carries the tags for sharing and leads
 * to the place, and the fragment that its preview shows.
 * @returns how many places there are
 */
export async function writePlaces({ dist, base, origin, handbook }: BuiltSite): Promise<number> {
  let count = 0;
  const below = (href: string): string => href.slice(base.length);
  for (const page of handbook.pages) {
    const places = placesOf(handbook, page, await readFile(join(dist, below(page.href), 'index.html'), 'utf8'));
    await writePage(dist, `previews/page/${below(page.href)}`, preview(page, undefined));
    for (const place of places) {
      const address = handbook.links.place(page.id, place.anchor);
      const html = refreshPage({
        to: `${page.href}#${place.anchor}`,
        canonical: `${origin}${page.href}`,
        title: `${place.title} · ${page.title}`,
        shared: {
          url: `${origin}${address}`,
          description: place.text === '' ? page.answer : place.text,
          image: `${origin}${hasCard(place.anchor, page) ? handbook.links.card(page.id, place.anchor) : handbook.links.card(page.id)}`,
          head: oembedLink(handbook, page, place.anchor, origin),
        },
      });
      await writePage(dist, below(address), html);
      await writePage(dist, `previews/page/${below(page.href)}${place.anchor}/`, preview(page, place));
    }
    count += places.length;
  }
  return count;
}
