/** Choosing one of several ways: by share, in turn, or by what is under way behind each. */
import type { ChoicePlan } from './program.ts';
import type { Random } from './random.ts';
import { NONE } from './tasks.ts';
import type { Units } from './units.ts';

/** One of several, each as often as its share says; the shares add up to 1. */
export function drawByShare(shares: readonly number[], random: Random): number {
  let u = random.uniform();
  let last = 0;
  for (let i = 0; i < shares.length; i++) {
    const share = shares[i] as number;
    if (share > 0) last = i;
    if (u < share) return i;
    u -= share;
  }
  return last;
}

/** One choice with its own turn. */
export class Chooser {
  private readonly plan: ChoicePlan;
  private readonly random: Random;
  private readonly units: Units;
  private readonly nodeUp: Uint8Array;
  private readonly credit: Float64Array;

  constructor(plan: ChoicePlan, random: Random, units: Units, nodeUp: Uint8Array) {
    this.plan = plan;
    this.random = random;
    this.units = units;
    this.nodeUp = nodeUp;
    this.credit = new Float64Array(plan.pcs.length);
  }

  private up(i: number): boolean {
    const node = this.plan.nodes[i] as number;
    return node === NONE || this.nodeUp[node] === 1;
  }

  /** Each way in turn, as often as its share says, spread evenly. */
  private inTurn(): number {
    const { shares } = this.plan;
    let best = 0;
    for (let i = 0; i < shares.length; i++) {
      this.credit[i] = (this.credit[i] as number) + (shares[i] as number);
      if ((this.credit[i] as number) > (this.credit[best] as number)) best = i;
    }
    this.credit[best] = (this.credit[best] as number) - 1;
    return best;
  }

  private loadOf(i: number): number {
    const group = this.plan.groups[i] as number;
    if (group === NONE) return 0;
    const first = this.units.first[group] as number;
    const active = this.units.active[group] as number;
    let load = 0;
    for (let unit = first; unit < first + active; unit++) load += this.units.load[unit] as number;
    return load / active;
  }

  /** The least loaded; among equals any, each as likely as the others: they need not be alike. */
  private leastLoaded(): number {
    const { shares } = this.plan;
    let best = 0;
    let lowest = Number.MAX_VALUE;
    let equals = 0;
    for (let way = 0; way < shares.length; way++) {
      if ((shares[way] as number) <= 0) continue;
      const load = this.loadOf(way);
      if (load > lowest) continue;
      equals = load < lowest ? 1 : equals + 1;
      lowest = load;
      if (equals === 1 || this.random.below(equals) === 0) best = way;
    }
    return best;
  }

  private first(): number {
    switch (this.plan.policy) {
      case 'round_robin': return this.inTurn();
      case 'least_outstanding': return this.leastLoaded();
      case 'power_of_two': {
        const a = drawByShare(this.plan.shares, this.random);
        const b = drawByShare(this.plan.shares, this.random);
        return this.loadOf(a) <= this.loadOf(b) ? a : b;
      }
      default: return drawByShare(this.plan.shares, this.random);
    }
  }

  /** Place where the chosen way begins. */
  choose(): number {
    const { pcs, alternatives } = this.plan;
    let way = this.first();
    if (alternatives && !this.up(way)) {
      for (let i = 1; i < pcs.length; i++) {
        const other = (way + i) % pcs.length;
        if (!this.up(other)) continue;
        way = other;
        break;
      }
    }
    return pcs[way] as number;
  }
}
