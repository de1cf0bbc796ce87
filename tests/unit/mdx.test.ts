import type { Data, Heading, Nodes, Root } from 'mdast';
import { toString } from 'mdast-util-to-string';
import { expect, test } from 'vitest';
import { partCitations } from '../../src/reader/part-citations.ts';
import { remarkHandbook } from '../../src/markdown/remark-handbook.ts';
import { takeHeadingId } from '../../src/reader/heading-id.ts';
import { outline, parseMdx, readInline, type Outline } from '../../src/reader/mdx.ts';
import type { Problem } from '../../src/reader/problem.ts';

function parse(text: string): Root {
  const root = parseMdx(text, 'content/toy.mdx', []);
  if (root === undefined) throw new Error(`The test's text is no MDX: ${text}`);
  return root;
}

function read(text: string): { outline: Outline; problems: Problem[] } {
  const problems: Problem[] = [];
  return { outline: outline(parse(text), 'content/toy.mdx', problems), problems };
}

function heading(text: string): Heading {
  const [first] = parse(text).children;
  if (first?.type !== 'heading') throw new Error(`The test's text begins with no heading: ${text}`);
  return first;
}

test.each([
  { text: '## Why [#why]', id: 'why', title: 'Why' },
  { text: '### Why not   [#why-not]', id: 'why-not', title: 'Why not' },
  { text: '## What `x` is [#x]', id: 'x', title: 'What x is' },
  { text: '## *Why* [#why]', id: 'why', title: 'Why' },
  { text: '## Why [#]', id: '', title: 'Why' },
  { text: '## Why', id: undefined, title: 'Why' },
  { text: '## Why [#why] not', id: undefined, title: 'Why [#why] not' },
  { text: '## Why `[#why]`', id: undefined, title: 'Why [#why]' },
  { text: '## [#why]', id: 'why', title: '' },
])('$text has the id $id and the title "$title"', ({ text, id, title }) => {
  const node = heading(text);
  expect(takeHeadingId(node)).toBe(id);
  expect(toString(node)).toBe(title);
});

test('sections are numbered, blocks count within their kind, and each has its line', () => {
  const { outline: found, problems } = read(
    '## One [#one]\n\n<Figure id="a" />\n\n### Below [#below]\n\n<Chart id="b" />\n\n## Two [#two]\n\n<Example id="c" title="A sum">\nIt adds.\n</Example>\n',
  );
  expect(problems).toEqual([]);
  expect(found.sections).toEqual([
    { depth: 2, id: 'one', title: 'One', number: 1, line: 1 },
    { depth: 3, id: 'below', title: 'Below', number: 1, line: 5 },
    { depth: 2, id: 'two', title: 'Two', number: 2, line: 9 },
  ]);
  expect(found.blocks).toEqual([
    { kind: 'figure', id: 'a', anchor: 'fig-a', number: 1, title: undefined, line: 3 },
    { kind: 'figure', id: 'b', anchor: 'fig-b', number: 2, title: undefined, line: 7 },
    { kind: 'example', id: 'c', anchor: 'ex-c', number: 1, title: 'A sum', line: 11 },
  ]);
});

test('a run is a whole paragraph, with gaps for what may hold a number, and knows the line of each letter', () => {
  const { outline: found } = read(
    'Of **5**\n*boats* <Claim id="x">9</Claim>, `7`\nand $8$ are <Term>afloat</Term>.\n\n- <Given>6</Given>\n- last\n',
  );
  expect(found.runs.map(({ text }) => text)).toEqual(['Of 5\nboats \uFFFC, \uFFFC\nand \uFFFC are afloat.', 'last']);
  const [run] = found.runs;
  expect(['Of', '5', 'boats', 'and', 'afloat'].map((word) => run?.lineOf(run.text.indexOf(word)))).toEqual([1, 1, 2, 3, 3]);
});

test('words are counted as a reader meets them', () => {
  expect(
    read('## Two words [#two]\n\nThree more words, <Claim id="x" /> and $y$.\n\n<Example id="c" title="A sum">\nAdds.\n</Example>\n')
      .outline.words,
  ).toBe(2 + 3 + 1 + 1 + 1 + 1 + 2 + 1);
});

test('the inline MDX of an attribute is read with its line', () => {
  const { outline: found } = read('<Table\n  id="t"\n  caption="See\n  <Cite id=\'toy2020\' />">\n\n| a |\n|---|\n| b |\n\n</Table>\n');
  expect(found.uses.map(({ name, line }) => ({ name, line }))).toEqual([
    { name: 'Table', line: 1 },
    { name: 'Cite', line: 4 },
  ]);
});

