import { fileURLToPath } from 'node:url';
import { defineConfig } from '@playwright/test';
import type { SkinOptions } from '../e2e/support/fixtures.ts';
import base from './playwright.config.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Screenshots of the main states, written to the ignored folder `shots/`. */
export default defineConfig<SkinOptions>({
  ...base,
  testDir: `${root}/tests/shots`,
  testMatch: '**/*.shots.ts',
  reporter: [['line'], ['json', { outputFile: `${root}/test-results/shots.json` }]],
  projects: [{ name: 'chromium', use: { skin: 'browser' } }],
});
