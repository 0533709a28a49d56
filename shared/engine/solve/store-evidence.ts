/** Stores looked at from outside: what one key asks of them, and what their writes ask of the largest machine once they have grown. */
import type { CacheResource, PartitionedStoreResource, ReplicatedStoreResource } from '../../contracts/behavior.ts';
import { schemaLocks } from '../availability/schema-changes.ts';
import { resourceRho } from '../math/utilisation.ts';
import { zipf } from '../math/zipf.ts';
import type { CacheUse, CompiledDesign, EdgeFacts, NodeFacts, NodeStation, TrafficResult } from '../types.ts';
import type { EvidenceBook } from './evidence-book.ts';
import { storeWork } from './store-work.ts';

/** Operations per second on one key, and the share of what its shard, partition or row lock carries. */
interface HotKey { readonly rps: number; readonly utilisation: number }

/** The hotter of the keys that were looked at so far. */
class Hottest {
  found: HotKey | null = null;

  meet(rps: number, utilisation: number): void {
    if (this.found === null || utilisation > this.found.utilisation) this.found = { rps, utilisation };
  }
}

/** Reads and writes of one entity, and how popular its most popular key is. */
interface PlainCalls { readonly top1: number; reads: number; writes: number }

const NO_CALLS: readonly PlainCalls[] = [];

/** Reads and writes that are not look-ups of a cache, by the declared entity that they touch. */
function plainCalls(compiled: CompiledDesign, flows: TrafficResult, { view, popularity }: NodeFacts): readonly PlainCalls[] {
  let found: PlainCalls[] | null = null;
  for (const edge of view.in) {
    if (edge.idleReason || (edge.kind !== 'db' && edge.kind !== 'cache')) continue;
    const { isFront, seriesUse } = compiled.edges[edge.index] as EdgeFacts;
    if (edge.kind === 'cache' && (isFront || seriesUse >= 0)) continue;
    const entity = compiled.entities.get(edge.params.values.entity);
    // how popular its most popular key is, somebody must have said
    if (entity === undefined && !popularity.declared) continue;
    const { top1 } = entity === undefined ? zipf(popularity.keys, popularity.zipfS) : zipf(entity.keys, entity.zipf_s);
    found ??= [];
    let known = found.find((calls) => calls.top1 === top1);
    if (!known) found.push((known = { top1, reads: 0, writes: 0 }));
    known.reads += flows.edgeReads[edge.index] as number;
    known.writes += flows.edgeWrites[edge.index] as number;
  }
  return found ?? NO_CALLS;
}

/** The hottest key of an in-memory store: one shard holds it, and one thread serves the shard. */
function inMemory(compiled: CompiledDesign, flows: TrafficResult, facts: NodeFacts, cache: CacheResource, uses: readonly number[]): HotKey | null {
  const hottest = new Hottest();
  const meet = (rps: number): void => hottest.meet(rps, resourceRho(rps, cache.ops_per_s));
  for (const index of uses) {
    const use = compiled.uses[index];
    if (use === undefined || !compiled.entities.has(use.entity)) continue;
    const asked = (flows.lookups[index] as number) * (1 - use.missing) + (flows.deletes[index] as number);
    meet(asked * zipf(use.keys, use.zipfS).top1);
  }
  for (const { top1, reads, writes } of plainCalls(compiled, flows, facts)) meet((reads + writes) * top1);
  return hottest.found;
}

/** The hottest item of a store by key: it lies in one partition. */
function inPartition(compiled: CompiledDesign, flows: TrafficResult, facts: NodeFacts, store: PartitionedStoreResource): HotKey | null {
  const hottest = new Hottest();
  for (const { top1, reads, writes } of plainCalls(compiled, flows, facts)) {
    hottest.meet(top1 * (reads + writes), top1 * (resourceRho(reads, store.read_capacity) + resourceRho(writes, store.write_capacity)));
  }
  return hottest.found;
}

/** The hottest row of a database: its writes wait for one lock, which the station has solved. */
function onRow({ resources, evidence }: NodeStation, lockS: number | null): HotKey | null {
  for (const { resource, utilisation } of resources) {
    if (resource !== 'lock') continue;
    const held = lockS ?? evidence['write_s'] ?? 0;
    return held > 0 ? { rps: utilisation / held, utilisation } : null;
  }
  return null;
}

function partitionedStore({ others }: NodeFacts): PartitionedStoreResource | null {
  // limits of a whole table come before those of one partition
  const store = others.findLast((other) => other.kind === 'partitioned-store');
  return store?.kind === 'partitioned-store' ? store : null;
}

/** Share of the largest machine and of the fastest disk that writes alone take at the growth wanted; a larger load counts as it is. */
function grownWrites(compiled: CompiledDesign, flows: TrafficResult, facts: NodeFacts, store: ReplicatedStoreResource): Readonly<Record<string, number>> | null {
  const writes = flows.nodeWrites[facts.view.index] as number;
  if (store.shards > 1 || !(writes > 0) || !(flows.multiple > 0)) return null;
  const { write } = storeWork(compiled, flows, facts, store);
  const grown = (writes / flows.multiple) * Math.max(compiled.workload.growth_target, flows.multiple);
  return { grown_writes_rps: grown, grown_write_cpu: resourceRho(grown * write.cpuS, store.max_vcpu), grown_write_io: resourceRho(grown * write.iops, store.max_iops) };
}

/** Uses of each cache by their places, by node; nothing where no cache is. */
function usesByCache({ uses, nodes }: CompiledDesign): readonly (readonly number[] | undefined)[] {
  const found = new Array<number[] | undefined>(nodes.length);
  for (let i = 0; i < uses.length; i++) (found[(uses[i] as CacheUse).cache] ??= []).push(i);
  return found;
}

const NO_USES: readonly number[] = [];

function addKey(book: EvidenceBook, index: number, key: HotKey | null): void {
  if (key === null) return;
  const evidence = book.of(index);
  evidence['hottest_key_rps'] = key.rps;
  evidence['hottest_key_utilisation'] = key.utilisation;
}

/**
 * Add to stores whose keys are declared: hottest_key_rps and hottest_key_utilisation (share of the one shard, partition or row
 * lock that serves it; 1 is all that it carries). To databases of one shard: grown_writes_rps, grown_write_cpu, grown_write_io. To
 * those whose schema is changed all at once: schema_lock_s (the largest table, each time) and schema_lock_s_year.
 */
export function addStoreEvidence(compiled: CompiledDesign, flows: TrafficResult, book: EvidenceBook): void {
  const { nodes } = compiled;
  const uses = usesByCache(compiled);
  for (let index = 0; index < nodes.length; index++) {
    const facts = nodes[index] as NodeFacts;
    const { store, cache, others } = facts;
    if ((!store && !cache && others.length === 0) || facts.view.behavior.routing === 'split') continue;
    if (store) {
      addKey(book, index, onRow(book.stations[index] as NodeStation, store.lock_s));
      book.add(index, grownWrites(compiled, flows, facts, store));
    } else if (cache) addKey(book, index, inMemory(compiled, flows, facts, cache, uses[index] ?? NO_USES));
    else {
      const partitioned = partitionedStore(facts);
      if (partitioned) addKey(book, index, inPartition(compiled, flows, facts, partitioned));
    }
  }
  for (const { node, seconds, perYear } of schemaLocks(compiled)) book.add(node, { schema_lock_s: seconds, schema_lock_s_year: seconds * perYear });
}
