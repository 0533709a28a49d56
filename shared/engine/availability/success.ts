/**
 * Expected value of a success formula, exactly: nodes that every request needs are factored out, nodes that occur in more
 * than one alternative are conditioned on (up to 16), the rest is independent (semantics 9.6).
 */
import { boundedSuccess } from './cut-bound.ts';
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

/** What is left of the formula when everything it cannot do without is up. */
function rest(program: Program, up: Float64Array, table: LossTable, rare: number): number {
  // what is certainly up or down needs no condition: after a stated loss that is almost everything
  const open = program.shared.filter((element) => (up[element] as number) > 0 && (up[element] as number) < 1);
  const few = open.length <= MAX_SHARED && (program.exact || program.order.length * 2 ** open.length <= MAX_WORK);
  if (few) return conditioned(program, up, open, 0, 1, rare);
  return rare >= 1 ? pass(program, up) : boundedSuccess(program, up, table, rare);
}

/**
 * Expected share that succeeds when element e is up with probability `up[e]`. Leaves `up` as it was. `table`: losses of
 * single elements, for journeys too large for the exact value. `weight` is the probability of the state that is looked
 * at: the rarer it is, the fewer of its conditions matter.
 */
export function expectedSuccess(program: Program, up: Float64Array, table: LossTable, weight = 1): number {
  const { must } = program;
  let all = 1;
  for (const element of must) all *= up[element] as number;
  if (all <= 0) return 0;
  const kept = must.map((element) => up[element] as number);
  for (const element of must) up[element] = 1;
  const result = all * rest(program, up, table, RARE / weight);
  must.forEach((element, i) => void (up[element] = kept[i] as number));
  return result;
}

/** The narrowest place decides: the smallest along a sequence, the best of alternatives, the mean of shares (semantics 9.1). */
export function narrowest(program: Program, up: Float64Array): number {
  const { graph, order, must, elements } = program;
  if (elements.every((element) => (up[element] as number) >= 1)) return 1;
  const kept = must.map((element) => up[element] as number);
  for (const element of must) up[element] = 1;
  let result = 1;
  for (const i of order) {
    result = graph.narrowest(i, up, graph.value);
    graph.value[i] = result;
  }
  must.forEach((element, i) => void (up[element] = kept[i] as number));
  return Math.min(result, ...kept);
}
