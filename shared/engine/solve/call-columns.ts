/** Calls of a walk side by side in flat arrays: what runs over them for every load and every journey reads numbers, not objects. */
import { oncePer } from '../../lib/once-per.ts';
import type { Call, Plan } from '../types.ts';

/** Bits of `traits`: nobody waits for it; it is the work that a message brings and no load of its own; caches stand before it. */
export const TRAIT = { async: 1, given: 2, gated: 4 } as const;

/** By position in the walk. */
export interface CallColumns {
  readonly from: Int32Array;
  readonly to: Int32Array;
  readonly edge: Int32Array;
  readonly rate: Float64Array;
  readonly drive: Float64Array;
  readonly traits: Uint8Array;
}

function traitsOf({ wait, reply, gates }: Call): number {
  return (wait === 'async' ? TRAIT.async : 0) + (reply === 'given' ? TRAIT.given : 0) + (gates.length > 0 ? TRAIT.gated : 0);
}

/** Columns of a list of calls. */
export const callColumns = oncePer((calls: Plan['calls']): CallColumns => {
  const { length } = calls;
  const columns = { from: new Int32Array(length), to: new Int32Array(length), edge: new Int32Array(length), rate: new Float64Array(length), drive: new Float64Array(length), traits: new Uint8Array(length) };
  for (let i = 0; i < length; i++) {
    const call = calls[i] as Call;
    columns.from[i] = call.from;
    columns.to[i] = call.to;
    columns.edge[i] = call.edge;
    columns.rate[i] = call.rate;
    columns.drive[i] = call.drive;
    columns.traits[i] = traitsOf(call);
  }
  return columns;
});
