/**
 * One propagation of the load: visit ratios passed once through the compiled walk, again while cache hit ratios settle.
 * Offered, uncapped load (semantics 9.1): everything is proportional to `multiple` except those ratios.
 */
import { missShare } from '../math/cache-ttl.ts';
import { cacheHit, cacheItems } from '../math/che.ts';
import type { CacheModel, EvictionPolicy } from '../math/che.ts';
import type { HitCurves } from './hit-curves.ts';
import { WRITE, type CompiledDesign, type CacheUse, type RetryResult, type TrafficResult } from '../types.ts';

const MAX_ROUNDS = 24;
const SETTLED = 1e-10;

/** What may differ between two runs of the same plan. */
export interface TrafficOptions {
  /** Load multiple; 1 is the drawn load. */
  readonly multiple: number;
  /** Mean attempts per call of each edge: stated, retries are not solved for. */
  readonly attempts?: Float64Array;
  /** Retries to start from, from a run at a similar load, and whether only their neighbourhood is of interest. */
  readonly retries?: RetryResult | null;
  readonly rough?: boolean;
  /** Requests per second of each journey at multiple 1; default the journeys' own rates. */
  readonly rates?: Float64Array;
  /** Hit ratios to start from, from a run at a similar load. */
  readonly hits?: Float64Array;
  /** Interpolate hit ratios, for many runs of one drawing. */
  readonly curves?: HitCurves;
}

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };

/** Share of the lookups of a cache use that goes on behind it at this hit ratio (semantics 7). */
export function passThrough(use: CacheUse, hit: number): number {
  return missShare(hit, use.missing, use.negative);
}

function empty(compiled: CompiledDesign, multiple: number): Mutable<TrafficResult> {
  const { plan, nodes, edges, uses } = compiled;
  return {
    multiple,
    arrive: new Float64Array(plan.slotNode.length), drive: new Float64Array(plan.slotNode.length),
    nodeReads: new Float64Array(nodes.length), nodeWrites: new Float64Array(nodes.length), nodeKb: new Float64Array(nodes.length),
    edgeReads: new Float64Array(edges.length), edgeWrites: new Float64Array(edges.length),
    lookups: new Float64Array(uses.length), deletes: new Float64Array(uses.length), hit: new Float64Array(uses.length), miss: new Float64Array(uses.length).fill(1),
    edgeKb: new Float64Array(edges.length), first: new Float64Array(nodes.length), retries: null,
  };
}

function addEdge(flows: TrafficResult, edge: number, op: number, rate: number): void {
  const to = op === WRITE ? flows.edgeWrites : flows.edgeReads;
  to[edge] = (to[edge] as number) + rate;
}

/** One topological pass with the present miss shares. */
function pass(compiled: CompiledDesign, flows: TrafficResult, options: TrafficOptions): void {
  const { plan } = compiled;
  const { arrive, drive, lookups, deletes, miss } = flows;
  arrive.fill(0);
  drive.fill(0);
  lookups.fill(0);
  deletes.fill(0);
  flows.edgeReads.fill(0);
  flows.edgeWrites.fill(0);
  flows.edgeKb.fill(0);
  for (const entry of plan.entries) {
    const rate = (options.rates?.[entry.journey] ?? compiled.journeys[entry.journey]?.rate_rps ?? 0) * options.multiple * entry.weight * (options.attempts?.[entry.edge] ?? 1);
    arrive[entry.slot] = (arrive[entry.slot] as number) + rate;
    drive[entry.slot] = (drive[entry.slot] as number) + rate;
    if (entry.edge < 0) continue;
    addEdge(flows, entry.edge, entry.op, rate);
    flows.edgeKb[entry.edge] = (flows.edgeKb[entry.edge] as number) + rate * entry.kb;
  }
  for (const call of plan.calls) {
    let rate = (drive[call.from] as number) * call.rate;
    if (rate === 0 || call.reply === 'given') continue;
    for (const gate of call.gates) rate *= miss[gate] as number;
    if (options.attempts) rate *= options.attempts[call.edge] as number;
    arrive[call.to] = (arrive[call.to] as number) + rate * call.arrive;
    drive[call.to] = (drive[call.to] as number) + rate * call.drive;
    addEdge(flows, call.edge, call.op, rate);
    flows.edgeKb[call.edge] = (flows.edgeKb[call.edge] as number) + rate * call.kb;
    if (call.looksUp >= 0) lookups[call.looksUp] = (lookups[call.looksUp] as number) + rate;
    if (call.deletes >= 0) deletes[call.deletes] = (deletes[call.deletes] as number) + rate;
  }
}

