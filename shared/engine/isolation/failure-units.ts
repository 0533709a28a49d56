/** Everything that can fail as one: what is left of which nodes, how often, for how long (semantics 10, evaluation 6.5). */
import type { BlastResult } from '../../contracts/evaluation.ts';
import type { Boundary } from '../../model/design.ts';
import type { EvaluationContext } from '../context.ts';
import { CHANGE_FAILURE_RATE, CHANGE_REPAIR_H } from '../availability/changes.ts';
import { NodeLeft, type NodesLeft } from '../availability/element-values.ts';
import type { RiskModel } from '../availability/risk-model.ts';
import { regionKey, unitsLeft, zoneKey, type Tier } from '../availability/tiers.ts';

/** Failures per year of places [A]; they last longer than the 300 s that count as a full outage. */
const PLACES = { zone: 0.3, region: 0.1, cluster: 0.5 } as const;
const LONG_S = 3600;

/** One failure unit. `share` is the part of the loss that it stands for: a canary, or one shard of several. */
export interface FailureUnit {
  readonly unit: string;
  readonly kind: BlastResult['kind'];
  readonly target: string;
  readonly perYear: number;
  readonly durationS: number;
  readonly left: NodesLeft;
  readonly share: number;
}

/** Share of the keys on the hottest shard, and the number of shards. */
function shardsOf(context: EvaluationContext, tier: Tier): { count: number; hottest: number } {
  const facts = context.compiled.nodes[tier.node];
  const count = facts?.store?.shards ?? facts?.cache?.shards ?? 1;
  const hottest = context.stations.stations[tier.node]?.evidence['hottest_share'] ?? 1 / Math.max(1, count);
  return { count, hottest: Math.min(1, Math.max(1 / Math.max(1, count), hottest)) };
}

function unitsOfNode(context: EvaluationContext, tier: Tier): FailureUnit[] {
  const view = context.compiled.graph.nodes[tier.node];
  if (!view) return [];
  const { failure, role } = view.behavior;
  const unit = (kind: FailureUnit['kind'], name: string, perYear: number, left = 0, share = 1): FailureUnit => (
    { unit: `${name}:${view.id}`, kind, target: view.id, perYear, durationS: failure.outage_s, left: new NodeLeft(tier.node, left), share }
  );
  const perYear = failure.failures_per_year;
  const shards = shardsOf(context, tier);
  if (shards.count > 1) {
    const rest = (1 - shards.hottest) / (shards.count - 1);
    return [unit('shard', 'shard', perYear, 0, shards.hottest), unit('shard', 'shards', perYear * (shards.count - 1), 0, rest), unit('node', 'node', 0)];
  }
  if (role === 'external') return [unit('external', 'external', perYear)];
  if (failure.redundancy !== 'instance') return [unit('node', 'node', perYear)];
  const one = unit('instance', 'instance', perYear * tier.units, tier.units - 1);
  // the whole tier at once has no frequency of its own: zones and bad deploys bring it about
  return tier.units === 1 ? [one] : [one, unit('node', 'node', 0)];
}

function withoutDomain(tiers: readonly Tier[], key: string): Map<number, number> {
  const lost = new Set([key]);
  const left = new Map<number, number>();
  for (const tier of tiers) {
    const remaining = unitsLeft(tier, lost);
    if (remaining < tier.units) left.set(tier.node, remaining);
  }
  return left;
}

function placeUnits(tiers: readonly Tier[], regional: boolean): FailureUnit[] {
  const zones = new Set<string>();
  const regions = new Set<string>();
  for (const { places } of tiers) {
    for (const { zone, region } of places) {
      if (zone !== null) zones.add(zone);
      if (regional && region !== null) regions.add(region);
    }
  }
  const unit = (kind: 'zone' | 'region', id: string, key: string): FailureUnit => (
    { unit: `${kind}:${id}`, kind, target: id, perYear: PLACES[kind], durationS: LONG_S, left: withoutDomain(tiers, key), share: 1 }
  );
  return [...[...zones].sort().map((id) => unit('zone', id, zoneKey(id))), ...[...regions].sort().map((id) => unit('region', id, regionKey(id)))];
}

function isInside(boundaries: Readonly<Record<string, Boundary>>, start: string | null | undefined, boundary: string): boolean {
  let id = start;
  for (let depth = 0; typeof id === 'string' && depth < 64; depth++) {
    if (id === boundary) return true;
    id = Object.hasOwn(boundaries, id) ? boundaries[id]?.parent : null;
  }
  return false;
}

function clusterUnits(context: EvaluationContext, tiers: readonly Tier[]): FailureUnit[] {
  const { design, nodes } = context.compiled.graph;
  const units: FailureUnit[] = [];
  for (const id of Object.keys(design.boundaries).sort()) {
    if (design.boundaries[id]?.kind !== 'cluster') continue;
    const inside = tiers.filter((tier) => isInside(design.boundaries, nodes[tier.node]?.node.boundary, id) && tier.failure.unit_availability < 1);
    if (inside.length > 0) units.push({ unit: `cluster:${id}`, kind: 'cluster', target: id, perYear: PLACES.cluster, durationS: LONG_S, left: new Map(inside.map((tier) => [tier.node, 0])), share: 1 });
  }
  return units;
}

function deployUnits(model: RiskModel): FailureUnit[] {
  return model.groups.map((group) => ({
    unit: `deploy:${group.group}`, kind: 'deploy', target: group.group, perYear: group.changesPerYear * CHANGE_FAILURE_RATE, durationS: CHANGE_REPAIR_H * 3600,
    left: new Map(group.nodes.map((node) => [node, 0])), share: group.canary,
  }));
}

/** All failure units of the connected part of a drawing, in a fixed order. Clients and unknown types do not fail. */
export function failureUnits(context: EvaluationContext, model: RiskModel): FailureUnit[] {
  const { connected, nodes } = context.compiled;
  const tiers = model.values.tiers.filter((tier) => connected[tier.node] && nodes[tier.node]?.view.behavior.routing !== 'source' && nodes[tier.node]?.view.known);
  const own = tiers.flatMap((tier) => unitsOfNode(context, tier));
  return [...own, ...placeUnits(tiers, model.regional), ...clusterUnits(context, tiers), ...deployUnits(model)];
}
