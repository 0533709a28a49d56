import { expect, test } from 'vitest';
import type { SimulationResult } from '../../../shared/contracts/simulation.ts';
import { emptyDesign } from '../../../shared/model/design.ts';
import { expectedOf, expectedText, failingThing, optionsOf, settingsProblem, settledTimes, USUAL_PACE, USUAL_SETTINGS, type SimulationSettings } from './simulation-settings.ts';
import { freshnessOf, type SimulationOutcome } from './simulation-store.ts';
import { disagreementOf, failedText, intervalText, runText, staleText, verdictText } from './simulation-text.ts';

const design = emptyDesign('x');
design.nodes['db'] = { id: 'db', type: 'postgres', name: 'Postgres', params: {} };
const chosen = (change: Partial<SimulationSettings> = {}): SimulationSettings => ({ ...USUAL_SETTINGS, ...change });
const times = (settings: SimulationSettings, rate: number) => settledTimes(settings, rate, USUAL_PACE);

test('a run is as long as its requests need, watches a failure long enough, and stays within the events of one run', () => {
  expect(times(chosen(), 2000).duration).toBe(60);
  expect(times(chosen(), 20.5).duration).toBe(7200);
  expect(times(chosen({ failure: 'node:db' }), 2000)).toMatchObject({ duration: 120, failsAt: 36, failsFor: 24 });
  expect(times(chosen({ shape: 'spike' }), 50_000).duration).toBe(15);
  expect(times(chosen({ duration_s: 50, fails_at_s: 3 }), 2000)).toMatchObject({ duration: 50, failsAt: 3, failsFor: 10 });
});

test('what is chosen reaches the simulator', () => {
  const settings = chosen({ shape: 'spike', spike: 4, seed: 7, failure: 'node:db', one_unit: true, duration_s: 100 });
  expect(optionsOf(settings, times(settings, 100), design, 2.5)).toMatchObject({
    seed: 7, duration_s: 100, multiple: 2.5, profile: { kind: 'spike', factor: 4, at_s: 40, for_s: 10 }, failures: [{ at_s: 30, restore_s: 50, target: { kind: 'node', id: 'db', units: 1 } }],
  });
  const day = chosen({ shape: 'day', duration_s: 3600, failure: 'zone:z1', one_unit: true });
  expect(optionsOf(day, times(day, 100), design, 1)).toMatchObject({ profile: { kind: 'diurnal', low: 0.3, high: 1, period_s: 3600 }, failures: [{ target: { kind: 'zone', id: 'z1' } }] });
  expect(failingThing(chosen({ failure: 'node:gone' }), design)).toBeNull();
  const late = chosen({ failure: 'node:db', duration_s: 10, fails_at_s: 10 });
  expect(settingsProblem(late, times(late, 100))).toBe('The failure begins after the end of the run.');
});

test('a run that would be cut short or take long says so before it begins', () => {
  const said = (settings: SimulationSettings, rate: number) => expectedText(expectedOf(settings, times(settings, rate), rate, USUAL_PACE));
  expect(said(chosen(), 2000)).toEqual({ warns: false, text: '120k requests, about 3 s' });
  expect(said(chosen({ duration_s: 3600 }), 2000)).toEqual({ warns: true, text: 'About 86M events, more than the 20M of one run: it would be cut short. Simulate 10 min or less.' });
  expect(said(chosen({ duration_s: 600 }), 2000)).toEqual({ warns: true, text: 'A long run: 1.2M requests, about 20 s to compute. Work goes on meanwhile.' });
});

