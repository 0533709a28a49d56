import { describe, expect, test } from 'vitest';
import { scenarios } from '../../../../catalog/scenarios/index.ts';
import { enterPhase, judgeTargets, noteSwitch, phaseOf, stageDemands, switchesOf, type TargetResult } from '../../../../shared/contracts/scenario.ts';
import { designSchema } from '../../../../shared/model/design.ts';
import { clockText, untilChange, type Clock } from './clock-store.ts';
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

test('every blank sheet carries the demands that are given, by stage', () => {
  for (const scenario of scenarios) {
    const { journeys } = startingDesign(scenario);
    for (const { id } of scenario.journeys) expect(journeys[id]?.demands, `${scenario.id} ${id}`).toMatchObject(stageDemands(scenario, id) ?? {});
  }
});

test('a phase brings its load, targets and rates along, and leaves the rest', () => {
  const scenario = scenarios.find(({ phases }) => phases !== undefined) ?? expect.unreachable();
  const design = structuredClone(startingDesign(scenario));
  expect(phaseOf(scenario, design.settings)?.id).toBe('now');
  design.journeys['own'] = { id: 'own', name: ' BROWSE ', rate_rps: 1, entry: 'customers' };
  enterPhase(design, scenario, scenario.phases?.[1] ?? expect.unreachable());
  expect([design.workload.peak_rps, design.workload.eng, design.targets.budget_usd_month, design.journeys['order']?.rate_rps, design.journeys['own']?.rate_rps]).toEqual([1200, 60, 9000, 180, 960]);
  expect(phaseOf(scenario, design.settings)?.id).toBe('m6');
});

test('the clock counts whole minutes in words, and stands while it is paused', () => {
  const clock: Clock = { minutes: 35, spentMs: 0, since: 1000 };
  expect([0, 1, 60_000, 34 * 60_000, 35 * 60_000, 37 * 60_000 + 1].map((passed) => clockText(clock, 1000 + passed))).toEqual(['35 minutes left', '35 minutes left', '34 minutes left', '1 minute left', 'Time is up', '2 minutes over']);
  expect(untilChange(clock, 1000 + 45_000)).toBe(15_000);
  const paused: Clock = { minutes: 35, spentMs: 90_000, since: null };
  expect([clockText(paused, 0), clockText(paused, 1e9)]).toEqual(['Paused, 34 minutes left', 'Paused, 34 minutes left']);
});

test('changes of the mode are kept in the settings, in order', () => {
  const settings = { scenario_switches: ['not one of them'] };
  noteSwitch(settings, { minute: 12, mode: 'evaluate' });
  noteSwitch(settings, { minute: 13, mode: 'whiteboard' });
  expect(switchesOf(settings)).toEqual([{ minute: 12, mode: 'evaluate' }, { minute: 13, mode: 'whiteboard' }]);
});
