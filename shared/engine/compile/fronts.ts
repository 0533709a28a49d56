/** Which calls a cache stands before, and the entities it keeps (semantics 7). */
import { entityParams, type EntityValues } from '../../contracts/document-params.ts';
import type { CacheResource } from '../../contracts/behavior.ts';
import type { Design } from '../../model/design.ts';
import { resolve } from '../resolve.ts';
import type { CacheUse, CompileNotes, EdgeFacts } from '../types.ts';
import type { EdgeDraft } from './edges.ts';
import type { NodeDraft } from './nodes.ts';

/** Fronts of the edges that have any (by edge index, nearest cache first) and the cache uses they refer to. */
export interface FrontPlan {
  readonly fronts: ReadonlyMap<number, EdgeFacts['fronts']>;
  /** Edges that are fronts themselves. */
  readonly isFront: ReadonlySet<number>;
  /** Cache use of an edge into a cache that is drawn in series before its store. */
  readonly seriesUse: ReadonlyMap<number, number>;
  readonly uses: readonly CacheUse[];
}

type UseDraft = { -readonly [Key in keyof CacheUse]: CacheUse[Key] };

const IMPLICIT = resolve(entityParams, {}).values;

function cacheOf(node: NodeDraft): CacheResource | null {
  const found = node.behavior.resources.find((resource) => resource.kind === 'cache');
  return found?.kind === 'cache' ? found : null;
}

const NO_EDGES: readonly EdgeDraft[] = [];

/** Live calls of the caller that fit; none takes no list. */
function callsOf(caller: NodeDraft, fits: (edge: EdgeDraft) => boolean): readonly EdgeDraft[] {
  let found: EdgeDraft[] | null = null;
  for (const edge of caller.out as readonly EdgeDraft[]) {
    if (edge.idleReason || !fits(edge)) continue;
    if (found) found.push(edge);
    else found = [edge];
  }
  return found ?? NO_EDGES;
}

function isStore({ to }: EdgeDraft): boolean {
  return to.behavior.role !== 'object-store';
}

/** Db calls a cache edge stands before; else its caller's reading http calls; else nothing. */
function frontedBy(cacheEdge: EdgeDraft, caller: NodeDraft): readonly EdgeDraft[] {
  const { to: cache } = cacheEdge;
  const { fronts: stated, entity } = cacheEdge.params.values;
  if (stated !== 'auto' && stated !== '') {
    const ids = new Set(stated.split(/[,\s]+/));
    return callsOf(caller, (edge) => edge.to !== cache && ids.has(edge.id));
  }
  const reading = (kind: EdgeDraft['kind']): readonly EdgeDraft[] => callsOf(caller, (edge) => edge.kind === kind && edge.to !== cache && edge.params.values.op !== 'write');
  const db = reading('db');
  if (entity !== '') return db.filter((edge) => edge.params.values.entity === entity || edge.params.values.entity === '');
  if (db.length === 0) return reading('http');
  return db.every(isStore) ? db : db.filter(isStore);
}

/** Writes count against the entity too: a write-only edge to a fronted store deletes or updates keys. */
function writesBeside(cacheEdge: EdgeDraft, fronted: readonly EdgeDraft[], caller: NodeDraft): readonly EdgeDraft[] {
  const { entity } = cacheEdge.params.values;
  return callsOf(caller, (edge) => {
    if (edge.kind !== 'db' || edge.params.values.op !== 'write' || !fronted.some(({ to }) => to === edge.to)) return false;
    return entity === '' || edge.params.values.entity === '' || edge.params.values.entity === entity;
  });
}

class FrontCompiler {
  readonly uses: UseDraft[] = [];
  private readonly byKey = new Map<string, number>();
  private readonly homes = new Map<string, string>();
  private readonly entities: ReadonlyMap<string, EntityValues>;

  constructor(design: Design, entities: ReadonlyMap<string, EntityValues>) {
    this.entities = entities;
    for (const [id, values] of entities) {
      const home = design.entities[id]?.home ?? '';
      const other = this.homes.get(home);
      const bytes = (v: EntityValues | undefined): number => (v ? v.keys * v.item_kb : -1);
      if (other === undefined || bytes(values) > bytes(entities.get(other))) this.homes.set(home, id);
    }
  }

  /** Index of the use of this cache for what `target` reads. */
  use(cacheEdge: EdgeDraft, cacheNode: NodeDraft, cache: CacheResource, target: EdgeDraft): number {
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

type Front = { readonly edge: number; readonly use: number; readonly latency: number };

/** Decide for each cache edge what it fronts, or that it is in series before a store, or an ordinary call (noted). */
export function compileFronts(design: Design, nodes: readonly NodeDraft[], edges: readonly EdgeDraft[], entities: ReadonlyMap<string, EntityValues>, notes: CompileNotes): FrontPlan {
  const compiler = new FrontCompiler(design, entities);
  const fronts = new Map<number, Front[]>();
  const isFront = new Set<number>();
  const seriesUse = new Map<number, number>();
  for (const edge of edges) {
    if (edge.kind !== 'cache' || edge.idleReason) continue;
    const cacheNode = nodes[edge.to.index] as NodeDraft;
    const cache = cacheOf(cacheNode);
    if (!cache) continue;
    const caller = nodes[edge.from.index] as NodeDraft;
    const fronted = frontedBy(edge, caller);
    const behind = (cacheNode.out as readonly EdgeDraft[]).find((out) => !out.idleReason && (out.kind === 'db' || out.kind === 'http'));
    if (fronted.length > 0) {
      isFront.add(edge.index);
      const writes = writesBeside(edge, fronted, caller);
      for (const target of writes.length === 0 ? fronted : [...fronted, ...writes]) {
        const front = { edge: edge.index, use: compiler.use(edge, cacheNode, cache, target), latency: cache.latency_s };
        const list = fronts.get(target.index);
        if (list) list.push(front);
        else fronts.set(target.index, [front]);
      }
      edge.fronts = fronted.map((target) => target.id);
    } else if (behind) {
      seriesUse.set(edge.index, compiler.use(edge, cacheNode, cache, behind));
    } else {
      notes.assumptions.push({ code: 'cache-fronts-nothing', message: 'Nothing is read behind this cache: counted as an ordinary store call', target: { kind: 'edge', id: edge.id } });
    }
  }
  for (const list of fronts.values()) list.sort((a, b) => a.latency - b.latency || a.edge - b.edge);
  return { fronts, isFront, seriesUse, uses: compiler.uses };
}
