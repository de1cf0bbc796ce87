import type { Heading, Nodes, Root } from 'mdast';
import type { InlineMath, Math } from 'mdast-util-math';
import type { MdxJsxFlowElement, MdxJsxTextElement } from 'mdast-util-mdx-jsx';
import { toString } from 'mdast-util-to-string';
import remarkFrontmatter from 'remark-frontmatter';
import remarkGfm from 'remark-gfm';
import remarkMath from 'remark-math';
import remarkMdx from 'remark-mdx';
import remarkParse from 'remark-parse';
import { unified } from 'unified';
import { takeHeadingId } from './heading-id.ts';
import type { Problem } from './problem.ts';

/** A component in the text, with its attributes as written. */
export interface Use {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  /** The plain text between its tags. */
  readonly text: string;
  readonly line: number;
  /** Anchor of the table in whose cells it stands, where it stands in one. */
  readonly table?: string;
}

/** A numbered or named thing that can be linked to. */
export interface Block {
  readonly kind: 'figure' | 'equation' | 'table' | 'definition' | 'example' | 'misconception';
  /** The name its author gave it. */
  readonly id: string;
  /** Its anchor on the page, such as `fig-scaling`. */
  readonly anchor: string;
  /** Its number among its kind on the page, from 1. */
  readonly number: number;
  /** Title or caption as written, where it has one. */
  readonly title: string | undefined;
  readonly line: number;
}

export interface Section {
  readonly depth: 2 | 3;
  readonly id: string;
  readonly title: string;
  /** Number among the sections of depth 2, from 1. */
  readonly number: number;
  readonly line: number;
}

/** A place in a text: its line, from 1, and its character, from 0. */
interface Point {
  readonly line: number;
  readonly offset: number;
}

/** The line of its file on which a place of a text stands. */
export type Lines = (place: Point) => number;

/** For a text that is a whole file. */
const OWN_LINES: Lines = ({ line }) => line;

/** The words of one paragraph, heading or cell that the reader sees; a gap stands for whatever may hold a number. */
export interface Run {
  readonly text: string;
  readonly line: number;
  /** Line of the character at `index` of the text. */
  readonly lineOf: (index: number) => number;
}

/** What a text holds, as far as the handbook needs to know. */
export interface Outline {
  readonly sections: readonly Section[];
  readonly blocks: readonly Block[];
  readonly uses: readonly Use[];
  readonly runs: readonly Run[];
  readonly maths: readonly (Run & { readonly display: boolean })[];
  /** What stands in lines of its own and is neither a paragraph nor a component: `list`, `table` … */
  readonly flow: readonly { readonly type: string; readonly line: number }[];
  /** Words a reader reads. */
  readonly words: number;
}

/** The outline as the handbook keeps it: without the words and the maths, which only the check reads. */
export type PageOutline = Pick<Outline, 'sections' | 'blocks' | 'uses' | 'words'>;

/** Which component makes which kind of block, and what its anchor begins with. */
export const BLOCKS: Readonly<Record<string, { kind: Block['kind']; prefix: string; word: string }>> = {
  Figure: { kind: 'figure', prefix: 'fig', word: 'Figure' },
  Chart: { kind: 'figure', prefix: 'fig', word: 'Figure' },
  Equation: { kind: 'equation', prefix: 'eq', word: 'equation' },
  Table: { kind: 'table', prefix: 'tab', word: 'Table' },
  Definition: { kind: 'definition', prefix: 'def', word: 'Definition' },
  Example: { kind: 'example', prefix: 'ex', word: 'Example' },
  Misconception: { kind: 'misconception', prefix: 'mis', word: 'Misconception' },
};

/** The components in which a number may be typed: they hold a claim's, a computed or a supposed number. */
const HOLDS_NUMBERS = new Set(['Claim', 'Cite', 'Calc', 'Given', 'Ref']);

/** Attributes whose value is itself inline MDX. */
export const INLINE_ATTRIBUTES: Readonly<Record<string, readonly string[]>> = { Table: ['caption'], Example: ['title'] };

type Jsx = MdxJsxFlowElement | MdxJsxTextElement;

const parser = unified().use(remarkParse).use(remarkFrontmatter).use(remarkGfm).use(remarkMath).use(remarkMdx).freeze();

