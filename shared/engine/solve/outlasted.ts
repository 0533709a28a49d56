/** Requests that outlast what their platform allows, slot by slot. */
import type { Overrun, Plan, PlatformLimit } from '../types.ts';

/** Of one slot: requests per second, those that outlast the limit of its node, and the seconds that would do. */
export interface Cut { readonly rate: number; readonly late: number; readonly neededS: number }

/** What was found at the slots of nodes with a limit. */
export class Outlasted {
  readonly limits: ReadonlyMap<number, PlatformLimit>;
  private readonly cuts: Map<number, Cut>;

  constructor(limits: ReadonlyMap<number, PlatformLimit>, before: Outlasted | null) {
    this.limits = limits;
    this.cuts = new Map(before?.cuts);
  }

  /** What was found at a slot. */
  note(slot: number, cut: Cut): void {
    this.cuts.set(slot, cut);
  }

  /** Forget a slot. */
  forget(slot: number): void {
    this.cuts.delete(slot);
  }

  /** Limits that more requests outlast than should, by node. */
  overruns({ order, nodeSlots }: Plan): Map<number, Overrun> {
    const found = new Map<number, Overrun>();
    if (this.limits.size === 0) return found;
    for (let at = order.length - 1; at >= 0; at--) {
      const node = order[at] as number;
      const limit = this.limits.get(node);
      if (!limit) continue;
      let rate = 0;
      let late = 0;
      let neededS = 0;
      for (const slot of nodeSlots[node] ?? []) {
        const cut = this.cuts.get(slot);
        if (!cut) continue;
        rate += cut.rate;
        late += cut.late;
        neededS = Math.max(neededS, cut.neededS);
      }
      if (rate > 0 && late / rate > 1 - limit.quantile) found.set(node, { ...limit, share: late / rate, neededS });
    }
    return found;
  }
}
