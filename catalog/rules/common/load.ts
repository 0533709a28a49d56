/** What is known about the load of a component. */
import type { NodeView } from '../../../shared/contracts/graph-view.ts';
import type { Facts } from '../../../shared/contracts/rule.ts';
import { loadIsStated } from './practice.ts';

/**
 * True when somebody set the load, or something about the component, what it calls or the calls. Assumed numbers alone make
 * no overload of the drawing: an assumed task of a second meets an assumed rate in every first sketch with a worker.
 */
export function anythingStated(facts: Facts, view: NodeView): boolean {
  const reached = new Set([view]);
  for (const next of reached) {
    if (loadIsStated(facts, next) || next.in.some(({ edge }) => Object.keys(edge.params).length > 0)) return true;
    for (const edge of next.out) if (edge.idleReason === null) reached.add(edge.to);
  }
  return false;
}
