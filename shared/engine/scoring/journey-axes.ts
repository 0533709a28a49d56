/** Latency and availability: means over the journeys by importance, the worst journey named (semantics 10). */
import type { Explanation, JourneyResult } from '../../contracts/evaluation.ts';
import type { EdgeView, JourneyView } from '../../contracts/graph-view.ts';
import type { ParamGroup } from '../../contracts/params.ts';
import { noQuantity, quantity, type Quantity } from '../../model/quantity.ts';
import { schemaLocks } from '../availability/schema-changes.ts';
import { availabilityScore, ratioScore } from '../math/score-curves.ts';
import { line, meanOf, points, worstOf, type Item } from './explain.ts';
import { FAILURE_GROUPS, LOAD_GROUPS } from './fields.ts';
import type { AxisDraft, ScoreInputs } from './inputs.ts';
import { firstBy, sumOfRest } from './largest.ts';

/** Ratios at which a time scores 100 and 0. */
const TIME = { best: 0.25, worst: 4 } as const;
/** Largest parts that an explanation lists; the rest is one line. */
const LISTED = 6;
const CHANGE_GROUPS: readonly ParamGroup[] = ['delivery'];
const ANSWER_GROUPS: readonly ParamGroup[] = [...FAILURE_GROUPS, 'capacity'];
const TIME_FORMULA = `r = time / target; up to 1 70 + 30 ln r / ln ${TIME.best}, above 70 (1 - ln r / ln ${TIME.worst})`;
const NINES_FORMULA = 'd = nines of the value - nines of the target; from 0 70 + 30 d, below 70 (1 + d / 1.5)';

interface JourneyItem extends Item { readonly name: string; readonly note: string | null }

function timeScore(time: Quantity, target: number): Quantity {
  if (time.state === 'saturated' || time.state === 'unbounded') return quantity(0);
  return time.value === null ? time : quantity(ratioScore(time.value, target, TIME.best, TIME.worst));
}

function shareScore(share: Quantity, target: number): Quantity {
  return share.value === null ? share : quantity(availabilityScore(share.value, target));
}

function targetLine(inputs: ScoreInputs, view: JourneyView, key: string, value: unknown): Explanation {
  return inputs.fields.document('journey', key, value, view.journey, view.id);
}

/** What a step is made of: calls, round trip, wait, and the fields of the connection and its callee. */
function stepInputs(inputs: ScoreInputs, edge: EdgeView, calls: number): readonly Explanation[] {
  const { id, to } = edge;
  const target = { kind: 'edge', id } as const;
  const station = inputs.facts.nodes[to.id];
  const found: Explanation[] = [
    { label: 'Calls per request', value: quantity(calls), unit: 'count', provenance: 'D', target },
    { label: 'Round trip', value: quantity(edge.rtt_s), unit: 's', provenance: 'A', target: { kind: 'edge', id, param: 'network_class' } },
  ];
  if (station) found.push({ label: 'Wait for a free server', value: station.wait_s, unit: 's', provenance: 'D', target: { kind: 'node', id: to.id } });
  return found.concat(inputs.fields.edge(edge), inputs.fields.node(to, LOAD_GROUPS));
}

/** The steps that add most to the mean time: the connection, its callee and the fields of both. */
function stepLines(inputs: ScoreInputs, result: JourneyResult): Explanation[] {
  const { edgeById } = inputs.compiled.graph;
  const steps = inputs.steps.of(result.id);
  const listed = firstBy(steps, LISTED, (a, b) => b.mean_s - a.mean_s || (a.edge < b.edge ? -1 : 1)).flatMap((step): Explanation[] => {
    const edge = edgeById.get(step.edge);
    if (!edge) return [];
    return [{
      label: `${edge.to.node.name}, reached from ${edge.from.node.name}`, value: quantity(step.mean_s), unit: 's', formula: 'calls × (round trip + wait + service)', provenance: 'D',
      target: { kind: 'edge', id: edge.id }, inputs: stepInputs(inputs, edge, step.calls),
    }];
  });
  const rest = sumOfRest(steps.map((step) => step.mean_s), LISTED);
  return rest > 0 ? [...listed, line(`${steps.length - LISTED} further steps`, rest, { unit: 's', provenance: 'D' })] : listed;
}

