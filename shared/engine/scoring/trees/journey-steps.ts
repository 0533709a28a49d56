/** What a journey's time and availability are made of: the steps that take longest, the parts that fail most. */
import type { Explanation, JourneyResult } from '../../../contracts/evaluation.ts';
import type { EdgeView } from '../../../contracts/graph-view.ts';
import type { ParamGroup } from '../../../contracts/params.ts';
import { quantity } from '../../../model/quantity.ts';
import { schemaLocks } from '../../availability/schema-changes.ts';
import { FAILURE_GROUPS, LOAD_GROUPS } from './fields.ts';
import type { TreeInputs } from './inputs.ts';
import { firstBy, sumOfRest } from './largest.ts';
import { line } from './line.ts';

/** Largest parts that a tree lists; the rest is one line. */
const LISTED = 6;
const CHANGE_GROUPS: readonly ParamGroup[] = ['delivery'];
const ANSWER_GROUPS: readonly ParamGroup[] = [...FAILURE_GROUPS, 'capacity'];

/** What a step is made of: calls, round trip, wait, and the fields of the connection and its callee. */
function stepInputs(inputs: TreeInputs, edge: EdgeView, calls: number): readonly Explanation[] {
  const { id, to } = edge;
  const target = { kind: 'edge', id } as const;
  const station = inputs.facts.nodes[to.id];
  return [
    line('Calls per request', calls, { unit: 'count', provenance: 'D', target }),
    line('Round trip', edge.rtt_s, { unit: 's', provenance: 'A', target: { ...target, param: 'network_class' } }),
    ...(station ? [line('Wait for a free server', station.wait_s, { unit: 's', provenance: 'D', target: { kind: 'node', id: to.id } })] : []),
    ...inputs.fields.edge(edge), ...inputs.fields.node(to, LOAD_GROUPS),
  ];
}

/** The steps that add most to the mean time of a journey: the connection, its callee and the fields of both. */
export function stepLines(inputs: TreeInputs, journey: string): Explanation[] {
  const { edgeById } = inputs.compiled.graph;
  const steps = inputs.steps.of(journey);
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
function partLines(inputs: TreeInputs, result: JourneyResult): Explanation[] {
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

/** Databases on the way that nobody can use while their schema changes. */
function lockLines(inputs: TreeInputs, result: JourneyResult): Explanation[] {
  return schemaLocks(inputs.compiled).flatMap(({ node, seconds, perYear }): Explanation[] => {
    const view = inputs.compiled.graph.nodes[node];
    if (!view || !result.hard_nodes.includes(view.id)) return [];
    const formula = 'schema changes a year × rows of the largest table × bytes of a row / 50 MB/s';
    return [line(`${view.node.name} locked by schema changes`, seconds * perYear, { unit: 's', formula, provenance: 'A', target: { kind: 'node', id: view.id }, inputs: inputs.fields.node(view, CHANGE_GROUPS) })];
  });
}

/** What takes from the availability of a journey: its parts, changes where they count, and too little capacity. */
export function lossLines(inputs: TreeInputs, result: JourneyResult): Explanation[] {
  const { compiled } = inputs;
  const risk = compiled.settings.change_risk ? [inputs.fields.document('workload', 'changes_per_year', compiled.workload.changes_per_year, compiled.graph.design.workload), ...lockLines(inputs, result)] : [];
  return [
    ...partLines(inputs, result), ...risk,
    line('Share served at this load', result.served, { unit: 'ratio', formula: 'capacity / load at the narrowest place, at most 1', provenance: 'D', target: { kind: 'journey', id: result.id } }),
  ];
}
