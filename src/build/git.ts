import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import type { Page } from '../handbook/handbook.ts';

/** One commit that touched a file, as a reader is told of it. */
export interface Commit {
  /** Its whole hash. */
  readonly hash: string;
  /** The day on which it came into the book, in UTC: `2026-11-21`. */
  readonly day: string;
  readonly subject: string;
}

/** What git knows of the files below the content folder. Files are named as the reader names them: `content/claims/….yaml`. */
export class ContentHistory {
  /** Whether it reaches back to the beginning. A shallow clone does not. */
  readonly whole: boolean;
  /** Commits, newest first, each with the files that it touched, by their names of today. */
  readonly #touched: readonly (Commit & { readonly files: ReadonlySet<string> })[];

  constructor(touched: readonly (Commit & { readonly files: ReadonlySet<string> })[], whole: boolean) {
    this.#touched = touched;
    this.whole = whole;
  }

  /** The commits that touched one of the files, newest first. A name that ends with a slash stands for all files below it. */
  of(names: readonly string[]): Commit[] {
    const files = names.filter((name) => !name.endsWith('/'));
    const folders = names.filter((name) => name.endsWith('/'));
    return this.#touched
      .filter(
        (commit) =>
          files.some((file) => commit.files.has(file)) ||
          (folders.length > 0 && [...commit.files].some((file) => folders.some((folder) => file.startsWith(folder)))),
      )
      .map(({ hash, day, subject }) => ({ hash, day, subject }));
  }

  /** The day of the newest commit that touched one of the files; undefined where git knows of none. */
  lastDay(names: readonly string[]): string | undefined {
    return this.of(names)
      .map(({ day }) => day)
      .toSorted()
      .at(-1);
  }
}

/** For a copy that carries no history: an archive, or a machine without git. */
export const NO_HISTORY = new ContentHistory([], false);

const RECORD = '\u001e';
const FIELD = '\u001f';

/** Hash, day and subject of a commit, then its files, each record and field with a mark of its own. */
const FORMAT = '--format=%x1e%H%x1f%cd%x1f%s';

/**
 * Reads what `git log --name-status -z` printed in our format. A file that was renamed counts under its name of today.
 * @param log as git printed it, newest commit first
 * @param cut hashes of the commits at which a shallow clone ends: they seem to add every file, and so say nothing
 */
export function parseLog(log: string, cut: ReadonlySet<string> = new Set()): ContentHistory {
  /** Name of a file at the commit that is being read → its name of today. */
  const today = new Map<string, string>();
  const touched: (Commit & { files: Set<string> })[] = [];
  for (const record of log.split(RECORD).slice(1)) {
    const [head = '', ...parts] = record.split('\0').map((part) => part.replace(/^\n/, ''));
    const [hash = '', day = '', subject = ''] = head.split(FIELD).map((field) => field.trimEnd());
    if (cut.has(hash)) continue;
    const files = new Set<string>();
    const renamed: [before: string, now: string][] = [];
    for (let index = 0; index < parts.length;) {
      const status = parts[index++] ?? '';
      if (status === '') continue;
      const name = parts[index++] ?? '';
      // a rename or a copy names two files
      const file = /^[RC]/.test(status) ? (parts[index++] ?? '') : name;
      const now = today.get(file) ?? file;
      files.add(now);
      if (status.startsWith('R')) renamed.push([name, now]);
    }
    // two files may have changed names with each other, so none of a commit's names is turned before all were read
    for (const [before, now] of renamed) today.set(before, now);
    touched.push({ hash, day, subject, files });
  }
  return new ContentHistory(touched, cut.size === 0);
}

/**
 * Reads the history of a content folder from git, in one call. Nothing is thrown: where there is no git, no repository, or only the newest
 * commit of one, the history is empty, and what needs a day takes it from the page.
 */
export function readHistory(folder: string): ContentHistory {
  const parent = dirname(resolve(folder));
  const git = (...args: string[]): string =>
    execFileSync('git', args, {
      cwd: parent,
      encoding: 'utf8',
      maxBuffer: 2 ** 28,
      stdio: ['ignore', 'pipe', 'ignore'],
      // the same day wherever the site is built
      env: { ...process.env, TZ: 'UTC' },
    });
  try {
    let cut = new Set<string>();
    if (git('rev-parse', '--is-shallow-repository').trim() === 'true') {
      cut = new Set(
        readFileSync(resolve(parent, git('rev-parse', '--git-path', 'shallow').trim()), 'utf8')
          .split('\n')
          .filter(Boolean),
      );
    }
    const log = git(
      'log',
      '-z',
      '-M',
      '--name-status',
      '--no-show-signature',
      '--date=format-local:%Y-%m-%d',
      FORMAT,
      '--relative',
      '--',
      basename(folder),
    );
    return parseLog(log, cut);
  } catch {
    return NO_HISTORY;
  }
}

/** Under which name a process keeps what was read: Astro bundles the pages apart from the configuration. */
const KEPT = Symbol.for('hidden-objectives.history');
const shared = globalThis as { [KEPT]?: ContentHistory };

/** Reads the history once for a whole build, before its first page is made. */
export function keepHistory(folder: string): void {
  shared[KEPT] = readHistory(folder);
}

/** The history of this site's content; none before `keepHistory`. */
export function siteHistory(): ContentHistory {
  return shared[KEPT] ?? NO_HISTORY;
}

/** The files of which a page is made: its prose, its questions, and the figures that it shows. */
export function filesOf(page: Pick<Page, 'id' | 'file' | 'outline'>): string[] {
  const folder = page.file.slice(0, page.file.lastIndexOf('/') + 1);
  const content = page.file.slice(0, page.file.indexOf('/') + 1);
  const figures = page.outline.blocks
    .filter(({ kind }) => kind === 'figure')
    .flatMap(({ id }) => {
      const name = `${folder}${id}`;
      return [`${name}.figure.yaml`, `${name}.svg`, `${name}.narrow.svg`];
    });
  return [page.file, `${content}questions/${page.id}.yaml`, ...figures];
}
