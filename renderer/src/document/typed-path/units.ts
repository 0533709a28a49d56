import type { Component } from '../../../../shared/contracts/component.ts';
import { resolveParams, type ParamField } from '../../../../shared/contracts/params.ts';
import type { Params } from '../../../../shared/model/design.ts';

/** A component's own parameters, and whether the provider runs it. */
export interface UnitsOf { readonly component: Component; readonly params: Params; readonly managed: boolean }

/** The settings of a part that a line must not change, such as the preset's. */
type Kept = Readonly<Record<string, unknown>>;

function unitsWith({ component, params, managed }: UnitsOf, change: Params): number {
  const { values, stated } = resolveParams(component.params, { ...params, ...change });
  return component.behavior(values, { stated, managed, hot_set_bytes: 0 }).failure.units;
}

/** A whole number that decides how many there are: the count itself, or the copies beside the first. */
function byNumber(of: UnitsOf, field: ParamField, count: number): Params | null {
  if (field.kind !== 'number' || field.integer !== true || field.hidden === true) return null;
  const allowed = (value: number): boolean => value >= (field.min ?? 0) && value <= (field.max ?? Number.MAX_SAFE_INTEGER);
  for (const value of [count, count - 1]) {
    if (!allowed(value) || unitsWith(of, { [field.key]: value }) !== count) continue;
    const other = allowed(value + 1) ? value + 1 : value - 1;
    if (unitsWith(of, { [field.key]: other }) !== count) return { [field.key]: value };
  }
  return null;
}

/** A choice that decides it, such as how a database stands by. */
function byChoice(of: UnitsOf, field: ParamField, count: number): Params | null {
  if (field.kind !== 'choice' || field.hidden === true) return null;
  const values = (field.values ?? []).filter((value) => unitsWith(of, { [field.key]: value }) === count);
  const [first] = values;
  return first === undefined || values.length === field.values?.length ? null : { [field.key]: first };
}

/**
 * The parameter that makes a component stand `count` times. Which one that is follows from what the component says
 * about itself: the one that changes its number of units. Null when there is none for that number.
 */
export function paramsForUnits(of: UnitsOf, count: number, kept: Kept = {}): Params | null {
  if (!Number.isInteger(count) || count < 1) return null;
  const fields = of.component.fields.filter((field) => !Object.hasOwn(kept, field.key));
  for (const find of [byNumber, byChoice]) {
    for (const field of fields) {
      const found = find(of, field, count);
      if (found) return found;
    }
  }
  return unitsWith(of, {}) === count && count > 1 ? {} : null;
}

/** Whether any number of units can be asked for: false for what scales by itself or stands only once. */
export function hasUnits(of: UnitsOf, kept: Kept = {}): boolean {
  return [2, 3].some((count) => paramsForUnits(of, count, kept) !== null);
}
