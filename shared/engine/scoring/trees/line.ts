/** Builders of explanation trees: value, name, formula and inputs, down to the fields that a person can change. */
import { quantity, type Quantity } from '../../../model/quantity.ts';
import type { Explanation } from '../../../contracts/evaluation.ts';

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
