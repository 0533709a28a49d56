/** The success formula of one journey made ready: what it cannot do without, what it shares, and in which order it is computed. */
import { oncePer } from '../../lib/once-per.ts';
import type { Numbers } from '../math/lists.ts';
import { addBits, countBits, hasBit, numbersIn, noBits, setBit, withoutBits, type Bits } from './bits.ts';
import type { FormulaGraph, Lists } from './formula-graph.ts';
import type { Descent, Inside } from './occurrences.ts';

/** Shared elements up to which a formula is evaluated exactly (semantics 9.6). */
export const MAX_SHARED = 16;

/** Alternatives inside one place, used nowhere else: elements of each, all of which that alternative needs. */
export type Module = readonly (readonly number[])[];

/** The formula of one journey. */
export interface Program {
  readonly graph: FormulaGraph;
  /** Position of its formula in the loss table. */
  readonly at: number;
  /** Elements without which nothing works. */
  readonly must: Numbers;
  /** All elements that occur; those that occur more than once at a time and can be done without; what occurs once. */
  readonly used: Bits;
  readonly shared: Bits;
  readonly loose: Numbers;
  readonly exact: boolean;
  /** The formula, and all of which it consists. */
  readonly root: number;
  readonly inside: Inside;
  /** Those of them above what it cannot do without, and above what occurs once. */
  readonly aboveMust: Numbers;
  readonly aboveLoose: Numbers;
  /** What the bound looks at: shared elements on their own, those of them below each set of alternatives, and modules. */
  readonly cuts: { readonly alone: Bits; readonly groups: readonly Numbers[]; readonly modules: readonly Module[] };
}

/** Elements that occur in a program, ascending. */
export const elementsOf = oncePer(({ used }: Program): Numbers => numbersIn(used));

/** Formulas of a program, parts before what they are part of. */
export const orderOf = oncePer(({ inside, root }: Program): Numbers => {
  const order: number[] = [];
  for (let i = 0; i <= root; i++) if (inside.has(i)) order.push(i);
  return order;
});

/** Formulas inside that some of these elements change, parts first. */
function above({ users, above: over, open }: FormulaGraph, elements: Numbers, inside: Inside): Numbers {
  const addAll = ({ start, items }: Lists, i: number): void => {
    for (let at = start[i] as number; at < (start[i + 1] as number); at++) if (inside.has(items[at] as number)) open.add(items[at] as number);
  };
  const found: number[] = [];
  for (let k = 0; k < elements.length; k++) addAll(users, elements[k] as number);
  for (let i = open.next(); i >= 0; i = open.next()) {
    found.push(i);
    addAll(over, i);
  }
  return found;
}

function only({ start, items }: Lists, i: number, inside: Inside): boolean {
  let found = 0;
  for (let at = start[i] as number; at < (start[i + 1] as number); at++) if (inside.has(items[at] as number)) found += 1;
  return found === 1;
}

function bitsOf(graph: FormulaGraph, elements: ArrayLike<number>): Bits {
  const bits = noBits(graph.book.elements.length);
  for (let i = 0; i < elements.length; i++) setBit(bits, elements[i] as number);
  return bits;
}

/** Without parts, and nothing in it is used elsewhere. */
function isClosed({ parts, elements, above: over, users }: FormulaGraph, i: number, inside: Inside, shared: Bits): boolean {
  if (parts.start[i] !== parts.start[i + 1] || !only(over, i, inside)) return false;
  for (let at = elements.start[i] as number; at < (elements.start[i + 1] as number); at++) {
    const element = elements.items[at] as number;
    if (!hasBit(shared, element) || !only(users, element, inside)) return false;
  }
  return true;
}

/** Alternatives without parts of their own whose elements are used nowhere else: read copies, as a rule. */
function modulesOf(graph: FormulaGraph, inside: Inside, shared: Bits): Module[] {
  const modules: Module[] = [];
  for (const i of graph.alternatives) {
    if (!inside.has(i)) continue;
    const from = graph.parts.start[i] as number;
    const end = graph.parts.start[i + 1] as number;
    let closed = true;
    for (let at = from; at < end && closed; at++) closed = isClosed(graph, graph.parts.items[at] as number, inside, shared);
    if (closed) modules.push([...graph.parts.items.slice(from, end)].map((of) => graph.elementsOf(of)));
  }
  return modules;
}

/** Those of a list that are in a set; as a rule all are. */
function common(list: Numbers, among: Bits): Numbers {
  for (let i = 0; i < list.length; i++) if (!hasBit(among, list[i] as number)) return list.filter((number) => hasBit(among, number));
  return list;
}

/** For each set of alternatives the elements of `among` below it; two at least. */
function groupsOf(graph: FormulaGraph, inside: Inside, among: Bits): Numbers[] {
  const groups: Numbers[] = [];
  for (const i of graph.alternatives) {
    if (!inside.has(i)) continue;
    const group = common(graph.elementsBelow(i), among);
    if (group.length > 1) groups.push(group);
  }
  return groups;
}

function cutsOf(graph: FormulaGraph, inside: Inside, shared: Bits): Program['cuts'] {
  const modules = modulesOf(graph, inside, shared);
  const alone = modules.length === 0 ? shared : withoutBits(shared, bitsOf(graph, modules.flat(2)));
  return { alone, groups: groupsOf(graph, inside, alone), modules };
}

/** Make the formula `root` ready; `at` is its position in the loss table. */
export function compileProgram(graph: FormulaGraph, root: number, at: number, descent: Descent): Program {
  const inside = descent.inside(root);
  const { once, twice } = descent.below(root);
  const must = graph.book.must(root);
  const needed = bitsOf(graph, must);
  const shared = withoutBits(twice, needed);
  addBits(needed, twice);
  const loose = numbersIn(once, needed);
  const exact = countBits(shared) <= MAX_SHARED;
  return {
    graph, at, must, used: once, shared, loose, exact, root, inside,
    aboveMust: above(graph, must, inside), aboveLoose: above(graph, loose, inside),
    cuts: exact ? { alone: shared, groups: [], modules: [] } : cutsOf(graph, inside, shared),
  };
}

/** One pass over the formula as if everything were independent. */
export function pass(program: Program, up: Numbers): number {
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
