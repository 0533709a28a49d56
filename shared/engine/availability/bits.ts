/** Sets of small numbers as words of 32 bits. A set may be shorter than another: what it does not reach is not in it. */
export type Bits = Uint32Array;

/** An empty set for numbers below `size`. */
export function noBits(size: number): Bits {
  return new Uint32Array((size + 31) >>> 5);
}

/** Whether a number is in the set. */
export function hasBit(bits: Bits, i: number): boolean {
  return (((bits[i >>> 5] ?? 0) >>> (i & 31)) & 1) === 1;
}

/** Put a number into the set; it must be below its size. */
export function setBit(bits: Bits, i: number): void {
  bits[i >>> 5] = (bits[i >>> 5] as number) | (1 << (i & 31));
}

/** Add all of `from`, which must not be longer. */
export function addBits(to: Bits, from: Bits): void {
  for (let w = 0; w < from.length; w++) to[w] = (to[w] as number) | (from[w] as number);
}

/** Keep only what is in `other` too. */
export function keepBits(bits: Bits, other: Bits): void {
  for (let w = 0; w < bits.length; w++) bits[w] = (bits[w] as number) & (other[w] ?? 0);
}

/** Numbers in both sets, ascending. */
export function listCommon(a: Bits, b: Bits): number[] {
  const list: number[] = [];
  const words = Math.min(a.length, b.length);
  for (let w = 0; w < words; w++) {
    let word = (a[w] as number) & (b[w] as number);
    while (word !== 0) {
      const lowest = word & -word;
      list.push((w << 5) + 31 - Math.clz32(lowest));
      word ^= lowest;
    }
  }
  return list;
}

/** Numbers in the set and not in `without`, ascending. */
export function listBits(bits: Bits, without?: Bits): number[] {
  const list: number[] = [];
  for (let w = 0; w < bits.length; w++) {
    let word = (bits[w] as number) & ~(without?.[w] ?? 0);
    while (word !== 0) {
      const lowest = word & -word;
      list.push((w << 5) + 31 - Math.clz32(lowest));
      word ^= lowest;
    }
  }
  return list;
}
