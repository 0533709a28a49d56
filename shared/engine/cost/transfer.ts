/** Bytes between zones and regions (evaluation 7.2): P(cross) x both ways x the price on each side. */
import type { EdgeView, NodeView } from '../../contracts/graph-view.ts';
import { oncePer } from '../../lib/once-per.ts';
import { floats, type Numbers } from '../math/lists.ts';
import type { CompiledDesign, EdgeFacts, NodeFacts } from '../types.ts';
import type { EvaluationContext } from '../context.ts';
import { averageRate, crossZoneGb, monthlyGb } from '../math/prices.ts';

const SMALL_KB = 2;

/** Outside of the zones: clients, foreign services, and services at the network's edge. Their bytes have other prices. */
function isOutside({ behavior: { routing, role, resources } }: NodeView): boolean {
  if (routing === 'source' || role === 'external' || role === 'edge') return true;
  for (const resource of resources) if (resource.kind === 'edge-cache') return true;
  return false;
}

/** A regional service that is paid by use answers in every zone: its provider bills no bytes between zones. */
function isZoneless({ behavior: { failure, operations } }: NodeView): boolean {
  return failure.regional && operations.burden === 'serverless';
}

/** How the bytes of a node are billed. */
const BILLED = { between: 0, zoneless: 1, outside: 2 } as const;

/** Shares of the bytes of each connection that cross a boundary which is billed, and the connections where one is above 0. */
interface Crossings { readonly edges: readonly number[]; readonly zone: Numbers; readonly region: Numbers }

const crossings = oncePer(({ edges, nodes }: CompiledDesign): Crossings => {
  const billed = new Array<number>(nodes.length);
  for (let node = 0; node < nodes.length; node++) {
    const { view } = nodes[node] as NodeFacts;
    billed[node] = isOutside(view) ? BILLED.outside : isZoneless(view) ? BILLED.zoneless : BILLED.between;
  }
  const crossing: number[] = [];
  const zone = floats(edges.length);
  const region = floats(edges.length);
  for (let edge = 0; edge < edges.length; edge++) {
    const { view } = edges[edge] as EdgeFacts;
    const { from, to } = view;
    const ends = Math.max(billed[from.index] as number, billed[to.index] as number);
    if (ends === BILLED.outside || view.idleReason) continue;
    const stated = view.params.values.network_class;
    if (stated === 'in_process' || stated === 'same_zone' || stated === 'internet') continue;
    if (stated === 'cross_region' || (stated === 'auto' && from.region !== to.region)) region[edge] = 1;
    else if (ends !== BILLED.zoneless) zone[edge] = stated === 'cross_zone' ? 1 : view.crossZone;
    if ((zone[edge] as number) > 0 || (region[edge] as number) > 0) crossing.push(edge);
  }
  return { edges: crossing, zone, region };
});

/** KB per second at the peak that travel an edge both ways. A copy between stores carries the source's writes. */
function peakKb(context: EvaluationContext, facts: EdgeFacts): number {
  const { flows } = context;
  const { view } = facts;
  const kb = flows.edgeKb[view.index] as number;
  if (kb > 0 || view.kind !== 'replicate') return kb;
  return (flows.nodeWrites[view.from.index] as number) * (view.params.values.request_kb ?? SMALL_KB);
}

/** Calls `add` for what every edge carries between zones or regions, GB a month, in edge order. */
export function solveTransfers(context: EvaluationContext, add: (edge: EdgeView, label: string, key: string, gb: number) => void): void {
  const { compiled } = context;
  const { edges, zone, region } = crossings(compiled);
  for (const edge of edges) {
    const facts = compiled.edges[edge] as EdgeFacts;
    const gb = monthlyGb(averageRate(peakKb(context, facts), compiled.workload.peak_to_avg), 1);
    const between = gb * (region[edge] as number);
    // billed on both sides of a zone boundary, and once at the border of a region
    if (gb * (zone[edge] as number) > 0) add(facts.view, 'Between zones', 'cross_az_gb', crossZoneGb(gb, zone[edge] as number));
    if (between > 0) add(facts.view, 'Between regions', 'cross_region_gb', between);
  }
}
