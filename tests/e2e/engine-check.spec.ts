import { expect, test } from '@playwright/test';
import { REFERENCE } from '../../src/labs/nn/reference-run.ts';

const PATH = '/reference/engine/';

test('a reader trains the reference run with the keyboard alone, and this browser comes to the same weights and answers', async ({
  page,
}) => {
  await page.goto(PATH);
  const loaded: string[] = [];
  page.on('request', (request) => loaded.push(new URL(request.url()).pathname));
  await page.getByRole('button', { name: 'Train it here' }).focus();
  expect(loaded.filter((path) => path.includes('worker'))).toEqual([]);
  await page.keyboard.press('Enter');
  await expect(page.locator('engine-check [role=status]')).toContainText('The same.', { timeout: 30_000 });
  await expect(page.locator('[data-of=weights]')).toHaveText(REFERENCE.weights);
  await expect(page.locator('[data-of=samples]')).toHaveText(REFERENCE.samples);
  await expect(page.locator('[data-of=speed]')).toHaveText(
    /^[\d,]+ tokens a second: the middle of 5 runs, which went from [\d,]+ to [\d,]+$/,
  );
  expect(loaded.filter((path) => path.includes('worker')).length).toBe(1);
  await expect(page.getByRole('button', { name: 'Train again' })).toBeFocused();
});

test('the check stops at once when it is told to, and begins anew', async ({ page }) => {
  await page.goto(PATH);
  const button = page.locator('engine-check button');
  // pressed twice before the worker can have ended
  await button.evaluate((element: HTMLButtonElement) => {
    element.click();
    element.click();
  });
  await expect(page.locator('engine-check [role=status]')).toHaveText('Stopped.');
  await expect(page.locator('engine-check progress')).toBeHidden();
  await button.click();
  await expect(page.locator('engine-check [role=status]')).toContainText('The same.', { timeout: 30_000 });
});

for (const { without, script, says } of [
  {
    without: 'WebAssembly',
    script: 'delete self.WebAssembly;',
    says: 'It could not be run. This browser has no WebAssembly SIMD, so the models cannot run here. Use a browser of 2023 or later, or read the recorded results.',
  },
  {
    without: 'a memory that grows',
    script: 'WebAssembly.Memory.prototype.grow = () => { throw new RangeError("no more"); };',
    says: /^It could not be run\. The model needs \d+ MB of memory, and the browser gives no more than the 2 MB that it has\. Close other tabs, or choose a smaller model\.$/,
  },
]) {
  test(`without ${without} the check says so and what to do`, async ({ page }) => {
    await page.route(/\/worker\.[^/]*\.js$/, async (route) => {
      const response = await route.fetch();
      await route.fulfill({ response, body: `${script}${await response.text()}` });
    });
    await page.goto(PATH);
    await page.locator('engine-check button').click();
    await expect(page.locator('engine-check [role=status]')).toHaveText(says);
  });
}

test('a worker that does not load is no silence', async ({ page }) => {
  await page.route(/\/worker\.[^/]*\.js$/, (route) => route.abort());
  await page.goto(PATH);
  await page.locator('engine-check button').click();
  await expect(page.locator('engine-check [role=status]')).toContainText('It could not be run.');
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('the page reads as text, with the hashes of four programs', async ({ page }) => {
    await page.goto(PATH);
    await expect(page.getByText('The check needs JavaScript')).toBeVisible();
    await expect(page.locator('engine-check button')).toBeHidden();
    await expect(page.locator('.measured tbody tr')).toHaveText(Array.from({ length: 4 }, () => new RegExp(REFERENCE.weights)));
  });
});
