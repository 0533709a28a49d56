/**
 * Parameters with defaults filled in, for documents of hundreds of objects: the defaults of a schema are parsed once and
 * shared, so that an object that states nothing costs nothing.
 */
import type { z } from '../lib/zod.ts';
import { pointOf } from '../model/quantity.ts';
import type { ParamsSchema, ResolvedParams } from '../contracts/params.ts';

/** One parameter and what became of the plain values it was last asked about: most objects of a drawing state the same few. */
interface Field { readonly type: z.ZodType; readonly seen: Map<unknown, { readonly data: unknown } | null> }

const REMEMBERED = 64;

/** The parsed value, or null when it does not fit. */
function parse({ type, seen }: Field, raw: unknown): { readonly data: unknown } | null {
  const plain = typeof raw !== 'object';
  const known = plain ? seen.get(raw) : undefined;
  if (known !== undefined) return known;
  const parsed = type.safeParse(raw);
  const result = parsed.success ? { data: parsed.data as unknown } : null;
  if (plain) {
    if (seen.size >= REMEMBERED) seen.clear();
    seen.set(raw, result);
  }
  return result;
}

interface SchemaDefaults {
  /** Shared by all objects that state nothing. A copy as all others are, so that their readers know one shape only. */
  readonly values: Readonly<Record<string, unknown>>;
  /** The same, of one compact shape, of which a copy is one move of memory; never handed out. */
  readonly template: Readonly<Record<string, unknown>>;
  readonly fields: ReadonlyMap<string, Field>;
}

/** Makes the values of one object from those of its schema. */
export type CopyValues = (template: Readonly<Record<string, unknown>>) => Record<string, unknown>;

const spread: CopyValues = (template) => ({ ...template });

const known = new WeakMap<ParamsSchema, SchemaDefaults>();
const NONE: readonly string[] = [];

/** The same values as an object of one shape, whose members may hold anything, so that setting one never changes the shape. */
function compactCopy(values: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const copy = JSON.parse(JSON.stringify(values)) as Record<string, unknown>;
  for (const [key, value] of Object.entries(values)) for (const held of [0, null, value]) copy[key] = held;
  return copy;
}

function defaultsOf(schema: ParamsSchema, copy: CopyValues): SchemaDefaults {
  const existing = known.get(schema);
  if (existing) return existing;
  const values: Record<string, unknown> = {};
  const fields = new Map<string, Field>();
  for (const [key, field] of Object.entries(schema.shape)) {
    values[key] = (field as z.ZodType).parse(undefined);
    fields.set(key, { type: field as z.ZodType, seen: new Map() });
  }
  const template = compactCopy(values);
  const made: SchemaDefaults = { values: copy(template), template, fields };
  known.set(schema, made);
  return made;
}

/**
 * Same result as `resolveParams` of the contracts (defaults for what is unset, `invalid` for what does not fit, a range
 * counts with its likely value) at a cost proportional to the stated keys. `stored` may hold further keys: ignored.
 * The only caller of a schema whose values are read by the thousand passes a `copy` of its own, which then knows one shape only.
 */
export function resolve<S extends ParamsSchema>(schema: S, stored: Readonly<Record<string, unknown>>, copy: CopyValues = spread): ResolvedParams<z.output<S>> {
  const { values: defaults, template, fields } = defaultsOf(schema, copy);
  let values: Record<string, unknown> | null = null;
  let invalid: string[] | null = null;
  for (const key of Object.keys(stored)) {
    const field = fields.get(key);
    const raw = stored[key];
    if (!field || raw === undefined) continue;
    const parsed = parse(field, pointOf(raw));
    if (parsed) (values ??= copy(template))[key] = parsed.data;
    else (invalid ??= []).push(key);
  }
  return {
    values: (values ?? defaults) as z.output<S>,
    stated: (key) => Object.hasOwn(stored, key) && stored[key] !== null && stored[key] !== undefined,
    invalid: invalid ?? NONE,
  };
}
