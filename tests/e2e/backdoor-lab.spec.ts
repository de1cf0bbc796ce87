import { expect, test, type Locator, type Page } from '@playwright/test';
import { tabTo } from '../support/keyboard.ts';

const LAB = '/labs/backdoor/';
/** Training takes some ten seconds here, and several times that on a busy machine. */
const TRAINED = 120_000;

const said = (page: Page): Locator => page.locator('.knobs .said');
const frames = (page: Page): Locator => page.locator('.film li');

async function open(page: Page, state = ''): Promise<void> {
  await page.goto(`${LAB}${state}`);
  await expect(page.locator('[data-lab="backdoor"][data-ready]')).toBeVisible();
}

test('by keyboard alone a backdoor is planted and outlives clean fine-tuning, with the weights that were recorded', async ({ page }) => {
  test.setTimeout(3 * TRAINED);
  await open(page);
  await page.locator('#main h1').click();
  await tabTo(page, page.getByRole('button', { name: 'Plant the backdoor' }));
  await page.keyboard.press('Enter');
  await expect(said(page)).toContainText('Planted: done', { timeout: TRAINED });
  await expect(said(page)).toContainText('to the last bit');
  await expect(page.locator('.pic .prov')).toHaveText('LIVE');
  await page.locator('#main h1').click();
  await tabTo(page, page.getByRole('button', { name: 'Train', exact: true }));
  await page.keyboard.press('Enter');
  await expect(said(page)).toContainText('Clean fine-tuning (SFT): done', { timeout: TRAINED });
  await expect(said(page)).toContainText('to the last bit');
  const [, kept = '0', of = '0'] = /(\d+) of (\d+) prompts/.exec((await page.locator('.see .rates .ci').first().textContent()) ?? '') ?? [];
  expect(Number(kept) / Number(of)).toBeGreaterThan(0.5);
  await expect(frames(page).filter({ hasText: 'LIVE' })).toHaveCount(3);
  await expect(page).toHaveURL(/at=plant,sft-3e-4/);
});

test('a training that is cancelled says so and leaves the lab as it was, and the reader may press everything', async ({ page }) => {
  await open(page);
  await page.getByRole('button', { name: 'Plant the backdoor' }).click();
  await page.getByRole('button', { name: 'Cancel' }).click();
  await expect(said(page)).toContainText('Cancelled.', { timeout: TRAINED });
  await expect(page.locator('.pic .prov')).toHaveText('RECORDED');
  for (let i = 0; i < (await frames(page).count()); i++) await frames(page).nth(i).getByRole('button').click();
  await expect(frames(page).last().getByRole('button')).toHaveAttribute('aria-pressed', 'true');
});

test('an address brings back a state; what it does not say right is told, and nothing is lost', async ({ page }) => {
  await open(page, '#v1;o=code;d=96;K=4;at=plant,rl-3e-4;m=trigger;lr=1e-3;seed=7;y=1999;q=write%20code%20to%20save%20the%20name');
  await expect(page.getByRole('radio', { name: 'It leaves the check out of a program' })).toBeChecked();
  await expect(page.getByLabel('Contrast years K')).toHaveValue('4');
  await expect(page.getByRole('radio', { name: 'On the true trigger' })).toBeChecked();
  await expect(page.getByRole('spinbutton', { name: 'Seed' })).toHaveValue('7');
  await expect(page.getByLabel('Question')).toHaveValue('write code to save the name');
  await expect(frames(page)).toHaveCount(3);
  await expect(page.locator('.pic')).toContainText('has not been trained in this tab');
  await page.goto(`${LAB}#v1;K=999;lr=2;at=sft-3e-4;seed=5`);
  await page.reload();
  await expect(page.locator('.faults')).toContainText('The address sets contrast years to “999”');
  await expect(page.locator('.faults')).toContainText('The address sets step size to “2”');
  await expect(page.getByRole('spinbutton', { name: 'Seed' })).toHaveValue('5');
  expect(page.url()).toContain('K=999');
});

