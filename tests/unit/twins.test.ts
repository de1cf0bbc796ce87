import { fromHtml } from 'hast-util-from-html';
import { toHtml } from 'hast-util-to-html';
import { expect, test } from 'vitest';
import katex from 'katex';
import { markdownOf } from '../../src/build/twins/markdown.ts';
import { partsOf } from '../../src/build/twins/page-parts.ts';
import { pageSchema, pageTwin } from '../../src/build/twins/page-twin.ts';
import { portable } from '../../src/build/twins/portable.ts';

const ADDRESS = 'https://example.org/name/boats/folding/';

const read = (html: string) => portable(fromHtml(html, { fragment: true }).children, ADDRESS);
const maths = (tex: string, displayMode = false) => katex.renderToString(tex, { displayMode });

const CLAIM =
  '<a class="claim disputed" href="/name/reference/claims/leak/">about 55&nbsp;%<i class="moon" role="img" aria-label="disputed">&#8288;</i></a>';
const FIGURE = `<figure class="figure" id="fig-leak" aria-label="Figure a1.1: How it leaks">
  <svg class="fig wide"><text>never</text></svg><p class="vh" data-pagefind-ignore>Twice.</p>
  <figcaption><p> <span class="prov reported">REPORTED</span> <b>Figure a1.1.</b> Leaks by day. ${CLAIM} </p>
  <details class="data"><summary>The data as a table</summary><div class="scroll" tabindex="0"><table><caption>leaks, %</caption>
  <thead><tr><th scope="col">Boat</th><th scope="col" class="end">leak</th></tr></thead><tbody><tr><td>a|b</td><td><a href="../x/">5&nbsp;%</a></td></tr></tbody></table></div>
  <p>It leaks more each day.</p></details></figcaption></figure>`;

test.each([
  {
    what: 'a claim keeps its status and its link',
    html: `<p>It is ${CLAIM}.</p>`,
    portable: '<p>It is <a class="claim" href="https://example.org/name/reference/claims/leak/" data-status="disputed">about 55 %</a>.</p>',
    markdown: 'It is [about 55 %](https://example.org/name/reference/claims/leak/ "disputed").\n',
  },
  {
    what: 'a link within the page is made whole',
    html: '<p><a href="#sure">here</a></p>',
    portable: '<p><a href="https://example.org/name/boats/folding/#sure">here</a></p>',
    markdown: '[here](https://example.org/name/boats/folding/#sure)\n',
  },
  {
    what: 'a heading keeps its anchor and loses its number and its link to itself',
    html: '<h3 id="x"><span class="no" aria-hidden="true">1</span>Title <a href="#x">¶</a></h3>',
    portable: '<h3 id="x">Title </h3>',
    markdown: '### Title\n',
  },
  {
    what: 'what only works on the page is dropped',
    html: '<p>Text<script>1</script><button>Copy</button><span class="needs-js">x</span><span aria-hidden="true">→</span></p><p hidden>no</p>',
    portable: '<p>Text</p>',
    markdown: 'Text\n',
  },
  {
    what: 'a form is a list of what could be chosen, and its answer stands open in Markdown',
    html: '<predict-guess><form class="do" id="predict"><fieldset><legend>How many?</legend><div class="choices"><label><input type="radio"><span>one</span></label><label><input type="radio"><span>two</span></label></div></fieldset><details><summary>The answer</summary><div><p><b>two.</b> Because.</p></div></details></form></predict-guess>',
    portable:
      '<div id="predict"><p>How many?</p><ul><li>one</li><li>two</li></ul><details><summary>The answer</summary><div><p><b>two.</b> Because.</p></div></details></div>',
    markdown: 'How many?\n\n- one\n- two\n\n**The answer**\n\n**two.** Because.\n',
  },
  {
    what: 'a misconception is a block of its own',
    html: '<section class="keep" id="mis-x"><dl class="mis"><dt>You may think</dt><dd><a href="/name/m/">It floats.</a></dd><dt>That is wrong</dt><dd>because it sinks.</dd></dl></section>',
    portable:
      '<section id="mis-x"><dl class="misconception"><dt>You may think</dt><dd><a href="https://example.org/name/m/">It floats.</a></dd><dt>That is wrong</dt><dd>because it sinks.</dd></dl></section>',
    markdown: '> - **You may think** [It floats.](https://example.org/name/m/)\n> - **That is wrong** because it sinks.\n',
  },
  {
    what: 'the state of the evidence is a list that begins with each status',
    html: '<dl class="status"><div><dt><span class="ev open"><i class="moon" aria-hidden="true"></i>Open</span></dt><dd>Why.</dd></div></dl>',
    portable: '<dl class="evidence"><div><dt>Open</dt><dd>Why.</dd></div></dl>',
    markdown: '- **Open.** Why.\n',
  },
  {
    what: 'a definition begins with its number, and a note stands apart',
    html: '<section class="keep pair" id="def-keel"><p class="side"><b>Definition</b> a1.1</p><div><p>A <em>keel</em> is a fold.</p></div></section><div class="note" role="note"><strong>Not blind.</strong> They knew.</div>',
    portable:
      '<section id="def-keel" class="definition"><p><b>Definition a1.1.</b></p><div><p>A <em>keel</em> is a fold.</p></div></section><aside class="note"><strong>Not blind.</strong> They knew.</aside>',
    markdown: '> **Definition a1.1.** A *keel* is a fold.\n\n> **Not blind.** They knew.\n',
  },
  {
    what: 'an example stands apart under its number, and no heading cuts the section',
    html: '<section class="example" id="ex-x"><h3 id="ex-x-title"><span class="label">Example a1.1</span> Two boats</h3><p>One.</p></section>',
    portable: '<section id="ex-x" class="example"><h3 id="ex-x-title"><b>Example a1.1.</b> Two boats</h3><p>One.</p></section>',
    markdown: '> **Example a1.1.** Two boats\n>\n> One.\n',
  },
  {
    what: 'a figure is its caption, its data and its description',
    html: FIGURE,
    portable:
      '<figure id="fig-leak"><figcaption><b>Figure a1.1: How it leaks</b> (reported). Leaks by day. <a class="claim" href="https://example.org/name/reference/claims/leak/" data-status="disputed">about 55 %</a> <a href="https://example.org/name/boats/folding/#fig-leak">See the picture.</a></figcaption><table><caption>leaks, %</caption><thead><tr><th scope="col">Boat</th><th scope="col">leak</th></tr></thead><tbody><tr><td>a|b</td><td><a href="https://example.org/name/boats/x/">5 %</a></td></tr></tbody></table><p>It leaks more each day.</p></figure>',
    markdown: `**Figure a1.1: How it leaks** (reported). Leaks by day. [about 55 %](https://example.org/name/reference/claims/leak/ "disputed") [See the picture.](https://example.org/name/boats/folding/#fig-leak)

leaks, %

| Boat | leak |
| - | - |
| a\\|b | [5 %](https://example.org/name/boats/x/) |

It leaks more each day.
`,
  },
])('$what', ({ html, portable: expected, markdown }) => {
  const nodes = read(html);
  expect(toHtml(nodes)).toBe(expected);
  expect(markdownOf(nodes)).toBe(markdown);
});

