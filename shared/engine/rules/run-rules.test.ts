import { describe, expect, test } from 'vitest';
import { catalog } from '../../../catalog/index.ts';
import { designSchema } from '../../model/design.ts';
import type { Severity } from '../../contracts/evaluation.ts';
import { defineRule, type Rule, type RuleDefinition, type RuleReport } from '../../contracts/rule.ts';
import { riskFingerprint } from '../../model/risk-fingerprint.ts';
import { design } from '../../../tests/support/design-builder.ts';
import { factsOf } from '../../../tests/support/facts.ts';
import { evaluate } from '../evaluate.ts';
import { previewFix, previewFixes, rankFixes, whatIf } from '../what-if.ts';
import { runRules } from './run-rules.ts';

interface Words { readonly reports: readonly Partial<RuleReport>[]; readonly explains?: readonly string[]; readonly check?: RuleDefinition['check'] }

/** A rule that says what it is told to say. */
function saying(id: string, { reports, explains = [], check }: Words): Rule {
  return defineRule({
    id,
    meta: { title: id, failureTitle: id, axes: ['isolation'], penalises: [], severity: ['critical'], kind: 'structural', rationale: 'r', tradeOff: 't', whenNotToApply: 'w', sources: [], explains, concepts: [] },
    options: {}, requires: ['nodes', 'journeys'], messages: { m: 'About {x:name}.', plain: 'Plain.', rate: '{x:rate}' },
    check: check ?? (({ report }) => reports.forEach((one) => report({ targets: [{ kind: 'node', id: 'api' }], messageId: 'plain', severity: 'major', data: {}, ...one }))),
    examples: { valid: [], invalid: [], notApplicable: [] },
  });
}

const built = () => design().client('c').service('api').service('side').rdbms('db').chain('c', 'api', 'db').connect('c', 'side');
const facts = factsOf(built().build());
const node = (id: string) => ({ kind: 'node', id }) as const;
const ask = (id: string) => ({ param: 'traced', text: 'Is it traced?', targets: [node(id)] });

describe('running rules', () => {
  test('a rule that throws fails alone, and its own reports go with it', () => {
    const bad = saying('bad', { reports: [], check: ({ report }) => { report({ targets: [node('api')], messageId: 'plain', severity: 'major', data: {} }); throw new Error('broken'); } });
    const run = runRules([bad, saying('good', { reports: [{}] })], facts);
    expect(run.failures).toEqual([{ rule: 'bad', error: 'broken' }]);
    expect(run.findings.map(({ rule }) => rule)).toEqual(['good']);
    expect(run.run).toBe(1);
  });

  test.each([
    ['an unknown message', { messageId: 'nothing' }, 'Unknown message: nothing'],
    ['a placeholder without data', { messageId: 'm' }, 'No data for the placeholder x'],
    ['a number that is none', { data: { y: NaN } }, 'Not a finite number: y'],
    ['no target', { targets: [] }, 'A finding without a target: plain'],
    ['an id of nothing', { messageId: 'm', data: { x: 'nobody' } }, 'Nothing bears the id in a message: nobody'],
  ])('%s is a failure of the rule', (_what, report, error) => {
    expect(runRules([saying('bad', { reports: [report] })], facts).failures).toEqual([{ rule: 'bad', error }]);
  });

  test('sections that a rule did not ask for are absent', () => {
    const run = runRules([saying('curious', { reports: [], check: ({ facts: { evaluation } }) => void evaluation.cost.usd_month })], facts);
    expect(run.failures).toHaveLength(1);
  });

  test('a drawing without its subject counts as not applicable', () => {
    const run = runRules([saying('idle', { reports: [], check: ({ notApplicable }) => notApplicable() })], facts);
    expect([run.run, run.notApplicable, run.findings.length]).toEqual([1, 1, 0]);
  });

  test('severity, then traffic, then key orders findings; the order of rules does not', () => {
    const rules = [saying('a', { reports: [{ severity: 'minor' }] }), saying('b', { reports: [{ targets: [node('side')], severity: 'critical' }, { severity: 'critical', targets: [node('c')] }] }), saying('z', { reports: [{ question: ask('api') }] })];
    const order = (of: readonly Rule[]) => runRules(of, facts).findings.map(({ rule, targets }) => `${rule} ${targets[0]?.id}`);
    expect(order(rules)).toEqual(['b c', 'b side', 'a api', 'z api']);
    expect(order([...rules].reverse())).toEqual(order(rules));
  });

  test('the affected share is that of the journeys through the targets', () => {
    const shares = runRules([saying('a', { reports: [{ targets: [node('side')] }, { targets: [node('c')] }, { targets: [node('api')], journeys: [] }] })], facts).findings.map(({ traffic_share }) => traffic_share);
    expect(shares).toEqual([1, 0.5, 0]);
  });
});

describe('questions', () => {
  const rule = saying('asks', { reports: [{ question: ask('api') }, { targets: [node('side')], severity: 'critical', question: ask('side') }] });

  test('one card for a rule and a practice, with all its targets', () => {
    const { findings } = runRules([rule], facts);
    expect(findings).toHaveLength(1);
    expect(findings[0]).toMatchObject({ kind: 'question', severity: null, message: 'Is it traced?', traffic_share: 1, question: { param: 'traced', yes: true, no: false, targets: [node('api'), node('side')] } });
  });

  test('count as no, one severity lower, when unstated is assumed so', () => {
    const run = runRules([rule], factsOf(built().settings({ unstated: 'assume_no' }).build()));
    expect(run.findings.map(({ kind, severity }): [string, Severity | null] => [kind, severity])).toEqual([['finding', 'major'], ['finding', 'minor']]);
  });

  test('what does not matter is accepted', () => {
    const [question] = runRules([rule], facts).findings;
    const answered = built().build();
    answered.acceptedRisks['r'] = { id: 'r', key: question?.key ?? '', reason: 'Does not matter' };
    expect(runRules([rule], factsOf(answered)).findings[0]?.accepted).toEqual({ reason: 'Does not matter', stale: false });
  });
});

