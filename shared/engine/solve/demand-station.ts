/** Nodes that run own code: process servers, background consumers and functions. Their demand comes with the requests. */
import { arrivalVariation, hottestAndRest, type BalancePolicy, type UnitGroup } from '../math/balancing.ts';
import { coldStartShare, lambdaVcpu, provisionedEnough } from '../math/lambda.ts';
import { gammaTail } from '../math/gamma.ts';
import { choose, gammaBranch } from '../math/mixture-combine.ts';
import { mixtureMean, mixtureVariance, type Mixture } from '../math/mixture.ts';
import { processWait, type ProcessWait } from '../math/process-wait.ts';
import { processCapacity, type ProcessCapacity, type PythonProcess, type WorkerClass } from '../math/python-process.ts';
import { resourceRho } from '../math/utilisation.ts';
import { zipf } from '../math/zipf.ts';
import type { NodeView } from '../../contracts/graph-view.ts';
import type { BalancingPolicy, ConsumerPoolResource, FunctionResource, ProcessServerResource } from '../../contracts/behavior.ts';
import type { Below, CompiledDesign, NodeFacts, NodeStation, ResourceState, TrafficResult } from '../types.ts';
import { fixedResource, isSaturated, resource, scaleUnits, sharedCounterS, unitResource } from './parts.ts';
import { meanDemand, type MeanDemand } from './mean-demand.ts';
import { addSharedLimits } from './shared-limits.ts';

function balancePolicy(policy: BalancingPolicy): BalancePolicy {
  return policy === 'central' ? 'least_outstanding' : policy;
}

function workerClass(server: ProcessServerResource, blocking: boolean): WorkerClass {
  if (server.worker_class === 'sync' || server.worker_class === 'gthread') return server.worker_class;
  return blocking ? 'sync' : 'async';
}

/** The process server of a node as the two-layer model takes it, with so many instances. */
export function processInput(server: ProcessServerResource, facts: NodeFacts, demand: MeanDemand, ca2: number, instances: number): PythonProcess {
  return {
    lambda: demand.lambda, instances, vcpu: server.vcpu, workers: Math.max(1, server.workers), threads: Math.max(1, server.threads),
    cpuS: demand.cpuS, downstreamS: demand.waitS, workerClass: workerClass(server, facts.blocking), policy: balancePolicy(facts.policy), gil: server.gil,
    hot: facts.hot, connections: Math.max(1, server.connections), csCpu: demand.cs2, ca2,
  };
}

/** Consumers pull: one pool of processes over all machines, never more computing than there are cores. */
function poolInput(pool: ConsumerPoolResource, consumers: number, units: number, demand: MeanDemand, ca2: number): PythonProcess {
  return {
    lambda: demand.lambda, instances: 1, vcpu: pool.vcpu * units, workers: consumers, threads: 1, cpuS: demand.cpuS, downstreamS: demand.waitS,
    workerClass: 'sync', policy: 'random', gil: true, hot: 1, connections: 1, csCpu: demand.cs2, ca2,
  };
}

function processResources({ lambda }: PythonProcess, { cpuCapacity, slotCapacity }: ProcessCapacity, { rhoCpu, rhoSlots }: ProcessWait): ResourceState[] {
  const found: ResourceState[] = [];
  if (cpuCapacity !== null) found.push(unitResource('cpu', rhoCpu, lambda, cpuCapacity));
  if (slotCapacity !== null) found.push(unitResource('slots', rhoSlots, lambda, slotCapacity));
  return found;
}

/** Waits of like requests, with their share of all. */
interface Met { readonly share: number; readonly wait: ProcessWait }

/** One unit of the hottest and one of the others where requests are dealt by a hash, else the tier as a whole. */
function waitsOf(input: PythonProcess): readonly [Met, ...Met[]] {
  const { hot = 1, instances, lambda, ca2 = 1 } = input;
  const [first, second] = hot > 1 ? hottestAndRest(hot / instances, instances) : [];
  if (!first || !second) return [{ share: 1, wait: processWait(input) }];
  const own = { ...input, instances: 1, hot: 1, policy: 'random', ca2: arrivalVariation('random', ca2, instances) } as const;
  const met = ({ share, each }: UnitGroup): Met => ({ share, wait: processWait({ ...own, lambda: lambda * each }) });
  return [met(first), met(second)];
}

/** What a station of own code tells beside its resources: its waits, to be filled in, and what comes before them. */
interface OwnEvidence extends Record<string, number> { cpu_wait_s: number; slot_wait_s: number; downstream_s: number }

