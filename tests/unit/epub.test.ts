import { unzipSync } from 'fflate';
import type { Root } from 'hast';
import { fromHtml } from 'hast-util-from-html';
import { renderToString } from 'katex';
import { expect, test } from 'vitest';
import { packEpub, type Publication } from '../../src/build/book/epub.ts';
import { plainText } from '../../src/build/book/epub-text.ts';
import { escapeXml, toXhtml } from '../../src/build/book/xhtml.ts';

const parse = (html: string): Root => fromHtml(html, { fragment: true });

test.each([
  ['void elements are closed', '<p>a<br>b<img src="x.png" alt=""></p>', '<p>a<br/>b<img src="x.png" alt=""/></p>'],
  ['empty elements keep their end tag', '<p></p><i class="x"></i>', '<p></p><i class="x"></i>'],
  [
    'attributes without a value get one',
    '<details open><summary>x</summary></details>',
    '<details open="open"><summary>x</summary></details>',
  ],
  ['names of entities become characters', '<p>a&nbsp;b &mdash; c</p>', '<p>a\u00a0b — c</p>'],
  ['signs of markup are escaped in text', '<p>1 &lt; 2 &amp; 3 &gt; 2</p>', '<p>1 &lt; 2 &amp; 3 &gt; 2</p>'],
  [
    'and in attributes',
    '<a href="/?a=1&amp;b=2" title="a < &quot;b&quot;">x</a>',
    '<a href="/?a=1&amp;b=2" title="a &lt; &quot;b&quot;">x</a>',
  ],
  ['comments are left away', '<p>a<!-- b --></p>', '<p>a</p>'],
  ['lists of classes are joined', '<p class="a  b">x</p>', '<p class="a b">x</p>'],
  [
    'drawings get their namespace and keep the case of their names',
    '<svg viewBox="0 0 1 1"><path stroke-width="2" d="M0 0"/></svg>',
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><path stroke-width="2" d="M0 0"></path></svg>',
  ],
  [
    'links within drawings bring theirs',
    '<svg><use xlink:href="#a"/></svg>',
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"><use xlink:href="#a"></use></svg>',
  ],
  [
    'formulas get their namespace once',
    '<math xmlns="http://www.w3.org/1998/Math/MathML"><mi mathvariant="normal">x</mi></math>',
    '<math xmlns="http://www.w3.org/1998/Math/MathML"><mi mathvariant="normal">x</mi></math>',
  ],
])('as XHTML, %s', (_, html, expected) => {
  expect(toXhtml(parse(html))).toBe(expected);
});

test('characters that XML forbids are taken out', () => {
  expect(escapeXml('a\u0000\u000b\tb\n')).toBe('a\tb\n');
});

/** A piece of a page as it stands in the e-book. */
function plain(html: string): string {
  const tree = parse(html);
  plainText(tree, 'In words');
  return toXhtml(tree);
}

test('a formula is its MathML alone, with its TeX as text', () => {
  expect(plain(`<p>So ${renderToString('x^2')}.</p>`)).toBe(
    '<p>So <math xmlns="http://www.w3.org/1998/Math/MathML" alttext="x^2"><mrow><msup><mi>x</mi><mn>2</mn></msup></mrow></math>.</p>',
  );
  expect(plain(renderToString('x', { displayMode: true }))).toMatch(/^<math [^>]*display="block"/);
});

test.each([
  ['a named operator in a script', 'm_{\\max}', /<msub><mi>m<\/mi><mrow><mi>max<\/mi><mo>.<\/mo><\/mrow><\/msub>/],
  [
    'an operator made of a letter',
    '\\mathop{\\mathbb{E}}_x',
    /<msub><mrow><mi mathvariant="double-struck">E<\/mi><\/mrow><mi>x<\/mi><\/msub>/,
  ],
])('the MathML of %s is mended', (_, tex, expected) => {
  expect(plain(renderToString(tex, { displayMode: true }))).toMatch(expected);
});

