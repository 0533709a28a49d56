/** Messages that fail at every delivery: how often each is handed out (evaluation 5.7). */
import type { EdgeView, NodeView } from '../../contracts/graph-view.ts';
import { expectedAttempts } from '../math/retries.ts';

function drawnBeside(view: NodeView): boolean {
  return view.out.some(({ to, idleReason }) => !idleReason && to.behavior.role === 'dead-letter');
}

/** Deliveries after which a failing message is set aside; null when nothing sets it aside. */
function mostDeliveries({ from, to, params }: EdgeView): number | null {
  const limit = from.params.stated('delivery_limit') ? from.params.values['delivery_limit'] : null;
  const { dlq, max_receive } = params.values;
  if (typeof limit === 'number') return Math.max(1, Math.min(limit, params.stated('max_receive') ? max_receive : limit));
  return dlq || params.stated('max_receive') || drawnBeside(from) || drawnBeside(to) ? max_receive : null;
}

/** A queue that hides a message while it is worked on and forgets it in the end; null where either is missing. */
function hides({ from, params }: EdgeView): { readonly keptS: number; readonly hiddenS: number } | null {
  const broker = from.behavior.resources.find((resource) => resource.kind === 'message-broker');
  if (broker?.kind !== 'message-broker' || broker.retention_s === null) return null;
  const hiddenS = params.values.visibility_s ?? broker.visibility_s;
  return hiddenS !== null && hiddenS > 0 ? { keptS: broker.retention_s, hiddenS } : null;
}

/**
 * Deliveries of one message that always fails: until it is set aside, or each time its hiding ends until the queue forgets it
 * (retention / visibility). Null: for ever, so that one after the other holds a consumer and no mean exists.
 */
export function poisonDeliveries(edge: EdgeView): number | null {
  const most = mostDeliveries(edge);
  if (most !== null) return most;
  const queue = hides(edge);
  return queue === null ? null : Math.max(1, queue.keptS / queue.hiddenS);
}

/** Mean deliveries of a message over this connection: those that fail by chance come again, the poisonous ones every time. */
export function meanDeliveries(edge: EdgeView): number {
  const { error_rate, poison_share, max_receive } = edge.params.values;
  const usual = error_rate > 0 ? expectedAttempts(error_rate, max_receive - 1) : 1;
  return poison_share > 0 ? (1 - poison_share) * usual + poison_share * (poisonDeliveries(edge) ?? 1) : usual;
}
