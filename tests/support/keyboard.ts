import { expect, type Locator, type Page } from '@playwright/test';

/** More than the stops of any page that is walked through. */
const MOST = 120;

/**
 * Moves on by Tab until an element has the focus, as a reader without a mouse does.
 * @throws Error where it cannot be reached
 */
export async function tabTo(page: Page, target: Locator): Promise<void> {
  await expect(target).toBeVisible();
  for (let presses = 0; presses < MOST; presses++) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`${String(target)} cannot be reached by Tab.`);
}
