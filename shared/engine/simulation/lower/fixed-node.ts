/** Nodes whose service time is their own: proxies, balancers, delays, stores, caches and brokers. */
import type { CacheResource, CappedResource, FcfsResource, MessageBrokerResource, PartitionedStoreResource } from '../../../contracts/behavior.ts';
import { WRITE, type NodeFacts, type Op } from '../../types.ts';
import * as op from '../kernel/program.ts';
import { sharedCounterS } from '../../solve/parts.ts';
import { keyLanes, rateSteps } from './common.ts';
import type { Lowering, SimNode } from './parts.ts';
import { lowerStore } from './store-node.ts';

/** A redis-like operation varies less than an exponential. */
const CACHE_CS2 = 0.25;
/** More workers than these make no difference. */
const MOST_WORKERS = 4096;

/** Steps of one node, written when all its stations exist. */
type Step = (operation: Op) => void;

/**
 * A throughput cap with a latency: as many single workers as are busy at the cap, and a connection stays with its worker.
 * Where that is less than one worker, the time is a plain delay and the rate is cut at the cap.
 */
function cappedStep(lowering: Lowering, facts: NodeFacts, name: string, capacity: number, latencyS: number, cs2: number, groups: number[], units: number): Step {
  const { machine } = lowering;
  const { program, kernel, stations } = machine;
  const workers = Math.min(MOST_WORKERS, Math.round(capacity * latencyS));
  if (workers < 1) {
    const law = kernel.laws.of(latencyS, cs2);
    const rate = machine.limits.addRate(capacity * units, Math.max(1, capacity * units));
    return () => {
      program.emit(op.RATE, rate);
      program.emit(op.DELAY, law);
    };
  }
  const station = stations.add({ node: facts.view.index, name, units, most: facts.view.behavior.autoscale?.max ?? units, servers: 1, each: workers, policy: 'random' });
  groups.push(stations.groupOf(station));
  const law = kernel.laws.of(workers / capacity, cs2);
  return () => void program.emit(op.SERVE, station, law);
}

function capped(lowering: Lowering, facts: NodeFacts, resource: CappedResource, groups: number[], units: number): Step | null {
  const { machine } = lowering;
  if (resource.per !== 'request' || !(resource.capacity > 0)) {
    const law = machine.kernel.laws.of(resource.latency_s, resource.cs2);
    return law === 0 ? null : () => void machine.program.emit(op.DELAY, law);
  }
  return cappedStep(lowering, facts, 'throughput', resource.capacity, resource.latency_s, resource.cs2, groups, units);
}

function fcfs(lowering: Lowering, facts: NodeFacts, resource: FcfsResource, groups: number[], units: number): Step {
  const { program, kernel, stations } = lowering.machine;
  const central = resource.policy === 'central';
  const station = stations.add({
    node: facts.view.index, name: 'slots', units: central ? 1 : units, most: central ? 1 : (facts.view.behavior.autoscale?.max ?? units),
    servers: central ? resource.servers * units : resource.servers, policy: resource.policy === 'central' ? 'least_outstanding' : facts.hot > 1 ? 'ip_hash' : resource.policy, hot: facts.hot,
  });
  groups.push(stations.groupOf(station));
  const law = kernel.laws.of(resource.service_s, resource.cs2);
  return () => void program.emit(op.SERVE, station, law);
}

