import type { Element, ElementContent, Parents, Root } from 'hast';
import { fromHtml } from 'hast-util-from-html';
import { select, selectAll } from 'hast-util-select';
import { elementsOf, hasClass, make, replace } from './tree.ts';

/** Elements that no book needs, wherever they stand. */
const DROPPED = new Set(['button', 'link', 'nav', 'output', 'script', 'style']);
/** What serves a reader of the site: letters to jump to, filters, time and address, BibTeX and the tables behind the figures. */
const FURNITURE = ['letters', 'controls', 'data'];

function isFurniture(element: Element, parent: Parents): boolean {
  // what stands around the text is not searched either: ways on, citation, exercises
  const around = parent.type === 'root' && 'dataPagefindIgnore' in element.properties;
  const inHead = parent.type === 'element' && hasClass(parent, 'head') && hasClass(element, 'note');
  return (
    around ||
    inHead ||
    element.properties.hidden === true ||
    DROPPED.has(element.tagName) ||
    FURNITURE.some((name) => hasClass(element, name))
  );
}

/**
 * The text of a built page: what stands in its `<main>`, without breadcrumbs, ways on, controls and scripts.
 * @param html the page as Astro wrote it
 * @param path its address, for the message
 * @throws Error where it has no `<main>`
 */
export function proseOf(html: string, path: string): Root {
  const main = select('main', fromHtml(html));
  if (main === undefined) throw new Error(`${path} has no <main>.\nThe book takes the text of a page from it; see src/layouts.`);
  const root: Root = { type: 'root', children: main.children };
  replace(root, (element, parent) => {
    if (isFurniture(element, parent)) return [];
    // a name that leads to itself is only a name on paper
    if (element.tagName === 'a' && hasClass(element, 'anchor'))
      return 'dataPagefindIgnore' in element.properties
        ? []
        : [make('span', { className: element.properties.className }, ...element.children)];
    // a custom element has no script here, and is only its content
    return element.tagName.includes('-') ? element.children : undefined;
  });
  return root;
}

/** The question with a box before each option, to be ticked by pencil. */
function asked(form: Element, properties: Element['properties']): Element {
  const ask = select('.ask', form);
  return make(
    'div',
    { className: ['do'], ...properties },
    ...(ask === undefined ? [] : [ask]),
    make('p', {}, ...(select('legend', form)?.children ?? [])),
    make('ol', { className: ['choices'] }, ...selectAll('.choices label > span', form).map((option) => make('li', {}, ...option.children))),
  );
}

function answered(form: Element, ...before: ElementContent[]): Element {
  // the script of the site writes into the empty mark whether a guess was right
  const answer = (select('details p', form)?.children ?? []).filter(
    (node) => node.type !== 'element' || !('dataVerdict' in node.properties),
  );
  return make('p', { className: ['answer-to'] }, ...before, ...answer);
}

/**
 * Turns the questions of a page that are answered by ticking into text. The answer to the prediction goes to the end of the page, that
 * of a question in a self-check below it.
 * @param lead the words before the answer to the prediction
 */
export function withoutForms(tree: Root, lead: string): void {
  const answers: Element[] = [];
  replace(tree, (element) => {
    if (element.tagName === 'form') {
      answers.push(answered(element, make('b', {}, lead), { type: 'text', value: ' ' }));
      return [asked(element, { id: element.properties.id })];
    }
    return hasClass(element, 'question') ? [asked(element, {}), answered(element)] : undefined;
  });
  tree.children.push(...answers);
}

/** Makes headings so many levels lower: the title of a page is that of a chapter in a book. */
export function lowerHeadings(tree: Parents, levels: number): void {
  for (const element of elementsOf(tree)) {
    const level = /^h([1-6])$/.exec(element.tagName)?.[1];
    if (level !== undefined) element.tagName = `h${Math.min(6, Number(level) + levels)}`;
  }
}
