import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { ensureChromium } from './support/browser.ts';

/** What a step counted. */
interface Count {
  readonly passed: number;
  readonly failed: number;
}

/** Runs a program and shows what it prints; true where it succeeded. */
function run(command: string, ...args: string[]): boolean {
  const { status, error } = spawnSync(command, args, { stdio: 'inherit', env: { ...process.env, ASTRO_TELEMETRY_DISABLED: '1' } });
  if (error !== undefined) console.error(error.message);
  return status === 0;
}

function whole(passed: boolean): Count {
  return passed ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}

/** A runner that leaves a report counts its tests; one that fails without a report counts as one failure. */
function counted(succeeded: boolean, report: string, read: (report: unknown) => Count): Count {
  let count: Count = { passed: 0, failed: 0 };
  try {
    count = read(JSON.parse(readFileSync(report, 'utf8')));
  } catch {
    return { passed: 0, failed: 1 };
  }
  return succeeded || count.failed > 0 ? count : { ...count, failed: 1 };
}

function vitest(project: string): Count {
  const report = `.cache/vitest-${project}.json`;
  rmSync(report, { force: true });
  const succeeded = run('vitest', 'run', '--project', project, '--reporter=default', '--reporter=json', `--outputFile.json=${report}`);
  return counted(succeeded, report, (value) => {
    const { numPassedTests, numFailedTests } = value as { numPassedTests: number; numFailedTests: number };
    return { passed: numPassedTests, failed: numFailedTests };
  });
}

function playwright(): Count {
  const report = '.cache/playwright.json';
  rmSync(report, { force: true });
  ensureChromium();
  return counted(run('playwright', 'test'), report, (value) => {
    const { stats } = value as { stats: { expected: number; unexpected: number; flaky: number } };
    return { passed: stats.expected, failed: stats.unexpected + stats.flaky };
  });
}

function engines(): Count {
  const report = '.cache/engines.json';
  rmSync(report, { force: true });
  return counted(run('node', 'tests/engines/run.ts'), report, (value) => value as Count);
}

const STEPS: readonly { readonly name: string; readonly run: () => Count; readonly needsBuild?: boolean }[] = [
  { name: 'content', run: () => whole(run('node', 'src/build/check-content.ts')) },
  { name: 'types', run: () => whole(run('astro', 'check', '--minimumFailingSeverity', 'hint')) },
  { name: 'lint', run: () => whole(run('eslint', '--max-warnings', '0', '.')) },
  { name: 'format', run: () => whole(run('prettier', '--check', '--log-level', 'warn', '.')) },
  { name: 'unit', run: () => vitest('unit') },
  { name: 'build', run: () => whole(run('astro', 'build', '--silent')) },
  { name: 'site', run: () => vitest('site'), needsBuild: true },
  { name: 'browser', run: playwright, needsBuild: true },
];

/**
 * Runs every check of the project, also after one has failed, and closes with one line `N passed, N failed`.
 * `--engines` adds the smoke tests in Firefox and WebKit; further arguments name the only steps to run.
 */
function main(): void {
  mkdirSync('.cache', { recursive: true });
  const args = process.argv.slice(2);
  const asked = args.filter((arg) => !arg.startsWith('--'));
  const steps = args.includes('--engines') ? [...STEPS, { name: 'engines', run: engines, needsBuild: true }] : STEPS;
  let built = true;
  let passed = 0;
  let failed = 0;
  for (const step of steps) {
    if (asked.length > 0 && !asked.includes(step.name)) continue;
    console.log(`\n— ${step.name}`);
    const started = performance.now();
    let count: Count = { passed: 0, failed: 1 };
    try {
      if (step.needsBuild === true && !built) console.error('The site was not built, so this cannot be tested.');
      else count = step.run();
    } catch (error) {
      console.error(error instanceof Error ? error.message : error);
    }
    if (step.name === 'build') built = count.failed === 0;
    passed += count.passed;
    failed += count.failed;
    console.log(`— ${step.name}: ${count.passed} passed, ${count.failed} failed (${((performance.now() - started) / 1000).toFixed(0)} s)`);
  }
  console.log(`\n${passed} passed, ${failed} failed`);
  process.exitCode = failed === 0 ? 0 : 1;
}

main();
