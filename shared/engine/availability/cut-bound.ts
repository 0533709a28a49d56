/** Order-2 cut bound of a formula with too many shared elements to condition on (semantics 9.6). */
import type { LossTable } from './loss-table.ts';
import { pass, type Module, type Program } from './program.ts';

/** Members of the order-2 terms of one set of alternatives, the least available first. */
const MAX_PAIRED = 12;

function moduleUp(module: Module, up: Float64Array): number {
  let down = 1;
  for (const members of module) down *= 1 - members.reduce((product, element) => product * (up[element] as number), 1);
  return 1 - down;
}

/** The least available of these that are neither certain nor lost. */
function worstOf(elements: readonly number[], up: Float64Array): readonly number[] {
  if (elements.length <= MAX_PAIRED) return elements;
  const open = elements.filter((element) => (up[element] as number) > 0 && (up[element] as number) < 1);
  return open.sort((a, b) => (up[a] as number) - (up[b] as number) || a - b).slice(0, MAX_PAIRED);
}

/** What pairs lose beyond what their members lose: two that replace each other. */
function pairs(program: Program, up: Float64Array, table: LossTable, rare: number): number {
  const { at, cuts } = program;
  const seen = new Set<number>();
  let left = 1;
  for (const group of cuts.groups) {
    const worst = worstOf(group, up);
    for (let i = 0; i < worst.length; i++) {
      const first = worst[i] as number;
      if ((up[first] as number) <= 0 || 1 - (up[first] as number) <= rare) continue;
      for (let k = i + 1; k < worst.length; k++) {
        const second = worst[k] as number;
        const both = (1 - (up[first] as number)) * (1 - (up[second] as number));
        if (both <= rare || (up[second] as number) <= 0 || seen.size === seen.add(Math.min(first, second) * up.length + Math.max(first, second)).size) continue;
        const beyond = (table.pair(first, second)[at] as number) - 1 + (1 - (table.single(first)[at] as number)) * (1 - (table.single(second)[at] as number));
        if (beyond > 0) left *= 1 - both * beyond;
      }
    }
  }
  return left;
}

/**
 * The formula with all shared elements up, times what the loss of each alone costs, times the pairs. Copies inside one
 * place count as one element. Expects `up` of what the formula cannot do without to be 1; leaves it as it was.
 */
export function boundedSuccess(program: Program, up: Float64Array, table: LossTable, rare: number): number {
  const { at, cuts, shared } = program;
  let factor = pairs(program, up, table, rare);
  const alone = table.column(at, cuts.alone);
  for (let i = 0; i < alone.length; i++) {
    const value = up[cuts.alone[i] as number] as number;
    if (value > 0) factor *= 1 - (1 - value) * (alone[i] as number);
  }
  for (const module of cuts.modules) {
    const value = moduleUp(module, up);
    if (value > 0 && value < 1) factor *= 1 - (1 - value) * (table.together(module.flat())[at] as number);
  }
  const kept = shared.map((element) => up[element] as number);
  for (const element of shared) if ((up[element] as number) > 0) up[element] = 1;
  const result = factor * pass(program, up);
  shared.forEach((element, i) => void (up[element] = kept[i] as number));
  return result;
}
