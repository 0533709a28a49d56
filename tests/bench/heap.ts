import { catalog } from '../../catalog/index.ts';
import { openSession } from '../../shared/engine/incremental/session.ts';
import { benchDesign } from './designs.ts';
import { EDIT_KINDS } from './edits.ts';

/** Megabytes of the heap after it was cleaned up: between two answers, and with an answer on its way. */
export interface Heap { readonly between: number; readonly answering: number }

/** A session with 5,000 components as the worker has it: edits of every kind, a step of the dial and the strip. Needs --expose-gc. */
export function sessionHeap(): Heap {
  const { gc } = globalThis as { readonly gc?: () => void };
  const used = (): number => {
    gc?.();
    const { heapUsed, arrayBuffers } = process.memoryUsage();
    return (heapUsed + arrayBuffers) / 2 ** 20;
  };
  const session = openSession(catalog);
  let state = benchDesign(5000, 50);
  let answering = 0;
  const asked = (multiple: number): void => {
    const answer = session.evaluate(state, { multiple });
    answering = Math.max(answering, answer.multiple === multiple ? used() : 0);
  };
  for (const kind of EDIT_KINDS) {
    state = structuredClone(kind.apply(state, 1));
    asked(1);
  }
  asked(2);
  session.sweep(state, { steps: 20 });
  return { between: used(), answering };
}
