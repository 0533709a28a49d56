/** The largest of many things without sorting all of them: an explanation lists a few lines and the sum of the rest. */

/** The first `count` in the order of `compare`; equals keep their order. */
export function firstBy<T>(items: readonly T[], count: number, compare: (a: T, b: T) => number): T[] {
  const found: T[] = [];
  for (const item of items) {
    const last = found[count - 1];
    if (last !== undefined && !(compare(item, last) < 0)) continue;
    let at = Math.min(found.length, count - 1);
    while (at > 0 && compare(item, found[at - 1] as T) < 0) {
      found[at] = found[at - 1] as T;
      at -= 1;
    }
    found[at] = item;
  }
  return found;
}

/** Sum of all but the `count` largest values, the larger ones first. */
export function sumOfRest(values: readonly number[], count: number): number {
  if (values.length <= count) return 0;
  const ascending = new Float64Array(values).sort();
  let sum = 0;
  for (let i = ascending.length - 1 - count; i >= 0; i--) sum += ascending[i] as number;
  return sum;
}
