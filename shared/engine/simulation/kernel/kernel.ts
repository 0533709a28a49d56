/** Clock, pending events, tasks and randomness: what every part of the simulator shares. */
import { EventHeap } from './event-heap.ts';
import { Laws } from './laws.ts';
import { Random } from './random.ts';
import { Tasks } from './tasks.ts';

/** Kinds of events. An event's code is `id * 16 + kind`. */
export const RESUME = 0;
export const SERVED = 1;
export const COMPUTED = 2;
export const ARRIVE = 3;
export const TIMEOUT = 4;
export const SHARED = 5;
export const POOL_TIMEOUT = 6;
export const BUCKET = 7;
export const FAILURE = 8;
export const SCALE = 9;
export const BATCH = 10;
export const READY_UNITS = 11;
export const THINK = 12;
export const CROWD = 13;

/** The shared state of one simulation. Times in seconds from its start. */
export class Kernel {
  now = 0;
  readonly heap = new EventHeap();
  readonly tasks = new Tasks();
  readonly laws = new Laws();
  readonly random: Random;
  /** Tasks that can go on now, last in first out. */
  ready = new Int32Array(1024);
  readyCount = 0;

  constructor(seed: number, stream = 0) {
    this.random = new Random(seed, stream);
  }

  /** An event after `delay` seconds. */
  after(delay: number, kind: number, id: number): void {
    this.heap.push(this.now + delay, id * 16 + kind);
  }

  /** Let a task go on at this moment. */
  wake(task: number): void {
    if (this.readyCount === this.ready.length) {
      const grown = new Int32Array(this.ready.length * 2);
      grown.set(this.ready);
      this.ready = grown;
    }
    this.ready[this.readyCount++] = task;
  }
}
