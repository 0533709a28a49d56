import { z } from '../lib/zod.ts';
import { cut, has, isData, keepUnread, quote, type Data } from './plain-data.ts';
import { createProblemList, type ProblemList } from './problem-list.ts';

type Conformed = { readonly ok: true; readonly value: unknown } | { readonly ok: false };

const FAILED: Conformed = { ok: false };
const done = (value: unknown): Conformed => ({ ok: true, value });

function changed(problems: ProblemList, where: string, before: unknown, after: unknown): Conformed {
  problems.add({ level: 'warning', code: 'value-changed', message: `The value ${quote(before)} is not possible here; it was read as ${quote(after)}.`, where });
  return done(after);
}

function conformNumber(schema: z.ZodNumber, value: unknown, where: string, problems: ProblemList): Conformed {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  if (typeof number !== 'number' || !Number.isFinite(number)) return FAILED;
  let next = Math.min(Math.max(number, schema.minValue ?? -Infinity), schema.maxValue ?? Infinity);
  if (!schema.safeParse(next).success) next = Math.round(next);
  return schema.safeParse(next).success ? changed(problems, where, value, next) : FAILED;
}

function conformString(schema: z.ZodString, value: unknown, where: string, problems: ProblemList): Conformed {
  if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') return FAILED;
  const next = cut(String(value), schema.maxLength ?? Infinity);
  return schema.safeParse(next).success ? changed(problems, where, value, next) : FAILED;
}

function conformUnion(options: readonly z.core.$ZodType[], value: unknown, where: string, problems: ProblemList): Conformed {
  for (const option of options) {
    const attempt = createProblemList();
    const result = conform(option, value, where, attempt);
    if (!result.ok) continue;
    for (const problem of attempt.list()) problems.add(problem);
    return result;
  }
  return FAILED;
}

function conformList(element: z.core.$ZodType, value: unknown, where: string, problems: ProblemList): Conformed {
  if (!Array.isArray(value)) return FAILED;
  const kept: unknown[] = [];
  value.forEach((item: unknown, index) => {
    const result = conform(element, item, `${where}.${index}`, problems);
    if (result.ok) kept.push(result.value);
    else problems.add({ level: 'warning', code: 'item-left-out', message: `An entry that cannot be read was left out: ${quote(item)}.`, where: `${where}.${index}` });
  });
  return done(kept);
}

function conformRecord(valueType: z.core.$ZodType, value: unknown, where: string, problems: ProblemList): Conformed {
  if (!isData(value)) return FAILED;
  const kept: Data = {};
  for (const [key, item] of Object.entries(value)) {
    const result = conform(valueType, item, `${where}.${key}`, problems);
    if (result.ok) kept[key] = result.value;
    else problems.add({ level: 'warning', code: 'item-left-out', message: `An entry that cannot be read was left out: ${quote(item)}.`, where: `${where}.${key}` });
  }
  return done(kept);
}

/**
 * Make an object fit its schema. Fields that the schema does not name stay. A field with a value that the schema
 * cannot take moves under `unread`, is reported, and counts as unset; `null` in a field that must not be null is
 * unset. A required field falls back to `defaults`; without a default the object fails.
 */
export function conformObject(schema: z.ZodObject, value: unknown, where: string, problems: ProblemList, defaults: Data = {}): Conformed {
  if (!isData(value)) return FAILED;
  const out: Data = { ...value };
  for (const [key, field] of Object.entries(schema.shape)) {
    if (has(out, key)) {
      const result = conform(field, out[key], `${where}.${key}`, problems);
      if (result.ok) {
        out[key] = result.value;
        continue;
      }
      const before = out[key];
      delete out[key];
      if (before !== null) {
        keepUnread(out, key, before);
        problems.add({ level: 'warning', code: 'not-understood', message: `The value ${quote(before)} is not possible for "${key}". It is kept in the file and not used.`, where: `${where}.${key}` });
      }
    }
    if (field instanceof z.ZodOptional) continue;
    if (!has(defaults, key)) return FAILED;
    out[key] = defaults[key];
  }
  return done(out);
}

/**
 * Make plain data fit a schema, repairing what has an obvious meaning (numbers written as text, numbers out of their
 * limits, text too long) and reporting every repair. The schema is the only description of the format: this walks
 * zod's own. Fails where nothing can be made of the value.
 */
export function conform(schema: z.core.$ZodType, value: unknown, where: string, problems: ProblemList): Conformed {
  if (z.core.safeParse(schema, value).success) return done(value);
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable) return conform(schema.unwrap(), value, where, problems);
  if (schema instanceof z.ZodObject) return conformObject(schema, value, where, problems);
  if (schema instanceof z.ZodArray) return conformList(schema.element, value, where, problems);
  if (schema instanceof z.ZodRecord) return conformRecord(schema.valueType, value, where, problems);
  if (schema instanceof z.ZodUnion) return conformUnion(schema.options, value, where, problems);
  if (schema instanceof z.ZodNumber) return conformNumber(schema, value, where, problems);
  if (schema instanceof z.ZodString) return conformString(schema, value, where, problems);
  if (schema instanceof z.ZodBoolean && (value === 'true' || value === 'false')) return changed(problems, where, value, value === 'true');
  if (schema instanceof z.ZodLiteral && typeof value === 'string') {
    const meant = [...schema.values].find((literal) => typeof literal === 'number' && String(literal) === value.trim());
    return meant === undefined ? FAILED : changed(problems, where, value, meant);
  }
  return FAILED;
}
