import type { Catalog } from '../../contracts/catalog.ts';
import type { CostItem, Evaluation, Finding } from '../../contracts/evaluation.ts';
import { describeParams } from '../../contracts/params.ts';
import { DOCUMENT_FORMS } from '../../contracts/document-params.ts';
import { findingEvidence } from '../../contracts/finding-evidence.ts';
import { furtherFigures } from '../../contracts/node-evidence.ts';
import { acceptedFindings, openFindings, openQuestions, SEVERITIES } from '../../contracts/open-findings.ts';
import { costKey, type CostRanges, type JourneyRanges, type RangesResult } from '../../contracts/uncertainty.ts';
import { findComponent } from '../../drawing/component-facts.ts';
import { RANGED, ranged, unitWriting } from '../../drawing/range-figures.ts';
import { formatAvailability, formatDuration, formatMoney, formatMonthly, formatMs, formatMultiple, formatNumber, formatPercent, formatQuantity, formatRate, formatUtilisation, NO_FIGURE } from '../../lib/format.ts';
import type { Design, Params } from '../../model/design.ts';
import { list, plainLine, table } from './escape.ts';
import { inputRows, oddsWords, rangesNote } from './range-words.ts';
import { settingsWords, type SettingWords } from './settings-words.ts';

/** What a report is about. `evaluation` null leaves out everything that is computed, `ranges` those of its results; `date` is written as it is. */
export interface ReportInput {
  readonly design: Design;
  readonly evaluation: Evaluation | null;
  readonly ranges?: RangesResult | null;
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

/** The ranges, where they are those of the evaluation's load. */
function rangesOf({ evaluation, ranges = null }: ReportInput): RangesResult | null {
  return ranges !== null && ranges.multiple === evaluation?.multiple ? ranges : null;
}

function opening(input: ReportInput): readonly string[] {
  const { design, evaluation, date } = input;
  const dated = date === undefined ? [] : [`Written ${date}.`];
  if (!evaluation) return dated;
  const { price_book: book } = evaluation.cost;
  const ranges = rangesOf(input);
  const overall = ranged(ranges?.overall, RANGED.score, formatQuantity(evaluation.overall, (value) => String(Math.round(value))));
  const note = rangesNote(design, ranges);
  return [`At ${formatMultiple(evaluation.multiple)} load, ${ranged(ranges?.total_rps, RANGED.rate, formatRate(evaluation.total_rps))} in all. Overall score ${overall} of 100, where 70 means that the targets are met. Prices of ${plainLine(book.date)}, region ${plainLine(book.region)}.`, ...(note === null ? [] : [note]), ...dated];
}

function workload({ design }: ReportInput): readonly string[] {
  const rows = ([['workload', design.workload], ['targets', design.targets]] as const).flatMap(([form, stored]) => {
    const { stated, assumed } = settingsWords(describeParams(DOCUMENT_FORMS[form]), DOCUMENT_FORMS[form], stored as Params);
    return [...stated.map(({ label, value }) => [label, value, 'stated']), ...assumed.map(({ label, value }) => [label, value, 'assumed'])];
  });
  return section('Workload and targets', table(['Setting', 'Value', 'From'], rows, [1]));
}

/** The inputs that are ranges, as they were drawn from. */
function uncertain(input: ReportInput): readonly string[] {
  const ranges = rangesOf(input);
  return ranges === null ? [] : section('Uncertain inputs', table(['Input', 'Low', 'Likely', 'High', 'From'], inputRows(ranges), [1, 2, 3]));
}

function journeys(input: ReportInput): readonly string[] {
  const { evaluation } = input;
  const of = (id: string): JourneyRanges | undefined => rangesOf(input)?.journeys[id];
  const rows = Object.values(evaluation?.journeys ?? {}).map((journey) => [
    journey.derived ? `${journey.name} (derived)` : journey.name,
    ranged(of(journey.id)?.rate_rps, RANGED.rate, formatRate(journey.rate_rps)),
    ...(['p50_ms', 'p95_ms', 'p99_ms'] as const).map((time) => ranged(of(journey.id)?.[time], RANGED.ms, formatQuantity(journey[time], formatMs))),
    formatMs(journey.p99_target_ms),
    ranged(of(journey.id)?.availability, RANGED.availability, formatQuantity(journey.availability, formatAvailability)),
    formatAvailability(journey.availability_target),
    formatQuantity(journey.downtime_h_year, (hours) => formatDuration(hours * 3600)),
    ranged(of(journey.id)?.done_s, RANGED.seconds, formatQuantity(journey.done_s, formatDuration)),
    formatPercent(journey.served),
    ranged(of(journey.id)?.usd_per_million, RANGED.money, formatQuantity(journey.usd_per_million, formatMoney)),
  ]);
  const band = rows.length === 0 ? '' : 'Percentiles are good to about 15 %: parts are taken as independent, and queues that one burst drives rise together.';
  return section('Journeys', table(['Journey', 'Rate', 'p50', 'p95', 'p99', 'p99 target', 'Availability', 'Target', 'Down a year', 'Done within', 'Served', 'Cost per million'], rows, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]), band);
}

function inOneCell(settings: readonly SettingWords[]): string {
  return settings.map(({ label, value }) => `${label}: ${value}`).join('; ') || 'nothing';
}

