/**
 * Expected value of a success formula, exactly: nodes that every request needs are factored out, nodes that occur in more
 * than one alternative are conditioned on (up to 16), the rest is independent (semantics 9.6).
 */
import type { FormulaBook, Formula } from './expressions.ts';

const MAX_SHARED = 16;
/** Members of the order-2 terms of the bound. */
const MAX_PAIRED = 12;
/** In conditions less probable than this what is left counts as independent: at most 1e-7 u, beyond the nine nines shown. */
const RARE = 1e-7;

/** One formula made ready to be evaluated many times. `value` is written by every evaluation. */
export interface Program {
  /** Elements without which nothing works, and all elements that occur. */
  readonly must: readonly number[];
  readonly elements: readonly number[];
  readonly shared: readonly number[];
  readonly exact: boolean;
  /** Steps of the formula without `must`; empty when nothing is left. Positions in `value`. */
  readonly steps: readonly Step[];
  readonly value: Float64Array;
  /** Steps right above a step, and right above an element outside `must`. */
  readonly above: readonly (readonly number[])[];
  readonly using: ReadonlyMap<number, readonly number[]>;
  /** Steps to compute again; all 0 between evaluations. */
  readonly dirty: Uint8Array;
}

interface Step { readonly kind: Formula['kind']; readonly elements: readonly number[]; readonly parts: readonly { readonly at: number; readonly share: number }[] }

function reachable(book: FormulaBook, root: number): number[] {
  const seen = new Set([root]);
  const open = [root];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    for (const part of (book.formulas[id] as Formula).parts) {
      if (seen.has(part.of)) continue;
      seen.add(part.of);
      open.push(part.of);
    }
  }
  return [...seen].sort((a, b) => a - b);
}

/** Elements that a formula cannot do without. */
function needed(formula: Formula, of: ReadonlyMap<number, ReadonlySet<number>>): Set<number> {
  const must = new Set(formula.elements);
  const sets = formula.parts.map((part) => of.get(part.of) ?? new Set<number>());
  if (formula.kind === 'all') {
    formula.parts.forEach((part, i) => void (part.share >= 1 && sets[i]?.forEach((element) => must.add(element))));
    return must;
  }
  const covered = formula.kind === 'any' || formula.parts.reduce((sum, part) => sum + part.share, 0) > 1 - 1e-9;
  const [first, ...rest] = sets;
  if (covered && first) for (const element of first) if (rest.every((set) => set.has(element))) must.add(element);
  return must;
}

/** How often elements outside `must` occur at once: alternatives that exclude each other count as the larger. */
function occurrences(formula: Formula, of: ReadonlyMap<number, ReadonlyMap<number, number>>, must: ReadonlySet<number>): Map<number, number> {
  const counts = new Map<number, number>();
  const add = (element: number, times: number): void => {
    const before = counts.get(element) ?? 0;
    counts.set(element, formula.kind === 'one' ? Math.max(before, times) : Math.min(2, before + times));
  };
  for (const element of formula.elements) if (!must.has(element)) add(element, 1);
  for (const part of formula.parts) of.get(part.of)?.forEach((times, element) => add(element, times));
  return counts;
}

function mustOf(book: FormulaBook, order: readonly number[], root: number): ReadonlySet<number> {
  const musts = new Map<number, ReadonlySet<number>>();
  for (const id of order) musts.set(id, needed(book.formulas[id] as Formula, musts));
  return musts.get(root) ?? new Set<number>();
}

/** Elements that the formula `root` cannot do without. */
export function indispensable(book: FormulaBook, root: number): ReadonlySet<number> {
  return mustOf(book, reachable(book, root), root);
}

/** What stands right above each step and each element. */
function links(steps: readonly Step[]): { above: number[][]; using: Map<number, number[]> } {
  const above = steps.map((): number[] => []);
  const using = new Map<number, number[]>();
  steps.forEach((step, i) => {
    for (const part of step.parts) above[part.at]?.push(i);
    for (const element of step.elements) {
      const users = using.get(element);
      if (users) users.push(i);
      else using.set(element, [i]);
    }
  });
  return { above, using };
}

