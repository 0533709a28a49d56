/** Changes tried before they are made. Asked on demand; the newest question of a client ends the older one. */
import { err, ok, type Result } from '../../../shared/lib/result.ts';
import type { Design } from '../../../shared/model/design.ts';
import type { BreakFix, BreakPlace, EngineCalls, EngineMessage, EngineRequest, FixChoice, FixSequence, RankedFix, WhatIf } from '../workers/engine-calls.ts';
import type { EngineWorker } from './client.ts';
import { spawnEngine } from './engine-workers.ts';

export type { BreakFix, BreakPlace, Delta, FixChoice, FixSequence, FixStep, RankedFix, WhatIf } from '../workers/engine-calls.ts';

/** Milliseconds that an answer may take, the start of its worker included. */
export const WHAT_IF_WITHIN_MS = 30_000;

/** What a fix is tried on. `today` is yyyy-mm-dd. */
export interface Basis { readonly design: Design; readonly multiple: number; readonly today: string }

/** Called once with the answer, or with a sentence why there is none; never after a newer question or `cancel`. */
export type Answer<T> = (result: Result<T, string>) => void;

/** Asks the worker what changes would do. */
export interface WhatIfClient {
  /** One fix of one finding; null when the drawing no longer has it. */
  previewFix(basis: Basis, choice: FixChoice, answer: Answer<WhatIf | null>): void;
  /** Several fixes one after another, each on what the ones before left. */
  previewFixes(basis: Basis, choices: readonly FixChoice[], answer: Answer<FixSequence>): void;
  /** The fixes of some findings, or with null of all open ones, the best return first. */
  rankFixes(basis: Basis, findings: readonly string[] | null, answer: Answer<readonly RankedFix[]>): void;
  /** Where the next fix moves a break; null when no fix of its findings does. */
  nextFix(basis: Basis, place: BreakPlace, answer: Answer<BreakFix | null>): void;
  /** What another version of the drawing does. */
  compare(basis: Basis, changed: Design, answer: Answer<WhatIf>): void;
  /** Drop the question being computed. The worker stays unless it is busy. */
  cancel(): void;
  /** End the worker. */
  dispose(): void;
}

const NO_ANSWER = 'This took too long to compute. Close a few parts of the drawing, or try again.';
const failed = (reason: string): string => `This could not be computed (${reason}).`;

type Call = 'previewFix' | 'previewFixes' | 'rankFixes' | 'nextFix' | 'compare';
type Settled = Extract<EngineMessage, { readonly type: 'reply' | 'failed' }>;

/** Settles one question: what was asked, and what takes the answer. */
interface Pending { readonly request: EngineRequest; readonly settle: (message: Settled) => void; readonly fail: (reason: string) => void }

class Client implements WhatIfClient {
  #worker: EngineWorker | null = null;
  #ready = false;
  #pending: Pending | null = null;
  #asked = 0;
  #watchdog: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly spawn: () => EngineWorker) {}

  previewFix(basis: Basis, choice: FixChoice, answer: Answer<WhatIf | null>): void {
    this.#ask('previewFix', { ...basis, finding: choice.finding, fix: choice.fix }, answer);
  }

  previewFixes(basis: Basis, choices: readonly FixChoice[], answer: Answer<FixSequence>): void {
    this.#ask('previewFixes', { ...basis, choices }, answer);
  }

  rankFixes(basis: Basis, findings: readonly string[] | null, answer: Answer<readonly RankedFix[]>): void {
    this.#ask('rankFixes', { ...basis, findings }, answer);
  }

  nextFix(basis: Basis, place: BreakPlace, answer: Answer<BreakFix | null>): void {
    this.#ask('nextFix', { ...basis, place }, answer);
  }

  compare(basis: Basis, changed: Design, answer: Answer<WhatIf>): void {
    this.#ask('compare', { ...basis, changed }, answer);
  }

  /** An unanswered question occupies its worker: only ending that stops it. */
  cancel(): void {
    if (this.#pending !== null) this.dispose();
  }

  dispose(): void {
    clearTimeout(this.#watchdog);
    this.#pending = null;
    const worker = this.#worker;
    this.#worker = null;
    this.#ready = false;
    if (!worker) return;
    worker.onmessage = null;
    worker.onerror = null;
    worker.terminate();
  }

  #ask<Name extends Call>(call: Name, input: EngineCalls[Name]['input'], answer: Answer<EngineCalls[Name]['output']>): void {
    // a worker that still loads has nothing to be stopped
    if (this.#ready) this.cancel();
    clearTimeout(this.#watchdog);
    const request = { type: 'request', id: ++this.#asked, revision: 0, call, input } as EngineRequest;
    const settle = (message: Settled): void => {
      if (message.type === 'failed') answer(err(failed(message.message)));
      else answer(ok(message.output as EngineCalls[Name]['output']));
    };
    this.#pending = { request, settle, fail: (reason) => answer(err(reason)) };
    this.#watchdog = setTimeout(() => this.#fail(NO_ANSWER), WHAT_IF_WITHIN_MS);
    if (this.#worker === null) this.#start();
    else if (this.#ready) this.#worker.postMessage(request);
  }

  #start(): void {
    try {
      const worker = this.spawn();
      this.#worker = worker;
      worker.onerror = (event) => {
        event.preventDefault?.();
        if (worker === this.#worker) this.#fail(failed(event.message ?? 'no reason given'));
      };
      worker.onmessage = ({ data }) => {
        if (worker === this.#worker) this.#receive(worker, data);
      };
    } catch (error) {
      this.#fail(failed(error instanceof Error ? error.message : String(error)));
    }
  }

  #receive(worker: EngineWorker, message: EngineMessage): void {
    if (message.type === 'ready') {
      this.#ready = true;
      if (this.#pending) worker.postMessage(this.#pending.request);
      return;
    }
    const pending = this.#pending;
    if (pending?.request.id !== message.id) return;
    clearTimeout(this.#watchdog);
    this.#pending = null;
    pending.settle(message);
  }

  #fail(reason: string): void {
    const pending = this.#pending;
    this.dispose();
    pending?.fail(reason);
  }
}

/**
 * A client with a worker of its own, so that ranking many fixes does not hold up the dial. It starts with the first
 * question and stays warm: hovering over a fix answers within a frame or two.
 */
export function createWhatIfClient(spawn: () => EngineWorker = spawnEngine): WhatIfClient {
  return new Client(spawn);
}
