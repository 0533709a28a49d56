import { test } from 'vitest';
import { catalog } from '/work/main/catalog/index.ts';
import { evaluate, sweep } from '/work/main/shared/engine/evaluate.ts';
import { compileDesign } from '/work/main/shared/engine/compile/compile.ts';
import { runTraffic, visitJourney } from '/work/main/shared/engine/traffic.ts';
import { solveStations } from '/work/main/shared/engine/stations.ts';
import { solveLatency } from '/work/main/shared/engine/latency.ts';
import { solveHeadroom } from '/work/main/shared/engine/headroom.ts';
import { largeDesign } from '/work/main/tests/support/large-design.ts';
function time(name: string, f: () => unknown, runs = 100) {
  const t: number[] = []; for (let i = 0; i < runs; i++) { const a = performance.now(); f(); t.push(performance.now() - a); }
  t.sort((a, b) => a - b); console.log(name, 'min', t[0]!.toFixed(2), 'p50', t[runs >> 1]!.toFixed(2), 'p95', t[Math.floor(runs * .95)]!.toFixed(2));
}
test('perf', () => {
  const d = largeDesign();
  const c = compileDesign(d, catalog); const f = runTraffic(c, { multiple: 1 }); const s = solveStations(c, f);
  console.log('nodes', Object.keys(d.nodes).length, Object.keys(d.edges).length, 'slots', c.plan.slotNode.length, 'calls', c.plan.calls.length, 'uses', c.uses.length);
  time('evaluate', () => evaluate(d, catalog));
  time('compile', () => compileDesign(d, catalog));
  time('traffic', () => runTraffic(c, { multiple: 1 }));
  time('stations', () => solveStations(c, f));
  time('latency', () => solveLatency(c, f, s));
  time('headroom', () => solveHeadroom(c, f, s));
  time('visits', () => c.journeys.map((_, i) => visitJourney(c, f, i)));
  time('sweep', () => sweep(d, catalog), 5);
});
