import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Locator, type Page } from '@playwright/test';
import { coldLoad } from '../support/cold-load.ts';

const LAB = '/labs/poisoning/';
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
/** Bytes of a lab, brotli (design: labs): script with its framework and workers, and the page with the data for the first interaction. */
const BUDGET = { js: 60_000, html: 150_000 };

/** Opens the lab and waits until its script has begun. */
async function open(page: Page, address = LAB): Promise<void> {
  await page.goto(address);
  await page.locator('[data-lab]').scrollIntoViewIfNeeded();
  await expect(button(page, 'Train')).toBeEnabled();
}

function button(page: Page, name: string): Locator {
  return page.getByRole('button', { name, exact: true });
}

/** The rates as they are printed. */
function rates(page: Page): Promise<string[]> {
  return page.locator('.rates > div').allTextContents();
}

test('a network trained in the tab does what the recorded one did, and says that it is live', async ({ page }) => {
  await open(page);
  const recorded = await rates(page);
  await expect(page.locator('.see .prov')).toHaveText('RECORDED');
  await button(page, 'Train').click();
  await expect(page.locator('.see .prov')).toHaveText('LIVE');
  expect(await rates(page)).toEqual(recorded);
  await expect(page.locator('.knobs [role=status]')).toContainText('Trained: 184 of 200');
});

test('an address brings its setting along, and the same address gives everybody the same numbers', async ({ page, context }) => {
  await open(page, `${LAB}#v1;k=5;trigger=aside;seed=77`);
  await expect(page.getByText('Train the network to see its rates')).toBeVisible();
  await button(page, 'Train').click();
  await expect(page.locator('.see .prov')).toHaveText('LIVE');
  const colleague = await context.newPage();
  await open(colleague, `${LAB}#v1;k=5;trigger=aside;seed=77`);
  await button(colleague, 'Train').click();
  await expect(colleague.locator('.see .prov')).toHaveText('LIVE');
  expect(await rates(colleague)).toEqual(await rates(page));
});

