import type { Nodes } from 'mdast';
import type { Handbook, Page } from '../../handbook/handbook.ts';
import { printNumber, printValue, withUnit } from '../../handbook/numbers.ts';
import { shortReference } from '../../reader/bibliography.ts';
import { nodesOf } from '../inline/nodes-of.ts';

/** Words of a caption as they are set. */
export interface Run {
  readonly text: string;
  /** Size of the type relative to the caption's. */
  readonly size: number;
  readonly bold: boolean;
  /** Room taken after the words, in em of the caption: the mark of a claim. */
  readonly after: number;
}

/** The moon that Claim.astro draws behind a number. */
const MOON = 0.72;
/** Size of a citation beside the text, as Cite.astro sets it. */
const CITE = 0.8;

function run(text: string, rest: Partial<Run> = {}): Run {
  return { text, size: 1, bold: false, after: 0, ...rest };
}

/** What TeX prints, roughly: a letter for a command, no braces. */
function spoken(tex: string): string {
  return tex.replace(/\\[a-z]+/gi, 'x').replace(/[{}^_\\]/g, '');
}

/**
 * What a text of a content file prints, in runs of one type: for reckoning its length. The components print the same words.
 * @throws UnknownName
 */
export function runsOf(text: string, handbook: Handbook, page: Page): Run[] {
  const walk = (node: Nodes): Run[] => {
    switch (node.type) {
      case 'text':
      case 'inlineCode':
        return [run(node.value)];
      case 'inlineMath':
        return [run(spoken(node.value))];
      case 'mdxJsxTextElement':
      case 'mdxJsxFlowElement': {
        const children = node.children.flatMap(walk);
        const of = (name: string): string | undefined => {
          const value = node.attributes.find((attribute) => attribute.type === 'mdxJsxAttribute' && attribute.name === name)?.value;
          return typeof value === 'string' ? value : undefined;
        };
        const bare = node.attributes.some((attribute) => attribute.type === 'mdxJsxAttribute' && attribute.name === 'bare');
        const id = of('id') ?? '';
        switch (node.name) {
          case 'Claim': {
            const say = of('say');
            const printed = say === undefined ? printValue(handbook.value(id, of('v')), bare) : handbook.fill(id, say);
            return children.length > 0 ? [...children, run('', { after: MOON })] : [run(printed, { after: MOON })];
          }
          case 'Cite':
            return [run([shortReference(handbook.source(id)), of('at')].filter(Boolean).join(', '), { size: CITE })];
          case 'Calc':
            return [run(withUnit(printNumber(handbook.calculate(of('of') ?? ''), Number(of('digits') ?? '0')), of('unit')))];
          case 'Ref':
            return children.length > 0 ? children : [run(handbook.refer(of('to') ?? '', page)?.label ?? '')];
          default:
            return children;
        }
      }
      default:
        return 'children' in node ? (node.children as Nodes[]).flatMap(walk) : [];
    }
  };
  return nodesOf(text).flatMap(walk);
}
