import type { Catalog } from '../../contracts/catalog.ts';
import type { Evaluation, Finding } from '../../contracts/evaluation.ts';
import { describeParams } from '../../contracts/params.ts';
import { DOCUMENT_FORMS } from '../../contracts/document-params.ts';
import { findingEvidence } from '../../contracts/finding-evidence.ts';
import { acceptedFindings, openFindings, openQuestions, SEVERITIES } from '../../contracts/open-findings.ts';
import { findComponent } from '../../drawing/component-facts.ts';
import { formatAvailability, formatDuration, formatMoney, formatMonthly, formatMs, formatMultiple, formatNumber, formatPercent, formatQuantity, formatRate, formatUtilisation, NO_FIGURE } from '../../lib/format.ts';
import type { Design, Params } from '../../model/design.ts';
import { list, plainLine, table } from './escape.ts';
import { settingsWords, type SettingWords } from './settings-words.ts';

/** What a report is about. `evaluation` null leaves out everything that is computed; `date` is written as it is. */
export interface ReportInput {
  readonly design: Design;
  readonly evaluation: Evaluation | null;
  readonly catalog: Catalog;
  readonly date?: string;
}

/** A headed part; nothing when it has no content. */
function section(title: string, ...content: readonly string[]): readonly string[] {
  const shown = content.filter((part) => part !== '');
  return shown.length === 0 ? [] : [`## ${title}`, ...shown];
}

function nameOf(design: Design, id: string): string {
  const edge = design.edges[id];
  if (edge) return `${nameOf(design, edge.from)} to ${nameOf(design, edge.to)}`;
  return design.nodes[id]?.name ?? design.boundaries[id]?.name ?? design.journeys[id]?.name ?? design.entities[id]?.name ?? id;
}

function opening({ evaluation, date }: ReportInput): readonly string[] {
  const dated = date === undefined ? [] : [`Written ${date}.`];
  if (!evaluation) return dated;
  const { price_book: book } = evaluation.cost;
  const overall = formatQuantity(evaluation.overall, (value) => String(Math.round(value)));
  return [`At ${formatMultiple(evaluation.multiple)} load, ${formatRate(evaluation.total_rps)} in all. Overall score ${overall} of 100, where 70 means that the targets are met. Prices of ${plainLine(book.date)}, region ${plainLine(book.region)}.`, ...dated];
}

function workload({ design }: ReportInput): readonly string[] {
  const rows = ([['workload', design.workload], ['targets', design.targets]] as const).flatMap(([form, stored]) => {
    const { stated, assumed } = settingsWords(describeParams(DOCUMENT_FORMS[form]), DOCUMENT_FORMS[form], stored as Params);
    return [...stated.map(({ label, value }) => [label, value, 'stated']), ...assumed.map(({ label, value }) => [label, value, 'assumed'])];
  });
  return section('Workload and targets', table(['Setting', 'Value', 'From'], rows, [1]));
}

function journeys({ evaluation }: ReportInput): readonly string[] {
  const rows = Object.values(evaluation?.journeys ?? {}).map((journey) => [
    journey.derived ? `${journey.name} (derived)` : journey.name,
    formatRate(journey.rate_rps),
    ...[journey.p50_ms, journey.p95_ms, journey.p99_ms].map((time) => formatQuantity(time, formatMs)),
    formatMs(journey.p99_target_ms),
    formatQuantity(journey.availability, formatAvailability),
    formatAvailability(journey.availability_target),
    formatQuantity(journey.done_s, formatDuration),
    formatPercent(journey.served),
    formatQuantity(journey.usd_per_million, formatMoney),
  ]);
  return section('Journeys', table(['Journey', 'Rate', 'p50', 'p95', 'p99', 'p99 target', 'Availability', 'Target', 'Done within', 'Served', 'Cost per million'], rows, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]));
}

function inOneCell(settings: readonly SettingWords[]): string {
  return settings.map(({ label, value }) => `${label}: ${value}`).join('; ') || 'nothing';
}

function components({ design, evaluation, catalog }: ReportInput): readonly string[] {
  const figures = (id: string): readonly string[] => {
    const result = evaluation?.nodes[id];
    if (!evaluation) return [];
    if (!result) return Array<string>(5).fill(NO_FIGURE);
    return [formatRate(result.arrival_rps), result.utilisation === null ? NO_FIGURE : `${formatUtilisation(result.utilisation)} ${result.binding ?? ''}`, formatQuantity(result.breaks_at, formatMultiple), formatQuantity(result.availability, formatAvailability), formatMonthly(result.cost_usd_month)];
  };
  const rows = Object.values(design.nodes).map((node) => {
    const component = findComponent(catalog.components, node.type);
    const settings = component ? settingsWords(component.fields, component.params, node.params, component.effective) : { stated: [], assumed: [] };
    const where = node.boundary == null ? '' : nameOf(design, node.boundary);
    return [node.name, component?.title ?? 'Not typed yet', where, ...figures(node.id), inOneCell(settings.stated), inOneCell(settings.assumed)];
  });
  const computed = evaluation ? ['Arrivals', 'Utilisation', 'Breaks at', 'Availability', 'Cost'] : [];
  return section('Components', table(['Component', 'Type', 'In', ...computed, 'Stated', 'Assumed'], rows, computed.map((_title, index) => index + 3)));
}

