import fc from 'fast-check';
import { expect, test } from 'vitest';
import { catalog } from '../../../catalog/index.ts';
import { layeredDesign } from '../../../tests/properties/layered-design.ts';
import { busiest, PATIENCE, RUNS, withEdge, withNode } from '../../../tests/properties/outcomes.ts';
import { describeParams } from '../../contracts/params.ts';
import { erasedEdgeSchema, EDGE_FIELDS } from '../../contracts/edge-params.ts';
import { AXES, type Evaluation } from '../../contracts/evaluation.ts';
import type { Design } from '../../model/design.ts';
import { evaluate } from '../evaluate.ts';

/** One parameter of a drawing that may be any number, and the drawing with another value of it. */
interface Knob { readonly name: string; readonly value: number; readonly set: (value: number) => Design }

/** Rounded up by the provider to whole units: a step by contract. */
const STEPS: ReadonlySet<string> = new Set(['nosql.item_kb']);

/** All of them: of components, connections, journeys, entities and the workload. Whole numbers only as large ones, where 1 % is a step. */
function knobsOf(drawn: Design): Knob[] {
  const knobs: Knob[] = [];
  const add = (name: string, value: unknown, whole: boolean, most: number, set: (value: number) => Design): void => {
    if (typeof value === 'number' && !STEPS.has(name) && value > 0 && (!whole || value >= 100) && value * 1.01 <= most) knobs.push({ name, value, set });
  };
  for (const node of Object.values(drawn.nodes)) {
    const component = catalog.components.get(node.type);
    for (const field of component ? describeParams(component.params) : []) {
      add(`${node.type}.${field.key}`, node.params[field.key] ?? field.default, field.integer === true, field.max ?? Number.MAX_VALUE, (value) => withNode(drawn, node.id, { [field.key]: field.integer === true ? Math.ceil(value) : value }));
    }
  }
  const fields = describeParams(erasedEdgeSchema);
  for (const edge of Object.values(drawn.edges)) {
    for (const field of fields) add(`edge.${field.key}`, edge.params[field.key] ?? field.default, field.integer === true, field.max ?? Number.MAX_VALUE, (value) => withEdge(drawn, edge.id, { [field.key]: field.integer === true ? Math.ceil(value) : value }));
  }
  for (const journey of Object.values(drawn.journeys)) add('journey.rate_rps', journey.rate_rps, false, Number.MAX_VALUE, (rate_rps) => ({ ...drawn, journeys: { ...drawn.journeys, [journey.id]: { ...journey, rate_rps } } }));
  for (const key of ['payload_in_kb', 'payload_out_kb', 'peak_to_avg', 'peak_duration_s', 'ca2', 'think_s', 'growth_target'] as const) {
    const defaults = { payload_in_kb: 2, payload_out_kb: 20, peak_to_avg: 3, peak_duration_s: 3600, ca2: 1, think_s: 2, growth_target: 3 };
    add(`workload.${key}`, defaults[key], false, Number.MAX_VALUE, (value) => ({ ...drawn, workload: { ...drawn.workload, [key]: value } }));
  }
  for (const entity of Object.values(drawn.entities)) {
    add('entity.keys', entity.keys, true, Number.MAX_VALUE, (keys) => ({ ...drawn, entities: { ...drawn.entities, [entity.id]: { ...entity, keys: Math.ceil(keys) } } }));
    add('entity.zipf_s', entity.zipf_s, false, Number.MAX_VALUE, (zipf_s) => ({ ...drawn, entities: { ...drawn.entities, [entity.id]: { ...entity, zipf_s } } }));
  }
  return knobs;
}

/** What stands on one side or the other of a threshold that is documented: full, how many units, which rule fires, who runs out of slots. */
function side(result: Evaluation): string {
  return JSON.stringify([
    Object.values(result.nodes).map((node) => [node.units_scaled, node.units_needed, (node.utilisation ?? 0) >= 0.95, node.saturated]),
    result.findings.map((finding) => `${finding.key} ${finding.kind} ${finding.severity ?? ''}`).sort(), result.cascades.map((cascade) => [cascade.dependency, cascade.exhausted.map((at) => at.node)]),
    Object.values(result.journeys).map((journey) => [journey.p99_ms.state, journey.done_s.state, journey.dies_if]), Object.values(result.entities).map((entity) => [entity.met, entity.staleness_p99_s.state]),
    result.nodes && Object.values(result.nodes).map((node) => (node.evidence['cold_utilisation'] ?? 0) >= 1),
  ]);
}

/** Numbers that people see, by name. */
function outputs(result: Evaluation): Map<string, number> {
  const found = new Map<string, number>();
  const put = (name: string, value: number | null | undefined): void => void (typeof value === 'number' && found.set(name, value));
  for (const axis of AXES) put(axis, result.scores[axis].score.value);
  put('overall', result.overall.value);
  put('headroom', result.headroom.auto.value);
  put('cost', result.cost.usd_month);
  put('burden', result.burden.index);
  for (const [id, journey] of Object.entries(result.journeys)) {
    for (const key of ['mean_ms', 'p50_ms', 'p95_ms', 'p99_ms', 'done_s', 'availability', 'done_availability', 'usd_per_million'] as const) put(`${id}.${key}`, journey[key].value);
    put(`${id}.served`, journey.served);
  }
  for (const [id, node] of Object.entries(result.nodes)) {
    put(`${id}.utilisation`, node.utilisation);
    put(`${id}.hit`, node.hit_ratio);
    put(`${id}.availability`, node.availability.value);
  }
  return found;
}

test('one percent of a parameter moves no number by more than ten, away from a documented threshold', () => {
  fc.assert(fc.property(layeredDesign(), fc.nat(), ({ design: drawn }, pick) => {
    const knobs = knobsOf(drawn);
    const knob = knobs[pick % knobs.length] as Knob;
    const before = evaluate(drawn, catalog);
    const after = evaluate(knob.set(knob.value * 1.01), catalog);
    fc.pre(busiest(before) < 0.95 && busiest(after) < 0.95 && side(before) === side(after));
    const then = outputs(after);
    for (const [name, value] of outputs(before)) {
      const moved = Math.abs((then.get(name) ?? value) - value);
      expect(moved, `${knob.name} at ${String(knob.value)}: ${name} from ${String(value)} to ${String(then.get(name))}`).toBeLessThanOrEqual(0.1 * Math.abs(value) + (name in before.scores || name === 'overall' ? 2 : 1e-9));
    }
  }), { ...RUNS, numRuns: 160 });
}, PATIENCE);

test('every kind of connection has parameters that can be turned', () => {
  expect(Object.keys(EDGE_FIELDS).length).toBeGreaterThan(8);
});
