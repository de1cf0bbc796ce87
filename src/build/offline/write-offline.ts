import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { KeptFile } from '../../offline/contract.ts';
import type { BuiltSite } from '../built-site.ts';
import { keptFiles, packPreviews, writeWorker } from './worker.ts';
import { writeZip } from './zip.ts';

/** Bytes as a reader is told them: 5.3 MB. */
function megabytes(bytes: number): string {
  const value = bytes / 1e6;
  return `${value < 10 ? value.toFixed(1) : Math.round(value)} MB`;
}

/** The file of a built site that is served at an address below the base. */
function fileOf(dist: string, path: string): string {
  return join(dist, path === '' || path.endsWith('/') ? `${path}index.html` : path);
}

/** Bytes that a host sends for these files, packed as nearly all hosts can: by gzip. */
export async function bytesSent(dist: string, files: readonly KeptFile[]): Promise<number> {
  let sum = 0;
  for (const [path, , bytes] of files) sum += Math.min(bytes, gzipSync(await readFile(fileOf(dist, path))).length);
  return sum;
}

/** Puts the sizes into the page that announces them. @throws Error where the page has no place for one */
export function fillSizes(html: string, sizes: Readonly<Record<string, string>>): string {
  let filled = html;
  for (const [name, size] of Object.entries(sizes)) {
    const place = new RegExp(`(<span data-size="${name}">)[^<]*(</span>)`, 'g');
    if (!place.test(filled))
      throw new Error(
        `The page /offline/ has no place for the size "${name}".\nGive it <span data-size="${name}"> in src/pages/offline.astro.`,
      );
    filled = filled.replace(place, `$1${size}$2`);
  }
  return filled;
}

/**
 * Writes what makes the site readable without a connection: the zip, the worker, and their sizes on the page `/offline/`. Comes after
 * every other page and asset is final, since the worker names each by its content.
 */
export async function writeOffline(site: BuiltSite): Promise<void> {
  const { dist } = site;
  const zip = await writeZip(site);
  const previews = await packPreviews(dist);
  const measured = await keptFiles(dist, previews);
  const page = join(dist, 'offline/index.html');
  const sizes = {
    files: measured.length.toLocaleString('en-GB'),
    sent: megabytes(await bytesSent(dist, measured)),
    kept: megabytes(measured.reduce((sum, [, , bytes]) => sum + bytes, 0)),
    zip: megabytes(zip),
  };
  await writeFile(page, fillSizes(await readFile(page, 'utf8'), sizes));
  // the page itself is kept too, and has just changed
  await writeWorker(dist, { files: await keptFiles(dist, previews), previews });
}