/** A single thread for each shard, then the rest of the latency. */
function cache(lowering: Lowering, facts: NodeFacts, resource: CacheResource, groups: number[]): { readonly step: Step; readonly fill: number } {
  const { program, kernel, stations } = lowering.machine;
  const serviceS = resource.ops_per_s > 0 ? 1 / resource.ops_per_s : 0;
  const shards = Math.max(1, Math.round(resource.shards));
  const station = stations.add({ node: facts.view.index, name: 'ops', units: shards, servers: 1, policy: 'lane' });
  groups.push(stations.groupOf(station));
  const busy = kernel.laws.of(serviceS, 1);
  const restS = Math.max(0, resource.latency_s - serviceS);
  const rest = kernel.laws.of(restS, restS > 0 ? (CACHE_CS2 * resource.latency_s ** 2) / restS ** 2 : 0);
  const table = shards > 1 ? keyLanes(lowering, facts, shards) : -1;
  const uses = lowering.compiled.uses.some((use) => use.cache === facts.view.index);
  const fill = program.here;
  if (table >= 0) program.emit(op.LANE, table);
  program.emit(op.SERVE, station, busy);
  program.emit(op.END);
  const step = (): void => {
    if (table >= 0) program.emit(op.LANE, table);
    program.emit(op.SERVE, station, busy);
    if (rest !== 0) program.emit(op.DELAY, rest);
    if (uses) program.emit(op.CACHE);
  };
  return { step, fill };
}

function broker(lowering: Lowering, facts: NodeFacts, resource: MessageBrokerResource, groups: number[]): Step {
  const { machine } = lowering;
  const partitions = Math.max(1, resource.partitions ?? 1);
  const limits = [resource.capacity_per_partition === null ? null : resource.capacity_per_partition * partitions, resource.cluster_capacity].filter((limit) => limit !== null && limit > 0) as number[];
  if (limits.length > 0) return cappedStep(lowering, facts, 'throughput', Math.min(...limits), resource.publish_s, 1, groups, 1);
  const law = machine.kernel.laws.of(resource.publish_s, 1);
  return () => void machine.program.emit(op.DELAY, law);
}

function partitioned({ machine }: Lowering, resource: PartitionedStoreResource): Step {
  const read = machine.kernel.laws.of(resource.latency_s, resource.cs2);
  const write = machine.kernel.laws.of(resource.write_latency_s, resource.cs2);
  return (operation) => void machine.program.emit(op.DELAY, operation === WRITE ? write : read);
}

function delayStep({ machine }: Lowering, mean: number, cs2: number): Step | null {
  const law = machine.kernel.laws.of(mean, cs2);
  return law === 0 ? null : () => void machine.program.emit(op.DELAY, law);
}

/** A node with its own service times: its resources one after the other. */
export function lowerFixed(lowering: Lowering, facts: NodeFacts): SimNode {
  if (facts.store) return lowerStore(lowering, facts, facts.store);
  const { machine } = lowering;
  const units = lowering.stations.stations[facts.view.index]?.scaledUnits ?? facts.units;
  const groups: number[] = [];
  const rates = rateSteps(lowering, facts);
  const steps: (Step | null)[] = [];
  let fill = -1;
  if (facts.balancer) steps.push(delayStep(lowering, facts.balancer.latency_s, 0));
  if (facts.edgeCache) steps.push(delayStep(lowering, facts.edgeCache.hit_latency_s, 0));
  steps.push(delayStep(lowering, sharedCounterS(facts), 0));
  for (const resource of facts.capped) steps.push(capped(lowering, facts, resource, groups, units));
  const keeps = facts.cache !== null && (facts.broker === null || facts.cache.roles.includes('cache'));
  if (keeps && facts.cache) {
    const made = cache(lowering, facts, facts.cache, groups);
    steps.push(made.step);
    fill = made.fill;
  }
  if (facts.broker && !keeps) steps.push(broker(lowering, facts, facts.broker, groups));
  for (const other of facts.others) {
    if (other.kind === 'delay') steps.push(delayStep(lowering, other.mean_s, other.cs2));
    else if (other.kind === 'fcfs') steps.push(fcfs(lowering, facts, other, groups, units));
    else if (other.kind === 'partitioned-store') steps.push(partitioned(lowering, other));
  }
  const copy = machine.kernel.laws.of(facts.syncCopyS, 0);
  return {
    groups, server: null, fn: null, pooled: null, units, fill, replay: -1,
    begin: (operation) => {
      for (const rate of rates) machine.program.emit(op.RATE, rate);
      for (const step of steps) step?.(operation);
      if (operation === WRITE && copy !== 0) machine.program.emit(op.DELAY, copy);
    },
    end: () => undefined,
  };
}
