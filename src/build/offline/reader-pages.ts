import { readFile } from 'node:fs/promises';
import { relative, sep } from 'node:path';
import { filesBelow } from '../files.ts';

/** A page that a reader opens or is sent through. */
export interface ReaderPage {
  /** Path below the folder of the site, such as `b2/index.html`. */
  readonly path: string;
  readonly html: string;
}

/** Folders whose HTML nobody opens by itself, and frozen editions, which stay where they are. */
const APART = /^(?:pagefind|previews|embed|cards|book|e)\//;

/** Whether an HTML file is a document, or sends to one. Left out: fragments, and pages that only carry a card for one part of a page. */
function isRead(html: string): boolean {
  if (/<meta http-equiv="refresh"/i.test(html)) return !html.includes('property="og:title"');
  return html.includes('<main');
}

/** The pages of a built site that its readers open, short addresses among them, in a fixed order. */
export async function readerPages(dist: string): Promise<ReaderPage[]> {
  const pages: ReaderPage[] = [];
  for (const file of await filesBelow(dist, '.html')) {
    const path = relative(dist, file).split(sep).join('/');
    if (APART.test(path)) continue;
    const html = await readFile(file, 'utf8');
    if (isRead(html)) pages.push({ path, html });
  }
  return pages;
}
