import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';

/** The built site. */
export const DIST = new URL('../../dist/', import.meta.url).pathname;

/** One built page: its path on the site and its text. */
export interface BuiltPage {
  readonly path: string;
  readonly html: string;
  /** A whole document that a reader opens: no fragment for a preview and no redirect. */
  readonly document: boolean;
}

/** Every page of a built site, in a fixed order; those of its editions are frozen and no longer ours to mend. */
export function builtPages(folder = DIST): BuiltPage[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.html') && !/^(?:pagefind|e)[\\/]/.test(name))
    .sort()
    .map((name) => {
      const html = readFileSync(join(folder, name), 'utf8');
      const path = `/${relative(folder, join(folder, name))
        .split(sep)
        .join('/')
        .replace(/index\.html$/, '')}`;
      return { path, html, document: html.includes('<main') };
    });
}

/** Paths of the pages that a reader opens; of claims, terms and others that are alike, the first few of each. */
export function sampledPaths(): string[] {
  const seen = new Map<string, number>();
  return builtPages()
    .filter((page) => page.document)
    .map((page) => page.path)
    .filter((path) => {
      const kind = /^\/(?:reference\/(?:claims|glossary|misconceptions|exercises|reading|teaching|runs)|embed)\/(?=.)/.exec(path)?.[0];
      if (kind === undefined) return true;
      const count = (seen.get(kind) ?? 0) + 1;
      seen.set(kind, count);
      return count <= 2;
    });
}

/** Paths of the chapters. */
export function chapterPaths(): string[] {
  return builtPages()
    .filter((page) => page.html.includes('data-kind="page"'))
    .map((page) => page.path);
}
