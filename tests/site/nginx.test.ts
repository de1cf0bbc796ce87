import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { writeHosting } from '../../src/build/hosting/index.ts';
import { areaHeaders, EVERYWHERE } from '../../src/build/hosting/rules.ts';
import { hostileFaults } from '../support/hostile.ts';
import { freePort, get, startNginx, type RunningNginx } from '../support/nginx.ts';
import { builtPages, chapterPaths, DIST } from '../support/site.ts';

const ROOT = new URL('../../', import.meta.url).pathname;
const MISSING = readFileSync(join(DIST, '404.html'));

let port: number;
let nginx: RunningNginx | undefined;

/** The example for those who deploy, with the name, the port and the folder put in. */
beforeAll(async () => {
  port = await freePort();
  const example = readFileSync(join(ROOT, 'deploy/nginx.conf.example'), 'utf8');
  const server = example
    .replace('listen 80;', `listen 127.0.0.1:${port};`)
    .replace('example.org', '127.0.0.1')
    .replaceAll('/var/www/hidden-objectives', DIST.replace(/\/$/, ''));
  nginx = await startNginx(join(ROOT, '.cache/nginx-site'), server, port);
  // nginx may have to be installed first
}, 300_000);
afterAll(() => nginx?.stop());

/** A file of the site whose path matches, as an address. */
function asset(pattern: RegExp): string {
  const name = pattern.exec(readFileSync(join(DIST, 'index.html'), 'utf8'))?.[0];
  if (name === undefined) throw new Error(`The home page names no ${pattern.source}.`);
  return name;
}

test.each([
  ['/', '', 'text/html; charset=utf-8'],
  [chapterPaths()[0] ?? '', 'backdoors/', 'text/html; charset=utf-8'],
  ['/favicon.svg', 'favicon.svg', 'image/svg+xml'],
  [asset(/\/_astro\/[\w.-]+\.css/), '_astro/x.css', 'text/css; charset=utf-8'],
  [asset(/\/_astro\/[\w.-]+\.js/), '_astro/x.js', 'text/javascript; charset=utf-8'],
  [asset(/\/_astro\/[\w.-]+\.woff2/), '_astro/x.woff2', 'font/woff2'],
])('nginx sends %s with its headers, each once, and its type', async (path, like, type) => {
  const { status, headers } = await get(port, path);
  expect(status).toBe(200);
  expect(headers.get('content-type')).toBe(type);
  for (const [name, value] of [...EVERYWHERE, ...areaHeaders(like)]) expect(headers.get(name.toLowerCase()), name).toBe(value);
});

test('nginx answers 304 to a browser that has the page, compressed or not', async () => {
  for (const coding of ['gzip', 'identity']) {
    const first = await get(port, '/', { 'Accept-Encoding': coding });
    const tag = first.headers.get('etag') ?? '';
    expect(tag).toMatch(/^(?:W\/)?"/);
    const again = await get(port, '/', { 'Accept-Encoding': coding, 'If-None-Match': tag });
    expect([again.status, again.body.length]).toEqual([304, 0]);
    expect(again.headers.get('cache-control')).toBe('public, max-age=0, must-revalidate');
    expect((await get(port, '/', { 'Accept-Encoding': coding, 'If-None-Match': '"other"' })).status).toBe(200);
  }
});

test('nginx compresses text, and says that the answer depends on it', async () => {
  const plain = await get(port, '/');
  // without chunks, so that the body can be read as it came
  const { headers, body } = await get(port, '/', { 'Accept-Encoding': 'gzip' });
  expect(headers.get('content-encoding')).toBe('gzip');
  expect(headers.get('vary')).toBe('Accept-Encoding');
  expect(plain.headers.get('vary')).toBe('Accept-Encoding');
  expect(gunzipSync(unchunked(body, headers)).equals(plain.body)).toBe(true);
  expect(body.length).toBeLessThan(plain.body.length / 2);
});

/** A body without the marks of its chunks, where it came in chunks. */
function unchunked(body: Buffer, headers: ReadonlyMap<string, string>): Buffer {
  if (headers.get('transfer-encoding') !== 'chunked') return body;
  const parts: Buffer[] = [];
  for (let at = 0; ;) {
    const line = body.indexOf('\r\n', at);
    const length = parseInt(body.subarray(at, line).toString('latin1'), 16);
    if (!(length > 0)) return Buffer.concat(parts);
    parts.push(body.subarray(line + 2, line + 2 + length));
    at = line + 2 + length + 2;
  }
}

test('nginx leads every short address to its page in one step, with and without the slash', async () => {
  const targets = builtPages().flatMap(({ path, html }) => {
    const to = html.includes('og:title') ? undefined : /http-equiv="refresh" content="0; url=([^"]+)"/.exec(html)?.[1];
    return to === undefined ? [] : [{ path, to }];
  });
  expect(targets.length).toBeGreaterThan(20);
  for (const { path, to } of targets) {
    for (const spelling of [path, path.replace(/\/$/, '')]) {
      const { status, headers } = await get(port, spelling);
      expect([spelling, status, headers.get('location')]).toEqual([spelling, 301, to]);
    }
    expect((await get(port, to)).status, to).toBe(200);
  }
});

