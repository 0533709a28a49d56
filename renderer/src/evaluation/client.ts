import type { Axis, Evaluation, Explanations, LoadFigures, Sweep } from '../../../shared/contracts/evaluation.ts';
import type { Design } from '../../../shared/model/design.ts';
import type { EngineMessage, EngineRequest } from '../workers/engine-calls.ts';
import { ExplanationWishes, type ShownExplanations } from './explanation-wishes.ts';
import { READABLE_MS } from './readable.ts';

/** The part of a worker that the client uses. */
export interface EngineWorker {
  postMessage(message: EngineRequest): void;
  terminate(): void;
  onmessage: ((event: { readonly data: EngineMessage }) => void) | null;
  onerror: ((event: { readonly message?: string; preventDefault?(): void }) => void) | null;
}

/** What the client tells the page. */
export interface EvaluationChange {
  readonly current?: Evaluation | null;
  readonly base?: Evaluation | null;
  readonly sweep?: Sweep | null;
  readonly explanations?: ShownExplanations;
  /** Newer than `current` while the dial moves; null again with the next whole answer. */
  readonly load?: LoadFigures | null;
  readonly stale?: boolean;
  readonly error?: string | null;
}

/** One thing to evaluate: `document` and `semanticRevision` identify the design's meaning. */
export interface EvaluationTarget {
  readonly document: string;
  readonly semanticRevision: number;
  readonly design: Design;
}

/** Asks the worker for the newest design at the newest multiple. */
export interface EvaluationClient {
  /** Change what is evaluated; null when no document is open. Ignored when only the layout changed. */
  show(target: EvaluationTarget | null): void;
  setMultiple(multiple: number): void;
  /** The axes whose trees are looked at from now on. */
  explain(axes: readonly Axis[]): void;
  /** Ask again after a failure. */
  retry(): void;
  /** Ask everything anew: something besides the design changed, such as prices. The numbers stay until the answer comes. */
  refresh(): void;
  dispose(): void;
}

/** Milliseconds without an answer after which figures are drawn as stale. */
export const STALE_AFTER_MS = 300;
/** Milliseconds after which a silent worker is ended. */
export const GIVE_UP_AFTER_MS = 2000;
/** A whole answer that takes longer than a frame, milliseconds, is preceded by the figures of the load alone. */
export const FRAME_MS = 1000 / 60;
/** Where a whole answer takes longer than this, milliseconds, its trees are asked for only once the drawing and the dial rest: they may take as long. */
const EXPLAIN_AT_ONCE_MS = 100;
const EXPLAIN_AFTER_REST_MS = 400;
/** Milliseconds that a worker may take to load. */
export const START_WITHIN_MS = 20_000;

const STOPPED = 'The evaluation stopped after 2 s. The numbers are from before your last change. Undo it, or try again.';
const NOT_STARTED = 'The evaluation could not start. The drawing can be edited and saved; the numbers stay away until you open it again.';

function failure(message: string): string {
  return `The evaluation failed (${message}). The numbers are from before your last change. Undo it, or try again.`;
}

type Wish = 'current' | 'base';

/** An answer, and what it answers. */
interface Mark { readonly revision: number; readonly multiple: number; readonly answer: Evaluation }

/** A question: an evaluation at a multiple, only what the load decides there, the trees behind its scores, or the sweep over all of them. */
type Question = { readonly call: 'evaluate' | 'figures'; readonly multiple: number } | { readonly call: 'explain'; readonly multiple: number; readonly axes: readonly Axis[] } | { readonly call: 'sweep' };
type Flight = Question & { readonly id: number; readonly revision: number; readonly asked: number };
type Evaluating = Extract<Flight, { readonly call: 'evaluate' | 'figures' }>;

/** Timers, so that tests need no clock. */
export interface Clock {
  set(callback: () => void, ms: number): unknown;
  clear(timer: unknown): void;
  /** Milliseconds since any beginning. */
  now(): number;
}

