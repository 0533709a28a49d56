/** A bounded memo keyed by numbers, so that repeated solves on every edit cost a short scan and no allocation. */

/**
 * Remembers the last `capacity` results of a pure function of `arity` numbers (round-robin replacement, linear scan).
 * The memo never changes a result: it stores what the function returned for exactly these numbers.
 */
export class NumberMemo<Value> {
  readonly #keys: Float64Array;
  readonly #values: (Value | undefined)[];
  readonly #arity: number;
  readonly #capacity: number;
  #next = 0;
  #size = 0;

  constructor(arity: number, capacity: number) {
    this.#arity = arity;
    this.#capacity = capacity;
    this.#keys = new Float64Array(arity * capacity);
    this.#values = new Array<Value | undefined>(capacity).fill(undefined);
  }

  /** The stored value for this key (an array of `arity` numbers), or undefined. */
  get(key: readonly number[]): Value | undefined {
    for (let slot = 0; slot < this.#size; slot++) {
      if (this.#matches(slot, key)) return this.#values[slot];
    }
    return undefined;
  }

  /** Stores the value in the oldest slot and returns it. */
  set(key: readonly number[], value: Value): Value {
    const slot = this.#next;
    for (let i = 0; i < this.#arity; i++) this.#keys[slot * this.#arity + i] = key[i] ?? 0;
    this.#values[slot] = value;
    this.#next = (slot + 1) % this.#capacity;
    this.#size = Math.min(this.#size + 1, this.#capacity);
    return value;
  }

  #matches(slot: number, key: readonly number[]): boolean {
    const start = slot * this.#arity;
    for (let i = 0; i < this.#arity; i++) {
      if (this.#keys[start + i] !== key[i]) return false;
    }
    return true;
  }
}
