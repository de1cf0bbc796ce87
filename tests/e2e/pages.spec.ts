import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';
import { chapterPaths, sampledPaths } from '../support/site.ts';

/** The widest last: at it the other checks look. */
const WIDTHS = [320, 360, 768, 1024, 1440];

/** Notes whatever a page should not do: errors, refusals of the policy, requests to other origins. */
function watch(page: Page): string[] {
  const faults: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.text().includes('Content Security Policy')) faults.push(`console: ${message.text()}`);
  });
  page.on('pageerror', (error) => faults.push(`error: ${error.message}`));
  page.on('request', (request) => {
    const url = new URL(request.url());
    if (url.hostname !== '127.0.0.1' && url.protocol.startsWith('http')) faults.push(`off-origin: ${request.url()}`);
  });
  return faults;
}

const allRules = (page: Page): AxeBuilder =>
  new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']);
/** All that another colour scheme can break: it changes colours and nothing else. */
const rulesOnColour = (page: Page): AxeBuilder => new AxeBuilder({ page }).withRules(['color-contrast', 'link-in-text-block']);

/** Its 37,000 elements take axe three minutes; they are those of the pages, whose ids and headings tests/site/book.test.ts looks at. */
const WHOLE_BOOK = '/book/';

/** Holds a page that is loaded against every width. */
async function staysWithin(page: Page): Promise<void> {
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 900 });
    const wide = await page.evaluate(() => document.documentElement.scrollWidth);
    expect(wide, `at ${width} px`).toBeLessThanOrEqual(width);
  }
}

for (const path of sampledPaths().filter((sampled) => sampled !== WHOLE_BOOK)) {
  test(`${path} never scrolls sideways, is accessible in light and dark, quiet, and keeps to its origin`, async ({ page }) => {
    const faults = watch(page);
    await page.goto(path === '/404.html' ? '/no-such-page/' : path);
    await staysWithin(page);
    // what is folded away is read by somebody too
    await page.evaluate(() => {
      for (const details of document.querySelectorAll('main details')) (details as HTMLDetailsElement).open = true;
    });
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      const { violations } = await (colorScheme === 'light' ? allRules(page) : rulesOnColour(page)).analyze();
      expect(violations.map(({ id, nodes }) => `${colorScheme} ${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`)).toEqual(
        [],
      );
    }
    const allowed = path === '/404.html' ? /404 \(Not Found\)/ : /^$/;
    expect(faults.filter((fault) => !allowed.test(fault))).toEqual([]);
  });
}

test(`${WHOLE_BOOK} never scrolls sideways`, async ({ page }) => {
  // two megabytes, laid out at five widths
  test.slow();
  await page.goto(WHOLE_BOOK);
  await staysWithin(page);
});

for (const path of [...chapterPaths(), '/']) {
  test(`${path} does not shift while it loads`, async ({ page }) => {
    for (const width of [360, 1440]) {
      await page.setViewportSize({ width, height: 800 });
      await page.goto(path, { waitUntil: 'networkidle' });
      const shift = await page.evaluate(
        () =>
          new Promise<number>((resolve) => {
            let sum = 0;
            new PerformanceObserver((list) => {
              for (const entry of list.getEntries() as unknown as { value: number; hadRecentInput: boolean }[]) {
                if (!entry.hadRecentInput) sum += entry.value;
              }
            }).observe({ type: 'layout-shift', buffered: true });
            setTimeout(() => {
              resolve(sum);
            }, 300);
          }),
      );
      expect(shift, `at ${width} px`).toBe(0);
    }
  });
}

for (const path of chapterPaths()) {
  test(`the notes in the margin of ${path} do not run into one another`, async ({ page }) => {
    for (const width of [1024, 1440]) {
      await page.setViewportSize({ width, height: 900 });
      await page.goto(path);
      const collisions = await page.evaluate(() => {
        const notes = [...document.querySelectorAll<HTMLElement>('.note')].map((note) => ({
          text: note.textContent.trim().slice(0, 40),
          box: note.getBoundingClientRect(),
        }));
        const main = document.querySelector('main')?.getBoundingClientRect().bottom ?? 0;
        return [
          ...notes.flatMap((a, i) =>
            notes
              .slice(i + 1)
              .filter((b) => a.box.top < b.box.bottom && b.box.top < a.box.bottom)
              .map((b) => `${a.text} × ${b.text}`),
          ),
          ...notes.filter(({ box }) => box.bottom > main).map(({ text }) => `${text} runs past the end`),
        ];
      });
      expect(collisions, `at ${width} px`).toEqual([]);
    }
  });
}
