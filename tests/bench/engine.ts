import { catalog } from '../../catalog/index.ts';
import { compileDesign } from '../../shared/engine/compile/compile.ts';
import { evaluate, prepareDesign, sweep } from '../../shared/engine/evaluate.ts';
import { solveHeadroom } from '../../shared/engine/headroom.ts';
import { solveLatency } from '../../shared/engine/latency.ts';
import { solveStations } from '../../shared/engine/stations.ts';
import { runTraffic } from '../../shared/engine/traffic.ts';
import { benchDesign } from './designs.ts';
import { measure, quantile, type Times } from './measure.ts';

/** One line of the table: what was measured, and the budget of its p50 in milliseconds (null for a part without one). */
export interface BenchLine { readonly name: string; readonly times: Times; readonly budget_ms: number | null }

interface Size { readonly nodes: number; readonly journeys: number; readonly runs: number; readonly budget: { readonly whole: number; readonly performance: number | null } }

const SIZES: readonly Size[] = [
  { nodes: 100, journeys: 5, runs: 200, budget: { whole: 3, performance: 2 } },
  { nodes: 1000, journeys: 20, runs: 30, budget: { whole: 50, performance: 35 } },
  { nodes: 5000, journeys: 50, runs: 8, budget: { whole: 400, performance: null } },
];

/** The stages that answer the load: everything before availability, cost, consistency, scores and rules. */
function performanceHalf(drawn: ReturnType<typeof benchDesign>, multiple: number): void {
  const compiled = compileDesign(drawn, catalog);
  const flows = runTraffic(compiled, { multiple });
  const stations = solveStations(compiled, flows);
  solveLatency(compiled, flows, stations);
  solveHeadroom(compiled, flows, stations);
}

/** Every run is an edit of its own: one parameter differs, so that nothing is answered from the run before. */
function linesOf({ nodes, journeys, runs, budget }: Size): BenchLine[] {
  const warmup = Math.ceil(runs / 2);
  const edits = Array.from({ length: runs + warmup }, (_, i) => benchDesign(nodes, journeys, i));
  const one = benchDesign(nodes, journeys);
  const held = prepareDesign(one, catalog);
  const edit = (run: number): ReturnType<typeof benchDesign> => edits[run] ?? one;
  const label = `${nodes} nodes, ${Object.keys(one.edges).length} connections, ${journeys} journeys`;
  const whole: BenchLine = { name: `evaluate after an edit: ${label}`, times: measure((run) => evaluate(edit(run), catalog), runs, warmup), budget_ms: budget.whole };
  // the largest drawing shows how time grows; what it is made of is seen on the others
  if (budget.performance === null) return [whole];
  return [
    whole,
    { name: '  the performance half of it', times: measure((run) => performanceHalf(edit(run), 1 + run * 1e-4), runs, warmup), budget_ms: budget.performance },
    { name: '  reading the drawing alone', times: measure((run) => compileDesign(edit(run), catalog), runs, warmup), budget_ms: null },
    { name: '  a step of the load dial', times: measure((run) => held.evaluate({ multiple: 1 + run * 0.01 }), runs, warmup), budget_ms: budget.whole },
  ];
}

/**
 * Exponent of time over size: slope of a straight line through the logarithms of both. The best time of each size, which
 * other work on the machine disturbs least.
 */
function exponentOf(points: readonly { readonly nodes: number; readonly best: number }[]): number {
  const mean = (of: (point: { readonly nodes: number; readonly best: number }) => number): number => points.reduce((sum, point) => sum + of(point), 0) / points.length;
  const size = mean(({ nodes }) => Math.log(nodes));
  const time = mean(({ best }) => Math.log(best));
  const along = mean(({ nodes, best }) => (Math.log(nodes) - size) * (Math.log(best) - time));
  return along / mean(({ nodes }) => (Math.log(nodes) - size) ** 2);
}

/** Lines of the engine, and the exponent of time over size. */
export function engineBench(): { readonly lines: readonly BenchLine[]; readonly exponent: number } {
  const bySize = SIZES.map(linesOf);
  const large = benchDesign(100, 5);
  const strip: BenchLine = { name: 'sweep: 200 loads of 100 nodes', times: measure(() => sweep(large, catalog), 15, 5), budget_ms: 100 };
  const exponent = exponentOf(SIZES.map(({ nodes }, i) => ({ nodes, best: quantile(bySize[i]?.[0]?.times ?? [1], 0) })));
  return { lines: [...bySize.flat(), strip], exponent };
}
