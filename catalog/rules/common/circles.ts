/** Own code that calls itself in a circle. Circles in calls are rare: without one, nothing here walks the drawing. */
import type { EdgeView, NodeView } from '../../../shared/contracts/graph-view.ts';
import type { Facts } from '../../../shared/contracts/rule.ts';
import { keptBy } from '../../../shared/lib/once-per.ts';
import { liveNodes } from './targets.ts';
import { byName } from './views.ts';

/** Components that reach each other by calls that wait, with the calls between them. */
export interface Circle {
  /** Own code in it, by name; what only passes requests on is left out. */
  readonly members: readonly NodeView[];
  readonly calls: readonly EdgeView[];
  /** Of the calls those that the engine left out of the numbers because they close the circle. */
  readonly closing: readonly EdgeView[];
}

const isCall = ({ kind }: EdgeView): boolean => kind === 'http' || kind === 'ws';

/** The connections that the engine cut so that its walk ends. */
function cut(facts: Facts): ReadonlySet<EdgeView> {
  const found = new Set<EdgeView>();
  for (const { code, target } of facts.evaluation.assumptions) {
    const edge = code === 'cycle' && target?.kind === 'edge' ? facts.graph.edgeById.get(target.id) : undefined;
    if (edge !== undefined && isCall(edge)) found.add(edge);
  }
  return found;
}

type Next = ReadonlyMap<NodeView, readonly EdgeView[]>;

function grouped(calls: readonly EdgeView[], endOf: (edge: EdgeView) => NodeView): Next {
  const found = new Map<NodeView, EdgeView[]>();
  for (const edge of calls) {
    const list = found.get(endOf(edge));
    if (list) list.push(edge);
    else found.set(endOf(edge), [edge]);
  }
  return found;
}

/** Callees before their callers, except inside circles (depth first, without recursion). */
function finishOrder(out: Next): NodeView[] {
  const seen = new Set<NodeView>();
  const finished: NodeView[] = [];
  for (const root of out.keys()) {
    if (seen.has(root)) continue;
    seen.add(root);
    const stack = [{ node: root, at: 0 }];
    for (let top = stack[0]; top !== undefined; top = stack[stack.length - 1]) {
      const edge = out.get(top.node)?.[top.at];
      top.at += 1;
      if (edge === undefined) {
        finished.push(top.node);
        stack.pop();
      } else if (!seen.has(edge.to)) {
        seen.add(edge.to);
        stack.push({ node: edge.to, at: 0 });
      }
    }
  }
  return finished;
}

/** Number of the group of components that reach each other, for each component (Kosaraju). */
function groupsOf(calls: readonly EdgeView[]): ReadonlyMap<NodeView, number> {
  const back = grouped(calls, ({ to }) => to);
  const group = new Map<NodeView, number>();
  let count = 0;
  for (const root of finishOrder(grouped(calls, ({ from }) => from)).reverse()) {
    if (group.has(root)) continue;
    group.set(root, count);
    const queue = [root];
    for (const node of queue) {
      for (const { from } of back.get(node) ?? []) {
        if (group.has(from)) continue;
        group.set(from, count);
        queue.push(from);
      }
    }
    count += 1;
  }
  return group;
}

/** Circles in which at least two components of own code wait for each other, the one with the first name first. */
function find(facts: Facts): readonly Circle[] {
  const closing = cut(facts);
  if (closing.size === 0) return [];
  const live = new Set(liveNodes(facts));
  const calls = facts.graph.edges.filter((edge) => isCall(edge) && live.has(edge.from) && live.has(edge.to) && edge.from !== edge.to && (edge.idleReason === null || closing.has(edge)));
  const group = groupsOf(calls);
  const inside = new Map<number, EdgeView[]>();
  for (const edge of calls) {
    const number = group.get(edge.from);
    if (number === undefined || number !== group.get(edge.to)) continue;
    const list = inside.get(number);
    if (list) list.push(edge);
    else inside.set(number, [edge]);
  }
  const found = [...inside.values()].map((list): Circle => ({
    members: [...new Set(list.map(({ from }) => from))].filter(({ behavior }) => behavior.failure.own_code).sort(byName),
    calls: list,
    closing: list.filter((edge) => closing.has(edge)),
  }));
  return found.filter(({ members }) => members.length > 1).sort((a, b) => byName(a.members[0] as NodeView, b.members[0] as NodeView));
}

/** The circles of a drawing. Needs the fact `nodes`. */
export const circles: (facts: Facts) => readonly Circle[] = keptBy(find, (facts) => facts.evaluation.nodes);

/** Whether any of these calls still lie on a circle: what nobody calls is taken away until nothing changes. */
export function goesRound(calls: readonly EdgeView[]): boolean {
  const out = grouped(calls, ({ from }) => from);
  const callers = new Map<NodeView, number>();
  for (const { to } of calls) callers.set(to, (callers.get(to) ?? 0) + 1);
  const free = [...out.keys()].filter((node) => !callers.has(node));
  let left = calls.length;
  for (const node of free) {
    for (const { to } of out.get(node) ?? []) {
      left -= 1;
      const others = (callers.get(to) ?? 0) - 1;
      callers.set(to, others);
      if (others === 0) free.push(to);
    }
  }
  return left > 0;
}

/** Calls made by one call of the caller: of a splitter each request takes one way. */
function factor({ from, params }: EdgeView, out: Next): number {
  const { calls, probability, weight } = params.values;
  if (from.behavior.routing !== 'split') return calls * probability;
  const all = (out.get(from) ?? []).reduce((sum, edge) => sum + edge.params.values.weight, 0);
  return all > 0 ? (calls * probability * weight) / all : 0;
}

/** Requests that come back for each one that sets out, on the shortest way round by a closing call; the largest of them. */
export function roundGain(facts: Facts, { calls, closing }: Circle): number {
  const inside = grouped(calls, ({ from }) => from);
  const all = grouped(facts.graph.edges.filter((edge) => isCall(edge) && inside.has(edge.from)), ({ from }) => from);
  let most = 0;
  for (const start of closing) {
    const gain = new Map<NodeView, number>([[start.to, factor(start, all)]]);
    for (const [node, so_far] of gain) for (const edge of inside.get(node) ?? []) if (!gain.has(edge.to)) gain.set(edge.to, so_far * factor(edge, all));
    most = Math.max(most, gain.get(start.from) ?? 0);
  }
  return most;
}
