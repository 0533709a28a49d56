import { describe, expect, test } from 'vitest';
import type { Finding } from '../../contracts/evaluation.ts';
import type { JourneyView } from '../../contracts/graph-view.ts';
import { penaltiesByAxis, type PenaltyRules } from './penalties.ts';

const journeys = [{ id: 'browse', importance: 1 }, { id: 'pay', importance: 3 }] as readonly Partial<JourneyView>[] as readonly JourneyView[];
const rules: PenaltyRules = new Map([
  ['spof', { kind: 'structural', penalises: ['consistency'] }],
  ['chain', { kind: 'structural', penalises: ['isolation', 'consistency'] }],
  ['slow', { kind: 'metric', penalises: ['consistency'] }],
]);

function finding(rule: string, severity: Finding['severity'], more: Partial<Finding> = {}): Finding {
  return {
    key: rule, rule, kind: 'finding', severity, axes: [], message: '', messageId: '', targets: [], data: {}, journeys: ['browse', 'pay'], traffic_share: 1,
    fixes: [], causes: [], caused_by: null, accepted: null, ...more,
  };
}

const total = (findings: readonly Finding[]): number => penaltiesByAxis(findings, rules, journeys)('consistency').reduce((sum, { points }) => sum + points, 0);

describe('what findings subtract', () => {
  test('by severity, and only from the axes that the rule penalises', () => {
    expect(['critical', 'major', 'minor'].map((severity) => total([finding('spof', severity as 'critical')]))).toEqual([15, 8, 3]);
    expect(penaltiesByAxis([finding('spof', 'critical')], rules, journeys)('latency')).toEqual([]);
  });

  test('each further firing of a rule counts half, the largest first', () => {
    expect(total([finding('spof', 'major'), finding('spof', 'critical'), finding('spof', 'minor')])).toBe(15 + 8 / 2 + 3 / 4);
    expect(total([finding('spof', 'critical'), finding('chain', 'critical')])).toBe(30);
  });

  test('40 points at most', () => {
    expect(total([...Array.from({ length: 9 }, () => finding('spof', 'critical')), ...Array.from({ length: 9 }, () => finding('chain', 'critical'))])).toBe(40);
  });

  test('times the affected share by importance, at least a quarter', () => {
    expect(total([finding('spof', 'critical', { journeys: ['pay'] })])).toBe(15 * 0.75);
    expect(total([finding('spof', 'critical', { journeys: ['browse'] })])).toBe(15 * 0.25);
    expect(total([finding('spof', 'critical', { journeys: [], traffic_share: 0.01 })])).toBe(15 * 0.25);
  });

  test('questions, metric rules and symptoms of another finding subtract nothing', () => {
    expect(total([finding('spof', null, { kind: 'question' }), finding('slow', 'critical'), finding('spof', 'critical', { caused_by: 'chain' }), finding('nobody', 'critical')])).toBe(0);
  });
});
