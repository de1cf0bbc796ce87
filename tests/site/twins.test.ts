import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fromHtml } from 'hast-util-from-html';
import { visit } from 'unist-util-visit';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { pageSchema, type PageTwin } from '../../src/build/twins/page-twin.ts';
import { builtPages, chapterPaths, DIST } from '../support/site.ts';

const file = (path: string): string => readFileSync(join(DIST, path), 'utf8');
const chapters = chapterPaths().map((path) => ({
  path,
  json: JSON.parse(file(`${path}page.json`)) as PageTwin,
  markdown: file(`${path}page.md`),
}));
const pages = new Map(builtPages().map((page) => [page.path, page.html]));
const origin = new URL(chapters[0]?.json.url ?? '').origin;

/** Whether a whole address leads to something that was built, with its anchor. */
function leads(address: string): boolean {
  const url = new URL(address);
  if (url.origin !== origin) return true;
  const page = pages.get(decodeURIComponent(url.pathname));
  if (page === undefined) return existsSync(join(DIST, url.pathname));
  return url.hash === '' || page.includes(` id="${decodeURIComponent(url.hash.slice(1))}"`);
}

test('every chapter names its twins in its head, and both are there', () => {
  expect(chapters.length).toBeGreaterThanOrEqual(6);
  for (const { path } of chapters) {
    const html = pages.get(path) ?? '';
    expect(html, path).toContain('<link rel="alternate" type="text/markdown" href="page.md">');
    expect(html, path).toContain('<link rel="alternate" type="application/json" href="page.json">');
  }
});

test('every page.json fits the schema that is published beside it', () => {
  const published = JSON.parse(file('page.schema.json')) as Record<string, unknown>;
  expect(published).toEqual(pageSchema(`${origin}/page.schema.json`));
  const schema = z.fromJSONSchema(published);
  const faults = chapters.flatMap(({ path, json }) => {
    const { error } = schema.safeParse(json);
    return error === undefined ? [] : [`${path}: ${z.prettifyError(error)}`];
  });
  expect(faults).toEqual([]);
  // the schema can refuse
  expect(schema.safeParse({ ...chapters[0]?.json, minutes: 'nine' }).success).toBe(false);
});

test('a page.json says what its page says', () => {
  for (const { path, json } of chapters) {
    const html = pages.get(path) ?? '';
    expect(html, path).toContain(`<link rel="shortlink" href="${json.short}">`);
    expect(
      json.sections.map(({ id }) => id),
      path,
    ).toEqual([...html.slice(html.indexOf('<main'), html.indexOf('</main>')).matchAll(/<h2 id="([^"]+)"/g)].map(([, id]) => id));
    const numbers = Object.values(json.status).reduce((sum, count) => sum + count, 0);
    expect(numbers, path).toBe(json.claims.length);
    expect(json.figures.length, path).toBe([...html.matchAll(/<figure class="figure"/g)].length);
    expect(
      json.figures.filter(({ caption }) => caption === ''),
      path,
    ).toEqual([]);
  }
  expect(chapters.filter(({ json }) => json.claims.length > 0).length).toBeGreaterThan(chapters.length / 2);
});

test('the HTML of a section runs nothing, styles nothing and leads somewhere', () => {
  const faults = new Set<string>();
  for (const { path, json } of chapters) {
    for (const html of [json.lead, ...json.sections.map((section) => section.html)]) {
      if (html.trim() === '') faults.add(`${path}: empty`);
      visit(fromHtml(html, { fragment: true }), 'element', ({ tagName, properties }) => {
        if (/^(?:script|style|form|input|button|svg|iframe|link)$|-/.test(tagName)) faults.add(`${path}: <${tagName}>`);
        if ('style' in properties || Object.keys(properties).some((key) => /^on/i.test(key)))
          faults.add(`${path}: ${tagName} runs or styles`);
        const { href } = properties;
        if (href !== undefined && !leads(href)) faults.add(`${path}: ${href}`);
      });
    }
  }
  expect([...faults]).toEqual([]);
});

test('the Markdown has no HTML, nothing of KaTeX and no space that is not a space', () => {
  const faults: string[] = [];
  for (const { path, markdown } of chapters) {
    for (const [index, line] of markdown.split('\n').entries()) {
      const prose = line.replace(/\$[^$]*\$|`[^`]*`/g, '');
      if (/<\/?[a-z]|&(?:[a-z]+|#\w+);|katex|\bclass=|[\u00a0\u200b\u202f\u2060]/i.test(prose))
        faults.push(`${path}page.md:${index + 1}: ${line}`);
    }
  }
  expect(faults.slice(0, 20)).toEqual([]);
});

test('every table of the Markdown has rows of one width', () => {
  const faults: string[] = [];
  let tables = 0;
  for (const { path, markdown } of chapters) {
    let width = 0;
    for (const line of markdown.split('\n')) {
      const row = /^(?:> )?\|/.test(line) ? line.replaceAll('\\|', '').split('|').length : 0;
      if (row > 0 && width === 0) tables += 1;
      if (row > 0 && width > 0 && row !== width) faults.push(`${path}: ${line}`);
      width = row;
    }
  }
  expect(faults).toEqual([]);
  expect(tables).toBeGreaterThan(chapters.length);
});

test('the front matter of the Markdown can be read, and names the page, its version and its sections', () => {
  for (const { path, json, markdown } of chapters) {
    const [, matter = '', body = ''] = /^---\n([\s\S]*?)\n---\n\n([\s\S]*)$/.exec(markdown) ?? [];
    expect(parse(matter), path).toMatchObject({
      id: json.id,
      title: json.title,
      answer: json.answer,
      updated: json.updated,
      url: json.short,
    });
    const sections = (parse(matter) as { sections: Record<string, string> }).sections;
    expect(Object.keys(sections), path).toEqual(json.sections.map(({ id }) => `#${id}`));
    expect(
      [...body.matchAll(/^## (.*)$/gm)].map(([, title]) => title?.replaceAll('\\', '')),
      path,
    ).toEqual([...json.sections.map(({ number, title }) => `${number}. ${title}`), 'Claims on this page']);
  }
});

test('llms.txt begins as it should, names every chapter once, and all its links lead somewhere', () => {
  const text = file('llms.txt');
  expect(text).toMatch(/^# .+\n\n> .+\n\n/);
  const links = [...text.matchAll(/^- \[[^\n]*?\]\((\S+?)\): \S/gm)].map(([, address = '']) => address);
  expect(links.length).toBe([...text.matchAll(/^- /gm)].length);
  expect(links.filter((address) => !leads(address))).toEqual([]);
  expect(links.filter((address) => address.endsWith('page.md')).toSorted()).toEqual(chapters.map(({ json }) => json.markdown).toSorted());
});

test('llms-full.txt holds every page, every term and every claim', () => {
  const text = file('llms-full.txt');
  for (const { json } of chapters) expect(text, json.id).toContain(`\n# ${json.id} ${json.title}\n\n<${json.short}>\n`);
  const missing = [...pages.keys()].filter(
    (path) => /^\/reference\/(?:glossary|claims)\/./.test(path) && !text.includes(`${origin}${path}`),
  );
  expect(missing).toEqual([]);
});
