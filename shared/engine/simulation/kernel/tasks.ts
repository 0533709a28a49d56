/** Everything that is under way: one slot in each of these arrays for a call, a thread of a call, or a request. */

/** Nobody, nowhere, none. */
export const NONE = -1;

/** States of a task. */
export const FAILED = 1;
export const CHILD_FAILED = 2;
export const HIT = 4;
export const DOOMED = 8;
export const REQUEST = 16;
export const MESSAGE = 32;
export const GRANTED = 64;
export const HOLDS = 128;

function longer(array: Int32Array<ArrayBuffer>, length: number): Int32Array<ArrayBuffer> {
  const grown = new Int32Array(length);
  grown.set(array);
  return grown;
}

function longerF(array: Float64Array<ArrayBuffer>, length: number): Float64Array<ArrayBuffer> {
  const grown = new Float64Array(length);
  grown.set(array);
  return grown;
}

/** Tasks as parallel arrays with a free list. */
export class Tasks {
  /** Next instruction, and the one to go to after a failure. */
  pc = new Int32Array(1024);
  exit = new Int32Array(1024);
  /** Who waits for it, and how many it waits for itself. */
  parent = new Int32Array(1024);
  pending = new Int32Array(1024);
  flags = new Int32Array(1024);
  /** The call that it answers, and attempts that its own present call has behind it. */
  call = new Int32Array(1024);
  attempt = new Int32Array(1024);
  /** Repetitions left of a call, and of all calls of a batch. */
  loop = new Int32Array(1024);
  rounds = new Int32Array(1024);
  /** Messages that it handles at once. */
  batch = new Int32Array(1024);
  /** Unit and process that it runs on, station unit that it waits in or is served by, shard. */
  unit = new Int32Array(1024);
  process = new Int32Array(1024);
  at = new Int32Array(1024);
  lane = new Int32Array(1024);
  key = new Int32Array(1024);
  /** Connection that its call holds. */
  pool = new Int32Array(1024);
  /** Record of the request that it belongs to. */
  root = new Int32Array(1024);
  next = new Int32Array(1024);
  journey = new Int32Array(1024);
  /** When its request came, or since when it waits for a slot. */
  start = new Float64Array(1024);
  /** Until when its caller waits for it, and it for a connection: a timer with another time is void. */
  deadline = new Float64Array(1024);
  patience = new Float64Array(1024);
  need = new Float64Array(1024);
  size = new Float64Array(1024);
  /** Highest number in use so far, and those in use. */
  made = 0;
  active = 0;
  private free = NONE;

  private grow(): void {
    const length = this.pc.length * 2;
    this.pc = longer(this.pc, length);
    this.exit = longer(this.exit, length);
    this.parent = longer(this.parent, length);
    this.pending = longer(this.pending, length);
    this.flags = longer(this.flags, length);
    this.call = longer(this.call, length);
    this.attempt = longer(this.attempt, length);
    this.loop = longer(this.loop, length);
    this.rounds = longer(this.rounds, length);
    this.batch = longer(this.batch, length);
    this.unit = longer(this.unit, length);
    this.process = longer(this.process, length);
    this.at = longer(this.at, length);
    this.lane = longer(this.lane, length);
    this.key = longer(this.key, length);
    this.pool = longer(this.pool, length);
    this.root = longer(this.root, length);
    this.next = longer(this.next, length);
    this.journey = longer(this.journey, length);
    this.start = longerF(this.start, length);
    this.deadline = longerF(this.deadline, length);
    this.patience = longerF(this.patience, length);
    this.need = longerF(this.need, length);
    this.size = longerF(this.size, length);
  }

  /** A new task at `pc`. */
  add(pc: number, exit: number, parent: number): number {
    const task = this.free === NONE ? this.fresh() : this.free;
    this.free = this.next[task] as number;
    this.active += 1;
    this.pc[task] = pc;
    this.exit[task] = exit;
    this.parent[task] = parent;
    this.flags[task] = 0;
    this.unit[task] = NONE;
    this.lane[task] = NONE;
    this.key[task] = NONE;
    this.root[task] = NONE;
    return task;
  }

  private fresh(): number {
    if (this.made === this.pc.length) this.grow();
    const task = this.made++;
    this.next[task] = NONE;
    this.pool[task] = NONE;
    this.process[task] = NONE;
    this.deadline[task] = NONE;
    this.patience[task] = NONE;
    this.call[task] = NONE;
    this.attempt[task] = 0;
    this.batch[task] = 1;
    this.size[task] = 1;
    return task;
  }

  /** Forget a task; its number is used again. What few tasks change is put back here. */
  remove(task: number): void {
    this.active -= 1;
    this.call[task] = NONE;
    this.pc[task] = NONE;
    this.deadline[task] = NONE;
    this.attempt[task] = 0;
    this.batch[task] = 1;
    this.size[task] = 1;
    this.next[task] = this.free;
    this.free = task;
  }
}
