/**
 * Everything that must hold: build, types, lint and layers, unit tests, real-window tests on Chromium and Electron.
 * The last line is `N passed, N failed`; the exit code is 1 if anything failed. Usage: node tests/support/run-all.mjs
 */
import { rmSync } from 'node:fs';
import path from 'node:path';
import { anyElectron } from '../../electron/dev/runtime.mjs';
import { bin, countE2e, countUnit, root, runStep, withDisplay } from './steps.mjs';
import { ensureSystemPackages } from './system-packages.mjs';

const started = performance.now();
const totals = { passed: 0, failed: 0 };
const flaky = [];

const seconds = (since) => `${((performance.now() - since) / 1000).toFixed(0)} s`;

function add({ passed, failed, flaky: names = [] }) {
  totals.passed += passed;
  totals.failed += failed;
  flaky.push(...names);
}

/** One check: counts as one passed or failed, and shows its output only when it failed. */
async function check(name, command, args) {
  const since = performance.now();
  const { code, output } = await runStep(command, args, { quiet: true });
  console.log(`${code === 0 ? 'ok    ' : 'FAILED'} ${name} (${seconds(since)})`);
  if (code !== 0) console.log(output);
  add(code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 });
}

/** A test runner: counted from its report. A runner that fails without naming a failure is one failure. */
async function suite(name, [command, args], count, env) {
  const since = performance.now();
  const { code } = await runStep(command, args, { env });
  const result = count();
  if (code !== 0 && result.failed === 0) result.failed = 1;
  console.log(`${result.failed === 0 ? 'ok    ' : 'FAILED'} ${name}: ${result.passed} passed, ${result.failed} failed (${seconds(since)})`);
  if (result.counts) console.log(`       ${Object.entries(result.counts).map(([name, count]) => `${count.toLocaleString('en')} ${name}`).sort().join(', ')}`);
  add(result);
}

/** One after the other, while lint, which takes longest on a fresh machine and knows one core only, runs beside them. */
async function typesLayersAndUnits() {
  await check('types', bin('tsc'), ['-b']);
  await check('layers', process.execPath, ['tests/support/check-layers.mjs']);
  await suite('unit tests', [bin('vitest'), ['run', '--config', 'tests/config/vitest.config.ts', '--reporter=dot', '--reporter=json']], () => countUnit('unit.json'));
}

process.chdir(root);
rmSync(path.join(root, 'test-results'), { recursive: true, force: true });
const obstacle = ensureSystemPackages();

await check('build', process.execPath, ['electron/dev/build.mjs', '--force']);
await Promise.all([
  typesLayersAndUnits(),
  check('lint', bin('eslint'), ['--config', 'tests/config/eslint.config.mjs', '--cache', '--cache-location', 'node_modules/.cache/eslint/', '.']),
]);

if (obstacle !== null) {
  console.log(obstacle);
  add({ passed: 0, failed: 1 });
} else {
  const electron = await anyElectron();
  const projects = electron === null ? ['--project=chromium'] : [];
  if (electron === null) console.log('No Electron can be had here: the desktop tests count as one failure.');
  if (electron === null) add({ passed: 0, failed: 1 });
  const playwright = withDisplay(bin('playwright'), ['test', '--config', 'tests/config/playwright.config.ts', ...projects]);
  await suite('window tests', playwright, () => countE2e('e2e.json'));
}

for (const name of flaky) console.log(`flaky: ${name}`);
console.log(`All checks took ${seconds(started)}.`);
console.log(`${totals.passed} passed, ${totals.failed} failed`);
process.exitCode = totals.failed > 0 ? 1 : 0;
