import { chromium } from '@playwright/test';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
// the one place that knows where a Chromium is
import { CHROMIUM_ARGUMENTS, ensureChromium } from '../../../tests/support/browser.ts';
import { SUBTITLE, TITLE } from '../../site.ts';
import { printPdf } from './pdf.ts';

const DIST = fileURLToPath(new URL('../../../dist/', import.meta.url));

/** Prints `/book/` of the built site in `dist/` as `dist/hidden-objectives.pdf`. */
async function main(): Promise<void> {
  const html = await readFile(join(DIST, 'book', 'index.html'), 'utf8').catch(() => undefined);
  const address = /<link rel="canonical" href="([^"]+)"/.exec(html ?? '')?.[1];
  if (address === undefined) throw new Error('There is no dist/book/index.html with a canonical address.\nRun npm run build first.');
  const browser = await chromium.launch({ executablePath: ensureChromium(), args: CHROMIUM_ARGUMENTS });
  try {
    const started = performance.now();
    const pdf = await printPdf(await browser.newPage(), DIST, address, new URL('..', address).pathname, `${TITLE}: ${SUBTITLE}`);
    await writeFile(join(DIST, 'hidden-objectives.pdf'), pdf);
    const seconds = ((performance.now() - started) / 1000).toFixed(0);
    console.log(`dist/hidden-objectives.pdf: ${(pdf.length / 1e6).toFixed(1)} MB in ${seconds} s`);
  } finally {
    await browser.close();
  }
}

await main();
