import { readFile, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { join, posix } from 'node:path';
import { strToU8, zipSync, type Zippable } from 'fflate';
import { RewritingStream } from 'parse5-html-rewriting-stream';
import { printDay } from '../../handbook/day.ts';
import { ZIP } from '../../offline/contract.ts';
import { SUBTITLE, TITLE } from '../../site.ts';
import type { BuiltSite } from '../built-site.ts';
import { rewritten } from '../rewritten.ts';
import { readerPages } from './reader-pages.ts';

/** The folder in the zip. */
const FOLDER = ZIP.replace(/\.zip$/, '');
/** Pages that make no sense in a folder: nobody is sent to the one, and the other needs a server. */
const NOT_IN_A_FOLDER = new Set(['404.html', 'offline/index.html']);
/** What a link may load; other links lead somewhere or only hasten what is loaded anyway. */
const LOADED = /\b(?:stylesheet|icon)\b/;
const HASTENED = /\b(?:preload|modulepreload|prefetch)\b/;

/** Where a site stands on the web. */
export type Place = Pick<BuiltSite, 'base' | 'origin'>;

/** How an address is written in the zip. */
export interface Addresses {
  /** A link that a reader follows, in the file `from`. */
  link(address: string, from: string): string;
  /** A file that `from` loads. */
  file(address: string, from: string): string;
}

/**
 * Makes addresses relative. A link to what is not in the zip leads to the web.
 * @param has whether the zip holds a file, by its path below the base
 * @param wanted is told each file that something loads
 */
export function relativeAddresses({ base, origin }: Place, has: (path: string) => boolean, wanted: (path: string) => void): Addresses {
  const resolve = (address: string, from: string): URL | undefined => {
    // a scheme, another host, or a place on the same page
    if (/^(?:[a-z][a-z\d+.-]*:|\/\/|#)/i.test(address) || address === '') return undefined;
    const url = new URL(address, `http://site${base}${from}`);
    return url.pathname.startsWith(base) ? url : undefined;
  };
  const pathOf = (url: URL): string => decodeURIComponent(url.pathname.slice(base.length)).replace(/(^|\/)$/, '$1index.html');
  const relative = (path: string, from: string): string => encodeURI(posix.relative(posix.dirname(from), path));
  return {
    link: (address, from) => {
      const url = resolve(address, from);
      if (url === undefined) return address;
      const path = pathOf(url);
      return has(path) ? `${relative(path, from)}${url.search}${url.hash}` : `${origin}${url.pathname}${url.search}${url.hash}`;
    },
    file: (address, from) => {
      const url = resolve(address, from);
      if (url === undefined) return address;
      wanted(pathOf(url));
      return relative(pathOf(url), from);
    },
  };
}

/**
 * A page as it reads from a folder. The policy goes, since there is no "self" among files; scripts go, since browsers load no modules
 * from files: the page is then as it is without JavaScript, which is whole.
 * @param path of the page below the base, such as `b2/index.html`
 */
export async function pageForFolder(html: string, path: string, addresses: Addresses): Promise<string> {
  const stream = new RewritingStream();
  let inScript = false;
  stream.on('startTag', (tag, raw) => {
    const attribute = (name: string): string => tag.attrs.find((entry) => entry.name === name)?.value.toLowerCase() ?? '';
    if (tag.tagName === 'script') {
      inScript = true;
      return;
    }
    const drops =
      (tag.tagName === 'meta' && attribute('http-equiv') === 'content-security-policy') ||
      (tag.tagName === 'link' && HASTENED.test(attribute('rel')));
    if (drops) return;
    let changed = false;
    for (const entry of tag.attrs) {
      const before = entry.value;
      if (entry.name === 'href' || entry.name === 'xlink:href' || entry.name === 'action') {
        const loads = (tag.tagName === 'link' && LOADED.test(attribute('rel'))) || tag.tagName === 'use' || tag.tagName === 'image';
        entry.value = loads ? addresses.file(before, path) : addresses.link(before, path);
      } else if (entry.name === 'src' || entry.name === 'poster') {
        entry.value = addresses.file(before, path);
      } else if (entry.name === 'content' && attribute('http-equiv') === 'refresh') {
        entry.value = before.replace(/(url=)(.*)$/i, (_, lead: string, to: string) => `${lead}${addresses.link(to, path)}`);
      }
      changed ||= entry.value !== before;
    }
    if (changed) stream.emitStartTag(tag);
    else stream.emitRaw(raw);
  });
  stream.on('text', (_, raw) => {
    if (!inScript) stream.emitRaw(raw);
  });
  stream.on('endTag', (tag, raw) => {
    if (tag.tagName === 'script') inScript = false;
    else stream.emitRaw(raw);
  });
  return rewritten(stream, html);
}

/** A style sheet as it is read from a folder. Its faces are preloaded by nobody, so that they may come late. */
export function sheetForFolder(css: string, path: string, addresses: Addresses): string {
  return css
    .replace(/url\((["']?)([^"')]+)\1\)/g, (_, quote: string, address: string) => `url(${quote}${addresses.file(address, path)}${quote})`)
    .replace(/font-display:\s*optional/g, 'font-display:swap');
}

/** @param day on which a page last changed, as `2026-11-21` */
function readMe(address: string, day: string): string {
  return `${TITLE}: ${SUBTITLE}

Open index.html in a browser. The handbook then reads from this folder,
without a connection. Search, previews and what else needs a script are
left out: browsers run no such scripts from a folder. Links to papers, and
to what is not in this folder, lead to the web.

This copy: ${printDay(day)}, the day on which a page last changed.
The handbook as it is today: ${address}

Text and figures: Creative Commons Attribution 4.0 International
(https://creativecommons.org/licenses/by/4.0/), by the ${TITLE}
contributors. You may share and adapt them if you give credit, link to the
licence, and say what you changed. Code: MIT licence.
`;
}

/**
 * A built site as one zip, to be unpacked and read from a folder: its pages and what they load. The same site gives the same bytes.
 * @param day on which a page last changed, as `2026-11-21`; it is the date of every file
 * @throws Error where a page loads a file that is not there
 */
export async function zipOf({ dist, base, origin }: Omit<BuiltSite, 'handbook'>, day: string): Promise<Uint8Array> {
  const pages = (await readerPages(dist)).filter(({ path }) => !NOT_IN_A_FOLDER.has(path));
  const paths = new Set(pages.map(({ path }) => path));
  const waiting = new Set<string>();
  const addresses = relativeAddresses(
    { base, origin },
    (path) => paths.has(path),
    (path) => waiting.add(path),
  );
  const files = new Map<string, Uint8Array>([['README.txt', strToU8(readMe(`${origin}${base}`, day))]]);
  for (const { path, html } of pages) files.set(path, strToU8(await pageForFolder(html, path, addresses)));
  // a style sheet wants fonts: what is added while this runs is visited too
  for (const path of waiting) {
    const file = join(dist, path);
    if (!existsSync(file))
      throw new Error(
        `${path} is loaded by a page of the zip, but the site has no such file.\nSee which page names it: grep -r "${path}" dist.`,
      );
    const content = await readFile(file);
    files.set(path, path.endsWith('.css') ? strToU8(sheetForFolder(content.toString('utf8'), path, addresses)) : content);
  }
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  // a zip holds local time; made of its parts, it is the same in every time zone
  const mtime = new Date(year, month - 1, date, 12);
  const sorted = [...files].sort(([a], [b]) => (a < b ? -1 : 1));
  const zippable: Zippable = Object.fromEntries(sorted.map(([path, content]) => [`${FOLDER}/${path}`, [content, { mtime }]]));
  return zipSync(zippable, { level: 9 });
}

/**
 * Writes the zip of a built site into its folder.
 * @returns its size in bytes
 */
export async function writeZip(site: BuiltSite): Promise<number> {
  const day = site.handbook.pages
    .map((page) => page.updated)
    .reduce((newest, updated) => (updated > newest ? updated : newest), '1980-01-01');
  const zip = await zipOf(site, day);
  await writeFile(join(site.dist, ZIP), zip);
  return zip.length;
}
