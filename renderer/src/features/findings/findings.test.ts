import { describe, expect, it } from 'vitest';
import type { Finding } from '../../../../shared/contracts/evaluation.ts';
import { emptyDesign } from '../../../../shared/model/design.ts';
import { useWorkspace } from '../../document/workspace.ts';
import { firstSentence, headlineOf } from '../../evaluation/finding-text.ts';
import { acceptRisks, answerQuestion, raiseAgain, readDay, readLoad, riskText } from './risk-edits.ts';

const finding: Finding = {
  key: '["rule","m","edge:a"]', rule: 'rule', kind: 'question', severity: null, axes: [], message: 'Calls to Payment have no timeout. If it hangs, all 64 slots are taken in 1.3 s.', messageId: 'm',
  targets: [{ kind: 'edge', id: 'a' }], data: {}, journeys: [], traffic_share: 1, fixes: [], causes: [], caused_by: null, accepted: null,
  question: { text: 'Do writes delete the cached key?', param: 'invalidates', targets: [{ kind: 'edge', id: 'a' }, { kind: 'edge', id: 'b' }], yes: true, no: false },
};

function open(): void {
  const edge = (id: string) => ({ id, from: 'api', to: 'db', params: {} });
  useWorkspace.getState().open({ id: 'doc', title: 'Shop', design: { ...emptyDesign('Shop'), edges: { a: edge('a'), b: edge('b') } } });
}

const designNow = () => useWorkspace.getState().documents['doc']?.design;
const steps = () => useWorkspace.getState().documents['doc']?.past.length;

describe('answers and accepted risks', () => {
  it('sets an answer on everything the question is about, in one step', () => {
    open();
    answerQuestion(finding, 'no');
    expect([designNow()?.edges['a']?.params, designNow()?.edges['b']?.params, steps()]).toEqual([{ invalidates: false }, { invalidates: false }, 1]);
    useWorkspace.getState().undo();
    expect(designNow()?.edges['b']?.params).toEqual({});
  });

  it('sets aside what does not matter, accepts once, and raises again', () => {
    open();
    answerQuestion(finding, 'does not matter');
    expect(designNow()?.acceptedRisks['risk-1']).toMatchObject({ key: finding.key, reason: 'Does not matter' });
    acceptRisks([finding], { reason: 'Fine', owner: 'Ana', raise: 'change' });
    const risks = Object.values(designNow()?.acceptedRisks ?? {});
    expect(risks).toHaveLength(1);
    expect(risks[0]).toMatchObject({ owner: 'Ana', until: { kind: 'change' }, fingerprint: expect.stringMatching(/^[0-9a-f]{16}$/) as unknown });
    raiseAgain(finding);
    expect(designNow()?.acceptedRisks).toEqual({});
  });

  it('reads loads and days, and refuses others', () => {
    expect([readLoad('2000'), readLoad('2.4k rps'), readLoad(' 1M '), readLoad('0'), readLoad('fast'), readLoad('')]).toEqual([2000, 2400, 1e6, null, null, null]);
    expect([readDay('2027-03-31'), readDay('2027-02-30'), readDay('31.3.2027')]).toEqual(['2027-03-31', null, null]);
  });

  it('says who accepted until when, and what has come', () => {
    const risk = { id: 'risk-1', key: 'k', reason: 'r', owner: 'Ana', until: { kind: 'load', rps: 2000 } } as const;
    expect([riskText(risk, null), riskText(risk, 2400)]).toEqual(['Accepted by Ana until 2k rps', 'Accepted by Ana until 2k rps; now 2.4k']);
    expect(riskText({ id: 'x', key: 'k', reason: 'r', until: { kind: 'never' } }, null)).toBe('Accepted');
  });
});

describe('headlines', () => {
  it('ends at the first full stop that ends a sentence', () => {
    expect(headlineOf(finding)).toBe('Calls to Payment have no timeout');
    expect(firstSentence('It is 1.3 s late. Wait.')).toBe('It is 1.3 s late');
  });
  it('keeps of a long sentence what stands before its reason', () => {
    expect(headlineOf({ ...finding, message: 'If Postgres fails, 100 % of the traffic fails with it: it is the only copy and promises 99.5 %. Give it a second copy.' })).toBe('If Postgres fails, 100 % of the traffic fails with it');
  });
});
