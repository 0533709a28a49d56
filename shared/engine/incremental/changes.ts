/**
 * What differs between two states of a drawing, and how far that reaches: the ground on which results are kept. All marks are
 * conservative: what is not marked is the same, what is marked may be.
 */
import { type Numbers, wholes } from '../math/lists.ts';
import type { Call, CompiledDesign, EdgeFacts, NodeFacts, Plan, TrafficResult } from '../types.ts';
import { sameCall, sameEdge, sameNode } from './same.ts';
import { isShared } from './share.ts';

/** How many connections away a component still counts as touched by a change: formulas look at callers, callees and theirs. */
const REACH = 2;

/** Marks by index: 1 where something may differ. */
export interface Changes {
  /** Components whose surroundings differ, up to two connections away. */
  readonly nodes: Numbers;
  readonly journeys: Numbers;
  /** Components that differ themselves. */
  readonly own: Numbers;
  /** Those, the ends of connections and calls that differ, and the consumers of queues that do: where an answer may take another time though the stations are the same. */
  readonly ends: Numbers;
  /** Connections, calls and entries are all the same. */
  readonly walk: boolean;
}

function sameEnds(before: EdgeFacts, after: EdgeFacts): boolean {
  return before.view.id === after.view.id && before.view.from.index === after.view.from.index && before.view.to.index === after.view.to.index;
}

/** The same components, connections and states of the walk in the same order: everything that has an index keeps it. */
function sameIndices(before: CompiledDesign, after: CompiledDesign): boolean {
  if (before.nodes.length !== after.nodes.length || before.edges.length !== after.edges.length || before.uses.length !== after.uses.length || before.journeys.length !== after.journeys.length) return false;
  const ids = before.nodes.every(({ view }, i) => view.id === after.nodes[i]?.view.id) && before.journeys.every(({ id }, i) => id === after.journeys[i]?.id);
  return ids && before.edges.every((edge, i) => sameEnds(edge, after.edges[i] as EdgeFacts)) && sameStates(before.plan, after.plan);
}

function sameNumbers(before: ArrayLike<number>, after: ArrayLike<number>): boolean {
  if (before.length !== after.length) return false;
  for (let i = 0; i < after.length; i++) if (!Object.is(before[i], after[i])) return false;
  return true;
}

function sameStates(before: Plan, after: Plan): boolean {
  return sameNumbers(before.slotNode, after.slotNode) && sameNumbers(before.slotOp, after.slotOp) && sameNumbers(before.firstCall, after.firstCall) && sameNumbers(before.order, after.order) && before.calls.length === after.calls.length;
}

/** What is not of one component: everything that every formula may read. */
function sameWhole(before: CompiledDesign, after: CompiledDesign): boolean {
  return isShared(before.workload, after.workload) && isShared(before.settings, after.settings) && isShared([...before.entities], [...after.entities]) && isShared(before.uses, after.uses) &&
    isShared(before.burst, after.burst) && isShared(before.retrying, after.retrying) && isShared(before.populations ?? null, after.populations ?? null);
}

/** True when only the name is another, which no formula reads. */
function isRenamed(before: NodeFacts, after: NodeFacts): boolean {
  const node = { ...after.view.node, name: before.view.node.name };
  return sameNode(before, { ...after, view: { ...after.view, node } });
}

/** Mark everything up to `steps` connections away from what is marked. */
function spread(compiled: CompiledDesign, marks: Numbers, steps: number): void {
  let front: number[] = [];
  marks.forEach((mark, index) => void (mark === 1 && front.push(index)));
  for (let step = 0; step < steps; step++) {
    const next: number[] = [];
    const reach = (index: number): void => {
      if (marks[index] === 1) return;
      marks[index] = 1;
      next.push(index);
    };
    for (const index of front) {
      const { view } = compiled.nodes[index] as NodeFacts;
      for (const edge of view.out) reach(edge.to.index);
      for (const edge of view.in) reach(edge.from.index);
    }
    front = next;
  }
}

/** Marks, and with a queue who reads it: how long a message waits depends on where it does. */
function withConsumers({ nodes }: CompiledDesign, marks: Numbers): Numbers {
  const found = marks.slice();
  for (let index = 0; index < nodes.length; index++) {
    const { broker, view } = nodes[index] as NodeFacts;
    if (marks[index] === 1 && broker !== null) for (const { to } of view.out) found[to.index] = 1;
  }
  return found;
}

