import type { Arrangement } from '../../../shared/interchange/layout/arrange.ts';
import type { Chosen, Drawing } from '../../../shared/interchange/layout/paper.ts';
import { err, type Problem, type Result } from '../../../shared/lib/result.ts';
import type { LayoutMessage, LayoutOrder } from './layout-calls.ts';
import { spawnWorker } from './spawn.ts';

/** Milliseconds after which a layout is given up. */
export const LAYOUT_WITHIN_MS = 30_000;
/** Milliseconds that the worker may take to load. */
export const LAYOUT_START_WITHIN_MS = 20_000;

/** The part of a worker that is used. */
export interface LayoutWorker {
  postMessage(message: LayoutOrder): void;
  terminate(): void;
  onmessage: ((event: { readonly data: LayoutMessage }) => void) | null;
  onerror: ((event: { readonly message?: string; preventDefault?(): void }) => void) | null;
}

/** Lays drawings out in a worker, one at a time. */
export interface LayoutClient {
  /** Start a layout; one that runs is given up. `answer` is called once at most, never after `cancel`. */
  arrange(drawing: Drawing, chosen: Chosen | null, answer: (result: Result<Arrangement, Problem>) => void): void;
  /** Stop at once, without an answer. The computation cannot be interrupted, so its worker ends. */
  cancel(): void;
}

function refusal(code: string, message: string): Result<never, Problem> {
  return err({ level: 'error', code, message });
}

const TOO_LONG = refusal('stopped', `The layout stopped after ${LAYOUT_WITHIN_MS / 1000} s: the drawing is too large to lay out at once. Nothing was moved. Select a part of it.`);
const NOT_STARTED = refusal('failed', 'The layout could not start. Nothing was moved. Open Plumbline again and retry.');

class Client implements LayoutClient {
  #worker: LayoutWorker | null = null;
  #ready = false;
  #orders = 0;
  #waiting: { readonly order: LayoutOrder; readonly answer: (result: Result<Arrangement, Problem>) => void } | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly spawn: () => LayoutWorker) {}

  arrange({ nodes, edges, boundaries, notes, layout }: Drawing, chosen: Chosen | null, answer: (result: Result<Arrangement, Problem>) => void): void {
    this.cancel();
    this.#waiting = { order: { id: ++this.#orders, drawing: { nodes, edges, boundaries, notes, layout }, chosen }, answer };
    if (this.#worker === null) this.#start();
    else if (this.#ready) this.#send();
  }

  cancel(): void {
    if (this.#waiting === null) return;
    this.#waiting = null;
    this.#end();
  }

  #start(): void {
    this.#timer = setTimeout(() => this.#settle(NOT_STARTED), LAYOUT_START_WITHIN_MS);
    try {
      const worker = this.spawn();
      this.#worker = worker;
      worker.onmessage = ({ data }) => this.#receive(data);
      worker.onerror = (event) => {
        event.preventDefault?.();
        this.#settle(event.message ? refusal('failed', `The layout failed (${event.message}). Nothing was moved.`) : NOT_STARTED);
      };
    } catch {
      this.#settle(NOT_STARTED);
    }
  }

  #send(): void {
    if (this.#waiting === null) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#settle(TOO_LONG), LAYOUT_WITHIN_MS);
    this.#worker?.postMessage(this.#waiting.order);
  }

  #receive(message: LayoutMessage): void {
    if (message.type === 'ready') {
      this.#ready = true;
      this.#send();
      return;
    }
    const waiting = this.#waiting;
    if (waiting === null || waiting.order.id !== message.id) return;
    // the worker stays: loading it takes longer than most layouts
    clearTimeout(this.#timer);
    this.#waiting = null;
    waiting.answer(message.result);
  }

  #settle(result: Result<Arrangement, Problem>): void {
    const waiting = this.#waiting;
    this.#waiting = null;
    this.#end();
    waiting?.answer(result);
  }

  #end(): void {
    clearTimeout(this.#timer);
    if (this.#worker !== null) {
      this.#worker.onmessage = null;
      this.#worker.onerror = null;
      this.#worker.terminate();
    }
    this.#worker = null;
    this.#ready = false;
  }
}

/** Make a client; its worker starts with the first layout. */
export function createLayoutClient(spawn: () => LayoutWorker = () => spawnWorker('layout') as unknown as LayoutWorker): LayoutClient {
  return new Client(spawn);
}
