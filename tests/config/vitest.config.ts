import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const root = fileURLToPath(new URL('../..', import.meta.url));

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
      { extends: true, test: { name: 'skins', include: ['{electron,renderer}/**/*.test.{ts,tsx}'] } },
    ],
  },
});
