/** Pending events by time: a binary heap over typed arrays. Nothing is allocated for an event unless the heap grows. */
export class EventHeap {
  private times: Float64Array;
  private codes: Int32Array;
  private count = 0;

  constructor(capacity = 1024) {
    this.times = new Float64Array(capacity);
    this.codes = new Int32Array(capacity);
  }

  /** Number of pending events. */
  get size(): number {
    return this.count;
  }

  /** Time of the next event; only while `size` is above 0. */
  get nextTime(): number {
    return this.times[0] as number;
  }

  private grow(): void {
    const times = new Float64Array(this.times.length * 2);
    const codes = new Int32Array(this.codes.length * 2);
    times.set(this.times);
    codes.set(this.codes);
    this.times = times;
    this.codes = codes;
  }

  /** Add an event. `code` is any 32-bit integer. */
  push(time: number, code: number): void {
    if (this.count === this.times.length) this.grow();
    const { times, codes } = this;
    let at = this.count++;
    while (at > 0) {
      const up = (at - 1) >> 1;
      const other = times[up] as number;
      if (other <= time) break;
      times[at] = other;
      codes[at] = codes[up] as number;
      at = up;
    }
    times[at] = time;
    codes[at] = code;
  }

  /** Remove the next event and return its code; only while `size` is above 0. */
  pop(): number {
    const { times, codes } = this;
    const result = codes[0] as number;
    const last = --this.count;
    const time = times[last] as number;
    const code = codes[last] as number;
    let at = 0;
    for (;;) {
      let down = 2 * at + 1;
      if (down >= last) break;
      if (down + 1 < last && (times[down + 1] as number) < (times[down] as number)) down += 1;
      const other = times[down] as number;
      if (other >= time) break;
      times[at] = other;
      codes[at] = codes[down] as number;
      at = down;
    }
    times[at] = time;
    codes[at] = code;
    return result;
  }
}
