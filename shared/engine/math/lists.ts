/** Numbers by index that live as long as one answer: a plain list, or a typed array where they are many. */
export type Numbers = number[] | Float64Array | Int32Array;

/**
 * From this length on a typed array. The memory of one is asked of the system and watched by the collector, which in the window
 * takes ten times as long as using it where it is short; a plain list is copied by the collector, which takes longer where it is
 * long.
 */
const LONG = 1024;

/** So many zeros in a plain list: of what is never many. */
export function zeros(length: number): number[] {
  return new Array<number>(length).fill(0);
}

/** So many zeros, to be added to. */
export function floats(length: number): Numbers {
  return length < LONG ? new Array<number>(length).fill(0) : new Float64Array(length);
}

/**
 * So many zeros for whole numbers of 32 bits: places, counts, marks. Made apart from the others, because V8 learns for each place in
 * the code what the lists that are made there hold.
 */
export function wholes(length: number): Numbers {
  return length < LONG ? new Array<number>(length).fill(0) : new Int32Array(length);
}
