/** How deep the calls of journeys go. */
import type { EvaluationContext } from '../context.ts';
import { type Numbers, wholes } from '../math/lists.ts';
import type { Call, CompiledDesign } from '../types.ts';

const COMPUTE: ReadonlySet<string> = new Set(['compute', 'worker', 'function']);

/** What a slot is: own code, what passes requests on, or anything else, which ends a chain. */
const IS = { other: 0, through: 1, compute: 2 } as const;

function kindsOf({ nodes, plan: { slotNode } }: CompiledDesign): Numbers {
  const ofNode = nodes.map(({ view: { behavior: { role } }, split }) => (COMPUTE.has(role) ? IS.compute : split !== null ? IS.through : IS.other));
  const kinds = wholes(slotNode.length);
  for (let slot = 0; slot < kinds.length; slot++) kinds[slot] = ofNode[slotNode[slot] as number] as number;
  return kinds;
}

/** Of each slot the longest chain that begins at it or at anything it waits for: from own code to own code, directly or through what passes requests on. */
function deepestBehind({ plan: { calls, slotNode } }: CompiledDesign, kinds: Numbers): Numbers {
  /** Hops behind a slot once own code has come before. */
  const behind = wholes(slotNode.length);
  const deepest = wholes(slotNode.length);
  // callers stand before those that they call
  for (let i = calls.length - 1; i >= 0; i--) {
    const { from, to, wait } = calls[i] as Call;
    if (wait === 'async') continue;
    deepest[from] = Math.max(deepest[from] as number, deepest[to] as number);
    if (wait !== 'wait' || kinds[from] === IS.other || kinds[to] === IS.other) continue;
    behind[from] = Math.max(behind[from] as number, (behind[to] as number) + (kinds[to] === IS.compute ? 1 : 0));
    if (kinds[from] === IS.compute) deepest[from] = Math.max(deepest[from] as number, behind[from] as number);
  }
  return deepest;
}

/** Of each journey the longest chain of consecutive synchronous hops between compute nodes; splitters in between do not count. */
export function callDepths({ compiled }: EvaluationContext): number[] {
  const deepest = deepestBehind(compiled, kindsOf(compiled));
  const depths = compiled.journeys.map(() => 0);
  for (const { journey, slot, weight } of compiled.plan.entries) if (weight !== 0) depths[journey] = Math.max(depths[journey] as number, deepest[slot] as number);
  return depths;
}
