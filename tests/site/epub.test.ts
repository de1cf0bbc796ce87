import { EpubCheck } from '@likecoin/epubcheck-ts';
import { strFromU8, unzipSync } from 'fflate';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { builtPages, DIST } from '../support/site.ts';

const bytes = new Uint8Array(readFileSync(join(DIST, 'hidden-objectives.epub')));
const files = unzipSync(bytes);
const documents = Object.entries(files)
  .filter(([name]) => name.endsWith('.xhtml'))
  .map(([name, content]) => ({ name: name.slice('EPUB/'.length), text: strFromU8(content) }));
const chapters = builtPages().filter(({ html }) => html.includes('data-kind="page"'));
const idOf = (html: string): string => /rel="shortlink" href="[^"]*\/([a-z]\d+)\/"/.exec(html)?.[1] ?? '';

test('the e-book is a valid EPUB, without a warning', async () => {
  const { messages } = await EpubCheck.validate(bytes);
  const faults = messages.filter(({ severity }) => severity === 'error' || severity === 'fatal' || severity === 'warning');
  expect(faults.map(({ id, message, location }) => `${id} ${JSON.stringify(location)} ${message}`)).toEqual([]);
});

test('every page of the book is a file of the e-book, with all its sections', () => {
  expect(chapters.length).toBeGreaterThan(0);
  const lacking = chapters.flatMap(({ path, html }) => {
    const document = documents.find(({ name }) => name === `${idOf(html)}.xhtml`);
    const main = html.slice(html.indexOf('<main'), html.indexOf('</main>'));
    const headings = [...main.matchAll(/<h[23] id="([^"]+)"/g)].map(([, id = '']) => id);
    return headings.filter((id) => document?.text.includes(` id="${id}"`) !== true).map((id) => `${path}#${id}`);
  });
  expect(lacking).toEqual([]);
});

test('a formula is said once in the e-book, as MathML', () => {
  const formulas = (text: string): number => text.split('<math ').length;
  const b2 = documents.find(({ name }) => name === 'b2.xhtml')?.text ?? '';
  expect(formulas(b2)).toBeGreaterThan(20);
  expect(documents.filter(({ text }) => text.includes('katex')).map(({ name }) => name)).toEqual([]);
});

test('the e-book holds no form, no script and no style of its own', () => {
  const faults = documents.filter(({ text }) => /<(?:form|button|input|script|style)\b|\sstyle="/.test(text));
  expect(faults.map(({ name }) => name)).toEqual([]);
});

test('every link of the e-book leads to a place in it or to another origin', () => {
  const ids = new Map(documents.map(({ name, text }) => [name, new Set([...text.matchAll(/\sid="([^"]+)"/g)].map(([, id]) => id))]));
  const broken = documents.flatMap(({ name, text }) =>
    [...text.matchAll(/<a [^>]*?href="([^"]+)"/g)]
      .map(([, href = '']) => href)
      .filter((href) => {
        if (/^https?:/.test(href)) return false;
        const [file = '', fragment] = href.split('#');
        const there = ids.get(file === '' ? name : file);
        return there === undefined || (fragment !== undefined && !there.has(fragment));
      })
      .map((href) => `${name}: ${href}`),
  );
  expect(broken.slice(0, 20)).toEqual([]);
});

test('a claim, a term and a source that a page names are in the e-book', () => {
  const b2 = documents.find(({ name }) => name === 'b2.xhtml')?.text ?? '';
  for (const file of ['claims.xhtml#', 'glossary.xhtml#term-', 'bibliography.xhtml#']) expect(b2).toContain(`href="${file}`);
});
