/**
 * Parameters with defaults filled in, for documents of hundreds of objects: the defaults of a schema are parsed once and
 * shared, so that an object that states nothing costs nothing.
 */
import type { z } from '../lib/zod.ts';
import { isRange, likely } from '../model/quantity.ts';
import type { ParamsSchema, ResolvedParams } from '../contracts/params.ts';

interface SchemaDefaults {
  readonly values: Readonly<Record<string, unknown>>;
  readonly fields: ReadonlyMap<string, z.ZodType>;
}

const known = new WeakMap<ParamsSchema, SchemaDefaults>();
const NONE: readonly string[] = [];

function defaultsOf(schema: ParamsSchema): SchemaDefaults {
  const existing = known.get(schema);
  if (existing) return existing;
  const values: Record<string, unknown> = {};
  const fields = new Map<string, z.ZodType>();
  for (const [key, field] of Object.entries(schema.shape)) {
    values[key] = (field as z.ZodType).parse(undefined);
    fields.set(key, field as z.ZodType);
  }
  const made: SchemaDefaults = { values: Object.freeze(values), fields };
  known.set(schema, made);
  return made;
}

/**
 * Same result as `resolveParams` of the contracts (defaults for what is unset, `invalid` for what does not fit, a range
 * counts with its likely value) at a cost proportional to the stated keys. `stored` may hold further keys: ignored.
 */
export function resolve<S extends ParamsSchema>(schema: S, stored: Readonly<Record<string, unknown>>): ResolvedParams<z.output<S>> {
  const { values: defaults, fields } = defaultsOf(schema);
  let values: Record<string, unknown> | null = null;
  let invalid: string[] | null = null;
  for (const key of Object.keys(stored)) {
    const field = fields.get(key);
    const raw = stored[key];
    if (!field || raw === undefined) continue;
    const parsed = field.safeParse(isRange(raw) ? likely(raw) : raw);
    if (parsed.success) (values ??= { ...defaults })[key] = parsed.data;
    else (invalid ??= []).push(key);
  }
  return {
    values: (values ?? defaults) as z.output<S>,
    stated: (key) => Object.hasOwn(stored, key) && stored[key] !== null && stored[key] !== undefined,
    invalid: invalid ?? NONE,
  };
}
