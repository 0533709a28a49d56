/** Calls of the walk side by side in flat arrays: loops over journeys and calls read numbers, not objects. */
import type { Call } from '../types.ts';

/** Some calls of one walk, in its order. */
export class CallList {
  readonly calls: readonly Call[];
  readonly from: Int32Array;
  readonly to: Int32Array;
  private readonly rate: Float64Array;
  /** 1 for calls behind a cache. */
  private readonly gated: Uint8Array;

  constructor(calls: readonly Call[]) {
    this.calls = calls;
    this.from = new Int32Array(calls.length);
    this.to = new Int32Array(calls.length);
    this.rate = new Float64Array(calls.length);
    this.gated = new Uint8Array(calls.length);
    for (let i = 0; i < calls.length; i++) {
      const call = calls[i] as Call;
      this.from[i] = call.from;
      this.to[i] = call.to;
      this.rate[i] = call.rate;
      this.gated[i] = call.gates.length > 0 ? 1 : 0;
    }
  }

  /** Calls of one kind for each request of a journey: its visits of the caller (by slot), past the caches before the call (misses by cache use). */
  visits(position: number, slots: Float64Array, miss: readonly number[]): number {
    const visited = slots[this.from[position] as number] as number;
    if (visited === 0) return 0;
    let visits = visited * (this.rate[position] as number);
    if (this.gated[position] === 1) for (const gate of (this.calls[position] as Call).gates) visits *= miss[gate] as number;
    return visits;
  }
}
