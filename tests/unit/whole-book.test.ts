import type { Root } from 'hast';
import { fromHtml } from 'hast-util-from-html';
import { toHtml } from 'hast-util-to-html';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { prefixIds, rewriteLinks } from '../../src/build/book/links.ts';
import { lowerHeadings, proseOf, withoutForms } from '../../src/build/book/prose.ts';
import { chapterUnits, placesIn } from '../../src/build/book/volume.ts';
import { paperSheet, pieceOf, wholeBookOf } from '../../src/build/book/whole-book.ts';
import { handbookOf } from '../../src/handbook/handbook-of.ts';
import { readContent } from '../../src/reader/content.ts';

const content = await readContent(fileURLToPath(new URL('../fixtures/good/content', import.meta.url)));
const handbook = handbookOf(content, '/name/');
const glossary = { id: 'glossary', title: 'Glossary', href: handbook.links.glossary() };
const claims = { id: 'claims', title: 'Claims', href: handbook.links.claims() };
const find = placesIn(handbook, [...chapterUnits(handbook), glossary]);

const parse = (html: string): Root => fromHtml(html, { fragment: true });

/** What a function leaves of a piece of HTML. */
function after(html: string, change: (tree: Root) => void): string {
  const tree = parse(html);
  change(tree);
  return toHtml(tree);
}

test.each([
  ['an id', '<h2 id="known">x</h2>', '<h2 id="b2-known">x</h2>'],
  ['a label', '<section aria-labelledby="a b"></section>', '<section aria-labelledby="b2-a b2-b"></section>'],
  ['the label of a control', '<label for="x"></label>', '<label for="b2-x"></label>'],
  [
    'the heads of a cell',
    '<table><tbody><tr><td headers="x y"></td></tr></tbody></table>',
    '<table><tbody><tr><td headers="b2-x b2-y"></td></tr></tbody></table>',
  ],
  ['a marker', '<svg><path marker-end="url(#tip)"></path></svg>', '<svg><path marker-end="url(#b2-tip)"></path></svg>'],
  ['a part of a drawing', '<svg><use href="#box"></use></svg>', '<svg><use href="#b2-box"></use></svg>'],
  ['no link', '<a href="#known">x</a>', '<a href="#known">x</a>'],
])('%s gets the name of its page', (_, html, expected) => {
  expect(after(html, (tree) => prefixIds(tree, 'b2-'))).toBe(expected);
});

test.each([
  ['a place on the same page', '#known', '/name/boats/folding/|#known|'],
  ['another page', '/name/boats/floating/', '/name/boats/floating/||'],
  ['a place with a query', '/name/reference/claims/?source=x#x', '/name/reference/claims/|#x|'],
  ['another site', 'https://example.org/', 'https://example.org/'],
  ['a letter', 'mailto:a@example.org', 'mailto:a@example.org'],
])('a link to %s is resolved from the page', (_, href, expected) => {
  const html = after(`<p><a href="${href}">x</a></p>`, (tree) => {
    rewriteLinks(tree, '/name/boats/folding/', ({ pathname, hash }, within) => `${pathname}|${hash}|${within.join()}`);
  });
  expect(html).toBe(`<p><a href="${expected}">x</a></p>`);
});

test('a link knows what it stands in, and stays where nothing better is known', () => {
  const seen: string[] = [];
  const html = '<dl><div id="a"><dt id="b"><a href="/x/">x</a></dt></div></dl>';
  expect(after(html, (tree) => rewriteLinks(tree, '/', (_, within) => void seen.push(...within)))).toBe(html);
  expect(seen).toEqual(['a', 'b']);
});

test.each([
  { address: '/name/boats/folding/', place: { unit: 'a1' } },
  { address: '/name/boats/folding/#known', place: { unit: 'a1', anchor: 'known' } },
  { address: '/name/a1/', place: { unit: 'a1' } },
  { address: '/name/boats/', place: { unit: 'part-a' } },
  { address: '/name/reference/glossary/', place: { unit: 'glossary' } },
  { address: '/name/reference/glossary/keel/', place: { unit: 'glossary', anchor: 'term-keel' } },
  { address: '/name/reference/misconceptions/boats-are-hats/', place: { unit: 'a1', anchor: 'mis-boats-are-hats' } },
  { address: '/name/reference/claims/boats-afloat/', place: undefined },
  { address: '/name/reference/exercises/a1/', place: undefined },
])('$address is found in the book', ({ address, place }) => {
  expect(find(new URL(address, 'http://localhost'))).toEqual(place);
});

test('a book that holds the claims finds them', () => {
  const place = placesIn(handbook, [claims])(new URL('http://localhost/name/reference/claims/boats-afloat/'));
  expect(place).toEqual({ unit: 'claims', anchor: 'boats-afloat' });
});

