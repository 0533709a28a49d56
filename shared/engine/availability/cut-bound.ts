/** Order-2 cut bound of a formula with too many shared elements to condition on (semantics 9.6). */
import { oncePer } from '../../lib/once-per.ts';
import { floats, type Numbers } from '../math/lists.ts';
import { nextBit } from './bits.ts';
import { lostBy, type LossRow } from './lane-losses.ts';
import type { LossTable } from './loss-table.ts';
import type { Module, Program } from './program.ts';

/** Members of the order-2 terms of one set of alternatives, the least available first. */
const MAX_PAIRED = 12;

/** Pairs that replace each other, side by side: two elements, and what their loss together costs beyond what each costs alone. */
class Pairs {
  readonly first: number[] = [];
  readonly second: number[] = [];
  readonly beyond: number[] = [];

  add(first: number, second: number, beyond: number): void {
    this.first.push(first);
    this.second.push(second);
    this.beyond.push(beyond);
  }
}

/** What a program loses without parts of it: the same in all states. */
interface CutLosses {
  /** By element: what those of `cuts.alone` cost on their own; 0 for all others. */
  readonly costs: Numbers;
  readonly modules: readonly { readonly module: Module; readonly cost: number }[];
  /** Pairs of all sets of alternatives; null when a set is so large that the state decides which of its members count. */
  readonly pairs: Pairs | null;
}

/** Two elements with what every root loses without both. */
interface PairRow { readonly id: number; readonly first: number; readonly second: number; readonly both: LossRow }

/** What programs lose by one table; journeys share their pairs. */
class TableCuts {
  readonly byProgram: (CutLosses | undefined)[] = [];
  private readonly table: LossTable;
  private readonly rows = new Map<number, PairRow>();
  private readonly ofGroup = new Map<Numbers, readonly PairRow[]>();
  /** By pair: the last search that met it. */
  private readonly metBy: number[] = [];
  private searches = 0;

  constructor(table: LossTable) {
    this.table = table;
  }

  /** Pairs within some groups that cost more than their members, each once. */
  pairsOf(groups: readonly Numbers[], at: number): Pairs {
    this.searches += 1;
    const found = new Pairs();
    for (const group of groups) for (const row of this.within(group)) this.add(row, at, found);
    return found;
  }

  /** Those of them that count in a state; groups may be large, so that the others are not looked at. */
  pairsThat(counts: (first: number, second: number) => boolean, groups: readonly Numbers[], at: number): Pairs {
    this.searches += 1;
    const found = new Pairs();
    for (const group of groups) {
      for (let i = 0; i < group.length; i++) {
        for (let k = i + 1; k < group.length; k++) if (counts(group[i] as number, group[k] as number)) this.add(this.rowOf(group[i] as number, group[k] as number), at, found);
      }
    }
    return found;
  }

  private add({ id, first, second, both }: PairRow, at: number, found: Pairs): void {
    if (this.metBy[id] === this.searches) return;
    this.metBy[id] = this.searches;
    const { table } = this;
    const beyond = lostBy(both, at) - 1 + (1 - table.singleAt(first, at)) * (1 - table.singleAt(second, at));
    if (beyond > 0) found.add(first, second, beyond);
  }

  private within(group: Numbers): readonly PairRow[] {
    const known = this.ofGroup.get(group);
    if (known) return known;
    const rows: PairRow[] = [];
    for (let i = 0; i < group.length; i++) for (let k = i + 1; k < group.length; k++) rows.push(this.rowOf(group[i] as number, group[k] as number));
    this.ofGroup.set(group, rows);
    return rows;
  }

  private rowOf(first: number, second: number): PairRow {
    const key = Math.min(first, second) * this.table.elements + Math.max(first, second);
    const known = this.rows.get(key);
    if (known) return known;
    const made: PairRow = { id: this.rows.size, first, second, both: this.table.pair(first, second) };
    this.rows.set(key, made);
    return made;
  }
}

const cutsOf = oncePer((table: LossTable): TableCuts => new TableCuts(table));

function cutLosses(program: Program, table: LossTable): CutLosses {
  const { at, cuts } = program;
  const ofTable = cutsOf(table);
  const existing = ofTable.byProgram[at];
  if (existing) return existing;
  const costs = floats(program.graph.book.elements.length);
  for (let element = nextBit(cuts.alone, 0); element >= 0; element = nextBit(cuts.alone, element + 1)) costs[element] = table.singleAt(element, at);
  const made: CutLosses = {
    costs, modules: cuts.modules.map((module) => ({ module, cost: lostBy(table.together(module.flat()), at) })),
    pairs: cuts.groups.some((group) => group.length > MAX_PAIRED) ? null : ofTable.pairsOf(cuts.groups, at),
  };
  ofTable.byProgram[at] = made;
  return made;
}

function moduleUp(module: Module, up: Numbers): number {
  let down = 1;
  for (const members of module) down *= 1 - members.reduce((product, element) => product * (up[element] as number), 1);
  return 1 - down;
}

/** The least available of these that are neither certain nor lost. */
function worstOf(elements: Numbers, up: Numbers): Numbers {
  if (elements.length <= MAX_PAIRED) return elements;
  const open = elements.filter((element) => (up[element] as number) > 0 && (up[element] as number) < 1);
  return open.sort((a, b) => (up[a] as number) - (up[b] as number) || a - b).slice(0, MAX_PAIRED);
}

/** Both may be up and may be down, and seldom enough is too seldom. */
function counts(up: Numbers, first: number, second: number, rare: number): boolean {
  return (up[first] as number) > 0 && (up[second] as number) > 0 && (1 - (up[first] as number)) * (1 - (up[second] as number)) > rare;
}

/** What pairs lose beyond what their members lose: two that replace each other. */
function pairs(program: Program, up: Numbers, table: LossTable, rare: number): number {
  const { at, cuts } = program;
  const counting = (first: number, second: number): boolean => counts(up, first, second, rare);
  const found = cutLosses(program, table).pairs ?? cutsOf(table).pairsThat(counting, cuts.groups.map((group) => worstOf(group, up)), at);
  let left = 1;
  for (let k = 0; k < found.beyond.length; k++) {
    const first = found.first[k] as number;
    const second = found.second[k] as number;
    if (counting(first, second)) left *= 1 - (1 - (up[first] as number)) * (1 - (up[second] as number)) * (found.beyond[k] as number);
  }
  return left;
}

/**
 * What the formula with all shared elements up is multiplied with: what the loss of each alone costs, times the pairs. Copies
 * inside one place count as one element. Expects `up` of what the formula cannot do without to be 1.
 */
export function cutFactor(program: Program, up: Numbers, table: LossTable, rare: number): number {
  const { costs, modules } = cutLosses(program, table);
  let factor = pairs(program, up, table, rare);
  for (let element = 0; element < costs.length; element++) {
    const value = up[element] as number;
    if (value > 0) factor *= 1 - (1 - value) * (costs[element] as number);
  }
  for (const { module, cost } of modules) {
    const value = moduleUp(module, up);
    if (value > 0 && value < 1) factor *= 1 - (1 - value) * cost;
  }
  return factor;
}
