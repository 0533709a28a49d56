/** How latency and availability come about: every journey with its targets, the worst ones down to the fields. */
import type { Explanation, JourneyResult } from '../../../contracts/evaluation.ts';
import type { JourneyView } from '../../../contracts/graph-view.ts';
import { noQuantity, type Quantity } from '../../../model/quantity.ts';
import { journeyScores, missingWords, TIME, type JourneyAxis, type JourneyScore } from '../journey-axes.ts';
import { meanOf } from '../mean.ts';
import type { TreeInputs } from './inputs.ts';
import { lossLines, stepLines } from './journey-steps.ts';
import { line, points } from './line.ts';

/** Journeys that are explained down to the fields: the worst ones. */
const DEEP = 6;
const TIME_FORMULA = `r = time / target; up to 1 70 + 30 ln r / ln ${TIME.best}, above 70 (1 - ln r / ln ${TIME.worst})`;
const NINES_FORMULA = 'd = nines of the value - nines of the target; from 0 70 + 30 d, below 70 (1 + d / 1.5)';

/** One journey on the way to its lines. `causes` are made for the worst journeys only. */
interface Subject { readonly view: JourneyView; readonly result: JourneyResult; readonly target: NonNullable<Explanation['target']>; readonly causes: () => readonly Explanation[] }

type Line = (inputs: TreeInputs, score: Quantity, subject: Subject) => Explanation;

function fieldLine(inputs: TreeInputs, view: JourneyView, key: string, value: unknown): Explanation {
  return inputs.fields.document('journey', key, value, view.journey, view.id);
}

const LATENCY: Readonly<Record<'answer' | 'done', Line>> = {
  answer: (inputs, score, { view, result, target, causes }) => points('Time to answer', score, TIME_FORMULA, [
    line('p99', result.p99_ms, { unit: 'ms', formula: '99th percentile of the sum of all steps that the user waits for', provenance: 'D', target, inputs: causes() }),
    fieldLine(inputs, view, 'p99_target_ms', result.p99_target_ms),
  ]),
  done: (inputs, score, { view, result, target }) => points('Time until done', score, TIME_FORMULA, [
    line('Until the last consumer has finished', result.done_s, { unit: 's', provenance: 'D', target }),
    fieldLine(inputs, view, 'done_target_s', result.done_target_s),
  ]),
};

const AVAILABILITY: typeof LATENCY = {
  answer: (inputs, score, { view, result, target, causes }) => points('Share of requests answered', score, NINES_FORMULA, [
    line('Availability', result.availability, { unit: 'ratio', formula: 'product over the parts it cannot do without, in every state of the zones', provenance: 'D', target, inputs: causes() }),
    fieldLine(inputs, view, 'availability_target', result.availability_target),
  ]),
  done: (inputs, score, { view, result, target }) => points('Share done in time', score, NINES_FORMULA, [
    line('Done within the target', result.done_availability, { unit: 'ratio', provenance: 'D', target }),
    fieldLine(inputs, view, 'done_availability_target', result.done_availability_target),
  ]),
};

/** What the two axes say of a journey, and of what its number is made. */
const WORDS: Readonly<Record<JourneyAxis, { readonly label: string; readonly lines: typeof LATENCY; readonly causes: (inputs: TreeInputs, result: JourneyResult) => readonly Explanation[] }>> = {
  latency: { label: 'Latency', lines: LATENCY, causes: (inputs, { id }) => stepLines(inputs, id) },
  availability: { label: 'Availability', lines: AVAILABILITY, causes: (inputs, result) => lossLines(inputs, result) },
};

function missedLine(inputs: TreeInputs, { name, score, missing }: JourneyScore, target: Subject['target']): Explanation {
  const { design } = inputs.compiled.graph;
  const why = missing.map((id) => line(missingWords(design, id), noQuantity('not_applicable'), { target: { kind: 'entity', id } }));
  return line(name, score, { unit: 'points', formula: '0, as it cannot do what it is for', provenance: 'D', target, inputs: why });
}

function journeyLine(inputs: TreeInputs, axis: JourneyAxis, known: JourneyScore, view: JourneyView, deep: boolean): Explanation {
  const result = inputs.facts.journeys[view.id];
  const target = { kind: 'journey', id: view.id } as const;
  if (known.missing.length > 0) return missedLine(inputs, known, target);
  const { lines, causes } = WORDS[axis];
  const subject = result && { view, result, target, causes: () => (deep ? causes(inputs, result) : []) };
  const scores = subject === undefined ? [] : (['answer', 'done'] as const).flatMap((part) => {
    const score = known[part];
    return score === null ? [] : [lines[part](inputs, score, subject)];
  });
  return line(known.name, known.score, { unit: 'points', provenance: 'D', target, inputs: [...scores, fieldLine(inputs, view, 'importance', view.importance)] });
}

/** The journeys whose lines go down to the fields: all of a few, else those with the lowest scores. */
function worstFew(scores: readonly JourneyScore[]): ReadonlySet<number> {
  const order = scores.map((_, index) => index).sort((a, b) => (scores[a]?.score.value ?? 101) - (scores[b]?.score.value ?? 101) || a - b);
  return new Set(order.slice(0, DEEP));
}

/** The tree behind the score of latency or availability. */
export function explainJourneys(inputs: TreeInputs, axis: JourneyAxis): Explanation {
  const scores = journeyScores(inputs, axis);
  const deep = worstFew(scores);
  return points(WORDS[axis].label, meanOf(scores), 'mean of the journeys, weighted by importance', scores.map((known, index) => journeyLine(inputs, axis, known, inputs.compiled.journeys[index] as JourneyView, deep.has(index))));
}
