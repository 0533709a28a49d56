import { useMemo } from 'react';
import type { ComparedNumber, Estimate, JourneyComparison, SimulationResult } from '../../../shared/contracts/simulation.ts';
import { formatCount, formatDuration, formatMs, formatMultiple, formatNumber, formatPercent, formatUtilisation } from '../../../shared/lib/format.ts';
import type { Design } from '../../../shared/model/design.ts';
import { useEvaluation } from './evaluation-store.ts';
import { useSimulationOutcome, type Freshness, type SimulationOutcome } from './simulation-store.ts';

/** Busier than this the closed formulas are known to be off. */
const BUSY = 0.85;
/** Within these the two agree, percent. */
const MEAN_WITHIN = 15;
const P99_WITHIN = 25;

/** Words of a verdict, in the journeys' table. */
export const VERDICT_WORDS: Readonly<Record<JourneyComparison['verdict'], string>> = { agree: 'agree', differ: 'differ', unclear: 'unclear', not_comparable: 'not compared' };

/** The time over which a run really went: shorter than wanted when it was cut short or stopped. */
export function simulatedSeconds({ duration_s, timeline, cut_short }: SimulationResult, stoppedAt: number): number {
  const sampled = Math.min(timeline.ends_s.length, ...Object.values(timeline.nodes).map(({ backlog }) => backlog.length));
  return cut_short === null && stoppedAt === 1 ? duration_s : (timeline.ends_s[sampled - 1] ?? 0);
}

/** Whether the load or the parts change during a run: then there is no steady state to speak of. */
export function isMoving({ settings, options }: Pick<SimulationOutcome, 'settings' | 'options'>): boolean {
  return settings.shape !== 'steady' || (options.failures?.length ?? 0) > 0;
}

/** "± 3 %": half of the 95 % interval; empty where there is none. */
export function intervalText({ value, low, high }: Estimate): string {
  if (low === null || high === null || value <= 0) return '';
  const half = (high - low) / 2 / value;
  return `± ${formatPercent(Math.max(0.001, Number(half.toPrecision(1))))}`;
}

/** The busiest of some components, as the simulation found them. */
function busiest(result: SimulationResult, nodes: readonly string[]): { readonly id: string; readonly share: number } | null {
  const all = nodes.flatMap((id) => (result.nodes[id]?.resources ?? []).map(({ utilisation }) => ({ id, share: utilisation })));
  return all.sort((a, b) => b.share - a.share)[0] ?? null;
}

/** A journey whose computed latency should not be trusted: the figure of the simulation, and the sentence. */
export interface Disagreement { readonly figure: string; readonly sentence: string }

function off(number: ComparedNumber | null): number | null {
  return number !== null && !number.agree ? number.simulated_ms : null;
}

/** What is said of a journey where both differ; null where they do not. `nodes`: the components of the journey. */
export function disagreementOf(comparison: JourneyComparison, result: SimulationResult, design: Design, nodes: readonly string[]): Disagreement | null {
  if (comparison.verdict !== 'differ') return null;
  const p99 = off(comparison.p99);
  const mean = off(comparison.mean);
  const value = p99 ?? mean;
  if (value === null) return null;
  const which = p99 === null ? 'mean ' : '';
  const limit = p99 === null ? MEAN_WITHIN : P99_WITHIN;
  const says = `The simulation says ${formatMs(value)}${p99 === null ? ' for the mean' : ''}.`;
  const busy = busiest(result, nodes);
  const sentence = busy !== null && busy.share >= BUSY
    ? `${design.nodes[busy.id]?.name ?? 'A part'} is ${formatUtilisation(busy.share)} busy. Above 85 % busy this formula is off by more than ${limit} %. ${says}`
    : `This formula is off by more than ${limit} % here. ${says}`;
  return { figure: `simulated ${which}${formatMs(value)}`, sentence };
}

const NONE: ReadonlyMap<string, Disagreement> = new Map();

/** Disagreements of the last run, while it still holds, by journey. */
export function useDisagreements(): ReadonlyMap<string, Disagreement> {
  const shown = useSimulationOutcome();
  const journeys = useEvaluation((state) => (state.current ?? state.base)?.journeys);
  const outcome = shown?.freshness === 'fresh' ? shown.outcome : null;
  return useMemo(() => {
    if (outcome === null || journeys === undefined) return NONE;
    const found = outcome.result.comparison.flatMap((comparison) => {
      const said = disagreementOf(comparison, outcome.result, outcome.design, journeys[comparison.id]?.nodes ?? []);
      return said ? [[comparison.id, said] as const] : [];
    });
    return found.length === 0 ? NONE : new Map(found);
  }, [outcome, journeys]);
}

