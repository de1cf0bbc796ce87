import type { Nodes } from 'mdast';
import { parseMdx } from '../reader/mdx.ts';
import { ContentError, type Problem } from '../reader/problem.ts';
import type { Handbook } from './handbook.ts';
import { printNumber, printValue, withUnit } from './numbers.ts';

/**
 * An inline text as plain words: claims and sums print their values, references their names, short maths its signs. Citations are left
 * out, for they interrupt a sentence that stands alone.
 * @throws ContentError where it is no MDX, UnknownName where it names what is not there
 */
export function plain(handbook: Handbook, text: string): string {
  const problems: Problem[] = [];
  const root = parseMdx(text, text.slice(0, 60), problems);
  if (root === undefined) throw new ContentError(problems);
  return (
    printed(handbook, root)
      .replace(/\s+/g, ' ')
      // brackets that held citations, and the space before them
      .replace(/ ?\([;,\s]*\)/g, '')
      .replace(/ (?=[.,;:)])/g, '')
      .trim()
  );
}

/** TeX as one would type it in a message: `p_{\text{train}}` is p_train, `95\,\%` is 95 %. */
function typed(tex: string): string {
  return tex
    .replaceAll('\\,', ' ')
    .replace(/\\text\{([^{}]*)\}/g, '$1')
    .replace(/\{(\w+)\}/g, '$1')
    .replace(/\\([%&#_{}])/g, '$1');
}

function printed(handbook: Handbook, node: Nodes): string {
  if (node.type === 'inlineMath') return typed(node.value);
  if ('value' in node) return node.value;
  if (!('children' in node)) return '';
  const words = node.children.map((child) => printed(handbook, child)).join('');
  if (node.type !== 'mdxJsxTextElement' && node.type !== 'mdxJsxFlowElement') return words;
  const attributes = new Map(
    node.attributes.flatMap((attribute): [string, string][] =>
      attribute.type === 'mdxJsxAttribute' && typeof attribute.value === 'string' ? [[attribute.name, attribute.value]] : [],
    ),
  );
  const of = (name: string): string => attributes.get(name) ?? '';
  if (node.name === 'Cite') return '';
  if (words !== '') return words;
  if (node.name === 'Calc') {
    return withUnit(printNumber(handbook.calculate(of('of')), Number(attributes.get('digits') ?? 0)), attributes.get('unit'));
  }
  if (node.name === 'Ref') return handbook.refer(of('to'), undefined)?.label ?? '';
  if (node.name !== 'Claim') return '';
  const say = attributes.get('say');
  const bare = node.attributes.some((attribute) => attribute.type === 'mdxJsxAttribute' && attribute.name === 'bare');
  return say === undefined ? printValue(handbook.value(of('id'), attributes.get('v')), bare) : handbook.fill(of('id'), say);
}