/** Parts that fail most, among those that the journey cannot do without. */
function partLines(inputs: ScoreInputs, result: JourneyResult): Explanation[] {
  const { nodeById } = inputs.compiled.graph;
  const parts: { readonly id: string; readonly up: number }[] = [];
  for (const id of result.hard_nodes) {
    const up = inputs.facts.nodes[id]?.availability.value ?? 1;
    if (up < 1) parts.push({ id, up });
  }
  return firstBy(parts, LISTED, (a, b) => a.up - b.up || (a.id < b.id ? -1 : 1)).flatMap(({ id }): Explanation[] => {
    const view = nodeById.get(id);
    const node = inputs.facts.nodes[id];
    if (!view || !node) return [];
    return [line(`${view.node.name} answers`, node.availability, { unit: 'ratio', formula: 'share served, averaged over its failures', provenance: 'D', target: { kind: 'node', id }, inputs: inputs.fields.node(view, ANSWER_GROUPS) })];
  });
}

/** One journey's one or two scores as an item: two count half each, one that does not apply leaves the other whole. */
function itemOf(inputs: ScoreInputs, index: number, scores: readonly Explanation[]): JourneyItem {
  const view = inputs.compiled.journeys[index] as JourneyView;
  const missing = inputs.availability.journeys[index]?.missing ?? [];
  const { name } = view.journey;
  if (missing.length > 0) {
    const { entities } = inputs.compiled.graph.design;
    const words = (id: string): string => `it does not reach ${(Object.hasOwn(entities, id) ? entities[id]?.name : undefined) ?? id}, or the data is not stored before the answer`;
    const why = missing.map((id) => line(words(id), noQuantity('not_applicable'), { target: { kind: 'entity', id } }));
    return { name, weight: view.importance, score: quantity(0), note: words(missing[0] ?? ''), explanation: line(name, 0, { unit: 'points', formula: '0, as it cannot do what it is for', provenance: 'D', target: { kind: 'journey', id: view.id }, inputs: why }) };
  }
  const score = meanOf(scores.map((explanation) => ({ weight: 1, score: explanation.value, explanation })));
  return { name, weight: view.importance, score, note: null, explanation: line(name, score, { unit: 'points', provenance: 'D', target: { kind: 'journey', id: view.id }, inputs: [...scores, targetLine(inputs, view, 'importance', view.importance)] }) };
}

function axisOf(label: string, items: readonly JourneyItem[], fewer: string): AxisDraft {
  const score = meanOf(items);
  const worst = worstOf(items);
  const reason = worst?.note ? `: ${worst.note}` : '';
  const note = score.value === null ? fewer : worst && items.length > 1 ? `Worst: ${worst.name}${reason}` : (worst?.note ?? null);
  return { score, note, explanation: points(label, score, 'mean of the journeys, weighted by importance', items.map((item) => item.explanation)) };
}

type ScoresOf = (view: JourneyView, result: JourneyResult, deep: boolean) => readonly Explanation[];

/** One item for each journey; the worst few are explained down to the fields, the others down to their targets. */
function eachJourney(inputs: ScoreInputs, scoresOf: ScoresOf): JourneyItem[] {
  const item = (view: JourneyView, index: number, deep: boolean): JourneyItem => {
    const result = inputs.facts.journeys[view.id];
    return itemOf(inputs, index, result ? scoresOf(view, result, deep) : []);
  };
  const views = inputs.compiled.journeys;
  if (views.length <= LISTED) return views.map((view, index) => item(view, index, true));
  const shallow = views.map((view, index) => item(view, index, false));
  const order = shallow.map((_, i) => i).sort((a, b) => (shallow[a]?.score.value ?? 101) - (shallow[b]?.score.value ?? 101) || a - b);
  const deep = new Set(order.slice(0, LISTED));
  return shallow.map((known, i) => (deep.has(i) ? item(views[i] as JourneyView, i, true) : known));
}

