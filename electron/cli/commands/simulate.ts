import { catalog } from '../../../catalog/index.ts';
import type { Estimate, JourneyComparison, SimulatedJourney, SimulatedNode, SimulationResult } from '../../../shared/contracts/simulation.ts';
import { simulate } from '../../../shared/engine/simulation/simulate.ts';
import { formatCount, formatDuration, formatMs, formatPercent, formatUtilisation, NO_FIGURE } from '../../../shared/lib/format.ts';
import { stableStringify } from '../../../shared/lib/stable-json.ts';
import type { Design } from '../../../shared/model/design.ts';
import { EXIT, type Command } from '../command.ts';
import { WrongUsage } from '../errors.ts';
import { multipleOf, readDesign } from '../read-design.ts';

const VERDICTS: Readonly<Record<JourneyComparison['verdict'], string>> = { agree: 'agree', differ: 'differ', unclear: 'unclear', not_comparable: NO_FIGURE };

function table(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) => row.map((cell, column) => (column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0))).join('  ').trimEnd()).join('\n');
}

function interval({ value, low, high }: Estimate): string {
  if (low === null || high === null) return formatMs(value);
  const half = value > 0 ? (high - low) / 2 / value : 0;
  return `${formatMs(value)} (${formatPercent(half)})`;
}

function journeyRow(journey: SimulatedJourney, comparison: JourneyComparison | undefined): readonly string[] {
  const analytic = (number: JourneyComparison['mean']): string => (number ? formatMs(number.analytic_ms) : NO_FIGURE);
  return [
    journey.name, formatCount(journey.requests), formatPercent(journey.error_share), interval(journey.mean_ms), analytic(comparison?.mean ?? null),
    interval(journey.p99_ms), analytic(comparison?.p99 ?? null), VERDICTS[comparison?.verdict ?? 'not_comparable'],
  ];
}

function nodeRow(node: SimulatedNode, design: Design): readonly string[] {
  const [busiest] = [...node.resources].sort((a, b) => b.utilisation - a.utilisation);
  return [
    design.nodes[node.id]?.name ?? node.id, busiest ? `${formatUtilisation(busiest.utilisation)} ${busiest.resource}` : '', node.hit_ratio === null ? '' : formatPercent(node.hit_ratio),
    node.refused > 0 ? formatCount(node.refused) : '',
  ];
}

function report(result: SimulationResult, design: Design): string {
  const journeys = table([
    ['Journey', 'answered', 'failed', 'mean', 'computed', 'p99', 'computed', ''],
    ...Object.values(result.journeys).map((journey) => journeyRow(journey, result.comparison.find(({ id }) => id === journey.id))),
  ]);
  const nodes = table([['Component', 'busy', 'hits', 'refused'], ...Object.values(result.nodes).map((node) => nodeRow(node, design))]);
  const notes = result.comparison.map(({ name, note }) => `  ${name}: ${note}`).join('\n');
  const lines = (title: string, items: readonly string[]): string => (items.length === 0 ? '' : `\n${title}:\n${[...new Set(items)].map((item) => `  ${item}.`.replace('..', '.')).join('\n')}\n`);
  const runs = result.replications > 1 ? `${result.replications} runs of ` : '';
  const head = `Simulated ${runs}${formatDuration(result.duration_s)} with seed ${result.seed}: ${formatCount(result.requests)} requests, ${formatCount(result.events)} events; ${runs === '' ? 'the first' : 'of each at most the first'} ${formatDuration(result.warmup_s)} not counted`;
  const short = result.cut_short === null ? '' : `\n${result.cut_short}`;
  return `${head}${short}\n\n${journeys}\n\n${nodes}\n\n${notes}\n${lines('Assumed', result.assumptions)}${lines('Not simulated', result.not_modelled.map(({ what }) => what))}`;
}

/** A number above a floor. Throws `WrongUsage`. */
function numberOf(name: string, value: unknown, least: number): number | undefined {
  if (value === undefined) return undefined;
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : Number.NaN;
  if (!(number >= least && Number.isFinite(number))) throw new WrongUsage(`--${name} takes a number from ${least}, not "${String(value)}"`);
  return number;
}

/** `plumbline simulate FILE`: the second opinion on one drawing, event by event, beside the computed answer. */
export const simulateCommand: Command = {
  name: 'simulate',
  summary: 'Simulate a drawing event by event and compare with what is computed.',
  usage: 'FILE [--seed N] [--runs N] [--seconds S] [--multiple X] [--json]',
  details: [
    'FILE          a .plumb document',
    '--seed N      whole number that the random numbers start from (1); the same seed gives the same result',
    '--runs N      independent runs, 1 to 30 (1); with several, the intervals are over the runs',
    '--seconds S   simulated time; without it, as long as 100 000 requests take',
    '--multiple X  the load as a multiple of the drawn one (1)',
    '--json        the whole result as JSON with sorted keys',
    'Beside mean and p99 stands half of their 95 % interval. "differ": do not rely on the computed latency there.',
  ],
  options: { seed: { type: 'string' }, runs: { type: 'string' }, seconds: { type: 'string' }, multiple: { type: 'string' }, json: { type: 'boolean' } },
  run: async ({ values, positionals }, io) => {
    const [file, ...rest] = positionals;
    if (file === undefined || rest.length > 0) throw new WrongUsage('simulate takes one file');
    const seed = numberOf('seed', values['seed'], 0);
    const replications = numberOf('runs', values['runs'], 1);
    const duration_s = numberOf('seconds', values['seconds'], 0.001);
    const multiple = multipleOf(values['multiple']);
    const design = await readDesign(file, io);
    const result = simulate(design, catalog, { multiple, ...(seed === undefined ? {} : { seed }), ...(replications === undefined ? {} : { replications }), ...(duration_s === undefined ? {} : { duration_s }) });
    io.out(values['json'] === true ? stableStringify(result) : report(result, design));
    return EXIT.ok;
  },
};