test('a formula is MathML in HTML and TeX between dollars in Markdown, with nothing of its layout', () => {
  const nodes = read(`<p>If ${maths('p_\\theta(y \\mid x)')} is small:</p>`);
  expect(toHtml(nodes)).toMatch(
    /^<p>If <math .*<annotation encoding="application\/x-tex">p_\\theta\(y \\mid x\)<\/annotation>.*<\/math> is small:<\/p>$/,
  );
  expect(toHtml(nodes)).not.toContain('katex');
  expect(markdownOf(nodes)).toBe('If $p_\\theta(y \\mid x)$ is small:\n');
});

test('a displayed equation keeps its number', () => {
  const html = `<div class="eq" id="eq-gap"><div tabindex="0" aria-label="Equation a1.2">${maths('D = k', true)}</div><span aria-hidden="true">(a1.2)</span></div>`;
  expect(toHtml(read(html))).toMatch(
    /^<div id="eq-gap" class="equation"><math [^>]*display="block".*<\/math><span>\(a1\.2\)<\/span><\/div>$/,
  );
  expect(markdownOf(read(html))).toBe('$$\nD = k\n\\tag{a1.2}\n$$\n');
});

test('code that is coloured on the page is plain again', () => {
  const nodes = read(
    '<pre class="astro-code" style="color:red" tabindex="0"><code><span class="line"><span>a = 1</span></span>\n<span class="line">b</span></code></pre>',
  );
  expect(toHtml(nodes)).toBe('<pre><code>a = 1\nb</code></pre>');
  expect(markdownOf(nodes)).toBe('```\na = 1\nb\n```\n');
});

test('a page is taken apart at its headings, without its head and without what the search leaves out', () => {
  const { lead, sections, links } = partsOf(
    '<nav><a href="/name/x/">x</a></nav><main><div class="head"><h1>T</h1></div><p>Before.</p><h2 id="a">A</h2><p><a href="/name/y/">y</a></p><h3 id="b">B</h3><h2 id="c">C</h2><p>Last.</p><section class="citebox" data-pagefind-ignore><p>Cite</p></section></main>',
    ADDRESS,
  );
  expect(toHtml([...lead])).toBe('<p>Before.</p>');
  expect(sections.map(({ id, nodes }) => [id, toHtml([...nodes])])).toEqual([
    ['a', '<p><a href="https://example.org/name/y/">y</a></p><h3 id="b">B</h3>'],
    ['c', '<p>Last.</p>'],
  ]);
  expect(links).toEqual(['https://example.org/name/y/']);
});

test('a page without text is refused with what to look at', () => {
  expect(() => partsOf('<p>x</p>', ADDRESS)).toThrow(
    new Error(`The page ${ADDRESS} has no <main>.\nLook at src/layouts/Chapter.astro, whose text the twins of the page are made of.`),
  );
});

test('the schema says of every key that needs it what it holds, and allows no other', () => {
  const schema = pageSchema('https://example.org/page.schema.json') as { $id: string; additionalProperties: boolean; required: string[] };
  expect(schema.$id).toBe('https://example.org/page.schema.json');
  expect(schema.additionalProperties).toBe(false);
  expect(schema.required.toSorted()).toEqual(Object.keys(pageTwin.shape).toSorted());
});
