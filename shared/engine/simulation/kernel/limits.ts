/** What stands between a caller and its callee: rates, pools, bulkheads, breakers, budgets for retries. */
import type { Kernel } from './kernel.ts';
import { POOL_TIMEOUT } from './kernel.ts';
import type { Servers } from './servers.ts';
import { GRANTED, NONE } from './tasks.ts';

/** Waits before a further attempt [A]: a tenth of a second, doubled each time where the back-off is exponential. */
const BACKOFF_S = 0.1;
/** A breaker looks at the last calls, opens when half of them failed, and tries again after a while [A]. */
const WINDOW = 20;
const OPEN_S = 5;
const OPENS_AT = 0.5;

/** How attempts are spaced. */
export type Backoff = 'none' | 'fixed' | 'exp' | 'exp_jitter';

/** The limits of one connection of the drawing. */
export interface LimitPlan {
  readonly timeoutS: number | null; readonly retries: number; readonly backoff: Backoff; readonly budget: number | null;
  readonly errorRate: number; readonly breaker: boolean;
  /** Calls that one unit of the caller may have under way. */
  readonly bulkhead: number | null;
  /** Connections of each process of the caller's server. */
  readonly pool: { readonly connections: number; readonly timeoutS: number; readonly server: number; readonly processes: number } | null;
}

interface Limit extends LimitPlan {
  readonly firstPool: number;
  firstProcess: number;
  calls: number;
  retried: number;
  failures: number;
  seen: number;
  history: number;
  openUntil: number;
  readonly held: Map<number, number>;
}

/** All limits of a simulation. A rate is a leaky bucket by virtual time. */
export class Limits {
  private readonly kernel: Kernel;
  private readonly limits: Limit[] = [];
  private readonly period: number[] = [];
  private readonly tolerance: number[] = [];
  private readonly due: number[] = [];
  private connections = 0;
  private free = new Int32Array(0);
  private head = new Int32Array(0);
  private tail = new Int32Array(0);

  constructor(kernel: Kernel) {
    this.kernel = kernel;
  }

  /** Add the limits of a connection; returns their number. */
  add(plan: LimitPlan): number {
    this.limits.push({ ...plan, firstPool: this.connections, firstProcess: 0, calls: 0, retried: 0, failures: 0, seen: 0, history: 0, openUntil: 0, held: new Map() });
    this.connections += plan.pool?.processes ?? 0;
    return this.limits.length - 1;
  }

  /** A rate per second with a burst; returns its number. */
  addRate(rate: number, burst: number): number {
    this.period.push(1 / rate);
    this.tolerance.push(Math.max(0, burst - 1) / rate);
    this.due.push(0);
    return this.period.length - 1;
  }

  /** Call once when all limits are known. */
  seal(servers: Servers): void {
    for (const limit of this.limits) if (limit.pool) limit.firstProcess = servers.firstProcessOf(limit.pool.server);
    this.free = new Int32Array(this.connections);
    this.head = new Int32Array(this.connections).fill(NONE);
    this.tail = new Int32Array(this.connections).fill(NONE);
    for (const { pool, firstPool } of this.limits) if (pool) this.free.fill(pool.connections, firstPool, firstPool + pool.processes);
  }

  /** Seconds until a rate lets one more through; it is taken when that is 0 or when `waits`. */
  admit(rate: number, waits: boolean): number {
    const { now } = this.kernel;
    const due = Math.max(now, this.due[rate] as number);
    const wait = Math.max(0, due - (this.tolerance[rate] as number) - now);
    if (wait === 0 || waits) this.due[rate] = due + (this.period[rate] as number);
    return wait;
  }

  /** Timeout of one attempt, null for none. */
  timeoutOf(index: number): number | null {
    return (this.limits[index] as Limit).timeoutS;
  }

  /** May this call be made now? 1 yes, 0 wait for a connection (the task is woken), -1 no. */
  open(index: number, task: number): -1 | 0 | 1 {
    const limit = this.limits[index] as Limit;
    const { tasks, now } = this.kernel;
    if (limit.pool && ((tasks.flags[task] as number) & GRANTED) === 0) {
      if (limit.breaker && now < limit.openUntil) return -1;
      if (!this.connect(limit, task)) return 0;
    }
    tasks.flags[task] = (tasks.flags[task] as number) & ~GRANTED;
    if (limit.breaker && now < limit.openUntil) return this.release(limit, task);
    if (limit.bulkhead !== null) {
      const unit = tasks.unit[task] as number;
      const held = limit.held.get(unit) ?? 0;
      if (held >= limit.bulkhead) return this.release(limit, task);
      limit.held.set(unit, held + 1);
    }
    // one call through a breaker that has been open; the rest wait for its outcome
    if (limit.breaker && limit.openUntil > 0 && limit.seen === 0) limit.openUntil = now + OPEN_S;
    limit.calls += 1;
    return 1;
  }

