/** Calls of a walk side by side in flat arrays: what runs over them for every load and every journey reads numbers, not objects. */
import { oncePer } from '../../lib/once-per.ts';
import { floats, type Numbers, wholes } from '../math/lists.ts';
import type { Call, Plan } from '../types.ts';

/** Bits of `traits`: nobody waits for it; it is the work that a message brings and no load of its own; caches stand before it. */
export const TRAIT = { async: 1, given: 2, gated: 4 } as const;

/** By position in the walk. */
export interface CallColumns {
  readonly from: Numbers;
  readonly to: Numbers;
  readonly edge: Numbers;
  readonly rate: Numbers;
  readonly arrive: Numbers;
  readonly drive: Numbers;
  readonly traits: Numbers;
}

function traitsOf({ wait, reply, gates }: Call): number {
  return (wait === 'async' ? TRAIT.async : 0) + (reply === 'given' ? TRAIT.given : 0) + (gates.length > 0 ? TRAIT.gated : 0);
}

/** Columns of a list of calls. */
export const callColumns = oncePer((calls: Plan['calls']): CallColumns => {
  const { length } = calls;
  const columns = { from: wholes(length), to: wholes(length), edge: wholes(length), rate: floats(length), arrive: floats(length), drive: floats(length), traits: wholes(length) };
  for (let i = 0; i < length; i++) {
    const call = calls[i] as Call;
    columns.from[i] = call.from;
    columns.to[i] = call.to;
    columns.edge[i] = call.edge;
    columns.rate[i] = call.rate;
    columns.arrive[i] = call.arrive;
    columns.drive[i] = call.drive;
    columns.traits[i] = traitsOf(call);
  }
  return columns;
});
