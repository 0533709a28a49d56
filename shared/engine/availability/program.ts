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
  /** Steps that change with a shared element, in order; filled where the bound needs it. */
  readonly touched: ReadonlyMap<number, Int32Array>;
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

/** For each of these elements the steps above it, callers after what they call. */
function touchedSteps(steps: readonly Step[], elements: readonly number[]): ReadonlyMap<number, Int32Array> {
  const above = steps.map((): number[] => []);
  const using = new Map<number, number[]>(elements.map((element) => [element, []]));
  steps.forEach((step, i) => {
    for (const part of step.parts) above[part.at]?.push(i);
    for (const element of step.elements) using.get(element)?.push(i);
  });
  const touched = new Map<number, Int32Array>();
  for (const [element, own] of using) {
    const seen = new Set(own);
    for (const step of seen) for (const next of above[step] ?? []) seen.add(next);
    touched.set(element, Int32Array.from(seen).sort());
  }
  return touched;
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
  return {
    must: [...must].sort((a, b) => a - b), elements: [...elements].sort((a, b) => a - b), shared, exact: shared.length <= MAX_SHARED,
    steps: position.has(root) ? steps : [], value: new Float64Array(steps.length),
    touched: shared.length > MAX_SHARED ? touchedSteps(steps, shared) : new Map<number, Int32Array>(),
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

/** After a pass, only the steps above one element again. */
function passAbove({ steps, value, touched }: Program, up: Float64Array, element: number): number {
  for (const i of touched.get(element) ?? []) value[i] = stepValue(steps[i] as Step, up, value);
  return value[steps.length - 1] as number;
}

/** Write back what a pass above one element changed. */
function restore({ value, touched }: Program, element: number, from: Float64Array): void {
  for (const i of touched.get(element) ?? []) value[i] = from[i] as number;
}

function mustUp(program: Program, up: Float64Array): number {
  let all = 1;
  for (const element of program.must) all *= up[element] as number;
  return all;
}

function conditioned(program: Program, up: Float64Array, shared: readonly number[], at: number, weight: number, rare: number): number {
  const element = shared[at];
  if (element === undefined || weight <= rare) return weight * pass(program, up);
  const p = up[element] as number;
  let total = 0;
  if (p > 0) {
    up[element] = 1;
    total += conditioned(program, up, shared, at + 1, weight * p, rare);
  }
  if (p < 1) {
    up[element] = 0;
    total += conditioned(program, up, shared, at + 1, weight * (1 - p), rare);
  }
  up[element] = p;
  return total;
}

/** Order-2 cut bound: the loss of each shared element alone, and of the worst pairs beyond what their members lose. */
function bounded(program: Program, up: Float64Array, shared: readonly number[], rare: number): number {
  const kept = shared.map((element) => up[element] as number);
  for (const element of shared) up[element] = 1;
  const all = pass(program, up);
  const intact = Float64Array.from(program.value);
  const without = (element: number): number => {
    up[element] = 0;
    const left = passAbove(program, up, element);
    up[element] = 1;
    return left;
  };
  const single = shared.map((element) => {
    const left = without(element);
    restore(program, element, intact);
    return left;
  });
  let result = all;
  if (all > 0) {
    single.forEach((f, i) => void (result *= 1 - (1 - (kept[i] as number)) * (1 - Math.min(1, f / all))));
    const worst = kept.map((_, i) => i).sort((a, b) => (kept[a] as number) - (kept[b] as number) || a - b).slice(0, MAX_PAIRED);
    worst.forEach((i, at) => {
      const u = 1 - (kept[i] as number);
      const first = shared[i] as number;
      if (u * (1 - (kept[worst[at + 1] ?? i] as number)) <= rare) return;
      up[first] = 0;
      passAbove(program, up, first);
      const lost = Float64Array.from(program.value);
      for (const j of worst.slice(at + 1)) {
        const both = u * (1 - (kept[j] as number));
        if (both <= rare) break;
        const beyond = ((single[i] as number) * (single[j] as number)) / all - without(shared[j] as number);
        restore(program, shared[j] as number, lost);
        if (beyond > 0) result *= 1 - both * Math.min(1, beyond / all);
      }
      up[first] = 1;
      restore(program, first, intact);
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
  // what is certainly up or down needs no condition: after a stated loss that is almost everything
  const shared = program.shared.filter((element) => (up[element] as number) > 0 && (up[element] as number) < 1);
  if (shared.length <= MAX_SHARED) return must * conditioned(program, up, shared, 0, 1, rare);
  return must * (rare >= 1 ? pass(program, up) : bounded(program, up, shared, rare));
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
