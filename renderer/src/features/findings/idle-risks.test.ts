import { expect, test } from 'vitest';
import type { Evaluation } from '../../../../shared/contracts/evaluation.ts';
import type { AcceptedRisk, Design } from '../../../../shared/model/design.ts';
import { design as build } from '../../../../tests/support/design-builder.ts';
import { useWorkspace } from '../../document/workspace.ts';
import { idleRisks } from './idle-risks.ts';
import { removeRisk, riskText } from './risk-edits.ts';

const key = (...parts: readonly string[]): string => JSON.stringify(parts);
const FOUND = key('spof-stateful-node', 'alone', 'node:db');

function accepted(...keys: readonly string[]): Design {
  const drawn = build().service('api').rdbms('db').connect('api', 'db').build();
  for (const [at, one] of keys.entries()) drawn.acceptedRisks[`r${at}`] = { id: `r${at}`, key: one, reason: 'Known', owner: 'Ana', until: { kind: 'never' } };
  return drawn;
}

function evaluation(keys: readonly string[], change: Partial<Evaluation> = {}): Evaluation {
  return { findings: keys.map((one) => ({ key: one })), rule_failures: [], journeys: { derived: {} }, ...change } as unknown as Evaluation;
}

const look = (keys: readonly string[], ...evaluations: readonly Evaluation[]) => idleRisks(accepted(...keys), evaluations, ({ id }) => id.toUpperCase()).map(({ risk, title, reason, unneeded }) => [risk.id, title, reason, unneeded]);

test('what is found, at this load or at 1x, is not idle', () => {
  expect(look([FOUND], evaluation([]), evaluation([FOUND]))).toEqual([]);
  expect(idleRisks(accepted(FOUND), [], String)).toEqual([]);
});

test('an acceptance of a rule, a part or a finding that is gone may go, and says what it was', () => {
  const unknown = key('no-such-rule', 'm', 'node:db');
  const deleted = key('missing-timeout', 'none', 'edge:api>cache', 'node:api');
  expect(look([FOUND, unknown, deleted, 'no key', key('no-such-rule')], evaluation([]))).toEqual([
    ['r0', 'Store without a second copy: DB', 'It is no longer found.', true],
    ['r1', 'A finding of a rule that is no longer there', 'Its rule is not among those that run here.', true],
    ['r2', expect.stringMatching(/: API$/), 'What it was about is no longer in the drawing.', true],
    ['r3', 'A finding of a rule that is no longer there', 'Its rule is not among those that run here.', true],
    ['r4', 'A finding of a rule that is no longer there', 'Its rule is not among those that run here.', true],
  ]);
});

test('what another load may bring back, or a check that failed, keeps its acceptance, after those that may go', () => {
  const metric = key('station-overload', 'saturated', 'node:api', 'journey:derived');
  expect(look([metric, FOUND], evaluation([], { rule_failures: [{ rule: 'spof-stateful-node' }] as never }))).toEqual([
    ['r0', expect.stringMatching(/: API, DERIVED$/), 'Not found at this load; another load may bring it back.', false],
    ['r1', 'Store without a second copy: DB', 'Its check could not run.', false],
  ]);
  expect(look([metric, FOUND], evaluation([])).map(([id]) => id)).toEqual(['r1', 'r0']);
});

test('removing one is a step of its own', () => {
  useWorkspace.getState().open({ id: 'doc', title: 'Shop', design: accepted(FOUND, key('no-such-rule')) });
  const doc = () => useWorkspace.getState().documents['doc'];
  removeRisk(doc()?.design.acceptedRisks['r1'] as AcceptedRisk);
  expect([Object.keys(doc()?.design.acceptedRisks ?? {}), doc()?.past.at(-1)?.name]).toEqual([['r0'], 'Remove accepted risk']);
});

test('each condition is told before and after it has come', () => {
  const risk = (until: AcceptedRisk['until']): AcceptedRisk => ({ id: 'r', key: 'k', reason: 'Known', owner: 'Ana', until });
  expect([null, 2400].map((total) => riskText(risk({ kind: 'date', date: '2027-03-31' }), total))).toEqual(['Accepted by Ana until 2027-03-31', 'Accepted by Ana until 2027-03-31; that day has come']);
  expect([null, 2400].map((total) => riskText(risk({ kind: 'change' }), total))).toEqual(['Accepted by Ana until it changes', 'Accepted by Ana; it has changed since']);
});
