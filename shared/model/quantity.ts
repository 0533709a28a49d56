/** Where a number comes from: read in a source, well known, derived, assumed, set by the user, measured by the user. */
export type Provenance = 'V' | 'M' | 'D' | 'A' | 'U' | 'X';

/** An uncertain parameter. Invariant: low <= likely <= high. */
export interface Range {
  readonly low: number;
  readonly likely: number;
  readonly high: number;
  readonly provenance?: Provenance;
}

/** What a result can be besides a number (semantics 1.2): no NaN and no Infinity ever stand in a result. */
export type QuantityState = 'ok' | 'saturated' | 'unbounded' | 'not_applicable' | 'not_modelled';

/** A result: a finite number, or null with the reason why there is none. */
export interface Quantity {
  readonly value: number | null;
  readonly state: QuantityState;
}

/** A finite quantity; a non-finite number becomes `unbounded` so that it can never leak into a result. */
export function quantity(value: number): Quantity {
  return Number.isFinite(value) ? { value, state: 'ok' } : { value: null, state: 'unbounded' };
}

/** A quantity without a number. */
export function noQuantity(state: Exclude<QuantityState, 'ok'>): Quantity {
  return { value: null, state };
}

/** True for a stored range. */
export function isRange(value: unknown): value is Range {
  return typeof value === 'object' && value !== null && 'likely' in value && typeof value.likely === 'number';
}

/** A number that stands in a document although nobody has stated it: a range without width, so that it keeps saying that it is assumed. */
export function assumed(value: number): Range {
  return { low: value, likely: value, high: value, provenance: 'A' };
}

/** True for a stored range whose ends differ. One without width is a number with an origin of its own. */
export function isOpenRange(value: unknown): value is Range {
  return isRange(value) && value.low < value.high;
}

/** A stored value as a point evaluation uses it: a range counts with its likely value, alone or as a member of a structured value. */
export function pointOf(stored: unknown): unknown {
  if (typeof stored !== 'object' || stored === null || Array.isArray(stored)) return stored;
  if (isRange(stored)) return stored.likely;
  return Object.values(stored).some(isRange) ? Object.fromEntries(Object.entries(stored).map(([key, value]: [string, unknown]) => [key, isRange(value) ? value.likely : value])) : stored;
}

/** The number that a point evaluation uses: a plain number, or a range's likely value. */
export function likely(value: number | Range): number {
  return typeof value === 'number' ? value : value.likely;
}
