import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fromHtml } from 'hast-util-from-html';
import { select, selectAll } from 'hast-util-select';
import { toText } from 'hast-util-to-text';
import { expect, test } from 'vitest';
import { CITATION_FILES } from '../../src/handbook/citation.ts';
import { builtPages, DIST, type BuiltPage } from '../support/site.ts';

interface Node {
  readonly '@type': string;
  readonly [key: string]: unknown;
}

const BLOCK = /<script type="application\/ld\+json">([\s\S]*?)<\/script>/g;

/** What the page says of itself, by type. */
function described(html: string): ReadonlyMap<string, Node> {
  const graphs = [...html.matchAll(BLOCK)].map(([, json = '']) => JSON.parse(json) as { '@context': string; '@graph': readonly Node[] });
  for (const graph of graphs) expect(graph['@context']).toBe('https://schema.org');
  return new Map(graphs.flatMap((graph) => graph['@graph']).map((node) => [node['@type'], node]));
}

const pages = builtPages();
const chapters = pages.filter(({ html }) => html.includes('data-kind="page"'));
const below = (folder: string): BuiltPage[] => pages.filter(({ path, document }) => document && path.startsWith(folder) && path !== folder);

test.each(chapters)('$path can be cited: tags, files and box agree with the page', ({ path, html }) => {
  const tree = fromHtml(html);
  const meta = (name: string): unknown => select(`meta[name="${name}"]`, tree)?.properties.content;
  const title = toText(select('h1', tree) ?? tree);
  const short = select('link[rel=shortlink]', tree)?.properties.href;
  const canonical = select('link[rel=canonical]', tree)?.properties.href;
  const json = JSON.parse(readFileSync(join(DIST, path, 'cite.json'), 'utf8')) as [Record<string, unknown>];
  const [{ note, issued }] = json;
  const changed = /Changed (\d+ \w+ \d{4})/.exec(toText(tree))?.[1];
  const day = new Date(`${changed ?? ''} UTC`).toISOString().slice(0, 10);

  expect(meta('citation_title')).toBe(title);
  expect(meta('citation_author')).toBe('Hidden Objectives contributors');
  expect(meta('citation_publication_date')).toBe(day.replaceAll('-', '/'));
  expect(meta('citation_online_date')).toBe(day.replaceAll('-', '/'));
  expect(meta('citation_inbook_title')).toBe('Hidden Objectives: A Handbook of Alignment Auditing');
  expect(meta('citation_publisher')).toBe('Hidden Objectives');
  expect(meta('citation_language')).toBe('en');
  expect(meta('citation_public_url')).toBe(short);
  expect(meta('citation_fulltext_html_url')).toBe(canonical);
  expect(note).toContain(`version of ${changed ?? '?'}`);
  expect(issued).toEqual({ 'date-parts': [day.split('-').map(Number)] });

  const box = select('#cite', tree);
  expect(toText(box ?? tree)).toContain(String(short));
  for (const ending of Object.keys(CITATION_FILES)) expect(existsSync(join(DIST, path, `cite.${ending}`)), ending).toBe(true);
  expect(selectAll('a[download]', box ?? tree).map(({ properties }) => properties.href)).toEqual(
    Object.keys(CITATION_FILES).map((ending) => `${path}cite.${ending}`),
  );
  expect(select('link[type="application/x-bibtex"]', tree)?.properties.href).toBe(`${path}cite.bib`);

  const resource = described(html).get('LearningResource');
  expect(resource).toMatchObject({ '@id': short, url: canonical, name: title, dateModified: day, inLanguage: 'en' });
  expect(resource?.description).toBe(meta('description'));
  expect(resource?.teaches).toEqual(selectAll('.head .plan li', tree).map((item) => toText(item)));
  expect(resource?.timeRequired).toBe(`PT${/(\d+) minutes/.exec(toText(select('.note', tree) ?? tree))?.[1] ?? '?'}M`);
});