function components(input: ReportInput): readonly string[] {
  const { design, evaluation, catalog } = input;
  const ranges = rangesOf(input)?.nodes;
  const figures = (id: string): readonly string[] => {
    const result = evaluation?.nodes[id];
    if (!evaluation) return [];
    if (!result) return Array<string>(5).fill(NO_FIGURE);
    const of = ranges?.[id];
    return [
      ranged(of?.arrival_rps, RANGED.rate, formatRate(result.arrival_rps)),
      result.utilisation === null ? NO_FIGURE : `${ranged(of?.utilisation, RANGED.utilisation, formatUtilisation(result.utilisation))} ${result.binding ?? ''}`,
      ranged(of?.breaks_at, RANGED.multiple, formatQuantity(result.breaks_at, formatMultiple)),
      ranged(of?.availability, RANGED.availability, formatQuantity(result.availability, formatAvailability)),
      ranged(of?.cost_usd_month, RANGED.monthly, formatMonthly(result.cost_usd_month)),
    ];
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

function figures({ design, evaluation }: ReportInput): readonly string[] {
  const rows = Object.values(design.nodes).flatMap(({ id, name }) => {
    const result = evaluation?.nodes[id];
    return result?.connected ? furtherFigures(result).map(({ words, text }) => [name, words, text]) : [];
  });
  return section('Further figures', table(['Component', 'Figure', 'Value'], rows, [2]));
}

function connections(input: ReportInput): readonly string[] {
  const { design, evaluation } = input;
  const ranges = rangesOf(input)?.edges;
  const rows = Object.values(design.edges).map((edge) => {
    const result = evaluation?.edges[edge.id];
    return [nameOf(design, edge.from), nameOf(design, edge.to), result?.kind ?? edge.kind ?? 'kind not known', ...(evaluation ? [result ? ranged(ranges?.[edge.id], RANGED.rate, formatRate(result.rps)) : NO_FIGURE, result?.idle_reason ?? ''] : [])];
  });
  return section('Connections', table(['From', 'To', 'Kind', ...(evaluation ? ['Rate', 'Idle because'] : [])], rows, evaluation ? [3] : []));
}

function scores(input: ReportInput): readonly string[] {
  const { evaluation } = input;
  const ranges = rangesOf(input)?.scores;
  const rows = Object.values(evaluation?.scores ?? {}).map(({ axis, score, weight, note, penalties }) => [
    axis, ranged(ranges?.[axis], RANGED.score, formatQuantity(score, (value) => String(Math.round(value)))), formatPercent(weight), [...(note === null ? [] : [note]), ...penalties.map(({ rule, points }) => `${rule} takes ${formatNumber(points)}`)].join('; '),
  ]);
  return section('Scores', table(['Axis', 'Score', 'Weight', 'Because'], rows, [1, 2]));
}

function findingLines(finding: Finding, input: ReportInput): string {
  const { design, catalog } = input;
  const ranges = rangesOf(input);
  const known = ranges?.findings[finding.key];
  const odds = ranges && known ? oddsWords(known, ranges) : null;
  const rule = catalog.rules.find(({ id }) => id === finding.rule);
  const evidence = findingEvidence(finding, rule);
  const about = [...new Set(finding.targets.map(({ id }) => nameOf(design, id)))];
  const severity = finding.severity ?? 'minor';
  return [
    `- **${severity}**: ${plainLine(finding.message)}`,
    ...(about.length > 0 ? [`  - About: ${plainLine(about.join(', '))}`] : []),
    ...(evidence.length > 0 ? [`  - Evidence: ${plainLine(evidence.join(', '))}`] : []),
    ...(odds === null ? [] : [`  - ${plainLine(odds)}`]),
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

/** What running it asks of people, beside the dollars and never turned into them. */
function people({ index, budget, pages_year: pages }: Evaluation['burden']): string {
  return `Operational burden ${formatNumber(index)}${budget === null ? '' : ` of ${formatNumber(budget)}`} full-time equivalents, about ${formatNumber(pages)} pages a year.`;
}

function cost(input: ReportInput): readonly string[] {
  const { design, evaluation } = input;
  const ranges = rangesOf(input);
  if (!evaluation) return [];
  const { cost: total } = evaluation;
  const of = (item: CostItem): CostRanges | undefined => ranges?.cost_items[costKey(item)];
  const rows = total.items.map((item) => [item.node === null ? (item.edge === undefined ? 'Whole drawing' : nameOf(design, item.edge)) : nameOf(design, item.node), item.connected ? item.label : `${item.label} (not connected)`, `${ranged(of(item)?.quantity, unitWriting(''), formatNumber(item.quantity))} ${item.unit}`, item.kind, ranged(of(item)?.usd_month, RANGED.monthly, formatMonthly(item.usd_month))]);
  const sums = [[ranges?.cost_usd_month, total.usd_month], [ranges?.fixed_usd_month, total.fixed_usd_month], [ranges?.usage_usd_month, total.usage_usd_month]] as const;
  const [all = '', fixed = '', usage = ''] = sums.map(([ends, usd]) => ranged(ends, RANGED.monthly, formatMonthly(usd)));
  const sum = `${all}: ${fixed} fixed, ${usage} by usage. ${formatQuantity(total.usd_per_million, formatMoney)} for a million requests, ${formatQuantity(total.usd_per_1k_rps, formatMonthly)} for 1,000 more requests per second, ${formatQuantity(total.usd_per_gb, formatMoney)} a month for a gigabyte kept. ${people(evaluation.burden)}`;
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
  const parts = [`# ${plainLine(design.name ?? '') || 'Untitled'}`, ...opening(input), ...scores(input), ...journeys(input), ...findings(input), ...workload(input), ...uncertain(input), ...components(input), ...figures(input), ...connections(input), ...cost(input), ...limits(input), ...notes];
  return `${parts.join('\n\n')}\n`;
}
