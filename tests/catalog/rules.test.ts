import { readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { catalog } from '../../catalog/index.ts';
import { AXES } from '../../shared/contracts/evaluation.ts';
import type { Rule, RuleExample, RuleFix } from '../../shared/contracts/rule.ts';
import { collectReports, type Collected, type Reported } from '../../shared/engine/rules/collect.ts';
import { explainedBy } from '../../shared/engine/rules/causes.ts';
import { designSchema, type Design } from '../../shared/model/design.ts';
import { normaliseDesign, typeVocabulary } from '../../shared/model/normalise.ts';
import { tally } from '../config/tally.ts';
import { deepFreeze, factsOf, knownFacts } from '../support/facts.ts';
import { RENAMED, renamed } from '../support/renamed.ts';

/** Axes from which findings subtract (semantics 10); every other rule only explains. */
const PENALISED: Readonly<Record<string, readonly string[]>> = {
  'local-state-behind-lb': ['isolation', 'consistency'], 'big-bang-migration': ['consistency'], 'cache-write-policy-hazard': ['consistency'],
  'eviction-policy-mismatch': ['consistency'], 'spof-stateful-node': ['consistency'], 'cross-shard-operations': ['consistency'], 'no-backup-rpo': ['consistency'],
  'non-idempotent-consumer': ['consistency'], 'dual-write-no-outbox': ['consistency'], 'ack-early-loss': ['consistency'], 'ordering-lost': ['consistency'],
  'local-rate-limit-counter': ['consistency'], 'sticky-sessions': ['isolation'], 'twelve-factor-gap': ['isolation'], 'shared-redis-roles': ['isolation'],
  'monolithic-persistence': ['isolation'], 'missing-dlq': ['isolation'], 'unbounded-queue': ['isolation'], 'single-queue-bottleneck': ['isolation'],
  'retry-storm': ['isolation'], 'distributed-monolith': ['isolation'], 'shared-database': ['isolation'], 'cyclic-dependency': ['isolation'],
  'no-api-gateway': ['isolation'], 'no-rate-limiting': ['isolation'], 'missing-timeout': ['availability'], 'cache-stampede': ['availability'],
  'cache-avalanche': ['availability'], 'no-reshard-plan': ['scalability'], 'large-payload-in-queue': ['scalability'], 'worker-count-mismatch': ['scalability'],
  'celery-prefetch-long-tasks': ['latency'], 'no-distributed-tracing': ['cost'],
};

/** ASCII and the signs that the bundled fonts have (ui, rule 8). */
const FOREIGN = /[^\x20-\x7e×±−–…·µ½↑↓λρσΔ’‘“”é]/u;

const vocabulary = typeVocabulary(catalog.components);
const root = new URL('../../catalog/rules/', import.meta.url);
const files = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .filter((file) => /^[a-z]+\/[a-z0-9-]+\.ts$/.test(file) && !file.startsWith('common/') && !file.endsWith('.test.ts'))
  .map((file) => file.replace(/\.ts$/, ''));
const folderOf = new Map(files.map((file) => [file.split('/')[1] as string, file.split('/')[0] as string]));

function run(rule: Rule, design: Design): Collected {
  return collectReports([rule], knownFacts(design));
}

function figuresOf(text: string): string[] {
  return [...text.matchAll(/\d[\d,]*(?:\.\d+)?/g)].filter((match) => {
    const availability = Number(match[0]) >= 99 && text.startsWith(' %', match.index + match[0].length);
    const digits = match[0].replaceAll(',', '').replace(/^0*\.?0*/, '').replace('.', '');
    return !availability && (match[0].includes('.') ? digits : digits.replace(/0+$/, '')).length > 3;
  }).map((match) => match[0]);
}

function expectReadable(text: string): void {
  expect(FOREIGN.exec(text)?.[0], text).toBeUndefined();
  expect(figuresOf(text), text).toEqual([]);
  expect(text, 'no mark of excitement, no placeholder left').not.toMatch(/[!{}]|\bplease\b|\bsimply\b|\boops\b|undefined|NaN/i);
  expect(text.trim(), 'no stray space').toBe(text);
  expect(text).not.toBe('');
}

function summary({ reports }: Collected): string[] {
  return reports.map(({ report, message }) => JSON.stringify([report.messageId, report.severity, report.question?.param ?? null, (report.fixes ?? []).map(({ id }) => id), message.split(/[\s,]+/).sort()])).sort();
}

function textsOf({ report, message }: Reported): string[] {
  return [message, ...(report.fixes ?? []).map(({ title }) => title), ...(report.question ? [report.question.text] : [])];
}

function firstTargets({ reports }: Collected): string[] {
  return reports.map(({ report }) => JSON.stringify(report.targets[0]));
}

function expectFixes(rule: Rule, example: RuleExample): void {
  const found = run(rule, example.design);
  for (const { report } of found.reports) {
    const ids = (report.fixes ?? []).map(({ id }) => id);
    expect(new Set(ids).size, `${example.title}: fix ids are unique`).toBe(ids.length);
    for (const fix of report.fixes ?? []) expectFix(rule, example, JSON.stringify(report.targets[0]), fix);
  }
}

function expectFix(rule: Rule, example: RuleExample, target: string, fix: RuleFix): void {
  const about = `${example.title}: ${fix.title}`;
  const fixed = fix.apply(example.design);
  expect(designSchema.safeParse(fixed).error?.message, about).toBeUndefined();
  const { design, problems } = normaliseDesign(fixed, vocabulary);
  expect(problems, about).toEqual([]);
  expect(design, `${about} gives a tidy document`).toEqual(fixed);
  const facts = factsOf(fixed);
  expect(facts.graph.nodes.flatMap((view) => view.params.invalid.map((key) => `${view.id}.${key}`)), `${about} sets values that fit`).toEqual([]);
  expect(facts.graph.edges.flatMap((view) => view.params.invalid.map((key) => `${view.id}.${key}`)), `${about} sets values that fit`).toEqual([]);
  const after = collectReports([rule], facts);
  expect(after.failures, about).toEqual([]);
  expect(firstTargets(after), `${about} removes the finding`).not.toContain(target);
}

describe('the registry', () => {
  test('holds every rule file, in the order of folder and name', () => {
    const paths = catalog.rules.map(({ id }) => `${folderOf.get(id)}/${id}`);
    expect(paths).toEqual([...files].sort());
    expect(new Set(catalog.rules.map(({ id }) => id)).size).toBe(catalog.rules.length);
  });

  test('explains known rules, and no rule explains itself through others', () => {
    const known = new Set(catalog.rules.map(({ id }) => id));
    expect(catalog.rules.flatMap(({ id, meta }) => (meta.explains ?? []).filter((other) => !known.has(other)).map((other) => `${id} explains ${other}`))).toEqual([]);
    const explains = explainedBy(catalog.rules);
    expect(catalog.rules.flatMap(({ id }) => [...(explains.get(id) ?? [])].filter((other) => explains.get(other)?.has(id)).map((other) => `${id} and ${other}`))).toEqual([]);
  });
});

describe.each(catalog.rules.map((rule) => [rule.id, rule] as const))('%s', (id, rule) => {
  const { meta, examples } = rule;
  const all = [...examples.valid, ...examples.invalid, ...examples.notApplicable];

  test('is complete', () => {
    tally('rules', 1);
    tally('examples', all.length);
    expect(id).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
    expect(folderOf.get(id), 'it stands in the folder of its first axis').toBe(meta.axes[0]);
    expect(meta.axes.every((axis) => AXES.includes(axis)) && new Set(meta.axes).size === meta.axes.length).toBe(true);
    expect([...meta.penalises].sort()).toEqual([...(PENALISED[id] ?? [])].sort());
    expect(['structural', 'metric']).toContain(meta.kind);
    expect(meta.penalises.length === 0 || meta.kind === 'structural').toBe(true);
    expect(meta.severity.length).toBeGreaterThan(0);
    expect(meta.sources.filter((source) => !catalog.sources.has(source)), 'sources resolve').toEqual([]);
    expect(meta.sources.length > 0 && meta.concepts.length > 0).toBe(true);
    for (const text of [meta.title, meta.failureTitle, meta.rationale, meta.tradeOff, meta.whenNotToApply, ...meta.concepts, ...all.map(({ title }) => title)]) expectReadable(text);
    expect(meta.failureTitle.length, 'a headline of two lines at most').toBeLessThanOrEqual(64);
    expect(Object.values(rule.options).every(Number.isFinite)).toBe(true);
  });

  test('stays silent on its valid examples', () => {
    expect(examples.valid.length).toBeGreaterThan(0);
    for (const { title, design } of examples.valid) {
      const found = run(rule, deepFreeze(design));
      expect(found.failures, title).toEqual([]);
      expect(found.reports.map(({ message }) => message), title).toEqual([]);
      expect(found.notApplicable, `${title}: it applies`).toBe(0);
    }
  });

  test('speaks on its invalid examples, with every message', () => {
    const shown = new Set<string>();
    expect(examples.invalid.length).toBeGreaterThan(0);
    for (const { title, design, expect: expected } of examples.invalid) {
      const found = run(rule, deepFreeze(design));
      expect(found.failures, title).toEqual([]);
      const messages = [...new Set(found.reports.map(({ report }) => report.messageId))].sort();
      expect(messages, title).toEqual([...(expected ?? [])].sort());
      for (const reported of found.reports) {
        expect(meta.severity, title).toContain(reported.report.severity);
        for (const text of textsOf(reported)) expectReadable(text);
      }
      for (const message of messages) shown.add(message);
    }
    expect([...shown].sort()).toEqual(Object.keys(rule.messages).sort());
  });

  test('knows when it does not apply', () => {
    expect(examples.notApplicable.length).toBeGreaterThan(0);
    for (const { title, design } of examples.notApplicable) {
      const found = run(rule, deepFreeze(design));
      expect(found.failures, title).toEqual([]);
      expect([found.reports.length, found.notApplicable], title).toEqual([0, 1]);
    }
  });

  test('has examples that are tidy documents', () => {
    for (const { title, design } of all) {
      expect(normaliseDesign(design, vocabulary).problems, title).toEqual([]);
      const { graph } = knownFacts(design);
      expect([...graph.nodes.map(({ params }) => params.invalid), ...graph.edges.map(({ params }) => params.invalid)].flat(), title).toEqual([]);
    }
  });

  test('has fixes that work', () => {
    for (const example of examples.invalid) expectFixes(rule, example);
  });

  test('does not depend on ids and order', () => {
    for (const { title, design } of all) {
      const other = run(rule, renamed(design));
      expect(summary(other), title).toEqual(summary(run(rule, design)));
      for (const reported of other.reports) for (const text of textsOf(reported)) expect(text, title).not.toMatch(RENAMED);
    }
  });
});