const realClock: Clock = {
  set: (callback, ms) => setTimeout(callback, ms),
  clear: (timer) => clearTimeout(timer as ReturnType<typeof setTimeout>),
  now: () => performance.now(),
};

/** A timer that runs once at most. */
class Alarm {
  #timer: unknown = null;
  constructor(private readonly clock: Clock) {}
  start(callback: () => void, ms: number): void {
    this.stop();
    this.#timer = this.clock.set(() => {
      this.#timer = null;
      callback();
    }, ms);
  }
  stop(): void {
    if (this.#timer !== null) this.clock.clear(this.#timer);
    this.#timer = null;
  }
  get running(): boolean {
    return this.#timer !== null;
  }
}

class Client implements EvaluationClient {
  #worker: EngineWorker | null = null;
  #ready = false;
  #held = -1;
  #flight: Flight | null = null;
  #requests = 0;
  #target: EvaluationTarget | null = null;
  #revision = 0;
  #firstOfDocument = 0;
  #multiple = 1;
  #blocked = false;
  #fresh: Record<Wish, Mark | null> = { current: null, base: null };
  #swept = -1;
  readonly #wishes = new ExplanationWishes();
  /** When the drawing or the dial moved last, milliseconds. */
  #moved = -Infinity;
  /** The multiple that was figured last, null once a whole answer came after it. */
  #figured: number | null = null;
  /** How long the last whole answer took, and when it came, milliseconds. */
  #whole = { took: 0, came: -Infinity };
  readonly #now: () => number;
  readonly #watchdog: Alarm;
  readonly #staleness: Alarm;
  readonly #rest: Alarm;

  constructor(
    private readonly spawn: () => EngineWorker,
    private readonly publish: (change: EvaluationChange) => void,
    clock: Clock,
    private readonly today: () => { readonly today?: string },
  ) {
    this.#now = () => clock.now();
    this.#watchdog = new Alarm(clock);
    this.#staleness = new Alarm(clock);
    this.#rest = new Alarm(clock);
  }

