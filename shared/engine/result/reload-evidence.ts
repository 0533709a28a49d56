/** What a home behind one cache is asked for when keys are gone from it: by the connection that carries the misses. */
import { oncePer } from '../../lib/once-per.ts';
import type { EvaluationContext } from '../context.ts';
import { stampedeReloads } from '../math/cache-ttl.ts';
import { zipf } from '../math/zipf.ts';
import { loadedWith } from '../solve/cold-cache.ts';
import type { Call, CacheUse, EdgeFacts, NodeFacts, NodeStation, Plan } from '../types.ts';

type Evidence = Record<string, number>;

/** Calls that are the misses of exactly one cache use. A second cache before the same call answers what expires in the first. */
const callsBehindOne = oncePer((calls: Plan['calls']): readonly Call[] => calls.filter(({ gates }) => gates.length === 1));

/** Look-ups of one use whose misses travel one connection. */
interface Flow { readonly edge: number; readonly use: number; asked: number; reloadS: number }

function flowsOf({ compiled, flows, stations }: EvaluationContext): readonly Flow[] {
  const found = new Map<number, Flow>();
  const many = compiled.uses.length;
  for (const call of callsBehindOne(compiled.plan.calls)) {
    const use = call.gates[0] as number;
    const asked = (flows.drive[call.from] as number) * call.rate * (flows.retries?.attempts[call.edge] ?? 1);
    if (!(asked > 0)) continue;
    const key = call.edge * many + use;
    let flow = found.get(key);
    if (flow === undefined) {
      flow = { edge: call.edge, use, asked: 0, reloadS: 0 };
      found.set(key, flow);
    }
    flow.asked += asked;
    flow.reloadS = Math.max(flow.reloadS, call.tripS + (stations.responseS[call.to] as number));
  }
  return [...found.values()];
}

/** How much busier the busiest resource of a home would be with more reads, and how busy that is. */
function withMore({ compiled, flows, stations }: EvaluationContext, edge: EdgeFacts, more: number): { readonly busy: number; readonly added: number } {
  const { index } = edge.view.to;
  const station = stations.stations[index] as NodeStation;
  const now = new Map(station.resources.map(({ resource, utilisation }) => [resource, utilisation]));
  let busy = 0;
  let added = 0;
  for (const { resource, utilisation } of loadedWith(compiled, flows, station, compiled.nodes[index] as NodeFacts, edge.view.index, more)) {
    busy = Math.max(busy, utilisation);
    added = Math.max(added, utilisation - (now.get(resource) ?? 0));
  }
  return { busy, added };
}

/** Reads per second of one use that all callers send to one home. */
type Totals = ReadonlyMap<number, number>;

function totalsOf({ compiled }: EvaluationContext, list: readonly Flow[]): Totals {
  const totals = new Map<number, number>();
  for (const { edge, use, asked } of list) {
    const key = use * compiled.nodes.length + (compiled.edges[edge] as EdgeFacts).view.to.index;
    totals.set(key, (totals.get(key) ?? 0) + asked);
  }
  return totals;
}

/** The most popular key, when its time is over: how many callers load it at once, and what that does to the home. */
function expiryOfOne(context: EvaluationContext, { asked, reloadS, use: index }: Flow, use: CacheUse, edge: EdgeFacts): Evidence {
  const expires = use.ttlS !== null || (context.flows.deletes[index] as number) > 0;
  if (!expires || context.stations.stations[edge.view.to.index]?.saturated !== false) return {};
  const rate = asked * (1 - use.missing) * zipf(use.keys, use.zipfS).top1;
  const loads = stampedeReloads(rate, reloadS, false);
  return { hottest_key_rps: rate, reload_s: reloadS, reloads: loads, ...(loads > 2 ? { reload_utilisation: withMore(context, edge, rate).busy } : {}) };
}

/** Many keys of the cache are loaded at the same moment, by what stands before the call or fills the cache that makes it. */
function isBulkLoaded({ compiled }: EvaluationContext, { fronts, view }: EdgeFacts): boolean {
  const front = compiled.edges[fronts[0]?.edge ?? -1];
  return front ? front.view.params.values.bulk_loaded : view.from.in.some(({ params }) => params.values.bulk_loaded);
}

function evidenceOf(context: EvaluationContext, flow: Flow, totals: Totals): Evidence {
  const { compiled, flows } = context;
  const use = compiled.uses[flow.use] as CacheUse;
  const edge = compiled.edges[flow.edge] as EdgeFacts;
  const all = totals.get(flow.use * compiled.nodes.length + edge.view.to.index) ?? flow.asked;
  const found = expiryOfOne(context, flow, use, edge);
  if (use.ttlS !== null && isBulkLoaded(context, edge)) found['expired_utilisation'] = withMore(context, edge, all * (1 - use.missing) * (flows.hit[flow.use] as number)).busy;
  if (use.missing > 0 && !use.negative) {
    found['missing_rps'] = all * use.missing;
    found['missing_utilisation'] = withMore(context, edge, all * use.missing).added;
  }
  return found;
}

/**
 * By the index of each connection behind exactly one cache: hottest_key_rps, reload_s, reloads (callers that load the most
 * popular key at once when it expires) and reload_utilisation (of the home meanwhile, where more than one other joins);
 * expired_utilisation (of the home when every key expires together, where keys are loaded in bulk); missing_rps and missing_utilisation (what look-ups of
 * keys that do not exist take of the home). Shares: 1 = all that the home carries. Null without caches.
 */
export function reloadEvidence(context: EvaluationContext): ReadonlyMap<number, Readonly<Evidence>> | null {
  if (context.compiled.uses.length === 0) return null;
  const list = flowsOf(context);
  const totals = totalsOf(context, list);
  const found = new Map<number, Evidence>();
  for (const flow of list) {
    const known = found.get(flow.edge);
    const evidence = evidenceOf(context, flow, totals);
    // several entities over one connection: each number is that of the worst of them
    found.set(flow.edge, known === undefined ? evidence : worst(known, evidence));
  }
  return found;
}

/** The entity whose hottest key is loaded most often, and of the other numbers the larger. */
function worst(a: Evidence, b: Evidence): Evidence {
  const merged: Evidence = (a['reloads'] ?? 0) >= (b['reloads'] ?? 0) ? { ...b, ...a } : { ...a, ...b };
  for (const key of ['expired_utilisation', 'missing_rps', 'missing_utilisation']) {
    const most = Math.max(a[key] ?? 0, b[key] ?? 0);
    if (key in merged) merged[key] = most;
  }
  return merged;
}
