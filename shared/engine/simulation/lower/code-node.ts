/** Nodes that run own code: process servers, background consumers and functions. Their demand comes with the requests. */
import type { ConsumerPoolResource, FunctionResource, ProcessServerResource } from '../../../contracts/behavior.ts';
import { lambdaVcpu } from '../../math/lambda.ts';
import { sharedCounterS } from '../../solve/parts.ts';
import { keptS, places } from '../../solve/waiting.ts';
import type { NodeFacts } from '../../types.ts';
import * as op from '../kernel/program.ts';
import type { RecyclePlan } from '../kernel/servers.ts';
import { keyLanes, rateSteps, unitPolicy } from './common.ts';
import type { Lowering, SimNode } from './parts.ts';

const MOST_WARM = 5000;

/** Whole cores, and how fast each of them is. */
function coresOf(vcpu: number, most: number): { readonly cores: number; readonly speed: number } {
  const cores = Math.max(1, Math.min(Math.ceil(vcpu - 1e-9), Math.ceil(most)));
  return { cores, speed: Math.min(1, vcpu / cores) };
}

function slotCode(lowering: Lowering, facts: NodeFacts, server: number, lanes: number): Pick<SimNode, 'begin' | 'end'> {
  const { program, kernel } = lowering.machine;
  const rates = rateSteps(lowering, facts);
  const counted = kernel.laws.of(sharedCounterS(facts), 0);
  return {
    begin: (_operation, cpuS, ioS, cs2) => {
      for (const rate of rates) program.emit(op.RATE, rate);
      if (lanes >= 0) program.emit(op.LANE, lanes);
      program.emit(op.ENTER, server);
      if (counted !== 0) program.emit(op.DELAY, counted);
      if (cpuS > 0) program.emit(op.COMPUTE, kernel.laws.of(cpuS, cs2));
      if (ioS > 0) program.emit(op.DELAY, kernel.laws.of(ioS, 1));
    },
    end: () => void program.emit(op.LEAVE, server),
  };
}

/** Workers that are replaced after a number of requests; null when they live on. */
function recyclePlan({ machine: { program } }: Lowering, { recycle }: ProcessServerResource): RecyclePlan | null {
  if (!recycle) return null;
  const pc = program.emit(op.BOOTED);
  program.emit(op.END);
  return { requests: Math.max(1, Math.round(recycle.requests)), bootS: recycle.boot_s, pc };
}

function lowerServer(lowering: Lowering, facts: NodeFacts, resource: ProcessServerResource): SimNode {
  const { servers } = lowering.machine;
  const threaded = resource.worker_class === 'gthread';
  const async = !threaded && resource.worker_class !== 'sync' && !facts.blocking;
  const workers = Math.max(1, Math.round(resource.workers));
  const threads = threaded || async ? Math.max(1, Math.round(resource.threads)) : 1;
  const slots = async ? Math.max(1, Math.round(resource.connections)) : threads;
  const bound = slots > 1 && (resource.gil || threads === 1);
  const units = lowering.stations.stations[facts.view.index]?.scaledUnits ?? facts.units;
  const server = servers.add({
    node: facts.view.index, units, most: facts.view.behavior.autoscale?.max ?? units, policy: unitPolicy(facts), hot: facts.hot,
    processes: workers, slots, bound, recycle: recyclePlan(lowering, resource), ...coresOf(resource.vcpu, resource.gil ? workers : workers * threads),
  });
  return { groups: [servers.groupOf(server)], server, fn: null, pooled: null, units, fill: -1, replay: -1, ...slotCode(lowering, facts, server, -1) };
}

/** Which of the partitions a message lies in: by its key where one is named, else any. */
function partitionLanes(lowering: Lowering, facts: NodeFacts, lanes: number): number {
  const { compiled, machine } = lowering;
  for (const edge of facts.view.in) {
    const source = compiled.nodes[edge.from.index];
    const keyed = source?.view.in.find((other) => other.kind === 'publish' && compiled.entities.has(other.params.values.key));
    const entity = keyed ? compiled.entities.get(keyed.params.values.key) : undefined;
    if (entity) return keyLanes(lowering, { ...facts, popularity: { keys: entity.keys, zipfS: entity.zipf_s, declared: true } }, lanes);
  }
  machine.program.lanes.push({ lanes, sampler: null, cumulative: Array.from({ length: lanes }, (_, i) => (i + 1) / lanes), last: false });
  return machine.program.lanes.length - 1;
}

