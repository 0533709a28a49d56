import { describe, expect, it } from 'vitest';
import type { Explanation, Finding } from '../../../shared/contracts/evaluation.ts';
import { formulasOf } from './finding-formulas.ts';

const finding: Finding = {
  key: 'k', rule: 'rule', kind: 'finding', severity: 'major', axes: ['latency'], message: '', messageId: 'm', targets: [{ kind: 'node', id: 'api' }], data: { p99_s: 0.212 },
  journeys: [], traffic_share: 1, fixes: [], causes: [], caused_by: null, accepted: null,
};
const line = (label: string, value: number, rest: Partial<Explanation> = {}): Explanation => ({ label, value: { value, state: 'ok' }, ...rest });

describe('formulas of a finding', () => {
  const api = { target: { kind: 'node', id: 'api' } } as const;

  it('are those that give its own figure, with the numbers that go in, in the unit of each', () => {
    const tree = line('Latency', 50, { formula: 'score', inputs: [
      line('Api works', 0.6, { ...api, unit: 'ratio', formula: 'load / capacity' }),
      line('Other p99', 212, { unit: 'ms', formula: 'elsewhere', target: { kind: 'node', id: 'db' } }),
      line('Api', 1, { ...api, inputs: [line('p99', 212, { unit: 'ms', formula: 'wait + work', inputs: [line('Wait', 0.2, { unit: 's' }), line('Work', 12, { unit: 'ms' })] })] }),
    ] });
    expect(formulasOf(finding, [line('none', 0), tree])).toEqual([{ label: 'p99', value: '212 ms', formula: 'wait + work', inputs: [{ label: 'Wait', value: '200 ms' }, { label: 'Work', value: '12 ms' }] }]);
  });

  it('fall back to what is about the same part, and are none without any', () => {
    const about = line('Latency', 50, { inputs: [line('Api works', 0.6, { ...api, unit: 'ratio', formula: 'load / capacity' })] });
    expect(formulasOf(finding, [about]).map(({ label, value }) => `${label} ${value}`)).toEqual(['Api works 60 %']);
    expect([formulasOf(finding, [line('Latency', 50)]), formulasOf(finding, [])]).toEqual([[], []]);
  });
});
