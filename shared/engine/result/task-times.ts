/** How long the messages of each producer are worked on, where one broker carries several kinds of task. */
import type { EdgeView, NodeView } from '../../contracts/graph-view.ts';
import type { EvaluationContext } from '../context.ts';
import type { Call } from '../types.ts';

/** Edges that publish a named kind of task to a broker that carries at least two kinds; null when there is none. */
function sharing({ compiled }: EvaluationContext): ReadonlySet<number> | null {
  const byBroker = new Map<NodeView, EdgeView[]>();
  for (const edge of compiled.graph.edges) {
    if (edge.kind !== 'publish' || edge.idleReason || edge.params.values.task_class === '') continue;
    const known = byBroker.get(edge.to);
    if (known) known.push(edge);
    else byBroker.set(edge.to, [edge]);
  }
  const several = [...byBroker.values()].filter((edges) => new Set(edges.map(({ params }) => params.values.task_class)).size > 1);
  return several.length === 0 ? null : new Set(several.flat().map(({ index }) => index));
}

/** Mean seconds that the consumers behind a state of a broker work on one of its messages; 0 without consumers. */
function workBehind({ compiled: { plan }, stations }: EvaluationContext, broker: number): number {
  let rate = 0;
  let total = 0;
  for (let i = plan.firstCall[broker] as number; i < (plan.endCall[broker] as number); i++) {
    const { to, wait, rate: calls } = plan.calls[i] as Call;
    if (wait !== 'async') continue;
    const scale = stations.stations[plan.slotNode[to] as number]?.demand?.cpuScale ?? 1;
    rate += calls;
    total += calls * ((plan.slotCpuS[to] as number) * scale + (plan.slotIoS[to] as number) + (stations.downstreamS[to] as number));
  }
  return rate > 0 ? total / rate : 0;
}

/** Mean seconds of work on one message of each such connection, by edge index; null where no broker carries several kinds. */
export function taskTimes(context: EvaluationContext): ReadonlyMap<number, number> | null {
  const wanted = sharing(context);
  if (wanted === null) return null;
  const { plan } = context.compiled;
  const sums = new Map<number, { rate: number; total: number }>();
  for (const call of plan.calls) {
    if (!wanted.has(call.edge)) continue;
    const rate = (context.flows.drive[call.from] as number) * call.rate;
    if (!(rate > 0)) continue;
    const sum = sums.get(call.edge) ?? { rate: 0, total: 0 };
    sum.rate += rate;
    sum.total += rate * workBehind(context, call.to);
    sums.set(call.edge, sum);
  }
  return new Map([...sums].map(([edge, { rate, total }]) => [edge, total / rate]));
}
