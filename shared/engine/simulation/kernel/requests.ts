/** Records of requests that leave work behind: when all of it is done. */

/** Open requests as parallel arrays with a free list. */
export class Requests {
  private start = new Float64Array(256);
  private journey = new Int32Array(256);
  private open = new Int32Array(256);
  private counted = new Uint8Array(256);
  private next = new Int32Array(256);
  private free = -1;
  private made = 0;
  private readonly done: (journey: number, start: number) => void;

  constructor(done: (journey: number, start: number) => void) {
    this.done = done;
  }

  private grow(): void {
    const length = this.start.length * 2;
    const start = new Float64Array(length);
    start.set(this.start);
    this.start = start;
    const counted = new Uint8Array(length);
    counted.set(this.counted);
    this.counted = counted;
    for (const name of ['journey', 'open', 'next'] as const) {
      const grown = new Int32Array(length);
      grown.set(this[name]);
      this[name] = grown;
    }
  }

  /** A request begins. */
  begin(journey: number, now: number): number {
    let record = this.free;
    if (record === -1) {
      if (this.made === this.start.length) this.grow();
      record = this.made++;
    } else {
      this.free = this.next[record] as number;
    }
    this.start[record] = now;
    this.journey[record] = journey;
    this.open[record] = 1;
    this.counted[record] = 0;
    return record;
  }

  /** One more piece of work belongs to it. */
  hold(record: number): void {
    this.open[record] = (this.open[record] as number) + 1;
    this.counted[record] = this.counted[record] === 2 ? 2 : 1;
  }

  /** It will not be told when this piece is done: the request is not counted. */
  lose(record: number): void {
    this.release(record, true);
  }

  /** A piece of work is done; or lost, and then nobody will be told. */
  release(record: number, lost = false): void {
    if (lost) this.counted[record] = 2;
    const open = (this.open[record] as number) - 1;
    this.open[record] = open;
    if (open > 0) return;
    if (this.counted[record] === 1) this.done(this.journey[record] as number, this.start[record] as number);
    this.next[record] = this.free;
    this.free = record;
  }
}
