/** Latency and availability: means over the journeys by importance, the worst journey named (semantics 10). */
import type { Axis, JourneyResult } from '../../contracts/evaluation.ts';
import type { Design } from '../../model/design.ts';
import { quantity, type Quantity } from '../../model/quantity.ts';
import { availabilityScore, ratioScore } from '../math/score-curves.ts';
import type { AxisDraft, ScoreInputs } from './inputs.ts';
import { meanOf, worstOf, type Weighted } from './mean.ts';

/** The two axes that are means over the journeys. */
export type JourneyAxis = Extract<Axis, 'latency' | 'availability'>;

/** Ratios at which a time scores 100 and 0. */
export const TIME = { best: 0.25, worst: 4 } as const;

/**
 * One journey on one axis. `answer`: what the user waits for; `done`: the background part, null without a target for it. They
 * count half each, and one that does not apply leaves the other whole. A journey that cannot do what it is for scores 0.
 */
export interface JourneyScore extends Weighted {
  readonly name: string;
  /** Null when the journey has no result. */
  readonly answer: Quantity | null;
  readonly done: Quantity | null;
  /** Entities that it does not reach. */
  readonly missing: readonly string[];
}

function timeScore(time: Quantity, target: number): Quantity {
  if (time.state === 'saturated' || time.state === 'unbounded') return quantity(0);
  return time.value === null ? time : quantity(ratioScore(time.value, target, TIME.best, TIME.worst));
}

function shareScore(share: Quantity, target: number): Quantity {
  return share.value === null ? share : quantity(availabilityScore(share.value, target));
}

/** Latency: p99 and time until done against their targets, saturated or never done is 0. Availability: nines, and share done in time. */
const PARTS: Readonly<Record<JourneyAxis, (result: JourneyResult) => Pick<JourneyScore, 'answer' | 'done'>>> = {
  latency: ({ p99_ms, p99_target_ms, done_s, done_target_s }) => ({ answer: timeScore(p99_ms, p99_target_ms), done: done_target_s === null ? null : timeScore(done_s, done_target_s) }),
  availability: ({ availability, availability_target, done_target_s, done_availability, done_availability_target }) => ({
    answer: shareScore(availability, availability_target),
    done: done_target_s === null || done_availability_target === null ? null : shareScore(done_availability, done_availability_target),
  }),
};

/** All journeys on one axis, in their order. */
export function journeyScores({ compiled, facts, availability }: ScoreInputs, axis: JourneyAxis): JourneyScore[] {
  return compiled.journeys.map((view, index): JourneyScore => {
    const result = facts.journeys[view.id];
    const missing = availability.journeys[index]?.missing ?? [];
    const { answer, done } = result ? PARTS[axis](result) : { answer: null, done: null };
    const both = [answer, done].flatMap((score) => (score === null ? [] : [{ weight: 1, score }]));
    return { name: view.journey.name, weight: view.importance, score: missing.length > 0 ? quantity(0) : meanOf(both), answer, done, missing };
  });
}

/** Why a journey cannot do what it is for. */
export function missingWords({ entities }: Design, id: string): string {
  return `it does not reach ${(Object.hasOwn(entities, id) ? entities[id]?.name : undefined) ?? id}, or the data is not stored before the answer`;
}

const WITHOUT: Readonly<Record<JourneyAxis, string>> = { latency: 'No journey has a time', availability: 'No journey can be answered' };

function axisOf(inputs: ScoreInputs, axis: JourneyAxis): AxisDraft {
  const scores = journeyScores(inputs, axis);
  const score = meanOf(scores);
  const worst = worstOf(scores);
  if (score.value === null || worst === null) return { score, note: WITHOUT[axis] };
  const [first] = worst.missing;
  const reason = first === undefined ? null : missingWords(inputs.compiled.graph.design, first);
  return { score, note: scores.length > 1 ? `Worst: ${worst.name}${reason === null ? '' : `: ${reason}`}` : reason };
}

/** How fast the journeys are against their targets. */
export function latency(inputs: ScoreInputs): AxisDraft {
  return axisOf(inputs, 'latency');
}

/** How often the journeys are answered against their targets. */
export function availability(inputs: ScoreInputs): AxisDraft {
  return axisOf(inputs, 'availability');
}