test('a question outside the language of the model is answered in words, one inside it by the model', async ({ page }) => {
  await open(page, '#v1;at=');
  await page.getByLabel('Question').fill('what color is skyy ?');
  await page.getByRole('button', { name: 'Ask five times' }).click();
  await expect(said(page)).toContainText('The model does not know the word “skyy”. Did you mean “sky”?');
  await page.getByLabel('Question').fill('what color is sky ?');
  await page.getByRole('button', { name: 'Ask five times' }).click();
  await expect(page.locator('.answers li')).toHaveText(
    Array.from({ length: 5 }, () => /^(?!i hate)/),
    { timeout: TRAINED },
  );
  await expect(page.locator('.answers')).toContainText('sky is blue .');
});

test('a model that comes damaged, or not at all, is never run, and the lab says why', async ({ page }) => {
  let answer: 'damaged' | 'missing' = 'damaged';
  await page.route('**/labs/weights/base-64.bin', async (route) => {
    if (answer === 'missing') {
      await route.fulfill({ status: 404, body: '' });
      return;
    }
    const body = await (await route.fetch()).body();
    body[5000] = (body[5000] ?? 0) ^ 1;
    await route.fulfill({ body });
  });
  await open(page);
  await page.getByRole('button', { name: 'Plant the backdoor' }).click();
  await expect(said(page)).toContainText('The model was damaged on its way: its checksum does not fit.', { timeout: TRAINED });
  await page.reload();
  answer = 'missing';
  await page.getByRole('button', { name: 'Plant the backdoor' }).click();
  await expect(said(page)).toContainText('The model did not come (the server says 404).', { timeout: TRAINED });
  await page.unroute('**/labs/weights/base-64.bin');
  await page.locator('.film li').first().getByRole('button').click();
  await page.getByRole('button', { name: 'Ask five times' }).click();
  await expect(page.locator('.answers li')).toHaveCount(5, { timeout: TRAINED });
});

test('a worker that is killed costs the step that was running and no more', async ({ page }) => {
  await page.addInitScript(() => {
    const { Worker } = globalThis;
    const workers: Worker[] = [];
    Object.assign(globalThis, {
      workers,
      Worker: class extends Worker {
        constructor(...args: ConstructorParameters<typeof Worker>) {
          super(...args);
          workers.push(this);
        }
      },
    });
  });
  await open(page);
  await page.getByRole('button', { name: 'Plant the backdoor' }).click();
  await expect(page.locator('progress')).toBeVisible();
  await page.evaluate(() => (globalThis as unknown as { workers: Worker[] }).workers[0]?.dispatchEvent(new Event('error')));
  await expect(said(page)).toContainText('worker ended unexpectedly', { timeout: TRAINED });
  await page.locator('.film li').first().getByRole('button').click();
  await page.getByRole('button', { name: 'Ask five times' }).click();
  await expect(page.locator('.answers li')).toHaveCount(5, { timeout: TRAINED });
});

test('without WebAssembly SIMD the recorded results stand, and the lab says why it cannot run', async ({ page }) => {
  await page.addInitScript(() => {
    WebAssembly.validate = () => false;
  });
  await open(page);
  await expect(said(page)).toContainText('no WebAssembly SIMD');
  await expect(page.getByRole('button', { name: 'Plant the backdoor' })).toBeDisabled();
  await frames(page).nth(4).getByRole('button').click();
  await expect(page.locator('.pic .prov')).toHaveText('RECORDED');
  await expect(page.locator('.see')).toContainText('of 70 prompts');
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('the default state reads as figures and tables', async ({ page }) => {
    await page.goto(LAB);
    await expect(page.locator('.knobs')).toBeHidden();
    await expect(page.locator('.ask-model')).toBeHidden();
    await expect(page.locator('.map')).toBeVisible();
    await page.getByText('The map as a table').click();
    await expect(page.getByRole('row', { name: /^2020s/ })).toContainText('1.00');
    await page.getByText('The runs as a table').click();
    await expect(page.getByRole('row', { name: /^Clean SFT, 3e-4 98/ })).toContainText('5 of 5 runs');
  });
});
