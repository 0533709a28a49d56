/** Messages: work that is handed over and that nobody waits for, one by one or in batches. */
import { BATCH, RESUME, type Kernel } from './kernel.ts';
import type { CallPlan, Program } from './program.ts';
import type { Requests } from './requests.ts';
import { MESSAGE, NONE } from './tasks.ts';

/** More messages than this at once are cut to it. */
const MOST_AT_ONCE = 100_000;

interface Batch { count: number; root: number; opened: number }

/** The messages of one machine. */
export class Messages {
  private readonly kernel: Kernel;
  private readonly program: Program;
  private readonly requests: Requests;
  private batches: Batch[] = [];

  constructor(kernel: Kernel, program: Program, requests: Requests) {
    this.kernel = kernel;
    this.program = program;
    this.requests = requests;
  }

  /** Call once, when all calls are known. */
  seal(): void {
    this.batches = this.program.calls.map(() => ({ count: 0, root: NONE, opened: NONE }));
  }

  /** A task hands over so many messages. */
  send(task: number, index: number, count: number): void {
    const { tasks } = this.kernel;
    const plan = this.program.calls[index] as CallPlan;
    const root = plan.hard ? (tasks.root[task] as number) : NONE;
    for (let i = 0; i < Math.min(count, MOST_AT_ONCE); i++) {
      if (root !== NONE) this.requests.hold(root);
      if (plan.batch > 1) this.collect(index, plan, root);
      else this.deliver(index, plan, root, 1, tasks.key[task] as number);
    }
  }

  private deliver(index: number, plan: CallPlan, root: number, batch: number, key: number): void {
    const { kernel } = this;
    const { tasks } = kernel;
    const child = tasks.add(plan.pc, plan.exit, NONE);
    tasks.call[child] = index;
    tasks.flags[child] = MESSAGE;
    tasks.root[child] = root;
    tasks.key[child] = key;
    tasks.batch[child] = plan.perMessage ? batch : 1;
    if (plan.tripS > 0) kernel.after(plan.tripS, RESUME, child);
    else kernel.wake(child);
  }

  /** One message more of a batch: one of them, drawn at random, tells when it is done. */
  private collect(index: number, plan: CallPlan, root: number): void {
    const { kernel } = this;
    const batch = this.batches[index] as Batch;
    batch.count += 1;
    if (batch.count === 1) {
      batch.root = root;
      batch.opened = kernel.now;
      if (plan.windowS > 0) kernel.after(plan.windowS, BATCH, index);
    } else if (kernel.random.below(batch.count) === 0) {
      if (batch.root !== NONE) this.requests.lose(batch.root);
      batch.root = root;
    } else if (root !== NONE) {
      this.requests.lose(root);
    }
    if (batch.count >= plan.batch) this.flush(index, plan, batch);
  }

  private flush(index: number, plan: CallPlan, batch: Batch): void {
    this.deliver(index, plan, batch.root, batch.count, NONE);
    batch.count = 0;
    batch.root = NONE;
    batch.opened = NONE;
  }

  /** The window of a batch has ended: what is there goes, unless it was full before. */
  close(index: number): void {
    const batch = this.batches[index] as Batch;
    const plan = this.program.calls[index] as CallPlan;
    if (batch.count > 0 && batch.opened + plan.windowS === this.kernel.now) this.flush(index, plan, batch);
  }
}
