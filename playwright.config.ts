import { defineConfig, devices } from '@playwright/test';
import { CHROMIUM_ARGUMENTS, findChromium } from './tests/support/browser.ts';
import { PORT } from './tests/support/server.ts';

const executablePath = findChromium();

export default defineConfig({
  testDir: 'tests/e2e',
  fullyParallel: true,
  // the machines are noisy; what takes long here is axe on a page of large tables
  timeout: 90_000,
  workers: 2,
  forbidOnly: process.env.CI === 'true',
  reporter: [['line'], ['json', { outputFile: '.cache/playwright.json' }]],
  outputDir: '.cache/playwright',
  use: {
    ...devices['Desktop Chrome'],
    viewport: { width: 1440, height: 900 },
    baseURL: `http://127.0.0.1:${PORT}`,
    trace: 'retain-on-failure',
    launchOptions: { args: CHROMIUM_ARGUMENTS, ...(executablePath === undefined ? {} : { executablePath }) },
  },
  webServer: { command: 'node tests/support/server.ts', url: `http://127.0.0.1:${PORT}/`, reuseExistingServer: process.env.CI !== 'true' },
});
