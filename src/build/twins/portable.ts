import type { Element, ElementContent, RootContent } from 'hast';
import { select, selectAll } from 'hast-util-select';
import { toText } from 'hast-util-to-text';

/** Elements that mean something only on a page of ours, with its scripts and its style sheet. */
const DROPPED = new Set(['script', 'style', 'template', 'link', 'meta', 'button', 'input', 'output', 'svg', 'iframe', 'dialog']);

/** What a form becomes where nothing can be sent. */
const RENAMED: Readonly<Record<string, string>> = { form: 'div', legend: 'p', label: 'li' };

/** Elements that only group what a reader gets by itself. */
const UNWRAPPED = new Set(['fieldset', 'i']);

/** What our markup is for, as far as a stranger can use it: our class → the class in the fragment. */
const KEPT_CLASSES: Readonly<Record<string, string>> = {
  claim: 'claim',
  term: 'term',
  cite: 'cite',
  note: 'note',
  eq: 'equation',
  example: 'example',
  mis: 'misconception',
  status: 'evidence',
  technique: 'technique',
  recall: 'recall',
};

const KEPT_ATTRIBUTES = new Set(['id', 'title', 'alt', 'colSpan', 'rowSpan', 'scope', 'start', 'lang', 'dateTime']);

const STATUS = /^(?:demonstrated|replicated|disputed|open)$/;

/** The classes of an element. */
export function classesOf({ properties }: Element): string[] {
  return Array.isArray(properties.className) ? properties.className.map(String) : [];
}

function isElement(node: RootContent | ElementContent | undefined): node is Element {
  return node?.type === 'element';
}

function text(value: string): ElementContent {
  return { type: 'text', value };
}

function element(tagName: string, properties: Element['properties'], children: ElementContent[]): Element {
  return { type: 'element', tagName, properties, children };
}

/**
 * Turns a piece of a built page into HTML that stands anywhere: whole addresses, no scripts, forms, styles or controls, formulas as MathML
 * (every browser draws it, and its annotation holds the TeX), a claim's status in `data-status`, figures as caption, description and table.
 * Pictures are left out, since they are drawn with classes of our style sheet; the caption links to them.
 * @param nodes what stands in the page
 * @param address of that page, with origin
 */
export function portable(nodes: readonly (RootContent | ElementContent)[], address: string): ElementContent[] {
  return joined(nodes.flatMap((node) => one(node, address)));
}

/** Texts that came to stand side by side as one, without the spaces that what was dropped left behind. */
function joined(nodes: readonly ElementContent[]): ElementContent[] {
  return nodes.reduce<ElementContent[]>((kept, node) => {
    const last = kept.at(-1);
    if (node.type === 'text' && last?.type === 'text') last.value = `${last.value}${node.value}`.replace(/ {2,}/g, ' ');
    else kept.push(node);
    return kept;
  }, []);
}

/** Elements in which only other elements stand. */
const FRAMES = new Set(['ul', 'ol', 'dl', 'table', 'thead', 'tbody', 'tr', 'figure', 'section']);

