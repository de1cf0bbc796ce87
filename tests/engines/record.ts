/** `npm run record:engine`: runs the check of the engine in four programs and writes what came out, for the page /reference/engine/ to show. */
import { chromium } from '@playwright/test';
import { writeFileSync } from 'node:fs';
import { cpus, type } from 'node:os';
import { fileURLToPath } from 'node:url';
import type { CheckedRun } from '../../src/labs/engine-check/protocol.ts';
import { checkedRuns } from '../../src/labs/engine-check/runs.ts';
import { CHROMIUM_ARGUMENTS, ensureChromium } from '../support/browser.ts';
import { serve } from '../support/server.ts';
import { DIST } from '../support/site.ts';
import type { Driver } from './driver.ts';
import { checkEngine } from './engine-check.ts';
import { openFirefox } from './firefox.ts';
import { openWebKit } from './webkit.ts';

const PORT = 4333;
const FILE = fileURLToPath(new URL('../../src/labs/engine-check/recorded.json', import.meta.url));

async function openChromium(): Promise<Driver> {
  const browser = await chromium.launch({ executablePath: ensureChromium(), args: CHROMIUM_ARGUMENTS });
  const page = await browser.newPage();
  return {
    name: 'Chromium',
    version: browser.version(),
    async go(address) {
      await page.goto(address);
    },
    evaluate: <T>(body: string) => page.evaluate<T>(`(() => { ${body} })()`),
    click: (selector) => page.click(selector),
    press: (key) => page.keyboard.press(key),
    close: () => browser.close(),
  };
}

/** A row of the record. @throws Error where two runs come to different outcomes */
function row(program: string, version: string, runs: readonly CheckedRun[]) {
  const outcomes = new Set(runs.map(({ outcome }) => JSON.stringify(outcome)));
  const [first] = runs;
  if (first === undefined || outcomes.size > 1)
    throw new Error(
      `${program} came to ${[...outcomes].join(' and ')}.\nA run must not depend on the one before it: see src/labs/nn/reference-run.ts.`,
    );
  return { program, version, outcome: first.outcome, runs: runs.map(({ tokens, seconds }) => ({ tokens, seconds })) };
}

async function main(): Promise<void> {
  const rows = [
    row(
      'Node',
      process.versions.node,
      checkedRuns(
        () => performance.now(),
        () => undefined,
      ),
    ),
  ];
  const server = serve(DIST, PORT);
  for (const [program, open] of [
    ['Chromium', openChromium],
    ['Firefox', () => openFirefox(1440, 900)],
    ['WebKitGTK', openWebKit],
  ] as const) {
    const driver = await open();
    const { runs } = await checkEngine(driver, `http://127.0.0.1:${PORT}`);
    rows.push(row(program, driver.version, runs));
    await driver.close();
  }
  server.close();
  const record = {
    date: new Date().toISOString().slice(0, 10),
    machine: `${cpus()[0]?.model ?? 'unknown processor'}, ${cpus().length} cores, ${type()}`,
    rows,
  };
  writeFileSync(FILE, `${JSON.stringify(record, null, 2)}\n`);
  for (const { program, version, outcome } of rows) console.log(`${program} ${version}: ${outcome.weights} ${outcome.samples}`);
}

await main();