/** Parses a text as MDX. A text that is none goes to `problems` with its line, which `lines` knows where the text is part of a file. */
export function parseMdx(text: string, file: string, problems: Problem[], lines: Lines = OWN_LINES): Root | undefined {
  try {
    return parser.parse(text);
  } catch (error) {
    const { reason = String(error), place } = error as { reason?: string; place?: Partial<Point> & { start?: Partial<Point> } };
    // of a tag that is not closed the error has the whole paragraph, and its words the tag
    const [, row, column] = /^Expected a closing tag for .* \((\d+):(\d+)/.exec(reason) ?? [];
    const { line = 1, offset = 0 } = row === undefined ? (place?.start ?? place ?? {}) : placeAt(text, Number(row), Number(column));
    // places within a part of a file mean nothing to its author
    const fault = lines === OWN_LINES && row === undefined ? reason : reason.replace(/ \(\d+:\d+(?:-\d+:\d+)?\)/g, '');
    problems.push({
      file,
      line: lines({ line, offset }),
      what: `The MDX cannot be read: ${fault.replace(/\.?$/, '.')}`,
      remedy: 'Close every tag, and write a brace or an angle bracket that is meant as a sign inside maths or code.',
    });
    return undefined;
  }
}

function placeAt(text: string, line: number, column: number): Point {
  const before = text.split('\n').slice(0, line - 1);
  return { line, offset: before.join('\n').length + (before.length > 0 ? 1 : 0) + column - 1 };
}

function pointOf(node: {
  readonly position?: { readonly start: { readonly line: number; readonly offset?: number | undefined } } | undefined;
}): Point {
  return { line: node.position?.start.line ?? 1, offset: node.position?.start.offset ?? 0 };
}

function attributesOf(node: Jsx, file: string, lines: Lines, problems: Problem[]): Record<string, string> {
  const attributes: Record<string, string> = {};
  for (const attribute of node.attributes) {
    if (attribute.type === 'mdxJsxAttribute' && (attribute.value === null || attribute.value === undefined)) {
      attributes[attribute.name] = '';
    } else if (attribute.type === 'mdxJsxAttribute' && typeof attribute.value === 'string') {
      attributes[attribute.name] = attribute.value;
    } else {
      problems.push({
        file,
        line: lines(pointOf(attribute)),
        what: `<${node.name ?? ''}> has ${'name' in attribute ? `its attribute "${attribute.name}"` : 'attributes'} in braces.`,
        remedy: 'Write attributes as plain text in quotes; the text is read without running code.',
      });
    }
  }
  return attributes;
}

/** Stands in a run for what is no prose. */
const GAP = '\uFFFC';

/** What may stand within a sentence. Everything else ends a run. */
const PHRASING = new Set([
  ...['text', 'emphasis', 'strong', 'delete', 'link', 'linkReference', 'break', 'inlineCode', 'inlineMath', 'image', 'imageReference'],
  ...['footnoteReference', 'mdxJsxTextElement'],
]);

/** Walks a parsed text and notes its sections, blocks, components, prose and maths. */
export function outline(root: Root, file: string, problems: Problem[], lines: Lines = OWN_LINES): Outline {
  const sections: Section[] = [];
  const blocks: Block[] = [];
  const uses: Use[] = [];
  const runs: Run[] = [];
  const maths: (Run & { display: boolean })[] = [];
  const counts = new Map<string, number>();
  let words = 0;
  let table: string | undefined;

  const lineOf = (node: Nodes | Jsx): number => lines(pointOf(node));

  /** Line of the character at `index` of a text that begins at `start`. */
  const lineWithin = (text: string, start: Point, index: number): number =>
    lines({ line: start.line + text.slice(0, index).split('\n').length - 1, offset: start.offset + index });

  let pieces: { text: string; start: Point }[] = [];
  const addPiece = (text: string, node: Nodes | Jsx): void => {
    pieces.push({ text, start: pointOf(node) });
  };
  const endRun = (): void => {
    const parts = pieces;
    pieces = [];
    const first = parts[0];
    if (first === undefined || parts.every(({ text }) => text.replaceAll(GAP, '').trim() === '')) return;
    runs.push({
      text: parts.map(({ text }) => text).join(''),
      line: lines(first.start),
      lineOf: (index) => {
        let rest = index;
        for (const { text, start } of parts) {
          if (rest < text.length) return lineWithin(text, start, rest);
          rest -= text.length;
        }
        return lines(first.start);
      },
    });
  };

  const addSection = (heading: Heading, inside: string | undefined): void => {
    const line = lineOf(heading);
    const id = takeHeadingId(heading);
    const title = toString(heading);
    if (inside !== undefined) {
      problems.push({
        file,
        line,
        what: `The heading "${title}" stands inside ${inside}.`,
        remedy: 'Put it outside: only a heading of the page itself gets its anchor.',
      });
    }
    if (heading.depth !== 2 && heading.depth !== 3) {
      problems.push({
        file,
        line,
        what: `"${title}" is a heading of depth ${heading.depth}.`,
        remedy: 'Use ## and ### only; the title of the page comes from the frontmatter.',
      });
      return;
    }
    if (id === undefined) {
      problems.push({ file, line, what: `The heading "${title}" has no id.`, remedy: 'End it with a permanent id, such as [#why].' });
      return;
    }
    const number = sections.filter((section) => section.depth === 2).length + (heading.depth === 2 ? 1 : 0);
    sections.push({ depth: heading.depth, id, title, number, line });
  };

  const addJsx = (node: Jsx): void => {
    const name = node.name ?? '';
    const line = lineOf(node);
    const attributes = attributesOf(node, file, lines, problems);
    uses.push({ name, attributes, text: toString(node), line, ...(table !== undefined && { table }) });
    const block = BLOCKS[name];
    if (block !== undefined) {
      const number = (counts.get(block.kind) ?? 0) + 1;
      counts.set(block.kind, number);
      const id = attributes.id ?? '';
      const title = attributes.title ?? attributes.caption;
      blocks.push({ kind: block.kind, id, anchor: `${block.prefix}-${id}`, number, title, line });
    }
    for (const key of INLINE_ATTRIBUTES[name] ?? []) {
      const value = attributes[key];
      const first = lineOf(
        (node.attributes.find((attribute) => attribute.type === 'mdxJsxAttribute' && attribute.name === key) ?? node) as Jsx,
      );
      if (value !== undefined) absorb(readInline(value, file, problems, (place) => first + place.line - 1));
    }
  };

  const absorb = (inner: Outline): void => {
    uses.push(...inner.uses);
    runs.push(...inner.runs);
    maths.push(...inner.maths);
    words += inner.words;
  };

  const visit = (node: Nodes | Jsx | Math | InlineMath, parent: Nodes | Jsx | undefined): void => {
    const ends = !PHRASING.has(node.type);
    if (ends) endRun();
    visitNode(node, parent);
    if (ends) endRun();
  };

  const visitNode = (node: Nodes | Jsx | Math | InlineMath, parent: Nodes | Jsx | undefined): void => {
    switch (node.type) {
      case 'text': {
        addPiece(node.value, node);
        const held = node.value.trim();
        if (held !== '') words += held.split(/\s+/).length;
        return;
      }
      case 'break':
        addPiece('\n', node);
        return;
      case 'inlineCode':
        addPiece(GAP, node);
        return;
      case 'math':
      case 'inlineMath': {
        const display = node.type === 'math';
        const { line, offset } = pointOf(node);
        // a displayed formula begins on the line after its $$
        const start = display ? { line: line + 1, offset: offset + 3 } : { line, offset: offset + 1 };
        const { value } = node;
        maths.push({ text: value, line: lineOf(node), display, lineOf: (index) => lineWithin(value, start, index) });
        if (!display) addPiece(GAP, node);
        words += 1;
        return;
      }
      case 'heading':
        addSection(
          node,
          parent === undefined || parent.type === 'root'
            ? undefined
            : 'name' in parent
              ? `<${parent.name ?? ''}>`
              : 'a list or a quotation',
        );
        break;
      case 'table':
        for (const cell of node.children[0]?.children ?? []) {
          if (cell.children.length > 0) continue;
          problems.push({
            file,
            line: lineOf(cell),
            what: 'A column of the table has no heading.',
            remedy: 'Name what stands in it: whoever hears the table is told the heading with each cell.',
          });
        }
        break;
      case 'image':
        addPiece(GAP, node);
        if (node.alt === null || node.alt === undefined || node.alt.trim() === '') {
          problems.push({
            file,
            line: lineOf(node),
            what: `The image "${node.url}" has no text form.`,
            remedy: 'Say in its brackets what it shows, or use <Figure>, whose file asks for a description.',
          });
        }
        return;
      case 'html':
      case 'mdxjsEsm':
      case 'mdxFlowExpression':
      case 'mdxTextExpression':
        problems.push({
          file,
          line: lineOf(node),
          what: `Code stands in the text: ${node.value.trim().slice(0, 40)}`,
          remedy: 'Use the components of CONTRIBUTING.md; write a brace that is meant as a sign inside maths or code.',
        });
        return;
      case 'mdxJsxFlowElement':
      case 'mdxJsxTextElement':
        addJsx(node);
        if (HOLDS_NUMBERS.has(node.name ?? '')) {
          addPiece(GAP, node);
          const held = toString(node).trim();
          words += held === '' ? 1 : held.split(/\s+/).length;
          return;
        }
        break;
      default:
    }
    const outer = table;
    if ('name' in node && node.name === 'Table') table = blocks.at(-1)?.anchor;
    if ('children' in node) for (const child of node.children) visit(child, node);
    table = outer;
  };

  visit(root, undefined);
  const flow = root.children
    .filter(({ type }) => type !== 'paragraph' && type !== 'mdxJsxFlowElement' && type !== 'yaml')
    .map((node) => ({ type: node.type, line: lineOf(node) }));
  return { sections, blocks, uses, runs, maths, flow, words };
}

/** Parses inline MDX, such as a caption or an answer, and outlines it. An unreadable text gives an empty outline and a problem. */
export function readInline(text: string, file: string, problems: Problem[], lines: Lines): Outline {
  const root = parseMdx(text, file, problems, lines);
  return root === undefined
    ? { sections: [], blocks: [], uses: [], runs: [], maths: [], flow: [], words: 0 }
    : outline(root, file, problems, lines);
}
