/** Interchangeable units in groups, and how one of them is chosen for a request. */
import type { Random } from './random.ts';
import { NONE } from './tasks.ts';

/** How a group deals requests to its units. `lane` goes to the task's own; `lane_copies` to its copies in turn, `lane_any` to any of them. */
export type UnitPolicy = 'round_robin' | 'random' | 'least_outstanding' | 'power_of_two' | 'ip_hash' | 'lane' | 'lane_copies' | 'lane_any';

const CODES: Readonly<Record<UnitPolicy, number>> = { round_robin: 1, random: 2, least_outstanding: 3, power_of_two: 4, ip_hash: 5, lane: 6, lane_copies: 7, lane_any: 8 };

/**
 * A group before its units exist. `units` serve at first, `most` at most; `hot` is the load of the hottest over the mean;
 * `each` units here are one unit of the node.
 */
export interface GroupPlan { readonly node: number; readonly units: number; readonly most?: number; readonly policy: UnitPolicy; readonly hot?: number; readonly copies?: number; readonly each?: number }

/** Units by number, groups by number. A unit is `up` while it works and `listed` while requests are sent to it. */
export class Units {
  /** Requests held or waiting at each unit. */
  load = new Int32Array(0);
  up = new Uint8Array(0);
  listed = new Uint8Array(0);
  /** Of each group: first unit, units in service, units that can be, node. */
  readonly first: number[] = [];
  readonly active: number[] = [];
  readonly most: number[] = [];
  readonly node: number[] = [];
  /** How many units of the group are one unit of the node. */
  readonly each: number[] = [];
  private readonly policy: number[] = [];
  private readonly hot: number[] = [];
  private readonly copies: number[] = [];
  private readonly turn: number[] = [];
  /** Group of each unit. */
  readonly groupOf: number[] = [];

  /** Add a group; returns its number. */
  add(plan: GroupPlan): number {
    const each = plan.each ?? 1;
    const units = Math.max(1, Math.round(plan.units)) * each;
    const most = Math.max(units, Math.round(plan.most ?? 0) * each);
    this.first.push(this.groupOf.length);
    this.active.push(units);
    this.most.push(most);
    this.node.push(plan.node);
    this.each.push(each);
    this.policy.push(CODES[plan.policy]);
    this.hot.push(plan.hot ?? 1);
    this.copies.push(plan.copies ?? 1);
    this.turn.push(0);
    for (let i = 0; i < most; i++) this.groupOf.push(this.first.length - 1);
    return this.first.length - 1;
  }

  /** Call once when all groups are known. */
  seal(): void {
    this.load = new Int32Array(this.groupOf.length);
    this.up = new Uint8Array(this.groupOf.length).fill(1);
    this.listed = new Uint8Array(this.groupOf.length).fill(1);
  }

  private inTurn(group: number, first: number, count: number): number {
    for (let tries = 0; tries < count; tries++) {
      const turn = (this.turn[group] as number) % count;
      this.turn[group] = turn + 1;
      if (this.listed[first + turn] === 1) return first + turn;
    }
    return NONE;
  }

  private anyListed(first: number, count: number, random: Random): number {
    const from = random.below(count);
    for (let i = 0; i < count; i++) {
      const unit = first + ((from + i) % count);
      if (this.listed[unit] === 1) return unit;
    }
    return NONE;
  }

  private least(first: number, count: number, random: Random): number {
    const from = random.below(count);
    let best = NONE;
    let lowest = 0;
    for (let i = 0; i < count; i++) {
      const unit = first + ((from + i) % count);
      if (this.listed[unit] !== 1) continue;
      const load = this.load[unit] as number;
      if (best !== NONE && load >= lowest) continue;
      best = unit;
      lowest = load;
    }
    return best;
  }

  /** The hottest unit gets `hot` times the mean, the others share the rest. */
  private hashed(group: number, first: number, count: number, random: Random): number {
    const hot = Math.min(count, this.hot[group] as number) / count;
    const unit = random.uniform() < hot ? first : first + 1 + random.below(count - 1);
    return this.listed[unit] === 1 ? unit : this.anyListed(first, count, random);
  }

  /** The unit that a request goes to, or none when no unit is listed. */
  choose(group: number, lane: number, random: Random): number {
    const first = this.first[group] as number;
    const count = this.active[group] as number;
    if (count === 1) return this.listed[first] === 1 ? first : NONE;
    switch (this.policy[group]) {
      case 1: return this.inTurn(group, first, count);
      case 3: return this.least(first, count, random);
      case 4: {
        const a = this.anyListed(first, count, random);
        const b = this.anyListed(first, count, random);
        return a === NONE || (this.load[a] as number) <= (this.load[b] as number) ? a : b;
      }
      case 5: return this.hashed(group, first, count, random);
      case 6: return first + Math.max(0, lane) % count;
      case 7: {
        const copies = this.copies[group] as number;
        this.turn[group] = ((this.turn[group] as number) + 1) % copies;
        return first + ((Math.max(0, lane) * copies + (this.turn[group] as number)) % count);
      }
      case 8: {
        const copies = this.copies[group] as number;
        return first + ((Math.max(0, lane) * copies + random.below(copies)) % count);
      }
      default: return this.anyListed(first, count, random);
    }
  }
}
