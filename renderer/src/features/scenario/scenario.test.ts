import { describe, expect, test } from 'vitest';
import { scenarios } from '../../../../catalog/scenarios/index.ts';
import { judgeTargets, type TargetResult } from '../../../../shared/contracts/scenario.ts';
import { designSchema } from '../../../../shared/model/design.ts';
import { scenarioOf, startingDesign } from './starting-design.ts';
import { reachedText, summaryText, wantedText } from './target-text.ts';

describe.each(scenarios.map((scenario) => [scenario.id, scenario] as const))('%s', (id, scenario) => {
  const design = startingDesign(scenario);

  test('begins with a document that can be stored, and is known again when it is opened', () => {
    const stored = designSchema.parse(JSON.parse(JSON.stringify(design)));
    expect(stored).toEqual(design);
    expect(scenarioOf(stored)?.id).toBe(id);
    expect(Object.values(design.nodes).map(({ type }) => type)).toContain('client');
    expect(Object.keys(design.journeys)).toEqual(scenario.journeys.map((journey) => journey.id));
    for (const { entry } of Object.values(design.journeys)) expect({ ...design.nodes, ...design.edges }).toHaveProperty([entry]);
  });
});

test('a document without a scenario has none', () => {
  expect(scenarioOf(null)).toBeNull();
  expect(scenarioOf({ ...startingDesign(scenarios[0] ?? expect.unreachable()), settings: { scenario: 'gone' } })).toBeNull();
});

test('targets are written with their units, and a saturated figure says so', () => {
  const base: TargetResult = { id: 'p99:x', title: 'X: p99', unit: 'ms', wanted: 50, compare: 'at_most', state: 'met', value: { value: 29.4, state: 'ok' } };
  expect([reachedText(base), wantedText(base)]).toEqual(['29.4 ms', '50 ms']);
  expect(reachedText({ ...base, value: { value: null, state: 'saturated' } })).toBe('saturated');
  expect(reachedText({ ...base, value: null })).toBe('–');
  const share: TargetResult = { ...base, id: 'availability:x', unit: 'ratio', wanted: 0.9995, value: { value: 0.99956, state: 'ok' } };
  expect([reachedText(share), wantedText(share)]).toEqual(['99.956 %', '99.95 %']);
  expect(wantedText({ ...base, id: 'entity:x', unit: 'count', wanted: 0 })).toBe('');
  expect(summaryText([base, { ...base, state: 'missed' }, { ...base, state: 'unknown' }, { ...base, state: 'judge' }])).toBe('1 met, 1 missed, 1 not drawn yet');
});

test('an unmeasured target of a fresh sheet is never met', () => {
  const scenario = scenarios[1] ?? expect.unreachable();
  const evaluation = { nodes: {}, journeys: {}, entities: {}, blast: [], hazards: [] } as unknown as Parameters<typeof judgeTargets>[2];
  expect(judgeTargets(scenario, startingDesign(scenario), evaluation).some(({ state }) => state === 'met')).toBe(false);
});
