import { readdirSync } from 'node:fs';
import { relative, join } from 'node:path';
import { expect, test } from 'vitest';
import { HOSTING_FILES } from '../../src/build/hosting/nginx.ts';
import { areaHeaders, EVERYWHERE } from '../../src/build/hosting/rules.ts';
import { contentType, typeOf } from '../../src/build/hosting/types.ts';
import { FRAMEABLE_POLICY, HEADER_POLICY, POLICY } from '../../src/build/policy.ts';
import { HOSTS, readHeaders } from '../support/headers.ts';
import { builtPages, DIST } from '../support/site.ts';

const escaped = POLICY.replaceAll("'", '&#39;');
const redirect = (html: string): boolean => html.includes('http-equiv="refresh"') && !html.includes('og:title');
const redirects = new Set(builtPages().flatMap(({ path, html }) => (redirect(html) ? [`${path.slice(1)}index.html`] : [])));
/** What "npm run compress" writes is sent in place of the file that it was made of. */
const files = readdirSync(DIST, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && !/\.(?:br|gz)$/.test(entry.name))
  .map((entry) => relative(DIST, join(entry.parentPath, entry.name)))
  .filter((path) => !redirects.has(path) && !(HOSTING_FILES as readonly string[]).includes(path));
/** Each file under its name, and each page also under its address. */
const addresses = files.flatMap((path) => (/(?:^|\/)index\.html$/.test(path) ? [path, path.replace(/index\.html$/, '')] : [path]));

test.each(Object.entries(HOSTS))('on %s, every file has every header once, as the table of rules gives it', (_, host) => {
  const headersOf = readHeaders(DIST, host);
  const faults = addresses.flatMap((path) => {
    const type = typeOf(path);
    const sent = headersOf(`/${path}`);
    const wanted = [...EVERYWHERE, ...areaHeaders(path), ...(type?.told === true ? [['Content-Type', contentType(type)]] : [])];
    return JSON.stringify(sent) === JSON.stringify(wanted) ? [] : [`/${path}: ${sent.map(([name]) => name).join(', ')}`];
  });
  expect(addresses.length).toBeGreaterThan(1000);
  expect(faults.slice(0, 20)).toEqual([]);
});

test('every page forbids to be framed, but those made for it', () => {
  const headersOf = readHeaders();
  const pages = builtPages().filter(({ document }) => document);
  const faults = pages.filter(({ path }) => {
    const wanted = path.startsWith('/embed/') ? FRAMEABLE_POLICY : HEADER_POLICY;
    return new Map(headersOf(path)).get('Content-Security-Policy') !== wanted;
  });
  expect(pages.length).toBeGreaterThan(100);
  expect(faults.map(({ path }) => path)).toEqual([]);
});

test('the policy allows nothing inline', () => {
  expect(HEADER_POLICY).not.toContain('unsafe-inline');
});

test('every page carries the policy', () => {
  const without = builtPages().filter(({ html, document }) => document && !html.includes(POLICY) && !html.includes(escaped));
  expect(without.map(({ path }) => path)).toEqual([]);
});

test('files whose name carries a hash are kept for ever, and only they', () => {
  const headersOf = readHeaders();
  const kept = files.filter((path) => new Map(headersOf(`/${path}`)).get('Cache-Control')?.includes('immutable') === true);
  expect(kept.length).toBeGreaterThan(20);
  expect(kept.filter((path) => !/^_astro\/.+\.[\w-]{8,}\.\w+$/.test(path))).toEqual([]);
});

test('the type of every file is known, but for those that only Pagefind reads', () => {
  expect(files.filter((path) => typeOf(path) === undefined && !/^pagefind\/.*\.(?:pagefind|pf_\w+)$/.test(path))).toEqual([]);
});
