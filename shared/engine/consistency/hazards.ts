/** Ways in which data is lost, doubled or mixed up, as numbers with what they concern (evaluation 8, semantics 10). */
import type { EdgeView } from '../../contracts/graph-view.ts';
import { oncePer } from '../../lib/once-per.ts';
import type { EvaluationContext } from '../context.ts';
import { zipf } from '../math/zipf.ts';
import type { CompiledDesign, EdgeFacts, NodeFacts } from '../types.ts';
import { HAZARD_KINDS, type Hazard, type HazardKind } from '../../contracts/hazard.ts';
import { consumerHazards, dualWrites } from './message-hazards.ts';
import type { Subjects } from './subjects.ts';

const SECONDS_PER_DAY = 86_400;

/** Connections that a hazard may concern, whatever the load. */
const candidates = oncePer(({ edges, nodes }: CompiledDesign) => {
  const found = { writeBehind: [] as EdgeView[], crossShard: [] as EdgeView[], fronted: [] as EdgeFacts[] };
  for (const facts of edges) {
    const { view, fronts } = facts;
    const { mode, cross_shard_txn_fraction } = view.params.values;
    if (fronts.length > 0) found.fronted.push(facts);
    if (view.idleReason) continue;
    if (view.kind === 'cache' && mode === 'write_behind') found.writeBehind.push(view);
    if (cross_shard_txn_fraction > 0 && (nodes[view.to.index]?.store?.shards ?? 2) > 1) found.crossShard.push(view);
  }
  return found;
});

function written({ flows }: EvaluationContext, edges: readonly EdgeView[]): EdgeView[] {
  return edges.filter((edge) => (flows.edgeWrites[edge.index] as number) > 0);
}

function averageWrites({ compiled, flows }: EvaluationContext, edge: EdgeView): number {
  return (flows.edgeWrites[edge.index] as number) / compiled.workload.peak_to_avg;
}

/** A cache that holds writes for a while loses them with itself. */
function writeBehind(context: EvaluationContext): Hazard[] {
  return written(context, candidates(context.compiled).writeBehind).map((edge) => {
    const window = edge.params.values.flush_s;
    const { failures_per_year, redundancy, units } = edge.to.behavior.failure;
    return {
      kind: 'write-behind-loss', targets: [{ kind: 'edge', id: edge.id }, { kind: 'node', id: edge.to.id }],
      data: { window_s: window, writes_per_failure: averageWrites(context, edge) * window, per_year: failures_per_year * (redundancy === 'service' ? 1 : Math.max(1, units)) },
    };
  });
}

/** Seconds of writes that go with a node; null while it is not written, or promises nothing. */
function lossWindow({ compiled, flows }: EvaluationContext, node: number): number | null {
  const promised = compiled.nodes[node]?.view.behavior.consistency;
  return promised && (flows.nodeWrites[node] as number) > 0 ? promised.loss_window_s : null;
}

/** Seconds of writes that go with each home, by subject and against the recovery target. */
function lossWindows(context: EvaluationContext, subjects: Subjects): Hazard[] {
  const { compiled } = context;
  const target = compiled.targets.rpo_s;
  const lost: Hazard[] = [];
  for (const { id, values, home } of subjects.list) {
    const window = lossWindow(context, home);
    if (window === null || window <= values.loss_tolerance_s) continue;
    lost.push({ kind: 'loss-window', targets: [{ kind: 'entity', id }, { kind: 'node', id: (compiled.nodes[home] as NodeFacts).view.id }], data: { window_s: window, tolerance_s: values.loss_tolerance_s } });
  }
  if (target === null) return lost;
  subjects.map.homes.forEach((here, home) => {
    const window = here ? lossWindow(context, home) : null;
    if (window !== null && window > target) lost.push({ kind: 'rpo', targets: [{ kind: 'node', id: (compiled.nodes[home] as NodeFacts).view.id }], data: { window_s: window, target_s: target } });
  });
  return lost;
}

/** A reader that fills a cache while a writer deletes the key may leave the old value: for the hottest key, per write. */
function cacheRaces(context: EvaluationContext): Hazard[] {
  const { compiled, flows, stations } = context;
  const found: Hazard[] = [];
  for (const { view, fronts } of candidates(compiled).fronted) {
    const [front] = fronts;
    const deletes = front ? (flows.deletes[front.use] as number) : 0;
    if (!front || !(deletes > 0) || !((flows.edgeReads[view.index] as number) > 0)) continue;
    const use = compiled.uses[front.use];
    const window = (stations.stations[view.to.index]?.evidence['read_s'] ?? 0) + view.rtt_s;
    const rate = use ? deletes * zipf(use.keys, use.zipfS).top1 : 0;
    if (!(rate * window > 0)) continue;
    const cache = (compiled.edges[front.edge] as EdgeFacts).view;
    found.push({ kind: 'cache-race', targets: [{ kind: 'edge', id: cache.id }, { kind: 'node', id: cache.to.id }], data: { probability: -Math.expm1(-rate * window), window_s: window } });
  }
  return found;
}

/** Transactions over two shards: none is atomic without a protocol that blocks (evaluation 8.7). */
function crossShard(context: EvaluationContext): Hazard[] {
  return written(context, candidates(context.compiled).crossShard).map((edge) => ({
    kind: 'cross-shard', targets: [{ kind: 'edge', id: edge.id }, { kind: 'node', id: edge.to.id }],
    data: { per_day: averageWrites(context, edge) * edge.params.values.cross_shard_txn_fraction * SECONDS_PER_DAY },
  }));
}

/** All hazards, by kind and then in the order of what they concern. Finite numbers only. */
export function solveHazards(context: EvaluationContext, subjects: Subjects): readonly Hazard[] {
  const byKind = new Map<HazardKind, Hazard[]>();
  for (const found of [dualWrites(context), consumerHazards(context, subjects), writeBehind(context), lossWindows(context, subjects), cacheRaces(context), crossShard(context)]) {
    for (const hazard of found) {
      const alike = byKind.get(hazard.kind);
      if (alike) alike.push(hazard);
      else byKind.set(hazard.kind, [hazard]);
    }
  }
  return HAZARD_KINDS.flatMap((kind) => byKind.get(kind) ?? []);
}
