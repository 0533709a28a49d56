/** The branches of one journey: calls of its entries in sequence, of alternatives one. */
import type { Entry } from '../types.ts';
import type { Handle, MixtureArena } from './mixture-arena.ts';

interface Branch { share: number; time: Handle }
interface Alternatives { readonly op: number; readonly shares: number[]; readonly times: Handle[] }

/** Adds up what a client waits for, by branch. */
export class EntryTimes {
  private readonly arena: MixtureArena;
  private readonly branches = new Map<number, Branch>();
  private readonly groups = new Map<string, Alternatives>();

  constructor(arena: MixtureArena) {
    this.arena = arena;
  }

  private add(op: number, share: number, time: Handle): void {
    const branch = this.branches.get(op);
    if (branch) branch.time = this.arena.sum(branch.time, time);
    else this.branches.set(op, { share, time });
  }

  /** One entry with the time of one call over it, and of several calls as they follow on each other. */
  enter({ op, share, times, group }: Entry, time: Handle, several: Handle): void {
    if (group === null) return this.add(op, share, several);
    const key = `${op} ${group}`;
    const known = this.groups.get(key) ?? { op, shares: [], times: [] };
    known.shares.push(times);
    known.times.push(time);
    this.groups.set(key, known);
    this.add(op, share, 0);
  }

  /** Shares of the requests with their times. */
  all(): readonly Branch[] {
    for (const { op, shares, times } of this.groups.values()) this.add(op, 0, this.arena.oneOf(shares, times));
    this.groups.clear();
    return [...this.branches.values()];
  }
}
