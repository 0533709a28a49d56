import type { Component } from '../../contracts/component.ts';
import { resolveParams, type ParamField, type ParamsSchema } from '../../contracts/params.ts';
import type { Params } from '../../model/design.ts';
import { isOpenRange, isRange } from '../../model/quantity.ts';
import { paramWords } from './param-words.ts';

/** One setting: what it is called, and its value with its unit. */
export interface SettingWords { readonly label: string; readonly value: string }

/** Settings in two lists: what the document says, and what was assumed because it says nothing. */
export interface SettingsWords { readonly stated: readonly SettingWords[]; readonly assumed: readonly SettingWords[] }

function words(field: ParamField, stored: unknown, value: unknown): SettingWords {
  const shown = isOpenRange(stored) ? `${paramWords(field, stored.low)} to ${paramWords(field, stored.high)}, likely ${paramWords(field, stored.likely)}` : paramWords(field, value);
  return { label: field.label, value: shown };
}

/** The fields of a form as words. An assumed setting that is off, empty or nothing is left out. */
export function settingsWords(fields: readonly ParamField[], schema: ParamsSchema, stored: Params, effective: Component['effective'] = () => ({})): SettingsWords {
  const { values, stated: isStated, invalid } = resolveParams(schema, stored);
  const all = values as Readonly<Record<string, unknown>>;
  const derived = effective(all);
  const [stated, assumed]: [SettingWords[], SettingWords[]] = [[], []];
  for (const field of fields) {
    if (field.hidden) continue;
    const held = stored[field.key];
    if (isStated(field.key) && !invalid.includes(field.key)) (isRange(held) && held.provenance === 'A' ? assumed : stated).push(words(field, held, all[field.key]));
    else {
      const value = derived[field.key]?.value ?? all[field.key];
      if (field.onlyWith !== undefined && !isStated(field.onlyWith)) continue;
      if (value === null || value === '' || value === false || value === undefined || (Array.isArray(value) && value.length === 0)) continue;
      assumed.push(words(field, undefined, value));
    }
  }
  return { stated, assumed };
}
