import { catalog } from '../../../catalog/index.ts';
import { evaluate, sweep } from '../../../shared/engine/evaluate.ts';
import { explainSensitivity } from '../../../shared/engine/scoring/sensitivity.ts';
import { rangesSteps } from '../../../shared/engine/uncertainty/sample-ranges.ts';
import { previewFix, previewFixes, rankFixes, whatIf } from '../../../shared/engine/what-if.ts';
import type { RangesProgress } from '../../../shared/contracts/uncertainty.ts';
import { assertNever } from '../../../shared/lib/assert-never.ts';
import type { Design } from '../../../shared/model/design.ts';
import type { EngineMessage, EngineRequest, RangesReply, WhatIfInput } from './engine-calls.ts';

/** The part of a dedicated worker's global scope that is used here. */
interface WorkerScope {
  onmessage: ((event: MessageEvent<EngineRequest>) => void) | null;
  postMessage(message: EngineMessage): void;
}

const scope = globalThis as unknown as WorkerScope;
let held: Design | null = null;

/** Replies on the way to the ranges: about this many for the runs. */
const REPORTS = 40;

/** The ranges, step by step: `report` hears how far they are. */
function ranges(design: Design, { multiple, today }: WhatIfInput, report: (progress: RangesProgress) => void): RangesReply {
  const steps = rangesSteps(design, catalog, { multiple, today });
  let progress: RangesProgress = { done: 0, total: 1 };
  for (let step = steps.next(); ; step = steps.next()) {
    if (step.done === true) return { progress, result: step.value };
    progress = step.value;
    if (progress.done % Math.ceil(progress.total / REPORTS) === 0) report(progress);
  }
}

/** The answer to one request; throws when it cannot be computed. */
function compute(request: EngineRequest, design: Design): Extract<EngineMessage, { readonly type: 'reply' }> {
  const { id, revision } = request;
  switch (request.call) {
    case 'sweep': return { type: 'reply', id, revision, call: 'sweep', output: sweep(design, catalog) };
    case 'sensitivity': return { type: 'reply', id, revision, call: 'sensitivity', output: explainSensitivity(design, catalog, request.input.axis, { multiple: request.input.multiple }) };
    case 'previewFix': return { type: 'reply', id, revision, call: 'previewFix', output: previewFix(design, catalog, request.input.finding, request.input.fix, request.input) };
    case 'previewFixes': return { type: 'reply', id, revision, call: 'previewFixes', output: previewFixes(design, catalog, request.input.choices, request.input) };
    case 'rankFixes': {
      const { multiple, today, findings } = request.input;
      return { type: 'reply', id, revision, call: 'rankFixes', output: rankFixes(design, catalog, { multiple, today, ...(findings === null ? {} : { findings }) }) };
    }
    case 'compare': {
      const { changed } = request.input;
      return { type: 'reply', id, revision, call: 'compare', output: whatIf(design, catalog, () => changed, request.input) };
    }
    case 'ranges': return { type: 'reply', id, revision, call: 'ranges', output: ranges(design, request.input, (progress) => scope.postMessage({ type: 'reply', id, revision, call: 'ranges', output: { progress, result: null } })) };
    case 'evaluate': return { type: 'reply', id, revision, call: 'evaluate', output: evaluate(design, catalog, { multiple: request.input.multiple, today: request.input.today ?? null }) };
    default: return assertNever(request, 'call of the engine worker');
  }
}

function answer(request: EngineRequest): EngineMessage {
  try {
    held = request.input.design ?? held;
    if (held === null) throw new Error('No design was sent');
    return compute(request, held);
  } catch (error) {
    return { type: 'failed', id: request.id, revision: request.revision, message: error instanceof Error ? error.message : String(error) };
  }
}

scope.onmessage = (event) => scope.postMessage(answer(event.data));
scope.postMessage({ type: 'ready' });
