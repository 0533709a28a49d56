/** What share of a splitter's requests each target gets: pools by units, shards by popularity, regions by their clients. */
import type { EntityValues } from '../../contracts/document-params.ts';
import type { Design, Params } from '../../model/design.ts';
import { pointOf } from '../../model/quantity.ts';
import { stableStringify } from '../../lib/stable-json.ts';
import { geoShares, hottestShare } from '../math/shards.ts';
import { READ, type EdgeFacts, type NodeFacts, type Op } from '../types.ts';

/** Shares of the targets; `scatter` of the reads ask all of them, `doubled` of the writes involve one more. */
export interface SplitShares { readonly shares: readonly number[]; readonly scatter: number; readonly doubled: number }

/** What the shares of shards depend on beside the splitter. */
export interface KeyFacts {
  readonly nodes: readonly NodeFacts[];
  readonly entities: ReadonlyMap<string, EntityValues>;
  readonly stored: Design['entities'];
}

function normalised(weights: readonly number[]): number[] {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => (total > 0 ? weight / total : 1 / weights.length));
}

function stated(edges: readonly EdgeFacts[]): boolean {
  return edges.some(({ view }) => view.params.stated('weight'));
}

/** Targets so that only what they are decides who is first; like ones may be exchanged without changing anything else. */
function ranked(edges: readonly EdgeFacts[]): number[] {
  const point = (params: Params): unknown => Object.fromEntries(Object.entries(params).map(([key, value]) => [key, pointOf(value)]));
  const keys = edges.map(({ view }) => `${view.to.node.type}\n${stableStringify(point(view.to.node.params))}`);
  return edges.map((_, i) => i).sort((a, b) => {
    const x = keys[a] as string;
    const y = keys[b] as string;
    return x < y ? -1 : x > y ? 1 : a - b;
  });
}

/** In rank order, back to edge order. */
function dealt(edges: readonly EdgeFacts[], shares: readonly number[]): number[] {
  const out = edges.map(() => 0);
  ranked(edges).forEach((edge, rank) => void (out[edge] = shares[rank] ?? 0));
  return out;
}

function entityOf(node: NodeFacts, edges: readonly EdgeFacts[], keys: KeyFacts): string | null {
  for (const { params } of [...node.view.in, ...edges.map(({ view }) => view)]) if (keys.entities.has(params.values.entity)) return params.values.entity;
  const targets = new Set(edges.map(({ view }) => view.to.id));
  let found: string | null = null;
  let largest = -1;
  for (const [id, { keys: count, item_kb }] of keys.entities) {
    if (!targets.has(keys.stored[id]?.home ?? '') || count * item_kb <= largest) continue;
    found = id;
    largest = count * item_kb;
  }
  return found;
}

function listedWeights(node: NodeFacts, edges: readonly EdgeFacts[]): readonly number[] | null {
  for (const { params } of [...node.view.in, ...edges.map(({ view }) => view)]) if (params.values.geo_weights.length > 0) return params.values.geo_weights;
  return null;
}

/** Shards: stated weights, else the weights of the entity's places, else the hottest of as many hash shards and the rest alike. */
function shardShares(node: NodeFacts, edges: readonly EdgeFacts[], keys: KeyFacts): number[] {
  if (stated(edges)) return normalised(edges.map(({ view }) => view.params.values.weight));
  const entity = entityOf(node, edges, keys);
  const places = listedWeights(node, edges) ?? (entity === null ? null : (keys.stored[entity]?.geo_weights ?? null));
  if (places) return dealt(edges, geoShares(places, edges.length));
  const values = entity === null ? undefined : keys.entities.get(entity);
  const popularity = values ? { keys: values.keys, zipfS: values.zipf_s } : (keys.nodes[edges[0]?.view.to.index ?? -1]?.popularity ?? { keys: 1e5, zipfS: 0.9 });
  const hottest = hottestShare(popularity.keys, popularity.zipfS, edges.length);
  return dealt(edges, edges.map((_, rank) => (rank === 0 ? hottest : (1 - hottest) / Math.max(1, edges.length - 1))));
}

/** Regions: one answers while it can (failover), or each client goes to its own, by weight where it has none (semantics 8). */
function regionShares(node: NodeFacts, edges: readonly EdgeFacts[], clientRegion: string): number[] {
  const weights = edges.map(({ view }) => view.params.values.weight);
  if (edges.some(({ view }) => view.params.values.geo_policy === 'failover')) {
    const most = Math.max(...weights);
    const first = ranked(edges).find((i) => weights[i] === most);
    return edges.map((_, i) => (i === first ? 1 : 0));
  }
  const listed = listedWeights(node, edges);
  if (listed) return dealt(edges, geoShares(listed, edges.length));
  if (stated(edges)) return normalised(weights);
  const own = edges.map(({ view }) => (view.to.region === clientRegion ? 1 : 0));
  return normalised(own.some((share) => share > 0) ? own : weights);
}

/** True when the targets of this splitter are the same thing in several regions. */
export function splitsRegions(node: NodeFacts, edges: readonly EdgeFacts[]): boolean {
  const region = edges[0]?.view.to.region;
  if (node.split === 'partition' || edges.every(({ view }) => view.to.region === region)) return false;
  return node.split === 'balance' || edges.some(({ view }) => view.params.stated('geo_policy') || view.params.stated('geo_weights'));
}

/** All that comes. */
const ALL: SplitShares = { shares: [1], scatter: 0, doubled: 0 };

/** Shares of the out-edges of a splitter for one operation of clients in one region ('' where that is unknown). */
export function splitShares(node: NodeFacts, edges: readonly EdgeFacts[], op: Op, clientRegion: string, keys: KeyFacts): SplitShares {
  if (edges.length === 1 && node.split !== 'partition') return ALL;
  if (splitsRegions(node, edges)) return { shares: regionShares(node, edges, clientRegion), scatter: 0, doubled: 0 };
  if (node.split !== 'partition') {
    const units = (index: number): number => (node.split === 'balance' ? (keys.nodes[index]?.units ?? 1) : 1);
    return { shares: normalised(edges.map(({ view }) => view.params.values.weight * units(view.to.index))), scatter: 0, doubled: 0 };
  }
  const around = [...node.view.in, ...edges.map(({ view }) => view)].map(({ params }) => params.values);
  const several = edges.length > 1;
  return {
    shares: shardShares(node, edges, keys),
    scatter: several && op === READ ? Math.max(...around.map((values) => values.scatter_fraction)) : 0,
    doubled: several && op !== READ ? Math.max(...around.map((values) => values.cross_shard_txn_fraction)) : 0,
  };
}
