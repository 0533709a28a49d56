import fc from 'fast-check';
import { expect, test } from 'vitest';
import { catalog } from '../../../catalog/index.ts';
import { layeredDesign, type Layered } from '../../../tests/properties/layered-design.ts';
import { notFinite, PATIENCE, RUNS, scoresOf, withNode, withParts } from '../../../tests/properties/outcomes.ts';
import { design } from '../../../tests/support/design-builder.ts';
import { randomDesign } from '../../../tests/support/random-design.ts';
import type { Evaluation } from '../../contracts/evaluation.ts';
import { stableStringify } from '../../lib/stable-json.ts';
import type { Design, Params } from '../../model/design.ts';
import { evaluate, prepareDesign, sweep } from '../evaluate.ts';

const bytes = (result: unknown): string => JSON.stringify(result);

/** The same drawing typed again: other objects, other order of the records. */
function retyped(drawn: Design): Design {
  const reversed = <T>(record: Readonly<Record<string, T>>): Record<string, T> => Object.fromEntries(Object.entries(record).reverse());
  const copy = JSON.parse(JSON.stringify(drawn)) as Design;
  return { ...copy, nodes: reversed(copy.nodes), edges: reversed(copy.edges), journeys: reversed(copy.journeys), entities: reversed(copy.entities) };
}

/** Every id prefixed so that the alphabetical order turns round. */
function renamedAll({ design: drawn }: Layered): { readonly drawn: Design; readonly id: (id: string) => string } {
  const id = (old: string): string => `${String.fromCharCode(122 - ((old.charCodeAt(0) + old.charCodeAt(old.length - 1)) % 25))}_${old}`;
  const map = <T extends { readonly id: string }>(record: Readonly<Record<string, T>>, change: (item: T) => T): Record<string, T> => Object.fromEntries(Object.values(record).map((item) => [id(item.id), { ...change(item), id: id(item.id) }]));
  return {
    id,
    drawn: {
      ...drawn, nodes: map(drawn.nodes, (node) => ({ ...node, name: `${node.name} (new)` })), edges: map(drawn.edges, (edge) => ({ ...edge, from: id(edge.from), to: id(edge.to) })),
      journeys: map(drawn.journeys, (journey) => ({ ...journey, entry: id(journey.entry) })), entities: map(drawn.entities, (entity) => ({ ...entity, home: id(entity.home) })),
    },
  };
}

test('no number is NaN or infinite, at no load, at any, and far beyond', () => {
  fc.assert(fc.property(layeredDesign(), fc.constantFrom(0, 0.01, 1, 10, 1e6), ({ design: drawn }, multiple) => {
    expect(notFinite(evaluate(drawn, catalog, { multiple }))).toEqual([]);
  }), RUNS);
}, PATIENCE);

test('the least drawings have finite answers too', () => {
  const least = [design().build(), design().client('c').build(), design().service('s').build(), design().client('c').service('s').chain('c', 's').workload({ peak_rps: 0 }).build()];
  for (const drawn of least) for (const multiple of [0, 1, 10]) expect(notFinite([evaluate(drawn, catalog, { multiple }), sweep(drawn, catalog, { steps: 5 })])).toEqual([]);
});

test('full to the brim, tenfold and empty: finite', () => {
  fc.assert(fc.property(layeredDesign(), ({ design: drawn }) => {
    const prepared = prepareDesign(drawn, catalog);
    for (const { multiple } of prepared.evaluate().breaks.slice(0, 3)) expect(notFinite(prepared.evaluate({ multiple }))).toEqual([]);
  }), { ...RUNS, numRuns: 60 });
}, PATIENCE);

test('the same input gives the same bytes, whatever was evaluated in between and in whatever order it was typed', () => {
  fc.assert(fc.property(layeredDesign(), randomDesign(), ({ design: drawn }, other) => {
    const first = bytes(evaluate(drawn, catalog));
    evaluate(other, catalog, { multiple: 7 });
    expect(bytes(evaluate(structuredClone(drawn), catalog))).toBe(first);
    expect(stableStringify(evaluate(retyped(drawn), catalog))).toBe(stableStringify(evaluate(drawn, catalog)));
  }), RUNS);
}, PATIENCE);

test('a prepared drawing answers each position of the dial as if it were the first', () => {
  fc.assert(fc.property(layeredDesign(), fc.array(fc.constantFrom(0, 0.5, 1, 3, 40), { minLength: 2, maxLength: 4 }), ({ design: drawn }, multiples) => {
    const prepared = prepareDesign(drawn, catalog);
    for (const multiple of multiples) expect(bytes(prepared.evaluate({ multiple }))).toBe(bytes(evaluate(drawn, catalog, { multiple })));
  }), { ...RUNS, numRuns: 40 });
}, PATIENCE);

