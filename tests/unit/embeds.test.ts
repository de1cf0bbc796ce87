import { fromHtml } from 'hast-util-from-html';
import { select, selectAll } from 'hast-util-select';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { runsOf } from '../../src/components/embed/caption.ts';
import { embedHeight, linesOf } from '../../src/components/embed/height.ts';
import { figureOn, figuresOf, withPage } from '../../src/handbook/figures.ts';
import { handbookOf } from '../../src/handbook/handbook-of.ts';
import { UnknownName } from '../../src/handbook/handbook.ts';
import { labOembed, labSnippet, oembed, snippet, type Place } from '../../src/handbook/oembed.ts';
import { readContent } from '../../src/reader/content.ts';

const handbook = handbookOf(await readContent(fileURLToPath(new URL('../fixtures/good/content', import.meta.url))), '/name/');
const place: Place = { origin: 'https://example.org', links: handbook.links };
const figures = figuresOf(handbook);

test('figures stand in the order of the book, with their numbers and their places in the chapters', () => {
  expect(figures.map(({ page, id, number, href }) => ({ page: page.id, id, number, href }))).toEqual([
    { page: 'a1', id: 'fold', number: 'a1.1', href: '/name/boats/folding/#fig-fold' },
    { page: 'a2', id: 'afloat', number: 'a2.1', href: '/name/boats/floating/#fig-afloat' },
    { page: 'a2', id: 'leak', number: 'a2.2', href: '/name/boats/floating/#fig-leak' },
    { page: 'b1', id: 'bath', number: 'b1.1', href: '/name/ducks/squeaking/#fig-bath' },
  ]);
});

test('a figure is asked for by the page that shows it', () => {
  expect(figureOn(handbook, 'a2', 'leak').number).toBe('a2.2');
  expect(() => figureOn(handbook, 'a1', 'leak')).toThrow(UnknownName);
});

test.each([
  ['<Ref to="eq-gap" />', '<Ref to="b2#eq-gap" />'],
  ['<Ref to="#eq-gap">it</Ref> and <Ref to="fig-x" />', '<Ref to="b2#eq-gap">it</Ref> and <Ref to="b2#fig-x" />'],
  ['<Ref to="a1" />, <Ref to="a1#known" />', '<Ref to="a1" />, <Ref to="a1#known" />'],
  ['no reference', 'no reference'],
])('away from page b2, %s is written %s', (text, expected) => {
  expect(withPage(text, 'b2')).toBe(expected);
});

test.each(figures)('the oEmbed reply for figure $number has every field that the specification and its readers ask for', (figure) => {
  const { html, title, ...rest } = oembed(figure, place, 480);
  expect(title).toBe(`Figure ${figure.number}: ${figure.data.title}`);
  expect(rest).toEqual({
    version: '1.0',
    type: 'rich',
    author_name: 'Hidden Objectives contributors',
    author_url: 'https://example.org/name/reference/citing/',
    provider_name: 'Hidden Objectives',
    provider_url: 'https://example.org/name/',
    cache_age: 86_400,
    thumbnail_url: `https://example.org/name/cards/${figure.page.id}/fig-${figure.id}.png`,
    thumbnail_width: 1200,
    thumbnail_height: 630,
    width: 640,
    height: 480,
  });
  expect(selectAll('*', fromHtml(html, { fragment: true })).map(({ tagName, properties }) => ({ tagName, properties }))).toEqual([
    {
      tagName: 'iframe',
      properties: {
        src: `https://example.org/name/embed/${figure.page.id}/${figure.id}/`,
        title,
        width: 640,
        height: 480,
        loading: 'lazy',
        frameBorder: '0',
      },
    },
  ]);
});

test('a title keeps its quotation marks and signs in the frame', () => {
  const [figure] = figures;
  if (figure === undefined) throw new Error('The toy book has no figure.');
  const odd = { ...figure, data: { ...figure.data, title: 'Rate <of> "it" & more' } };
  expect(select('iframe', fromHtml(oembed(odd, place, 1).html, { fragment: true }))?.properties.title).toBe(
    'Figure a1.1: Rate <of> "it" & more',
  );
});

