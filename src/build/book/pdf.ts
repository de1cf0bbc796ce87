import type { Page } from '@playwright/test';
import { readFileSync, statSync } from 'node:fs';
import { extname, join } from 'node:path';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};

/** The file of a built site behind an address, or undefined. @param path below the base, without a slash at its beginning */
function fileAt(dist: string, path: string): string | undefined {
  const file = join(dist, path, path === '' || path.endsWith('/') ? 'index.html' : '');
  return statSync(file, { throwIfNoEntry: false })?.isFile() === true ? file : undefined;
}

/**
 * Prints a page of a built site as PDF: tagged, with the headings as bookmarks. The browser gets the site from the folder under its own
 * address, so that the links of the PDF lead to the site.
 * @param page of a browser, which is left on the address
 * @param address of the page, as its canonical link gives it
 * @param base path below the origin, with a slash at both ends
 * @param title of the document, which a reader of PDFs shows in its bar
 * @throws Error where the page is not there or asks for a file that is not there
 */
export async function printPdf(page: Page, dist: string, address: string, base: string, title: string): Promise<Uint8Array> {
  const { origin } = new URL(address);
  const missing: string[] = [];
  await page.route('**/*', async (route) => {
    const url = new URL(route.request().url());
    const within = url.origin === origin && url.pathname.startsWith(base);
    const file = within ? fileAt(dist, decodeURIComponent(url.pathname.slice(base.length))) : undefined;
    if (file === undefined) {
      missing.push(url.href);
      // an empty answer would be an error of its own
      await route.fulfill({ status: 404, body: 'not there' });
    } else {
      await route.fulfill({ body: readFileSync(file), contentType: TYPES[extname(file)] ?? 'application/octet-stream' });
    }
  });
  await page.goto(address, { waitUntil: 'load' });
  await page.evaluate(async (name) => {
    document.title = name;
    await document.fonts.ready;
  }, title);
  if (missing.length > 0) throw new Error(`The page asks for what is not in ${dist}: ${missing.join(', ')}\nRun npm run build.`);
  return page.pdf({ format: 'A5', outline: true, tagged: true });
}
