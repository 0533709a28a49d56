/** Builders of explanation trees: value, name, formula and inputs, down to the fields that a person can change. */
import { noQuantity, quantity, type Quantity } from '../../model/quantity.ts';
import type { Explanation } from '../../contracts/evaluation.ts';

/** Everything of an explanation beside its name and value. */
export type Details = Omit<Explanation, 'label' | 'value'>;

/** One line of a tree. Units are those of `Unit` of the parameters, or `points` (a score), `times` (a multiple). */
export function line(label: string, value: Quantity | number, details: Details = {}): Explanation {
  return { label, value: typeof value === 'number' ? quantity(value) : value, ...details };
}

/** A score from 0 to 100 as a line. */
export function points(label: string, value: Quantity | number, formula: string, inputs: readonly Explanation[]): Explanation {
  return line(label, value, { unit: 'points', formula, provenance: 'D', inputs });
}

/** One scored thing: a journey, an entity, a part of an axis. */
export interface Item { readonly weight: number; readonly score: Quantity; readonly explanation: Explanation }

/**
 * Mean of the items that have a score, by weight; weights of the rest are renormalised, and when all weights are 0 the
 * items count alike. Without any: not modelled if an item is, else not applicable.
 */
export function meanOf(items: readonly Item[]): Quantity {
  const scored = items.filter(({ score }) => score.value !== null);
  if (scored.length === 0) return noQuantity(items.some(({ score }) => score.state === 'not_modelled') ? 'not_modelled' : 'not_applicable');
  const total = scored.reduce((sum, { weight }) => sum + weight, 0);
  return quantity(scored.reduce((sum, { weight, score }) => sum + (total > 0 ? weight / total : 1 / scored.length) * (score.value ?? 0), 0));
}

/** The item with the lowest score, the first of equals; null when none is scored. */
export function worstOf<T extends Item>(items: readonly T[]): T | null {
  let worst: T | null = null;
  for (const item of items) if (item.score.value !== null && (worst === null || item.score.value < (worst.score.value ?? 0))) worst = item;
  return worst;
}