  private release(limit: Limit, task: number): -1 {
    if (limit.pool) this.disconnect(this.poolOf(limit, task));
    return -1;
  }

  private poolOf(limit: Limit, task: number): number {
    const { pool, firstPool, firstProcess } = limit;
    return pool ? firstPool + (this.kernel.tasks.process[task] as number) - firstProcess : NONE;
  }

  private connect(limit: Limit, task: number): boolean {
    const { tasks } = this.kernel;
    const pool = this.poolOf(limit, task);
    if ((this.free[pool] as number) > 0) {
      this.free[pool] = (this.free[pool] as number) - 1;
      return true;
    }
    tasks.next[task] = NONE;
    tasks.pool[task] = pool;
    const tail = this.tail[pool] as number;
    if (tail === NONE) this.head[pool] = task;
    else tasks.next[tail] = task;
    this.tail[pool] = task;
    const timeout = limit.pool?.timeoutS ?? 0;
    tasks.patience[task] = this.kernel.now + timeout;
    this.kernel.heap.push(this.kernel.now + timeout, task * 16 + POOL_TIMEOUT);
    return false;
  }

  private disconnect(pool: number): void {
    const { tasks } = this.kernel;
    const following = this.head[pool] as number;
    if (following === NONE) {
      this.free[pool] = (this.free[pool] as number) + 1;
      return;
    }
    this.unqueue(pool, following);
    tasks.flags[following] = (tasks.flags[following] as number) | GRANTED;
    this.kernel.wake(following);
  }

  private unqueue(pool: number, task: number): void {
    const { tasks } = this.kernel;
    let before = NONE;
    for (let at = this.head[pool] as number; at !== task && at !== NONE; at = tasks.next[at] as number) before = at;
    const next = tasks.next[task] as number;
    if (before === NONE) this.head[pool] = next;
    else tasks.next[before] = next;
    if (next === NONE) this.tail[pool] = before;
    tasks.pool[task] = NONE;
    tasks.patience[task] = NONE;
  }

  /** A task has waited too long for a connection. False: it has one by now. */
  givesUp(task: number): boolean {
    const { tasks, now } = this.kernel;
    if (tasks.patience[task] !== now || (tasks.pool[task] as number) === NONE) return false;
    this.unqueue(tasks.pool[task] as number, task);
    return true;
  }

  /** An attempt has ended: its connection and its place are free. Returns whether it failed. */
  close(index: number, caller: number, failed: boolean): boolean {
    const limit = this.limits[index] as Limit;
    const lost = failed || (limit.errorRate > 0 && this.kernel.random.uniform() < limit.errorRate);
    if (limit.bulkhead !== null) {
      const unit = this.kernel.tasks.unit[caller] as number;
      limit.held.set(unit, Math.max(0, (limit.held.get(unit) ?? 1) - 1));
    }
    if (limit.pool) this.disconnect(this.poolOf(limit, caller));
    if (limit.breaker) this.record(limit, lost);
    return lost;
  }

  private record(limit: Limit, failed: boolean): void {
    const { now } = this.kernel;
    if (limit.openUntil > 0 && limit.seen === 0) {
      limit.openUntil = failed ? now + OPEN_S : 0;
      if (failed) return;
    }
    const forgotten = limit.seen === WINDOW ? (limit.history >>> (WINDOW - 1)) & 1 : 0;
    limit.history = ((limit.history << 1) | (failed ? 1 : 0)) & ((1 << WINDOW) - 1);
    limit.failures += (failed ? 1 : 0) - forgotten;
    limit.seen = Math.min(WINDOW, limit.seen + 1);
    if (limit.seen < WINDOW || limit.failures < WINDOW * OPENS_AT) return;
    limit.openUntil = now + OPEN_S;
    limit.seen = 0;
    limit.history = 0;
    limit.failures = 0;
  }

  /** Seconds until the next attempt after so many; -1 when there is none. */
  retryAfter(index: number, attempts: number): number {
    const limit = this.limits[index] as Limit;
    if (attempts >= limit.retries) return NONE;
    if (limit.budget !== null && limit.retried + 1 > limit.budget * (limit.calls - limit.retried)) return NONE;
    limit.retried += 1;
    switch (limit.backoff) {
      case 'fixed': return BACKOFF_S;
      case 'exp': return BACKOFF_S * 2 ** attempts;
      case 'exp_jitter': return BACKOFF_S * 2 ** attempts * this.kernel.random.uniform();
      default: return 0;
    }
  }
}
