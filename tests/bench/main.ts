/**
 * Speed on this machine, against its budgets: `npm run bench`. The engine first, then the canvas in a browser; with
 * `--engine` or `--canvas` that alone. With `--check` a line over its budget fails.
 */
import { canvasBench } from './canvas/canvas.ts';
import { engineBench, type BenchLine } from './engine.ts';
import { quantile } from './measure.ts';

const GROWTH_LIMIT = 1.3;

function ms(value: number): string {
  return value.toFixed(value < 10 ? 2 : 1).padStart(9);
}

/** Print lines; returns how many are over their budget. */
function print(lines: readonly BenchLine[]): number {
  let over = 0;
  for (const { name, times, budget_ms } of lines) {
    const late = budget_ms !== null && quantile(times, 0.5) > budget_ms;
    if (late) over += 1;
    console.log(`${name.padEnd(74)}${ms(quantile(times, 0))}${ms(quantile(times, 0.5))}${ms(quantile(times, 0.95))}${budget_ms === null ? '' : ms(budget_ms)}${late ? '  over' : ''}`);
  }
  return over;
}

function runEngine(): number {
  const { lines, exponent } = engineBench();
  const over = print(lines);
  console.log(`time grows with size to the power ${exponent.toFixed(2)} (limit ${GROWTH_LIMIT})`);
  return over + (exponent > GROWTH_LIMIT ? 1 : 0);
}

async function run(flags: readonly string[]): Promise<number> {
  console.log(`${'milliseconds'.padEnd(74)}${'best'.padStart(9)}${'p50'.padStart(9)}${'p95'.padStart(9)}${'budget'.padStart(9)}`);
  const engine = flags.includes('--canvas') ? 0 : runEngine();
  if (!flags.includes('--engine')) console.log('canvas: main-thread milliseconds in headless Chromium');
  const over = engine + (flags.includes('--engine') ? 0 : print(await canvasBench()));
  return flags.includes('--check') && over > 0 ? 1 : 0;
}

process.exitCode = await run(process.argv.slice(2));