function policyOf(eviction: 'lru' | 'lfu' | 'random' | 'none'): EvictionPolicy {
  return eviction === 'none' ? 'random' : eviction;
}

/** What each cache use asks of its cache now; memory is shared in proportion to lookups x item size. Null without lookups. */
export function cacheModels({ uses, nodes }: CompiledDesign, flows: TrafficResult): readonly (CacheModel | null)[] {
  const weights = new Map<number, number>();
  uses.forEach((use, i) => weights.set(use.cache, (weights.get(use.cache) ?? 0) + (flows.lookups[i] as number) * use.itemKb));
  return uses.map((use, i) => {
    const cache = nodes[use.cache]?.cache;
    const reads = (flows.lookups[i] as number) * (1 - use.missing);
    const total = weights.get(use.cache) ?? 0;
    if (!cache || !(reads > 0)) return null;
    const share = total > 0 ? ((flows.lookups[i] as number) * use.itemKb) / total : 1;
    const room = cache.max_items ?? cacheItems(cache.memory_gb, use.itemKb, cache.overhead_bytes);
    return {
      keys: use.keys, zipfS: use.zipfS, items: room * cache.shards * share, policy: policyOf(cache.eviction), ttlS: use.ttlS, slidingTtl: false,
      readRps: reads, writeRps: flows.deletes[i] as number, invalidate: (flows.deletes[i] as number) > 0,
    };
  });
}

/** Hit ratios for the present lookups. Returns the largest change. */
function solveHits(compiled: CompiledDesign, flows: TrafficResult, curves: HitCurves | undefined): number {
  let change = 0;
  cacheModels(compiled, flows).forEach((model, i) => {
    if (!model) return;
    const hit = curves ? curves.hit(i, model) : cacheHit(model);
    change = Math.max(change, Math.abs(hit - (flows.hit[i] as number)));
    flows.hit[i] = hit;
    flows.miss[i] = passThrough(compiled.uses[i] as CacheUse, hit);
  });
  return change;
}

function addUp(compiled: CompiledDesign, flows: TrafficResult): void {
  const { plan, edges } = compiled;
  for (let slot = 0; slot < plan.slotNode.length; slot++) {
    const node = plan.slotNode[slot] as number;
    const to = plan.slotOp[slot] === WRITE ? flows.nodeWrites : flows.nodeReads;
    to[node] = (to[node] as number) + (flows.arrive[slot] as number);
  }
  edges.forEach(({ view }, i) => {
    if ((flows.edgeReads[i] as number) + (flows.edgeWrites[i] as number) === 0) return;
    flows.nodeKb[view.to.index] = (flows.nodeKb[view.to.index] as number) + (flows.edgeKb[i] as number);
    if (view.from.behavior.routing !== 'source') return;
    flows.nodeReads[view.from.index] = (flows.nodeReads[view.from.index] as number) + (flows.edgeReads[i] as number);
    flows.nodeWrites[view.from.index] = (flows.nodeWrites[view.from.index] as number) + (flows.edgeWrites[i] as number);
  });
}

/** Run the walk at one load with given attempts. Rates per second; lookups and hit ratios per cache use. */
export function propagate(compiled: CompiledDesign, options: TrafficOptions): TrafficResult {
  const flows = empty(compiled, options.multiple);
  if (options.hits) {
    flows.hit.set(options.hits);
    compiled.uses.forEach((use, i) => void (flows.miss[i] = passThrough(use, flows.hit[i] as number)));
  }
  pass(compiled, flows, options);
  if (compiled.uses.length > 0) {
    for (let round = 0; round < MAX_ROUNDS && solveHits(compiled, flows, options.curves) > SETTLED; round++) pass(compiled, flows, options);
  }
  addUp(compiled, flows);
  for (let i = 0; i < flows.first.length; i++) flows.first[i] = (flows.nodeReads[i] as number) + (flows.nodeWrites[i] as number);
  return flows;
}
