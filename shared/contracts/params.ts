import { z } from '../lib/zod.ts';
import type { Params } from '../model/design.ts';
import { pointOf, type Provenance } from '../model/quantity.ts';

/** The inspector's groups, in the order in which they are shown (ui 5.1). */
export const PARAM_GROUPS = ['capacity', 'process', 'data', 'messaging', 'resilience', 'placement', 'delivery', 'cost'] as const;
export type ParamGroup = (typeof PARAM_GROUPS)[number];

/** Units a value is stored in; the field shows the largest unit that keeps 1 to 999. */
export type Unit = 'ms' | 's' | 'kb' | 'mb' | 'gb' | 'rps' | 'ratio' | 'count' | 'per_year' | 'usd_month' | 'usd_hour' | 'vcpu' | 'ops' | 'iops' | 'mb_s' | 'days' | 'months' | 'times' | 'per_day' | 'bytes' | 'fte' | 'none';

/** What a generated form, a document and a tooltip need to know about one parameter. */
export interface ParamMeta {
  readonly label: string;
  readonly group: ParamGroup;
  readonly unit?: Unit;
  readonly step?: number;
  /** One or two sentences: what it is and what it changes. */
  readonly help: string;
  readonly provenance: Provenance;
  /** Bibliography id in catalog/sources, needed for V, M and D. */
  readonly source?: string;
  /** A practice (semantics 1.3): yes, no or unset; the default is only what the engine assumes. */
  readonly practice?: boolean;
  /** Question asked when a practice is unset and matters. */
  readonly question?: string;
  /** Key of the field without which this one counts for nothing: it is shown only where that one, or it itself, is stated. */
  readonly onlyWith?: string;
  /** An older or shorter spelling that the form does not show. */
  readonly hidden?: boolean;
  /** Words shown for the options of a choice. */
  readonly options?: Readonly<Record<string, string>>;
}

interface NumberMeta extends ParamMeta {
  readonly default: number;
  readonly min?: number;
  readonly max?: number;
  readonly integer?: boolean;
}

/** A number with a default. `unit` says what it is stored in. */
export function number(meta: NumberMeta) {
  let schema = z.number().finite();
  if (meta.integer) schema = schema.int();
  if (meta.min !== undefined) schema = schema.min(meta.min);
  if (meta.max !== undefined) schema = schema.max(meta.max);
  return schema.default(meta.default).meta({ ...meta, kind: 'number' });
}

/** A number that may be left without a value, where "none" means something (no limit, no timeout). */
export function optionalNumber(meta: Omit<NumberMeta, 'default'>) {
  let schema = z.number().finite();
  if (meta.integer) schema = schema.int();
  if (meta.min !== undefined) schema = schema.min(meta.min);
  if (meta.max !== undefined) schema = schema.max(meta.max);
  return schema.nullable().default(null).meta({ ...meta, kind: 'number', nullable: true });
}

/** One of a closed list. */
export function choice<const T extends readonly [string, ...string[]]>(values: T, meta: ParamMeta & { readonly default: T[number] }) {
  return z.enum(values).default(meta.default as never).meta({ ...meta, kind: 'choice', values });
}

/** Any subset of a closed list. */
export function subset<const T extends readonly [string, ...string[]]>(values: T, meta: ParamMeta & { readonly default: readonly T[number][] }) {
  return z.array(z.enum(values)).default([...meta.default] as never).meta({ ...meta, kind: 'subset', values });
}

/** Yes or no, a fact of the drawing. */
export function flag(meta: ParamMeta & { readonly default: boolean }) {
  return z.boolean().default(meta.default).meta({ ...meta, kind: 'flag' });
}

/** A practice: yes, no or unset (semantics 1.3). `default` is the value that the engine assumes while it is unset. */
export function practice(meta: ParamMeta & { readonly default: boolean; readonly question: string }) {
  return z.boolean().default(meta.default).meta({ ...meta, kind: 'flag', practice: true });
}

/** Free text, never evaluated. */
export function text(meta: ParamMeta & { readonly default?: string }) {
  return z.string().default(meta.default ?? '').meta({ ...meta, kind: 'text' });
}

/** A list of numbers (weights). */
export function numberList(meta: ParamMeta & { readonly default: readonly number[] }) {
  return z.array(z.number().finite().min(0)).default([...meta.default]).meta({ ...meta, kind: 'numbers' });
}

/** A structured value such as `autoscale {min, max, target, lag_s}`; null when it is not used. */
export function group<T extends z.ZodRawShape>(shape: T, meta: ParamMeta) {
  return z.object(shape).nullable().default(null).meta({ ...meta, kind: 'group' });
}

/** A component's or an edge kind's parameters. */
export type ParamsSchema = z.ZodObject<z.ZodRawShape>;

/** A parameter as forms, documentation and reports see it. */
export interface ParamField extends ParamMeta {
  readonly key: string;
  readonly kind: 'number' | 'choice' | 'subset' | 'flag' | 'text' | 'numbers' | 'group';
  readonly default?: unknown;
  readonly nullable?: boolean;
  readonly min?: number;
  readonly max?: number;
  readonly integer?: boolean;
  readonly values?: readonly string[];
  /** Members of a group. */
  readonly members?: readonly ParamField[];
}

function membersOf(schema: unknown): readonly ParamField[] | undefined {
  let inner: unknown = schema;
  while (inner instanceof z.ZodDefault || inner instanceof z.ZodNullable) inner = inner.unwrap();
  return inner instanceof z.ZodObject ? describeParams(inner as ParamsSchema) : undefined;
}

/** The fields of a schema in declared order. Throws when a field was declared without its meta: a catalogue defect. */
export function describeParams(schema: ParamsSchema): readonly ParamField[] {
  return Object.entries(schema.shape).map(([key, field]) => {
    const meta = (field as z.ZodType).meta() as (ParamMeta & Pick<ParamField, 'kind'>) | undefined;
    if (!meta?.label) throw new Error(`Parameter ${key} has no meta`);
    const members = meta.kind === 'group' ? membersOf(field) : undefined;
    return { ...meta, key, ...(members ? { members } : {}) };
  });
}

/** Parameters with defaults filled in, and which of them the document states. */
export interface ResolvedParams<T = Readonly<Record<string, unknown>>> {
  readonly values: T;
  /** True when the document sets the key, to any value. */
  readonly stated: (key: string) => boolean;
  /** Keys whose stored value did not fit the schema: the default was used instead, and is reported. */
  readonly invalid: readonly string[];
}

/**
 * Fill defaults key by key. A stored range counts with its likely value. A value that does not fit is reported in
 * `invalid` and replaced by the default: evaluation never throws on a document that could be opened.
 */
export function resolveParams<S extends ParamsSchema>(schema: S, stored: Params): ResolvedParams<z.output<S>> {
  const values: Record<string, unknown> = {};
  const invalid: string[] = [];
  for (const [key, field] of Object.entries(schema.shape)) {
    const raw = Object.hasOwn(stored, key) ? stored[key] : undefined;
    const parsed = (field as z.ZodType).safeParse(pointOf(raw));
    if (parsed.success) values[key] = parsed.data;
    else {
      invalid.push(key);
      values[key] = (field as z.ZodType).parse(undefined);
    }
  }
  return {
    values: values as z.output<S>,
    stated: (key) => Object.hasOwn(stored, key) && stored[key] !== null && stored[key] !== undefined,
    invalid,
  };
}
