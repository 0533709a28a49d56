/**
 * The twelve scenarios in one table: what their reference designs score, cost and are told, and what both sides say about
 * their latency. Run it with
 *
 *   node tests/support/run-ts.mjs tests/simulation/scenario-table.ts [REQUESTS] [SEED] [RUNS]
 *
 * It writes Markdown to stdout: one line for each scenario (six axes and Overall, dollars per month, findings by severity
 * and open questions, highest load of a place), then one line for each journey with the analytic and the simulated mean and
 * p99 (with half of the 95 % interval over the runs), and what the simulator lacks of that design. Bounds: 15 % for means and
 * 25 % for p99 at up to 85 % utilisation; a simulated interval that reaches the bound is no disagreement. Three runs of
 * 200 000 requests for each design by default, seed 1, about two minutes. Ends with 1 when a journey surely disagrees.
 */
import { catalog } from '../../catalog/index.ts';
import { scenarios } from '../../catalog/scenarios/index.ts';
import { AXES, type Evaluation } from '../../shared/contracts/evaluation.ts';
import type { Estimate, JourneyComparison, SimulationResult } from '../../shared/contracts/simulation.ts';
import { evaluate } from '../../shared/engine/evaluate.ts';
import { createSimulation } from '../../shared/engine/simulation/simulate.ts';
import type { Scenario } from '../../shared/contracts/scenario.ts';

const [requests = 200_000, seed = 1, replications = 3] = process.argv.slice(2).map(Number);
const SEVERITIES = ['critical', 'major', 'minor'] as const;

const row = (...cells: readonly (string | number)[]): string => `| ${cells.join(' | ')} |`;
const score = (value: number | null): string => (value === null ? 'n/a' : value.toFixed(0));

function time(ms: number): string {
  return ms >= 1000 ? `${(ms / 1000).toPrecision(3)} s` : `${ms.toPrecision(3)} ms`;
}

/** Narrower than this is not worth a digit, ms. */
const NARROW_MS = 0.01;

function measured({ value, low, high }: Estimate): string {
  if (low === null || high === null) return time(value);
  const half = Math.max(NARROW_MS, (high - low) / 2);
  return `${time(value)} ± ${value >= 1000 ? (half / 1000).toPrecision(2) : half.toPrecision(2)}`;
}

function simulated({ reference }: Scenario): SimulationResult {
  const run = createSimulation(reference.design, catalog, { requests, seed, replications, max_events: 200_000_000 });
  while (run.advance(1_000_000));
  return run.result();
}

function findings({ findings: all }: Evaluation): string {
  const found = all.filter(({ kind }) => kind === 'finding');
  const parts = SEVERITIES.map((severity) => [severity, found.filter((finding) => finding.severity === severity).length] as const).filter(([, count]) => count > 0);
  const questions = all.length - found.length;
  const said = parts.length > 0 ? ` (${parts.map(([severity, count]) => `${count} ${severity}`).join(', ')})` : '';
  return `${found.length}${said}${questions > 0 ? `, ${questions} questions` : ''}`;
}

/** The busiest place that the load drives. */
function busiest({ nodes }: Evaluation): string {
  let most = { share: 0, at: '' };
  for (const [id, { connected, resources }] of Object.entries(nodes)) {
    if (!connected) continue;
    for (const { resource, utilisation, capacity_rps: capacity } of resources) if (capacity !== null && utilisation > most.share) most = { share: utilisation, at: `${id} ${resource}` };
  }
  return most.at === '' ? 'none' : `${most.share.toFixed(2)} ${most.at}`;
}

function verdict({ verdict: said, mean, p99, note }: JourneyComparison): string {
  if (said === 'not_comparable') return note;
  const off = (difference: number): string => `${difference >= 0 ? '+' : ''}${(100 * difference).toFixed(0)} %`;
  return `${said}: mean ${off(mean?.difference ?? 0)}, p99 ${off(p99?.difference ?? 0)}`;
}

function lacks({ not_modelled }: SimulationResult): string {
  const parts = new Map<string, string[]>();
  for (const { what, target } of not_modelled) parts.set(what, [...(parts.get(what) ?? []), ...(target === undefined ? [] : [target])]);
  return [...parts].map(([what, targets]) => (targets.length > 0 ? `${what} (${targets.join(', ')})` : what)).join('; ') || 'nothing';
}

const scenarioRows: string[] = [];
const journeyRows: string[] = [];
const counts = { compared: 0, mean: 0, p99: 0, sure: 0 };
for (const scenario of scenarios) {
  const { design } = scenario.reference;
  const evaluation = evaluate(design, catalog);
  const result = simulated(scenario);
  scenarioRows.push(row(scenario.title, ...AXES.map((axis) => score(evaluation.scores[axis].score.value)), score(evaluation.overall.value), `$${Math.round(evaluation.cost.usd_month).toLocaleString('en-US')}`, findings(evaluation), busiest(evaluation), lacks(result) + (result.cut_short === null ? '' : `; ${result.cut_short}`)));
  for (const comparison of result.comparison) {
    const { mean, p99 } = comparison;
    const journey = result.journeys[comparison.id];
    if (!journey) continue;
    if (mean && p99) {
      counts.compared += 1;
      counts.mean += mean.agree ? 1 : 0;
      counts.p99 += p99.agree ? 1 : 0;
    }
    counts.sure += comparison.verdict === 'differ' ? 1 : 0;
    const said = mean && p99 ? [time(mean.analytic_ms), measured(journey.mean_ms), time(p99.analytic_ms), measured(journey.p99_ms)] : ['', measured(journey.mean_ms), '', measured(journey.p99_ms)];
    journeyRows.push(row(scenario.title, comparison.name, ...said, verdict(comparison)));
  }
}

console.log([
  row('Scenario', 'Scal.', 'Lat.', 'Avail.', 'Isol.', 'Cons.', 'Cost', 'Overall', 'Per month', 'Findings', 'Busiest place', 'The simulator lacks'),
  row(...Array.from({ length: 12 }, () => '---')),
  ...scenarioRows, '',
  row('Scenario', 'Journey', 'Mean, analytic', 'Mean, simulated', 'p99, analytic', 'p99, simulated', 'Verdict'),
  row(...Array.from({ length: 7 }, () => '---')),
  ...journeyRows, '',
  `Of ${counts.compared} journeys the means of ${counts.mean} agree within 15 % and the p99 of ${counts.p99} within 25 %; ${counts.sure} surely differ.`,
].join('\n'));
process.exitCode = counts.sure > 0 ? 1 : 0;
