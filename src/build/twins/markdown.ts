import type { Element, ElementContent, Nodes } from 'hast';
import { select } from 'hast-util-select';
import { toMdast, type Handle, type State } from 'hast-util-to-mdast';
import { toText } from 'hast-util-to-text';
import type { BlockContent, List, ListItem, Paragraph, PhrasingContent, Root, RootContent } from 'mdast';
import { gfmToMarkdown } from 'mdast-util-gfm';
import { mathToMarkdown } from 'mdast-util-math';
import { toMarkdown } from 'mdast-util-to-markdown';
import { visit } from 'unist-util-visit';
import { classesOf } from './portable.ts';

/** The TeX of a formula, which KaTeX leaves in its MathML. */
function texOf(math: Element): string {
  return toText(select('annotation', math) ?? math, { whitespace: 'pre' }).trim();
}

function inline(state: State, children: readonly Nodes[]): PhrasingContent[] {
  return state.all({ type: 'root', children: [...children] as ElementContent[] }) as PhrasingContent[];
}

/** What a block holds, loose text in paragraphs. */
function blocks(state: State, children: readonly Nodes[]): BlockContent[] {
  return state.toFlow(state.all({ type: 'root', children: [...children] as ElementContent[] })) as BlockContent[];
}

function strong(children: PhrasingContent[]): PhrasingContent {
  return { type: 'strong', children };
}

/** The first of some blocks begins with these words, or stands below them where it is no paragraph. */
function led(words: PhrasingContent[], by: BlockContent[]): BlockContent[] {
  const [first, ...rest] = by;
  if (first?.type === 'paragraph') {
    return [{ ...first, children: [...words, { type: 'text', value: ' ' }, ...first.children] }, ...rest];
  }
  return [{ type: 'paragraph', children: words }, ...by];
}

function elements(node: Element, name?: string): Element[] {
  return node.children.filter((child): child is Element => child.type === 'element' && (name === undefined || child.tagName === name));
}

const math: Handle = (_, node: Element) => ({ type: node.properties.display === 'block' ? 'math' : 'inlineMath', value: texOf(node) });

/** A link to a claim says how far the evidence for it goes, where Markdown has room for it: in the title. */
const link: Handle = (state, node: Element) => {
  const { href, dataStatus } = node.properties;
  return {
    type: 'link',
    url: String(href),
    title: typeof dataStatus === 'string' ? dataStatus : null,
    children: inline(state, node.children),
  };
};

/** Terms with what is said of them, each pair an item: in a misconception, in the state of the evidence, on the card of a technique. */
const pairs: Handle = (state, node: Element): List => {
  const parts = elements(node).flatMap((child) => (child.tagName === 'div' ? elements(child) : [child]));
  // the names of a misconception begin its sentences, the others are headings
  const end: PhrasingContent[] = classesOf(node).includes('misconception') ? [] : [{ type: 'text', value: '.' }];
  const items: ListItem[] = [];
  let name: PhrasingContent[] = [];
  for (const part of parts) {
    if (part.tagName === 'dt') name = [strong([...inline(state, part.children), ...end])];
    else items.push({ type: 'listItem', spread: false, children: led(name, blocks(state, part.children)) });
  }
  return { type: 'list', ordered: false, spread: false, children: items };
};

/** What folds out stands open, below the words that fold it. */
const details: Handle = (state, node: Element) => {
  const [summary] = elements(node, 'summary');
  const rest = node.children.filter((child) => child !== summary);
  const asked: Paragraph = { type: 'paragraph', children: [strong(inline(state, summary?.children ?? []))] };
  return [asked, ...blocks(state, rest)];
};

const figure: Handle = (state, node: Element) => {
  const [caption] = elements(node, 'figcaption');
  const rest = node.children.filter((child) => child !== caption);
  return [{ type: 'paragraph', children: inline(state, caption?.children ?? []) }, ...blocks(state, rest)];
};

const aside: Handle = (state, node: Element) => ({ type: 'blockquote', children: blocks(state, node.children) });

/** What stands apart on the page stands apart here, so that its end can be seen. */
const section: Handle = (state, node: Element) => {
  const [kind] = classesOf(node);
  if (kind === 'definition') {
    const [name, ...rest] = elements(node);
    return { type: 'blockquote', children: led(inline(state, name?.children ?? []), blocks(state, rest)) };
  }
  if (kind === 'example' || kind === 'technique') {
    // inside what stands apart, a heading would cut the section in two
    const flat = node.children.map((child) => (child.type === 'element' && child.tagName === 'h3' ? { ...child, tagName: 'p' } : child));
    return { type: 'blockquote', children: blocks(state, flat) };
  }
  if (select('dl.misconception', node) !== undefined) return { type: 'blockquote', children: blocks(state, node.children) };
  return blocks(state, node.children);
};

const box: Handle = (state, node: Element) => {
  if (!classesOf(node).includes('equation')) return blocks(state, node.children);
  const number = toText(select('span', node) ?? { type: 'root', children: [] }).replace(/[()]/g, '');
  const tex = texOf(select('math', node) ?? node);
  return { type: 'math', value: number === '' ? tex : `${tex}\n\\tag{${number}}` };
};

/**
 * Writes a piece of a page as Markdown in GitHub's flavour, with formulas between dollars.
 * @param nodes as `portable` leaves them
 */
export function markdownOf(nodes: readonly ElementContent[]): string {
  return printMarkdown(toMdastOf(nodes).children);
}

function toMdastOf(nodes: readonly ElementContent[]): Root {
  return toMdast(
    { type: 'root', children: withCaptions(nodes) },
    { handlers: { math, a: link, dl: pairs, details, figure, section, aside, div: box } },
  ) as Root;
}

/** A caption of a table has no place in Markdown's; it goes before. */
function withCaptions(nodes: readonly ElementContent[]): ElementContent[] {
  return nodes.flatMap((node): ElementContent[] => {
    if (node.type !== 'element') return [node];
    const children = withCaptions(node.children);
    if (node.tagName !== 'table') return [{ ...node, children }];
    const words = toText(select('caption', node) ?? { type: 'root', children: [] }).trim();
    const bare: Element = { ...node, children: node.children.filter((child) => child.type !== 'element' || child.tagName !== 'caption') };
    return words === '' ? [bare] : [{ type: 'element', tagName: 'p', properties: {}, children: [{ type: 'text', value: words }] }, bare];
  });
}

/** Markdown as this project writes it. */
export function printMarkdown(children: RootContent[]): string {
  const tree: Root = { type: 'root', children };
  visit(tree, 'text', (node) => {
    // what holds a number to its unit on a page is in the way of whoever searches or edits the text
    node.value = node.value.replace(/[\u00a0\u202f\u2009]/g, ' ');
  });
  return toMarkdown(tree, {
    bullet: '-',
    emphasis: '*',
    rule: '-',
    listItemIndent: 'one',
    resourceLink: true,
    extensions: [gfmToMarkdown({ tablePipeAlign: false }), mathToMarkdown()],
  });
}