/** `most` is what it carries with everything beside its processes, per second. */
function stationOf(input: PythonProcess, capacity: ProcessCapacity, most: number | null, extra: readonly ResourceState[], units: number, evidence: OwnEvidence, countedS = 0): NodeStation {
  const waits = waitsOf(input);
  // the hottest unit is the first of them, and fills up first
  const resources = processResources(input, capacity, waits[0].wait);
  for (const state of extra) resources.push(state);
  let cpuWaitS = 0;
  let slotWaitS = 0;
  for (const { share, wait } of waits) {
    cpuWaitS += share * wait.cpuWaitS;
    slotWaitS += share * wait.slotWaitS;
  }
  evidence.cpu_wait_s = cpuWaitS;
  evidence.slot_wait_s = slotWaitS;
  const local: Mixture = waits.map(({ share, wait }) => ({ weight: share, shift: countedS, mean: wait.waitS, variance: wait.waitVariance }));
  return {
    resources, saturated: isSaturated(resources), waitS: mixtureMean(local), waitVariance: mixtureVariance(local), local: [local, local], demand: { cpuScale: 1 },
    scaledUnits: units, lagS: null, capacity: most, evidence,
  };
}

/**
 * Workers that are replaced: each request brings its part of a start, which computes for `boot_s` and takes the worker's places
 * away meanwhile. Where nobody else can serve meanwhile (one worker, and requests dealt without a look at who is free), starts also
 * make the demand uneven: E[(c + start)^2] has b^2/n in it.
 */
function recycled({ recycle, worker_class, threads, connections, workers, units }: ProcessServerResource, { policy }: NodeFacts, demand: MeanDemand): MeanDemand {
  if (!recycle) return demand;
  const places = worker_class === 'sync' ? 1 : worker_class === 'gthread' ? Math.max(1, threads) : Math.max(1, connections);
  const perRequest = recycle.boot_s / Math.max(1, recycle.requests);
  const cpuS = demand.cpuS + perRequest;
  const waitS = demand.waitS + (places - 1) * perRequest;
  const alone = workers <= 1 && (units <= 1 || policy === 'random' || policy === 'round_robin' || policy === 'ip_hash');
  if (!alone || !(cpuS > 0)) return { ...demand, cpuS, waitS };
  const second = demand.cpuS * demand.cpuS * (1 + demand.cs2) + 2 * demand.cpuS * perRequest + recycle.boot_s * perRequest;
  return { ...demand, cpuS, waitS, cs2: Math.max(0, second / (cpuS * cpuS) - 1) };
}

function serverStation(compiled: CompiledDesign, flows: TrafficResult, facts: NodeFacts, server: ProcessServerResource, own: MeanDemand): NodeStation {
  const countedS = sharedCounterS(facts);
  const demand = recycled(server, facts, countedS > 0 ? { ...own, waitS: own.waitS + countedS } : own);
  const { ca2 } = compiled.workload;
  const one = facts.view.behavior.autoscale ? processCapacity(processInput(server, facts, demand, ca2, 1)).capacity : null;
  const units = scaleUnits(facts, demand.lambda, one);
  const input = processInput(server, facts, demand, ca2, units);
  const capacity = processCapacity(input);
  const memory = (server.workers * server.rss_mb) / (1024 * Math.max(server.memory_gb, 1e-9));
  const evidence: OwnEvidence = { slots: capacity.slots * units, cpu_wait_s: 0, slot_wait_s: 0, downstream_s: server.recycle ? own.waitS : demand.waitS };
  return stationOf(input, capacity, capacity.capacity, addSharedLimits([fixedResource('memory', memory)], compiled, flows, facts, units), units, evidence, countedS);
}

/** Active consumers that the order of messages allows: one for each partition or queue, and the share of the busiest. */
interface PartitionBound { readonly consumers: number; readonly hottest: number }

/** Groups of messages that a queue hands out one after the other, and the share of the largest: the keys that messages are sent with; null where none is named. */
function messageGroups({ entities }: CompiledDesign, queue: NodeView): PartitionBound | null {
  for (const edge of queue.in) {
    const entity = edge.kind === 'publish' && !edge.idleReason ? entities.get(edge.params.values.key) : undefined;
    if (entity) return { consumers: Math.max(1, Math.round(entity.keys)), hottest: zipf(entity.keys, entity.zipf_s).top1 };
  }
  return null;
}

/** Logs allow one consumer for each partition, and so do pools and queues that keep an order; FIFO queues one for each message group. Null without a bound. */
function partitionBound(pool: ConsumerPoolResource, compiled: CompiledDesign, facts: NodeFacts, stations: Below['stations']): PartitionBound | null {
  let consumers = 0;
  let hottest = 0;
  for (const edge of facts.view.in) {
    const broker = compiled.nodes[edge.from.index]?.broker;
    if (!broker || edge.idleReason || (edge.kind !== 'consume' && edge.kind !== 'trigger')) continue;
    const alone = edge.params.values.single_active_consumer;
    const groups = broker.keeps_order === true && !alone ? messageGroups(compiled, edge.from) : null;
    if (groups) {
      consumers += groups.consumers;
      hottest = Math.max(hottest, groups.hottest);
      continue;
    }
    const ordered = pool.partition_bound || broker.model === 'log' || alone;
    if (!ordered || (broker.partitions === null && !alone)) return null;
    const partitions = Math.max(1, broker.partitions ?? 1);
    consumers += partitions;
    hottest = Math.max(hottest, stations[edge.from.index]?.evidence['hottest_share'] ?? 1 / partitions);
  }
  return consumers > 0 ? { consumers, hottest } : null;
}

