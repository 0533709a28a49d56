/** Where the asynchronous part of the journeys runs: found for 32 journeys in one pass over the calls. */
import type { CompiledDesign } from '../types.ts';
import type { Hardness } from './call-table.ts';
import type { Structures } from './structures.ts';

/** Journeys that one pass takes: bits of a word. */
const AT_ONCE = 32;

/** By node: journeys (bits) that reach it behind a broker on a hard way. */
function reachedLater({ plan, nodes }: CompiledDesign, { hard, calls: { later, behind, from, to } }: Hardness, bitOf: (journey: number) => number): Uint32Array {
  // a slot that people wait for is not in the background, however else it is reached
  const waited = new Uint32Array(plan.slotNode.length);
  const behindBroker = new Uint32Array(plan.slotNode.length);
  const reached = new Uint32Array(nodes.length);
  for (const { journey, weight, slot } of plan.entries) if (weight > 0) waited[slot] = (waited[slot] as number) | bitOf(journey);
  for (let i = 0; i < from.length; i++) {
    const atFront = waited[from[i] as number] as number;
    const atBack = (behindBroker[from[i] as number] as number) & ~atFront;
    if ((atFront | atBack) === 0) continue;
    const slot = to[i] as number;
    const back = later[i] === 1 ? atFront | atBack : behind[i] === 1 ? atBack : 0;
    if (later[i] === 0 && hard[i] === 1) waited[slot] = (waited[slot] as number) | atFront;
    if (back === 0) continue;
    behindBroker[slot] = (behindBroker[slot] as number) | back;
    const node = plan.slotNode[slot] as number;
    reached[node] = (reached[node] as number) | back;
  }
  return reached;
}

/** For each journey the nodes of its hard asynchronous path, in node order; none for journeys without formulas. */
export function backgroundNodes(compiled: CompiledDesign, { journeys }: Structures): readonly (readonly number[])[] {
  const found = journeys.map((): number[] => []);
  for (const hardness of new Set(journeys.map((structure) => structure?.hardness))) {
    if (!hardness) continue;
    const alike = journeys.flatMap((structure, j) => (structure?.hardness === hardness ? [j] : []));
    for (let first = 0; first < alike.length; first += AT_ONCE) {
      const taken = alike.slice(first, first + AT_ONCE);
      const bits = new Uint32Array(journeys.length);
      taken.forEach((journey, lane) => void (bits[journey] = 1 << lane));
      reachedLater(compiled, hardness, (journey) => bits[journey] as number).forEach((lanes, node) => {
        for (let left = lanes | 0; left !== 0; left &= left - 1) found[taken[31 - Math.clz32(left & -left)] as number]?.push(node);
      });
    }
  }
  return found;
}
