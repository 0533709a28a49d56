/** Instructions about keys, caches and shards, and numbers of calls that vary. None of them waits. */
import type { Caches } from './caches.ts';
import type { Kernel } from './kernel.ts';
import * as op from './program.ts';
import { HIT, NONE } from './tasks.ts';

/** Executes them for one machine. */
export class Keys {
  private readonly kernel: Kernel;
  private readonly program: op.Program;
  private readonly caches: Caches;

  constructor(kernel: Kernel, program: op.Program, caches: Caches) {
    this.kernel = kernel;
    this.program = program;
    this.caches = caches;
  }

  /** One instruction of a task. Throws for one that does not exist. */
  step(task: number, code: number, a: number, b: number): void {
    const { tasks, random, laws } = this.kernel;
    const flags = tasks.flags[task] as number;
    const made = this.program.calls[tasks.call[task] as number];
    switch (code) {
      case op.KEY:
        tasks.key[task] = this.caches.draw(a);
        tasks.flags[task] = flags & ~HIT;
        return;
      case op.IF_HIT: if ((flags & HIT) !== 0) tasks.pc[task] = a; return;
      case op.FILL: return this.caches.fill(a, tasks.key[task] as number);
      case op.CACHE: if (made !== undefined) this.look(task, made); return;
      case op.SIZE: tasks.size[task] = laws.draw(a, random, 1); return;
      case op.LANE: return this.chooseLane(task, a);
      case op.COUNT_BY:
        tasks.loop[task] = random.count(laws.draw(a, random, 1));
        if (tasks.loop[task] === 0) tasks.pc[task] = b;
        return;
      case op.IF_PRIMARY: if (made?.primary === true) tasks.pc[task] = a; return;
      case op.IF_ONE: if (!made || made.scatter <= 0 || random.uniform() >= made.scatter) tasks.pc[task] = a; return;
      case op.IF_SINGLE: if (!made || made.doubled <= 0 || random.uniform() >= made.doubled) tasks.pc[task] = a; return;
      default: throw new Error(`No instruction ${code}`);
    }
  }

  private look(task: number, made: op.CallPlan): void {
    const { tasks } = this.kernel;
    const key = tasks.key[task] as number;
    if (made.looksUp !== NONE && this.caches.find(made.looksUp, key)) tasks.flags[task] = (tasks.flags[task] as number) | HIT;
    if (made.deletes !== NONE) this.caches.drop(made.deletes, key);
  }

  private chooseLane(task: number, table: number): void {
    const { tasks, random } = this.kernel;
    const { lanes, sampler, cumulative, last } = this.program.lanes[table] as op.LanePlan;
    if (last) {
      tasks.lane[task] = lanes - 1;
    } else if (sampler === null) {
      const u = random.uniform();
      const lane = cumulative.findIndex((share) => u < share);
      tasks.lane[task] = lane < 0 ? lanes - 1 : lane;
    } else {
      const key = tasks.key[task] as number;
      const hash = Math.imul((key >= 0 ? key : sampler.draw(random)) + 0x7f4a7c15, 0x9e3779b1);
      tasks.lane[task] = ((hash ^ (hash >>> 15)) >>> 0) % lanes;
    }
  }
}