  show(target: EvaluationTarget | null): void {
    const before = this.#target;
    const same = before?.document === target?.document && before?.semanticRevision === target?.semanticRevision;
    if (same) return;
    this.#target = target;
    this.#moved = this.#now();
    this.#revision += 1;
    this.#blocked = false;
    if (before?.document !== target?.document) {
      this.#firstOfDocument = this.#revision;
      this.#fresh = { current: null, base: null };
      this.#staleness.stop();
      this.publish({ current: null, base: null, sweep: null, explanations: this.#wishes.forget(), load: null, stale: false, error: null });
    }
    this.#wait();
    this.#pump();
  }

  setMultiple(multiple: number): void {
    if (multiple === this.#multiple) return;
    this.#multiple = multiple;
    this.#moved = this.#now();
    this.#blocked = false;
    this.#wait();
    this.#pump();
  }

  explain(axes: readonly Axis[]): void {
    this.#wishes.want(axes);
    this.#pump();
  }

  retry(): void {
    this.#blocked = false;
    this.#wait();
    this.#pump();
  }

  refresh(): void {
    // the design is sent once more: its revision is a new one
    this.#revision += 1;
    this.retry();
  }

  dispose(): void {
    this.#target = null;
    this.#rest.stop();
    this.#staleness.stop();
    this.#endWorker();
  }

  /** While only the dial moves and a whole answer takes longer than a frame: figures first, whole answers not too close. */
  #followDial(): Question | null {
    const whole = { call: 'evaluate', multiple: this.#multiple } as const;
    if (this.#fresh.current?.revision !== this.#revision || this.#whole.took <= FRAME_MS) return whole;
    const early = this.#whole.came + READABLE_MS - this.#now();
    if (this.#figured === null || (this.#figured !== this.#multiple && early > 0)) return { call: 'figures', multiple: this.#multiple };
    if (early <= 0) return whole;
    this.#rest.start(() => this.#pump(), early);
    return null;
  }

  /** The trees that are looked at and not known yet, of the answer that is shown: right after it, while the worker still has what it is made of. */
  #explain(): Question | null {
    const axes = this.#wishes.missing;
    if (axes.length === 0) return null;
    const early = this.#whole.took <= EXPLAIN_AT_ONCE_MS ? 0 : this.#moved + EXPLAIN_AFTER_REST_MS - this.#now();
    if (early <= 0) return { call: 'explain', multiple: this.#multiple, axes };
    this.#rest.start(() => this.#pump(), early);
    return null;
  }

  /** The next question worth asking, the visible answer first, the sweep when all else is answered. */
  #next(): Question | null {
    if (this.#target === null || this.#blocked) return null;
    if (!this.#answered) return this.#followDial();
    const explain = this.#explain();
    if (explain !== null) return explain;
    if (this.#fresh.base?.revision !== this.#revision) return { call: 'evaluate', multiple: 1 };
    return this.#swept === this.#revision ? null : { call: 'sweep' };
  }

  #wait(): void {
    if (this.#target !== null && !this.#staleness.running) this.#staleness.start(() => this.publish({ stale: true }), STALE_AFTER_MS);
  }

  get #answered(): boolean {
    const { current } = this.#fresh;
    return current?.revision === this.#revision && current.multiple === this.#multiple;
  }

  /** Back at 1x nothing need be asked: that answer is there. */
  #returnToBase(): void {
    const { base } = this.#fresh;
    if (this.#target === null || this.#answered || base?.revision !== this.#revision || this.#multiple !== 1) return;
    this.#fresh.current = base;
    this.#figured = null;
    this.#rest.stop();
    this.#staleness.stop();
    this.publish({ current: base.answer, explanations: this.#wishes.outdate(), load: null, stale: false, error: null });
  }

  #pump(): void {
    this.#returnToBase();
    const question = this.#next();
    if (question === null || this.#target === null || this.#flight) return;
    if (!this.#worker) this.#start();
    if (!this.#ready || !this.#worker) return;
    const flight = { ...question, id: ++this.#requests, revision: this.#revision, asked: this.#now() };
    const { document } = this.#target;
    const design = this.#held === flight.revision ? null : this.#target.design;
    this.#held = flight.revision;
    this.#flight = flight;
    this.#watchdog.start(() => this.#fail(STOPPED), GIVE_UP_AFTER_MS);
    const address = { type: 'request', id: flight.id, revision: flight.revision } as const;
    if (flight.call === 'sweep') this.#worker.postMessage({ ...address, call: 'sweep', input: { design, document } });
    else if (flight.call === 'figures') this.#worker.postMessage({ ...address, call: 'figures', input: { design, document, multiple: flight.multiple } });
    else if (flight.call === 'explain') this.#worker.postMessage({ ...address, call: 'explain', input: { design, document, multiple: flight.multiple, axes: flight.axes, ...this.today() } });
    else this.#worker.postMessage({ ...address, call: 'evaluate', input: { design, document, multiple: flight.multiple, ...this.today() } });
  }

  #start(): void {
    this.#ready = false;
    this.#held = -1;
    this.#watchdog.start(() => this.#fail(NOT_STARTED), START_WITHIN_MS);
    try {
      const worker = this.spawn();
      this.#worker = worker;
      worker.onmessage = (event) => this.#receive(worker, event.data);
      worker.onerror = (event) => {
        event.preventDefault?.();
        if (worker === this.#worker) this.#fail(this.#ready ? failure(event.message ?? 'no reason given') : NOT_STARTED);
      };
    } catch {
      this.#fail(NOT_STARTED);
    }
  }

  #receive(worker: EngineWorker, message: EngineMessage): void {
    if (worker !== this.#worker) return;
    if (message.type === 'ready') {
      this.#watchdog.stop();
      this.#ready = true;
      this.#pump();
      return;
    }
    const flight = this.#flight;
    if (message.id !== flight?.id) return;
    this.#watchdog.stop();
    this.#flight = null;
    this.#settle(flight, message);
    this.#pump();
  }

  #settle(flight: Flight, message: Exclude<EngineMessage, { readonly type: 'ready' }>): void {
    if (message.type === 'failed') this.#reject(flight, failure(message.message));
    else if (this.#target === null || flight.revision < this.#firstOfDocument) return;
    else if (message.call === 'sweep') {
      this.#swept = flight.revision;
      this.publish({ sweep: message.output });
    } else if (message.call === 'figures' && flight.call === 'figures') {
      this.#figured = flight.multiple;
      if (!this.#answered) this.publish({ load: message.output });
    } else if (message.call === 'explain' && flight.call === 'explain') this.#explained(flight, message.output);
    else if (message.call === 'evaluate' && flight.call === 'evaluate') this.#accept(flight, message.output);
  }

  /** Publish trees of the answer that is shown; another may have come on show in the meantime, and is then asked about anew. */
  #explained({ revision, multiple }: Extract<Flight, { readonly call: 'explain' }>, trees: Partial<Explanations>): void {
    const { current } = this.#fresh;
    if (current?.revision === revision && current.multiple === multiple) this.publish({ explanations: this.#wishes.take(trees) });
  }

  /** Publish an answer that is newer than what is shown, even when a still newer one is wanted: numbers follow a scrub. */
  #accept(flight: Evaluating, output: Evaluation): void {
    const change: { current?: Evaluation; base?: Evaluation; explanations?: ShownExplanations; load?: null; stale?: boolean; error?: null } = { load: null };
    const now = this.#now();
    this.#whole = { took: now - flight.asked, came: now };
    this.#figured = null;
    const mark = { revision: flight.revision, multiple: flight.multiple, answer: output };
    const wanted = flight.multiple === this.#multiple;
    // what is wanted may be on show already, when the dial went back to 1x in the meantime
    if (this.#answered && flight.multiple !== 1) return;
    if (wanted || flight.multiple !== 1 || this.#fresh.base?.revision === flight.revision) {
      change.current = output;
      change.explanations = this.#wishes.outdate();
      this.#fresh.current = mark;
    }
    if (flight.multiple === 1) {
      change.base = output;
      this.#fresh.base = mark;
    }
    if (flight.revision === this.#revision && wanted) {
      this.#staleness.stop();
      change.stale = false;
      change.error = null;
    }
    this.publish(change);
  }

  #reject(flight: Flight, message: string): void {
    if (flight.revision !== this.#revision) return;
    this.#blocked = true;
    this.#staleness.stop();
    this.publish({ error: message, stale: true, load: null });
  }

  /** End a worker that is stuck or broken; the next change starts another one. */
  #fail(message: string): void {
    const flight = this.#flight;
    this.#endWorker();
    const superseded = flight !== null && (flight.revision !== this.#revision || (flight.call !== 'sweep' && flight.multiple !== this.#multiple));
    this.#blocked = !superseded;
    this.#staleness.stop();
    this.publish({ error: message, stale: true, load: null });
    this.#pump();
  }

  #endWorker(): void {
    this.#watchdog.stop();
    const worker = this.#worker;
    this.#worker = null;
    this.#flight = null;
    this.#ready = false;
    if (!worker) return;
    worker.onmessage = null;
    worker.onerror = null;
    worker.terminate();
  }
}

/**
 * A client of the engine worker: one request in flight, the newest one next, answers in order and never of another
 * document. `publish` receives what changed; on a failure the numbers stay and `error` is a sentence.
 */
export function createEvaluationClient(options: {
  readonly spawn: () => EngineWorker;
  readonly publish: (change: EvaluationChange) => void;
  readonly clock?: Clock;
  /** The day as yyyy-mm-dd, asked for each evaluation; without it accepted risks stand whatever date they were accepted until. */
  readonly today?: () => string;
}): EvaluationClient {
  const { today } = options;
  return new Client(options.spawn, options.publish, options.clock ?? realClock, () => (today ? { today: today() } : {}));
}
