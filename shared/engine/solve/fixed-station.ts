/** Nodes whose service time is their own: proxies, balancers, delays, stores, caches and brokers. */
import type { CacheResource, FcfsResource, MessageBrokerResource, PartitionedStoreResource, Resource } from '../../contracts/behavior.ts';
import { assertNever } from '../../lib/assert-never.ts';
import { station, type Station } from '../math/allen-cunneen.ts';
import { arrivalVariation, balancedStation, hottestAndRest } from '../math/balancing.ts';
import { addMixtures, constant, gammaBranch } from '../math/mixture-combine.ts';
import type { Mixture } from '../math/mixture.ts';
import { hottestShare } from '../math/shards.ts';
import { cappedLatency, resourceRho } from '../math/utilisation.ts';
import type { Below, CompiledDesign, NodeFacts, NodeStation, ResourceState, TrafficResult, Call } from '../types.ts';
import { arrivals, fixedResource, KNEE, NO_TIME, plainStation, resource, scaleUnits, sharedCounterS, unitResource } from './parts.ts';
import { addOtherLimits, cappedState } from './shared-limits.ts';
import { relationalStation } from './store-station.ts';

/** A redis-like operation varies less than an exponential: a quarter of it, as the reference examples have it. */
const CACHE_CS2 = 0.25;

/** A station while its resources are added up: they are passed one after the other. */
interface Sum {
  readonly resources: ResourceState[];
  read: Mixture;
  write: Mixture;
  waitS: number;
  waitVariance: number;
  units: number;
  readonly evidence: Record<string, number>;
}

/** One time after the other; the first of all is what it is. */
function after(before: Mixture, time: Mixture): Mixture {
  return before === NO_TIME ? time : addMixtures(before, time);
}

function addBoth(sum: Sum, time: Mixture): void {
  sum.read = after(sum.read, time);
  sum.write = after(sum.write, time);
}

/** A mean time with its squared coefficient of variation: a constant when it does not vary. */
function timeOf(mean: number, cs2: number): Mixture {
  return cs2 > 0 ? gammaBranch(mean, mean * mean * cs2) : constant(mean);
}

function addCapped(sum: Sum, flows: TrafficResult, facts: NodeFacts): void {
  const lambda = arrivals(flows, facts.view.index);
  for (const capped of facts.capped) {
    const units = scaleUnits(facts, lambda, capped.capacity > 0 ? capped.capacity : null);
    sum.units = Math.max(sum.units, facts.view.behavior.autoscale ? units : facts.units);
    const state = cappedState(flows, facts, capped, units);
    sum.resources.push(state);
    if (!(capped.latency_s > 0)) continue;
    const mean = cappedLatency(capped.latency_s, state.utilisation);
    sum.waitS += mean - capped.latency_s;
    addBoth(sum, timeOf(mean, capped.cs2));
  }
}

/** Each request meets one of these stations and waits before a time of its own. */
function addMet(sum: Sum, met: readonly { readonly share: number; readonly at: Station }[], timeS: number, cs2: number): void {
  for (const { share, at } of met) {
    sum.waitS += share * at.waitS;
    sum.waitVariance += share * at.waitVariance;
  }
  addBoth(sum, met.map(({ share, at }) => ({ weight: share, shift: 0, mean: timeS + at.waitS, variance: timeS ** 2 * cs2 + at.waitVariance })));
}

function addFcfs(sum: Sum, compiled: CompiledDesign, flows: TrafficResult, facts: NodeFacts, fcfs: FcfsResource): void {
  const lambda = arrivals(flows, facts.view.index);
  const one = fcfs.service_s > 0 ? fcfs.servers / fcfs.service_s : null;
  const units = scaleUnits(facts, lambda, one);
  const central = fcfs.policy === 'central';
  const { ca2 } = compiled.workload;
  const own = { serviceS: fcfs.service_s, serversPerInstance: central ? fcfs.servers * units : fcfs.servers, cs2: fcfs.cs2 };
  const groups = hottestAndRest(central ? 1 : facts.hot / units, central ? 1 : units);
  const whole = (): Station => balancedStation({ ...own, policy: fcfs.policy === 'central' ? 'random' : fcfs.policy, lambda, instances: central ? 1 : units, ca2 });
  const single = (each: number): Station => balancedStation({ ...own, policy: 'random', lambda: lambda * each, instances: 1, ca2: arrivalVariation('random', ca2, units) });
  const at = groups.map(({ share, each }) => ({ share, at: groups.length === 1 ? whole() : single(each) }));
  sum.units = units;
  sum.resources.push(unitResource('slots', at[0]?.at.rho ?? 0, lambda, one === null ? null : one * units));
  addMet(sum, at, fcfs.service_s, fcfs.cs2);
}

