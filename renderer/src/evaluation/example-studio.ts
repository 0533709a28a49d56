import type { Evaluation } from '../../../shared/contracts/evaluation.ts';
import type { Design } from '../../../shared/model/design.ts';
import { applyArrangement } from '../document/edits/layout.ts';
import type { EngineWorker } from './client.ts';
import { createLayoutClient, type LayoutClient } from '../workers/layout-client.ts';
import type { EngineMessage } from '../workers/engine-calls.ts';
import { spawnWorker } from '../workers/spawn.ts';

/** Milliseconds that an evaluation may take, and those that the worker may take to load. */
export const EXAMPLE_WITHIN_MS = 2000;
export const STUDIO_START_WITHIN_MS = 20_000;

/** An example with its parts in their places, and its figures at 1x. */
export interface Staged { readonly design: Design; readonly evaluation: Evaluation }

/** Makes examples ready to be shown, one at a time and in the order in which they are asked for. */
export interface ExampleStudio {
  /** `answer` is called once at most: with null when it fails, and never after what is returned was called. */
  stage(design: Design, answer: (staged: Staged | null) => void): () => void;
  /** Give everything up and end the worker; it starts again when it is needed. */
  close(): void;
}

interface Job {
  readonly id: number;
  readonly drawn: Design;
  readonly answer: (staged: Staged | null) => void;
  /** Set once its parts have their places. */
  placed: Design | null;
}

/** Whether a sketch, whose parts stand in a row, can stay one: each connection leads to the part beside it. */
function isRow({ nodes, edges, boundaries }: Design): boolean {
  const place = new Map(Object.keys(nodes).map((id, index) => [id, index]));
  return Object.keys(boundaries).length === 0 && Object.values(edges).every(({ from, to }) => (place.get(to) ?? 0) - (place.get(from) ?? 0) === 1);
}

class Studio implements ExampleStudio {
  #waiting: Job[] = [];
  #job: Job | null = null;
  #jobs = 0;
  #worker: EngineWorker | null = null;
  #ready = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly spawn: () => EngineWorker, private readonly layout: LayoutClient) {}

  stage(design: Design, answer: (staged: Staged | null) => void): () => void {
    const job: Job = { id: ++this.#jobs, drawn: design, answer, placed: null };
    this.#waiting.push(job);
    this.#next();
    return () => this.#drop(job);
  }

  close(): void {
    this.#waiting = [];
    this.#job = null;
    this.layout.cancel();
    this.#end();
  }

  #drop(job: Job): void {
    this.#waiting = this.#waiting.filter((other) => other !== job);
    if (this.#job !== job) return;
    if (job.placed === null) this.layout.cancel();
    this.#leave();
  }

  #next(): void {
    const job = this.#job === null ? this.#waiting.shift() : undefined;
    if (job === undefined) return;
    this.#job = job;
    if (isRow(job.drawn)) this.#place(job, job.drawn);
    else
      this.layout.arrange(job.drawn, null, (result) => {
        const design = structuredClone(job.drawn);
        if (result.ok) applyArrangement(design, result.value);
        if (this.#job === job) this.#place(job, design);
      });
  }

  #place(job: Job, design: Design): void {
    job.placed = design;
    if (this.#worker === null) this.#start();
    else if (this.#ready) this.#send(this.#worker, job, design);
  }

  #send(worker: EngineWorker, { id }: Job, design: Design): void {
    this.#watch(EXAMPLE_WITHIN_MS);
    worker.postMessage({ type: 'request', id, revision: id, call: 'evaluate', input: { design, multiple: 1, today: null } });
  }

  #start(): void {
    this.#watch(STUDIO_START_WITHIN_MS);
    try {
      const worker = this.spawn();
      this.#worker = worker;
      worker.onmessage = ({ data }) => this.#receive(worker, data);
      worker.onerror = (event) => {
        event.preventDefault?.();
        if (worker === this.#worker) this.#fail();
      };
    } catch {
      this.#fail();
    }
  }

  #receive(worker: EngineWorker, message: EngineMessage): void {
    const job = this.#job;
    if (worker !== this.#worker) return;
    if (message.type === 'ready') {
      clearTimeout(this.#timer);
      this.#ready = true;
      if (job?.placed) this.#send(worker, job, job.placed);
    } else if (job?.placed && message.id === job.id) {
      job.answer(message.type === 'reply' && message.call === 'evaluate' ? { design: job.placed, evaluation: message.output } : null);
      this.#leave();
    }
  }

  #leave(): void {
    if (this.#ready) clearTimeout(this.#timer);
    this.#job = null;
    this.#next();
  }

  #watch(ms: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#fail(), ms);
  }

  /** The worker is stuck or broken: the example in hand is given up, the next one gets a new worker. */
  #fail(): void {
    this.#end();
    this.#job?.answer(null);
    this.#leave();
  }

  #end(): void {
    clearTimeout(this.#timer);
    const worker = this.#worker;
    this.#worker = null;
    this.#ready = false;
    if (worker === null) return;
    worker.onmessage = null;
    worker.onerror = null;
    worker.terminate();
  }
}

/** A studio with an engine worker of its own, started when the first example is asked for. */
export function createExampleStudio(spawn: () => EngineWorker = () => spawnWorker('engine') as unknown as EngineWorker, layout: LayoutClient = createLayoutClient()): ExampleStudio {
  return new Studio(spawn, layout);
}
