/** The success formula of one journey made ready: what it cannot do without, what it shares, and in which order it is computed. */
import { hasBit, listBits, listCommon, noBits, setBit, type Bits } from './bits.ts';
import type { FormulaGraph } from './formula-graph.ts';

/** Shared elements up to which a formula is evaluated exactly (semantics 9.6). */
export const MAX_SHARED = 16;

/** Alternatives inside one place, used nowhere else: elements of each, all of which that alternative needs. */
export type Module = readonly (readonly number[])[];

/** The formula of one journey. */
export interface Program {
  readonly graph: FormulaGraph;
  /** Position of its formula in the loss table. */
  readonly at: number;
  /** Elements without which nothing works, and all elements that occur. */
  readonly must: readonly number[];
  readonly elements: readonly number[];
  readonly used: Bits;
  readonly shared: readonly number[];
  readonly exact: boolean;
  /** Its formulas, parts before what they are part of. */
  readonly order: Int32Array;
  /** What the bound looks at: shared elements on their own, those of them below each set of alternatives, and modules. */
  readonly cuts: { readonly alone: readonly number[]; readonly groups: readonly (readonly number[])[]; readonly modules: readonly Module[] };
}

function reachable({ size, parts }: FormulaGraph, root: number): { order: Int32Array; inside: Bits } {
  const inside = noBits(size);
  setBit(inside, root);
  const order: number[] = [];
  // parts have smaller numbers than what they are part of
  for (let i = root; i >= 0; i--) {
    if (!hasBit(inside, i)) continue;
    order.push(i);
    for (let at = parts.start[i] as number; at < (parts.start[i + 1] as number); at++) setBit(inside, parts.items[at] as number);
  }
  return { order: Int32Array.from(order.reverse()), inside };
}

function only({ start, items }: { start: Int32Array; items: Int32Array }, i: number, inside: Bits): boolean {
  let found = 0;
  for (let at = start[i] as number; at < (start[i + 1] as number); at++) if (hasBit(inside, items[at] as number)) found += 1;
  return found === 1;
}

function bitsOf(graph: FormulaGraph, elements: readonly number[]): Bits {
  const bits = noBits(graph.book.elements.length);
  for (const element of elements) setBit(bits, element);
  return bits;
}

/** Alternatives without parts of their own whose elements are used nowhere else: read copies, as a rule. */
function modulesOf(graph: FormulaGraph, order: Int32Array, inside: Bits, shared: Bits): Module[] {
  const modules: Module[] = [];
  for (const i of order) {
    if (!graph.isAny(i)) continue;
    const parts = graph.book.formulas[i]?.parts ?? [];
    const members = parts.map(({ of }) => graph.book.formulas[of]?.elements ?? []);
    const closed = parts.every(({ of }, m) => graph.book.formulas[of]?.parts.length === 0 && only(graph.above, of, inside) && members[m]?.every((element) => hasBit(shared, element) && only(graph.users, element, inside)));
    if (closed) modules.push(members);
  }
  return modules;
}

/** For each set of alternatives the elements of `among` below it; two at least. */
function groupsOf(graph: FormulaGraph, order: Int32Array, among: Bits): number[][] {
  const groups: number[][] = [];
  for (const i of order) {
    if (!graph.isAny(i)) continue;
    const group = listCommon(graph.occurrences(i).once, among);
    if (group.length > 1) groups.push(group);
  }
  return groups;
}

/** Make the formula `root` ready; `at` is its position in the loss table. */
export function compileProgram(graph: FormulaGraph, root: number, at: number): Program {
  const { order, inside } = reachable(graph, root);
  const must = graph.book.must(root);
  const { once, twice } = graph.occurrences(root);
  const shared = listBits(twice, must);
  const exact = shared.length <= MAX_SHARED;
  const modules = exact ? [] : modulesOf(graph, order, inside, bitsOf(graph, shared));
  const inModules = bitsOf(graph, modules.flat(2));
  const alone = shared.filter((element) => !hasBit(inModules, element));
  return {
    graph, at, must: listBits(must), elements: listBits(once), used: once, shared, exact, order,
    cuts: { alone, groups: exact ? [] : groupsOf(graph, order, bitsOf(graph, alone)), modules },
  };
}

/** One pass over the formula as if everything were independent. */
export function pass({ graph, order }: Program, up: Float64Array): number {
  const { value } = graph;
  let result = 1;
  for (let k = 0; k < order.length; k++) {
    const i = order[k] as number;
    result = graph.step(i, up, value);
    value[i] = result;
  }
  return result;
}