/** Compile the formula `root` of a book. */
export function compileProgram(book: FormulaBook, root: number): Program {
  const order = reachable(book, root);
  const must = mustOf(book, order, root);
  const counts = new Map<number, ReadonlyMap<number, number>>();
  const position = new Map<number, number>();
  const steps: Step[] = [];
  const elements = new Set<number>();
  for (const id of order) {
    const formula = book.formulas[id] as Formula;
    for (const element of formula.elements) elements.add(element);
    counts.set(id, occurrences(formula, counts, must));
    const own = formula.elements.filter((element) => !must.has(element));
    const parts = formula.parts.filter((part) => position.has(part.of)).map((part) => ({ at: position.get(part.of) as number, share: part.share }));
    // a part that is always up settles an alternative; in a sequence it can be left out
    const settled = formula.kind === 'any' && parts.length < formula.parts.length;
    if (settled || (own.length === 0 && parts.length === 0)) continue;
    position.set(id, steps.length);
    steps.push({ kind: formula.kind, elements: own, parts });
  }
  const shared = [...(counts.get(root) ?? [])].filter(([, times]) => times > 1).map(([element]) => element).sort((a, b) => a - b);
  const used = position.has(root) ? steps : [];
  return {
    must: [...must].sort((a, b) => a - b), elements: [...elements].sort((a, b) => a - b), shared, exact: shared.length <= MAX_SHARED,
    steps: used, value: new Float64Array(used.length), ...links(used), dirty: new Uint8Array(used.length),
  };
}

function stepValue({ kind, elements, parts }: Step, up: Float64Array, value: Float64Array): number {
  let result = 1;
  if (kind === 'all') {
    for (const element of elements) result *= up[element] as number;
    for (const part of parts) result *= 1 - part.share * (1 - (value[part.at] as number));
  } else if (kind === 'any') {
    let down = 1;
    for (const part of parts) down *= 1 - (value[part.at] as number);
    result = 1 - down;
  } else {
    for (const part of parts) result -= part.share * (1 - (value[part.at] as number));
  }
  return result;
}

/** One pass over the formula as if everything were independent. 1 for an empty one. */
function pass({ steps, value }: Program, up: Float64Array): number {
  for (let i = 0; i < steps.length; i++) value[i] = stepValue(steps[i] as Step, up, value);
  return steps.length === 0 ? 1 : (value[steps.length - 1] as number);
}

/** What steps held before they were computed again. */
interface Journal { readonly steps: number[]; readonly values: number[] }

function mark({ using, dirty }: Program, element: number): void {
  for (const i of using.get(element) ?? []) dirty[i] = 1;
}

/** Compute the marked steps, and those above them that change with it, again. */
function sweep({ steps, value, above, dirty }: Program, up: Float64Array, journal: Journal | null): number {
  for (let i = 0; i < steps.length; i++) {
    if (dirty[i] === 0) continue;
    dirty[i] = 0;
    const before = value[i] as number;
    const after = stepValue(steps[i] as Step, up, value);
    if (after === before) continue;
    value[i] = after;
    journal?.steps.push(i);
    journal?.values.push(before);
    for (const next of above[i] as readonly number[]) dirty[next] = 1;
  }
  return value[steps.length - 1] as number;
}

/** Value with one element changed, after which everything is as it was before. */
function sweepOnce(program: Program, up: Float64Array, element: number, to: number): number {
  const journal: Journal = { steps: [], values: [] };
  const kept = up[element] as number;
  up[element] = to;
  mark(program, element);
  const result = sweep(program, up, journal);
  up[element] = kept;
  journal.steps.forEach((step, i) => void (program.value[step] = journal.values[i] as number));
  return result;
}

/** One pass where only these elements are not up for certain: every other step is 1. */
function passFrom(program: Program, up: Float64Array, lessThanOne: readonly number[]): number {
  if (lessThanOne.length * 4 > program.steps.length) return pass(program, up);
  program.value.fill(1);
  for (const element of lessThanOne) mark(program, element);
  return program.steps.length === 0 ? 1 : sweep(program, up, null);
}

