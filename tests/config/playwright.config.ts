import { fileURLToPath } from 'node:url';
import { defineConfig } from '@playwright/test';
import type { SkinOptions } from '../e2e/support/fixtures.ts';
import { PAGE_PORT } from '../e2e/support/page-port.ts';
import { chromiumPath } from '../support/chromium-path.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const executablePath = chromiumPath();

export default defineConfig<SkinOptions>({
  testDir: `${root}/tests/e2e`,
  outputDir: `${root}/test-results/e2e`,
  snapshotPathTemplate: '{testDir}/snapshots/{testFilePath}/{arg}{ext}',
  fullyParallel: true,
  forbidOnly: true,
  retries: 2,
  workers: 2,
  timeout: 45_000,
  expect: { timeout: 7_000 },
  reporter: [['line'], ['json', { outputFile: `${root}/test-results/e2e.json` }]],
  use: {
    viewport: { width: 1440, height: 900 },
    actionTimeout: 7_000,
    screenshot: 'only-on-failure',
    trace: 'off',
    baseURL: `http://localhost:${PAGE_PORT}/`,
    launchOptions: { ...(executablePath === undefined ? {} : { executablePath }), args: ['--no-sandbox', '--disable-gpu'] },
  },
  projects: [
    { name: 'chromium', testIgnore: '**/*.desktop.spec.ts', use: { skin: 'browser' } },
    { name: 'electron', testIgnore: '**/*.browser.spec.ts', use: { skin: 'desktop' } },
  ],
  webServer: {
    command: `node tests/support/serve-page.mjs ${PAGE_PORT}`,
    cwd: root,
    url: `http://localhost:${PAGE_PORT}/`,
    reuseExistingServer: false,
  },
});
