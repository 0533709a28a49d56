/** What the homes behind a cache would carry if it answered nothing: decides soft or hard (semantics 7) and shows as evidence. */
import type { ResourceName } from '../../contracts/evaluation.ts';
import { keptBy } from '../../lib/once-per.ts';
import { floats, type Numbers } from '../math/lists.ts';
import type { CacheUse, Call, CompiledDesign, EdgeFacts, NodeFacts, NodeStation, ResourceState, TrafficResult } from '../types.ts';
import { gatedPart } from './gated-part.ts';
import { relationalResources } from './store-station.ts';

/** One home with all reads of the cache coming through: the load-driven resources and the largest of them. */
export interface ColdHome {
  readonly home: number;
  readonly utilisation: number;
  readonly resources: readonly { readonly resource: ResourceName; readonly utilisation: number }[];
}

/** Calls that are the misses of each cache, in walk order; made once for a drawing. */
const gatedCalls = keptBy(({ plan, uses }: CompiledDesign): ReadonlyMap<number, readonly Call[]> => {
  const found = new Map<number, Call[]>();
  for (const call of gatedPart(plan).calls) {
    for (const use of call.gates) {
      const { cache } = uses[use] as CacheUse;
      const list = found.get(cache);
      if (!list) found.set(cache, [call]);
      // two entities of one cache before one call
      else if (list[list.length - 1] !== call) list.push(call);
    }
  }
  return found;
}, ({ plan }) => plan.calls);

/** Load-driven resources of a home that also carries `more` reads per second arriving over `edge`. */
export function loadedWith(compiled: CompiledDesign, flows: TrafficResult, station: NodeStation, home: NodeFacts, edge: number, more: number): ColdHome['resources'] {
  const { index } = home.view;
  const { store } = home;
  if (store) return relationalResources(compiled, flows, home, store, { edge, rps: more }).filter(({ capacity }) => capacity !== null);
  const lambda = (flows.nodeReads[index] as number) + (flows.nodeWrites[index] as number);
  const carried: Pick<ResourceState, 'resource' | 'utilisation'>[] = [];
  for (const { resource, capacity } of station.resources) if (capacity !== null && capacity > 0) carried.push({ resource, utilisation: (lambda + more) / capacity });
  return carried;
}

/** Caches of one drawing that answer nothing, one at a time. */
export class ColdStarts {
  private readonly compiled: CompiledDesign;
  private readonly flows: TrafficResult;
  private readonly stations: readonly NodeStation[];
  /** Reads per second beyond today's over each connection and at each home, while one cache is looked at; all 0 in between. */
  private readonly over: Numbers;
  private readonly at: Numbers;
  /** By home: the last connection that they come over. */
  private readonly into: Numbers;

  constructor(compiled: CompiledDesign, flows: TrafficResult, stations: readonly NodeStation[]) {
    this.compiled = compiled;
    this.flows = flows;
    this.stations = stations;
    this.over = floats(compiled.edges.length);
    this.at = floats(compiled.nodes.length);
    this.into = floats(compiled.nodes.length);
  }

  /** Connections over which more reads would come, in walk order. */
  private addExtra(cache: number): readonly number[] {
    const { compiled: { uses }, flows: { drive, miss }, over } = this;
    const edges: number[] = [];
    for (const { from, rate, gates, edge } of gatedCalls(this.compiled).get(cache) ?? []) {
      const asked = (drive[from] as number) * rate;
      let now = asked;
      let then = asked;
      for (const use of gates) {
        now *= miss[use] as number;
        if (uses[use]?.cache !== cache) then *= miss[use] as number;
      }
      if (!(then > now)) continue;
      if (over[edge] === 0) edges.push(edge);
      over[edge] = (over[edge] as number) + then - now;
    }
    return edges;
  }

  /** Homes that a cache takes reads from, with a hit ratio of 0. Utilisations are shares, 1 = all that the home can carry. */
  homesOf(cache: number): readonly ColdHome[] {
    const { compiled: { edges }, over, at, into } = this;
    const homes: number[] = [];
    for (const edge of this.addExtra(cache)) {
      const home = (edges[edge] as EdgeFacts).view.to.index;
      if (at[home] === 0) homes.push(home);
      at[home] = (at[home] as number) + (over[edge] as number);
      into[home] = edge;
      over[edge] = 0;
    }
    return homes.map((home) => this.carriedAt(home));
  }

  private carriedAt(home: number): ColdHome {
    const resources = loadedWith(this.compiled, this.flows, this.stations[home] as NodeStation, this.compiled.nodes[home] as NodeFacts, this.into[home] as number, this.at[home] as number);
    this.at[home] = 0;
    let most = 0;
    for (const { utilisation } of resources) if (utilisation > most) most = utilisation;
    return { home, resources, utilisation: most };
  }
}

/** As `ColdStarts` for one cache alone. */
export function coldHomes(compiled: CompiledDesign, flows: TrafficResult, stations: readonly NodeStation[], cache: number): readonly ColdHome[] {
  return new ColdStarts(compiled, flows, stations).homesOf(cache);
}
