/** Whether two values of plain data, as answers of the engine are, say the same. */
export function sameData(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null || Array.isArray(a) !== Array.isArray(b)) return false;
  const [of, to] = [a as Readonly<Record<string, unknown>>, b as Readonly<Record<string, unknown>>];
  const keys = Object.keys(of);
  return keys.length === Object.keys(to).length && keys.every((key) => Object.hasOwn(to, key) && sameData(of[key], to[key]));
}