test('nginx sends the page 404.html for what is not there, and never to be kept', async () => {
  for (const path of ['/nothing/', '/_astro/gone.12345678.js', '/_astro/', '/_headers', '/_redirects', '/_nginx.conf']) {
    const { status, headers, body } = await get(port, path);
    expect([path, status, headers.get('cache-control')]).toEqual([path, 404, 'public, max-age=0, must-revalidate']);
    expect(body.equals(MISSING), path).toBe(true);
  }
});

test('nginx leads a folder to its slash, on the host and scheme that the reader asked for', async () => {
  const { status, headers } = await get(port, '/backdoors');
  expect([status, headers.get('location')]).toEqual([301, '/backdoors/']);
});

test('nginx answers requests that nobody means well with by 4xx, and with error pages only', async () => {
  expect(await hostileFaults(port, MISSING)).toEqual([]);
});

test('below a base path, nginx serves the site and leaves the rest of the server alone', async () => {
  const root = join(ROOT, '.cache/nginx-root');
  const dist = join(root, 'name');
  rmSync(root, { recursive: true, force: true });
  const page = (text: string): string => `<!DOCTYPE html><title>${text}</title>`;
  const files = {
    'name/index.html': page('home'),
    'name/404.html': page('missing'),
    'name/embed/loss/index.html': page('loss'),
    'name/b2/index.html': '<meta http-equiv="refresh" content="0; url=/name/">',
    'other.html': page('other'),
  };
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(join(root, path, '..'), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  await writeHosting({ dist, base: '/name/', origin: 'https://example.org' });
  const own = await freePort();
  const { stop } = await startNginx(
    join(ROOT, '.cache/nginx-based'),
    `server { listen 127.0.0.1:${own}; root ${root}; include ${dist}/_nginx.conf; }`,
    own,
  );
  try {
    const seen = async (path: string): Promise<unknown[]> => {
      const { status, headers, body } = await get(own, path);
      const policy = /frame-ancestors (.*)/.exec(headers.get('content-security-policy') ?? '')?.[1];
      return [status, headers.get('location') ?? /<title>(.*?)</.exec(body.toString())?.[1], policy];
    };
    expect(await seen('/name/')).toEqual([200, 'home', "'none'"]);
    expect(await seen('/name/embed/loss/')).toEqual([200, 'loss', '*']);
    expect(await seen('/name/b2')).toEqual([301, '/name/', "'none'"]);
    expect(await seen('/name/nothing/')).toEqual([404, 'missing', "'none'"]);
    expect(await seen('/name/_headers')).toEqual([404, 'missing', "'none'"]);
    expect(await seen('/other.html')).toEqual([200, 'other', undefined]);
  } finally {
    await stop();
  }
});
