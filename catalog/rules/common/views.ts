import type { Resource } from '../../../shared/contracts/behavior.ts';
import type { EdgeView, NodeView } from '../../../shared/contracts/graph-view.ts';
import type { Facts } from '../../../shared/contracts/rule.ts';

/** The first resource of a kind; null where a component has none. */
export function resourceOf<K extends Resource['kind']>({ behavior }: NodeView, kind: K): Extract<Resource, { readonly kind: K }> | null {
  for (const resource of behavior.resources) if (resource.kind === kind) return resource as Extract<Resource, { readonly kind: K }>;
  return null;
}

/** Order of components by name, then id: lists in messages do not depend on the order of the document. */
export function byName(a: NodeView, b: NodeView): number {
  const left = a.node.name;
  const right = b.node.name;
  if (left !== right) return left < right ? -1 : 1;
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
}

/** Indices of components by their ids, as results list them: in the order of the drawing, so that both lists are gone through side by side. */
export function indicesOf({ graph: { nodes, nodeById } }: Facts, ids: readonly string[]): readonly number[] {
  const found: number[] = [];
  let at = 0;
  for (const id of ids) {
    while (at < nodes.length && (nodes[at] as NodeView).id !== id) at += 1;
    // in another order, or of no component at all
    const index = at < nodes.length ? at : nodeById.get(id)?.index;
    if (index === undefined) continue;
    found.push(index);
    at = index + 1;
  }
  return found;
}

/** Whether a component is of a type, also under another spelling of it. */
export function isOfType(facts: Facts, view: NodeView, type: string): boolean {
  const drawn = view.node.type;
  if (drawn === type) return true;
  const spelled = drawn.includes('_') ? drawn.replaceAll('_', '-') : drawn;
  return spelled === type || (facts.components.get(type)?.aliases?.includes(spelled) ?? false);
}

/** Passes requests on without code of the team: balancers, proxies, gateways that are bought, poolers, routers. */
function passesOn({ behavior }: NodeView): boolean {
  return behavior.routing === 'split' && !behavior.failure.own_code;
}

/** A component of own code with its connection on the way to another. */
export interface OwnCaller { readonly caller: NodeView; readonly edge: EdgeView }

/**
 * Components of own code that reach a component, straight or through what only passes requests on, each with its own
 * connection on that way. Idle connections and migrations do not count.
 */
export function ownCallers(view: NodeView): readonly OwnCaller[] {
  const found: OwnCaller[] = [];
  const queue = [view];
  for (const current of queue) {
    for (const edge of current.in) {
      if (edge.idleReason !== null || !edge.synchronous || edge.kind === 'migrate') continue;
      if (edge.from.behavior.failure.own_code) found.push({ caller: edge.from, edge });
      else if (passesOn(edge.from) && !queue.includes(edge.from)) queue.push(edge.from);
    }
  }
  return found;
}
