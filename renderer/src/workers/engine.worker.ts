import { catalog as listed } from '../../../catalog/index.ts';
import { withOwnPrices } from '../../../shared/contracts/own-prices.ts';
import { evaluateExplained, journeyCuts } from '../../../shared/engine/evaluate.ts';
import { openSession } from '../../../shared/engine/incremental/session.ts';
import { Sessions } from '../../../shared/engine/incremental/sessions.ts';
import { explainSensitivity } from '../../../shared/engine/scoring/sensitivity.ts';
import { nextFix } from '../../../shared/engine/next-fix.ts';
import { rangesSteps } from '../../../shared/engine/uncertainty/sample-ranges.ts';
import { previewFix, previewFixes, rankFixes, whatIf } from '../../../shared/engine/what-if.ts';
import type { RangesProgress } from '../../../shared/contracts/uncertainty.ts';
import { assertNever } from '../../../shared/lib/assert-never.ts';
import type { Design } from '../../../shared/model/design.ts';
import type { CutsReply, EngineMessage, EngineRequest, PricesMessage, RangesReply, WhatIfInput } from './engine-calls.ts';

/** The part of a dedicated worker's global scope that is used here. */
interface WorkerScope {
  onmessage: ((event: MessageEvent<EngineRequest | PricesMessage>) => void) | null;
  postMessage(message: EngineMessage): void;
}

const scope = globalThis as unknown as WorkerScope;
let held: Design | null = null;

/** Documents whose last state is kept: as many as somebody goes back and forth between. */
const KEPT_DOCUMENTS = 3;
const UNNAMED = '';
/** The catalogue with the prices that count. */
let catalog = listed;
let sessions = new Sessions(catalog, KEPT_DOCUMENTS);
/** Where changes are tried, so that the documents' own states stay what they are. */
let trials = openSession(catalog);

/** Nothing that was computed with other prices is kept. */
function takePrices({ prices }: PricesMessage): void {
  catalog = prices === null ? listed : { ...listed, priceBook: withOwnPrices(listed.priceBook, prices) };
  sessions = new Sessions(catalog, KEPT_DOCUMENTS);
  trials = openSession(catalog);
}

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

/** The cut sets of a journey, step by step: `report` hears how far they are. */
function cuts(design: Design, journey: string, multiple: number, report: (share: number) => void): CutsReply {
  const steps = journeyCuts(design, catalog, journey, multiple);
  for (let step = steps.next(); ; step = steps.next()) {
    if (step.done === true) return { share: 1, found: { single: step.value[1], pairs: step.value[2] } };
    report(step.value.done / step.value.total);
  }
}

function optionsOf({ multiple, today }: WhatIfInput): Pick<WhatIfInput, 'multiple' | 'today'> {
  return { multiple, today };
}

/** The answer to one request; throws when it cannot be computed. */
function compute(request: EngineRequest, design: Design): Extract<EngineMessage, { readonly type: 'reply' }> {
  const { id, revision } = request;
  switch (request.call) {
    case 'sweep': return { type: 'reply', id, revision, call: 'sweep', output: sessions.of(request.input.document ?? UNNAMED).sweep(design) };
    case 'figures': return { type: 'reply', id, revision, call: 'figures', output: sessions.of(request.input.document ?? UNNAMED).figures(design, request.input.multiple) };
    case 'explain': {
      const { document, axes, multiple, today } = request.input;
      return { type: 'reply', id, revision, call: 'explain', output: sessions.of(document ?? UNNAMED).explain(design, axes, { multiple, today: today ?? null }) };
    }
    case 'evaluateExplained': return { type: 'reply', id, revision, call: 'evaluateExplained', output: evaluateExplained(design, catalog, optionsOf(request.input)) };
    case 'sensitivity': return { type: 'reply', id, revision, call: 'sensitivity', output: explainSensitivity(design, catalog, request.input.axis, { multiple: request.input.multiple }) };
    case 'previewFix': return { type: 'reply', id, revision, call: 'previewFix', output: previewFix(design, catalog, request.input.finding, request.input.fix, { ...optionsOf(request.input), session: trials }) };
    case 'previewFixes': return { type: 'reply', id, revision, call: 'previewFixes', output: previewFixes(design, catalog, request.input.choices, { ...optionsOf(request.input), session: trials }) };
    case 'rankFixes': {
      const { multiple, today, findings } = request.input;
      return { type: 'reply', id, revision, call: 'rankFixes', output: rankFixes(design, catalog, { multiple, today, session: trials, ...(findings === null ? {} : { findings }) }) };
    }
    case 'nextFix': return { type: 'reply', id, revision, call: 'nextFix', output: nextFix(design, catalog, request.input.place, { today: request.input.today, session: trials }) };
    case 'compare': {
      const { changed } = request.input;
      return { type: 'reply', id, revision, call: 'compare', output: whatIf(design, catalog, () => changed, { ...optionsOf(request.input), session: trials }) };
    }
    case 'ranges': return { type: 'reply', id, revision, call: 'ranges', output: ranges(design, request.input, (progress) => scope.postMessage({ type: 'reply', id, revision, call: 'ranges', output: { progress, result: null } })) };
    case 'cuts': return { type: 'reply', id, revision, call: 'cuts', output: cuts(design, request.input.journey, request.input.multiple, (share) => scope.postMessage({ type: 'reply', id, revision, call: 'cuts', output: { share, found: null } })) };
    case 'evaluate': return { type: 'reply', id, revision, call: 'evaluate', output: sessions.of(request.input.document ?? UNNAMED).evaluate(design, { multiple: request.input.multiple, today: request.input.today ?? null }) };
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

scope.onmessage = ({ data }) => {
  if (data.type === 'prices') takePrices(data);
  else scope.postMessage(answer(data));
};
scope.postMessage({ type: 'ready' });
