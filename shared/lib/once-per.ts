/**
 * A function of one object that is computed once for each object and kept as long as the object is: for what follows from
 * something immutable, such as a compiled drawing. `make` must be pure.
 */
export function oncePer<Key extends object, Value>(make: (key: Key) => Value): (key: Key) => Value {
  const known = new WeakMap<Key, { readonly value: Value }>();
  return (key) => {
    const existing = known.get(key);
    if (existing) return existing.value;
    const value = make(key);
    known.set(key, { value });
    return value;
  };
}
