/** Bytes between zones and regions (evaluation 7.2): P(cross) x both ways x the price on each side. */
import { oncePer } from '../../lib/once-per.ts';
import type { CompiledDesign, EdgeFacts } from '../types.ts';
import type { EvaluationContext } from '../context.ts';
import { averageRate, monthlyGb } from '../math/prices.ts';

/** One transfer line of an edge. */
export interface Transfer { readonly edge: number; readonly label: string; readonly key: string; readonly gb: number }

const SMALL_KB = 2;

/** Ends outside of the zones: clients, foreign services, and services at the network's edge. Their bytes have other prices. */
function outside({ view }: EdgeFacts): boolean {
  return [view.from, view.to].some(({ behavior }) => {
    return behavior.routing === 'source' || behavior.role === 'external' || behavior.role === 'edge' || behavior.resources.some((resource) => resource.kind === 'edge-cache');
  });
}

/** A regional service that is paid by use answers in every zone: its provider bills no bytes between zones. */
function zoneless({ view }: EdgeFacts): boolean {
  return [view.from, view.to].some(({ behavior }) => behavior.failure.regional && behavior.operations.burden === 'serverless');
}

function crossing(facts: EdgeFacts): { readonly zone: number; readonly region: number } {
  const { view } = facts;
  const stated = view.params.values.network_class;
  if (stated === 'in_process' || stated === 'same_zone' || stated === 'internet') return { zone: 0, region: 0 };
  if (stated === 'cross_region' || (stated === 'auto' && view.from.region !== view.to.region)) return { zone: 0, region: 1 };
  if (zoneless(facts)) return { zone: 0, region: 0 };
  return { zone: stated === 'cross_zone' ? 1 : view.crossZone, region: 0 };
}

/** Connections whose bytes cross a boundary that is billed, with the shares that do, in edge order. */
const crossings = oncePer(({ edges }: CompiledDesign) => edges.flatMap((facts) => {
  if (facts.view.idleReason || outside(facts)) return [];
  const { zone, region } = crossing(facts);
  return zone > 0 || region > 0 ? [{ facts, zone, region }] : [];
}));

/** KB per second at the peak that travel an edge both ways. A copy between stores carries the source's writes. */
function peakKb(context: EvaluationContext, facts: EdgeFacts): number {
  const { flows } = context;
  const { view } = facts;
  const kb = flows.edgeKb[view.index] as number;
  if (kb > 0 || view.kind !== 'replicate') return kb;
  return (flows.nodeWrites[view.from.index] as number) * (view.params.values.request_kb ?? SMALL_KB);
}

/** Transfer of all edges that carry something between zones or regions, GB a month, in edge order. */
export function solveTransfers(context: EvaluationContext): readonly Transfer[] {
  const { compiled } = context;
  const transfers: Transfer[] = [];
  for (const { facts, zone, region } of crossings(compiled)) {
    const gb = monthlyGb(averageRate(peakKb(context, facts), compiled.workload.peak_to_avg), 1);
    // billed on both sides of a zone boundary, and once at the border of a region
    if (gb * zone > 0) transfers.push({ edge: facts.view.index, label: 'Between zones', key: 'cross_az_gb', gb: 2 * gb * zone });
    if (gb * region > 0) transfers.push({ edge: facts.view.index, label: 'Between regions', key: 'cross_region_gb', gb: gb * region });
  }
  return transfers;
}