function mustUp(program: Program, up: Float64Array): number {
  let all = 1;
  for (const element of program.must) all *= up[element] as number;
  return all;
}

/** A state that is looked at: elements that are not up for certain, those of them to condition on, and what is too rare. */
interface State { readonly down: readonly number[]; readonly shared: readonly number[]; readonly rare: number }

function conditioned(program: Program, up: Float64Array, state: State, at: number, weight: number): number {
  const element = state.shared[at];
  if (element === undefined || weight <= state.rare) return weight * passFrom(program, up, state.down);
  const p = up[element] as number;
  up[element] = 1;
  let total = conditioned(program, up, state, at + 1, weight * p);
  up[element] = 0;
  total += conditioned(program, up, state, at + 1, weight * (1 - p));
  up[element] = p;
  return total;
}

/** Order-2 cut bound: the loss of each shared element alone, and of the worst pairs beyond what their members lose. */
function bounded(program: Program, up: Float64Array, { shared, rare }: State): number {
  const kept = shared.map((element) => up[element] as number);
  for (const element of shared) up[element] = 1;
  const all = pass(program, up);
  const single = shared.map((element) => sweepOnce(program, up, element, 0));
  let result = all;
  if (all > 0) {
    single.forEach((f, i) => void (result *= 1 - (1 - (kept[i] as number)) * (1 - Math.min(1, f / all))));
    const worst = kept.map((_, i) => i).sort((a, b) => (kept[a] as number) - (kept[b] as number) || a - b).slice(0, MAX_PAIRED);
    worst.forEach((i, at) => {
      const u = 1 - (kept[i] as number);
      const first = shared[i] as number;
      if (u * (1 - (kept[worst[at + 1] ?? i] as number)) <= rare) return;
      up[first] = 0;
      mark(program, first);
      sweep(program, up, null);
      for (const j of worst.slice(at + 1)) {
        const both = u * (1 - (kept[j] as number));
        if (both <= rare) break;
        const beyond = ((single[i] as number) * (single[j] as number)) / all - sweepOnce(program, up, shared[j] as number, 0);
        if (beyond > 0) result *= 1 - both * Math.min(1, beyond / all);
      }
      up[first] = 1;
      mark(program, first);
      sweep(program, up, null);
    });
  }
  shared.forEach((element, i) => void (up[element] = kept[i] as number));
  return result;
}

/**
 * Expected share that succeeds when element e is up with probability `up[e]`. Leaves `up` as it was. `weight` is the
 * probability of the state that is looked at: the rarer it is, the fewer of its conditions matter.
 */
export function expectedSuccess(program: Program, up: Float64Array, weight = 1): number {
  const must = mustUp(program, up);
  if (must <= 0 || program.steps.length === 0) return Math.max(0, must);
  const rare = RARE / weight;
  const down = program.elements.filter((element) => (up[element] as number) < 1 && program.using.has(element));
  // what is certainly up or down needs no condition: after a stated loss that is almost everything
  const shared = program.shared.filter((element) => (up[element] as number) > 0 && (up[element] as number) < 1);
  const state: State = { down, shared, rare };
  if (shared.length <= MAX_SHARED) return must * conditioned(program, up, state, 0, 1);
  return must * (rare >= 1 ? pass(program, up) : bounded(program, up, state));
}

/** The narrowest place decides: the smallest along a sequence, the best of alternatives, the mean of shares (semantics 9.1). */
export function narrowest(program: Program, up: Float64Array): number {
  const { steps, value } = program;
  let must = 1;
  for (const element of program.must) must = Math.min(must, up[element] as number);
  if (steps.length === 0) return must;
  for (let i = 0; i < steps.length; i++) {
    const step = steps[i] as Step;
    let result = step.kind === 'any' ? 0 : 1;
    for (const element of step.elements) result = Math.min(result, up[element] as number);
    for (const part of step.parts) {
      const served = value[part.at] as number;
      if (step.kind === 'all') result = Math.min(result, 1 - part.share * (1 - served));
      else if (step.kind === 'any') result = Math.max(result, served);
      else result -= part.share * (1 - served);
    }
    value[i] = result;
  }
  return Math.min(must, value[steps.length - 1] as number);
}
