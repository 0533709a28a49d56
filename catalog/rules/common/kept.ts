import type { Facts } from '../../../shared/contracts/rule.ts';

/** A question about the facts whose answer is the same for all rules of one run: kept with the results that it is made from. */
export function kept<K extends object, V>(make: (facts: Facts) => V, keyOf: (facts: Facts) => K): (facts: Facts) => V {
  const known = new WeakMap<K, V>();
  return (facts) => {
    const key = keyOf(facts);
    const found = known.get(key);
    if (found !== undefined) return found;
    const made = make(facts);
    known.set(key, made);
    return made;
  };
}
