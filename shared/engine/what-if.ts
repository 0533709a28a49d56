/** Changes tried before they are made: evaluate, apply, evaluate again, compare. On demand only, never within an evaluation. */
import type { Catalog } from '../contracts/catalog.ts';
import { AXES, type Evaluation } from '../contracts/evaluation.ts';
import type { RuleFix } from '../contracts/rule.ts';
import type { FixesByKey } from './rules/run-rules.ts';
import type { Design } from '../model/design.ts';
import type { EvaluateOptions } from './evaluate.ts';
import { openSession, type EvaluationSession } from './incremental/session.ts';
import { compareText } from './rules/order.ts';
import { deltasOf, type Delta } from './what-if-deltas.ts';

export type { Delta } from './what-if-deltas.ts';

/** How changes are tried: at a load and on a day, in a session that may know the drawing already. A change is an edit like any other. */
export interface WhatIfOptions extends EvaluateOptions { readonly session?: EvaluationSession }

/** A drawing before and after a change. Plain data. */
export interface WhatIf {
  /** The changed drawing. */
  readonly design: Design;
  readonly before: Evaluation;
  readonly after: Evaluation;
  readonly deltas: readonly Delta[];
}

/** One fix of one finding. */
export interface FixChoice { readonly finding: string; readonly fix: string }

/** One step of several fixes; null where the finding was already gone, or the fix does not exist. */
export interface FixStep extends FixChoice { readonly title: string | null; readonly deltas: readonly Delta[] | null }

/** Several fixes one after another, each weighed on the drawing that the ones before it left. */
export interface FixSequence extends WhatIf { readonly steps: readonly FixStep[] }

/** A fix with what it brings and asks. */
export interface RankedFix extends FixChoice {
  readonly rule: string;
  readonly title: string;
  /** Points of the weighted mean of the six axes. */
  readonly gain: number;
  /** Dollars a month more; negative when it saves. */
  readonly usd_month: number;
  readonly burden: number;
  /** Points for each dollar a month, and for each unit of burden; null where it asks for none. */
  readonly per_usd: number | null;
  readonly per_burden: number | null;
  readonly deltas: readonly Delta[];
}

interface State { readonly design: Design; readonly evaluation: Evaluation; readonly fixes: FixesByKey }

/** Tries states one after another. */
type Try = (design: Design) => State;

function trying(catalog: Catalog, { session = openSession(catalog), ...options }: WhatIfOptions): Try {
  return (design) => ({ design, ...session.evaluateWithFixes(design, options) });
}

function compared(before: State, after: State): WhatIf {
  return { design: after.design, before: before.evaluation, after: after.evaluation, deltas: deltasOf(before.evaluation, after.evaluation) };
}

/** What a change of the drawing does. `change` is pure. */
export function whatIf(design: Design, catalog: Catalog, change: (design: Design) => Design, options: WhatIfOptions = {}): WhatIf {
  const stateOf = trying(catalog, options);
  return compared(stateOf(design), stateOf(change(design)));
}

function fixOf({ fixes }: State, { finding, fix }: FixChoice): RuleFix | null {
  return fixes.get(finding)?.find(({ id }) => id === fix) ?? null;
}

/** What one fix of one finding does; null when the drawing no longer has that finding or fix. */
export function previewFix(design: Design, catalog: Catalog, finding: string, fix: string, options: WhatIfOptions = {}): WhatIf | null {
  const stateOf = trying(catalog, options);
  const before = stateOf(design);
  const found = fixOf(before, { finding, fix });
  return found === null ? null : compared(before, stateOf(found.apply(design)));
}

/** Fixes in the given order, each evaluated on what the ones before left; those that no longer apply are passed over. */
export function previewFixes(design: Design, catalog: Catalog, choices: readonly FixChoice[], options: WhatIfOptions = {}): FixSequence {
  const stateOf = trying(catalog, options);
  const first = stateOf(design);
  let current = first;
  const steps = choices.map((choice): FixStep => {
    const found = fixOf(current, choice);
    if (found === null) return { ...choice, title: null, deltas: null };
    const next = stateOf(found.apply(current.design));
    const deltas = deltasOf(current.evaluation, next.evaluation);
    current = next;
    return { ...choice, title: found.title, deltas };
  });
  return { ...compared(first, current), steps };
}

/** Points gained over the axes that are scored on both sides, by their weights. */
export function gainOf(before: Evaluation, after: Evaluation): number {
  const both = AXES.filter((axis) => before.scores[axis].score.value !== null && after.scores[axis].score.value !== null);
  const total = both.reduce((sum, axis) => sum + before.scores[axis].weight, 0);
  if (!(total > 0)) return 0;
  return both.reduce((sum, axis) => sum + before.scores[axis].weight * ((after.scores[axis].score.value ?? 0) - (before.scores[axis].score.value ?? 0)), 0) / total;
}

/** A dollar and a hundredth of burden are the least that is told apart from nothing. */
const LEAST_USD = 1;
const LEAST_BURDEN = 0.01;

/** Points for each dollar a month; a fix that costs nothing counts as costing the least. */
export function returnOfGain(gain: number, usd: number): number {
  return gain / Math.max(LEAST_USD, usd);
}

function ranked(before: State, after: State, choice: FixChoice, rule: string, title: string): RankedFix {
  const gain = gainOf(before.evaluation, after.evaluation);
  const usd = after.evaluation.cost.usd_month - before.evaluation.cost.usd_month;
  const burden = after.evaluation.burden.index - before.evaluation.burden.index;
  return {
    ...choice, rule, title, gain, usd_month: usd, burden,
    per_usd: usd < LEAST_USD ? null : gain / usd, per_burden: burden < LEAST_BURDEN ? null : gain / burden,
    deltas: deltasOf(before.evaluation, after.evaluation),
  };
}

/** What it asks for nothing of counts as the least of it: then the larger gain comes first. */
function byReturn(a: RankedFix, b: RankedFix): number {
  const perUsd = (fix: RankedFix): number => returnOfGain(fix.gain, fix.usd_month);
  const perBurden = (fix: RankedFix): number => fix.gain / Math.max(LEAST_BURDEN, fix.burden);
  return perUsd(b) - perUsd(a) || perBurden(b) - perBurden(a) || a.usd_month - b.usd_month || compareText(a.finding, b.finding) || compareText(a.fix, b.fix);
}

/**
 * Every fix of the open findings, or of those named, by gain for each dollar and then for each unit of burden.
 * One evaluation for each fix: run it in the worker, cancellable.
 */
export function rankFixes(design: Design, catalog: Catalog, options: WhatIfOptions & { readonly findings?: readonly string[] } = {}): readonly RankedFix[] {
  const stateOf = trying(catalog, options);
  const before = stateOf(design);
  const wanted = before.evaluation.findings.filter(({ key, accepted, kind }) => (options.findings ? options.findings.includes(key) : kind === 'finding' && (accepted === null || accepted.stale)));
  const all = wanted.flatMap(({ key, rule }) => (before.fixes.get(key) ?? []).map((fix) => ranked(before, stateOf(fix.apply(design)), { finding: key, fix: fix.id }, rule, fix.title)));
  return all.sort(byReturn);
}
