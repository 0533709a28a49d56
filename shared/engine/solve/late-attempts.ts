/** Attempts that outlast the timeout of their caller, call by call. */
import { floats, type Numbers } from '../math/lists.ts';
import type { Call, Plan } from '../types.ts';

/** Of each call, by its position in the plan: attempts that come too late, per second, and all attempts. */
export class LateAttempts {
  private readonly calls: number;
  /** Null as long as nothing was noted: many drawings state no timeouts. */
  private noted: { readonly late: Numbers; readonly made: Numbers } | null;

  constructor(calls: number, before: LateAttempts | null) {
    this.calls = calls;
    this.noted = before?.noted ? { late: before.noted.late.slice(), made: before.noted.made.slice() } : null;
  }

  /** So many attempts a second are made, and this share of them comes too late. */
  note(position: number, rate: number, share: number): void {
    this.noted ??= { late: floats(this.calls), made: floats(this.calls) };
    this.noted.late[position] = rate * share;
    this.noted.made[position] = rate;
  }

  /** Forget calls `first` up to `end`. */
  forget(first: number, end: number): void {
    this.noted?.late.fill(0, first, end);
    this.noted?.made.fill(0, first, end);
  }

  /** Share of the attempts over each of so many edges that come too late. */
  shares({ order, nodeSlots, firstCall, endCall, calls }: Plan, edges: number): Numbers {
    const late = floats(edges);
    const { noted } = this;
    if (!noted) return late;
    const made = floats(edges);
    for (let at = order.length - 1; at >= 0; at--) {
      for (const slot of nodeSlots[order[at] as number] ?? []) {
        for (let i = firstCall[slot] as number; i < (endCall[slot] as number); i++) {
          if (!((noted.made[i] as number) > 0)) continue;
          const { edge } = calls[i] as Call;
          late[edge] = (late[edge] as number) + (noted.late[i] as number);
          made[edge] = (made[edge] as number) + (noted.made[i] as number);
        }
      }
    }
    for (let edge = 0; edge < edges; edge++) late[edge] = (made[edge] as number) > 0 ? (late[edge] as number) / (made[edge] as number) : 0;
    return late;
  }
}
