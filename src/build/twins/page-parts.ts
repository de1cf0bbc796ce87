import type { Element, ElementContent, Root } from 'hast';
import { fromHtml } from 'hast-util-from-html';
import { select } from 'hast-util-select';
import { portable } from './portable.ts';

/** A section of a built page, in HTML that stands anywhere. */
export interface PartOfPage {
  /** Its anchor. */
  readonly id: string;
  readonly nodes: readonly ElementContent[];
}

/** A built chapter taken apart. */
export interface PageParts {
  /** What stands before the first heading: prose, and the question to predict. */
  readonly lead: readonly ElementContent[];
  readonly sections: readonly PartOfPage[];
  /** Addresses of all links of the text, whole, in its order. */
  readonly links: readonly string[];
}

/**
 * Takes a built chapter apart at its headings.
 * @param html the page as Astro made it
 * @param address of the page, with origin
 * @throws where the page has no text
 */
export function partsOf(html: string, address: string): PageParts {
  const main = select('main', fromHtml(html));
  if (main === undefined) {
    throw new Error(`The page ${address} has no <main>.\nLook at src/layouts/Chapter.astro, whose text the twins of the page are made of.`);
  }
  const head = main.children.findIndex((child) => child.type === 'element' && String(child.properties.className) === 'head');
  const lead: ElementContent[] = [];
  const sections: { id: string; nodes: ElementContent[] }[] = [];
  for (const node of portable(main.children.slice(head + 1), address)) {
    if (node.type === 'element' && node.tagName === 'h2') sections.push({ id: String(node.properties.id), nodes: [] });
    else (sections.at(-1)?.nodes ?? lead).push(node);
  }
  return { lead, sections, links: linksIn({ type: 'root', children: [...lead, ...sections.flatMap(({ nodes }) => nodes)] }) };
}

function linksIn(node: Root | Element): string[] {
  return node.children.flatMap((child) => {
    if (child.type !== 'element') return [];
    return [...(typeof child.properties.href === 'string' ? [child.properties.href] : []), ...linksIn(child)];
  });
}