/** Quotas and bulkheads of what a worker calls throttle the worker instead of failing its calls (semantics 8). */
function addThrottles(states: ResourceState[], facts: NodeFacts, lambda: number, below: Below): ResourceState[] {
  for (const edge of facts.view.out) {
    if (edge.idleReason || edge.to.behavior.role !== 'external') continue;
    const quota = below.stations[edge.to.index]?.resources.find((state) => state.resource === 'quota');
    if (quota && quota.utilisation > 0) states.push(resource('quota', quota.utilisation, lambda));
    const bulkhead = edge.params.values.bulkhead_slots === null ? null : below.pools[edge.index];
    if (bulkhead && bulkhead.utilisation > 0) states.push(resource('concurrency', bulkhead.utilisation, lambda));
  }
  return states;
}

function poolStation(compiled: CompiledDesign, flows: TrafficResult, facts: NodeFacts, pool: ConsumerPoolResource, demand: MeanDemand, below: Below): NodeStation {
  const ca2 = compiled.workload.ca2;
  const perUnit = Math.max(1, pool.concurrency);
  const one = processCapacity(poolInput(pool, perUnit, 1, demand, ca2)).capacity;
  const units = scaleUnits(facts, demand.lambda, one);
  const bound = partitionBound(pool, compiled, facts, below.stations);
  const drawn = perUnit * units;
  const consumers = Math.min(drawn, bound?.consumers ?? drawn);
  const input = poolInput(pool, consumers, units, demand, ca2);
  const limits = addThrottles(addSharedLimits([], compiled, flows, facts, units), facts, demand.lambda, below);
  const own = processCapacity(input);
  const throttled = limits.reduce((least, { capacity }) => (capacity === null ? least : Math.min(least, capacity)), own.capacity ?? Number.MAX_VALUE);
  const capacity = throttled === Number.MAX_VALUE ? null : throttled;
  const evidence: OwnEvidence = {
    consumers, consumers_drawn: drawn, ...(bound && { partition_consumers: bound.consumers }), prefetched: pool.prefetch * units, task_s: demand.cpuS + demand.waitS, task_cs2: demand.cs2,
    cpu_wait_s: 0, slot_wait_s: 0, downstream_s: demand.waitS,
  };
  const station = stationOf(input, own, capacity, limits, units, evidence);
  if (bound === null || bound.consumers >= drawn) return station;
  // the consumer of the busiest partition decides
  const skew = Math.max(1, bound.hottest * bound.consumers);
  const resources = station.resources.map((state): ResourceState => (state.resource !== 'slots' ? state : {
    ...state, resource: 'partitions', perUnit: false, utilisation: state.utilisation * skew, capacity: state.capacity === null ? null : state.capacity / skew,
  }));
  const partitions = resources.find((state) => state.resource === 'partitions')?.capacity ?? null;
  return { ...station, resources, saturated: isSaturated(resources), capacity: partitions === null ? capacity : Math.min(capacity ?? partitions, partitions) };
}

/** A function: concurrency by Little's law against its limit; a cold start is a branch of its own (evaluation 5.8). */
function functionStation(compiled: CompiledDesign, flows: TrafficResult, facts: NodeFacts, fn: FunctionResource, demand: MeanDemand): NodeStation {
  const cpuScale = 1 / Math.max(1e-6, Math.min(1, lambdaVcpu(fn.memory_mb)));
  const durationS = demand.cpuS * cpuScale + demand.waitS;
  const limit = fn.reserved > 0 ? fn.reserved : fn.account_limit;
  const concurrency = demand.lambda * durationS;
  const cold = demand.lambda > 0 ? coldStartShare(demand.lambda, durationS, fn.keep_alive_s, fn.provisioned) : 0;
  const wait = choose([{ probability: cold, mixture: gammaBranch(fn.init_s, fn.init_s * fn.init_s) }]);
  const rho = resourceRho(concurrency, limit);
  const resources = addSharedLimits([resource('concurrency', rho, demand.lambda, durationS > 0 ? limit / durationS : null)], compiled, flows, facts, facts.units);
  return {
    resources, saturated: isSaturated(resources), waitS: cold * fn.init_s, waitVariance: cold * (2 - cold) * fn.init_s * fn.init_s, local: [wait, wait],
    demand: { cpuScale }, scaledUnits: facts.units, lagS: null, capacity: durationS > 0 ? limit / durationS : null,
    evidence: { cold_start_share: cold, concurrency, provisioned_enough: provisionedEnough(demand.lambda, durationS), duration_s: durationS, timeout_share: gammaTail(durationS, durationS * durationS, fn.timeout_s) },
  };
}

/** The station of a node whose requests bring their own demand; `below` holds what its calls meet. */
export function demandStation(compiled: CompiledDesign, flows: TrafficResult, facts: NodeFacts, below: Below): NodeStation {
  const demand = meanDemand(compiled, flows, facts, below.downstreamS);
  if (facts.process) return serverStation(compiled, flows, facts, facts.process, demand);
  if (facts.pool) return poolStation(compiled, flows, facts, facts.pool, demand, below);
  return functionStation(compiled, flows, facts, facts.fn as FunctionResource, demand);
}