test('what is to be pasted is a frame as wide as its place, and the script below the same base', () => {
  const [figure] = figures;
  if (figure === undefined) throw new Error('The toy book has no figure.');
  const tree = fromHtml(snippet(figure, place, 480), { fragment: true });
  expect(select('iframe', tree)?.properties).toMatchObject({ width: '100%', height: 480 });
  expect(select('script', tree)?.properties).toEqual({ async: true, src: 'https://example.org/name/embed.js' });
});

test('a lab is framed in the state in which it begins, with its own card and the script that fits the frame', () => {
  const lab = handbook.lab('bathtub');
  expect(labOembed(lab, place)).toMatchObject({
    type: 'rich',
    title: 'Fill the tub',
    thumbnail_url: 'https://example.org/name/cards/labs/bathtub.png',
    width: 640,
    height: 900,
    html: '<iframe src="https://example.org/name/embed/bathtub/" title="Fill the tub" width="640" height="900" loading="lazy" frameborder="0"></iframe>',
  });
  expect(labSnippet(lab, place)).toBe(
    '<iframe src="https://example.org/name/embed/bathtub/" title="Fill the tub" width="100%" height="900" loading="lazy" frameborder="0"></iframe>\n<script async src="https://example.org/name/embed.js"></script>',
  );
});

test('a lab is asked for by its id, and knows the page that it belongs to', () => {
  expect(handbook.labs.map(({ id, page, href }) => ({ id, page: page.id, href }))).toEqual([
    { id: 'bathtub', page: 'a2', href: '/name/labs/bathtub/' },
  ]);
  expect(() => handbook.lab('bath')).toThrow(UnknownName);
});

test.each([
  { text: 'one two three', room: 1000, lines: 1 },
  { text: 'one two three', room: 60, lines: 2 },
  { text: 'one two three', room: 10, lines: 3 },
  { text: 'red-teaming', room: 50, lines: 2 },
  { text: '55\u00a0%', room: 10, lines: 1 },
  { text: '', room: 10, lines: 1 },
])('"$text" takes $lines lines in $room px', ({ text, room, lines }) => {
  expect(linesOf([{ text, size: 1, bold: false, after: 0 }], 15, room)).toBe(lines);
});

test('a word that begins in one type and ends in another is not broken', () => {
  const type = { size: 1, bold: false, after: 0 };
  const runs = [
    { ...type, text: 'said ten' },
    { ...type, text: 'fold', bold: true },
  ];
  expect(linesOf(runs, 15, 50)).toBe(2);
  expect(linesOf([...runs, { ...type, text: ' so' }], 15, 80)).toBe(2);
});

test('a caption is reckoned by the words that its components print', () => {
  const { page } = figureOn(handbook, 'a2', 'afloat');
  const text = (caption: string): string =>
    runsOf(caption, handbook, page)
      .map((run) => run.text)
      .join('');
  expect(text('So <Claim id="boats-afloat" />, *see* <Ref to="fig-leak" />. <Cite id="fold2020boats" at="table 1" />')).toBe(
    'So 3 of 4\u00a0boats, see Figure a2.2. Fold and Crease 2020, table 1',
  );
  expect(text('<Claim id="boats-afloat">most</Claim> and $p^{n}$ of <Calc of="2 + 2" unit="boats" />')).toBe('most and pn of 4\u00a0boats');
});

test('a longer caption makes a taller frame, line by line', () => {
  const figure = figureOn(handbook, 'a1', 'fold');
  const withCaption = (caption: string): number => embedHeight({ ...figure, data: { ...figure.data, caption } }, handbook);
  expect(withCaption('word '.repeat(60)) - withCaption('word '.repeat(10))).toBe(3 * 20);
});

test('the script for other pages weighs at most 600 bytes', () => {
  expect(readFileSync(new URL('../../public/embed.js', import.meta.url)).length).toBeLessThanOrEqual(600);
});
