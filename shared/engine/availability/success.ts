/**
 * Expected value of a success formula, exactly: nodes that every request needs are factored out, nodes that occur in more
 * than one alternative are conditioned on (up to 16), the rest is independent (semantics 9.6).
 */
import type { Numbers } from '../math/lists.ts';
import { nextBit } from './bits.ts';
import { cutFactor } from './cut-bound.ts';
import type { FormulaState } from './formula-state.ts';
import type { LossTable } from './loss-table.ts';
import { MAX_SHARED, orderOf, pass, type Program } from './program.ts';

/** Formulas computed for the conditions of a journey that is too large to be exact anyway. */
const MAX_WORK = 1 << 17;
/** In conditions less probable than this what is left counts as independent: at most 1e-7 u, beyond the nine nines shown. */
const RARE = 1e-7;

function conditioned(program: Program, up: Numbers, shared: readonly number[], at: number, weight: number, rare: number): number {
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

/** Shared elements that are neither certainly up nor down; null when they are too many for the exact value. */
function fewOpen(program: Program, up: Numbers): readonly number[] | null {
  const { shared, exact } = program;
  const open: number[] = [];
  for (let element = nextBit(shared, 0); element >= 0; element = nextBit(shared, element + 1)) {
    const value = up[element] as number;
    if (!(value > 0 && value < 1)) continue;
    if (open.length === MAX_SHARED) return null;
    open.push(element);
  }
  return exact || orderOf(program).length * 2 ** open.length <= MAX_WORK ? open : null;
}

/** Value over all conditions of the open elements, what cannot be done without being up. */
function overConditions(program: Program, up: Numbers, open: readonly number[], rare: number): number {
  const { must } = program;
  const kept = Array.from(must, (element) => up[element] as number);
  for (const element of must) up[element] = 1;
  const value = conditioned(program, up, open, 0, 1, rare);
  must.forEach((element, i) => void (up[element] = kept[i] as number));
  return value;
}

/**
 * Expected share that succeeds in a state. `table`: losses of single elements, for journeys too large for the exact value.
 * `weight` is the probability of the state: the rarer it is, the fewer of its conditions matter; in the rarest shared elements
 * count as independent.
 */
export function expectedSuccess(program: Program, state: FormulaState, table: LossTable, weight = 1): number {
  const { up } = state;
  let all = 1;
  for (const element of program.must) all *= up[element] as number;
  if (all <= 0) return 0;
  const rare = RARE / weight;
  const open = fewOpen(program, up);
  if (open !== null) return all * overConditions(program, up, open, rare);
  return all * (rare >= 1 ? state.independent(program) : cutFactor(program, up, table, rare) * state.raised(program));
}

/** The narrowest place decides: the smallest along a sequence, the best of alternatives, the mean of shares (semantics 9.1). */
export function narrowest(program: Program, state: FormulaState): number {
  if (state.isUp) return 1;
  const { up } = state;
  let result = state.narrowest(program);
  for (const element of program.must) result = Math.min(result, up[element] as number);
  return result;
}
