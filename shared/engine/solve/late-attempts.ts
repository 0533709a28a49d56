/** Attempts that outlast the timeout of their caller, call by call. */
import type { Call, Plan } from '../types.ts';

/** Of each call, by its position in the plan: attempts that come too late, per second, and all attempts. */
export class LateAttempts {
  private readonly late: Float64Array;
  private readonly made: Float64Array;
  /** False as long as nothing was noted: most drawings state few timeouts. */
  private any: boolean;

  constructor(calls: number, before: LateAttempts | null) {
    this.late = before ? before.late.slice() : new Float64Array(calls);
    this.made = before ? before.made.slice() : new Float64Array(calls);
    this.any = before?.any ?? false;
  }

  /** So many attempts a second are made, and this share of them comes too late. */
  note(position: number, rate: number, share: number): void {
    this.late[position] = rate * share;
    this.made[position] = rate;
    this.any = true;
  }

  /** Forget calls `first` up to `end`. */
  forget(first: number, end: number): void {
    this.late.fill(0, first, end);
    this.made.fill(0, first, end);
  }

  /** Share of the attempts over each of so many edges that come too late. */
  shares({ order, nodeSlots, firstCall, endCall, calls }: Plan, edges: number): Float64Array {
    const late = new Float64Array(edges);
    if (!this.any) return late;
    const made = new Float64Array(edges);
    for (let at = order.length - 1; at >= 0; at--) {
      for (const slot of nodeSlots[order[at] as number] ?? []) {
        for (let i = firstCall[slot] as number; i < (endCall[slot] as number); i++) {
          if (!((this.made[i] as number) > 0)) continue;
          const { edge } = calls[i] as Call;
          late[edge] = (late[edge] as number) + (this.late[i] as number);
          made[edge] = (made[edge] as number) + (this.made[i] as number);
        }
      }
    }
    for (let edge = 0; edge < edges; edge++) late[edge] = (made[edge] as number) > 0 ? (late[edge] as number) / (made[edge] as number) : 0;
    return late;
  }
}
