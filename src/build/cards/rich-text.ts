import type { Element, Nodes } from 'hast';
import { NBSP } from '../../handbook/numbers.ts';
import type { Run } from './card.ts';

type Style = Omit<Run, 'text'>;

/** What a page shows or says and a card does not: numbers in the gutter, marks of evidence and provenance, what is only heard, what is pressed. */
const UNSEEN = new Set(['no', 'moon', 'prov', 'vh']);
const UNREAD = new Set(['button', 'svg', 'details', 'figure', 'script', 'style', 'template']);

/** Signs that stand free between what they join, by TeX's rules. */
const RELATIONS = new Set(Array.from('=<>≤≥≈∼≠→⇒∈|≪≫∝:'));
const JOINS = new Set(Array.from('+−±×÷∖∪∩'));

/**
 * The words of a piece of a page, in the ways in which they are set. Maths becomes letters and signs in a line, with what stands above or
 * below the line raised or lowered.
 * @returns runs whose white space is collapsed; none for a piece without words
 */
export function runsOf(node: Nodes): Run[] {
  return tidy(read(node, {}));
}

function classesOf(element: Element): readonly (string | number)[] {
  const { className } = element.properties;
  return Array.isArray(className) ? className : [];
}

function read(node: Nodes, style: Style): Run[] {
  if (node.type === 'text') return [{ ...style, text: node.value }];
  if (node.type === 'root') return node.children.flatMap((child) => read(child, style));
  if (node.type !== 'element') return [];
  const classes = classesOf(node);
  if (UNREAD.has(node.tagName) || node.properties.ariaHidden === 'true' || classes.some((name) => UNSEEN.has(String(name)))) return [];
  if (node.tagName === 'math') return maths(node, style);
  const inner: Style = {
    ...style,
    ...((node.tagName === 'em' || node.tagName === 'i') && { italic: true }),
    ...(node.tagName === 'code' && { code: true }),
    ...(classes.includes('cite') && { cite: true }),
  };
  return node.children.flatMap((child) => read(child, inner));
}

/** A formula in one line. */
function maths(root: Element, style: Style): Run[] {
  const runs: Run[] = [];
  const put = (text: string, own: Style): void => {
    if (text !== '') runs.push({ ...own, text });
  };
  const elements = (node: Element): Element[] => node.children.filter((child): child is Element => child.type === 'element');
  const textOf = (node: Element): string =>
    node.children.map((child) => (child.type === 'text' ? child.value : child.type === 'element' ? textOf(child) : '')).join('');
  /** Whether a sign here would stand between two things, and not before one. */
  const after = (): boolean => {
    const last = runs.at(-1)?.text.trimEnd().at(-1);
    return last !== undefined && !RELATIONS.has(last) && !JOINS.has(last) && !'([{,/√'.includes(last);
  };
  const bracketed = (node: Element, own: Style): void => {
    const whole = node.tagName === 'mrow' && elements(node).length > 1;
    put(whole ? '(' : '', own);
    visit(node, own);
    put(whole ? ')' : '', own);
  };
  const visit = (node: Element, own: Style): void => {
    const [first, second, third] = elements(node);
    switch (node.tagName) {
      case 'annotation':
        return;
      case 'mi': {
        const name = textOf(node);
        put(name, Array.from(name).length === 1 && node.properties.mathvariant !== 'normal' ? { ...own, italic: true } : own);
        return;
      }
      case 'mo': {
        const sign = textOf(node).replaceAll('-', '−').replaceAll('∣', '|');
        // the sign for "applied to", which is not seen, keeps the name of a function from what it is applied to
        if (sign === '\u2061') return put(NBSP, own);
        if (sign === ',' || sign === ';') return put(`${sign}${own.shift === undefined ? NBSP : ''}`, own);
        const free = own.shift === undefined && (RELATIONS.has(sign) || JOINS.has(sign)) && after();
        return put(free ? `${NBSP}${sign}${NBSP}` : sign, own);
      }
      case 'mspace':
        return put(NBSP, own);
      case 'msqrt':
        put('√', own);
        for (const child of elements(node)) bracketed(child, own);
        return;
      case 'mfrac':
        if (first !== undefined) bracketed(first, own);
        put('/', own);
        if (second !== undefined) bracketed(second, own);
        return;
      case 'msub':
      case 'munder':
      case 'msup':
      case 'mover':
      case 'msubsup':
      case 'munderover': {
        const raised = node.tagName === 'msup' || node.tagName === 'mover';
        if (first !== undefined) visit(first, own);
        if (second !== undefined) visit(second, { ...own, shift: raised ? 'sup' : 'sub' });
        if (third !== undefined) visit(third, { ...own, shift: 'sup' });
        return;
      }
      default:
        if (elements(node).length === 0) put(textOf(node), own);
        else for (const child of elements(node)) visit(child, own);
    }
  };
  visit(root, style);
  return runs;
}

/** Ends a sentence, with its closing quotation mark or bracket. */
const SENTENCE_END = /[.?!][”’)]?$/;

/** Collapses white space, joins what is set alike, and leaves out sources that are named after a sentence. */
function tidy(runs: readonly Run[]): Run[] {
  const tidied: Run[] = [];
  for (const run of runs) {
    const before = tidied.at(-1);
    if (run.cite === true && (before === undefined || SENTENCE_END.test(before.text.trimEnd()))) continue;
    // the joiner holds a mark to its word; without the mark there is nothing to join
    let text = run.text.replaceAll(/[\u2060\u200b]/g, '').replaceAll(/[ \n\t\r]+/g, ' ');
    if (before === undefined || before.text.endsWith(' ')) text = text.replace(/^ /, '');
    if (text === '') continue;
    if (before !== undefined && alike(before, run)) tidied[tidied.length - 1] = { ...before, text: before.text + text };
    else tidied.push({ ...run, text });
  }
  const last = tidied.pop();
  if (last === undefined) return [];
  const text = last.text.trimEnd();
  return text === '' ? tidied : [...tidied, { ...last, text }];
}

function alike(a: Run, b: Run): boolean {
  return a.italic === b.italic && a.code === b.code && a.shift === b.shift && a.cite === b.cite;
}

/** The words alone, as one string. */
export function plain(runs: readonly Run[]): string {
  return runs.map(({ text }) => text).join('');
}