describe('cause before symptom', () => {
  const on = (...ids: string[]): Words => ({ reports: [{ targets: ids.map(node) }] });
  const links = (rules: readonly Rule[]) => runRules(rules, facts).findings.map(({ rule, caused_by, causes }) => [rule, caused_by === null ? null : (JSON.parse(caused_by) as string[])[0], causes]);

  test('the outermost cause on the same element explains all that follow', () => {
    expect(links([saying('a', { ...on('api'), explains: ['b'] }), saying('b', { ...on('api', 'db'), explains: ['c'] }), saying('c', on('api'))]).sort()).toEqual([['a', null, ['b', 'c']], ['b', 'a', []], ['c', 'a', []]]);
  });

  test('not on another element, and not by a question', () => {
    expect(links([saying('a', { ...on('db'), explains: ['b'] }), saying('b', on('api'))])).toContainEqual(['b', null, []]);
    expect(links([saying('a', { reports: [{ question: ask('api') }], explains: ['b'] }), saying('b', on('api'))])).toContainEqual(['b', null, []]);
  });

  test('two findings about resources only when it is the same one', () => {
    const about = (resource: string): Words => ({ reports: [{ data: { resource } }] });
    expect(links([saying('a', { ...about('cpu'), explains: ['b'] }), saying('b', about('cpu'))])).toContainEqual(['b', 'a', []]);
    expect(links([saying('a', { ...about('io'), explains: ['b'] }), saying('b', about('cpu'))])).toContainEqual(['b', null, []]);
  });
});

describe('accepted risks', () => {
  const rule = saying('a', { reports: [{}] });
  const [finding] = runRules([rule], facts).findings;
  const accepted = (until: object | undefined, change: object = {}, today: string | null = null) => {
    const drawn = built().build();
    drawn.acceptedRisks['r'] = { id: 'r', key: finding?.key ?? '', reason: 'Known', owner: 'Ana', ...(until ? { until: until as never } : {}), ...change };
    return runRules([rule], factsOf(designSchema.parse(drawn)), { today }).findings[0]?.accepted;
  };
  const fingerprint = riskFingerprint(built().build(), [node('api')]);

  test.each([
    ['for good', accepted(undefined), false],
    ['never raised again', accepted({ kind: 'never' }), false],
    ['below its load', accepted({ kind: 'load', rps: 500 }), false],
    ['above its load', accepted({ kind: 'load', rps: 50 }), true],
    ['before its date', accepted({ kind: 'date', date: '2026-12-01' }, {}, '2026-11-30'), false],
    ['on its date', accepted({ kind: 'date', date: '2026-12-01' }, {}, '2026-12-01'), true],
    ['without a clock', accepted({ kind: 'date', date: '2026-12-01' }), false],
    ['while unchanged', accepted({ kind: 'change' }, { fingerprint }), false],
    ['after a change', accepted({ kind: 'change' }, { fingerprint: 'other' }), true],
  ])('%s', (_when, found, stale) => {
    expect(found).toEqual({ reason: 'Known', owner: 'Ana', stale });
  });
});

describe('what if', () => {
  const drawn = design().client('c').service('api').rdbms('db').chain('c', 'api', 'db').build();
  const { findings } = evaluate(drawn, catalog);
  const single = findings.find(({ rule }) => rule === 'spof-stateful-node');

  test('the same drawing differs in nothing', () => {
    expect(whatIf(drawn, catalog, (same) => same).deltas).toEqual([]);
  });

  test('a previewed fix is the evaluation of what it gives, and plain data', () => {
    const preview = previewFix(drawn, catalog, single?.key ?? '', 'multi-az');
    expect(preview?.design.nodes['db']?.params).toEqual({ ha: 'multi_az' });
    expect(preview?.after).toEqual(evaluate(preview?.design ?? drawn, catalog));
    expect(structuredClone(preview)).toEqual(preview);
    expect(previewFix(drawn, catalog, single?.key ?? '', 'no-such-fix')).toBeNull();
  });

  test('a sequence passes over what the steps before have settled', () => {
    const key = single?.key ?? '';
    const sequence = previewFixes(drawn, catalog, [{ finding: key, fix: 'multi-az' }, { finding: key, fix: 'replica' }]);
    expect(sequence.steps.map(({ title }) => title)).toEqual(['Make db Multi-AZ', null]);
    expect(sequence.deltas.map(({ text }) => text)).toContain('1 finding fewer');
  });

  test('fixes are ranked by what a dollar brings', () => {
    const ranked = rankFixes(drawn, catalog, { findings: [single?.key ?? ''] });
    expect(ranked.map(({ fix }) => fix)).toEqual(['multi-az', 'replica']);
    expect(ranked[0]?.per_usd).toBeCloseTo((ranked[0]?.gain ?? 0) / (ranked[0]?.usd_month ?? 1), 12);
  });
});
