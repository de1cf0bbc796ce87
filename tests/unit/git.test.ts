import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { filesOf, NO_HISTORY, parseLog, readHistory } from '../../src/build/git.ts';

/** One commit as `git log -z --name-status` prints it in our format. */
function printed(hash: string, day: string, subject: string, ...files: string[]): string {
  return `\u001e${hash}\u001f${day}\u001f${subject}\0\n${files.join('\0')}\0`;
}

const LOG = [
  printed('ddd', '2026-03-04', 'This change mends both', 'M', 'content/b.yaml', 'M', 'content/claims/x.yaml'),
  printed('ccc', '2026-03-03', 'This change moves a page', 'R087', 'content/a.yaml', 'content/b.yaml'),
  printed('bbb', '2026-02-02', 'This change adds a claim', 'A', 'content/claims/x.yaml'),
  printed('aaa', '2026-01-01', 'This change begins', 'A', 'content/a.yaml', 'A', 'content/c.yaml'),
].join('');

test.each([
  { names: ['content/b.yaml'], hashes: ['ddd', 'ccc', 'aaa'], last: '2026-03-04' },
  { names: ['content/c.yaml'], hashes: ['aaa'], last: '2026-01-01' },
  { names: ['content/c.yaml', 'content/claims/x.yaml'], hashes: ['ddd', 'bbb', 'aaa'], last: '2026-03-04' },
  { names: ['content/claims/'], hashes: ['ddd', 'bbb'], last: '2026-03-04' },
  { names: ['content/a.yaml'], hashes: [], last: undefined },
  { names: ['content/claims'], hashes: [], last: undefined },
])('the commits that touched $names are $hashes', ({ names, hashes, last }) => {
  const history = parseLog(LOG);
  expect(history.of(names).map(({ hash }) => hash)).toEqual(hashes);
  expect(history.lastDay(names)).toBe(last);
});

test('a commit is told with its day and its subject, and nothing else', () => {
  expect(parseLog(LOG).of(['content/c.yaml'])).toEqual([{ hash: 'aaa', day: '2026-01-01', subject: 'This change begins' }]);
});

test('two files that change names in one commit keep their histories apart', () => {
  const history = parseLog(
    [
      printed('bbb', '2026-02-02', 'Swap', 'R100', 'content/a', 'content/b', 'R100', 'content/b', 'content/a'),
      printed('aab', '2026-01-02', 'Second', 'A', 'content/b'),
      printed('aaa', '2026-01-01', 'First', 'A', 'content/a'),
    ].join(''),
  );
  expect(history.of(['content/b']).map(({ hash }) => hash)).toEqual(['bbb', 'aaa']);
  expect(history.of(['content/a']).map(({ hash }) => hash)).toEqual(['bbb', 'aab']);
});

test('the commit at which a shallow clone ends says nothing, and the history is not whole', () => {
  const history = parseLog(LOG, new Set(['aaa']));
  expect(history.of(['content/c.yaml'])).toEqual([]);
  expect(history.of(['content/b.yaml']).map(({ hash }) => hash)).toEqual(['ddd', 'ccc']);
  expect({ cut: history.whole, all: parseLog(LOG).whole }).toEqual({ cut: false, all: true });
});

test('a page is made of its prose, its questions and its figures', () => {
  const blocks = [
    { kind: 'figure', id: 'gap' },
    { kind: 'equation', id: 'rate' },
  ];
  const page = { id: 'b2', file: 'content/chapters/02-b/01-x.mdx', outline: { blocks } } as unknown as Parameters<typeof filesOf>[0];
  expect(filesOf(page)).toEqual([
    'content/chapters/02-b/01-x.mdx',
    'content/questions/b2.yaml',
    'content/chapters/02-b/gap.figure.yaml',
    'content/chapters/02-b/gap.svg',
    'content/chapters/02-b/gap.narrow.svg',
  ]);
});

const folder = mkdtempSync(join(tmpdir(), 'history-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

function git(at: string, ...args: string[]): void {
  const env = {
    ...process.env,
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_AUTHOR_NAME: 'A',
    GIT_AUTHOR_EMAIL: 'a@example.org',
    GIT_COMMITTER_NAME: 'A',
    GIT_COMMITTER_EMAIL: 'a@example.org',
    // late in the evening west of Greenwich is the next day in UTC
    GIT_COMMITTER_DATE: '2026-01-01T23:30:00-05:00',
  };
  execFileSync('git', args, { cwd: at, env, stdio: 'pipe' });
}

test('a repository is read with its renames; a shallow clone of it, and a folder without git, have no history', () => {
  const source = join(folder, 'source');
  mkdirSync(join(source, 'content'), { recursive: true });
  git(folder, 'init', '--quiet', 'source');
  const text = Array.from({ length: 20 }, (_, line) => `line ${line}`).join('\n');
  writeFileSync(join(source, 'content', 'a “page”.mdx'), text);
  git(source, 'add', '.');
  git(source, 'commit', '--quiet', '-m', 'This change adds a page');
  renameSync(join(source, 'content', 'a “page”.mdx'), join(source, 'content', 'b.mdx'));
  writeFileSync(join(source, 'content', 'b.mdx'), `${text}\nmore`);
  git(source, 'add', '.');
  git(source, 'commit', '--quiet', '-m', 'This change moves it');
  git(folder, 'clone', '--quiet', '--depth', '1', `file://${source}`, 'shallow');
  mkdirSync(join(folder, 'bare', 'content'), { recursive: true });

  const told = readHistory(join(source, 'content')).of(['content/b.mdx']);
  expect(told.map(({ day, subject }) => `${day} ${subject}`)).toEqual([
    '2026-01-02 This change moves it',
    '2026-01-02 This change adds a page',
  ]);
  expect(readHistory(join(folder, 'shallow', 'content')).of(['content/'])).toEqual([]);
  expect(readHistory(join(folder, 'bare', 'content'))).toBe(NO_HISTORY);
  expect(readHistory(join(folder, 'nowhere', 'content'))).toBe(NO_HISTORY);
});
