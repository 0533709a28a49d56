/** The part of a walk that is passed again while hit ratios settle: everything else carries the same load at every hit ratio. */
import { oncePer } from '../../lib/once-per.ts';
import { type Numbers, wholes } from '../math/lists.ts';
import type { Call, Plan } from '../types.ts';

/** States and calls whose load depends on a hit ratio. */
export interface GatedPart {
  /** By slot: 1 where what arrives depends on one. */
  readonly slots: Numbers;
  /** In walk order: all calls to those slots, and all look-ups and deletes, which are added up again. */
  readonly calls: readonly Call[];
}

/** Found once for a drawing. */
export const gatedPart = oncePer(({ calls, slotNode }: Plan): GatedPart => {
  const slots = wholes(slotNode.length);
  for (let i = 0; i < calls.length; i++) {
    const { from, to, gates } = calls[i] as Call;
    if (gates.length > 0 || slots[from] === 1) slots[to] = 1;
  }
  const again: Call[] = [];
  for (let i = 0; i < calls.length; i++) {
    const call = calls[i] as Call;
    if (slots[call.to] === 1 || call.looksUp >= 0 || call.deletes >= 0) again.push(call);
  }
  return { slots, calls: again };
});
