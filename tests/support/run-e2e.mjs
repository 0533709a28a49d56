/**
 * Builds what is stale and runs real-window tests, under a virtual display where there is none.
 * Usage: node tests/support/run-e2e.mjs [PLAYWRIGHT ARGUMENTS]; another `--config FILE` replaces the usual one.
 */
import { bin, runStep, withDisplay } from './steps.mjs';
import { ensureSystemPackages } from './system-packages.mjs';

const args = process.argv.slice(2);
const config = args.includes('--config') ? [] : ['--config', 'tests/config/playwright.config.ts'];
const obstacle = ensureSystemPackages();
if (obstacle !== null) {
  console.error(obstacle);
  process.exit(1);
}
const built = await runStep(process.execPath, ['electron/dev/build.mjs']);
if (built.code !== 0) process.exit(built.code);
const [command, words] = withDisplay(bin('playwright'), ['test', ...config, ...args]);
process.exitCode = (await runStep(command, words)).code;
