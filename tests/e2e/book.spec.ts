import { expect, test } from '@playwright/test';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { printPdf } from '../../src/build/book/pdf.ts';
import { DIST, chapterPaths } from '../support/site.ts';

const [chapter = '/'] = chapterPaths();
const html = readFileSync(join(DIST, chapter, 'index.html'), 'utf8');
const address = /<link rel="canonical" href="([^"]+)"/.exec(html)?.[1] ?? '';

test('a page is printed with bookmarks and tags, and its links lead to the site', async ({ page }) => {
  const pdf = Buffer.from(await printPdf(page, DIST, address, '/', 'A title')).toString('latin1');
  expect(pdf.slice(0, 5)).toBe('%PDF-');
  expect(pdf).toContain('/StructTreeRoot');
  expect(pdf).toContain('/Outlines');
  expect(pdf).toContain('(A title)');
  const links = [...pdf.matchAll(/\/URI \(([^)]+)\)/g)].map(([, uri]) => uri ?? '');
  expect(links.filter((uri) => uri.startsWith(new URL('/reference/claims/', address).href)).length).toBeGreaterThan(0);
  expect(links.filter((uri) => uri.includes('127.0.0.1'))).toEqual([]);
});

test('a page that asks for what was not built is not printed', async ({ page }) => {
  const missing = new URL('/no-such-page/', address).href;
  await expect(printPdf(page, DIST, missing, '/', 'x')).rejects.toThrow(
    /The page asks for what is not in .*no-such-page\/\nRun npm run build/,
  );
});

test('on paper a page shows its sources with their addresses, the answers to recall, and nothing of the chrome', async ({ page }) => {
  await page.emulateMedia({ media: 'print' });
  await page.goto(chapter);
  const source = page.locator('.sources li a').first();
  await expect(source).toBeVisible();
  const printed = await source.evaluate((link) => getComputedStyle(link, '::after').content);
  expect(printed).toContain((await source.getAttribute('href')) ?? 'an address');
  await expect(page.locator('.recall details p').first()).toBeVisible();
  for (const chrome of ['.bar', '.rail', '.foot', '.next', '.skip', '.verdict']) await expect(page.locator(chrome).first()).toBeHidden();
});