/** One queue for all machines, or one for each partition where order or the log allows one consumer for each. */
function lowerPool(lowering: Lowering, facts: NodeFacts, resource: ConsumerPoolResource): SimNode {
  const { servers } = lowering.machine;
  const station = lowering.stations.stations[facts.view.index];
  const units = station?.scaledUnits ?? facts.units;
  const perUnit = Math.max(1, Math.round(resource.concurrency));
  const drawn = perUnit * units;
  const partitions = station?.evidence['partition_consumers'] ?? drawn;
  const bound = partitions < drawn;
  const plan = bound
    ? { units: partitions, policy: 'lane' as const, processes: 1, slots: 1, cores: 1, speed: Math.min(1, (resource.vcpu * units) / partitions) }
    : { units: 1, policy: 'random' as const, processes: 1, slots: drawn, ...coresOf(resource.vcpu * units, drawn) };
  const most = places(lowering.compiled, facts);
  const server = servers.add({ node: facts.view.index, bound: false, ...plan, keptS: keptS(lowering.compiled, facts), places: most === null ? null : Math.max(1, Math.round(most / (bound ? partitions : 1))) });
  const lanes = bound ? partitionLanes(lowering, facts, partitions) : -1;
  return {
    groups: [servers.groupOf(server)], server, fn: null, pooled: bound ? null : { slotsPerUnit: perUnit }, units, fill: -1, replay: -1,
    ...slotCode(lowering, facts, server, lanes),
  };
}

/** Mean gaps between two uses of the environments that a steady load keeps, most used first: Erlang's loss in order. */
function warmGaps(lambda: number, durationS: number): number[] {
  const gaps: number[] = [];
  const busy = lambda * durationS;
  if (!(lambda > 0)) return gaps;
  // share of the calls that find so many environments busy, from one to the next by Erlang's recursion
  let overflow = 1;
  for (let count = 1; count <= MOST_WARM; count++) {
    const next = (busy * overflow) / (count + busy * overflow);
    const used = lambda * (overflow - next);
    if (!(used > 1e-9)) break;
    gaps.push(1 / used);
    overflow = next;
  }
  return gaps;
}

function lowerFunction(lowering: Lowering, facts: NodeFacts, resource: FunctionResource): SimNode {
  const { functions, program, kernel } = lowering.machine;
  const { index } = facts.view;
  const scale = 1 / Math.max(1e-6, Math.min(1, lambdaVcpu(resource.memory_mb)));
  const lambda = (lowering.flows.nodeReads[index] as number) + (lowering.flows.nodeWrites[index] as number);
  const durationS = lowering.stations.stations[index]?.evidence['duration_s'] ?? 0;
  const fn = functions.add({
    node: index, limit: Math.max(1, Math.round(resource.reserved > 0 ? resource.reserved : resource.account_limit)), keepAliveS: resource.keep_alive_s,
    provisioned: resource.provisioned, rampPerS: resource.ramp_per_s, warmGapsS: warmGaps(lambda, durationS),
  });
  const cold = kernel.laws.of(resource.init_s, 1);
  const rates = rateSteps(lowering, facts);
  return {
    groups: [], server: null, fn, pooled: null, units: 1, fill: -1, replay: -1,
    begin: (_operation, cpuS, ioS, cs2) => {
      for (const rate of rates) program.emit(op.RATE, rate);
      program.emit(op.START, fn, cold);
      if (cpuS > 0) program.emit(op.DELAY, kernel.laws.of(cpuS * scale, cs2));
      if (ioS > 0) program.emit(op.DELAY, kernel.laws.of(ioS, 1));
    },
    end: () => void program.emit(op.STOP, fn),
  };
}

/** A node whose requests bring their own demand; null for all others. */
export function lowerCode(lowering: Lowering, facts: NodeFacts): SimNode | null {
  if (facts.process) return lowerServer(lowering, facts, facts.process);
  if (facts.pool) return lowerPool(lowering, facts, facts.pool);
  if (facts.fn) return lowerFunction(lowering, facts, facts.fn);
  return null;
}
