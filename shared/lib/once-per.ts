/** Where an object keeps what was made from it: not enumerable, so that neither a copy, a comparison nor a message takes it along. */
const KEPT = Symbol('kept');

interface Kept {
  readonly make: unknown;
  readonly value: unknown;
  readonly earlier: Kept | undefined;
}

interface Keeper { [KEPT]?: Kept | undefined }

/**
 * A question whose answer follows from one immutable object, such as a compiled drawing, is made once for it and kept as
 * long as that object is. `make` must be pure; of an object that takes no properties (a frozen one) it is asked again.
 *
 * The answer is kept on the object and not in a WeakMap: V8's young collection takes the values of a WeakMap for alive, and
 * what refers back to its own key then lives until the whole heap is looked through. That was every evaluation.
 */
export function keptBy<Asked, Value>(make: (asked: Asked) => Value, keyOf: (asked: Asked) => object): (asked: Asked) => Value {
  return (asked) => {
    const keeper: Keeper = keyOf(asked);
    for (let known = keeper[KEPT]; known !== undefined; known = known.earlier) if (known.make === make) return known.value as Value;
    const value = make(asked);
    const earlier = keeper[KEPT];
    const kept: Kept = { make, value, earlier };
    if (earlier !== undefined) keeper[KEPT] = kept;
    else if (Object.isExtensible(keeper)) Object.defineProperty(keeper, KEPT, { value: kept, writable: true });
    return value;
  };
}

/** A function of one object that is computed once for each object, see `keptBy`. */
export function oncePer<Key extends object, Value>(make: (key: Key) => Value): (key: Key) => Value {
  return keptBy(make, (key) => key);
}
