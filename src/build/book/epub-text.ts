import type { Element, ElementContent, Parents, Root } from 'hast';
import { select } from 'hast-util-select';
import { toText } from 'hast-util-to-text';
import { STATUSES, type Status } from '../../schemas/claim.ts';
import { elementsOf, hasClass, make, replace } from './tree.ts';

/** The moons as signs, since an e-reader may not draw them. */
const MOONS: Readonly<Record<Status, string>> = { demonstrated: '●', replicated: '◉', disputed: '◐', open: '○' };
/** Attributes for scripts, focus and layout, which mean nothing in an e-book. */
const DROPPED = /^(?:style|tabIndex|data[A-Z].*|on[A-Z].*|hidden|rel|role|ariaLive|ariaLabel)$/;

function statusOf(element: Element | undefined): Status | undefined {
  return element === undefined ? undefined : STATUSES.find((status) => hasClass(element, status));
}

/** How many arguments a script of MathML has. */
const ARGUMENTS: Readonly<Record<string, number>> = { msub: 2, msup: 2, mover: 2, munder: 2, msubsup: 3, munderover: 3, mfrac: 2 };

/**
 * Mends what KaTeX writes and MathML forbids: a named operator in a script is two elements where one may stand (`m_{\max}`), and an
 * operator made of a letter holds an element where only text may stand (`\mathop{\mathbb{E}}`).
 */
function mendMath(math: Element): void {
  for (const element of elementsOf(math)) {
    const elements = element.children.filter((child) => child.type === 'element');
    const most = ARGUMENTS[element.tagName];
    if (most !== undefined && elements.length > most) {
      element.children = [...elements.slice(0, most - 1), make('mrow', {}, ...elements.slice(most - 1))];
    }
    if (element.tagName === 'mo' && elements.length > 0) element.tagName = 'mrow';
  }
}

/** KaTeX sets a formula twice, as spans and as MathML; this is the second, which needs no style sheet, with its TeX as text form. */
function formula(katex: Element): Element {
  const math = select('math', katex);
  if (math === undefined) throw new Error(`A formula has no MathML: ${toText(katex)}\nSee output in the options of rehype-katex.`);
  const semantics = math.children.find((child): child is Element => child.type === 'element' && child.tagName === 'semantics');
  const annotation = select('annotation', math);
  mendMath(math);
  return {
    ...math,
    properties: { ...math.properties, ...(annotation === undefined ? {} : { alttext: toText(annotation) }) },
    children: semantics?.children.filter((child) => child !== annotation) ?? math.children,
  };
}

/** What an element of the site is in an e-book; undefined for one that stays. */
function plain(element: Element, parent: Parents, words: { inWords: string }): readonly ElementContent[] | undefined {
  if (hasClass(element, 'katex')) return [formula(element)];
  if (hasClass(element, 'katex-display')) return element.children;
  // the drawing for phones
  if (element.tagName === 'svg' && hasClass(element, 'narrow')) return [];
  // the description of a figure, hidden on the site for those who see it
  if (element.tagName === 'p' && hasClass(element, 'vh')) {
    return [make('details', {}, make('summary', {}, words.inWords), make('p', {}, ...element.children))];
  }
  if (hasClass(element, 'moon')) {
    const status = parent.type === 'element' ? statusOf(parent) : undefined;
    const named = element.properties.ariaLabel !== undefined;
    if (status === undefined) return [];
    const properties = named ? { role: 'img', ariaLabel: status } : { ariaHidden: 'true' };
    return [make('span', { className: ['sign'], ...properties }, named ? `\u2060${MOONS[status]}` : `${MOONS[status]} `)];
  }
  // a drawing made of style sheet, such as that of a rating
  if (element.tagName === 'i' && element.properties.ariaHidden !== undefined && toText(element).trim() === '') return [];
  // the number of a section stands in the margin of the site
  if (hasClass(element, 'no')) return [make('span', { className: ['number'] }, ...element.children, { type: 'text', value: ' ' })];
  return undefined;
}

/** Whether a label or a role still says something: on a drawing, and on a formula or a mark. */
function isNamed(element: Element): boolean {
  return element.tagName === 'svg' || element.properties.role === 'img';
}

/**
 * Makes the text of a page fit for e-readers: formulas as MathML, one drawing a figure with its description folded under it, marks of
 * evidence as signs, and no attribute for scripts or styles.
 * @param inWords what stands above the description of a figure
 */
export function plainText(tree: Root, inWords: string): void {
  replace(tree, (element, parent) => plain(element, parent, { inWords }));
  for (const element of elementsOf(tree)) {
    for (const property of Object.keys(element.properties)) {
      if (DROPPED.test(property) && !(isNamed(element) && (property === 'role' || property === 'ariaLabel'))) {
        // eslint-disable-next-line @typescript-eslint/no-dynamic-delete -- hast keeps properties in a plain object
        delete element.properties[property];
      }
    }
  }
}
