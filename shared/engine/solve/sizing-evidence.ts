/**
 * How much of a thing there should be: partitions of a log, connections to a database, room for messages while nobody takes
 * them (evaluation 5.2, 5.6, 5.7). Told to people only; what is drawn decides every other number.
 */
import { CHANGE_REPAIR_H } from '../availability/changes.ts';
import { asymptoticBounds } from '../math/bounds.ts';
import { outageBacklog, partitionsNeeded } from '../math/backlog.ts';
import { NumberMemo } from '../math/memo.ts';
import { closedThroughput } from '../math/mva.ts';
import type { EdgeView } from '../../contracts/graph-view.ts';
import type { ReplicatedStoreResource } from '../../contracts/behavior.ts';
import type { CompiledDesign, EdgeFacts, NodeFacts, NodeStation, TrafficResult } from '../types.ts';
import { processesOf } from './call-limits.ts';
import type { EvidenceBook } from './evidence-book.ts';
import { storeWork } from './store-work.ts';

type Evidence = Record<string, number>;

/** Connections up to which a closed network is solved exactly; beyond them its asymptotic bounds are next to exact. */
const MOST_EXACT = 64;
/** How long consumers stand still after a bad deploy, seconds. */
const OUTAGE_S = CHANGE_REPAIR_H * 3600;

function takes({ kind, idleReason }: EdgeView): boolean {
  return !idleReason && (kind === 'consume' || kind === 'trigger');
}

function rateOver(flows: TrafficResult, { index }: EdgeView): number {
  return (flows.edgeReads[index] as number) + (flows.edgeWrites[index] as number);
}

/** Consumers that somebody drew: a pool that has a slot for each partition counts its machines. */
function drawnConsumers({ pool, view }: NodeFacts, { scaledUnits, evidence }: NodeStation): number {
  return pool?.partition_bound && !view.params.stated('concurrency') ? scaledUnits : (evidence['consumers_drawn'] ?? scaledUnits);
}

/** Partitions that carry what is sent, and let the consumers of each group keep up and all work; keys even. */
function logPartitions(compiled: CompiledDesign, flows: TrafficResult, facts: NodeFacts, stations: readonly NodeStation[], perPartition: number, sent: number): number {
  const groups = new Map<string, { rate: number; busy: number; consumers: number }>();
  for (const edge of facts.view.out) {
    const station = stations[edge.to.index];
    if (!takes(edge) || !station) continue;
    const { group, batch } = edge.params.values;
    const own = groups.get(group || edge.to.id) ?? { rate: 0, busy: 0, consumers: 0 };
    own.rate += rateOver(flows, edge);
    own.busy += (rateOver(flows, edge) * (station.evidence['task_s'] ?? 0)) / batch;
    own.consumers += drawnConsumers(compiled.nodes[edge.to.index] as NodeFacts, station);
    groups.set(group || edge.to.id, own);
  }
  let most = partitionsNeeded(sent, perPartition, null, 1);
  for (const { rate, busy, consumers } of groups.values()) most = Math.max(most, partitionsNeeded(rate, perPartition, busy > 0 ? rate / busy : null, consumers));
  return most;
}

function brokerEvidence(compiled: CompiledDesign, flows: TrafficResult, facts: NodeFacts, stations: readonly NodeStation[]): Evidence | null {
  const { broker, view: { index, out } } = facts;
  const sent = (flows.nodeReads[index] as number) + (flows.nodeWrites[index] as number);
  if (!broker || !(sent > 0)) return null;
  let most = 0;
  for (const edge of out) if (takes(edge)) most = Math.max(most, rateOver(flows, edge));
  const found: Evidence = {};
  if (broker.model === 'log' && broker.capacity_per_partition !== null) found['partitions_needed'] = logPartitions(compiled, flows, facts, stations, broker.capacity_per_partition, sent);
  if (!(most > 0)) return found;
  const backlog = outageBacklog(most, OUTAGE_S);
  found['outage_backlog'] = backlog;
  found['outage_backlog_gb'] = (backlog * (flows.nodeKb[index] as number)) / sent / 1e6;
  const kept = Math.min(broker.retention_s ?? Number.MAX_VALUE, broker.max_length === null ? Number.MAX_VALUE : broker.max_length / most);
  if (kept < Number.MAX_VALUE) found['outage_most_s'] = kept;
  return found;
}

