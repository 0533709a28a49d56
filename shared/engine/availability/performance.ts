/** What load alone loses: the narrowest hard place, and calls answered too late or in error (semantics 9.1, 9.3). */
import type { EvaluationContext } from '../context.ts';
import { floats, type Numbers, wholes } from '../math/lists.ts';
import { exhaustedRetries } from '../math/retries.ts';
import type { Call, EdgeFacts, NodeStation } from '../types.ts';
import type { ElementValues } from './element-values.ts';
import type { Element } from './expressions.ts';
import { busiest } from './hardness.ts';
import type { JourneyStructure } from './structures.ts';
import { shareOf } from './call-table.ts';

/** Capacity over first attempts, so that retries do not count twice; and what limiters and full backlogs let through. */
function nodeServes(context: EvaluationContext, node: number): number {
  const { flows, stations } = context;
  const all = (flows.nodeReads[node] as number) + (flows.nodeWrites[node] as number);
  const ofFirst = flows.retries && all > 0 ? (flows.first[node] as number) / all : 1;
  const rho = busiest(stations.stations[node] as NodeStation) * ofFirst;
  const evidence = stations.stations[node]?.evidence;
  // on the edge of capacity a short queue and a small bucket turn some away by chance
  return Math.min(rho > 1 ? 1 / rho : 1, evidence?.['admitted_share'] ?? 1, 1 - (evidence?.['backlog_lost_share'] ?? 0));
}

/** Mean over the members of a pool, by what each is offered. */
function poolServes(context: EvaluationContext, values: ElementValues, members: readonly number[]): number {
  const total = members.reduce((sum, node) => sum + values.tier(node).lambda, 0);
  return total > 0 ? members.reduce((sum, node) => sum + (values.tier(node).lambda / total) * nodeServes(context, node), 0) : 1;
}

/** min(1, capacity/load) of every element. */
export function servedByElements(context: EvaluationContext, values: ElementValues): Numbers {
  const served = floats(values.elements.length);
  for (let i = 0; i < served.length; i++) {
    const element = values.elements[i] as Element;
    served[i] = element.kind === 'shards' ? 1 : element.kind === 'pool' ? poolServes(context, values, element.members) : nodeServes(context, element.node);
  }
  return served;
}

/** Share of the calls over an edge that stay unanswered after all attempts: too late, refused by a full pool, or in error. */
function unanswered(context: EvaluationContext, edge: EdgeFacts): number {
  const { error_rate, retries } = edge.view.params.values;
  const late = context.latency.timeouts[edge.view.index] as number;
  const refused = context.stations.pools[edge.view.index]?.refused ?? 0;
  if (late === 0 && refused === 0 && error_rate === 0) return 0;
  return exhaustedRetries(1 - (1 - late) * (1 - refused) * (1 - error_rate), retries);
}

/** Shares that stay unanswered, by edge. */
export function unansweredShares(context: EvaluationContext): Numbers {
  const { edges } = context.compiled;
  const shares = floats(edges.length);
  for (let i = 0; i < shares.length; i++) shares[i] = unanswered(context, edges[i] as EdgeFacts);
  return shares;
}

/** Product over the hard edges of a journey of the share that is answered in time; `lost` from `unansweredShares`. */
export function answeredInTime(context: EvaluationContext, structure: JourneyStructure, journey: number, lost: Numbers): number {
  const { compiled: { plan, edges } } = context;
  if (!lost.some((share) => share > 0)) return 1;
  const { hard, calls: { from, to, groups } } = structure.hardness;
  const worst = floats(lost.length);
  const lose = (edge: number, share: number): void => void (worst[edge] = Math.max(worst[edge] as number, share * (lost[edge] ?? 0)));
  const reached = wholes(plan.slotNode.length);
  for (const entry of plan.entries) {
    if (entry.journey !== journey || entry.weight === 0 || !(entry.hard || structure.hardness.required.has(plan.slotNode[entry.slot] as number))) continue;
    reached[entry.slot] = 1;
    if (edges[entry.edge] && entry.group === null) lose(entry.edge, Math.min(1, entry.times));
  }
  for (let i = 0; i < from.length; i++) {
    if (hard[i] === 0 || reached[from[i] as number] === 0) continue;
    reached[to[i] as number] = 1;
    const call = plan.calls[i] as Call;
    // a member of a group of alternatives that is late is replaced by another
    if ((lost[call.edge] as number) > 0 && groups[call.edge] === null) lose(call.edge, shareOf(call));
  }
  let answered = 1;
  for (const share of worst) answered *= 1 - share;
  return answered;
}
