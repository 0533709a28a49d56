/** Which calls a cache stands before, and the entities it keeps (semantics 7). */
import { entityParams, type EntityValues } from '../../contracts/document-params.ts';
import type { CacheResource } from '../../contracts/behavior.ts';
import type { EdgeView, NodeView } from '../../contracts/graph-view.ts';
import { sortFew } from '../../contracts/sort-few.ts';
import type { Design, EdgeKind } from '../../model/design.ts';
import { type Numbers, wholes } from '../math/lists.ts';
import { resolve } from '../resolve.ts';
import type { CacheUse, CompileNotes, EdgeFacts } from '../types.ts';
import type { EdgeDraft } from './edges.ts';
import type { ReadNode } from './memory.ts';
import type { NodeDraft } from './nodes.ts';
import { withOneMore } from './short-list.ts';

/** By edge index, and the cache uses they refer to. */
export interface FrontPlan {
  /** Nearest cache first; nothing for edges without any. */
  readonly fronts: readonly (EdgeFacts['fronts'] | undefined)[];
  /** 1 for edges that are fronts themselves. */
  readonly isFront: Numbers;
  /** Cache use of an edge into a cache that is drawn in series before its store, -1 for all others. */
  readonly seriesUse: Numbers;
  readonly uses: readonly CacheUse[];
}

type UseDraft = { -readonly [Key in keyof CacheUse]: CacheUse[Key] };

const IMPLICIT = resolve(entityParams, {}).values;

const NO_CALLS: readonly EdgeView[] = [];

/** Live calls over connections with these ids. */
function named(caller: NodeDraft, cache: NodeView, ids: ReadonlySet<string>): readonly EdgeView[] {
  return caller.out.filter((edge) => edge.idleReason === null && edge.to !== cache && ids.has(edge.id));
}

/** Live calls of one kind that read elsewhere than in this cache. */
function readsOf(caller: NodeDraft, cache: NodeView, kind: EdgeKind): readonly EdgeView[] {
  let found: EdgeView[] | null = null;
  for (const edge of caller.out) {
    if (edge.kind === kind && edge.idleReason === null && edge.to !== cache && edge.params.values.op !== 'write') found = withOneMore(found, edge);
  }
  return found ?? NO_CALLS;
}

function isStore({ to }: EdgeView): boolean {
  return to.behavior.role !== 'object-store';
}

/** Db calls a cache edge stands before; else its caller's reading http calls; else nothing. */
function frontedBy(cacheEdge: EdgeDraft, caller: NodeDraft): readonly EdgeView[] {
  const { to: cache } = cacheEdge;
  const { fronts: stated, entity } = cacheEdge.params.values;
  if (stated !== 'auto' && stated !== '') return named(caller, cache, new Set(stated.split(/[,\s]+/)));
  const db = readsOf(caller, cache, 'db');
  if (entity !== '') return db.filter(({ params }) => params.values.entity === entity || params.values.entity === '');
  if (db.length === 0) return readsOf(caller, cache, 'http');
  return db.every(isStore) ? db : db.filter(isStore);
}

function reaches(calls: readonly EdgeView[], node: NodeView): boolean {
  for (const { to } of calls) if (to === node) return true;
  return false;
}

/** Writes count against the entity too: a write-only edge to a fronted store deletes or updates keys. */
function writesBeside(cacheEdge: EdgeDraft, fronted: readonly EdgeView[], caller: NodeDraft): readonly EdgeView[] {
  const { entity } = cacheEdge.params.values;
  let found: EdgeView[] | null = null;
  for (const edge of caller.out) {
    const { op, entity: written } = edge.params.values;
    if (edge.kind !== 'db' || op !== 'write' || edge.idleReason !== null || !reaches(fronted, edge.to)) continue;
    if (entity === '' || written === '' || written === entity) found = withOneMore(found, edge);
  }
  return found ?? NO_CALLS;
}

type Front = EdgeFacts['fronts'][number];

class FrontCompiler {
  readonly uses: UseDraft[] = [];
  readonly fronts: (Front[] | undefined)[];
  private readonly byKey = new Map<string, number>();
  private readonly homes = new Map<string, string>();
  private readonly entities: ReadonlyMap<string, EntityValues>;