/** Latency: p99 against its target, and time until done where there is a target for it. Saturated or never done is 0. */
export function latency(inputs: ScoreInputs): AxisDraft {
  const items = eachJourney(inputs, (view, result, deep) => {
    const { p99_ms: time, done_s: done } = result;
    const answer = points('Time to answer', timeScore(time, result.p99_target_ms), TIME_FORMULA, [
      line('p99', time, { unit: 'ms', formula: '99th percentile of the sum of all steps that the user waits for', provenance: 'D', target: { kind: 'journey', id: view.id }, inputs: deep ? stepLines(inputs, result) : [] }),
      targetLine(inputs, view, 'p99_target_ms', result.p99_target_ms),
    ]);
    if (result.done_target_s === null) return [answer];
    return [answer, points('Time until done', timeScore(done, result.done_target_s), TIME_FORMULA, [
      line('Until the last consumer has finished', done, { unit: 's', provenance: 'D', target: { kind: 'journey', id: view.id } }),
      targetLine(inputs, view, 'done_target_s', result.done_target_s),
    ])];
  });
  return axisOf('Latency', items, 'No journey has a time');
}

/** Databases on the way that nobody can use while their schema changes. */
function lockLines(inputs: ScoreInputs, result: JourneyResult): Explanation[] {
  return schemaLocks(inputs.compiled).flatMap(({ node, seconds, perYear }): Explanation[] => {
    const view = inputs.compiled.graph.nodes[node];
    if (!view || !result.hard_nodes.includes(view.id)) return [];
    const formula = 'schema changes a year × rows of the largest table × bytes of a row / 50 MB/s';
    return [line(`${view.node.name} locked by schema changes`, seconds * perYear, { unit: 's', formula, provenance: 'A', target: { kind: 'node', id: view.id }, inputs: inputs.fields.node(view, CHANGE_GROUPS) })];
  });
}

function availabilityLines(inputs: ScoreInputs, result: JourneyResult): Explanation[] {
  const { compiled } = inputs;
  const risk = compiled.settings.change_risk ? [inputs.fields.document('workload', 'changes_per_year', compiled.workload.changes_per_year, compiled.graph.design.workload), ...lockLines(inputs, result)] : [];
  return [
    ...partLines(inputs, result), ...risk,
    line('Share served at this load', result.served, { unit: 'ratio', formula: 'capacity / load at the narrowest place, at most 1', provenance: 'D', target: { kind: 'journey', id: result.id } }),
  ];
}

/** Availability: nines against the nines of the target, and of the share done in time where there is a target for it. */
export function availability(inputs: ScoreInputs): AxisDraft {
  const items = eachJourney(inputs, (view, result, deep) => {
    const answer = points('Share of requests answered', shareScore(result.availability, result.availability_target), NINES_FORMULA, [
      line('Availability', result.availability, { unit: 'ratio', formula: 'product over the parts it cannot do without, in every state of the zones', provenance: 'D', target: { kind: 'journey', id: view.id }, inputs: deep ? availabilityLines(inputs, result) : [] }),
      targetLine(inputs, view, 'availability_target', result.availability_target),
    ]);
    if (result.done_target_s === null || result.done_availability_target === null) return [answer];
    return [answer, points('Share done in time', shareScore(result.done_availability, result.done_availability_target), NINES_FORMULA, [
      line('Done within the target', result.done_availability, { unit: 'ratio', provenance: 'D', target: { kind: 'journey', id: view.id } }),
      targetLine(inputs, view, 'done_availability_target', result.done_availability_target),
    ])];
  });
  return axisOf('Availability', items, 'No journey can be answered');
}
