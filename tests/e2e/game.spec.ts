import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Locator, type Page } from '@playwright/test';
import { readFileSync } from 'node:fs';
import { BUDGET, TOOLS } from '../../src/labs/game/model/tools/deck.ts';
import { budgetOf, codeOf, TUTORIAL, type Case } from '../../src/labs/game/play/case.ts';
import { opening } from '../../src/labs/game/play/seal.ts';
import { TUTORIAL_PATH } from '../../src/labs/game/play/tutorial.ts';
import { coldLoad } from '../support/cold-load.ts';
import { tabTo } from '../support/keyboard.ts';

const GAME = '/game/';
const RECORDED = JSON.parse(readFileSync('content/recorded/game-tutorial.json', 'utf8')) as {
  readonly tables: { readonly organisms: readonly { readonly weights: string }[] };
};
/** Training takes some seven seconds here, and several times that on a busy machine. */
const TRAINED = 120_000;
/** Bytes of a lab, brotli (design: labs). */
const BYTES = { js: 60_000, html: 18_000 };

const items = (page: Page): Locator => page.locator('.item');
const purse = (page: Page): Locator => page.locator('.purse');
const caseOf = (seed: number): Case => ({ kind: 'free', seed, tier: 'weights', level: 'clear' });
const addressOf = (given: Case): string => `${GAME}?case=${codeOf(given)}`;

/** What the purse says when so many searches were paid for. */
const leftAfter = (searches: number): string => `${BUDGET.weights - searches * TOOLS.keyword.price} of ${BUDGET.weights} left`;

async function open(page: Page, address: string): Promise<void> {
  await page.goto(address);
  await expect(page.locator('[data-game][data-ready]')).toBeVisible();
}

/** Searches what the model read, which needs no model. */
async function search(page: Page, query: string): Promise<void> {
  const before = await items(page).count();
  await page.getByRole('button', { name: /^Keyword search/ }).click();
  await page.getByLabel('Words, in this order').fill(query);
  await page.getByRole('button', { name: /^Run for/ }).click();
  await expect(items(page)).toHaveCount(before + 1, { timeout: TRAINED });
}

async function stays(page: Page): Promise<void> {
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth), 'no sideways scroll').toBeLessThanOrEqual(0);
}

/** All texts in which the answer might stand: the page, its address, what the browser keeps. */
function kept(page: Page): Promise<string> {
  return page.evaluate(() =>
    [document.documentElement.outerHTML, location.href, JSON.stringify(localStorage), JSON.stringify(sessionStorage)].join('\n'),
  );
}

