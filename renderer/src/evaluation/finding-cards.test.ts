import { describe, expect, it } from 'vitest';
import type { Finding } from '../../../shared/contracts/evaluation.ts';
import { acceptedFindings, openFindings, openQuestions } from '../../../shared/contracts/open-findings.ts';
import { countBySeverity, groupFindings, type FindingSource } from './finding-cards.ts';

function finding(key: string, change: Partial<Finding> = {}): Finding {
  return {
    key, rule: key.split('/')[0] ?? key, kind: 'finding', severity: 'major', axes: ['availability'], message: `${key} is wrong.`, messageId: 'm',
    targets: [{ kind: 'node', id: key.split('/')[1] ?? 'db' }], data: {}, journeys: ['buy'], traffic_share: 0.5, fixes: [], causes: [], caused_by: null, accepted: null, ...change,
  };
}

const source = (findings: readonly Finding[], base: readonly Finding[] = findings): FindingSource => ({
  findings, base, journeys: { buy: { name: 'Buy' } }, nameOf: ({ id }) => id.toUpperCase(), titleOf: (rule) => `Title of ${rule}`,
});

describe('the list of findings', () => {
  it('keeps questions, accepted risks and symptoms off the list, and raises a risk again whose condition has come', () => {
    const all = [
      finding('spof/db'),
      finding('zone/db', { caused_by: 'spof/db' }),
      finding('lost/db', { caused_by: 'gone/db' }),
      finding('quiet/db', { accepted: { reason: 'fine', stale: false } }),
      finding('again/db', { accepted: { reason: 'fine', stale: true } }),
      finding('asks/db', { kind: 'question', severity: null, question: { text: 'Does it?', param: 'p', targets: [], yes: true, no: false } }),
    ];
    expect(openFindings(all).map(({ key }) => key)).toEqual(['spof/db', 'lost/db', 'again/db']);
    expect(acceptedFindings(all).map(({ key }) => key)).toEqual(['quiet/db']);
    expect(openQuestions(all).map(({ key }) => key)).toEqual(['asks/db']);
    const [card] = groupFindings(source(all), 'severity', 'spof')[0]?.cards ?? [];
    expect(card?.symptoms.map(({ key }) => key)).toEqual(['zone/db']);
  });

  it('shows one card for a rule and orders severities, then traffic', () => {
    const groups = groupFindings(source([finding('a/x', { traffic_share: 0.1 }), finding('b/x', { traffic_share: 0.9 }), finding('a/y', { traffic_share: 0.2 }), finding('c/x', { severity: 'critical', traffic_share: 0 })]), 'severity', '');
    expect(groups.map(({ title, cards }) => [title, cards.map((card) => card.findings.map(({ key }) => key))])).toEqual([['Critical', [['c/x']]], ['Major', [['b/x'], ['a/y', 'a/x']]]]);
    expect(countBySeverity(openFindings(groups.flatMap((group) => group.cards.flatMap((card) => card.findings))))).toEqual([{ severity: 'critical', count: 1 }, { severity: 'major', count: 3 }]);
  });

  it('puts a finding that is not there at 1x at the end, whatever its share', () => {
    const old = finding('old/x', { traffic_share: 0.1 });
    const groups = groupFindings(source([finding('new/x', { traffic_share: 1 }), { ...old, traffic_share: 0.9 }], [old]), 'severity', '');
    expect(groups[0]?.cards.map(({ rule, fresh }) => [rule, fresh])).toEqual([['old', false], ['new', true]]);
  });

  it('divides by component, journey and axis, and filters by every word', () => {
    const all = [finding('a/x', { axes: ['cost', 'latency'] }), finding('b/y', { journeys: [] })];
    expect(groupFindings(source(all), 'component', '').map(({ title }) => title)).toEqual(['X', 'Y']);
    expect(groupFindings(source(all), 'journey', '').map(({ title }) => title)).toEqual(['Buy', 'No journey']);
    expect(groupFindings(source(all), 'axis', '').map(({ title }) => title)).toEqual(['Latency', 'Availability', 'Cost']);
    expect(groupFindings(source(all), 'severity', 'title Y').flatMap(({ cards }) => cards.map(({ rule }) => rule))).toEqual(['b']);
    expect(groupFindings(source(all), 'severity', 'zebra')).toEqual([]);
  });
});
