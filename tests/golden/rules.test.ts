import { describe, expect, test } from 'vitest';
import { catalog } from '../../catalog/index.ts';
import { scenarios } from '../../catalog/scenarios/index.ts';
import type { Rule, RuleExample, RuleFix } from '../../shared/contracts/rule.ts';
import { collectReports, type Collected, type Reported } from '../../shared/engine/rules/collect.ts';
import type { Design } from '../../shared/model/design.ts';
import { knownFacts } from '../support/facts.ts';
import { GALLERY } from './gallery.ts';
import { renamed } from '../support/renamed.ts';

/** Six significant digits: what a reader may rely on, and no noise of the last bits. */
function inDigits(value: unknown): unknown {
  return typeof value === 'number' ? Number(value.toPrecision(6)) : value;
}

function brief(value: unknown): string {
  return value === undefined ? '-' : JSON.stringify(value, (_key, member: unknown) => inDigits(member)).replaceAll('"', '');
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What differs between two values, one line for each place. */
function differences(before: unknown, after: unknown, path: readonly string[] = []): string[] {
  if (before === after) return [];
  if (isRecord(before) && isRecord(after)) {
    return [...new Set([...Object.keys(before), ...Object.keys(after)])].sort().flatMap((key) => differences(before[key], after[key], [...path, key]));
  }
  return brief(before) === brief(after) ? [] : [`${path.join('.')}: ${brief(before)} becomes ${brief(after)}`];
}

function unlessEmpty(value: object): string[] {
  return Object.keys(value).length > 0 ? [brief(value)] : [];
}

/** A drawing in a few lines: what is drawn and stated, without the layout. */
function drawn(design: Design): string[] {
  const { version: _version, name: _name, nodes, edges, layout: _layout, ...rest } = design;
  return [
    ...Object.values(nodes).map(({ id, type, name: _title, params, ...fields }) => [id, type, ...unlessEmpty(params), ...unlessEmpty(fields)].join(' ')),
    ...Object.values(edges).map(({ id: _id, from, to, params, ...fields }) => [`${from}>${to}`, ...unlessEmpty(params), ...unlessEmpty(fields)].join(' ')),
    ...Object.entries(rest).filter(([, value]) => isRecord(value) && Object.keys(value).length > 0).map(([key, value]) => `${key} ${brief(value)}`),
  ];
}

function applied(design: Design, { id, title, apply }: RuleFix): string[] {
  return [`fix ${id}: ${title}`, ...differences(design, apply(design)).map((line) => `  ${line}`)];
}

function stated(design: Design, { report, message }: Reported): string[] {
  const { targets, messageId, severity, data, fixes = [], journeys, question, subtracts } = report;
  return [
    `${severity} ${messageId} on ${targets.map(({ kind, id }) => `${kind} ${id}`).join(', ')}${subtracts === undefined ? '' : `, subtracts: ${String(subtracts)}`}${journeys === undefined ? '' : `, journeys: ${[...journeys].sort().join(', ')}`}`,
    `  ${message}`,
    `  ${Object.entries(data).map(([key, value]) => `${key}=${brief(value)}`).join(' ')}`,
    ...(question === undefined ? [] : [`  asks ${question.param} of ${question.targets.map(({ id }) => id).join(', ')}: ${question.text} yes ${brief(question.yes)}, no ${brief(question.no)}`]),
    ...fixes.flatMap((fix) => applied(design, fix)).map((line) => `  ${line}`),
  ];
}

function run(rule: Rule, design: Design): Collected {
  return collectReports([rule], knownFacts(design));
}

function recorded(rule: Rule, kind: string, { title, design }: RuleExample): string[] {
  const { reports, notApplicable, failures } = run(rule, design);
  const said = failures.length > 0 ? failures.map(({ error }) => error) : reports.flatMap((reported) => stated(design, reported));
  return [`${kind}: ${title}`, ...drawn(design).map((line) => `  | ${line}`), ...said.map((line) => `  ${line}`), ...(notApplicable > 0 ? ['  does not apply'] : []), ''];
}

const examples = catalog.rules.flatMap((rule) => [...rule.examples.valid, ...rule.examples.invalid, ...rule.examples.notApplicable].map(({ design }) => ({ rule, design })));

const all = examples.map(({ design }) => design);

/** The drawing twice, in one document: the second copy with names in the opposite order, with half of the load of its journeys, in one zone. */
function twice(design: Design): Design {
  const copy = renamed(design);
  const nodes = Object.values(copy.nodes).map((node) => [node.id, { ...node, name: `${node.id} ${node.name}`, zone_spread: 1 }] as const);
  const journeys = Object.values(copy.journeys).map((journey) => [journey.id, { ...journey, name: `A ${journey.name}`, availability_target: 0.999, ...(typeof journey.rate_rps === 'number' ? { rate_rps: journey.rate_rps / 2 } : {}) }] as const);
  return {
    ...design, nodes: { ...design.nodes, ...Object.fromEntries(nodes) } as Design['nodes'], edges: { ...design.edges, ...copy.edges }, boundaries: { ...design.boundaries, ...copy.boundaries },
    journeys: { ...design.journeys, ...Object.fromEntries(journeys) }, entities: { ...design.entities, ...copy.entities }, targets: { obi_budget: 10, ...design.targets },
  };
}

/** A number that differs when any of the texts, or their order, does. */
function checksum(texts: readonly string[]): number {
  let sum = 0;
  for (const text of texts) for (let i = 0; i < text.length; i++) sum = (sum * 31 + text.charCodeAt(i)) % 1_000_003;
  return sum;
}

/** Of the examples a third, always the same ones whatever else is added. */
const doubled = catalog.rules.flatMap(({ id, examples: { valid, invalid } }) => [...valid, ...invalid].filter(({ title }) => checksum([id, title]) % 3 === 0).map(({ design }) => twice(design)));
const gallery = Object.values(GALLERY);
const further: readonly Design[] = [...catalog.templates.map(({ design }) => design), ...scenarios.map(({ reference }) => reference.design), ...gallery, ...gallery.map(twice), ...doubled];

type Sums = Map<string, Map<string, number>>;

function count(sums: Sums, group: string, what: string, by: number): void {
  const found = sums.get(group) ?? new Map<string, number>();
  sums.set(group, found.set(what, (found.get(what) ?? 0) + by));
}

function countReport(sums: Sums, reported: Reported, design: Design): void {
  const { severity, messageId, question, subtracts, targets, data, fixes = [] } = reported.report;
  const group = `${severity} ${messageId}${question === undefined ? '' : ` asking ${question.param}`}${subtracts === false ? ' explaining' : ''}`;
  count(sums, group, 'findings', 1);
  count(sums, group, 'targets', targets.length);
  for (const [key, value] of Object.entries(data)) if (typeof value === 'number') count(sums, group, key, value);
  for (const { id } of fixes) count(sums, group, `fix ${id}`, 1);
  count(sums, group, 'checksum of its words', checksum(stated(design, reported)));
}

/** What the rule says on many drawings: how often, and the sums of its evidence. */
function summed(rule: Rule, title: string, designs: readonly Design[]): string[] {
  const sums: Sums = new Map();
  let silent = 0;
  for (const design of designs) {
    const { reports, notApplicable, failures } = run(rule, design);
    expect(failures).toEqual([]);
    silent += notApplicable;
    for (const reported of reports) countReport(sums, reported, design);
  }
  const lines = [...sums].sort(([a], [b]) => (a < b ? -1 : 1)).map(([group, found]) => `  ${group}: ${[...found].map(([what, sum]) => `${what} ${String(inDigits(sum))}`).join(', ')}`);
  return [title, `  does not apply: ${silent}`, ...lines, ''];
}

/** On how many of some drawings a rule speaks. */
function speaking(designs: readonly Design[], rule: Rule): number {
  return designs.reduce((sum, design) => {
    let speaks = 0;
    rule.check({ doc: design, facts: knownFacts(design), options: rule.options, report: () => void (speaks = 1), ask: ({ about }) => void (speaks = about.length > 0 ? 1 : speaks), notApplicable: () => undefined });
    return sum + speaks;
  }, 0);
}

/** Each threshold moved: on evidence near it, where a comparison shows its side, and to nothing, half, double and very much of its value. */
function thresholds(rule: Rule): string[] {
  const lines: string[] = [];
  const own = examples.filter((example) => example.rule === rule).map(({ design }) => design);
  for (const [key, value] of Object.entries(rule.options)) {
    const at = (option: number): Rule => ({ ...rule, options: { ...rule.options, [key]: option } });
    const evidence = new Map<number, string>();
    for (const design of own) for (const { report } of run(rule, design).reports) for (const [name, number] of Object.entries(report.data)) if (typeof number === 'number' && number > value / 8 && number < value * 8) evidence.set(number, name);
    for (const [number, name] of evidence) lines.push(`  ${key} at ${name} ${String(inDigits(number))}: ${speaking(own, at(number))}`);
    for (const factor of [0, 0.5, 2, 1e6]) lines.push(`  ${key} ${String(factor)} times: ${speaking(all, at(value * factor))}`);
  }
  return lines.length === 0 ? [] : ['thresholds', ...lines, ''];
}

describe('what rules say of their examples is as recorded', () => {
  test.each(catalog.rules.map((rule) => [rule.id, rule] as const))('%s', async (id, rule) => {
    const { valid, invalid, notApplicable } = rule.examples;
    const lines = [...valid.map((one) => recorded(rule, 'valid', one)), ...invalid.map((one) => recorded(rule, 'invalid', one)), ...notApplicable.map((one) => recorded(rule, 'not applicable', one)), summed(rule, 'on the examples of all rules', all), summed(rule, 'on other drawings', further), thresholds(rule)];
    await expect(lines.flat().join('\n')).toMatchFileSnapshot(`./rules/${id}.txt`);
  });
});