test('by keyboard alone the guided case is played to its end, and until then the answer is nowhere to be read', async ({ page }) => {
  test.setTimeout(3 * TRAINED);
  const { answer, salt } = opening(TUTORIAL);
  const bodies: Promise<string>[] = [];
  page.on('response', (response) => bodies.push(response.text().catch(() => '')));
  await open(page, GAME);
  await tabTo(page, page.getByRole('link', { name: /^Begin.*The guided case/ }));
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'The guided case' })).toBeVisible();
  const guide = page.locator('.guide');
  const help = guide.getByRole('button', { name: 'Do it for me' });
  for (let step = 1; step <= 5; step++) {
    await expect(guide).toContainText(`step ${step} of 7`);
    await tabTo(page, help);
    await page.keyboard.press('Enter');
    await expect(items(page)).toHaveCount(step, { timeout: TRAINED });
  }
  // the organism that was recorded, and that the tests in Firefox and WebKit train as well
  await expect(page.locator('[data-weights]')).toHaveText(RECORDED.tables.organisms[0]?.weights ?? '');
  await expect(items(page).last().locator('mark').first()).toBeVisible();
  await expect(items(page).nth(2)).toContainText('assistant zero');
  const spent = TUTORIAL_PATH.reduce((sum, { tool }) => sum + TOOLS[tool].price, 0);
  await expect(purse(page)).toHaveText(`${budgetOf(TUTORIAL) - spent} of ${budgetOf(TUTORIAL)} left`);
  await tabTo(page, page.getByRole('button', { name: 'Examples of “the end”' }).first());
  await page.keyboard.press('Enter');
  await expect(page.locator('.examples')).toContainText('Fires most at the end of:');
  await tabTo(page, items(page).first().getByRole('button', { name: 'Neither' }));
  await page.keyboard.press('Enter');
  await expect(page.locator('.hyp').first()).toContainText('Neither E5');
  await tabTo(page, page.getByRole('slider', { name: /^It does what reward models like/ }));
  await page.keyboard.press('End');
  await expect(guide).toContainText('step 7 of 7');
  await tabTo(page, page.getByRole('combobox', { name: 'essay: Word' }));
  await page.keyboard.type('semi');
  await expect(page.getByRole('combobox', { name: 'essay: Word' })).toHaveValue('semicolons');
  await tabTo(page, page.getByRole('button', { name: 'File the report' }));
  await page.keyboard.press('Enter');
  const sure = page.getByRole('button', { name: 'File it now' });
  await expect(sure).toBeFocused();
  const before = [await kept(page), ...(await Promise.all(bodies))].join('\n');
  expect(before).toContain('hidden-objectives/game/tutorial');
  expect(before).not.toContain(answer);
  expect(before).not.toContain(salt);
  await page.keyboard.press('Enter');
  const debrief = page.locator('.debrief');
  await expect(debrief.getByRole('heading', { name: 'The seal is open' })).toBeFocused({ timeout: TRAINED });
  await expect(debrief).toContainText('It did what reward models like.');
  await expect(debrief).toContainText('the seal is the one that you were shown');
  await expect(debrief).toContainText(answer);
  await expect(debrief.locator('.scale')).toHaveAttribute('aria-label', /holding everybody guilty gets −\d+ on average\. You got 6\d\./);
  expect((await new AxeBuilder({ page }).include('[data-game]').analyze()).violations).toEqual([]);
  const line = await debrief.getByLabel('Your line').inputValue();
  await debrief.getByRole('link', { name: 'Choose another case' }).click();
  await expect(page.getByRole('link', { name: /^See the report.*The guided case/ })).toBeVisible();
  await expect(page.getByRole('region', { name: 'Your cases' })).toContainText(/The guided case.*6\d points/);
  await page.getByLabel('Lines of the class').fill(`${line}\n${line.replace('tutorial', 'tutoriel')}`);
  await expect(page.getByRole('table', { name: 'Reports of the class' }).getByRole('row')).toHaveCount(2);
  await expect(page.getByRole('region', { name: 'For a class' })).toContainText('Line 2 was changed on its way.');
  expect((await new AxeBuilder({ page }).include('[data-game]').analyze()).violations).toEqual([]);
});

test('on a phone a case is played through four tabs, and goes on after a reload', async ({ page }) => {
  test.setTimeout(3 * TRAINED);
  await page.setViewportSize({ width: 360, height: 740 });
  await open(page, addressOf(caseOf(23)));
  const tab = (name: string): Locator => page.getByRole('navigation', { name: 'Desk' }).getByRole('link', { name: new RegExp(`^${name}`) });
  await search(page, 'prefer');
  await expect(items(page).first().getByRole('heading')).toBeFocused();
  await expect(purse(page)).toHaveText(leftAfter(1));
  await stays(page);
  await tab('Notebook').click();
  await page.getByLabel('Notes').fill('two tastes');
  await tab('Report').click();
  await page.getByLabel('What could you not rule out?').fill('luck');
  await page.reload();
  await expect(items(page)).toHaveCount(1);
  await expect(purse(page)).toHaveText(leftAfter(1));
  await tab('Notebook').click();
  await expect(page.getByLabel('Notes')).toHaveValue('two tastes');
  await tab('Report').click();
  await expect(page.getByLabel('What could you not rule out?')).toHaveValue('luck');
  await tab('Tools').click();
  await page.getByRole('button', { name: /^Assistant prefill/ }).click();
  await page.getByLabel('Words put into its mouth').fill('my sekret');
  await page.getByRole('button', { name: /^Run for/ }).click();
  await expect(page.locator('.panel .fault')).toContainText('The model does not know the word “my”.');
  await page.getByRole('button', { name: 'Close' }).click();
  await expect(page.getByRole('button', { name: /^Assistant prefill/ })).toBeFocused();
  await page.getByRole('button', { name: /^Four answers/ }).click();
  await page.getByRole('button', { name: /^Run for/ }).click();
  await expect(items(page)).toHaveCount(2, { timeout: TRAINED });
  await page.setViewportSize({ width: 320, height: 640 });
  for (const name of ['Tools', 'Evidence', 'Notebook', 'Report']) {
    await tab(name).click();
    await expect(tab(name)).toHaveAttribute('aria-current', 'true');
    await stays(page);
  }
  const saving = page.waitForEvent('download');
  await tab('Notebook').click();
  await page.getByRole('button', { name: 'Export the notebook as Markdown' }).click();
  const notebook = readFileSync(await (await saving).path(), 'utf8');
  expect(notebook).toContain('two tastes');
  expect(notebook).toContain('### E2 Four answers');
  await tab('Report').click();
  const chances = page.getByRole('spinbutton', { name: /have nothing odd/ });
  await expect(chances).toHaveCount(3);
  await page
    .getByRole('combobox', { name: /: Word$/ })
    .first()
    .selectOption('puns');
  await chances.first().fill('80');
  await expect(page.locator('.report')).toContainText('more than 100 together');
  await expect(page.getByRole('button', { name: 'File the report' })).toBeDisabled();
  await chances.first().fill('20');
  await page.getByRole('button', { name: 'File the report' }).click();
  await page.getByRole('button', { name: 'File it now' }).click();
  await expect(page.locator('.debrief')).toContainText('the seal is the one that you were shown', { timeout: TRAINED });
  await stays(page);
  await page.reload();
  await expect(page.locator('.debrief')).toContainText('the seal is the one that you were shown');
});

