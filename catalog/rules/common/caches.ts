import type { CacheResource } from '../../../shared/contracts/behavior.ts';
import type { EdgeView, NodeView } from '../../../shared/contracts/graph-view.ts';
import type { Facts } from '../../../shared/contracts/rule.ts';
import { keptBy } from '../../../shared/lib/once-per.ts';
import { edgeResults } from './results.ts';
import { liveEdgesOfKind, liveNodesHolding } from './targets.ts';

/** A connection to a cache, and those that its misses travel. */
export interface CacheUse {
  readonly edge: EdgeView;
  readonly misses: readonly EdgeView[];
  /** Drawn in series: the cache itself asks what stands behind it. */
  readonly series: boolean;
}

function bearsMisses({ idleReason, kind }: EdgeView): boolean {
  return idleReason === null && (kind === 'db' || kind === 'http');
}

function findUses(facts: Facts): readonly CacheUse[] {
  const uses: CacheUse[] = [];
  for (const edge of liveEdgesOfKind(facts, 'cache')) {
    const fronted: EdgeView[] = [];
    for (const id of edge.fronts) {
      const front = facts.graph.edgeById.get(id);
      if (front !== undefined && bearsMisses(front)) fronted.push(front);
    }
    const misses = fronted.length > 0 ? fronted : edge.to.out.filter(bearsMisses);
    if (misses.length > 0) uses.push({ edge, misses, series: fronted.length === 0 });
  }
  return uses;
}

/** Connections to caches that something stands behind. Needs the fact `nodes`. */
export const cacheUses: (facts: Facts) => readonly CacheUse[] = keptBy(findUses, (facts) => facts.evaluation.nodes);

/** An in-memory store, whatever it is used for. */
export interface Memory { readonly view: NodeView; readonly memory: CacheResource }

function findMemories(facts: Facts): readonly Memory[] {
  const found: Memory[] = [];
  for (const view of liveNodesHolding(facts, 'cache')) for (const memory of view.behavior.resources) if (memory.kind === 'cache') found.push({ view, memory });
  return found;
}

/** In-memory stores that a journey reaches. Needs the fact `nodes`. */
export const memories: (facts: Facts) => readonly Memory[] = keptBy(findMemories, (facts) => facts.evaluation.nodes);

/** Roles whose content must not go because memory is full, as a sentence names it, in a fixed order. Publishing keeps nothing. */
const KEPT = [['session', 'sessions'], ['broker', 'jobs'], ['rate_limiter', 'rate counters'], ['leaderboard', 'rankings'], ['store', 'data of its own']] as const;

/** True when it holds something that must not be evicted. */
export function holdsState({ memory: { roles } }: Memory): boolean {
  return KEPT.some(([role]) => roles.includes(role));
}

/** What it holds that must not be evicted, in words: "sessions and jobs". */
export function stateIn({ memory: { roles } }: Memory): string {
  const words = KEPT.filter(([role]) => roles.includes(role)).map(([, word]) => word);
  return words.length > 1 ? `${words.slice(0, -1).join(', ')} and ${words.at(-1) ?? ''}` : (words[0] ?? '');
}

/** One number about the misses of a cache, and what they travel. */
export interface Worst { readonly miss: EdgeView; readonly value: number; readonly evidence: Readonly<Record<string, number>> }

/** Of the connections behind a cache the one with the most of some evidence; null where none has it. Needs the fact `edges`. */
export function worstMiss(facts: Facts, { misses }: CacheUse, key: string): Worst | null {
  const results = edgeResults(facts);
  let worst: Worst | null = null;
  for (const miss of misses) {
    const evidence = results[miss.index]?.evidence;
    const value = evidence?.[key];
    if (evidence === undefined || value === undefined) continue;
    if (worst === null || value > worst.value || (value === worst.value && miss.id < worst.miss.id)) worst = { miss, value, evidence };
  }
  return worst;
}
