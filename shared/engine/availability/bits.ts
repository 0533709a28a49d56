/** Sets of small numbers as words of 32 bits. A set may be shorter than another: what it does not reach is not in it. */
import { type Numbers, wholes } from '../math/lists.ts';

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

/** Add the numbers below the size of `to` that are not in `from`, which must be as long. */
export function addMissing(to: Bits, from: Bits): void {
  for (let w = 0; w < to.length; w++) to[w] = (to[w] as number) | ~(from[w] as number);
}

/** The numbers that are not in another set as well. */
export function withoutBits(bits: Bits, without: Bits): Bits {
  return bits.map((word, w) => word & ~(without[w] ?? 0));
}

function countOnes(word: number): number {
  let ones = word - ((word >>> 1) & 0x55555555);
  ones = (ones & 0x33333333) + ((ones >>> 2) & 0x33333333);
  return Math.imul((ones + (ones >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

/** How many numbers are in the set and not in `without`. */
export function countBits(bits: Bits, without?: Bits): number {
  let count = 0;
  for (let w = 0; w < bits.length; w++) count += countOnes((bits[w] as number) & ~(without?.[w] ?? 0));
  return count;
}

/** The smallest number in the set that is not below `from`; -1 for none. */
export function nextBit(bits: Bits, from: number): number {
  let w = from >>> 5;
  if (w >= bits.length) return -1;
  let word = (bits[w] as number) & (-1 << (from & 31));
  while (word === 0) {
    if (++w === bits.length) return -1;
    word = bits[w] as number;
  }
  return (w << 5) + 31 - Math.clz32(word & -word);
}

/** Numbers in the set and not in `without`, ascending. */
export function numbersIn(bits: Bits, without?: Bits): Numbers {
  const list = wholes(countBits(bits, without));
  let at = 0;
  for (let w = 0; w < bits.length; w++) {
    let word = (bits[w] as number) & ~(without?.[w] ?? 0);
    while (word !== 0) {
      const lowest = word & -word;
      list[at++] = (w << 5) + 31 - Math.clz32(lowest);
      word ^= lowest;
    }
  }
  return list;
}

/** The same as a list. */
export function listBits(bits: Bits, without?: Bits): number[] {
  const list: number[] = [];
  for (let w = 0; w < bits.length; w++) {
    for (let word = (bits[w] as number) & ~(without?.[w] ?? 0); word !== 0; word &= word - 1) list.push((w << 5) + 31 - Math.clz32(word & -word));
  }
  return list;
}
