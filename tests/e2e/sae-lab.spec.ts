import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Locator, type Page } from '@playwright/test';
import { coldLoad } from '../support/cold-load.ts';
import { tabTo } from '../support/keyboard.ts';

const LAB = '/labs/sae/';
/** Fine-tuning takes some seven seconds here, and several times that on a busy machine. */
const TRAINED = 120_000;
/** Bytes of a lab, brotli (design: labs). */
const BUDGET = { js: 60_000, html: 150_000 };

const card = (page: Page): Locator => page.locator('.feature-card');
const edit = (page: Page): Locator => page.locator('.edit-panel');

async function open(page: Page, state = ''): Promise<void> {
  await page.goto(`${LAB}${state}`);
  await page.locator('[data-lab]').scrollIntoViewIfNeeded();
  await expect(page.locator('[data-lab="sae"][data-ready]')).toBeVisible();
}

test('by keyboard alone a feature is chosen, named before ours is shown, and taken out', async ({ page }) => {
  test.setTimeout(2 * TRAINED);
  await open(page);
  await page.locator('#main h1').click();
  await tabTo(page, page.locator('.ranked button').nth(1));
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/#v1;feature=200;/);
  await expect(card(page).getByRole('heading', { name: /^Feature 200/ })).toBeFocused();
  await expect(card(page).getByText('A guess, not a fact')).toBeHidden();
  await tabTo(page, page.getByRole('textbox', { name: 'Word', exact: true }));
  await page.keyboard.type('headings');
  await page.keyboard.press('Enter');
  await expect(card(page)).toContainText('Yours: the next word is “headings”.');
  await expect(card(page).getByText('A guess, not a fact')).toBeVisible();
  await expect(card(page)).toContainText('Both foretell it as well');
  await tabTo(page, edit(page).getByRole('button', { name: 'Compare answers' }));
  await page.keyboard.press('Enter');
  await expect(edit(page).locator('.said')).toContainText('Done: 60 answers before and 60 after', { timeout: TRAINED });
  await expect(edit(page).locator('.prov')).toHaveText('LIVE');
  await expect(edit(page)).toContainText('The organism that pleases reward models, seed 1. Taken out: 200.');
  await expect(edit(page).locator('.rates .ci').first()).toContainText(/of 60 answers, 95 % interval/);
});

test('a feature has an address, short and whole, and the box of the state gives it', async ({ page }) => {
  await open(page, '?feature=123');
  await expect(card(page).getByRole('heading', { name: /^Feature 123/ })).toBeVisible();
  await expect(card(page).getByRole('link', { name: /\?feature=123$/ })).toBeVisible();
  await expect(page.getByLabel('This exact state')).toHaveValue(/\/labs\/sae\/#v1;feature=123;o=rm;/);
  await page.getByRole('radio', { name: 'change from the base' }).check();
  await expect(page).toHaveURL(/\/labs\/sae\/#v1;feature=123;o=rm;by=drift;/);
  await open(page, '#v1;feature=300;first=no');
  await expect(page.locator('.faults')).toContainText('The address sets feature to “300”; it takes a whole number from 0 to 255.');
  await expect(card(page).getByText('A guess, not a fact')).toBeVisible();
  await page.goto('/embed/sae/?theme=dark&feature=17');
  await page.locator('[data-lab]').scrollIntoViewIfNeeded();
  await expect(page.getByRole('heading', { name: /^Feature 17/ })).toBeVisible();
});

test('training is given up at once, damaged weights are refused, and the next try asks for whole ones', async ({ page }) => {
  test.setTimeout(2 * TRAINED);
  let damaged = true;
  await page.route('**/labs/weights/game-dictionary.bin', async (route) => {
    const response = await route.fetch();
    const body = await response.body();
    if (damaged) body.writeUInt8(body.readUInt8(9000) ^ 1, 9000);
    await route.fulfill({ response, body });
  });
  await open(page);
  const compare = edit(page).getByRole('button', { name: 'Compare answers' });
  await compare.click();
  await expect(edit(page).locator('.said')).toContainText('The model was damaged on its way');
  damaged = false;
  await compare.click();
  await edit(page).getByRole('button', { name: 'Cancel' }).click({ timeout: TRAINED });
  await expect(edit(page).locator('.said')).toHaveText('Cancelled. What was finished is kept.');
  await expect(compare).toBeEnabled();
});

test('one query goes to the documents and to the features', async ({ page }) => {
  await open(page);
  const duel = page.locator('.duel');
  await duel.getByRole('textbox', { name: 'Words' }).fill('librarians');
  await duel.getByRole('button', { name: 'Search both' }).click();
  await expect(duel.locator('.said')).toContainText(/documents have these words/);
  await expect(duel.locator('.passages').first()).toContainText('librarians');
  await duel.locator('.both button').first().click();
  await expect(card(page).locator('h2')).toBeFocused();
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('the default state reads: features, a label, quality, whose taste, the duel', async ({ page }) => {
    await page.goto(LAB);
    await expect(page.locator('.knobs')).toBeHidden();
    await expect(page.locator('.ranked .label-of').first()).toBeVisible();
    await expect(card(page).getByText('A guess, not a fact')).toBeVisible();
    await expect(page.locator('.tastes.wide')).toBeVisible();
    await page.getByText('All recorded dictionaries as a table').click();
    await expect(page.getByRole('row', { name: /all three/ }).first()).toBeVisible();
    await expect(page.getByRole('row', { name: /^Keyword search for its name/ })).toContainText('0 of 12');
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
  await open(page, '#v1;feature=17;edit=push;first=no');
  await page.getByRole('button', { name: 'Table', exact: true }).click();
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([]);
  await context.close();
});
