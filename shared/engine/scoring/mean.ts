/** Scores of several things as one. */
import { noQuantity, quantity, type Quantity } from '../../model/quantity.ts';

/** One scored thing: a journey, or one of its two scores. */
export interface Weighted { readonly weight: number; readonly score: Quantity }

/**
 * Mean of the items that have a score, by weight; weights of the rest are renormalised, and when all weights are 0 the
 * items count alike. Without any: not modelled if an item is, else not applicable.
 */
export function meanOf(items: readonly Weighted[]): Quantity {
  const scored = items.filter(({ score }) => score.value !== null);
  if (scored.length === 0) return noQuantity(items.some(({ score }) => score.state === 'not_modelled') ? 'not_modelled' : 'not_applicable');
  const total = scored.reduce((sum, { weight }) => sum + weight, 0);
  return quantity(scored.reduce((sum, { weight, score }) => sum + (total > 0 ? weight / total : 1 / scored.length) * (score.value ?? 0), 0));
}

/** The item with the lowest score, the first of equals; null when none is scored. */
export function worstOf<T extends Weighted>(items: readonly T[]): T | null {
  let worst: T | null = null;
  for (const item of items) if (item.score.value !== null && (worst === null || item.score.value < (worst.score.value ?? 0))) worst = item;
  return worst;
}
