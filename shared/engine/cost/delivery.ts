/**
 * Bytes that leave towards public clients, and who is paid for them (semantics 10). Uploads are free. A component with
 * its own price for outgoing bytes (a content delivery network) is paid instead of the internet line, also when it
 * stands behind components that only pass requests on.
 */
import type { EdgeView, NodeView } from '../../contracts/graph-view.ts';
import { oncePer } from '../../lib/once-per.ts';
import type { EvaluationContext } from '../context.ts';
import { floats, type Numbers } from '../math/lists.ts';
import type { CompiledDesign } from '../types.ts';
import { averageRate, monthlyGb } from '../math/prices.ts';

/** Bytes to public clients: GB a month by journey, for each client edge and for each component with its own price. */
export interface Delivery {
  readonly edges: ReadonlyMap<number, Numbers>;
  readonly nodes: ReadonlyMap<number, Numbers>;
}

const NOBODY = -1;
const SMALL_KB = 2;
const NO_SELLER: ReadonlyMap<number, number> = new Map([[NOBODY, 1]]);

function isPublic(node: NodeView): boolean {
  return node.behavior.routing === 'source' && node.params.values['kind'] === 'public';
}

/** True when a component has its own price for the bytes that it sends. */
export function sellsDelivery(node: NodeView): boolean {
  return node.behavior.costs.some((line) => line.quantity.per === 'gb_out');
}

/** Response size on an edge of a journey, KB: the journey's own where it states one. */
function responseKb(context: EvaluationContext, edge: EdgeView, journey: number): number {
  const stated = (context.compiled.journeys[journey]?.journey.steps ?? []).filter((step) => step.edge === edge.id && step.response_kb !== undefined);
  if (stated.length > 0) return stated.reduce((sum, step) => sum + (step.response_kb ?? 0), 0) / stated.length;
  return edge.params.values.response_kb ?? context.compiled.workload.payload_out_kb;
}

class DeliveryFinder {
  private readonly context: EvaluationContext;
  private readonly known = new Map<number, ReadonlyMap<number, number>>();

  constructor(context: EvaluationContext) {
    this.context = context;
  }

  /** Who answers what arrives at a node: shares by component with its own price, `NOBODY` for the rest. */
  sellers(node: NodeView): ReadonlyMap<number, number> {
    const existing = this.known.get(node.index);
    if (existing) return existing;
    const shares = new Map<number, number>();
    this.known.set(node.index, shares);
    const facts = this.context.compiled.nodes[node.index];
    const out = facts?.split ? node.out.filter((edge) => edge.synchronous && !edge.idleReason && this.flow(edge) > 0) : [];
    const total = out.reduce((sum, edge) => sum + this.flow(edge), 0);
    if (sellsDelivery(node)) shares.set(node.index, 1);
    else if (!(total > 0)) shares.set(NOBODY, 1);
    else {
      for (const edge of out) {
        for (const [seller, share] of this.sellers(edge.to)) shares.set(seller, (shares.get(seller) ?? 0) + (share * this.flow(edge)) / total);
      }
    }
    return shares;
  }

  private flow(edge: EdgeView): number {
    return (this.context.flows.edgeReads[edge.index] as number) + (this.context.flows.edgeWrites[edge.index] as number);
  }
}

/** Connections from or to public clients, in edge order. */
const publicEdges = oncePer(({ edges }: CompiledDesign) => edges.filter(({ view }) => !view.idleReason && (isPublic(view.from) || isPublic(view.to))));

/** GB a month to public clients at the average rate. `rates`: requests per second by journey. */
export function solveDelivery(context: EvaluationContext, rates: Numbers): Delivery {
  const { compiled, visits } = context;
  const finder = new DeliveryFinder(context);
  const edges = new Map<number, Numbers>();
  const nodes = new Map<number, Numbers>();
  const add = (to: Map<number, Numbers>, key: number, journey: number, gb: number): void => {
    const sums = to.get(key) ?? floats(rates.length);
    sums[journey] = (sums[journey] as number) + gb;
    to.set(key, sums);
  };
  for (const { view } of publicEdges(compiled)) {
    const towards = isPublic(view.to);
    const sellers = towards ? NO_SELLER : finder.sellers(view.to);
    visits.forEach((visited, journey) => {
      const times = visited.edges[view.index] as number;
      if (times === 0) return;
      // answers, and pushes over the connection that the client holds
      const kb = times * (towards ? (view.params.values.request_kb ?? SMALL_KB) : responseKb(context, view, journey));
      const gb = monthlyGb(averageRate(rates[journey] as number, compiled.workload.peak_to_avg), kb);
      if (!(gb > 0)) return;
      for (const [seller, share] of sellers) {
        if (seller === NOBODY) add(edges, view.index, journey, gb * share);
        else add(nodes, seller, journey, gb * share);
      }
    });
  }
  return { edges, nodes };
}