test('names, ids, order and layout change nothing', () => {
  fc.assert(fc.property(layeredDesign(), (layered) => {
    const { drawn, id } = renamedAll(layered);
    const moved: Design = { ...drawn, layout: { ...drawn.layout, nodes: { [id('s0')]: { x: 700, y: -40 } } } };
    const [before, after] = [evaluate(layered.design, catalog), evaluate(moved, catalog)];
    scoresOf(after).forEach((score, i) => void expect(score ?? -1).toBeCloseTo(scoresOf(before)[i] ?? -1, 6));
    expect(after.cost.usd_month).toBeCloseTo(before.cost.usd_month, 6);
    for (const journey of ['j', 'k']) {
      const [a, b] = [before.journeys[journey], after.journeys[id(journey)]];
      expect(b?.p99_ms.state).toBe(a?.p99_ms.state);
      expect((b?.p99_ms.value ?? 0) / (a?.p99_ms.value || 1)).toBeCloseTo((a?.p99_ms.value ?? 0) / (a?.p99_ms.value || 1), 6);
      expect(b?.availability.value ?? -1).toBeCloseTo(a?.availability.value ?? -1, 9);
    }
    for (const old of Object.keys(layered.design.nodes)) expect(after.nodes[id(old)]?.utilisation ?? -1).toBeCloseTo(before.nodes[old]?.utilisation ?? -1, 9);
    const rules = (result: Evaluation): string[] => result.findings.map((finding) => `${finding.rule} ${finding.messageId} ${finding.kind}`).sort();
    expect(rules(after)).toEqual(rules(before));
  }), RUNS);
}, PATIENCE);

test('an unconnected part changes nothing', () => {
  fc.assert(fc.property(layeredDesign(), ({ design: drawn }) => {
    const apart = design().service('x1').rdbms('x2').redis('x3').node('kafka', 'x4').node('lambda', 'x5').chain('x1', 'x2').chain('x1', 'x4', 'x5').chain('x1', 'x3').build();
    const [before, after] = [evaluate(drawn, catalog), evaluate(withParts(drawn, apart), catalog)];
    const shown = ({ journeys, entities, headroom, breaks, blast, cascades, cuts, findings, hazards, burden, scores, overall }: Evaluation): string => stableStringify({ journeys, entities, headroom, breaks, blast, cascades, cuts, findings, hazards, burden, scores, overall });
    expect(shown(after)).toBe(shown(before));
    expect(after.cost.usd_month).toBe(before.cost.usd_month);
    for (const id of Object.keys(drawn.nodes)) expect(after.nodes[id]).toEqual(before.nodes[id]);
  }), RUNS);
}, PATIENCE);

test('what happens behind a queue is in no user’s latency and in no user’s availability', () => {
  const slower = fc.constantFrom<Params>({ instances: 1 }, { task_cpu_s: 20 }, { task_io_s: 60 }, { crash_rate: 0.2 });
  fc.assert(fc.property(layeredDesign({ queue: true }), slower, (layered, params) => {
    const { design: drawn } = layered;
    fc.pre(drawn.nodes['w']?.type === 'celery-worker');
    const deeper = withParts(withNode(drawn, 'w', params), design().service('after').node('external-api', 'slow').chain('after', 'slow').build(), [{ id: 'w>after', from: 'w', to: 'after', params: { calls: 3 } }]);
    const [before, after] = [evaluate({ ...drawn, settings: { change_risk: false } }, catalog), evaluate({ ...deeper, settings: { change_risk: false } }, catalog)];
    for (const id of ['j', 'k']) {
      const shown = ({ journeys }: Evaluation): unknown => [journeys[id]?.mean_ms, journeys[id]?.p50_ms, journeys[id]?.p99_ms, journeys[id]?.availability, journeys[id]?.served];
      expect(shown(after)).toEqual(shown(before));
    }
  }), RUNS);
}, PATIENCE);

test('splitting an application leaves the number of bad deploys as it was', () => {
  fc.assert(fc.property(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 400 }), (parts, changes_per_year) => {
    const built = design().client('c').workload({ changes_per_year });
    built.chain('c', ...Array.from({ length: parts }, (_, i) => (built.service(`s${i}`), `s${i}`)));
    const deploys = evaluate(built.build(), catalog).blast.filter((unit) => unit.kind === 'deploy');
    expect(deploys).toHaveLength(parts);
    expect(deploys.reduce((sum, unit) => sum + unit.per_year, 0)).toBeCloseTo(changes_per_year * 0.05, 9);
  }), { ...RUNS, numRuns: 30 });
}, PATIENCE);
