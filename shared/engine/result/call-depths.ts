/** How deep the calls of journeys go. */
import type { EvaluationContext } from '../context.ts';
import type { Call } from '../types.ts';

const COMPUTE = new Set(['compute', 'worker', 'function']);

/** Of each journey the longest chain of consecutive synchronous hops between compute nodes; splitters in between do not count. */
export function callDepths({ compiled, visits }: EvaluationContext): number[] {
  const { nodes, plan: { slotNode, calls } } = compiled;
  /** By slot: 1 for own code, 1 for what passes requests on. */
  const compute = new Uint8Array(slotNode.length);
  const through = new Uint8Array(slotNode.length);
  for (let slot = 0; slot < slotNode.length; slot++) {
    const node = nodes[slotNode[slot] as number];
    if (COMPUTE.has(node?.view.behavior.role ?? '')) compute[slot] = 1;
    if (node?.split !== null) through[slot] = 1;
  }
  const waited = calls.filter(({ wait, to }) => wait === 'wait' && (compute[to] === 1 || through[to] === 1));
  const depths = new Int32Array(slotNode.length);
  return visits.map(({ reach }) => {
    depths.fill(0);
    let longest = 0;
    for (let i = 0; i < waited.length; i++) {
      const { from, to } = waited[i] as Call;
      if (reach[from] !== 1) continue;
      const here = compute[from] === 1 || through[from] === 1 ? (depths[from] as number) : 0;
      const hop = compute[to] === 1 && (compute[from] === 1 || (through[from] === 1 && here > 0));
      const next = hop ? here + 1 : here;
      if (next > (depths[to] as number)) depths[to] = next;
      longest = Math.max(longest, depths[to] as number);
    }
    return longest;
  });
}
