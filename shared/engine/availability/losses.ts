/** What journeys lose when only these units of these nodes are left, relative to the state without failures. */
import { floats, type Numbers } from '../math/lists.ts';
import { hasBit } from './bits.ts';
import { NodeLeft, type ElementValues, type NodesLeft } from './element-values.ts';
import { FormulaState } from './formula-state.ts';
import { lostBy, type LossRow } from './lane-losses.ts';
import { LossTable } from './loss-table.ts';
import type { Structures } from './structures.ts';
import { expectedSuccess } from './success.ts';

/** Elements that serve less: lost altogether, or in part with what they still serve. */
interface Touched { readonly gone: number[]; readonly partly: number[]; readonly values: number[] }

/** Losses of one evaluation. Results are by journey as in `Structures.roots`: of the actions as a whole, then of the requests. */
export class Losses {
  private readonly structures: Structures;
  private readonly values: ElementValues;
  private readonly up: Numbers;
  private readonly elementsOf: (number[] | undefined)[];

  constructor(structures: Structures, values: ElementValues) {
    this.structures = structures;
    this.values = values;
    this.up = floats(values.elements.length).fill(1);
    this.elementsOf = new Array<number[] | undefined>(values.tiers.length);
    values.elements.forEach((element, i) => {
      if (element.kind === 'pool') for (const node of element.members) this.add(node, i);
      else this.add(element.node, i);
    });
  }

  private add(node: number, element: number): void {
    const known = this.elementsOf[node];
    if (known) known.push(element);
    else this.elementsOf[node] = [element];
  }

  /** Shares lost without these nodes; null when no journey loses anything. */
  without(nodes: readonly number[]): LossRow | null {
    const [node] = nodes;
    if (node === undefined || nodes.length > 1) return this.of(new Map(nodes.map((one) => [one, 0])));
    const { elements } = this.values;
    const own = this.elementsOf[node];
    if (!own) return null;
    // a component of its own, with or without copies inside, is up or down; what pools and shards lose depends on the load
    for (const element of own) if (elements[element]?.kind === 'pool' || elements[element]?.kind === 'shards') return this.of(new NodeLeft(node, 0));
    return this.structures.losses.together(own);
  }

  /**
   * Shares lost while only so many units of one node are left, as a part (`by`) of what is lost without them all; null when
   * nothing is lost. Undefined for a node that is more than one element: `of` tells.
   */
  scaled(node: number, units: number): { readonly lost: LossRow; readonly by: number } | null | undefined {
    const own = this.elementsOf[node];
    if (!own) return null;
    const [element] = own;
    if (element === undefined || own.length > 1 || this.values.elements[element]?.kind !== 'node') return undefined;
    const served = this.values.surviving(element, new NodeLeft(node, units));
    return served >= 1 ? null : { lost: this.structures.losses.single(element), by: served <= 0 ? 1 : 1 - served };
  }

  /** Shares lost; null when no journey loses anything. */
  of(left: NodesLeft): LossRow | null {
    const { gone, partly, values } = this.touched(left);
    const [first] = partly;
    if (first === undefined) return gone.length > 0 ? this.structures.losses.together(gone) : null;
    if (partly.length > 1) return this.conditioned(gone, partly, values);
    // one element in part: what remains of it is a share of the requests that meet it
    const served = values[0] as number;
    const without = this.structures.losses.together([...gone, first]);
    const beside = gone.length > 0 ? this.structures.losses.together(gone) : null;
    const mixed = floats(this.structures.roots.length);
    for (let j = 0; j < mixed.length; j++) mixed[j] = served * (beside ? lostBy(beside, j) : 0) + (1 - served) * lostBy(without, j);
    return { values: mixed, from: 0 };
  }

  private touched(left: NodesLeft): Touched {
    const touched: Touched = { gone: [], partly: [], values: [] };
    const seen = new Set<number>();
    for (const node of left.keys()) {
      for (const element of this.elementsOf[node] ?? []) {
        const value = this.values.surviving(element, left);
        if (value >= 1 || seen.has(element)) continue;
        seen.add(element);
        if (value <= 0) touched.gone.push(element);
        else {
          touched.partly.push(element);
          touched.values.push(value);
        }
      }
    }
    return touched;
  }

  /** Several elements serve less: the formulas of the journeys that use them. */
  private conditioned(gone: readonly number[], partly: readonly number[], values: readonly number[]): LossRow {
    const { journeys, graph, roots } = this.structures;
    const table = gone.length > 0 ? new LossTable(graph, roots, gone) : this.structures.losses;
    const lost = floats(roots.length);
    for (const element of gone) this.up[element] = 0;
    partly.forEach((element, i) => void (this.up[element] = values[i] as number));
    const any = [...gone, ...partly];
    const state = new FormulaState(graph, this.up);
    journeys.forEach((journey, j) => {
      if (!journey || !any.some((element) => hasBit(journey.whole.used, element))) return;
      const shares = journey.shares();
      lost[j] = Math.min(1, Math.max(0, 1 - expectedSuccess(journey.whole, state, table)));
      lost[journeys.length + j] = shares === journey.whole ? (lost[j] as number) : Math.min(1, Math.max(0, 1 - expectedSuccess(shares, state, table)));
    });
    for (const element of any) this.up[element] = 1;
    return { values: lost, from: 0 };
  }
}