/** Single-threaded shards: look-ups, fills, deletes and plain operations all count; the hottest shard is full first. */
function addCache(sum: Sum, compiled: CompiledDesign, flows: TrafficResult, facts: NodeFacts, cache: CacheResource): void {
  let fills = 0;
  let popularity = facts.popularity;
  compiled.uses.forEach((use, i) => {
    if (use.cache !== facts.view.index) return;
    fills += (flows.lookups[i] as number) * (flows.miss[i] as number);
    popularity = { keys: use.keys, zipfS: use.zipfS, declared: true };
  });
  const lambda = arrivals(flows, facts.view.index);
  const hottest = cache.shards > 1 ? hottestShare(popularity.keys, popularity.zipfS, cache.shards) : 1;
  const busy = (lambda + fills) * hottest;
  const serviceS = cache.ops_per_s > 0 ? 1 / cache.ops_per_s : 0;
  sum.resources.push(resource('ops', resourceRho(busy, cache.ops_per_s), lambda, cache.ops_per_s / hottest, KNEE.single));
  sum.evidence['fills_rps'] = fills;
  sum.evidence['hottest_share'] = hottest;
  const met = hottestAndRest(hottest, cache.shards).map(({ share, each }) => ({ share, at: station((lambda + fills) * each, serviceS, 1) }));
  addMet(sum, met, cache.latency_s, CACHE_CS2);
}

function addPartitionedStore(sum: Sum, flows: TrafficResult, facts: NodeFacts, store: PartitionedStoreResource): void {
  const reads = flows.nodeReads[facts.view.index] as number;
  const writes = flows.nodeWrites[facts.view.index] as number;
  const needed = Math.ceil(Math.max(resourceRho(reads, store.read_capacity), resourceRho(writes, store.write_capacity), store.storage_gb / 10));
  const partitions = Math.max(1, store.partitions ?? needed);
  const hottest = hottestShare(facts.popularity.keys, facts.popularity.zipfS, partitions);
  const rho = resourceRho(reads * hottest, store.read_capacity) + resourceRho(writes * hottest, store.write_capacity);
  sum.resources.push(resource('partitions', rho, reads + writes, store.read_capacity / hottest));
  sum.evidence['partitions'] = partitions;
  sum.evidence['hottest_share'] = hottest;
  sum.read = after(sum.read, timeOf(store.latency_s, store.cs2));
  sum.write = after(sum.write, timeOf(store.write_latency_s, store.cs2));
}

/** A broker: its busiest partition or queue, the cluster and the network; the acknowledgement slows as it fills. */
function addBroker(sum: Sum, compiled: CompiledDesign, flows: TrafficResult, facts: NodeFacts, broker: MessageBrokerResource, timed: boolean): void {
  const { index } = facts.view;
  const lambda = arrivals(flows, index);
  const partitions = Math.max(1, broker.partitions ?? 1);
  // a stream of changes is keyed by the rows it copies
  const keys = facts.view.in.map(({ kind, params: { values } }) => (kind === 'publish' ? values.key : kind === 'replicate' ? values.key || values.entity : ''));
  const entity = compiled.entities.get(keys.find((key) => compiled.entities.has(key)) ?? '');
  const hottest = entity ? hottestShare(entity.keys, entity.zipf_s, partitions) : 1 / partitions;
  if (broker.capacity_per_partition !== null) {
    sum.resources.push(resource('partitions', resourceRho(lambda * hottest, broker.capacity_per_partition), lambda, broker.capacity_per_partition / hottest, KNEE.single));
  }
  if (broker.cluster_capacity !== null) sum.resources.push(resource('throughput', resourceRho(lambda, broker.cluster_capacity), lambda, broker.cluster_capacity, KNEE.single));
  if (broker.bandwidth_kb_s !== null) sum.resources.push(resource('bandwidth', resourceRho(flows.nodeKb[index] as number, broker.bandwidth_kb_s), lambda));
  const busiest = Math.max(0, ...sum.resources.map((state) => state.utilisation));
  sum.evidence['hottest_share'] = hottest;
  if (!timed) return;
  const publishS = cappedLatency(broker.publish_s, busiest);
  sum.waitS += publishS - broker.publish_s;
  addBoth(sum, timeOf(publishS, 1));
}

