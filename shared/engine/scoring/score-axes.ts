/** The six axes, 70 = requirement exactly met, and Overall (evaluation 9, semantics 10). */
import { AXES, type Axis, type AxisScore, type Finding, type Penalty, type RuleFailure } from '../../contracts/evaluation.ts';
import type { Profile } from '../../contracts/catalog.ts';
import type { Rule } from '../../contracts/rule.ts';
import { oncePer } from '../../lib/once-per.ts';
import type { Settings } from '../../model/design.ts';
import { noQuantity, quantity, type Quantity } from '../../model/quantity.ts';
import { consistency } from './consistency.ts';
import { cost } from './cost.ts';
import type { AxisDraft, ScoreInputs } from './inputs.ts';
import { isolation } from './isolation.ts';
import { availability, latency } from './journey-axes.ts';
import { penaltiesByAxis, type PenaltyRules } from './penalties.ts';
import { scalability } from './scalability.ts';

/** What the rules found, for the penalties: empty while none has run. */
export interface RuleRun {
  readonly findings: readonly Finding[];
  readonly failures: readonly RuleFailure[];
  readonly run: number;
  readonly notApplicable: number;
}

/** What the scores take from outside the engine's results. */
export interface ScoreSettings {
  readonly rules: readonly Rule[];
  readonly profiles: readonly Profile[];
}

/** Six scores and their weighted geometric mean. */
export interface Scores { readonly scores: Readonly<Record<Axis, AxisScore>>; readonly overall: Quantity }

const SCORERS: Readonly<Record<Axis, (inputs: ScoreInputs) => AxisDraft>> = { scalability, latency, availability, isolation, consistency, cost };

/** One axis before penalties. Without a journey that starts somewhere there is no score (semantics 5). */
export function draftAxis(axis: Axis, inputs: ScoreInputs): AxisDraft {
  const { journeys, plan } = inputs.compiled;
  if (plan.entries.length > 0) return SCORERS[axis](inputs);
  const score = noQuantity('not_applicable');
  return { score, note: journeys.length > 0 ? 'No journey reaches a component' : 'No journey is drawn, and none can be derived' };
}

/** Weights of the axes, adding up to 1: the document's own, else the first profile's, else equal ones. */
export function axisWeights(stated: Settings['weights'], profiles: readonly Profile[]): Readonly<Record<Axis, number>> {
  const candidates = [stated ?? {}, profiles[0]?.weights ?? {}, Object.fromEntries(AXES.map((axis) => [axis, 1]))];
  const weight = (from: Readonly<Record<string, number>>, axis: Axis): number => Math.max(0, Object.hasOwn(from, axis) ? (from[axis] ?? 0) : 0);
  const sumOf = (from: Readonly<Record<string, number>>): number => AXES.reduce((sum, axis) => sum + weight(from, axis), 0);
  const used = candidates.find((from) => sumOf(from) > 0) ?? {};
  const total = sumOf(used);
  return Object.fromEntries(AXES.map((axis) => [axis, weight(used, axis) / total])) as Record<Axis, number>;
}

/** Weighted geometric mean over the axes that have a score; a factor is at least 1, so that a zero cannot be bought back. */
export function overallOf(scores: Readonly<Record<Axis, AxisScore>>): Quantity {
  const all = AXES.map((axis) => scores[axis]);
  if (all.some(({ score }) => score.state === 'not_modelled')) return noQuantity('not_modelled');
  const scored = all.filter(({ score, weight }) => score.value !== null && weight > 0);
  const total = scored.reduce((sum, { weight }) => sum + weight, 0);
  if (!(total > 0)) return noQuantity('not_applicable');
  return quantity(Math.min(100, Math.exp(scored.reduce((sum, { score, weight }) => sum + (weight / total) * Math.log(Math.max(1, score.value ?? 0)), 0))));
}

function failedRule(axis: Axis, rules: readonly Rule[], failures: readonly RuleFailure[]): string | null {
  for (const { rule } of failures) {
    const meta = rules.find(({ id }) => id === rule)?.meta;
    if (!meta || meta.axes.includes(axis) || meta.penalises.includes(axis)) return rule;
  }
  return null;
}

/** What subtracts from the scores, and the rules that say so. */
interface Subtracting { readonly rules: readonly Rule[]; readonly penaltiesOf: (axis: Axis) => readonly Penalty[] }

const metasOf = oncePer((rules: readonly Rule[]): PenaltyRules => new Map(rules.map(({ id, meta }) => [id, meta])));

function scoreOf(axis: Axis, weight: number, inputs: ScoreInputs, failures: readonly RuleFailure[], { rules, penaltiesOf }: Subtracting): AxisScore {
  const failed = failedRule(axis, rules, failures);
  if (failed !== null) return { axis, score: noQuantity('not_modelled'), weight, note: `Not scored: the rule ${failed} failed`, penalties: [] };
  const { score, note } = draftAxis(axis, inputs);
  const penalties = score.value === null ? [] : penaltiesOf(axis);
  if (penalties.length === 0) return { axis, score, weight, note, penalties };
  return { axis, score: quantity(Math.max(0, (score.value ?? 0) - penalties.reduce((sum, { points }) => sum + points, 0))), weight, note, penalties };
}

/** Score all axes. An axis with a failed rule has no score, and then Overall is blank. */
export function scoreAxes(inputs: ScoreInputs, run: RuleRun, { rules, profiles }: ScoreSettings): Scores {
  const subtracting: Subtracting = { rules, penaltiesOf: penaltiesByAxis(run.findings, metasOf(rules), inputs.compiled.journeys) };
  const weights = axisWeights(inputs.compiled.graph.design.settings.weights, profiles);
  const scores = Object.fromEntries(AXES.map((axis) => [axis, scoreOf(axis, weights[axis], inputs, run.failures, subtracting)])) as Record<Axis, AxisScore>;
  return { scores, overall: overallOf(scores) };
}
