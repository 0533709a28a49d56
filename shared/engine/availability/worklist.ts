/** Numbers below a size, handed out in ascending order while more are added: what changes first is computed first. */
export class Worklist {
  private readonly words: Uint32Array;
  private from: number;

  constructor(size: number) {
    this.words = new Uint32Array((size + 31) >>> 5);
    this.from = this.words.length;
  }

  /** Add a number; while others are being taken it must not be smaller than the last of them. */
  add(i: number): void {
    const at = i >>> 5;
    this.words[at] = (this.words[at] as number) | (1 << (i & 31));
    if (at < this.from) this.from = at;
  }

  /** Take the smallest; -1 when there is none. */
  next(): number {
    for (; this.from < this.words.length; this.from++) {
      const word = this.words[this.from] as number;
      if (word === 0) continue;
      const lowest = word & -word;
      this.words[this.from] = word ^ lowest;
      return (this.from << 5) + 31 - Math.clz32(lowest);
    }
    return -1;
  }
}
