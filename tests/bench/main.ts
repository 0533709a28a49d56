/**
 * Speed on this machine, against its budgets: `npm run bench`. The engine first, in a worker of a page as the window has
 * it, with its times under Node, as the command line has it, beside; then the simulator beside a bare event loop and
 * against the analytic answer; then the canvas in a browser. With `--engine`, `--simulation` or `--canvas` that alone.
 * With `--check` a line over its budget fails.
 */
import { canvasBench } from './canvas/canvas.ts';
import { scratchBench, type BenchLine } from './engine.ts';
import { engineInPage } from './engine-in-page.ts';
import { sessionHeap } from './heap.ts';
import { quantile } from './measure.ts';
import { agreementBench, speedBench } from './simulation.ts';

const GROWTH_LIMIT = 1.3;
/** Answers a second while the dial moves over 200 components, and megabytes of the worker's heap with 5,000. */
const ANSWERS_WANTED = 60;
const HEAP_LIMIT_MB = 300;

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

async function runEngine(): Promise<number> {
  const { lines, exponent, dial: { answers, whole, whole_ms }, version } = await engineInPage();
  console.log(`engine: in a worker of Chromium ${version}, with the switches of the window`);
  const over = print(lines);
  console.log(`time grows with size to the power ${exponent.toFixed(2)} (limit ${GROWTH_LIMIT})`);
  console.log(`the dial over 200 nodes: ${answers.toFixed(0)} answers a second, copied to the page (at least ${ANSWERS_WANTED}); ${whole.toFixed(1)} of them whole, of ${whole_ms.toFixed(1)} ms`);
  console.log(`engine: under Node ${process.versions.node}`);
  print(scratchBench());
  const heap = sessionHeap();
  console.log(`heap of a session with 5,000 nodes: ${heap.between.toFixed(0)} MB between answers, ${heap.answering.toFixed(0)} MB with an answer on its way (below ${HEAP_LIMIT_MB} MB)`);
  return over + [exponent > GROWTH_LIMIT, answers < ANSWERS_WANTED, heap.answering >= HEAP_LIMIT_MB].filter(Boolean).length;
}

function runSimulation(): number {
  return [speedBench(), agreementBench()].filter((within) => !within).length;
}

async function run(flags: readonly string[]): Promise<number> {
  const only = ['--engine', '--simulation', '--canvas'].filter((flag) => flags.includes(flag));
  const wanted = (flag: string): boolean => only.length === 0 || only.includes(flag);
  let over = 0;
  if (wanted('--engine') || wanted('--canvas')) console.log(`${'milliseconds'.padEnd(74)}${'best'.padStart(9)}${'p50'.padStart(9)}${'p95'.padStart(9)}${'budget'.padStart(9)}`);
  if (wanted('--engine')) over += await runEngine();
  if (wanted('--simulation')) over += runSimulation();
  if (wanted('--canvas')) {
    console.log('canvas: main-thread milliseconds in headless Chromium');
    over += print(await canvasBench());
  }
  return flags.includes('--check') && over > 0 ? 1 : 0;
}

process.exitCode = await run(process.argv.slice(2));
