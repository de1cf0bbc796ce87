import type { Element, Nodes, Root } from 'hast';
import { fromHtml } from 'hast-util-from-html';
import { select, selectAll } from 'hast-util-select';
import { toHtml } from 'hast-util-to-html';
import { words } from '../../chrome/words.ts';
import { plain as plainText } from '../../handbook/plain.ts';
import { hasView } from '../../labs/views.ts';
import type { Handbook, Page } from '../../handbook/handbook.ts';
import { shortReference } from '../../reader/bibliography.ts';
import { TITLE } from '../../site.ts';
import type { Section } from '../../reader/mdx.ts';
import type { Card, Run } from './card.ts';
import { plain, runsOf } from './rich-text.ts';

/** The finished HTML of the page at an address of the site. */
export type PageAt = (href: string) => Promise<string>;

function text(words: string): readonly Run[] {
  return [{ text: words }];
}

/**
 * All cards of a site, in a fixed order: the site's, then parts, pages with their sections and figures, claims, terms, misconceptions, labs.
 * Titles come from the handbook; what is set with maths, emphasis or numbers of claims is read from the finished pages.
 * @param origin scheme and host; a card of a site that is served on this machine alone names no host
 */
export async function* cardsOf(handbook: Handbook, origin: string, pageAt: PageAt): AsyncGenerator<Card> {
  const { links } = handbook;
  const { host, hostname } = new URL(origin);
  const address = (href: string): string => (hostname === 'localhost' ? href : `${host}${href}`.replace(/\/$/, ''));

  yield { href: links.card('site'), title: text(TITLE), text: { runs: text(words.question) }, address: address(links.home()) };
  for (const part of handbook.parts) {
    if (part.pages.length === 0) continue;
    yield {
      href: links.card(`part-${part.id}`),
      number: part.id.toUpperCase(),
      title: text(part.title),
      text: { runs: text(part.about) },
      address: address(part.href),
    };
  }
  for (const page of handbook.pages) yield* cardsOfPage(page, fromHtml(await pageAt(page.href)));
  for (const claim of handbook.claims) {
    yield {
      href: links.card('claims', claim.id),
      label: words.claim,
      title: text(handbook.fill(claim.id, claim.statement)),
      sentence: true,
      evidence: {
        status: claim.status,
        // first, since a long line is cut at its end
        source: `${claim.provenance === 'recorded' ? `Recorded in ${words.ownRun}: ` : ''}${shortReference(claim.source)}, ${claim.place}`,
      },
      address: address(claim.href),
    };
  }
  for (const term of handbook.terms) {
    const definition = select('.answer', fragmentOf(await pageAt(term.href), /<p class="answer">[\s\S]*?<\/p>/));
    yield {
      href: links.card('terms', term.id),
      label: words.term,
      title: text(term.term),
      text: { runs: definition === undefined ? [] : runsOf(definition) },
      address: address(term.href),
    };
  }
  for (const entry of handbook.misconceptions) {
    const list = fragmentOf(await pageAt(entry.href), /<dl class="mis">[\s\S]*?<\/dl>/);
    const [labels, sayings] = [selectAll('dt', list).map(runsOf), selectAll('dd', list).map(runsOf)];
    yield {
      href: links.card('misconceptions', entry.id),
      label: plain(labels[0] ?? []),
      title: text(entry.think),
      sentence: true,
      text: { label: plain(labels.at(-1) ?? []), runs: sayings.at(-1) ?? [] },
      address: address(entry.href),
    };
  }

  for (const lab of handbook.labs) {
    if (!hasView(lab.id)) continue;
    yield {
      href: links.card('labs', lab.id),
      number: lab.page.id,
      label: words.lab,
      title: text(lab.title),
      text: { runs: text(plainText(handbook, lab.lead)), excerpt: true },
      address: address(lab.href),
    };
  }

  function* cardsOfPage(page: Page, root: Root): Generator<Card> {
    yield {
      href: links.card(page.id),
      number: page.id,
      label: page.part.title,
      title: text(page.title),
      text: { runs: text(page.answer) },
      address: address(page.short),
    };
    const main = select('main', root) ?? root;
    for (const section of page.outline.sections) {
      const lead = leadOf(main, section);
      yield {
        href: links.card(page.id, section.id),
        number: `${page.id} § ${section.number}`,
        label: page.title,
        title: text(section.title),
        ...(lead.length > 0 && { text: { runs: lead, excerpt: true } }),
        address: address(`${page.short}${section.id}/`),
      };
    }
    for (const { kind, id, anchor } of page.outline.blocks) {
      if (kind !== 'figure') continue;
      const figure = select(`#${anchor}`, main);
      const picture = figure && select('svg.wide', figure);
      const caption = figure && select('figcaption > p', figure);
      yield {
        href: links.card(page.id, anchor),
        number: handbook.number(page, anchor),
        label: words.figure,
        title: text(handbook.figure(page, id).data.title),
        ...(caption && { text: { runs: captionOf(caption), excerpt: true } }),
        ...(picture && { picture: toHtml(picture) }),
        address: address(`${page.short}${anchor}/`),
      };
    }
  }
}

/** The piece of a page that matches, as a tree: to read one paragraph the whole page need not be parsed. */
function fragmentOf(html: string, piece: RegExp): Root {
  return fromHtml(piece.exec(html)?.[0] ?? '', { fragment: true });
}

/** The caption without the number that the card hangs beside its title. */
function captionOf(caption: Element): Run[] {
  return runsOf({ ...caption, children: caption.children.filter((child) => child.type !== 'element' || child.tagName !== 'b') });
}

/** What says something; the rest of a section is lists of links, code, pictures. */
const SPEAKING = new Set(['p', 'dd', 'li']);
const SILENT = new Set(['figure', 'table', 'aside', 'details', 'pre']);

/** The first words of a section, or of the first section within it: of the first paragraph, or entry of a list, that has any. */
function leadOf(main: Element | Root, { id, depth }: Section): Run[] {
  let reached = false;
  const visit = (node: Nodes): Run[] | 'end' | undefined => {
    if (node.type !== 'element') return undefined;
    const [, level] = /^h([1-6])$/.exec(node.tagName) ?? [];
    if (level !== undefined) {
      if (reached) return Number(level) <= depth ? 'end' : undefined;
      reached = node.properties.id === id;
      return undefined;
    }
    if (SILENT.has(node.tagName) || node.properties.role === 'note') return undefined;
    if (reached && SPEAKING.has(node.tagName)) {
      const runs = runsOf(node);
      if (runs.length > 0) return runs;
    }
    return first(node.children, visit);
  };
  const found = first(main.children, visit);
  return found === undefined || found === 'end' ? [] : found;
}

function first<T, R>(items: readonly T[], look: (item: T) => R | undefined): R | undefined {
  for (const item of items) {
    const found = look(item);
    if (found !== undefined) return found;
  }
  return undefined;
}
