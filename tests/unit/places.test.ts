import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { cutText, placesOf } from '../../src/build/addresses/places.ts';
import { refreshPage } from '../../src/build/addresses/refresh-page.ts';
import { handbookOf } from '../../src/handbook/handbook-of.ts';
import { readContent } from '../../src/reader/content.ts';

const handbook = handbookOf(await readContent(fileURLToPath(new URL('../fixtures/good/content', import.meta.url))), '/');
const page = handbook.page('a1');
const MATHS =
  '<span class="katex"><span class="katex-mathml"><math><semantics><mi>x</mi><annotation encoding="application/x-tex">x</annotation></semantics></math></span><span class="katex-html">x</span></span>';
const placeOf = (main: string) => placesOf(handbook, page, `<!doctype html><html><body><main id="main">${main}</main></body></html>`);

test.each([
  {
    name: 'a section by its first paragraph, without links and marks',
    main: '<h2 id="sheet"><a class="anchor" href="#sheet">The sheet</a></h2><figure><p>Not this</p></figure><p>Fold <a href="/x/">paper<i class="moon">m</i></a> <em>twice</em>.</p>',
    title: 'The sheet',
    html: 'Fold paper <em>twice</em>.',
    text: 'Fold paper twice.',
  },
  {
    name: 'a section whose text stands beside a note',
    main: '<h2 id="sheet">The sheet</h2><div class="n"><p>Text</p><div class="note"><p>Aside</p></div></div>',
    title: 'The sheet',
    html: 'Text',
    text: 'Text',
  },
  {
    name: 'maths as MathML alone',
    main: `<h2 id="sheet">The sheet</h2><p>Let ${MATHS} be.</p>`,
    title: 'The sheet',
    html: 'Let <math><semantics><mi>x</mi></semantics></math> be.',
    text: 'Let x be.',
  },
  {
    name: 'a heading with nothing below it but the next heading',
    main: '<h2 id="sheet">The sheet</h2><h2 id="first">First</h2>',
    title: 'The sheet',
    html: '',
    text: '',
  },
])('a place is shown: $name', ({ main, title, html, text }) => {
  expect(placeOf(main)[0]).toEqual({ anchor: 'sheet', title, html, text });
});

test('ids that are no places of the page are left out', () => {
  expect(placeOf('<h2 id="elsewhere">X</h2><p>Y</p>')).toEqual([]);
});

test('a page without a main part is refused', () => {
  expect(() => placesOf(handbook, page, '<p>none</p>')).toThrow(/has no <main>\.\nLook at layouts/);
});

test.each([
  { text: 'one two three', length: 20, cut: 'one two three' },
  { text: 'one two three', length: 12, cut: 'one two…' },
  { text: 'one two, three', length: 12, cut: 'one two…' },
  { text: '  one\n two ', length: 20, cut: 'one two' },
])('$text is cut to $cut', ({ text, length, cut }) => {
  expect(cutText(text, length)).toBe(cut);
});

test('a shared page says in its tags what it leads to, with quotes and brackets escaped', () => {
  const html = refreshPage({
    to: '/boats/#sheet',
    canonical: 'https://example.org/boats/',
    title: 'A "sheet" <b>',
    shared: { url: 'https://example.org/a1/sheet/', description: 'Fold & wait.', image: 'https://example.org/cards/a1/sheet.png' },
  });
  expect(html).toContain('<meta http-equiv="refresh" content="0; url=/boats/#sheet">');
  expect(html).toContain('<meta property="og:title" content="A &quot;sheet&quot; &lt;b&gt;">');
  expect(html).toContain('<meta property="og:description" content="Fold &amp; wait.">');
  expect(html).toContain('<meta property="og:url" content="https://example.org/a1/sheet/">');
  expect(html).not.toContain('noindex');
});
