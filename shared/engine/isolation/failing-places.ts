/** Tiers that can fail, and the places that take several of them down at once (semantics 10, evaluation 6.5). */
import type { Boundary } from '../../model/design.ts';
import type { EvaluationContext } from '../context.ts';
import type { RiskModel } from '../availability/risk-model.ts';
import { unitsBeside, type FailureDomain } from '../availability/standings.ts';
import type { Tier } from '../availability/tiers.ts';
import { UnitsLeft } from './units-left.ts';

/** Failures per year of places [A]; they last longer than the 300 s that count as a full outage. */
const PLACES = { zone: 0.3, region: 0.1, cluster: 0.5 } as const;
const LONG_S = 3600;

/** A zone, a region or a cluster that fails as one. */
export interface FailingPlace {
  readonly kind: keyof typeof PLACES;
  readonly id: string;
  readonly perYear: number;
  readonly durationS: number;
  /** What it leaves of the nodes that stand in it. */
  readonly left: UnitsLeft;
  /** The zone or the region that is lost. */
  readonly domain: FailureDomain | null;
}

/** Tiers of the connected part of a drawing, in node order. Clients and unknown types do not fail. */
export function failingTiers({ compiled: { connected, nodes } }: EvaluationContext, { values: { tiers } }: RiskModel): readonly Tier[] {
  const failing: Tier[] = [];
  for (const tier of tiers) {
    const view = nodes[tier.node]?.view;
    if (connected[tier.node] && view?.known && view.behavior.routing !== 'source') failing.push(tier);
  }
  return failing;
}

function place(kind: FailingPlace['kind'], id: string, left: UnitsLeft, domain: FailureDomain | null): FailingPlace {
  return { kind, id, perYear: PLACES[kind], durationS: LONG_S, left, domain };
}

function withoutDomain(tiers: readonly Tier[], domain: FailureDomain, nodes: number): UnitsLeft {
  const left = new UnitsLeft(nodes);
  for (const { node, standing, units } of tiers) {
    const remaining = unitsBeside(standing, domain, null);
    if (remaining < units) left.set(node, remaining);
  }
  return left;
}

/** Zones, then regions where more than one is in use; each kind in id order. */
function failingDomains(tiers: readonly Tier[], regional: boolean, nodes: number): FailingPlace[] {
  const domains = new Set<FailureDomain>();
  for (const standing of new Set(tiers.map((tier) => tier.standing))) for (const domain of regional ? [...standing.zones, ...standing.regions] : standing.zones) domains.add(domain);
  return [...domains].sort((a, b) => (a.kind === b.kind ? (a.id < b.id ? -1 : 1) : a.kind === 'zone' ? -1 : 1)).map((domain) => place(domain.kind, domain.id, withoutDomain(tiers, domain, nodes), domain));
}

function isInside(boundaries: Readonly<Record<string, Boundary>>, start: string | null | undefined, boundary: string): boolean {
  let id = start;
  for (let depth = 0; typeof id === 'string' && depth < 64; depth++) {
    if (id === boundary) return true;
    id = Object.hasOwn(boundaries, id) ? boundaries[id]?.parent : null;
  }
  return false;
}

function failingClusters({ compiled: { graph: { design: { boundaries }, nodes } } }: EvaluationContext, tiers: readonly Tier[]): FailingPlace[] {
  const places: FailingPlace[] = [];
  for (const id of Object.keys(boundaries).sort()) {
    if (boundaries[id]?.kind !== 'cluster') continue;
    const left = new UnitsLeft(nodes.length);
    for (const { node, failure } of tiers) if (failure.unit_availability < 1 && isInside(boundaries, nodes[node]?.node.boundary, id)) left.set(node, 0);
    if (left.size > 0) places.push(place('cluster', id, left, null));
  }
  return places;
}

/** All places that some of these tiers stand in: zones, regions, clusters; each kind in id order. */
export function failingPlaces(context: EvaluationContext, model: RiskModel, tiers: readonly Tier[]): readonly FailingPlace[] {
  return failingDomains(tiers, model.regional, context.compiled.nodes.length).concat(failingClusters(context, tiers));
}