/** Work of the mean operation at a database, seconds: on a core, on the disk as a whole, and elsewhere while its connection waits. */
interface Cycle { readonly cpuS: number; readonly diskS: number; readonly elsewhereS: number }

function cycleOf(compiled: CompiledDesign, flows: TrafficResult, facts: NodeFacts, store: ReplicatedStoreResource, tripS: number): Cycle {
  const { index } = facts.view;
  const reads = flows.nodeReads[index] as number;
  const writes = flows.nodeWrites[index] as number;
  const share = writes / (reads + writes);
  const { read, write } = storeWork(compiled, flows, facts, store);
  return {
    cpuS: (1 - share) * read.cpuS + share * write.cpuS,
    diskS: ((1 - share) * store.read_miss + share * write.iops) / store.iops,
    elsewhereS: tripS + ((1 - share) * store.read_miss + share) * store.io_s + share * facts.syncCopyS,
  };
}

const solved = new NumberMemo<number>(5, 1024);

/** Operations per second of so many connections, none of which is ever idle: a closed network of cores and disk. */
function closedRps(connections: number, { cpuS, diskS, elsewhereS }: Cycle, cores: number, bound: number): number {
  if (connections > MOST_EXACT) return bound;
  const key = [connections, cpuS, diskS, elsewhereS, cores];
  return solved.get(key) ?? solved.set(key, closedThroughput(connections, [cpuS, diskS], [1, 1], elsewhereS, [cores, 1]).X);
}

/** Calls at a time that the pools of all callers let through, and the mean trip of one; null where something else decides. */
function pooled(compiled: CompiledDesign, flows: TrafficResult, facts: NodeFacts, stations: readonly NodeStation[]): { readonly connections: number; readonly tripS: number } | null {
  let connections = 0;
  let rate = 0;
  let trips = 0;
  for (const edge of facts.view.in) {
    const caller = compiled.nodes[edge.from.index] as NodeFacts;
    const calls = rateOver(flows, edge);
    if (edge.kind !== 'db' || edge.idleReason || calls === 0) continue;
    const { pool_size, max_overflow } = edge.params.values;
    if (!(caller.process || caller.pool) || pool_size + max_overflow === 0) return null;
    const station = stations[edge.from.index] as NodeStation;
    const { perUnit, slots } = processesOf(caller, station);
    connections += station.scaledUnits * perUnit * Math.min(slots, pool_size + max_overflow);
    rate += calls;
    trips += calls * (compiled.edges[edge.index] as EdgeFacts).tripS;
  }
  return rate > 0 ? { connections: Math.max(1, Math.round(connections)), tripS: trips / rate } : null;
}

/** A database that is asked through pools only, and answers all of it itself: what the connections carry at most, and how many are enough. */
function connectionEvidence(compiled: CompiledDesign, flows: TrafficResult, facts: NodeFacts, stations: readonly NodeStation[]): Evidence | null {
  const { store } = facts;
  if (!store || store.shards > 1 || store.replicas > 0) return null;
  const found = pooled(compiled, flows, facts, stations);
  if (!found) return null;
  const { connections, tripS } = found;
  const cycle = cycleOf(compiled, flows, facts, store, tripS);
  const cores = Math.max(1, Math.floor(store.vcpu));
  if (!(cycle.cpuS > 0)) return null;
  // cores that work side by side: one as fast as all, and the rest of the time without a queue
  const bounds = asymptoticBounds([cycle.cpuS / cores, cycle.diskS], cycle.elsewhereS + (cycle.cpuS * (cores - 1)) / cores);
  const rps = closedRps(connections, cycle, cores, bounds.throughput(connections));
  return { pooled_calls: connections, pooled_rps: rps, pooled_response_s: connections / rps - tripS, pooled_enough: Math.ceil(bounds.knee) };
}

/**
 * Add to logs partitions_needed; to brokers with consumers outage_backlog (messages) and outage_backlog_gb after half an hour
 * without them, and outage_most_s, the longest that loses nothing; to databases asked through connection pools pooled_calls (at a
 * time), pooled_rps and pooled_response_s when no connection is ever idle, and pooled_enough, the calls at a time that keep it busy.
 */
export function addSizingEvidence(compiled: CompiledDesign, flows: TrafficResult, book: EvidenceBook): void {
  for (const facts of compiled.nodes) {
    if (!facts.broker && !facts.store) continue;
    book.add(facts.view.index, facts.store ? connectionEvidence(compiled, flows, facts, book.stations) : brokerEvidence(compiled, flows, facts, book.stations));
  }
}
