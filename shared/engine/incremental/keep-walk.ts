/**
 * When the walk of a drawing may be taken for the walk of the state before. What is derived from a walk, such as the success
 * formulas of the journeys, is kept by its list of calls: that list stays the same object exactly when all of it still holds.
 */
import type { CompiledDesign, NodeFacts } from '../types.ts';
import type { Changes } from './changes.ts';
import { isShared } from './share.ts';

type Members = Readonly<Record<string, unknown>>;

/** Everything equal but these members. */
function sameBut(before: object, after: object, differing: ReadonlySet<string>): boolean {
  for (const key in after) if (!differing.has(key) && !isShared((before as Members)[key], (after as Members)[key])) return false;
  return true;
}

const OF_FACTS: ReadonlySet<string> = new Set(['view', 'process', 'pool', 'fn']);
const OF_VIEW: ReadonlySet<string> = new Set(['out', 'in', 'params', 'behavior', 'node']);
const OF_BEHAVIOR: ReadonlySet<string> = new Set(['resources', 'costs']);
const OF_NODE: ReadonlySet<string> = new Set(['params', 'name']);

/** Own code that became faster, slower or dearer, or has another name: it stands where it stood and is called as it was. */
function sameForm(before: NodeFacts, after: NodeFacts): boolean {
  const [a, b] = [before.view, after.view];
  if ((before.process === null) !== (after.process === null) || (before.pool === null) !== (after.pool === null) || (before.fn === null) !== (after.fn === null)) return false;
  return sameBut(before, after, OF_FACTS) && sameBut(a, b, OF_VIEW) && sameBut(a.behavior, b.behavior, OF_BEHAVIOR) && sameBut(a.node, b.node, OF_NODE);
}

/** Journeys that come more or less often, or matter more or less, go the same way. */
function sameRoutes(before: CompiledDesign, after: CompiledDesign): boolean {
  return after.journeys.every(({ journey }, i) => {
    const known = before.journeys[i]?.journey;
    return isShared([known?.reads, known?.writes, known?.entry, known?.steps], [journey.reads, journey.writes, journey.entry, journey.steps]);
  });
}

/** The drawing with the list of calls of the state before where that is equal and so is everything that formulas are made from. */
export function keepWalk(before: CompiledDesign, after: CompiledDesign, changes: Changes | null): CompiledDesign {
  if (!changes?.walk || !sameRoutes(before, after) || !isShared(before.graph.design.entities, after.graph.design.entities)) return after;
  const { own } = changes;
  if (!after.nodes.every((facts, i) => own[i] !== 1 || sameForm(before.nodes[i] as NodeFacts, facts))) return after;
  return { ...after, plan: { ...after.plan, calls: before.plan.calls } };
}
