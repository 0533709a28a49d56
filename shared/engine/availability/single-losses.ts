/** What each root loses without one element while all else is up: found for 32 elements at a time, when one of them is asked for. */
import type { FormulaGraph } from './formula-graph.ts';
import { LANES, type LaneLosses, type LossRow } from './lane-losses.ts';

/** Losses of single elements. */
export class SingleLosses {
  private readonly lanes: LaneLosses;
  /** Elements that are swept, and where each stands among them; -1 for copies. */
  private readonly swept: number[] = [];
  private readonly place: Int32Array;
  private readonly known: (LossRow | undefined)[];
  private readonly nothing: LossRow;

  constructor({ book: { elements } }: FormulaGraph, roots: Int32Array, lanes: LaneLosses) {
    this.lanes = lanes;
    this.nothing = { values: new Float64Array(roots.length), from: 0 };
    this.known = new Array<LossRow | undefined>(elements.length);
    // nobody misses copies while the primary beside them is up
    this.place = new Int32Array(elements.length);
    elements.forEach(({ kind }, i) => void (this.place[i] = kind === 'replicas' ? -1 : this.swept.push(i) - 1));
  }

  /** Share that each root loses without an element. */
  of(element: number): LossRow {
    return this.known[element] ?? this.sweep(element);
  }

  private sweep(element: number): LossRow {
    const place = this.place[element] as number;
    if (place < 0) return this.nothing;
    // neighbours stand below much the same formulas
    const from = place - (place % LANES);
    const group = this.swept.slice(from, from + LANES);
    this.lanes.of(group.map((one) => [one])).forEach((row, i) => void (this.known[group[i] as number] = row));
    return this.known[element] as LossRow;
  }
}
