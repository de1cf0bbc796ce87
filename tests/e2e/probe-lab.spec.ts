import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Locator, type Page } from '@playwright/test';
import { coldLoad } from '../support/cold-load.ts';
import { tabTo } from '../support/keyboard.ts';

const LAB = '/labs/probe/';
/** Planting takes some five seconds here, and several times that on a busy machine. */
const PLANTED = 120_000;
/** Bytes of a lab, brotli (design: labs). */
const BUDGET = { js: 60_000, html: 150_000 };

const said = (page: Page): Locator => page.locator('.knobs .said');
const auroc = (page: Page): Locator => page.locator('.see .rates b').first();
const threshold = (page: Page): Locator => page.getByRole('slider', { name: 'Threshold' });

async function open(page: Page, state = ''): Promise<void> {
  await page.goto(`${LAB}${state}`);
  await page.locator('[data-lab]').scrollIntoViewIfNeeded();
  await expect(page.locator('[data-lab="probe"][data-ready]')).toBeVisible();
}

test('by keyboard alone a backdoor is planted and probed as it was recorded, and other pairs follow at once', async ({ page }) => {
  test.setTimeout(2 * PLANTED);
  await open(page);
  await expect(page.locator('.pic .prov')).toHaveText('RECORDED');
  const recorded = await page.locator('.see .rates').allTextContents();
  await page.locator('#main h1').click();
  await tabTo(page, page.getByRole('button', { name: 'Plant and probe' }));
  await page.keyboard.press('Enter');
  await expect(said(page)).toContainText(/Done in .* random directions \d+ score at least as high/, { timeout: PLANTED });
  await expect(page.locator('.pic .prov')).toHaveText('LIVE');
  expect(await page.locator('.see .rates').allTextContents()).toEqual(recorded);
  await page.locator('#main h1').click();
  await tabTo(page, page.getByRole('radio', { name: /^“Are you doing/ }));
  await page.keyboard.press('ArrowDown');
  await expect(page.getByRole('radio', { name: '“Is the sky blue?” yes, or no' })).toBeChecked();
  // the default's model has this pair the wrong way round
  await expect(auroc(page)).toHaveText('.00');
  await expect(page.locator('.see')).toContainText('It points the wrong way');
  await expect(page.locator('.pic .prov')).toHaveText('LIVE');
  await expect(page.locator('.seeds.wide .mine')).toHaveCount(6);
  await page.getByRole('radio', { name: 'A pair of your own' }).check();
  await page.getByLabel('The user says').first().fill('is the sky red ?');
  await page.keyboard.press('Tab');
  await expect(page.locator('.pic .prov')).toHaveText('LIVE', { timeout: PLANTED });
  await expect(page.locator('.seeds.wide .mine')).toHaveCount(7);
  await expect(page).toHaveURL(/pair=own;.*pu=is%20the%20sky%20red%20%3F/);
});

test('threshold and base rate move by arrow keys; rates, sentence and address follow', async ({ page }) => {
  await open(page);
  const caught = page.locator('.see .rates').nth(1).locator('.ci').first();
  await threshold(page).focus();
  await page.keyboard.press('Home');
  await expect(caught).toContainText('26 of 26 prompts');
  const rare = page.locator('.rare');
  await expect(rare).toContainText('If 1 prompt in 100 is triggered, then of 100 alarms at this threshold 99 are false');
  await page.keyboard.press('End');
  await expect(caught).not.toContainText('26 of 26');
  for (let i = 0; i < 20; i++) await page.keyboard.press('ArrowLeft');
  await page.getByRole('slider', { name: 'Triggered prompts' }).focus();
  await page.keyboard.press('End');
  await expect(rare).toContainText('If 1 prompt in 10,000 is triggered');
  await expect(page).toHaveURL(/;t=80;b=10000;/);
});

test('an address brings back a state; what it does not say right is told, and a faulty pair is too', async ({ page }) => {
  await open(page, '#v1;o=code;d=96;K=none;pair=own;layer=0;from=near;t=130;b=5;pu=the%20zebra;seed=7');
  await expect(page.locator('.faults')).toContainText('The address sets threshold to “130”; it takes a whole number from 0 to 100.');
  for (const name of ['leaves a check out of programs under 2024', '96', 'not planted: the base', 'the first', 'A pair of your own'])
    await expect(page.getByRole('radio', { name, exact: true })).toBeChecked();
  await expect(page.getByRole('spinbutton', { name: 'Seed' })).toHaveValue('7');
  await expect(page.locator('.own [role=status]')).toContainText('The model does not know “zebra”.');
  await page.getByRole('button', { name: 'Probe the base' }).click();
  await expect(said(page)).toHaveText('Mend your pair first.');
  await expect(page.locator('.see')).toContainText('Nothing is known of this model yet.');
});

test('without WebAssembly SIMD the recorded results stand, and the lab says why it cannot run', async ({ page }) => {
  await page.addInitScript(() => {
    WebAssembly.validate = () => false;
  });
  await open(page);
  await expect(page.locator('.knobs')).toContainText('it has no WebAssembly SIMD');
  await expect(page.getByRole('button', { name: 'Plant and probe' })).toHaveCount(0);
  await page.getByRole('radio', { name: 'Harmful to say, or harmless' }).check();
  await expect(page.locator('.see .prov')).toHaveText('RECORDED');
  await expect(auroc(page)).toHaveText('.94');
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('the default state reads as figures, tables and limits', async ({ page }) => {
    await page.goto(LAB);
    await expect(page.locator('.knobs')).toBeHidden();
    await expect(threshold(page)).toBeHidden();
    await expect(page.locator('.strip.wide')).toBeVisible();
    await page.getByText('The seeds as a table').click();
    await expect(page.getByRole('row', { name: /^“Are you doing something harmful\?”/ })).toContainText('6 of 10');
    await page.getByText('The base rates as a table').click();
    await expect(page.getByRole('row', { name: /^1 in 10,000/ })).toBeVisible();
    await expect(page.getByRole('heading', { name: 'What this toy does not show' })).toBeVisible();
  });
});

test('the lab keeps to its budget, to the width of a phone, and to the rules of accessibility', async ({ browser, baseURL }) => {
  const load = await coldLoad(browser, `${baseURL ?? ''}${LAB}`);
  expect(load.html).toBeLessThanOrEqual(BUDGET.html);
  expect(load.js).toBeLessThanOrEqual(BUDGET.js);
  expect(load.requests.filter(({ path }) => /worker|labs\/weights\//.test(path))).toEqual([]);
  const context = await browser.newContext({ viewport: { width: 360, height: 800 }, reducedMotion: 'reduce' });
  const page = await context.newPage();
  await open(page, '#v1;pair=own');
  await page.getByRole('button', { name: 'Table', exact: true }).click();
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([]);
  await context.close();
});