test.each([
  [
    'a mark of evidence is a sign',
    '<a class="claim replicated" href="x">3<i class="moon" role="img" aria-label="replicated">\u2060</i></a>',
    '<a class="claim replicated" href="x">3<span class="sign" role="img" aria-label="replicated">\u2060◉</span></a>',
  ],
  [
    'beside its word it is not read out',
    '<span class="ev open"><i class="moon" aria-hidden="true"></i>Open</span>',
    '<span class="ev open"><span class="sign" aria-hidden="true">○ </span>Open</span>',
  ],
  ['the drawing for phones goes', '<figure><svg class="fig narrow"></svg></figure>', '<figure></figure>'],
  [
    'the description of a figure folds out',
    '<p class="vh" data-pagefind-ignore>A <a tabindex="-1" href="x">line</a>.</p>',
    '<details><summary>In words</summary><p>A <a href="x">line</a>.</p></details>',
  ],
  [
    'what is drawn by styles goes',
    '<span class="rating"><i aria-hidden="true"><b class="on"></b></i>useful</span>',
    '<span class="rating">useful</span>',
  ],
  ['a number keeps its distance', '<h2><span class="no" aria-hidden="true">1</span>One</h2>', '<h2><span class="number">1 </span>One</h2>'],
  ['styles, data and focus go', '<pre style="color:red" tabindex="0" data-x="1">x</pre>', '<pre>x</pre>'],
  [
    'names stay on drawings',
    '<svg role="img" aria-label="A line"></svg>',
    '<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="A line"></svg>',
  ],
])('in an e-book, %s', (_, html, expected) => {
  expect(plain(html)).toBe(expected);
});

const PUBLICATION: Publication = {
  title: 'Boats & ducks',
  subtitle: 'A handbook',
  creator: 'Several',
  identifier: 'https://example.org/',
  day: '2026-03-01',
  rights: 'CC BY 4.0',
  description: 'On boats.',
  accessibility: 'Text.',
  documents: [
    {
      id: 'a1',
      title: 'Folding',
      body: '<h1>Folding</h1><math xmlns="http://www.w3.org/1998/Math/MathML"><mi>x</mi></math>',
      type: 'chapter',
    },
    { id: 'a2', title: 'Floating', body: '<h1>Floating</h1>', type: 'chapter' },
  ],
  contents: [{ title: 'Boats', href: 'a1.xhtml', within: [{ title: 'Floating', href: 'a2.xhtml' }] }],
  contentsTitle: 'Contents',
  styles: 'p{margin:0}',
  cover: new Uint8Array([1, 2, 3]),
  coverAlt: 'A boat',
};

test('an e-book begins with its type, not compressed and without extras, so that its first bytes tell what it is', () => {
  const zip = packEpub(PUBLICATION);
  const head = Buffer.from(zip.subarray(0, 58)).toString('latin1');
  expect(head.slice(0, 4)).toBe('PK\u0003\u0004');
  expect(head.slice(30, 58)).toBe('mimetypeapplication/epub+zip');
});

test('an e-book is the same in every zone of time', () => {
  const before = process.env.TZ;
  const made = ['UTC', 'Pacific/Auckland', 'America/Los_Angeles'].map((zone) => {
    process.env.TZ = zone;
    return { hour: new Date(0).getHours(), bytes: Buffer.from(packEpub(PUBLICATION)).toString('base64') };
  });
  process.env.TZ = before;
  expect(new Set(made.map(({ hour }) => hour)).size).toBe(3);
  expect(new Set(made.map(({ bytes }) => bytes)).size).toBe(1);
});

test('the package names every file, its formulas, the day and the order of reading', () => {
  const files = unzipSync(packEpub(PUBLICATION));
  const opf = Buffer.from(files['EPUB/package.opf'] ?? []).toString();
  for (const id of ['a1', 'a2']) expect(files[`EPUB/${id}.xhtml`]).toBeDefined();
  expect(opf).toContain('<item id="doc-a1" href="a1.xhtml" media-type="application/xhtml+xml" properties="mathml"/>');
  expect(opf).toContain('<item id="doc-a2" href="a2.xhtml" media-type="application/xhtml+xml"/>');
  expect(opf).toContain('<meta property="dcterms:modified">2026-03-01T00:00:00Z</meta>');
  expect(opf).toContain('Boats &amp; ducks');
  expect([...opf.matchAll(/idref="([^"]+)"/g)].map(([, id]) => id)).toEqual(['cover', 'nav', 'doc-a1', 'doc-a2']);
});

test('the contents go as deep as the book', () => {
  const nav = Buffer.from(unzipSync(packEpub(PUBLICATION))['EPUB/nav.xhtml'] ?? []).toString();
  expect(nav).toContain('<ol><li><a href="a1.xhtml">Boats</a><ol><li><a href="a2.xhtml">Floating</a></li></ol></li></ol>');
});
