/** The success formula of one journey made ready: what it cannot do without, what it shares, and in which order it is computed. */
import { oncePer } from '../../lib/once-per.ts';
import { addBits, countBits, hasBit, numbersIn, noBits, setBit, withoutBits, type Bits } from './bits.ts';
import type { FormulaGraph, Lists } from './formula-graph.ts';
import type { Occurrences } from './occurrences.ts';

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
  readonly must: Int32Array;
  readonly elements: Int32Array;
  readonly used: Bits;
  readonly shared: Int32Array;
  /** Neither: what occurs once. */
  readonly loose: Int32Array;
  readonly exact: boolean;
  /** The formula, all of which it consists, and how many these are. */
  readonly root: number;
  readonly inside: Bits;
  readonly size: number;
  /** Those of them above what it cannot do without, and above what occurs once. */
  readonly aboveMust: Int32Array;
  readonly aboveLoose: Int32Array;
  /** What the bound looks at: shared elements on their own, those of them below each set of alternatives, and modules. */
  readonly cuts: { readonly alone: Int32Array; readonly groups: readonly Int32Array[]; readonly modules: readonly Module[] };
}

/** Formulas of which `root` consists. */
function reachable({ size, parts }: FormulaGraph, root: number): Bits {
  const inside = noBits(size);
  setBit(inside, root);
  // parts have smaller numbers than what they are part of
  for (let i = root; i >= 0; i--) {
    if (!hasBit(inside, i)) continue;
    for (let at = parts.start[i] as number; at < (parts.start[i + 1] as number); at++) setBit(inside, parts.items[at] as number);
  }
  return inside;
}

/** Formulas of a program, parts before what they are part of. */
export const orderOf = oncePer(({ inside }: Program): Int32Array => numbersIn(inside));

/** Formulas inside that some of these elements change, parts first. */
function above({ users, above: over, open }: FormulaGraph, elements: Int32Array, inside: Bits): Int32Array {
  const addAll = ({ start, items }: Lists, i: number): void => {
    for (let at = start[i] as number; at < (start[i + 1] as number); at++) if (hasBit(inside, items[at] as number)) open.add(items[at] as number);
  };
  const found: number[] = [];
  for (let k = 0; k < elements.length; k++) addAll(users, elements[k] as number);
  for (let i = open.next(); i >= 0; i = open.next()) {
    found.push(i);
    addAll(over, i);
  }
  return new Int32Array(found);
}

function only({ start, items }: Lists, i: number, inside: Bits): boolean {
  let found = 0;
  for (let at = start[i] as number; at < (start[i + 1] as number); at++) if (hasBit(inside, items[at] as number)) found += 1;
  return found === 1;
}

function bitsOf(graph: FormulaGraph, elements: ArrayLike<number>): Bits {
  const bits = noBits(graph.book.elements.length);
  for (let i = 0; i < elements.length; i++) setBit(bits, elements[i] as number);
  return bits;
}

/** Without parts, and nothing in it is used elsewhere. */
function isClosed({ parts, elements, above: over, users }: FormulaGraph, i: number, inside: Bits, shared: Bits): boolean {
  if (parts.start[i] !== parts.start[i + 1] || !only(over, i, inside)) return false;
  for (let at = elements.start[i] as number; at < (elements.start[i + 1] as number); at++) {
    const element = elements.items[at] as number;
    if (!hasBit(shared, element) || !only(users, element, inside)) return false;
  }
  return true;
}

/** Alternatives without parts of their own whose elements are used nowhere else: read copies, as a rule. */
function modulesOf(graph: FormulaGraph, inside: Bits, shared: Bits): Module[] {
  const modules: Module[] = [];
  for (const i of graph.alternatives) {
    if (!hasBit(inside, i)) continue;
    const from = graph.parts.start[i] as number;
    const end = graph.parts.start[i + 1] as number;
    let closed = true;
    for (let at = from; at < end && closed; at++) closed = isClosed(graph, graph.parts.items[at] as number, inside, shared);
    if (closed) modules.push([...graph.parts.items.subarray(from, end)].map((of) => graph.elementsOf(of)));
  }
  return modules;
}

/** Those of a list that are in a set; as a rule all are. */
function common(list: Int32Array, among: Bits): Int32Array {
  for (let i = 0; i < list.length; i++) if (!hasBit(among, list[i] as number)) return list.filter((number) => hasBit(among, number));
  return list;
}

/** For each set of alternatives the elements of `among` below it; two at least. */
function groupsOf(graph: FormulaGraph, inside: Bits, among: Bits): Int32Array[] {
  const groups: Int32Array[] = [];
  for (const i of graph.alternatives) {
    if (!hasBit(inside, i)) continue;
    const group = common(graph.elementsBelow(i), among);
    if (group.length > 1) groups.push(group);
  }
  return groups;
}

/** `list`: the shared elements in order. */
function cutsOf(graph: FormulaGraph, inside: Bits, shared: Bits, list: Int32Array): Program['cuts'] {
  const modules = modulesOf(graph, inside, shared);
  if (modules.length === 0) return { alone: list, groups: groupsOf(graph, inside, shared), modules };
  const alone = withoutBits(shared, bitsOf(graph, modules.flat(2)));
  return { alone: numbersIn(alone), groups: groupsOf(graph, inside, alone), modules };
}

/** Make the formula `root` ready; `at` is its position in the loss table. */
export function compileProgram(graph: FormulaGraph, root: number, at: number, { once, twice }: Occurrences): Program {
  const inside = reachable(graph, root);
  const must = graph.book.must(root);
  const needed = bitsOf(graph, must);
  const replaced = withoutBits(twice, needed);
  const shared = numbersIn(replaced);
  addBits(needed, twice);
  const loose = numbersIn(once, needed);
  const exact = shared.length <= MAX_SHARED;
  return {
    graph, at, must, elements: numbersIn(once), used: once, shared, loose, exact, root, inside, size: countBits(inside),
    aboveMust: above(graph, must, inside), aboveLoose: above(graph, loose, inside),
    cuts: exact ? { alone: shared, groups: [], modules: [] } : cutsOf(graph, inside, replaced, shared),
  };
}

/** One pass over the formula as if everything were independent. */
export function pass(program: Program, up: Float64Array): number {
  const { graph } = program;
  const { value } = graph;
  const order = orderOf(program);
  let result = 1;
  for (let k = 0; k < order.length; k++) {
    const i = order[k] as number;
    result = graph.step(i, up, value);
    value[i] = result;
  }
  return result;
}
