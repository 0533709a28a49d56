/** How deep the calls of journeys go. */
import type { EvaluationContext } from '../context.ts';
import type { Call, CompiledDesign } from '../types.ts';

const COMPUTE: ReadonlySet<string> = new Set(['compute', 'worker', 'function']);

/** What a slot is: own code, what passes requests on, or anything else, which ends a chain. */
const IS = { other: 0, through: 1, compute: 2 } as const;

function kindsOf({ nodes, plan: { slotNode } }: CompiledDesign): Uint8Array {
  const ofNode = nodes.map(({ view: { behavior: { role } }, split }) => (COMPUTE.has(role) ? IS.compute : split !== null ? IS.through : IS.other));
  const kinds = new Uint8Array(slotNode.length);
  for (let slot = 0; slot < kinds.length; slot++) kinds[slot] = ofNode[slotNode[slot] as number] as number;
  return kinds;
}

/**
 * Of each slot the longest chain that begins at it or at anything it waits for. A hop from what passes requests on counts after a hop
 * between own code only, so the chain behind a slot is longer where one has come before.
 */
function deepestBehind({ plan: { calls, slotNode } }: CompiledDesign, kinds: Uint8Array): Int32Array {
  const later = new Int32Array(slotNode.length);
  const fresh = new Int32Array(slotNode.length);
  const deepest = new Int32Array(slotNode.length);
  // callers stand before those that they call
  for (let i = calls.length - 1; i >= 0; i--) {
    const { from, to, wait } = calls[i] as Call;
    if (wait === 'async') continue;
    deepest[from] = Math.max(deepest[from] as number, deepest[to] as number);
    if (wait !== 'wait' || kinds[from] === IS.other || kinds[to] === IS.other) continue;
    const hop = kinds[to] === IS.compute;
    const chain = (later[to] as number) + (hop ? 1 : 0);
    later[from] = Math.max(later[from] as number, chain);
    fresh[from] = Math.max(fresh[from] as number, hop && kinds[from] === IS.compute ? chain : (fresh[to] as number));
    deepest[from] = Math.max(deepest[from] as number, fresh[from] as number);
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