function addOther(sum: Sum, compiled: CompiledDesign, flows: TrafficResult, facts: NodeFacts, other: Resource): void {
  switch (other.kind) {
    case 'delay': return addBoth(sum, timeOf(other.mean_s, other.cs2));
    case 'fcfs': return addFcfs(sum, compiled, flows, facts, other);
    case 'partitioned-store': return addPartitionedStore(sum, flows, facts, other);
    // limits without a time of their own, added together
    case 'quota': case 'token-bucket': case 'connections': return;
    // held by name in the facts and added there
    case 'process-server': case 'consumer-pool': case 'capped': case 'balancer': case 'cache': case 'edge-cache': case 'replicated-store': case 'message-broker': case 'function': return;
    default: return assertNever(other, 'resource');
  }
}

/** Messages that a consumer can have taken at once: in work and fetched ahead. */
function mostTaken(facts: NodeFacts, station: NodeStation | undefined): number {
  if (facts.fn) return facts.fn.reserved > 0 ? facts.fn.reserved : facts.fn.account_limit;
  const slots = station?.evidence['slots'] ?? station?.evidence['consumers'];
  return slots === undefined ? Number.MAX_VALUE : slots + (station?.evidence['prefetched'] ?? 0);
}

/**
 * Messages that consumers have taken and not finished, against the most that the broker hands out. At that limit it hands
 * out no more, and still takes what is published: the limit holds consumers back and is no load of the broker's own.
 */
function addInFlight(sum: Sum, compiled: CompiledDesign, flows: TrafficResult, facts: NodeFacts, limit: number, below: Below): void {
  const { plan } = compiled;
  const taken = new Map<number, number>();
  for (const slot of plan.nodeSlots[facts.view.index] ?? []) {
    for (let i = plan.firstCall[slot] as number; i < (plan.endCall[slot] as number); i++) {
      const call = plan.calls[i] as Call;
      if (call.wait !== 'async') continue;
      const node = plan.slotNode[call.to] as number;
      taken.set(node, (taken.get(node) ?? 0) + (flows.drive[slot] as number) * call.rate * (below.responseS[call.to] as number));
    }
  }
  let all = 0;
  for (const [node, messages] of taken) all += Math.min(messages, mostTaken(compiled.nodes[node] as NodeFacts, below.stations[node]));
  if (all > 0) sum.resources.push(fixedResource('concurrency', resourceRho(all, limit)));
}

/** The station of a node with its own service times: its resources are passed one after the other. */
export function fixedStation(compiled: CompiledDesign, flows: TrafficResult, facts: NodeFacts, below: Below): NodeStation {
  if (facts.store) return relationalStation(compiled, flows, facts, facts.store);
  const sum: Sum = { resources: [], read: NO_TIME, write: NO_TIME, waitS: 0, waitVariance: 0, units: facts.units, evidence: {} };
  if (facts.balancer && facts.balancer.latency_s > 0) addBoth(sum, constant(facts.balancer.latency_s));
  if (facts.edgeCache) addBoth(sum, constant(facts.edgeCache.hit_latency_s));
  const counterS = sharedCounterS(facts);
  if (counterS > 0) addBoth(sum, constant(counterS));
  addCapped(sum, flows, facts);
  // an in-memory store that only carries messages is a broker; one that also caches keeps the times of the cache
  const keeps = facts.cache !== null && (facts.broker === null || facts.cache.roles.includes('cache'));
  if (keeps && facts.cache) addCache(sum, compiled, flows, facts, facts.cache);
  if (facts.broker) addBroker(sum, compiled, flows, facts, facts.broker, !keeps);
  if (facts.broker?.max_in_flight != null) addInFlight(sum, compiled, flows, facts, facts.broker.max_in_flight, below);
  for (const other of facts.others) addOther(sum, compiled, flows, facts, other);
  if (facts.syncCopyS > 0) sum.write = after(sum.write, constant(facts.syncCopyS));
  addOtherLimits(sum.resources, compiled, flows, facts, sum.units);
  return plainStation(sum.resources, [sum.read, sum.write], sum.waitS, sum.waitVariance, sum.units, null, sum.evidence);
}
