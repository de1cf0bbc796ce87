import { strToU8, zipSync, type Zippable } from 'fflate';
import { readFile } from 'node:fs/promises';
import { relative, sep } from 'node:path';
import { filesBelow } from '../files.ts';
import { NOWHERE } from './placeholders.ts';

/** What an edition keeps: pages, what they load, the files that cite them. Search, cards, feeds and downloads belong to the living site. */
const KEPT = /^_astro\/|^[\w-]+\.svg$|^moved\.js$|\/cite\.(?:bib|ris|json)$|\.html$/;
/** Pages that serve the living site only. */
const DROPPED = /^(?:404\.html|(?:pagefind|search|embed|offline|cards|e)\/)/;

/** An archive's day says when it was packed, which two runs differ in; this is the first that the format knows. */
const EPOCH = new Date(1980, 0, 1);

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

/**
 * A page of an edition with its addresses put right: the canonical page is the living one, and what the edition leaves out is linked to
 * there. No page of it is hidden from search engines by `noindex`: the canonical link already gives its standing to the living page, and
 * the two signals contradict each other.
 * @param page the page's own path, such as `backdoors/probes/index.html`
 * @param has whether the edition holds a file, by its path
 */
export function withLivingAddresses(html: string, edition: string, page: string, has: (path: string) => boolean): string {
  const base = `${NOWHERE.SITE_BASE}e/${edition}/`;
  const there = (path: string): boolean => has(decodeURI(path === '' || path.endsWith('/') ? `${path}index.html` : path));
  return html
    .replace(/<link rel="canonical"[^>]*>/g, (tag) => tag.replace(base, NOWHERE.SITE_BASE))
    .replace(new RegExp(`${escaped(base)}([^\\s"'<>?#&;\\\\]*)`, 'g'), (whole, path: string) =>
      there(path) ? whole : `${NOWHERE.SITE_BASE}${path}`,
    )
    .replace(/(?<=\s(?:href|src)=")(?![a-z]+:|[/#?])([^"?#]+)/g, (whole, relative: string) => {
      const path = new URL(relative, `http://site/${page}`).pathname.slice(1);
      return there(path) ? whole : `${NOWHERE.SITE_BASE}${path}`;
    });
}

/**
 * What an edition holds of a built site.
 * @param dist folder of the site, built for `NOWHERE` with `SITE_EDITION`
 * @returns content of every file by its path, sorted
 */
export async function frozenFiles(dist: string, edition: string): Promise<ReadonlyMap<string, Uint8Array>> {
  const paths = (await filesBelow(dist, ''))
    .map((path) => ({ path, name: relative(dist, path).split(sep).join('/') }))
    .filter(({ name }) => KEPT.test(name) && !DROPPED.test(name));
  const names = new Set(paths.map(({ name }) => name));
  const files = new Map<string, Uint8Array>();
  for (const { path, name } of paths) {
    const content = await readFile(path);
    files.set(
      name,
      name.endsWith('.html') ? strToU8(withLivingAddresses(content.toString('utf8'), edition, name, (file) => names.has(file))) : content,
    );
  }
  return files;
}

/** Packs files into an archive that is the same byte for byte whenever they are. */
export function pack(files: ReadonlyMap<string, Uint8Array>): Uint8Array {
  const entries: Zippable = {};
  for (const [name, content] of [...files].sort(([a], [b]) => (a < b ? -1 : 1))) entries[name] = content;
  return zipSync(entries, { level: 9, mtime: EPOCH });
}
