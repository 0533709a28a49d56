/** Stores looked at from outside: what one key asks of them, and what their writes ask of the largest machine once they have grown. */
import type { CacheResource, PartitionedStoreResource } from '../../contracts/behavior.ts';
import { schemaLocks } from '../availability/schema-changes.ts';
import { resourceRho } from '../math/utilisation.ts';
import { zipf } from '../math/zipf.ts';
import type { CompiledDesign, NodeFacts, NodeStation, TrafficResult } from '../types.ts';
import type { EvidenceBook } from './evidence-book.ts';
import { storeWork } from './store-work.ts';

const NO_USES: readonly number[] = [];

/** Operations per second on one key, and the share of what its shard, partition or row lock carries. */
interface HotKey { readonly rps: number; readonly utilisation: number }

interface Solved { readonly compiled: CompiledDesign; readonly flows: TrafficResult; readonly station: NodeStation }

function hotter(a: HotKey | null, b: HotKey | null): HotKey | null {
  if (a === null || b === null) return a ?? b;
  return b.utilisation > a.utilisation ? b : a;
}

/** Reads and writes that are not look-ups of a cache, by the declared entity that they touch. */
function plainCalls({ compiled, flows }: Solved, { view, popularity }: NodeFacts): Map<number, { reads: number; writes: number }> {
  const byShare = new Map<number, { reads: number; writes: number }>();
  for (const edge of view.in) {
    const facts = compiled.edges[edge.index];
    if (edge.idleReason || (edge.kind !== 'db' && (edge.kind !== 'cache' || facts?.isFront === true || (facts?.seriesUse ?? -1) >= 0))) continue;
    const entity = compiled.entities.get(edge.params.values.entity);
    // how popular its most popular key is, somebody must have said
    if (entity === undefined && !popularity.declared) continue;
    const { top1 } = entity === undefined ? zipf(popularity.keys, popularity.zipfS) : zipf(entity.keys, entity.zipf_s);
    const known = byShare.get(top1) ?? { reads: 0, writes: 0 };
    known.reads += flows.edgeReads[edge.index] as number;
    known.writes += flows.edgeWrites[edge.index] as number;
    byShare.set(top1, known);
  }
  return byShare;
}

/** The hottest key of an in-memory store: one shard holds it, and one thread serves the shard. */
function inMemory(solved: Solved, facts: NodeFacts, cache: CacheResource, uses: readonly number[]): HotKey | null {
  const { compiled, flows } = solved;
  const key = (rps: number): HotKey => ({ rps, utilisation: resourceRho(rps, cache.ops_per_s) });
  let hottest: HotKey | null = null;
  for (const index of uses) {
    const use = compiled.uses[index];
    if (use === undefined || !compiled.entities.has(use.entity)) continue;
    const asked = (flows.lookups[index] as number) * (1 - use.missing) + (flows.deletes[index] as number);
    hottest = hotter(hottest, key(asked * zipf(use.keys, use.zipfS).top1));
  }
  for (const [share, { reads, writes }] of plainCalls(solved, facts)) hottest = hotter(hottest, key((reads + writes) * share));
  return hottest;
}

/** The hottest item of a store by key: it lies in one partition. */
function inPartition(solved: Solved, facts: NodeFacts, store: PartitionedStoreResource): HotKey | null {
  let hottest: HotKey | null = null;
  for (const [share, { reads, writes }] of plainCalls(solved, facts)) {
    hottest = hotter(hottest, { rps: share * (reads + writes), utilisation: share * (resourceRho(reads, store.read_capacity) + resourceRho(writes, store.write_capacity)) });
  }
  return hottest;
}

/** The hottest row of a database: its writes wait for one lock, which the station has solved. */
function onRow({ station }: Solved, lockS: number | null): HotKey | null {
  const lock = station.resources.find(({ resource }) => resource === 'lock');
  const held = lockS ?? station.evidence['write_s'] ?? 0;
  return lock === undefined || !(held > 0) ? null : { rps: lock.utilisation / held, utilisation: lock.utilisation };
}

function hottestOf(solved: Solved, facts: NodeFacts, uses: readonly number[]): HotKey | null {
  if (facts.store) return onRow(solved, facts.store.lock_s);
  if (facts.cache) return inMemory(solved, facts, facts.cache, uses);
  // limits of a whole table come before those of one partition
  const store = facts.others.findLast((other) => other.kind === 'partitioned-store');
  return store?.kind === 'partitioned-store' ? inPartition(solved, facts, store) : null;
}

/** Share of the largest machine and of the fastest disk that writes alone take at the growth wanted; a larger load counts as it is. */
function grownWrites({ compiled, flows }: Solved, facts: NodeFacts): Readonly<Record<string, number>> | null {
  const { view, store } = facts;
  const writes = flows.nodeWrites[view.index] as number;
  if (!store || store.shards > 1 || !(writes > 0) || !(flows.multiple > 0)) return null;
  const { write } = storeWork(compiled, flows, facts, store);
  const grown = (writes / flows.multiple) * Math.max(compiled.workload.growth_target, flows.multiple);
  return { grown_writes_rps: grown, grown_write_cpu: resourceRho(grown * write.cpuS, store.max_vcpu), grown_write_io: resourceRho(grown * write.iops, store.max_iops) };
}

/**
 * Add to stores whose keys are declared: hottest_key_rps and hottest_key_utilisation (share of the one shard, partition or row
 * lock that serves it; 1 is all that it carries). To databases of one shard: grown_writes_rps, grown_write_cpu, grown_write_io. To
 * those whose schema is changed all at once: schema_lock_s (the largest table, each time) and schema_lock_s_year.
 */
export function addStoreEvidence(compiled: CompiledDesign, flows: TrafficResult, book: EvidenceBook): void {
  const uses = new Map<number, number[]>();
  compiled.uses.forEach(({ cache }, index) => {
    const known = uses.get(cache);
    if (known) known.push(index);
    else uses.set(cache, [index]);
  });
  compiled.nodes.forEach((facts, index) => {
    if (facts.view.behavior.routing === 'split' || (!facts.store && !facts.cache && facts.others.length === 0)) return;
    const solved: Solved = { compiled, flows, station: book.stations[index] as NodeStation };
    const key = hottestOf(solved, facts, uses.get(index) ?? NO_USES);
    const grown = grownWrites(solved, facts);
    if (key !== null) {
      const evidence = book.of(index);
      evidence['hottest_key_rps'] = key.rps;
      evidence['hottest_key_utilisation'] = key.utilisation;
    }
    book.add(index, grown);
  });
  for (const { node, seconds, perYear } of schemaLocks(compiled)) book.add(node, { schema_lock_s: seconds, schema_lock_s_year: seconds * perYear });
}
