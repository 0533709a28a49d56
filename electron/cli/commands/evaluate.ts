import { catalog } from '../../../catalog/index.ts';
import { evaluate, evaluateExplained } from '../../../shared/engine/evaluate.ts';
import { LEAST_RUNS, sampleRanges } from '../../../shared/engine/uncertainty/sample-ranges.ts';
import type { Evaluation, JourneyResult, NodeResult } from '../../../shared/contracts/evaluation.ts';
import type { ExplainedEvaluation } from '../../../shared/contracts/explained.ts';
import { formatMs, formatMultiple, formatPercent, formatQuantity, formatRate, formatUtilisation } from '../../../shared/lib/format.ts';
import { stableStringify } from '../../../shared/lib/stable-json.ts';
import type { Design } from '../../../shared/model/design.ts';
import { EXIT, type Command } from '../command.ts';
import { WrongUsage } from '../errors.ts';
import { multipleOf, readDesign } from '../read-design.ts';
import { withPriceFile } from '../read-prices.ts';

function table(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) => row.map((cell, column) => (column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0))).join('  ').trimEnd()).join('\n');
}

function journeyRow(journey: JourneyResult): readonly string[] {
  const time = (quantity: JourneyResult['p99_ms']): string => formatQuantity(quantity, formatMs);
  return [journey.name, formatRate(journey.rate_rps), time(journey.p50_ms), time(journey.p95_ms), time(journey.p99_ms), formatPercent(journey.served)];
}

function nodeRow(node: NodeResult, design: Design): readonly string[] {
  const load = node.utilisation === null ? '' : `${formatUtilisation(node.utilisation)} ${node.binding ?? ''}`;
  return [design.nodes[node.id]?.name ?? node.id, formatRate(node.arrival_rps), load, formatQuantity(node.headroom, formatMultiple)];
}

function report(result: Evaluation, design: Design): string {
  const journeys = table([['Journey', 'rate', 'p50', 'p95', 'p99', 'served'], ...Object.values(result.journeys).map(journeyRow)]);
  const nodes = table([['Component', 'arrivals', 'utilisation', 'headroom'], ...Object.values(result.nodes).map((node) => nodeRow(node, design))]);
  const first = result.breaks[0];
  const name = first ? (design.nodes[first.node]?.name ?? first.node) : '';
  const breaks = first ? `First break: ${name} (${first.resource}) at ${formatMultiple(first.multiple)}, ${formatRate(first.rps)}` : 'Nothing has a limit.';
  const notes = result.assumptions.map((note) => `  ${note.message}.`).join('\n');
  const missing = `Not modelled: ${result.not_modelled.map((item) => item.what).join(', ')}.`;
  return `Load ${formatMultiple(result.multiple)}, ${formatRate(result.total_rps)}\n\n${journeys}\n\n${nodes}\n\n${breaks}\n${notes === '' ? '' : `\nAssumed:\n${notes}\n`}\n${missing}\n`;
}

/** A whole number that an option gives, or undefined without it. */
function wholeOf(text: unknown, name: string, least: number): number | undefined {
  if (text === undefined) return undefined;
  const value = typeof text === 'string' && /^\d+$/.test(text) ? Number(text) : NaN;
  if (!Number.isSafeInteger(value) || value < least) throw new WrongUsage(`--${name} takes a whole number of at least ${least}`);
  return value;
}

/** `plumbline evaluate FILE`: the engine's answer for one drawing, as a table or as JSON. */
export const evaluateCommand: Command = {
  name: 'evaluate',
  summary: 'Compute load, latency and headroom of a drawing.',
  usage: 'FILE [--json] [--multiple X] [--prices FILE] [--ranges [--seed N] [--runs N]]',
  details: [
    'FILE          a .plumb document',
    '--json        the whole result as JSON with sorted keys',
    '--multiple X  the load as a multiple of the drawn one (1)',
    '--prices FILE own prices and discounts as JSON: {"name", "date", "prices": {key: usd}, "discounts": {key or "*": share}}',
    '--ranges      JSON with p10, p50 and p90 of the results under "ranges", drawn from the ranges of the document,',
    '              how often each finding holds and which assumption turns it',
    '--seed N      seed of the draws (1)',
    '--runs N      number of draws (200), at least 10',
  ],
  options: { json: { type: 'boolean' }, multiple: { type: 'string' }, prices: { type: 'string' }, ranges: { type: 'boolean' }, seed: { type: 'string' }, runs: { type: 'string' } },
  run: async ({ values, positionals }, io) => {
    const [file, ...rest] = positionals;
    if (file === undefined || rest.length > 0) throw new WrongUsage('evaluate takes one file');
    const multiple = multipleOf(values['multiple']);
    const [seed, runs] = [wholeOf(values['seed'], 'seed', 0), wholeOf(values['runs'], 'runs', LEAST_RUNS)];
    const ranged = values['ranges'] === true;
    if (!ranged && (seed !== undefined || runs !== undefined)) throw new WrongUsage('--seed and --runs belong to --ranges');
    const design = await readDesign(file, io);
    const priced = typeof values['prices'] === 'string' ? await withPriceFile(catalog, values['prices'], io) : catalog;
    const explained = (): ExplainedEvaluation => evaluateExplained(design, priced, { multiple });
    if (ranged) io.out(stableStringify({ ...explained(), ranges: sampleRanges(design, priced, { multiple, ...(seed === undefined ? {} : { seed }), ...(runs === undefined ? {} : { runs }) }) }));
    else io.out(values['json'] === true ? stableStringify(explained()) : report(evaluate(design, priced, { multiple }), design));
    return EXIT.ok;
  },
};
