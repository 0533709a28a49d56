/** Functions that the platform scales: environments that stay warm for a while, a limit, and a limit on growth (evaluation 5.8). */
import type { Gauges } from './gauges.ts';
import type { Kernel } from './kernel.ts';
import { HOLDS, NONE } from './tasks.ts';

/** Share of calls that find a warm environment recycled by the platform [A], the engine's own floor. */
const RECYCLED = 0.001;

/** A function before it is built. `rampPerS` environments may be added each second, ten seconds' worth at once. */
export interface FunctionPlan {
  readonly node: number; readonly limit: number; readonly keepAliveS: number; readonly provisioned: number; readonly rampPerS: number;
  /** Mean gaps between two uses of the warm environments at the start, most used first, seconds. */
  readonly warmGapsS: readonly number[];
}

/** All functions of a simulation. */
export class Functions {
  private readonly kernel: Kernel;
  private readonly gauges: Gauges;
  private readonly plans: FunctionPlan[] = [];
  private readonly resource: number[] = [];
  private readonly busy: number[] = [];
  /** Warm environments: when each was last used, the most recent at the end. */
  private readonly warm: number[][] = [];
  private readonly tokens: number[] = [];
  private readonly tokensAt: number[] = [];
  private readonly up: boolean[] = [];
  private entered = new Float64Array(1024);

  constructor(kernel: Kernel, gauges: Gauges) {
    this.kernel = kernel;
    this.gauges = gauges;
  }

  /** Add a function; returns its number. */
  add(plan: FunctionPlan): number {
    this.plans.push(plan);
    this.resource.push(this.gauges.add(plan.node, 'concurrency', Math.max(1, plan.limit)));
    this.busy.push(0);
    this.warm.push([]);
    this.tokens.push(plan.rampPerS * 10);
    this.tokensAt.push(0);
    this.up.push(true);
    return this.plans.length - 1;
  }

  /** Environments as a steady load leaves them. */
  seal(): void {
    this.plans.forEach((plan, fn) => {
      const ages = plan.warmGapsS.map((gap) => gap * this.kernel.random.exponential()).filter((age) => age < plan.keepAliveS);
      this.warm[fn] = ages.sort((a, b) => b - a).map((age) => -age);
    });
  }

  /** Stop or restore a function. */
  setUp(fn: number, up: boolean): void {
    this.up[fn] = up;
  }

  /** Take an environment: -1 throttled, 0 a warm one, 1 a cold one that has to start first. */
  enter(fn: number, task: number): -1 | 0 | 1 {
    const plan = this.plans[fn] as FunctionPlan;
    const { now, random, tasks } = this.kernel;
    if ((this.busy[fn] as number) >= plan.limit || this.up[fn] === false) return this.throttle(plan);
    const warm = this.warm[fn] as number[];
    let expired = 0;
    while (expired < warm.length && now - (warm[expired] as number) > plan.keepAliveS) expired += 1;
    if (expired > 0) warm.splice(0, expired);
    const last = warm.pop();
    const free = (this.busy[fn] as number) < plan.provisioned;
    const cold = !free && (last === undefined || random.uniform() < RECYCLED);
    if (cold && !this.mayGrow(fn, plan)) return this.throttle(plan);
    this.busy[fn] = (this.busy[fn] as number) + 1;
    tasks.unit[task] = fn;
    tasks.flags[task] = (tasks.flags[task] as number) | HOLDS;
    if (task >= this.entered.length) {
      const grown = new Float64Array(Math.max(task + 1, this.entered.length * 2));
      grown.set(this.entered);
      this.entered = grown;
    }
    this.entered[task] = now;
    return cold ? 1 : 0;
  }

  private throttle(plan: FunctionPlan): -1 {
    this.gauges.refused[plan.node] = (this.gauges.refused[plan.node] as number) + 1;
    return -1;
  }

  private mayGrow(fn: number, plan: FunctionPlan): boolean {
    const { now } = this.kernel;
    const tokens = Math.min(plan.rampPerS * 10, (this.tokens[fn] as number) + (now - (this.tokensAt[fn] as number)) * plan.rampPerS);
    this.tokensAt[fn] = now;
    this.tokens[fn] = tokens >= 1 ? tokens - 1 : tokens;
    return tokens >= 1;
  }

  /** Give the environment back: it stays warm. */
  leave(fn: number, task: number): void {
    const { tasks, now } = this.kernel;
    if (((tasks.flags[task] as number) & HOLDS) === 0) return;
    tasks.flags[task] = (tasks.flags[task] as number) & ~HOLDS;
    tasks.unit[task] = NONE;
    this.busy[fn] = (this.busy[fn] as number) - 1;
    (this.warm[fn] as number[]).push(now);
    const resource = this.resource[fn] as number;
    this.gauges.busy[resource] = (this.gauges.busy[resource] as number) + (now - (this.entered[task] as number));
  }
}