test.each([
  { folder: '/reference/glossary/', type: 'DefinedTerm', has: ['name', 'description', 'inDefinedTermSet', 'termCode'] },
  { folder: '/reference/claims/', type: 'Claim', has: ['text', 'citation', 'firstAppearance'] },
  { folder: '/reference/misconceptions/', type: 'ClaimReview', has: ['claimReviewed', 'reviewBody', 'reviewRating'] },
])('every page below $folder describes a $type under its own address', ({ folder, type, has }) => {
  const described_ = below(folder).map(({ path, html }) => ({ path, node: described(html).get(type) }));
  expect(described_.length).toBeGreaterThan(10);
  for (const { path, node } of described_) {
    expect(node?.['@id'], path).toMatch(new RegExp(`^https?://[^/]+${path}$`));
    expect(
      has.filter((key) => node?.[key] === undefined || node[key] === ''),
      path,
    ).toEqual([]);
    // no markup of the content files is left in a plain text
    expect(JSON.stringify(node), path).not.toMatch(/<\/?[A-Z]|\*\w|\{[a-z]/);
  }
});

test('a lab describes itself as a part of the page that it belongs to, and names its oEmbed reply', () => {
  const labs = below('/labs/');
  expect(labs.length).toBeGreaterThan(0);
  for (const { path, html } of labs) {
    const resource = described(html).get('LearningResource');
    expect(resource).toMatchObject({
      '@id': expect.stringMatching(new RegExp(`${path}$`)) as unknown,
      learningResourceType: 'interactive simulation',
    });
    expect(resource?.isPartOf).toMatchObject({ '@type': 'LearningResource' });
    expect(JSON.stringify(resource)).not.toMatch(/<\/?[A-Z]|\*\w|\{[a-z]/);
    const tree = fromHtml(html);
    const reply = String(select('link[type="application/json+oembed"]', tree)?.properties.href);
    const { title, html: frame } = JSON.parse(readFileSync(join(DIST, new URL(reply).pathname), 'utf8')) as { title: string; html: string };
    expect(title).toBe(toText(select('h1', tree) ?? tree));
    const framed = new URL(String(select('iframe', fromHtml(frame, { fragment: true }))?.properties.src)).pathname;
    expect(existsSync(join(DIST, framed, 'index.html')), framed).toBe(true);
  }
});

test('the home page describes the book and a site whose search takes a query', () => {
  const home = described(pages.find(({ path }) => path === '/')?.html ?? '');
  expect(home.get('Book')?.hasPart).toHaveLength(chapters.length);
  expect(home.get('WebSite')?.potentialAction).toMatchObject({
    '@type': 'SearchAction',
    target: { urlTemplate: expect.stringMatching(/\/search\/\?q=\{term\}$/) as unknown },
  });
  const search = pages.find(({ path }) => path === '/search/')?.html ?? '';
  expect(search).toMatch(/<form[^>]*action="\/search\/"[^>]*><input[^>]*name="q"/);
});

test('chapters, parts, labs, terms, claims and misconceptions say the way to them, in order and over pages that are there', () => {
  const known = new Set(pages.map(({ path }) => path));
  const parts = chapters.map(({ path }) => `/${path.split('/')[1] ?? ''}/`);
  const wanted = pages.filter(
    ({ path, document }) =>
      document &&
      (chapters.some((chapter) => chapter.path === path) ||
        parts.includes(path) ||
        /^\/(?:labs|reference\/(?:glossary|claims|misconceptions))\/./.test(path)),
  );
  expect(wanted.length).toBeGreaterThan(chapters.length);
  for (const { path, html } of wanted) {
    const items = described(html).get('BreadcrumbList')?.itemListElement as readonly { position: number; name: string; item: string }[];
    expect(
      items.map(({ position }) => position),
      path,
    ).toEqual(items.map((_, index) => index + 1));
    expect(
      items.map(({ item }) => new URL(item).pathname).filter((href) => !known.has(href)),
      path,
    ).toEqual([]);
    expect(new URL(items.at(-1)?.item ?? '').pathname).toBe(path);
    expect(items.every(({ name }) => name !== '')).toBe(true);
  }
});

test('no block of linked data can end before its end', () => {
  for (const { path, html } of pages) for (const [, json = ''] of html.matchAll(BLOCK)) expect(json.includes('<'), path).toBe(false);
});
