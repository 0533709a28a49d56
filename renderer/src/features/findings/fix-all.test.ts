import { describe, expect, it } from 'vitest';
import type { Finding } from '../../../../shared/contracts/evaluation.ts';
import { emptyDesign, type Design } from '../../../../shared/model/design.ts';
import type { Ranking } from '../../evaluation/preview-store.ts';
import type { RankedFix } from '../../evaluation/what-if.ts';
import { fieldBehind } from './evidence-fields.ts';
import { planAll } from './fixes.ts';

function finding(key: string, fixes: readonly string[], change: Partial<Finding> = {}): Finding {
  return {
    key, rule: 'rule', kind: 'finding', severity: 'major', axes: [], message: key, messageId: 'm', targets: [], data: {}, journeys: [], traffic_share: 1,
    fixes: fixes.map((id) => ({ id, title: `Do ${id}` })), causes: [], caused_by: null, accepted: null, ...change,
  };
}

const ranked = (of: string, fix: string, gain: number, usd_month: number): RankedFix => ({ finding: of, fix, rule: 'rule', title: fix, gain, usd_month, burden: 0, per_usd: null, per_burden: null, deltas: [] });

function ranking(...fixes: readonly RankedFix[]): Ranking {
  return { documentId: 'doc', revision: 1, multiple: 1, error: null, fixes: new Map([...new Set(fixes.map((fix) => fix.finding))].map((key) => [key, fixes.filter((fix) => fix.finding === key)])) };
}

describe('fixing all', () => {
  it('takes of each finding the best return, the best of all first, and leaves the tick off what brings nothing', () => {
    const findings = [finding('a', ['a1', 'a2']), finding('b', ['b1']), finding('c', ['c1']), finding('d', []), finding('a', ['a1', 'a2'])];
    const plan = planAll(findings, ranking(ranked('a', 'a1', 4, 400), ranked('a', 'a2', 2, 20), ranked('b', 'b1', 3, 0), ranked('c', 'c1', -1, -50)));
    expect(plan).toEqual([
      { finding: 'b', fix: 'b1', title: 'Do b1', ticked: true },
      { finding: 'a', fix: 'a2', title: 'Do a2', ticked: true },
      { finding: 'c', fix: 'c1', title: 'Do c1', ticked: false },
    ]);
  });

  it('keeps the order of the list until the fixes are weighed', () => {
    expect(planAll([finding('a', ['a1']), finding('b', ['b1'])], null).map(({ fix }) => fix)).toEqual(['a1', 'b1']);
  });
});

describe('the field behind a figure', () => {
  const design: Design = { ...emptyDesign('Shop') };
  design.nodes.s = { id: 's', type: 'service', name: 'Shop', params: {} };
  design.edges.e = { id: 'e', from: 's', to: 's', kind: 'http', params: {} };
  design.journeys.j = { id: 'j', name: 'Buy', rate_rps: 1, entry: 'e' };
  const about = finding('x', [], { targets: [{ kind: 'node', id: 's' }, { kind: 'edge', id: 'e' }], journeys: ['j'] });

  it('is the one of the same name, else the one that decides it on what the finding is about', () => {
    expect(fieldBehind(design, null, about, 'vcpu')).toEqual({ kind: 'node', id: 's', param: 'vcpu' });
    expect(fieldBehind(design, null, about, 'units')).toEqual({ kind: 'node', id: 's', param: 'instances' });
    expect(fieldBehind(design, null, about, 'wait_ms')).toEqual({ kind: 'edge', id: 'e', param: 'timeout_ms' });
    expect(fieldBehind(design, null, about, 'target_ms')).toEqual({ kind: 'journey', id: 'j', param: 'p99_target_ms' });
    expect(fieldBehind(design, null, about, 'engineers')).toEqual({ kind: 'workload', param: 'eng' });
    expect(fieldBehind(design, null, about, 'share')).toBeNull();
  });
});
