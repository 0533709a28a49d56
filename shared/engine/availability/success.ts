/**
 * Expected value of a success formula, exactly: nodes that every request needs are factored out, nodes that occur in more
 * than one alternative are conditioned on (up to 16), the rest is independent (semantics 9.6).
 */
import { cutFactor } from './cut-bound.ts';
import { passLanes } from './lanes.ts';
import type { LossTable } from './loss-table.ts';
import { MAX_SHARED, pass, type Program } from './program.ts';

/** Formulas computed for the conditions of a journey that is too large to be exact anyway. */
const MAX_WORK = 1 << 17;
/** In conditions less probable than this what is left counts as independent: at most 1e-7 u, beyond the nine nines shown. */
const RARE = 1e-7;

function conditioned(program: Program, up: Float64Array, shared: readonly number[], at: number, weight: number, rare: number): number {
  const element = shared[at];
  if (element === undefined || weight <= rare) return weight * pass(program, up);
  const p = up[element] as number;
  up[element] = 1;
  let total = conditioned(program, up, shared, at + 1, weight * p, rare);
  up[element] = 0;
  total += conditioned(program, up, shared, at + 1, weight * (1 - p), rare);
  up[element] = p;
  return total;
}

/** Shared elements that are neither certainly up nor down, as far as they are few: after a stated loss that is almost none. */
function openOf({ shared }: Program, up: Float64Array): readonly number[] {
  const open: number[] = [];
  for (let i = 0; i < shared.length && open.length <= MAX_SHARED; i++) {
    const value = up[shared[i] as number] as number;
    if (value > 0 && value < 1) open.push(shared[i] as number);
  }
  return open;
}

/** How a state is valued: what stands before the pass over the formula, and whether shared elements count as up in that pass. */
interface Approach { readonly factor: number; readonly bounded: boolean }

/**
 * The approach for a formula whose `must` is up, or the value itself where few conditions give it. In rare states shared elements
 * count as independent.
 */
function approach(program: Program, up: Float64Array, table: LossTable, rare: number): Approach | number {
  const open = openOf(program, up);
  const few = open.length <= MAX_SHARED && (program.exact || program.order.length * 2 ** open.length <= MAX_WORK);
  if (few) return conditioned(program, up, open, 0, 1, rare);
  return rare >= 1 ? { factor: 1, bounded: false } : { factor: cutFactor(program, up, table, rare), bounded: true };
}

/** Probability that none of these elements is lost. */
function allUp(must: Program['must'], up: Float64Array): number {
  let all = 1;
  for (const element of must) all *= up[element] as number;
  return all;
}

/** Look at the rest as if these elements were surely up. Returns what they were, to be put back. */
function takeAsUp(must: Program['must'], up: Float64Array): readonly number[] {
  const kept = must.map((element) => up[element] as number);
  for (const element of must) up[element] = 1;
  return kept;
}

/**
 * Expected share that succeeds when element e is up with probability `up[e]`. Leaves `up` as it was. `table`: losses of
 * single elements, for journeys too large for the exact value. `weight` is the probability of the state that is looked
 * at: the rarer it is, the fewer of its conditions matter.
 */
export function expectedSuccess(program: Program, up: Float64Array, table: LossTable, weight = 1): number {
  const { must, shared } = program;
  const all = allUp(must, up);
  if (all <= 0) return 0;
  const kept = takeAsUp(must, up);
  const way = approach(program, up, table, RARE / weight);
  let rest = typeof way === 'number' ? way : 0;
  if (typeof way !== 'number') {
    const before = way.bounded ? raise(shared, up) : null;
    rest = way.factor * pass(program, up);
    if (before) for (let i = 0; i < shared.length; i++) up[shared[i] as number] = before[i] as number;
  }
  must.forEach((element, i) => void (up[element] = kept[i] as number));
  return all * rest;
}

/** Count elements as up that are not lost altogether; returns what they were. */
function raise(elements: readonly number[], up: Float64Array): Float64Array {
  const before = new Float64Array(elements.length);
  for (let i = 0; i < elements.length; i++) {
    const element = elements[i] as number;
    before[i] = up[element] as number;
    if ((up[element] as number) > 0) up[element] = 1;
  }
  return before;
}

/** A state: its probability, and the values of all elements in it. */
export interface State { readonly weight: number; readonly up: Float64Array }

/** A state that waits for the pass: its position, and what the value of the formula is multiplied with. */
interface Waiting { readonly state: number; readonly all: number; readonly factor: number }

/** States that are passed side by side. */
const SIDE_BY_SIDE = 8;

/** `expectedSuccess` of one formula in several states, in their order. */
export function expectedInStates(program: Program, table: LossTable, states: readonly State[]): Float64Array {
  const result = new Float64Array(states.length);
  for (let from = 0; from < states.length; from += SIDE_BY_SIDE) sideBySide(program, table, states, from, result);
  return result;
}

function sideBySide(program: Program, table: LossTable, states: readonly State[], from: number, result: Float64Array): void {
  const lanes = Math.min(SIDE_BY_SIDE, states.length - from);
  const waiting: Waiting[] = [];
  const size = program.graph.book.elements.length * lanes;
  if (side.length < size) side = new Float64Array(size);
  for (let state = from; state < from + lanes; state++) {
    const { weight, up } = states[state] as State;
    const found = prepare(program, up, table, weight, waiting.length, lanes);
    if (typeof found === 'number') result[state] = found;
    else waiting.push({ state, ...found });
  }
  if (waiting.length === 0) return;
  const rest = passLanes(program, side, lanes);
  waiting.forEach(({ state, all, factor }, lane) => void (result[state] = all * (factor * (rest[lane] as number))));
}

/** Scratch: values of the elements by element and lane. */
let side = new Float64Array(0);

/** The value of a state, or what it is multiplied with once its lane is passed. */
function prepare(program: Program, up: Float64Array, table: LossTable, weight: number, lane: number, lanes: number): number | Omit<Waiting, 'state'> {
  const { must, shared, elements } = program;
  const all = allUp(must, up);
  if (all <= 0) return 0;
  const kept = takeAsUp(must, up);
  const way = approach(program, up, table, RARE / weight);
  if (typeof way !== 'number') {
    for (let i = 0; i < elements.length; i++) side[(elements[i] as number) * lanes + lane] = up[elements[i] as number] as number;
    if (way.bounded) for (let i = 0; i < shared.length; i++) if ((up[shared[i] as number] as number) > 0) side[(shared[i] as number) * lanes + lane] = 1;
  }
  must.forEach((element, i) => void (up[element] = kept[i] as number));
  return typeof way === 'number' ? all * way : { all, factor: way.factor };
}

/** The narrowest place decides: the smallest along a sequence, the best of alternatives, the mean of shares (semantics 9.1). */
export function narrowest(program: Program, up: Float64Array): number {
  const { graph, order, must, elements } = program;
  if (elements.every((element) => (up[element] as number) >= 1)) return 1;
  const kept = takeAsUp(must, up);
  let result = 1;
  for (const i of order) {
    result = graph.narrowest(i, up, graph.value);
    graph.value[i] = result;
  }
  must.forEach((element, i) => void (up[element] = kept[i] as number));
  return Math.min(result, ...kept);
}