function outcome(verdicts: Readonly<Record<string, 'agree' | 'differ' | 'unclear' | 'not_comparable'>>, change: Partial<SimulationOutcome> = {}): SimulationOutcome {
  const comparison = Object.entries(verdicts).map(([name, verdict]) => ({ id: name, name, verdict, mean: { analytic_ms: 100, simulated_ms: 110, difference: 0.1, agree: true }, p99: { analytic_ms: 150, simulated_ms: 212, difference: 0.41, agree: verdict === 'agree' }, note: 'Saturated.' }));
  const total = { arrivals_rps: [10, 10], answered_rps: [10, 5], failed_rps: [0, 5], mean_ms: [1, 1], p50_ms: [1, 1], p95_ms: [1, 1], p99_ms: [1, 1] };
  const result: SimulationResult = { seed: 1, replications: 1, duration_s: 60, warmup_s: 6, multiple: 1, events: 1, requests: 1, cut_short: null, journeys: {}, nodes: { db: { id: 'db', resources: [{ resource: 'cpu', utilisation: 0.91 }], refused: 0, hit_ratio: null, units: 1 } }, timeline: { ends_s: [30, 60], multiple: [1, 1], total, journeys: {}, nodes: {} }, comparison, not_modelled: [], assumptions: [] };
  return { documentId: 'd', revision: 3, multiple: 1, design, options: {}, settings: chosen(), result, stopped_at: 1, took_s: 1, ...change };
}

test('the verdict names the journeys, and the sentence of a disagreement says why and what instead', () => {
  expect(verdictText(outcome({ A: 'agree', B: 'agree' }))).toBe('Formula and simulation agree.');
  expect(verdictText(outcome({ A: 'differ', B: 'differ', C: 'unclear', D: 'agree' }))).toBe('Do not trust the formula for A and B. Too short to tell for C: simulate longer. Both agree on D.');
  expect(verdictText(outcome({ A: 'not_comparable' }))).toBe('Not compared. Saturated.');
  expect(verdictText(outcome({ A: 'not_comparable' }, { settings: chosen({ shape: 'day' }) }))).toBe('Not compared: the load moves.');
  const { result } = outcome({ A: 'differ', B: 'agree' });
  const [differs, agrees] = result.comparison;
  if (!differs || !agrees) throw new Error('Two journeys');
  expect(disagreementOf(differs, result, design, ['db'])).toEqual({ figure: 'simulated 212 ms', sentence: 'Postgres is 91 % busy. Above 85 % busy this formula is off by more than 25 %. The simulation says 212 ms.' });
  expect(disagreementOf(differs, result, design, [])?.sentence).toBe('This formula is off by more than 25 % here. The simulation says 212 ms.');
  expect(disagreementOf({ ...differs, mean: { analytic_ms: 100, simulated_ms: 130, difference: 0.3, agree: false }, p99: null }, result, design, [])?.figure).toBe('simulated mean 130 ms');
  expect(disagreementOf(agrees, result, design, ['db'])).toBeNull();
  expect(failedText(result)).toBe('25 % of requests failed, up to 50 % at 60 s.');
  expect([intervalText({ value: 200, low: 194, high: 206 }), intervalText({ value: 200, low: null, high: null })]).toEqual(['± 3 %', '']);
});

test('several runs are chosen, told and expected as such', () => {
  const settings = chosen({ runs: 5, duration_s: 60, cold_caches: true });
  expect(optionsOf(settings, times(settings, 2000), design, 1)).toMatchObject({ replications: 5, cold_caches: true });
  const expected = expectedOf(settings, times(settings, 2000), 2000, USUAL_PACE);
  expect(expectedText(expected)).toEqual({ warns: false, text: '5 runs of 120k requests, about 12 s' });
  expect(expected.seconds).toBeCloseTo(5 * expectedOf({ ...settings, runs: 1 }, times(settings, 2000), 2000, USUAL_PACE).seconds, 9);
  const one = outcome({ A: 'agree' });
  expect(runText(one)).toContain('Simulated 60 s at 1x with seed 1: 1 requests in 1 s. The first 6 s are warm-up');
  expect(runText({ ...one, result: { ...one.result, replications: 5 } })).toContain('Simulated 5 runs of 60 s at 1x with seed 1: 1 requests in 1 s. At most the first 6 s of each are warm-up and not counted.');
});

test('a result holds for its revision and its load only', () => {
  const run = { revision: 3, multiple: 2 };
  expect([freshnessOf(run, 3, 2, false), freshnessOf(run, 4, 2, false), freshnessOf(run, 3, 2.1, false), freshnessOf(run, 3, 2, true)]).toEqual(['fresh', 'drawing', 'load', 'preview']);
  expect(staleText('drawing', 2, 2)).toBe('From before your last change. Not compared.');
  expect(staleText('load', 2, 4.2)).toBe('From a load of 2x; the dial is at 4.2x. Not compared.');
});
