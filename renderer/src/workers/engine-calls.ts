import type { Axis, CutSet, Evaluation, Explanations, LoadFigures, Sweep } from '../../../shared/contracts/evaluation.ts';
import type { RangesProgress, RangesResult } from '../../../shared/contracts/uncertainty.ts';
import type { ExplainedEvaluation } from '../../../shared/contracts/explained.ts';
import type { OwnPrices } from '../../../shared/contracts/own-prices.ts';
import type { Sensitivity } from '../../../shared/engine/scoring/sensitivity.ts';
import type { BreakFix, BreakPlace } from '../../../shared/engine/next-fix.ts';
import type { Delta, FixChoice, FixSequence, FixStep, RankedFix, WhatIf } from '../../../shared/engine/what-if.ts';
import type { WorkerReady, WorkerReply, WorkerRequest } from '../../../shared/ipc/worker-protocol.ts';
import type { Design } from '../../../shared/model/design.ts';

/** What the engine worker can be asked. A type alias, because the protocol wants an index signature. */
export type EngineCalls = {
  /**
   * Evaluate at a load multiple. `design: null` means the one sent last, so that a step of the dial sends a number only.
   * `document` names the line of states that the design is one of: each is evaluated from what is known of the one before.
   */
  readonly evaluate: { readonly input: { readonly design: Design | null; readonly document?: string; readonly multiple: number; readonly today?: string | null }; readonly output: Evaluation };
  /** The hottest place at every multiple of the dial, and where places break. */
  readonly sweep: { readonly input: { readonly design: Design | null; readonly document?: string }; readonly output: Sweep };
  /** What the load alone decides, for every frame while the dial moves. */
  readonly figures: { readonly input: { readonly design: Design | null; readonly document?: string; readonly multiple: number }; readonly output: LoadFigures };
  /** The trees behind some scores: of the answer given last they cost little, else as much as an answer. */
  readonly explain: { readonly input: EngineCalls['evaluate']['input'] & { readonly axes: readonly Axis[] }; readonly output: Partial<Explanations> };
  /** The whole answer as files hold it. */
  readonly evaluateExplained: { readonly input: WhatIfInput; readonly output: ExplainedEvaluation };
  /** What moves a score most: up to two evaluations for each field that it is explained with. */
  readonly sensitivity: { readonly input: { readonly design: Design | null; readonly axis: Axis; readonly multiple: number }; readonly output: readonly Sensitivity[] };
  /** What a fix does; null when the drawing no longer has it. */
  readonly previewFix: { readonly input: WhatIfInput & FixChoice; readonly output: WhatIf | null };
  /** Several fixes one after another. */
  readonly previewFixes: { readonly input: WhatIfInput & { readonly choices: readonly FixChoice[] }; readonly output: FixSequence };
  /** Fixes of the open findings, or of those named, by what they bring for what they ask. */
  readonly rankFixes: { readonly input: WhatIfInput & { readonly findings: readonly string[] | null }; readonly output: readonly RankedFix[] };
  /** Where the next fix moves a break; null when no fix of its findings does. */
  readonly nextFix: { readonly input: WhatIfInput & { readonly place: BreakPlace }; readonly output: BreakFix | null };
  /** What a change that was made elsewhere does: an answered question, a variant. */
  readonly compare: { readonly input: WhatIfInput & { readonly changed: Design }; readonly output: WhatIf };
  /** Results as ranges: hundreds of evaluations. Replies come as it goes, the last one with the result; end the worker to cancel. */
  readonly ranges: { readonly input: WhatIfInput; readonly output: RangesReply };
  /** Cut sets of a journey. Replies come as it goes, the last one with the sets; end the worker to cancel. */
  readonly cuts: { readonly input: { readonly design: Design | null; readonly multiple: number; readonly journey: string }; readonly output: CutsReply };
};

/** How far the cut sets are, 0 to 1, and at the end those of order 1 and 2, the most probable first. */
export interface CutsReply { readonly share: number; readonly found: CutsFound | null }
export interface CutsFound { readonly single: readonly CutSet[]; readonly pairs: readonly CutSet[] }

/** Prices of the user's own that count from the next question on; null goes back to the list. Not answered. */
export interface PricesMessage { readonly type: 'prices'; readonly prices: OwnPrices | null }

/** How far the ranges are, and at the end what they are. */
export interface RangesReply { readonly progress: RangesProgress; readonly result: RangesResult | null }

/** A drawing, a load, and the day (yyyy-mm-dd) for risks accepted until a date. `design: null` means the one sent last. */
export interface WhatIfInput {
  readonly design: Design | null;
  readonly multiple: number;
  readonly today: string | null;
}

export type { BreakFix, BreakPlace, Delta, FixChoice, FixSequence, FixStep, RankedFix, Sensitivity, WhatIf };

/** A question to the engine worker. */
export type EngineRequest = WorkerRequest<EngineCalls>;

/** What the engine worker sends. */
export type EngineMessage = WorkerReply<EngineCalls> | WorkerReady;
