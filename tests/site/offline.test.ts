import { unzipSync } from 'fflate';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { keptFiles } from '../../src/build/offline/worker.ts';
import { bytesSent } from '../../src/build/offline/write-offline.ts';
import type { KeptFile } from '../../src/offline/contract.ts';
import { builtPages, chapterPaths, DIST } from '../support/site.ts';

/** Most that a reader's one visit to /offline/ may fetch. Above it, find what to leave out or to pack (src/build/offline/worker.ts). */
const MOST = { files: 2500, sent: 10_000_000, zip: 8_000_000, worker: 250_000 };

let kept: KeptFile[] = [];
let zip: Record<string, Uint8Array> = {};
const worker = readFileSync(join(DIST, 'sw.js'), 'utf8');
const packed = /offline\/previews\.\w+\.json/.exec(worker)?.[0] ?? '';

beforeAll(async () => {
  kept = await keptFiles(DIST, packed);
  zip = unzipSync(readFileSync(join(DIST, 'hidden-objectives.zip')));
});

test('the worker was written last: it names every kept file as it lies in the site', () => {
  const listed = [...worker.matchAll(/\[`([^`]*)`,(null|`\w+`|`?[\w.]+`?),/g)].map(
    ([, path = '', revision = '']) => `${path} ${revision.replaceAll('`', '')}`,
  );
  expect(listed).toEqual(kept.map(([path, revision]) => `${path} ${revision ?? 'null'}`));
});

test('every document and every short address is kept, and nothing that is only shared, framed or downloaded', () => {
  const paths = new Set(kept.map(([path]) => `/${path}`));
  expect(chapterPaths().filter((path) => !paths.has(path))).toEqual([]);
  const documents = builtPages().filter(({ document, path }) => document && !/^\/(?:embed|book|e)\//.test(path));
  expect(documents.filter(({ path }) => !paths.has(path))).toEqual([]);
  expect(paths.has('/b2/')).toBe(true);
  expect(kept.filter(([path]) => /^(?:cards|previews|embed|e)\/|\.(?:zip|pdf|epub|xml|md|png)$|^feed|sw\.js$/.test(path))).toEqual([]);
});

test('all previews are in the file that is kept for them', () => {
  const pack = JSON.parse(readFileSync(join(DIST, packed), 'utf8')) as Record<string, string>;
  const previews = builtPages().filter(({ path }) => path.startsWith('/previews/'));
  expect(previews.length).toBeGreaterThan(100);
  expect(Object.entries(pack)).toEqual(previews.map(({ path, html }) => [path.slice(1), html]));
});

test('what is kept stays within its bounds, and the page says how much it is', async () => {
  const sent = await bytesSent(DIST, kept);
  const bytes = kept.reduce((sum, [, , size]) => sum + size, 0);
  const zipped = readFileSync(join(DIST, 'hidden-objectives.zip')).length;
  console.log(`${kept.length} files, ${bytes} bytes, ${sent} sent by gzip; zip ${zipped}; worker ${worker.length}`);
  expect(kept.length).toBeLessThanOrEqual(MOST.files);
  expect(sent).toBeLessThanOrEqual(MOST.sent);
  expect(zipped).toBeLessThanOrEqual(MOST.zip);
  expect(worker.length).toBeLessThanOrEqual(MOST.worker);
  const page = readFileSync(join(DIST, 'offline/index.html'), 'utf8');
  expect(page).toContain(`<span data-size="files">${kept.length.toLocaleString('en-GB')}</span>`);
  expect(page).toContain(`<span data-size="sent">${(sent / 1e6).toFixed(1)} MB</span>`);
});

test('every address in the zip leads to a file in it, or to the web', () => {
  const text = new TextDecoder();
  const faults: string[] = [];
  let links = 0;
  for (const [path, content] of Object.entries(zip)) {
    if (!/\.(?:html|css)$/.test(path)) continue;
    const source = text.decode(content);
    const pattern = path.endsWith('.css') ? /url\(["']?()([^"')]+)/g : /\s(href|src|action|content)="([^"]*)"/g;
    for (const [, name, raw = ''] of source.matchAll(pattern)) {
      const address = name === 'content' ? (/^0; url=(.*)/.exec(raw)?.[1] ?? '') : raw;
      if (/^(?:https?:|mailto:|data:|#|$)/.test(address)) continue;
      links++;
      const target = decodeURIComponent(new URL(address.replaceAll('&amp;', '&'), `http://zip/${path}`).pathname.slice(1));
      if (!(target in zip)) faults.push(`${path}: ${address}`);
    }
  }
  expect(links).toBeGreaterThan(10_000);
  expect(faults.slice(0, 20)).toEqual([]);
});

test('every chapter is in the zip, without a script or a policy, and nothing else of the site', () => {
  expect(chapterPaths().filter((path) => !(`hidden-objectives${path}index.html` in zip))).toEqual([]);
  const text = new TextDecoder();
  const pages = Object.entries(zip).filter(([path]) => path.endsWith('.html'));
  expect(pages.filter(([, content]) => /<script|http-equiv="content-security-policy"|crossorigin/i.test(text.decode(content)))).toEqual([]);
  expect(
    Object.keys(zip).filter((path) => /\/(?:pagefind|previews|cards|embed|offline)\/|sw\.js|\.js$|404\.html|_headers|feed/.test(path)),
  ).toEqual([]);
  expect(existsSync(join(DIST, 'sw.js.map'))).toBe(false);
});