  constructor(edges: number, design: Design, entities: ReadonlyMap<string, EntityValues>) {
    this.fronts = new Array<Front[] | undefined>(edges);
    this.entities = entities;
    for (const [id, values] of entities) {
      const home = design.entities[id]?.home ?? '';
      const other = this.homes.get(home);
      const bytes = (v: EntityValues | undefined): number => (v ? v.keys * v.item_kb : -1);
      if (other === undefined || bytes(values) > bytes(entities.get(other))) this.homes.set(home, id);
    }
  }

  /** Put a cache before these calls. */
  stand(cacheEdge: EdgeDraft, cacheNode: NodeDraft, cache: CacheResource, before: readonly EdgeView[]): void {
    for (const target of before) {
      const front = { edge: cacheEdge.index, use: this.use(cacheEdge, cacheNode, cache, target) };
      this.fronts[target.index] = withOneMore(this.fronts[target.index], front);
    }
  }

  /** Index of the use of this cache for what `target` reads. */
  use(cacheEdge: EdgeDraft, cacheNode: NodeDraft, cache: CacheResource, target: EdgeView): number {
    const stated = target.params.values.entity || cacheEdge.params.values.entity || this.homes.get(target.to.id) || '';
    const values = this.entities.get(stated) ?? IMPLICIT;
    const entity = this.entities.has(stated) ? stated : `implicit:${target.to.id}`;
    const key = `${cacheNode.index}\n${entity}`;
    // 0 seconds to live means that keys do not expire
    const ttlS = (cacheEdge.params.values.ttl_s ?? cache.ttl_s) || null;
    const negative = cacheEdge.params.values.negative_cache || cacheEdge.params.values.bloom;
    const existing = this.byKey.get(key);
    if (existing !== undefined) {
      const use = this.uses[existing] as UseDraft;
      if (ttlS !== null) use.ttlS = use.ttlS === null ? ttlS : Math.min(use.ttlS, ttlS);
      use.negative &&= negative;
      return existing;
    }
    const missing = values.miss_nonexistent_fraction ?? (values.public_ids ? 0.05 : 0);
    this.uses.push({ cache: cacheNode.index, entity, keys: values.keys, itemKb: values.item_kb, zipfS: values.zipf_s, missing, ttlS, negative });
    this.byKey.set(key, this.uses.length - 1);
    return this.uses.length - 1;
  }
}

/** Live requests that a cache passes on: what stands in series behind it. */
function behind(cache: NodeDraft): EdgeView | undefined {
  return cache.out.find((out) => out.idleReason === null && (out.kind === 'db' || out.kind === 'http'));
}

/** Decide for each cache edge what it fronts, or that it is in series before a store, or an ordinary call (noted). */
export function compileFronts(design: Design, nodes: readonly NodeDraft[], read: readonly ReadNode[], edges: readonly EdgeDraft[], entities: ReadonlyMap<string, EntityValues>, notes: CompileNotes): FrontPlan {
  const compiler = new FrontCompiler(edges.length, design, entities);
  const isFront = wholes(edges.length);
  const seriesUse = wholes(edges.length).fill(-1);
  for (const edge of edges) {
    if (edge.kind !== 'cache' || edge.idleReason !== null) continue;
    const cacheNode = nodes[edge.to.index] as NodeDraft;
    const { cache } = (read[edge.to.index] as ReadNode).facts;
    if (!cache) continue;
    const caller = nodes[edge.from.index] as NodeDraft;
    const fronted = frontedBy(edge, caller);
    const next = fronted.length > 0 ? undefined : behind(cacheNode);
    if (fronted.length > 0) {
      isFront[edge.index] = 1;
      compiler.stand(edge, cacheNode, cache, fronted);
      compiler.stand(edge, cacheNode, cache, writesBeside(edge, fronted, caller));
      edge.fronts = fronted.map((target) => target.id);
    } else if (next) {
      seriesUse[edge.index] = compiler.use(edge, cacheNode, cache, next);
    } else {
      notes.assumptions.push({ code: 'cache-fronts-nothing', message: 'Nothing is read behind this cache: counted as an ordinary store call', target: { kind: 'edge', id: edge.id } });
    }
  }
  const latency = ({ edge }: Front): number => (read[(edges[edge] as EdgeDraft).to.index] as ReadNode).facts.cache?.latency_s ?? 0;
  for (const list of compiler.fronts) if (list && list.length > 1) sortFew(list, (a, b) => latency(a) - latency(b) || a.edge - b.edge);
  return { fronts: compiler.fronts, isFront, seriesUse, uses: compiler.uses };
}