function list(names: readonly string[]): string {
  const [last = '', ...before] = [...names].reverse();
  return before.length === 0 ? last : `${before.reverse().join(', ')} and ${last}`;
}

/** Why nothing is compared: the load moves, parts fail, the run was cut short; null when something is. */
function whyNotCompared({ settings, options, result }: SimulationOutcome): string | null {
  if (settings.shape !== 'steady') return 'Not compared: the load moves.';
  if ((options.failures?.length ?? 0) > 0) return 'Not compared: a part fails.';
  const reasons = new Set(result.comparison.filter(({ verdict }) => verdict === 'not_comparable').map(({ note }) => note));
  const all = result.comparison.every(({ verdict }) => verdict === 'not_comparable');
  return all ? `Not compared. ${[...reasons].join(' ')}`.trim() : null;
}

/** The answer of a run in one sentence: do the formulas hold? */
export function verdictText(outcome: SimulationOutcome): string {
  const { comparison } = outcome.result;
  const why = whyNotCompared(outcome);
  if (why !== null) return why;
  const named = (verdict: JourneyComparison['verdict']): string[] => comparison.filter((each) => each.verdict === verdict).map(({ name }) => name);
  const [differ, unclear, agree] = [named('differ'), named('unclear'), named('agree')];
  const parts = [
    ...(differ.length > 0 ? [`Do not trust the formula for ${list(differ)}.`] : []),
    ...(unclear.length > 0 ? [`Too short to tell for ${list(unclear)}: simulate longer.`] : []),
    ...(agree.length > 0 ? [differ.length + unclear.length > 0 ? `Both agree on ${list(agree)}.` : 'Formula and simulation agree.'] : []),
  ];
  return parts.join(' ');
}

/** Failed requests: which share of all, and when most. */
export function failedText({ timeline }: SimulationResult): string {
  const { failed_rps, answered_rps } = timeline.total;
  const shares = failed_rps.map((rate, i) => (rate > 0 ? rate / (rate + (answered_rps[i] ?? 0)) : 0));
  const failed = failed_rps.reduce((sum, rate) => sum + rate, 0);
  if (failed === 0) return 'No request failed.';
  const all = failed + answered_rps.reduce((sum, rate) => sum + rate, 0);
  const worst = shares.indexOf(Math.max(...shares));
  const end = timeline.ends_s[worst] ?? 0;
  return `${formatPercent(failed / all)} of requests failed, up to ${formatUtilisation(shares[worst] ?? 0)} at ${formatDuration(Number(end.toPrecision(2)))}.`;
}

/** Why a run ended before its time; empty of a whole one. */
export function endedText({ result, stopped_at }: SimulationOutcome): string {
  if (stopped_at < 1) return `Stopped at ${formatUtilisation(stopped_at)}.`;
  return (result.cut_short ?? '').replace(/\d{7,}/, (digits) => formatNumber(Number(digits)));
}

/** What was simulated: length, load, seed, requests, warm-up. */
export function runText({ result, stopped_at, took_s, multiple }: SimulationOutcome): string {
  const seconds = simulatedSeconds(result, stopped_at);
  const warmup = result.warmup_s > 0 ? ` ${result.replications > 1 ? `At most the first ${formatDuration(result.warmup_s)} of each` : `The first ${formatDuration(result.warmup_s)}`} are warm-up and not counted.` : ' Nothing is cut off as warm-up: the run does not settle.';
  const runs = result.replications > 1 ? `${result.replications} runs of ` : '';
  return `Simulated ${runs}${formatDuration(seconds)} at ${formatMultiple(multiple)} with seed ${result.seed}: ${formatCount(result.requests)} requests in ${formatDuration(Number(took_s.toPrecision(2)))}.${warmup}`;
}

/** What is said of a run that no longer holds; empty of a fresh one. */
export function staleText(freshness: Freshness, ran: number, now: number): string {
  switch (freshness) {
    case 'fresh': return '';
    case 'drawing': return 'From before your last change. Not compared.';
    case 'load': return `From a load of ${formatMultiple(ran)}; the dial is at ${formatMultiple(now)}. Not compared.`;
    case 'preview': return 'Of the drawing without the preview. Not compared.';
  }
}