const PAGE = `<!doctype html><html><head><link rel="stylesheet" href="/name/_astro/chapter.css"></head><body><main id="main">
<div class="head"><nav class="where">Part A</nav><h1><span class="no">a1</span>Folding</h1><div class="note">9 minutes</div><p class="answer">So.</p></div>
<predict-guess data-answer="2"><form class="do" id="predict"><p class="ask"><b>Predict</b></p><fieldset><legend>How many?</legend><div class="choices"><label><input type="radio" name="guess"><span>none</span></label><label><input type="radio" name="guess"><span>some <em>of them</em></span></label></div></fieldset><p class="row"><button>Commit</button></p><details class="verdict"><summary>The answer</summary><div><p class="result"><span data-verdict></span><b>some.</b> As it floats.</p></div></details></form></predict-guess><script src="/x.js"></script>
<h2 id="known">Known</h2><p hidden>never</p><div class="n"><p>As <a href="/name/boats/floating/#first">there</a>, <a href="/name/reference/claims/boats-afloat/">3 of 4</a>, <a href="#known">here</a>.</p><div class="note">A note.</div></div>
<section id="cite" data-pagefind-ignore>Cite</section><nav class="next" data-pagefind-ignore>Next</nav></main></body></html>`;

test('the prose of a page leaves out what belongs to the site', () => {
  const html = toHtml(proseOf(PAGE, '/'));
  for (const kept of ['Folding', 'So.', 'How many?', 'A note.', '3 of 4']) expect(html).toContain(kept);
  for (const dropped of ['Part A', '9 minutes', '<script', '<button', 'predict-guess', 'never', 'id="cite"', 'Next']) {
    expect(html).not.toContain(dropped);
  }
});

test('a page without a main text is named', () => {
  expect(() => proseOf('<html><body></body></html>', '/a1/')).toThrow('/a1/ has no <main>.\nThe book takes the text of a page from it');
});

test('a prediction becomes a list to be ticked, with its answer at the end', () => {
  const tree = proseOf(PAGE, '/');
  withoutForms(tree, 'You were asked:');
  const html = toHtml(tree);
  expect(html).toContain(
    '<div class="do" id="predict"><p class="ask"><b>Predict</b></p><p>How many?</p><ol class="choices"><li>none</li><li>some <em>of them</em></li></ol></div>',
  );
  expect(html).toMatch(/<p class="answer-to"><b>You were asked:<\/b> <b>some\.<\/b> As it floats\.<\/p>$/);
  expect(html).not.toMatch(/<(?:form|input|fieldset|legend|label)/);
});

test('a question of a self-check keeps its answer with it', () => {
  const html = after(
    '<div class="question"><fieldset><legend>Why?</legend><div class="choices"><label><input type="radio"><span>so</span></label></div></fieldset><details><summary>The answer</summary><p><b>so.</b></p></details></div><p>On.</p>',
    (tree) => withoutForms(tree, 'x'),
  );
  expect(html).toBe('<div class="do"><p>Why?</p><ol class="choices"><li>so</li></ol></div><p class="answer-to"><b>so.</b></p><p>On.</p>');
});

test('headings go down, and never below the sixth level', () => {
  expect(after('<h1>a</h1><h3>b</h3><h5>c</h5><header>d</header>', (tree) => lowerHeadings(tree, 2))).toBe(
    '<h3>a</h3><h5>b</h5><h6>c</h6><header>d</header>',
  );
});

test('a piece of the whole book leads within it, and to the site for the rest', () => {
  const [unit] = chapterUnits(handbook);
  if (unit === undefined) throw new Error('The toy book has no page.');
  const html = pieceOf(unit, PAGE, find);
  expect(html).toContain('<h3 id="a1"><span class="no">a1</span>Folding</h3>');
  expect(html).toContain('<h4 id="a1-known" class="paper-a1">');
  expect(html).toContain('href="#a2-first"');
  expect(html).toContain('href="#a1-known"');
  expect(html).toContain('href="/name/reference/claims/boats-afloat/"');
});

test('an entry of the glossary does not lead to itself', () => {
  const html = pieceOf(
    glossary,
    '<main><h1>Glossary</h1><dl><div><dt id="term-keel"><a href="/name/reference/glossary/keel/">keel</a></dt><dd>Of a <a href="/name/reference/glossary/paper-boat/">boat</a>.</dd></div></dl></main>',
    find,
  );
  expect(html).toContain('<dt id="glossary-term-keel"><a href="/name/reference/glossary/keel/">');
  expect(html).toContain('<a href="#glossary-term-paper-boat">');
});

test('the whole book holds each page in its place, with the style sheets of all', () => {
  const shell =
    '<head><link rel="stylesheet" href="/name/_astro/book.css"></head><div data-unit="a1" id="a1"><a href="/name/boats/folding/">a1</a></div><div data-unit="a2" id="a2"><a href="/name/boats/floating/">a2</a></div>';
  const units = chapterUnits(handbook).slice(0, 2);
  const html = wholeBookOf(shell, units, find, ({ id }) => PAGE.replaceAll('Folding', `Page ${id}`), '/name/_astro/paper.css');
  expect(html.match(/Page a\d/g)).toEqual(['Page a1', 'Page a2']);
  expect(html).not.toContain('data-unit');
  expect([...html.matchAll(/stylesheet" href="([^"]+)"/g)].map(([, href]) => href)).toEqual([
    '/name/_astro/chapter.css',
    '/name/_astro/paper.css',
    '/name/_astro/book.css',
  ]);
});

test('every page of paper says what stands on it, whatever its title holds', () => {
  const css = paperSheet([{ id: 'b2', part: 'b', title: 'The "real" \\ thing', href: '/' }]);
  expect(css).toContain('.paper-b2{page:paper-b2}');
  expect(css).toContain('content:"b2\u2002The \\"real\\" \\\\ thing"');
});