function connections({ design, evaluation }: ReportInput): readonly string[] {
  const rows = Object.values(design.edges).map((edge) => {
    const result = evaluation?.edges[edge.id];
    return [nameOf(design, edge.from), nameOf(design, edge.to), result?.kind ?? edge.kind ?? 'kind not known', ...(evaluation ? [result ? formatRate(result.rps) : NO_FIGURE, result?.idle_reason ?? ''] : [])];
  });
  return section('Connections', table(['From', 'To', 'Kind', ...(evaluation ? ['Rate', 'Idle because'] : [])], rows, evaluation ? [3] : []));
}

function scores({ evaluation }: ReportInput): readonly string[] {
  const rows = Object.values(evaluation?.scores ?? {}).map(({ axis, score, weight, note, penalties }) => [
    axis, formatQuantity(score, (value) => String(Math.round(value))), formatPercent(weight), [...(note === null ? [] : [note]), ...penalties.map(({ rule, points }) => `${rule} takes ${formatNumber(points)}`)].join('; '),
  ]);
  return section('Scores', table(['Axis', 'Score', 'Weight', 'Because'], rows, [1, 2]));
}

function findingLines(finding: Finding, { design, catalog }: ReportInput): string {
  const rule = catalog.rules.find(({ id }) => id === finding.rule);
  const evidence = findingEvidence(finding, rule);
  const about = [...new Set(finding.targets.map(({ id }) => nameOf(design, id)))];
  const severity = finding.severity ?? 'minor';
  return [
    `- **${severity}**: ${plainLine(finding.message)}`,
    ...(about.length > 0 ? [`  - About: ${plainLine(about.join(', '))}`] : []),
    ...(evidence.length > 0 ? [`  - Evidence: ${plainLine(evidence.join(', '))}`] : []),
    ...(finding.traffic_share > 0 ? [`  - Affects ${plainLine(formatPercent(finding.traffic_share))} of the traffic`] : []),
    ...finding.fixes.map(({ title }) => `  - Fix: ${plainLine(title)}`),
  ].join('\n');
}

function findings(input: ReportInput): readonly string[] {
  const { evaluation } = input;
  if (!evaluation) return [];
  const rank = (finding: Finding): number => SEVERITIES.indexOf(finding.severity ?? 'minor');
  const open = [...openFindings(evaluation.findings)].sort((a, b) => rank(a) - rank(b) || b.traffic_share - a.traffic_share || (a.key < b.key ? -1 : 1));
  const none = `No findings at ${formatMultiple(evaluation.multiple)}. ${evaluation.rules_run} checks ran; ${evaluation.rules_not_applicable} do not apply here.`;
  return [
    ...section('Findings', open.length === 0 ? none : open.map((finding) => findingLines(finding, input)).join('\n')),
    ...section('Questions', list(openQuestions(evaluation.findings).map(({ question, message }) => question?.text ?? message))),
    ...section('Accepted risks', list(acceptedFindings(evaluation.findings).map(({ message, accepted }) => `${message} Accepted${accepted?.owner === undefined ? '' : ` by ${accepted.owner}`}: ${accepted?.reason ?? ''}`))),
    ...section('Checks that failed', list(evaluation.rule_failures.map(({ rule, error }) => `${rule}: ${error}`))),
  ];
}

function cost({ design, evaluation }: ReportInput): readonly string[] {
  if (!evaluation) return [];
  const { cost: total } = evaluation;
  const rows = total.items.map((item) => [item.node === null ? (item.edge === undefined ? 'Whole drawing' : nameOf(design, item.edge)) : nameOf(design, item.node), item.connected ? item.label : `${item.label} (not connected)`, `${formatNumber(item.quantity)} ${item.unit}`, item.kind, formatMonthly(item.usd_month)]);
  const sum = `${formatMonthly(total.usd_month)}: ${formatMonthly(total.fixed_usd_month)} fixed, ${formatMonthly(total.usage_usd_month)} by usage. ${formatQuantity(total.usd_per_million, formatMoney)} for a million requests, ${formatQuantity(total.usd_per_1k_rps, formatMonthly)} for 1,000 more requests per second.`;
  return section('Cost', plainLine(sum), table(['For', 'Item', 'Quantity', 'Kind', 'Cost'], rows, [2, 4]), list(total.unpriced.map((what) => `Not priced: ${what}`)));
}

function limits({ design, evaluation }: ReportInput): readonly string[] {
  if (!evaluation) return [];
  const missing = evaluation.not_modelled.map(({ what, target }) => (target === undefined ? what : `${nameOf(design, target)}: ${what}`));
  return [...section('Assumptions', list(evaluation.assumptions.map(({ message }) => message))), ...section('Not modelled', list([...new Set(missing)]))];
}

/**
 * A design and its evaluation as Markdown: what it carries, what was stated and what was assumed, what was found and what
 * it costs. Every text of the document is escaped. The same input gives the same bytes.
 */
export function printMarkdown(input: ReportInput): string {
  const { design } = input;
  const notes = section('Notes', list(Object.values(design.notes).map(({ text }) => text)));
  const parts = [`# ${plainLine(design.name ?? '') || 'Untitled'}`, ...opening(input), ...scores(input), ...journeys(input), ...findings(input), ...workload(input), ...components(input), ...connections(input), ...cost(input), ...limits(input), ...notes];
  return `${parts.join('\n\n')}\n`;
}
