import { catalog } from '../../catalog/index.ts';
import { compileDesign } from '../../shared/engine/compile/compile.ts';
import { simulationOf } from '../../shared/engine/simulation/simulate.ts';
import { agreementOf, loadedDesigns } from '../simulation/agreement.ts';
import { design } from '../support/design-builder.ts';
import { bareTandem } from './simulation-bare.ts';

const STATIONS = 10;
const UTILISATION = 0.8;
const REQUESTS = 200_000;
const RUNS = 9;
const SLOWER_AT_MOST = 3;
const DESIGNS = 200;
const AGREE_AT_LEAST = 0.85;
const REQUESTS_EACH = 60_000;
const SEED = 20261122;

/** One request after the other through ten queues with one server each, as a drawing: a hub that asks them in turn. */
function tandem() {
  const built = design('Tandem').client('c').node('custom', 'hub').connect('c', 'hub');
  for (let i = 0; i < STATIONS; i++) built.node('custom', `q${i}`, { capacity_rps: 100, latency_ms: 10 }).connect('hub', `q${i}`, { network_class: 'in_process' });
  return compileDesign(built.workload({ peak_rps: 100 * UTILISATION }).build(), catalog);
}


/** Time of the simulator beside that of a bare event loop over the same ten stations; returns whether it is within its limit. */
export function speedBench(): boolean {
  const compiled = tandem();
  let events = 0;
  const simulated = (): number => {
    const start = performance.now();
    const run = simulationOf(compiled, { requests: REQUESTS });
    while (run.advance(1_000_000));
    events = run.progress.events;
    return performance.now() - start;
  };
  let bareEvents = 0;
  const bare = (): number => {
    const start = performance.now();
    bareEvents = bareTandem({ stations: STATIONS, utilisation: UTILISATION, requests: REQUESTS, seed: 1 }).events;
    return performance.now() - start;
  };
  // side by side, so that other work on the machine slows both
  let loop = Number.MAX_VALUE;
  let simulator = Number.MAX_VALUE;
  for (let round = 0; round < RUNS; round++) {
    loop = Math.min(loop, bare());
    simulator = Math.min(simulator, simulated());
  }
  const perEvent = (ms: number, count: number): string => `${((ms * 1e6) / count).toFixed(0)} ns`;
  console.log(`ten-station tandem, ${REQUESTS} requests: bare event loop ${loop.toFixed(0)} ms (${bareEvents} events, ${perEvent(loop, bareEvents)} each), simulator ${simulator.toFixed(0)} ms (${events} events, ${perEvent(simulator, events)} each)`);
  console.log(`the simulator takes ${(simulator / loop).toFixed(2)} times as long as the bare loop (limit ${SLOWER_AT_MOST})`);
  return simulator / loop <= SLOWER_AT_MOST;
}

/** Both answers on random drawings; returns whether enough of them agree. */
export function agreementBench(): boolean {
  const start = performance.now();
  const designs = loadedDesigns(DESIGNS, SEED);
  let mean = 0;
  let p99 = 0;
  let both = 0;
  let events = 0;
  for (const one of designs) {
    const agreement = agreementOf(one, REQUESTS_EACH);
    if (agreement.mean) mean += 1;
    if (agreement.p99) p99 += 1;
    if (agreement.mean && agreement.p99) both += 1;
    events += agreement.result.events;
  }
  console.log(`analytic against simulated on ${designs.length} random drawings at up to 85 % utilisation, ${events} events in ${((performance.now() - start) / 1000).toFixed(1)} s:`);
  console.log(`means within 15 % on ${mean} of ${designs.length}, p99 within 25 % on ${p99} of ${designs.length}, both on ${both} (at least ${AGREE_AT_LEAST * 100} % of each)`);
  return mean >= AGREE_AT_LEAST * designs.length && p99 >= AGREE_AT_LEAST * designs.length;
}