test.each([
  { text: '# Top [#top]\n', line: 1, what: '"Top" is a heading of depth 1.' },
  { text: 'A.\n\n## Why\n', line: 3, what: 'The heading "Why" has no id.' },
  { text: '- ## Why [#why]\n', line: 1, what: 'The heading "Why" stands inside a list or a quotation.' },
  { text: 'A\n![](a.png)\n', line: 2, what: 'The image "a.png" has no text form.' },
  { text: 'A {1 + 1}.\n', line: 1, what: 'Code stands in the text: 1 + 1' },
  { text: 'import a from "b"\n', line: 1, what: 'Code stands in the text: import a from "b"' },
  { text: '<Calc\n  of={1} />\n', line: 2, what: '<Calc> has its attribute "of" in braces.' },
  { text: '<Calc {...a} />\n', line: 1, what: '<Calc> has attributes in braces.' },
])('line $line: $what', ({ text, line, what }) => {
  expect(read(text).problems).toMatchObject([{ file: 'content/toy.mdx', line, what }]);
});

test('broken MDX in a part of a file names the line of the file and no place of its own', () => {
  const problems: Problem[] = [];
  const found = readInline('A\n<Term>b', 'content/toy.yaml', problems, ({ line }) => 10 * line);
  expect(found).toMatchObject({ uses: [], words: 0 });
  expect(problems).toMatchObject([
    { line: 20, what: 'The MDX cannot be read: Expected a closing tag for `<Term>` before the end of `paragraph`.' },
  ]);
});

/** What a node becomes in HTML. */
function dataOf(node: Nodes | undefined): (Data & { hName?: string; hProperties?: object }) | undefined {
  return node?.data;
}

/** A tree as names: elements by the name they become, else their type. */
function shape(node: Nodes): unknown {
  const name = dataOf(node)?.hName ?? ('name' in node ? node.name : node.type);
  return 'children' in node && !['paragraph', 'heading', 'Note'].includes(String(name))
    ? { [String(name)]: node.children.map((child) => shape(child)) }
    : name;
}

function transform(text: string): Root {
  const root = parse(text);
  remarkHandbook()(root);
  return root;
}

const NOTE = '<Note>\naside\n</Note>\n\n';

test.each([
  {
    name: 'stands beside the paragraph that it follows',
    text: `A.\n\n${NOTE}B.\n`,
    children: [{ div: ['paragraph', 'Note'] }, 'paragraph'],
  },
  { name: 'after a heading stands alone', text: `## Why [#why]\n\n${NOTE}`, children: ['heading', 'Note'] },
  { name: 'at the beginning stands alone', text: `${NOTE}A.\n`, children: ['Note', 'paragraph'] },
  { name: 'stands beside a component', text: `<Figure id="a" />\n\n${NOTE}`, children: [{ div: [{ Figure: [] }, 'Note'] }] },
])('a note $name', ({ text, children }) => {
  expect(transform(text).children.map(shape)).toEqual(children);
});

test('sections carry their number, subsections none; both link to themselves and hold nothing but their words', () => {
  const [one, below, two] = transform('## One [#one]\n\n### Below [#below]\n\n## Two [#two]\n').children as Heading[];
  expect([one, below, two].map((node) => node && toString(node))).toEqual(['One', 'Below', 'Two']);
  expect([one, below, two].map((node) => dataOf(node)?.hProperties)).toEqual([
    { id: 'one', dataNo: '1' },
    { id: 'below' },
    { id: 'two', dataNo: '2' },
  ]);
  expect(dataOf(one?.children[0])).toMatchObject({ hName: 'a', hProperties: { className: ['anchor'], href: '#one' } });
});

test.each([
  { text: 'So it is. <Cite id="a" /> <Cite id="b" at="§1" />', values: ['So it is. ', '; '] },
  { text: 'Both <Cite id="a" /> and <Cite id="b" />\n<Cite id="c" /> did.', values: ['Both ', ' and ', '; ', ' did.'] },
  { text: 'So <Claim id="a" /> <Cite id="b" />', values: ['So ', ' '] },
])('citations in a row are parted in $text', ({ text, values }) => {
  const root = parseMdx(text, 'x', []);
  if (root === undefined) throw new Error('It was not parsed.');
  partCitations(root);
  const [paragraph] = root.children;
  const written = paragraph !== undefined && 'children' in paragraph ? paragraph.children : [];
  expect(written.filter((node) => node.type === 'text').map((node) => node.value)).toEqual(values);
});
