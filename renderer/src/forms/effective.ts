import { resolveParams, type ParamField } from '../../../shared/contracts/params.ts';
import type { Component } from '../../../shared/contracts/component.ts';
import type { Params } from '../../../shared/model/design.ts';
import { measureOf } from './numbers.ts';
import { printValue, type Shown } from './units.ts';

/** The value that a parameter takes while it is unset, and why. */
export interface Effective {
  readonly value: number | string;
  readonly because: string;
}

function withoutKey(params: Params, key: string): Params {
  return Object.fromEntries(Object.entries(params).filter(([other]) => other !== key));
}

/** What each parameter of a component takes, or would take after a reset, while it is unset; others have no entry. */
export function effectiveValues(component: Component, params: Params): ReadonlyMap<string, Effective> {
  const take = (stored: Params): Readonly<Record<string, Effective>> => component.effective(resolveParams(component.params, stored).values);
  const found = new Map(Object.entries(take(params)));
  for (const { key, nullable } of component.fields) {
    const after = nullable === true && Object.hasOwn(params, key) ? take(withoutKey(params, key))[key] : undefined;
    if (after) found.set(key, after);
  }
  return found;
}

/** A value taken while unset, as its field writes it. Words stay words. */
export function shownEffective(field: ParamField, { value }: Effective): Shown {
  return typeof value === 'number' ? printValue(value, measureOf(field)) : { text: field.options?.[value] ?? value, unit: '' };
}

const FORMULA = /[×*/+=]| x /;

/** Value and reason in one line: "5 = 2 x vCPUs + 1", or "8 GB: 4 GB for each vCPU". */
export function effectiveReason(field: ParamField, effective: Effective): string {
  const { text, unit } = shownEffective(field, effective);
  const value = unit === '' ? text : `${text} ${unit}`;
  return `${value}${FORMULA.test(effective.because) ? ' = ' : ': '}${effective.because}`;
}
