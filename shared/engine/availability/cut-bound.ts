/** Order-2 cut bound of a formula with too many shared elements to condition on (semantics 9.6). */
import type { LossTable } from './loss-table.ts';
import type { Module, Program } from './program.ts';

/** Members of the order-2 terms of one set of alternatives, the least available first. */
const MAX_PAIRED = 12;

/** Two elements that replace each other, and what their loss together costs beyond what each costs alone. */
interface Pair { readonly first: number; readonly second: number; readonly beyond: number }

/** What a program loses without parts of it: the same in all states. */
interface CutLosses {
  /** What the elements of `cuts.alone` cost on their own. */
  readonly costs: Float64Array;
  readonly modules: readonly { readonly module: Module; readonly cost: number }[];
  /** Pairs of all sets of alternatives; null when a set is so large that the state decides which of its members count. */
  readonly pairs: readonly Pair[] | null;
}

const known = new WeakMap<LossTable, (CutLosses | undefined)[]>();

function pairOf(table: LossTable, at: number, first: number, second: number): Pair {
  const beyond = (table.pair(first, second)[at] as number) - 1 + (1 - (table.single(first)[at] as number)) * (1 - (table.single(second)[at] as number));
  return { first, second, beyond };
}

/** Calls `visit` with every two members of a group that were not met before. */
function newPairs(members: ArrayLike<number>, size: number, seen: Set<number>, visit: (first: number, second: number) => void): void {
  for (let i = 0; i < members.length; i++) {
    const first = members[i] as number;
    for (let k = i + 1; k < members.length; k++) {
      const second = members[k] as number;
      if (seen.size !== seen.add(Math.min(first, second) * size + Math.max(first, second)).size) visit(first, second);
    }
  }
}

function allPairs({ at, cuts, graph }: Program, table: LossTable): Pair[] | null {
  if (cuts.groups.some((group) => group.length > MAX_PAIRED)) return null;
  const seen = new Set<number>();
  const pairs: Pair[] = [];
  const add = (first: number, second: number): void => {
    const pair = pairOf(table, at, first, second);
    if (pair.beyond > 0) pairs.push(pair);
  };
  for (const group of cuts.groups) newPairs(group, graph.book.elements.length, seen, add);
  return pairs;
}

function cutLosses(program: Program, table: LossTable): CutLosses {
  const { at, cuts } = program;
  const byProgram = known.get(table) ?? [];
  known.set(table, byProgram);
  const existing = byProgram[at];
  if (existing) return existing;
  const costs = new Float64Array(cuts.alone.length);
  for (let i = 0; i < costs.length; i++) costs[i] = table.single(cuts.alone[i] as number)[at] as number;
  const made: CutLosses = {
    costs, modules: cuts.modules.map((module) => ({ module, cost: table.together(module.flat())[at] as number })), pairs: allPairs(program, table),
  };
  byProgram[at] = made;
  return made;
}

function moduleUp(module: Module, up: Float64Array): number {
  let down = 1;
  for (const members of module) down *= 1 - members.reduce((product, element) => product * (up[element] as number), 1);
  return 1 - down;
}

/** The least available of these that are neither certain nor lost. */
function worstOf(elements: Int32Array, up: Float64Array): Int32Array {
  if (elements.length <= MAX_PAIRED) return elements;
  const open = elements.filter((element) => (up[element] as number) > 0 && (up[element] as number) < 1);
  return open.sort((a, b) => (up[a] as number) - (up[b] as number) || a - b).subarray(0, MAX_PAIRED);
}

/** Both may be up and may be down, and seldom enough is too seldom. */
function counts(up: Float64Array, first: number, second: number, rare: number): boolean {
  return (up[first] as number) > 0 && (up[second] as number) > 0 && (1 - (up[first] as number)) * (1 - (up[second] as number)) > rare;
}

function without(left: number, up: Float64Array, { first, second, beyond }: Pair): number {
  return left * (1 - (1 - (up[first] as number)) * (1 - (up[second] as number)) * beyond);
}

/** What pairs lose beyond what their members lose: two that replace each other. */
function pairs(program: Program, up: Float64Array, table: LossTable, rare: number): number {
  const { at, cuts } = program;
  let left = 1;
  const always = cutLosses(program, table).pairs;
  if (always) {
    for (const pair of always) if (counts(up, pair.first, pair.second, rare)) left = without(left, up, pair);
    return left;
  }
  const seen = new Set<number>();
  for (const group of cuts.groups) {
    newPairs(worstOf(group, up), up.length, seen, (first, second) => {
      if (!counts(up, first, second, rare)) return;
      const pair = pairOf(table, at, first, second);
      if (pair.beyond > 0) left = without(left, up, pair);
    });
  }
  return left;
}

/**
 * What the formula with all shared elements up is multiplied with: what the loss of each alone costs, times the pairs. Copies
 * inside one place count as one element. Expects `up` of what the formula cannot do without to be 1.
 */
export function cutFactor(program: Program, up: Float64Array, table: LossTable, rare: number): number {
  const { alone } = program.cuts;
  const { costs, modules } = cutLosses(program, table);
  let factor = pairs(program, up, table, rare);
  for (let i = 0; i < alone.length; i++) {
    const value = up[alone[i] as number] as number;
    if (value > 0) factor *= 1 - (1 - value) * (costs[i] as number);
  }
  for (const { module, cost } of modules) {
    const value = moduleUp(module, up);
    if (value > 0 && value < 1) factor *= 1 - (1 - value) * cost;
  }
  return factor;
}