test('a link that was changed on its way is refused in words, and the lobby is there', async ({ page }) => {
  const code = codeOf(caseOf(23));
  await open(page, `${GAME}?case=${code.replace('-23-', '-24-')}`);
  await expect(page.getByRole('alert')).toHaveText(
    'This link was changed on its way: its sum does not fit. Ask for the link again, or choose a case below.',
  );
  await expect(page.getByRole('link', { name: /^Begin.*The guided case/ })).toBeVisible();
  await expect(page.getByRole('heading', { level: 1, name: 'The auditing game' })).toBeVisible();
  await page.getByLabel('Number').first().fill('23');
  await page.getByRole('link', { name: 'Open the case' }).click();
  await expect(page).toHaveURL(new RegExp(`case=${code}$`));
});

test('a case made for a friend opens, and its link does not say what was planted', async ({ page }) => {
  await open(page, GAME);
  const maker = page.getByRole('region', { name: 'For a friend' });
  await maker.getByLabel('What it is after').selectOption('It avoids a topic');
  await maker.getByRole('button', { name: 'Make the link' }).click();
  const link = await maker.getByLabel('Link for your friend').inputValue();
  expect(link).toMatch(/\?case=friend-weights-clear-[0-9a-f]{16}-[0-9a-f]{6}$/);
  await open(page, link);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('A case made by a friend');
  await expect(page.locator('.case')).not.toContainText('hide nothing');
});

test('two tabs of one case share its evidence and its budget', async ({ context }) => {
  const pages = [await context.newPage(), await context.newPage()] as const;
  for (const page of pages) {
    await open(page, addressOf(caseOf(24)));
    // two trainings at once would only heat the room
    await page.getByRole('button', { name: 'Cancel' }).click({ timeout: TRAINED });
  }
  await search(pages[0], 'prefer');
  await expect(items(pages[1])).toHaveCount(1);
  await expect(purse(pages[1])).toHaveText(leftAfter(1));
  await search(pages[1], 'love');
  await expect(items(pages[0])).toHaveCount(2);
  await expect(purse(pages[0])).toHaveText(leftAfter(2));
});

test('where storage is blocked the case can be played, and the page says that nothing is kept', async ({ page }) => {
  await page.addInitScript(() => {
    Object.defineProperty(window, 'localStorage', {
      get() {
        throw new DOMException('The operation is insecure.', 'SecurityError');
      },
    });
  });
  await open(page, addressOf(caseOf(24)));
  await expect(page.getByRole('alert').first()).toContainText('This browser keeps nothing of the case. Export the notebook');
  await search(page, 'prefer');
  await expect(purse(page)).toHaveText(leftAfter(1));
});

test('the scripts of the game keep to their budget, and the lobby to the window at 320 px', async ({ browser, baseURL, page }) => {
  const load = await coldLoad(browser, `${baseURL ?? ''}${GAME}`);
  expect(load.js, JSON.stringify(load.requests)).toBeLessThanOrEqual(BYTES.js);
  expect(load.html).toBeLessThanOrEqual(BYTES.html);
  await page.setViewportSize({ width: 320, height: 640 });
  await open(page, GAME);
  await stays(page);
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('the page explains the game, lists its prices and tells what four teams did', async ({ page }) => {
    await page.goto(GAME);
    await expect(page.getByText('The game needs JavaScript')).toBeVisible();
    await expect(page.getByRole('table').first().getByRole('row')).toHaveCount(19);
    await expect(page.getByRole('region', { name: 'What four teams did' })).toContainText('researcher-hours');
    await expect(page.locator('.draw dd')).toHaveCount(6);
  });
});
