/**
 * Lists of numbers by index that live as long as one answer. Plain lists and not typed arrays: the memory of a typed array of more
 * than eight numbers is asked of the system and watched by the collector, which in the window takes ten times as long as using it.
 */

/** So many zeros, to be added to. */
export function zeros(length: number): number[] {
  return new Array<number>(length).fill(0);
}
