import { catalog } from '../../catalog/index.ts';
import { READABLE_MS } from '../../renderer/src/evaluation/readable.ts';
import { compileDesign } from '../../shared/engine/compile/compile.ts';
import { evaluate, sweep } from '../../shared/engine/evaluate.ts';
import { solveHeadroom } from '../../shared/engine/headroom.ts';
import { openSession } from '../../shared/engine/incremental/session.ts';
import { solveLatency } from '../../shared/engine/latency.ts';
import { solveStations } from '../../shared/engine/stations.ts';
import { runTraffic } from '../../shared/engine/traffic.ts';
import type { Design } from '../../shared/model/design.ts';
import { benchDesign } from './designs.ts';
import { EDIT_KINDS, type EditKind } from './edits.ts';
import { measure, quantile, warmUp, type Times } from './measure.ts';

/** One line of the table: what was measured, and the budget of its p50 in milliseconds (null for a part without one). */
export interface BenchLine { readonly name: string; readonly times: Times; readonly budget_ms: number | null }

interface Size { readonly nodes: number; readonly journeys: number; readonly runs: number; readonly budget: { readonly whole: number; readonly performance: number | null } }

const SIZES: readonly Size[] = [
  { nodes: 100, journeys: 5, runs: 800, budget: { whole: 3, performance: 2 } },
  { nodes: 1000, journeys: 20, runs: 30, budget: { whole: 50, performance: 35 } },
  { nodes: 5000, journeys: 50, runs: 10, budget: { whole: 400, performance: null } },
];

/** The stages that answer the load: everything before availability, cost, consistency, scores and rules. */
function performanceHalf(drawn: Design): void {
  const compiled = compileDesign(drawn, catalog);
  const flows = runTraffic(compiled, { multiple: 1 });
  const stations = solveStations(compiled, flows);
  solveLatency(compiled, flows, stations);
  solveHeadroom(compiled, flows, stations);
}

/** Times of edits in a session, over all kinds and for each. The session gets copies, as the worker does; copying is not timed. */
function editLines(start: Design, rounds: number, budget_ms: number): BenchLine[] {
  const session = openSession(catalog);
  session.evaluate(start);
  let state = start;
  const byKind = new Map<EditKind, number[]>(EDIT_KINDS.map((kind) => [kind, []]));
  const apply = (round: number, measured: boolean): void => {
    for (const kind of EDIT_KINDS) {
      state = kind.apply(state, round);
      const sent = structuredClone(state);
      const begin = performance.now();
      session.evaluate(sent);
      if (measured) byKind.get(kind)?.push(performance.now() - begin);
    }
  };
  let round = 0;
  warmUp(() => round++, (at) => apply(at, false));
  for (const end = round + rounds; round < end; round++) apply(round, true);
  const sorted = (times: readonly number[]): Times => [...times].sort((a, b) => a - b);
  const kinds = [...byKind].map(([kind, times]): BenchLine => ({ name: `    ${kind.name}`, times: sorted(times), budget_ms: null }));
  return [{ name: '  after an edit (session), kinds in turn', times: sorted([...byKind.values()].flat()), budget_ms }, ...kinds];
}

/** A drawing that has just come, for each run another, at a load of its own: nothing is answered from a run before. */
function drawingsOf({ nodes, journeys }: Size): (run: number) => Design {
  return (run) => benchDesign(nodes, journeys, run);
}

function scratchLines(size: Size): readonly BenchLine[] {
  const { nodes, journeys, runs, budget } = size;
  const drawing = drawingsOf(size);
  const whole = (design: Design): unknown => evaluate(design, catalog);
  const first: BenchLine = { name: '  the first answer of this size', times: [warmUp(drawing, whole)], budget_ms: null };
  const scratch: BenchLine = { name: `evaluate from scratch: ${nodes} nodes, ${Object.keys(drawing(0).edges).length} connections, ${journeys} journeys`, times: measure(drawing, whole, runs, Math.ceil(runs / 2)), budget_ms: budget.whole };
  return [scratch, first];
}

function linesOf(size: Size): readonly BenchLine[] {
  const { nodes, journeys, runs, budget } = size;
  const warmup = Math.ceil(runs / 2);
  const lines = scratchLines(size);
  const one = benchDesign(nodes, journeys);
  const session = openSession(catalog);
  const drawing = drawingsOf(size);
  const load = (run: number): number => 1 + run * 0.01;
  // the largest drawing shows how time grows; what it is made of is seen on the others
  const parts: readonly BenchLine[] = budget.performance === null ? [] : [
    { name: '  the performance half of it', times: measure(drawing, performanceHalf, runs, warmup), budget_ms: budget.performance },
    { name: '  reading the drawing alone', times: measure(drawing, (design) => compileDesign(design, catalog), runs, warmup), budget_ms: null },
  ];
  const edits = editLines(one, Math.max(3, Math.ceil(runs / EDIT_KINDS.length)), budget.whole);
  const dial: BenchLine = { name: '  a step of the load dial (session)', times: measure(load, (multiple) => session.evaluate(one, { multiple }), runs, warmup), budget_ms: budget.whole };
  return [...lines, ...parts, ...edits, dial];
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

const DIAL = { nodes: 200, journeys: 8, warmup_ms: 2500, measured_ms: 3000 } as const;

/** Answers a second while the dial moves: all, the whole ones among them, and how long one whole answer takes. */
export interface DialRate { readonly answers: number; readonly whole: number; readonly whole_ms: number }

/** The dial over a drawing of 200 components without pause: whole answers as far apart as in the page, the load alone between them, each copied as it is on its way to the page. */
function dialRate(): DialRate {
  const drawn = benchDesign(DIAL.nodes, DIAL.journeys);
  const session = openSession(catalog);
  const begin = performance.now() + DIAL.warmup_ms;
  const whole: number[] = [];
  let answers = 0;
  let came = -Infinity;
  for (let at = performance.now(), multiple = 1; at < begin + DIAL.measured_ms; at = performance.now(), multiple = multiple < 100 ? multiple * 1.01 : 1) {
    const isWhole = at - came >= READABLE_MS;
    structuredClone(isWhole ? session.evaluate(drawn, { multiple }) : session.figures(drawn, multiple));
    if (isWhole) came = performance.now();
    if (at < begin) continue;
    answers += 1;
    if (isWhole) whole.push(came - at);
  }
  const perSecond = 1000 / DIAL.measured_ms;
  return { answers: answers * perSecond, whole: whole.length * perSecond, whole_ms: quantile(whole.sort((a, b) => a - b), 0.5) };
}

/** What the engine's benchmark measured: its lines, the exponent of time over size, and the dial. Plain data, as a worker sends it. */
export interface EngineTimes { readonly lines: readonly BenchLine[]; readonly exponent: number; readonly dial: DialRate }

/** Measure the engine on whatever runs this: a worker of a page, or Node. */
export function engineBench(): EngineTimes {
  const bySize = SIZES.map(linesOf);
  const large = benchDesign(100, 5);
  const strip: BenchLine = { name: 'sweep: 200 loads of 100 nodes', times: measure(() => large, (design) => sweep(design, catalog), 15, 5), budget_ms: 100 };
  const exponent = exponentOf(SIZES.map(({ nodes }, i) => ({ nodes, best: quantile(bySize[i]?.[0]?.times ?? [1], 0) })));
  return { lines: [...bySize.flat(), strip], exponent, dial: dialRate() };
}

/** From scratch alone, at every size, without a budget. */
export function scratchBench(): readonly BenchLine[] {
  return SIZES.flatMap((size) => scratchLines(size).map((line) => ({ ...line, budget_ms: null })));
}
