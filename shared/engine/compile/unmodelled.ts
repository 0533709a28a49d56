/** What a drawing states and no formula answers: said with its target, never left out silently. */
import type { EdgeParams } from '../../contracts/edge-params.ts';
import type { NodeView } from '../../contracts/graph-view.ts';
import type { CompileNotes, EdgeFacts, NodeFacts } from '../types.ts';

interface Gap { readonly applies: (values: EdgeParams, edge: EdgeFacts) => boolean; readonly what: string }

const GAPS: readonly Gap[] = [
  { applies: (values) => values.calls_cs2 > 0, what: 'Uneven numbers of calls: the mean is computed with' },
  { applies: (values, { view }) => values.request_reply && view.kind === 'publish', what: 'The wait for a reply over the broker' },
  { applies: (values) => values.bulkhead_slots !== null && values.retries > 0, what: 'Retries of calls that a full bulkhead refuses' },
  { applies: (values, { view }) => values.retries > 0 && !view.synchronous, what: 'Retries of messages before the broker has them' },
  { applies: (values) => values.circuit_breaker && values.retries > 0, what: 'The load that an open circuit breaker keeps away' },
  { applies: (values, { view }) => values.batch_window_s > 0 && values.batch === 1 && (view.kind === 'consume' || view.kind === 'trigger'), what: 'A batch window without a batch' },
];

/** Takes the messages that keep failing. */
function setsAside({ behavior }: NodeView): boolean {
  return behavior.role === 'dead-letter';
}

/** Some messages fail at every delivery: of those that this broker hands out, or of those that this worker takes. */
function mayFail(view: NodeView): boolean {
  return [...view.out, ...view.in].some(({ kind, idleReason, params }) => !idleReason && (kind === 'consume' || kind === 'trigger') && params.values.error_rate > 0);
}

/** Add a note for every connection that states something of this kind. */
export function noteUnmodelled(edges: readonly EdgeFacts[], nodes: readonly NodeFacts[], notes: CompileNotes): void {
  for (const edge of edges) {
    if (edge.view.idleReason) continue;
    for (const { applies, what } of GAPS) if (applies(edge.view.params.values, edge)) notes.notModelled.push({ what, target: edge.view.id });
  }
  for (const { view, replays, store } of nodes) {
    if (setsAside(view) && view.in.some(({ from, idleReason }) => !idleReason && mayFail(from))) notes.notModelled.push({ what: 'The messages that are set aside here', target: view.id });
    if (replays.length > 0 && !store) notes.notModelled.push({ what: 'The load of applying copied writes', target: view.id });
  }
}
