import { spawn, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The repository's root folder. */
export const root = fileURLToPath(new URL('../..', import.meta.url));

/** Path of a program that a package brings. */
export const bin = (name) => path.join(root, 'node_modules', '.bin', name);

/** Run a program in the root; its output is passed on at once, or held back until it ends (`quiet`). */
export function runStep(command, args, { quiet = false, env = {} } = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd: root, env: { ...process.env, ...env }, stdio: ['ignore', quiet ? 'pipe' : 'inherit', quiet ? 'pipe' : 'inherit'] });
    let output = '';
    child.stdout?.on('data', (chunk) => (output += chunk));
    child.stderr?.on('data', (chunk) => (output += chunk));
    child.once('error', (error) => resolve({ code: 127, output: `${error.message}\n` }));
    child.once('close', (code) => resolve({ code: code ?? 1, output }));
  });
}

/** A program under a display of its own where this machine has none. */
export function withDisplay(command, args) {
  const hasDisplay = process.platform !== 'linux' || Boolean(process.env.DISPLAY);
  if (hasDisplay || spawnSync('which', ['xvfb-run']).status !== 0) return [command, args];
  return ['xvfb-run', ['-a', '-s', '-screen 0 1600x1000x24', command, ...args]];
}

function readReport(file) {
  try {
    return JSON.parse(readFileSync(path.join(root, 'test-results', file), 'utf8'));
  } catch {
    return null;
  }
}

/** What the tests went through besides themselves (tests/config/tally.ts), by name. */
function tallied(report) {
  const counts = {};
  for (const { meta } of report.testResults.flatMap(({ assertionResults }) => assertionResults)) {
    for (const [name, count] of Object.entries(meta?.counts ?? {})) counts[name] = (counts[name] ?? 0) + count;
  }
  return counts;
}

/** Counts of vitest's JSON report; a missing report counts as one failure. */
export function countUnit(file) {
  const report = readReport(file);
  if (report === null) return { passed: 0, failed: 1, flaky: [] };
  const brokenFiles = report.testResults.filter((result) => result.status === 'failed' && result.assertionResults.every((one) => one.status !== 'failed')).length;
  return { passed: report.numPassedTests, failed: report.numFailedTests + brokenFiles, flaky: [], counts: tallied(report) };
}

function listSpecs(suite) {
  return [...(suite.specs ?? []), ...(suite.suites ?? []).flatMap(listSpecs)];
}

/** Counts of Playwright's JSON report, and the names of tests that passed only when repeated. */
export function countE2e(file) {
  const report = readReport(file);
  if (report === null) return { passed: 0, failed: 1, flaky: [] };
  const { expected, unexpected, flaky } = report.stats;
  const names = report.suites
    .flatMap(listSpecs)
    .flatMap((spec) => spec.tests.filter((test) => test.status === 'flaky').map((test) => `[${test.projectName}] ${spec.file} ${spec.title}`));
  return { passed: expected + flaky, failed: unexpected + report.errors.length, flaky: names };
}
