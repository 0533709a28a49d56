/** What a drawing states and no formula answers: said with its target, never left out silently. */
import type { EdgeParams } from '../../contracts/edge-params.ts';
import type { NodeView } from '../../contracts/graph-view.ts';
import type { CompileNotes, EdgeFacts, NodeFacts } from '../types.ts';
import { poisonDeliveries } from './poison.ts';

interface Gap { readonly applies: (values: EdgeParams, edge: EdgeFacts) => boolean; readonly what: string }

/** Who answers is known. */
function hasOneConsumer({ out }: NodeView): boolean {
  const consumers = out.filter(({ kind, idleReason }) => !idleReason && (kind === 'consume' || kind === 'trigger'));
  return consumers.length === 1 && consumers[0]?.to.behavior.routing !== 'store';
}

const GAPS: readonly Gap[] = [
  { applies: (values, { view }) => values.calls_cs2 > 0 && view.kind === 'publish', what: 'The waves of messages that uneven numbers of calls make' },
  { applies: (values, { view }) => values.request_reply && view.kind === 'publish' && !hasOneConsumer(view.to), what: 'The wait for a reply over a broker that does not have just one consumer' },
  { applies: (values, { view }) => values.poison_share > 0 && (view.kind === 'consume' || view.kind === 'trigger') && poisonDeliveries(view) === null, what: 'Consumers held for good by messages that always fail' },
  { applies: (values) => values.bulkhead_slots !== null && values.retries > 0, what: 'Retries of calls that a full bulkhead refuses' },
  { applies: (values, { view }) => values.retries > 0 && !view.synchronous && view.kind !== 'publish', what: 'Retries of what nobody waits for' },
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
