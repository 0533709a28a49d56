/** Everything that can fail as one: what is left of which nodes, how often, for how long (semantics 10, evaluation 6.5). */
import type { BlastResult } from '../../contracts/evaluation.ts';
import type { Boundary } from '../../model/design.ts';
import type { EvaluationContext } from '../context.ts';
import { CHANGE_FAILURE_RATE, CHANGE_REPAIR_H } from '../availability/changes.ts';
import type { NodesLeft } from '../availability/element-values.ts';
import type { RiskModel } from '../availability/risk-model.ts';
import { unitsBeside, type FailureDomain } from '../availability/standings.ts';
import type { Tier } from '../availability/tiers.ts';
import type { NodeFacts } from '../types.ts';

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
  /** Units left of each node that it concerns; null for a unit of one node, of which `unitsLeft` are left. */
  readonly left: NodesLeft | null;
  readonly node: number;
  readonly unitsLeft: number;
  readonly share: number;
  /** The zone or the region that is lost. */
  readonly domain?: FailureDomain;
}

/** For a unit that concerns several nodes. */
const SEVERAL = { node: -1, unitsLeft: 0 } as const;

/** Share of the keys on the hottest of so many shards. */
function hottestShare(context: EvaluationContext, node: number, shards: number): number {
  const hottest = context.stations.stations[node]?.evidence['hottest_share'] ?? 1 / shards;
  return Math.min(1, Math.max(1 / shards, hottest));
}

/** Adds what can fail of one node. */
function addNodeUnits(context: EvaluationContext, tier: Tier, units: FailureUnit[]): void {
  const { view, store, cache } = context.compiled.nodes[tier.node] as NodeFacts;
  const { failure: { failures_per_year: perYear, outage_s, redundancy }, role } = view.behavior;
  const add = (kind: FailureUnit['kind'], name: string, often: number, left = 0, share = 1): void => {
    units.push({ unit: `${name}:${view.id}`, kind, target: view.id, perYear: often, durationS: outage_s, left: null, node: tier.node, unitsLeft: left, share });
  };
  const shards = store?.shards ?? cache?.shards ?? 1;
  if (shards > 1) {
    const hottest = hottestShare(context, tier.node, shards);
    add('shard', 'shard', perYear, 0, hottest);
    add('shard', 'shards', perYear * (shards - 1), 0, (1 - hottest) / (shards - 1));
    return add('node', 'node', 0);
  }
  if (role === 'external') return add('external', 'external', perYear);
  if (redundancy !== 'instance') return add('node', 'node', perYear);
  add('instance', 'instance', perYear * tier.units, tier.units - 1);
  // the whole tier at once has no frequency of its own: zones and bad deploys bring it about
  if (tier.units !== 1) add('node', 'node', 0);
}

function withoutDomain(tiers: readonly Tier[], domain: FailureDomain): Map<number, number> {
  const left = new Map<number, number>();
  for (const { node, standing, units } of tiers) {
    const remaining = unitsBeside(standing, domain, null);
    if (remaining < units) left.set(node, remaining);
  }
  return left;
}

function placeUnits(tiers: readonly Tier[], regional: boolean): FailureUnit[] {
  const domains = new Set<FailureDomain>();
  for (const standing of new Set(tiers.map((tier) => tier.standing))) for (const domain of regional ? [...standing.zones, ...standing.regions] : standing.zones) domains.add(domain);
  const unit = (domain: FailureDomain): FailureUnit => (
    { unit: `${domain.kind}:${domain.id}`, kind: domain.kind, target: domain.id, perYear: PLACES[domain.kind], durationS: LONG_S, left: withoutDomain(tiers, domain), ...SEVERAL, share: 1, domain }
  );
  return [...domains].sort((a, b) => (a.kind === b.kind ? (a.id < b.id ? -1 : 1) : a.kind === 'zone' ? -1 : 1)).map(unit);
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
    if (inside.length > 0) units.push({ unit: `cluster:${id}`, kind: 'cluster', target: id, perYear: PLACES.cluster, durationS: LONG_S, left: new Map(inside.map((tier) => [tier.node, 0])), ...SEVERAL, share: 1 });
  }
  return units;
}

/** Nodes that are lost as a whole. */
function lostNodes(nodes: readonly number[]): Pick<FailureUnit, 'left' | 'node' | 'unitsLeft'> {
  const [only] = nodes;
  return only !== undefined && nodes.length === 1 ? { left: null, node: only, unitsLeft: 0 } : { left: new Map(nodes.map((node) => [node, 0])), ...SEVERAL };
}

function deployUnits(model: RiskModel): FailureUnit[] {
  return model.groups.map((group) => ({
    unit: `deploy:${group.group}`, kind: 'deploy', target: group.group, perYear: group.changesPerYear * CHANGE_FAILURE_RATE, durationS: CHANGE_REPAIR_H * 3600,
    ...lostNodes(group.nodes), share: group.canary,
  }));
}

/** All failure units of the connected part of a drawing, in a fixed order. Clients and unknown types do not fail. */
export function failureUnits(context: EvaluationContext, model: RiskModel): FailureUnit[] {
  const { connected, nodes } = context.compiled;
  const tiers = model.values.tiers.filter(({ node }) => {
    const view = nodes[node]?.view;
    return connected[node] && view?.known && view.behavior.routing !== 'source';
  });
  const own: FailureUnit[] = [];
  for (const tier of tiers) addNodeUnits(context, tier, own);
  return own.concat(placeUnits(tiers, model.regional), clusterUnits(context, tiers), deployUnits(model));
}