/** Changes between two states; null when they cannot be compared place by place, or something of the whole differs. */
export function changesBetween(before: CompiledDesign, after: CompiledDesign): Changes | null {
  if (!sameIndices(before, after) || !sameWhole(before, after)) return null;
  const { plan } = after;
  let walk = true;
  const own = after.nodes.map((facts, i): number => (sameNode(before.nodes[i] as NodeFacts, facts) ? 0 : 1));
  const nodes = own.map((mark, i) => (mark === 1 && !isRenamed(before.nodes[i] as NodeFacts, after.nodes[i] as NodeFacts) ? 1 : 0));
  after.edges.forEach((facts, i) => {
    if (sameEdge(before.edges[i] as EdgeFacts, facts)) return;
    walk = false;
    nodes[facts.view.from.index] = 1;
    nodes[facts.view.to.index] = 1;
  });
  for (let slot = 0; slot < plan.slotNode.length; slot++) {
    const same = Object.is(plan.slotCpuS[slot], before.plan.slotCpuS[slot]) && Object.is(plan.slotIoS[slot], before.plan.slotIoS[slot]) && Object.is(plan.slotCs2[slot], before.plan.slotCs2[slot]) && plan.slotSplit[slot] === before.plan.slotSplit[slot] && isShared(before.plan.slotStored[slot], plan.slotStored[slot]);
    if (!same) nodes[plan.slotNode[slot] as number] = 1;
  }
  plan.calls.forEach((call, i) => {
    if (sameCall(before.plan.calls[i] as Call, call)) return;
    walk = false;
    nodes[plan.slotNode[call.from] as number] = 1;
    nodes[plan.slotNode[call.to] as number] = 1;
  });
  const entries = isShared(before.plan.entries, plan.entries);
  const ends = withConsumers(after, nodes);
  spread(after, nodes, REACH);
  return { own, ends, walk: walk && entries, nodes, journeys: after.journeys.map((journey, i) => (entries && isShared(before.journeys[i], journey) ? 0 : 1)) };
}

/** Remembers the last comparison: a state is compared with the one before it for several positions of the dial. */
export class ChangeLog {
  private last: { readonly before: CompiledDesign; readonly after: CompiledDesign; readonly changes: Changes | null } | null = null;

  /** As `changesBetween`. */
  between(before: CompiledDesign, after: CompiledDesign): Changes | null {
    if (this.last?.before !== before || this.last.after !== after) this.last = { before, after, changes: changesBetween(before, after) };
    return this.last.changes;
  }

  /** Let both states go. */
  forget(): void {
    this.last = null;
  }

  /** `after` goes on as another object that is equal to it. */
  rename(after: CompiledDesign): CompiledDesign {
    if (this.last) this.last = { ...this.last, after };
    return after;
  }
}

function mark(marks: Numbers, index: number | undefined): void {
  if (index !== undefined && index >= 0) marks[index] = 1;
}

/** Marks of the components at which the load differs: what arrives, what travels their connections, what caches and retries make of it. */
export function loadChanges(compiled: CompiledDesign, before: TrafficResult, after: TrafficResult): Numbers {
  const { plan, nodes, edges, uses } = compiled;
  const marks = wholes(nodes.length);
  const differs = (a: ArrayLike<number> | undefined, b: ArrayLike<number> | undefined, i: number): boolean => !Object.is(a?.[i], b?.[i]);
  for (let slot = 0; slot < plan.slotNode.length; slot++) if (differs(before.arrive, after.arrive, slot) || differs(before.drive, after.drive, slot)) marks[plan.slotNode[slot] as number] = 1;
  for (let i = 0; i < nodes.length; i++) if (differs(before.nodeReads, after.nodeReads, i) || differs(before.nodeWrites, after.nodeWrites, i) || differs(before.nodeKb, after.nodeKb, i) || differs(before.first, after.first, i)) marks[i] = 1;
  for (let i = 0; i < edges.length; i++) {
    const same = !differs(before.edgeReads, after.edgeReads, i) && !differs(before.edgeWrites, after.edgeWrites, i) && !differs(before.edgeKb, after.edgeKb, i) &&
      !differs(before.retries?.attempts, after.retries?.attempts, i) && !differs(before.retries?.failing, after.retries?.failing, i) && !differs(before.retries?.timeout, after.retries?.timeout, i) && !differs(before.retries?.metastable, after.retries?.metastable, i);
    if (same) continue;
    mark(marks, edges[i]?.view.from.index);
    mark(marks, edges[i]?.view.to.index);
  }
  const bent = uses.map((_, i) => differs(before.hit, after.hit, i) || differs(before.miss, after.miss, i) || differs(before.lookups, after.lookups, i) || differs(before.deletes, after.deletes, i));
  if (!bent.includes(true)) return marks;
  uses.forEach((use, i) => void (bent[i] === true && mark(marks, use.cache)));
  for (const call of plan.calls) {
    if (bent[call.looksUp] !== true && bent[call.deletes] !== true && !call.gates.some((gate) => bent[gate] === true)) continue;
    mark(marks, plan.slotNode[call.from]);
    mark(marks, plan.slotNode[call.to]);
  }
  return marks;
}

/** True when both loads are of one kind: the same position of the dial, retries in both or in none and settled alike. */
export function sameLoadKind(before: TrafficResult, after: TrafficResult): boolean {
  return before.multiple === after.multiple && before.retries?.settled === after.retries?.settled;
}