test('a mangled address is told in words and kept until something is changed', async ({ page }) => {
  await open(page, `${LAB}#v1;k=900;colour=red;seed=3`);
  const faults = page.locator('.faults');
  await expect(faults).toContainText(
    'The address sets poisoned points to “900”; it takes a whole number from 0 to 40. It has its default, 8.',
  );
  await expect(faults).toContainText('This lab has no setting “colour=red”.');
  expect(new URL(page.url()).hash).toBe('#v1;k=900;colour=red;seed=3');
  await page.getByRole('radio', { name: 'past the corner' }).check();
  await expect(faults).toBeEmpty();
  await expect(page).toHaveURL(/#v1;k=8;trigger=aside;seed=3$/);
});

test('the lab can be used by the keyboard alone', async ({ page }) => {
  await open(page);
  await page.getByRole('slider').focus();
  for (let i = 0; i < 4; i++) await page.keyboard.press('ArrowRight');
  await expect(page.locator('.knob b')).toHaveText('12');
  await page.keyboard.press('Tab');
  await page.keyboard.press('ArrowDown');
  await expect(page.getByRole('radio', { name: 'past the corner' })).toBeChecked();
  await page.keyboard.press('Tab');
  await expect(button(page, 'Train')).toBeFocused();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect(page.locator('.knobs [role=status]')).toHaveText(/^12 networks are trained/);
  await expect(page.locator('.curve.wide .mine')).toHaveCount(12);
  await button(page, 'Table').press('Enter');
  await expect(page.getByRole('table')).toHaveCount(2);
});

test('a seed that is none is not taken', async ({ page }) => {
  await open(page);
  const seed = page.getByRole('spinbutton', { name: 'Seed' });
  await seed.fill('-4');
  await seed.press('Tab');
  await expect(seed).toHaveValue('1');
  await seed.fill('12');
  await seed.press('Tab');
  await expect(page).toHaveURL(/#v1;k=8;trigger=up;seed=12$/);
});

test('what is copied is the address with the state, and a frame of it', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await open(page, `${LAB}#v1;k=3;trigger=up;seed=9`);
  const copied = (): Promise<string> => page.evaluate(() => navigator.clipboard.readText());
  await button(page, 'Copy link').click();
  await expect(page.locator('.share [role=status]')).toHaveText('Copied.');
  expect(await copied()).toMatch(/^https?:\/\/[^/]+\/labs\/poisoning\/#v1;k=3;trigger=up;seed=9$/);
  await button(page, 'Copy embed').click();
  await expect.poll(copied).toMatch(/^<iframe src="https?:\/\/[^/]+\/embed\/poisoning\/#v1;k=3;trigger=up;seed=9" .*<script async src=/s);
});

test('where the worker cannot run, the lab says so and keeps the recorded numbers', async ({ page }) => {
  await page.route('**/worker.*.js', (route) => route.abort());
  await open(page);
  const recorded = await rates(page);
  await button(page, 'Train').click();
  await expect(page.locator('.knobs [role=status]')).toContainText("The model's worker ended unexpectedly.");
  expect(await rates(page)).toEqual(recorded);
  await page.unroute('**/worker.*.js');
  await button(page, 'Train').click();
  await expect(page.locator('.see .prov')).toHaveText('LIVE');
});

test('without WebAssembly the lab says so and keeps the recorded numbers', async ({ page }) => {
  // a worker takes its own globals, so its script is given a first line
  await page.route('**/worker.*.js', async (route) => {
    const answer = await route.fetch();
    await route.fulfill({ response: answer, body: `WebAssembly.validate = () => false;${await answer.text()}` });
  });
  await open(page);
  await button(page, 'Train').click();
  await expect(page.locator('.knobs [role=status]')).toContainText('This browser has no WebAssembly SIMD');
  await expect(page.locator('.see .prov')).toHaveText('RECORDED');
});

test('without JavaScript the default state reads as pictures, rates, table and limits, and nothing that does nothing is shown', async ({
  browser,
  baseURL,
}) => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(`${baseURL ?? ''}${LAB}`);
  await expect(page.locator('.plane[role=img]')).toBeVisible();
  await expect(page.locator('.rates > div')).toHaveCount(4);
  await expect(page.getByText('184 of 200 points')).toBeVisible();
  await page.getByText('The data as a table').click();
  await expect(page.getByRole('table')).toBeVisible();
  await expect(page.getByRole('heading', { name: 'What this toy does not show' })).toBeVisible();
  for (const name of ['Train', 'Copy link', 'Commit my guess']) await expect(button(page, name)).toBeHidden();
  await context.close();
});

test('a lab keeps to its budget, and loads no worker before it is asked', async ({ browser, baseURL }) => {
  const load = await coldLoad(browser, `${baseURL ?? ''}${LAB}`);
  expect(load.requests.filter(({ path }) => path.includes('worker'))).toEqual([]);
  expect(load.html).toBeLessThanOrEqual(BUDGET.html);
  const page = await browser.newPage();
  const sizes: Promise<number>[] = [];
  page.on('response', (response) => {
    if (response.url().includes('worker'))
      sizes.push(
        response
          .request()
          .sizes()
          .then(({ responseBodySize }) => responseBodySize),
      );
  });
  await open(page, `${baseURL ?? ''}${LAB}`);
  await button(page, 'Train').click();
  await expect(page.locator('.see .prov')).toHaveText('LIVE');
  expect(sizes.length).toBeGreaterThan(0);
  const worker = (await Promise.all(sizes)).reduce((sum, bytes) => sum + bytes, 0);
  expect(load.js + worker).toBeLessThanOrEqual(BUDGET.js);
  await page.close();
});

test('a chapter loads nothing of a lab until its button is pressed, and then runs it in a frame as tall as it is', async ({ page }) => {
  const loaded: string[] = [];
  page.on('request', (request) => loaded.push(new URL(request.url()).pathname));
  await page.goto('/backdoors/triggers-and-rates/', { waitUntil: 'networkidle' });
  const invitation = page.locator('section.lab');
  await invitation.scrollIntoViewIfNeeded();
  await invitation.hover();
  await page.waitForLoadState('networkidle');
  expect(loaded.filter((path) => /LabBench|poisoning|preact|worker/.test(path))).toEqual([]);
  await button(page, 'Run it here').click();
  const frame = invitation.locator('iframe');
  const inside = frame.contentFrame();
  await expect(inside.getByRole('button', { name: 'Train', exact: true })).toBeAttached();
  await expect
    .poll(async () => {
      const held = await inside.locator('main').evaluate((main) => Math.ceil(main.getBoundingClientRect().height));
      return held - (await frame.evaluate((element) => element.clientHeight));
    })
    .toBe(0);
  await inside.getByRole('button', { name: 'Train', exact: true }).click();
  await expect(inside.locator('.see .prov')).toHaveText('LIVE');
});

for (const { query, hidden } of [
  { query: '', hidden: [] },
  { query: '?hide=controls,limits', hidden: ['.knobs', '.under:has(> .limits)'] },
  { query: '?hide=title,predict,share', hidden: ['main > .answer', 'predict-guess', '.share'] },
]) {
  test(`the frame of a lab with "${query}" is accessible and never scrolls sideways`, async ({ page }) => {
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      await page.goto(`/embed/poisoning/${query}`);
      for (const selector of hidden) await expect(page.locator(selector)).toBeHidden();
      for (const width of [280, 640, 1100]) {
        await page.setViewportSize({ width, height: 800 });
        expect(await page.evaluate(() => document.documentElement.scrollWidth), `at ${width} px`).toBeLessThanOrEqual(width);
      }
      const { violations } = await new AxeBuilder({ page }).withTags(TAGS).analyze();
      expect(violations.map(({ id, nodes }) => `${colorScheme} ${id}: ${nodes.map(({ html }) => html).join(' | ')}`)).toEqual([]);
    }
  });
}
