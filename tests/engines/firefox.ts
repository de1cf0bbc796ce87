import { launch } from 'puppeteer-core';
import { installPackages, onPath } from '../support/browser.ts';
import type { Driver } from './driver.ts';

/** Firefox, driven over WebDriver BiDi. @throws Error saying what to do where there is none */
export async function openFirefox(width: number, height: number): Promise<Driver> {
  const find = (): string | undefined => onPath('firefox-esr', 'firefox');
  const executablePath = find() ?? (installPackages('firefox-esr') ? find() : undefined);
  if (executablePath === undefined)
    throw new Error('No Firefox is on this machine.\nInstall the package "firefox-esr" (or "firefox") and try again.');
  const browser = await launch({ browser: 'firefox', executablePath, headless: true });
  const page = await browser.newPage();
  await page.setViewport({ width, height });
  return {
    name: 'Firefox',
    version: (await browser.version()).replace(/^firefox\//i, ''),
    async go(address) {
      await page.goto(address, { waitUntil: 'load' });
    },
    async evaluate<T>(body: string) {
      return (await page.evaluate(`(() => { ${body} })()`)) as T;
    },
    click: (selector) => page.click(selector),
    press: (key) => page.keyboard.press(key as Parameters<typeof page.keyboard.press>[0]),
    close: () => browser.close(),
  };
}
