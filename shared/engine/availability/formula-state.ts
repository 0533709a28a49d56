/**
 * What formulas are worth in one state of the elements. Formulas that several journeys share are computed once for all of them;
 * a journey looks again only at those above the elements that it counts differently.
 */
import { floats, type Numbers } from '../math/lists.ts';
import type { FormulaGraph } from './formula-graph.ts';
import type { Program } from './program.ts';

/** How the value of a formula follows from those of its parts. */
type Step = 'step' | 'narrowest';

/** Scratch: values that are put back. */
let before = floats(0);

function isUp(up: Numbers): boolean {
  for (let element = 0; element < up.length; element++) if ((up[element] as number) < 1) return false;
  return true;
}

/** Values of the elements, and of all formulas with them. */
class Solved {
  private readonly graph: FormulaGraph;
  private readonly up: Numbers;
  private readonly value: Numbers;
  private readonly step: Step;

  /** `order`: formulas that are looked at, parts first; null for all. */
  constructor(graph: FormulaGraph, up: Numbers, order: Numbers | null, step: Step = 'step') {
    this.graph = graph;
    this.up = up;
    this.step = step;
    const value = floats(graph.size);
    this.value = value;
    if (isUp(up)) {
      value.fill(1);
      return;
    }
    const count = order === null ? graph.size : order.length;
    for (let k = 0; k < count; k++) {
      const i = order === null ? k : (order[k] as number);
      value[i] = graph[step](i, up, value);
    }
  }

  /** Value of `root` when these elements have other values, `above` being the formulas that they change. */
  with(elements: Numbers, values: Numbers | null, above: Numbers, root: number): number {
    const { graph, up, value, step } = this;
    if (before.length < above.length + elements.length) before = floats(2 * (above.length + elements.length));
    for (let k = 0; k < elements.length; k++) {
      const element = elements[k] as number;
      before[k] = up[element] as number;
      up[element] = values === null ? 1 : (values[element] as number);
    }
    for (let k = 0; k < above.length; k++) {
      const i = above[k] as number;
      before[elements.length + k] = value[i] as number;
      value[i] = graph[step](i, up, value);
    }
    const result = value[root] as number;
    for (let k = 0; k < above.length; k++) value[above[k] as number] = before[elements.length + k] as number;
    for (let k = 0; k < elements.length; k++) up[elements[k] as number] = before[k] as number;
    return result;
  }
}

/** A state in which element e is up with probability `up[e]`; the values must not change any more. */
export class FormulaState {
  readonly up: Numbers;
  private readonly graph: FormulaGraph;
  private readonly order: Numbers | null;
  private real: Solved | null = null;
  private lost: Solved | null = null;
  private narrow: Solved | null = null;
  private allUp: boolean | null = null;

  /** `order`: formulas that will be asked for, parts first; null for any. */
  constructor(graph: FormulaGraph, up: Numbers, order: Numbers | null = null) {
    this.graph = graph;
    this.up = up;
    this.order = order;
  }

  /** Everything is up. */
  get isUp(): boolean {
    return (this.allUp ??= isUp(this.up));
  }

  /** Value of a program as if everything were independent, what it cannot do without being up. */
  independent(program: Program): number {
    this.real ??= new Solved(this.graph, this.up.slice(), this.order);
    return this.real.with(program.must, null, program.aboveMust, program.root);
  }

  /** The same while everything that it shares is up as well, unless it is lost altogether. */
  raised(program: Program): number {
    this.lost ??= new Solved(this.graph, this.up.map((value) => (value > 0 ? 1 : 0)), this.order);
    return this.lost.with(program.loose, this.up, program.aboveLoose, program.root);
  }

  /** The narrowest place of a program, what it cannot do without not counted. */
  narrowest(program: Program): number {
    this.narrow ??= new Solved(this.graph, this.up.slice(), this.order, 'narrowest');
    return this.narrow.with(program.must, null, program.aboveMust, program.root);
  }
}