function one(node: RootContent | ElementContent, address: string): ElementContent[] {
  if (node.type === 'text') return [text(node.value.replace(/\s*\n\s*/g, ' '))];
  if (!isElement(node)) return [];
  const { tagName, properties } = node;
  const classes = classesOf(node);
  const has = (name: string): boolean => classes.includes(name);

  if (has('katex')) {
    const math = select('math', node);
    return math === undefined ? [] : [math];
  }
  if (DROPPED.has(tagName) || has('vh') || has('no') || has('moon') || has('needs-js') || properties.dataPagefindIgnore !== undefined)
    return [];
  if (properties.hidden === true || properties.ariaHidden === 'true') return [];
  if (tagName === 'figure' && has('figure')) return [figure(node, address)];
  if (tagName === 'figure' && has('table')) return [table(node, address)];
  if (tagName === 'pre') return [element('pre', {}, [element('code', {}, [text(toText(node, { whitespace: 'pre' }))])])];
  if (has('eq')) return [equation(node)];

  const children = portable(node.children, address);
  if (/^h[2-6]$/.test(tagName)) {
    return [
      element(
        tagName,
        idOf(node),
        children.filter((child) => !isOwnLink(child, node, address)),
      ),
    ];
  }
  if (has('choices')) return [element('ul', {}, children)];
  if (has('side')) return [element('p', {}, [element('b', {}, [text(`${toText(node).trim()}.`)])])];
  if (has('scroll') || has('n') || UNWRAPPED.has(tagName) || tagName.includes('-')) return children;
  // how long a route takes stands beside its title
  if (has('time')) return [text(`(${toText(node).trim()})`)];
  if (tagName === 'span' && !has('label')) return children;
  if (has('label')) return [element('b', {}, [text(`${toText(node).trim()}.`)])];
  if (has('note')) return [element('aside', { className: ['note'] }, children)];

  const name = RENAMED[tagName] ?? tagName;
  const kept: Element['properties'] = Object.fromEntries(Object.entries(properties).filter(([key]) => KEPT_ATTRIBUTES.has(key)));
  const meant = classes.flatMap((one) => KEPT_CLASSES[one] ?? []);
  if (meant.length > 0) kept.className = meant;
  if (typeof properties.href === 'string') kept.href = new URL(properties.href, address).href;
  if (typeof properties.src === 'string') kept.src = new URL(properties.src, address).href;
  const status = has('claim') ? classes.find((one) => STATUS.test(one)) : undefined;
  if (status !== undefined) kept.dataStatus = status;
  if (tagName === 'section' && has('keep') && select('.side', node) !== undefined) kept.className = ['definition'];
  return [
    element(name, kept, FRAMES.has(name) ? children.filter((child) => child.type !== 'text' || child.value.trim() !== '') : children),
  ];
}

function idOf({ properties }: Element): Element['properties'] {
  return properties.id === undefined ? {} : { id: properties.id };
}

/** Whether a node is the link of a heading to itself. */
function isOwnLink(node: ElementContent, heading: Element, address: string): boolean {
  return isElement(node) && node.tagName === 'a' && node.properties.href === `${address}#${String(heading.properties.id)}`;
}

/** A displayed equation with its number, which the page shows beside it and says in the label. */
function equation(node: Element): Element {
  const maths = selectAll('math', node);
  const number = /[a-z]\d+\.\d+$/.exec(select('[aria-label]', node)?.properties.ariaLabel ?? '')?.[0];
  return element('div', { ...idOf(node), className: ['equation'] }, [
    ...maths,
    ...(number === undefined ? [] : [element('span', {}, [text(`(${number})`)])]),
  ]);
}

/** Number and title of a figure or a table, where its numbers come from, and its caption. */
function captioned(label: string, from: Element, address: string): ElementContent[] {
  const mark = from.children.find((child): child is Element => isElement(child) && classesOf(child).includes('prov'));
  const name = from.children.find((child) => isElement(child) && child.tagName === 'b');
  const rest = from.children.filter((child) => child !== mark && child !== name);
  const provenance = mark === undefined ? '' : ` (${toText(mark).trim().toLowerCase()})`;
  return joined([element('b', {}, [text(label)]), text(`${provenance}. `), ...portable(rest, address)]);
}

/** A figure without its picture: number and title, caption, where the picture is, its data, and what it shows in words. */
function figure(node: Element, address: string): Element {
  const caption = select('figcaption > p', node) ?? element('p', {}, []);
  const { id, ariaLabel } = node.properties;
  const link = element('a', { href: `${address}#${String(id)}` }, [text('See the picture.')]);
  return element('figure', idOf(node), [
    element('figcaption', {}, [...joined([...captioned(String(ariaLabel), caption, address), text(' ')]), link]),
    ...portable(selectAll('details.data > :not(summary)', node), address),
  ]);
}

/** A table with its number and caption. */
function table(node: Element, address: string): Element {
  const caption = select('figcaption', node) ?? element('figcaption', {}, []);
  const label = toText(select('b', caption) ?? caption)
    .trim()
    .replace(/\.$/, '');
  return element('figure', idOf(node), [
    element('figcaption', {}, captioned(label, caption, address)),
    ...portable(selectAll('table', node), address),
  ]);
}
