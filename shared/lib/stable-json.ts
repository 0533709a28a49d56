/** A JSON value. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

function isPlainObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (!isPlainObject(value)) return value;
  const out: Record<string, unknown> = {};
  for (const key of Object.keys(value).sort()) {
    if (value[key] === undefined) continue;
    // defineProperty keeps a key named `__proto__` as data instead of setting the prototype
    Object.defineProperty(out, key, { value: sorted(value[key]), enumerable: true, writable: true, configurable: true });
  }
  return out;
}

/**
 * Serialise with sorted keys, two spaces and a final newline, so that the same document gives the same bytes and
 * a change of one value is a change of one line. `undefined` members are left out.
 */
export function stableStringify(value: unknown): string {
  return `${JSON.stringify(sorted(value), null, 2)}\n`;
}
