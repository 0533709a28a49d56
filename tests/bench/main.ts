/**
 * Speed of the engine on this machine, against its budgets: `npm run bench`. With `--check` a line over its budget fails.
 * Further benchmarks (a drag in the browser) add a module with lines of the same shape to the list in `run`.
 */
import { engineBench } from './engine.ts';
import { quantile } from './measure.ts';

const GROWTH_LIMIT = 1.3;

function ms(value: number): string {
  return value.toFixed(value < 10 ? 2 : 1).padStart(9);
}

function run(strict: boolean): number {
  const { lines, exponent } = engineBench();
  let over = 0;
  console.log(`${'milliseconds'.padEnd(74)}${'p50'.padStart(9)}${'p95'.padStart(9)}${'budget'.padStart(9)}`);
  for (const { name, times, budget_ms } of lines) {
    const late = budget_ms !== null && quantile(times, 0.5) > budget_ms;
    if (late) over += 1;
    console.log(`${name.padEnd(74)}${ms(quantile(times, 0.5))}${ms(quantile(times, 0.95))}${budget_ms === null ? '' : ms(budget_ms)}${late ? '  over' : ''}`);
  }
  if (exponent > GROWTH_LIMIT) over += 1;
  console.log(`time grows with size to the power ${exponent.toFixed(2)} (limit ${GROWTH_LIMIT})`);
  return strict && over > 0 ? 1 : 0;
}

process.exitCode = run(process.argv.includes('--check'));
