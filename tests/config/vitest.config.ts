import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Files that put another module in the place of one that the others import as it is. */
const REPLACING = 'renderer/src/layout/tidy.test.ts';

export default defineConfig({
  root,
  cacheDir: 'node_modules/.cache/vite',
  define: { __APP_VERSION__: JSON.stringify('0.0.0-test') },
  test: {
    exclude: ['**/node_modules/**', 'out/**'],
    environment: 'node',
    pool: 'threads',
    testTimeout: 20_000,
    setupFiles: ['tests/config/tally.ts'],
    outputFile: { json: 'test-results/unit.json' },
    projects: [
      {
        // nothing here keeps state between files, so that they share what they import
        extends: true,
        test: {
          name: 'pure',
          isolate: false,
          include: ['{shared,catalog}/**/*.test.ts', 'tests/{catalog,architecture,golden,hostile,faults,simulation,support}/**/*.test.ts'],
        },
      },
      {
        // the stores of the page are shared by all files of one worker: each test brings them into the state that it needs
        extends: true,
        test: { name: 'page', isolate: false, include: ['renderer/**/*.test.{ts,tsx}'], exclude: ['**/node_modules/**', REPLACING] },
      },
      { extends: true, test: { name: 'skins', include: ['electron/**/*.test.ts', REPLACING] } },
    ],
  },
});
