/** A bounded memo keyed by numbers, so that repeated solves on every edit cost a look into a table and no allocation. */

/** Places that one key may take: what is stored there is compared number by number. */
const WAYS = 4;

const scratch = new Float64Array(1);
const words = new Uint32Array(scratch.buffer);

/** Mixes the bits of all numbers; multipliers from the finaliser of MurmurHash3. */
function hashOf(key: ArrayLike<number>): number {
  let hash = key.length;
  for (let i = 0; i < key.length; i++) {
    // adding 0 makes one zero of the two
    scratch[0] = (key[i] as number) + 0;
    hash = Math.imul(hash ^ (words[0] as number), 0x85ebca6b);
    hash = Math.imul(hash ^ (hash >>> 13) ^ (words[1] as number), 0xc2b2ae35);
    hash ^= hash >>> 16;
  }
  return hash >>> 0;
}

/**
 * Remembers about the last `capacity` results of a pure function of `arity` numbers; a new one takes the place of the oldest
 * of the four that its numbers may stand in. The memo never changes a result: it stores what the function returned for
 * exactly these numbers. `capacity` is a power of two, 4 at least.
 */
export class NumberMemo<Value> {
  readonly #keys: Float64Array;
  readonly #values: (Value | undefined)[];
  readonly #next: Uint8Array;
  readonly #arity: number;

  constructor(arity: number, capacity: number) {
    this.#arity = arity;
    this.#keys = new Float64Array(arity * capacity);
    this.#values = new Array<Value | undefined>(capacity).fill(undefined);
    this.#next = new Uint8Array(capacity / WAYS);
  }

  /** The stored value for this key (`arity` numbers in a row), or undefined. */
  get(key: ArrayLike<number>): Value | undefined {
    const first = this.#bucket(key) * WAYS;
    for (let slot = first; slot < first + WAYS; slot++) {
      const value = this.#values[slot];
      if (value !== undefined && this.#matches(slot, key)) return value;
    }
    return undefined;
  }

  /** Stores the value and returns it. */
  set(key: ArrayLike<number>, value: Value): Value {
    const bucket = this.#bucket(key);
    const way = this.#next[bucket] as number;
    const slot = bucket * WAYS + way;
    for (let i = 0; i < this.#arity; i++) this.#keys[slot * this.#arity + i] = key[i] ?? 0;
    this.#values[slot] = value;
    this.#next[bucket] = (way + 1) % WAYS;
    return value;
  }

  #bucket(key: ArrayLike<number>): number {
    return hashOf(key) & (this.#next.length - 1);
  }

  #matches(slot: number, key: ArrayLike<number>): boolean {
    const start = slot * this.#arity;
    for (let i = 0; i < this.#arity; i++) {
      if (this.#keys[start + i] !== key[i]) return false;
    }
    return true;
  }
}
