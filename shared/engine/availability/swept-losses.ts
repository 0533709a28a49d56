/** What each root loses without some sets of elements while all else is up: found for 32 sets at a time, when one of them is asked for. */
import { floats, type Numbers, wholes } from '../math/lists.ts';
import { LANES, type LaneLosses, type LossRow } from './lane-losses.ts';

/** Losses of a list of sets, all of equally many elements. */
export class SweptLosses {
  private readonly lanes: LaneLosses;
  private readonly sets: Numbers;
  private readonly each: number;
  private readonly roots: number;
  /** By set and root; and by 32 sets: 1 for those that are found. */
  private readonly values: Numbers;
  private readonly found: Numbers;
  private readonly rows: (LossRow | undefined)[];

  /** `sets`: elements of the sets one after the other, `each` of them to a set. Neighbours should stand below much the same formulas. */
  constructor(lanes: LaneLosses, sets: Numbers, each: number, roots: number) {
    const count = sets.length / each;
    this.lanes = lanes;
    this.sets = sets;
    this.each = each;
    this.roots = roots;
    this.values = floats(count * roots);
    this.found = wholes(Math.ceil(count / LANES));
    this.rows = new Array<LossRow | undefined>(count);
  }

  /** Share that each root loses without a set; always the same row for the same set. */
  of(set: number): LossRow {
    this.find(set);
    return (this.rows[set] ??= { values: this.values, from: set * this.roots });
  }

  /** Share that one root loses without a set. */
  at(set: number, root: number): number {
    this.find(set);
    return this.values[set * this.roots + root] as number;
  }

  private find(set: number): void {
    const { sets, each } = this;
    const block = Math.floor(set / LANES);
    if (this.found[block] === 1) return;
    this.found[block] = 1;
    const from = block * LANES;
    this.lanes.find(sets.slice(from * each, (from + LANES) * each), each, this.values, from * this.roots);
  }
}
