/** What a drawing states and no formula answers: said with its target, never left out silently. */
import type { NodeView } from '../../contracts/graph-view.ts';
import type { CompileNotes, EdgeFacts, NodeFacts } from '../types.ts';
import { poisonDeliveries } from './poison.ts';

/** Who answers is known. */
function hasOneConsumer({ out }: NodeView): boolean {
  const consumers = out.filter(({ kind, idleReason }) => !idleReason && (kind === 'consume' || kind === 'trigger'));
  return consumers.length === 1 && consumers[0]?.to.behavior.routing !== 'store';
}

/** What a connection states and no formula answers. */
function noteEdge({ view }: EdgeFacts, notes: CompileNotes): void {
  const { kind, params: { values } } = view;
  const consumes = kind === 'consume' || kind === 'trigger';
  const note = (what: string): void => void notes.notModelled.push({ what, target: view.id });
  if (values.calls_cs2 > 0 && kind === 'publish') note('The waves of messages that uneven numbers of calls make');
  if (values.request_reply && kind === 'publish' && !hasOneConsumer(view.to)) note('The wait for a reply over a broker that does not have just one consumer');
  if (values.poison_share > 0 && consumes && poisonDeliveries(view) === null) note('Consumers held for good by messages that always fail');
  if (values.bulkhead_slots !== null && values.retries > 0) note('Retries of calls that a full bulkhead refuses');
  if (values.retries > 0 && !view.synchronous && kind !== 'publish') note('Retries of what nobody waits for');
  if (values.batch_window_s > 0 && values.batch === 1 && consumes) note('A batch window without a batch');
}

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
  for (const edge of edges) if (edge.view.idleReason === null) noteEdge(edge, notes);
  for (const { view, replays, store } of nodes) {
    if (setsAside(view) && view.in.some(({ from, idleReason }) => !idleReason && mayFail(from))) notes.notModelled.push({ what: 'The messages that are set aside here', target: view.id });
    if (replays.length > 0 && !store) notes.notModelled.push({ what: 'The load of applying copied writes', target: view.id });
  }
}
