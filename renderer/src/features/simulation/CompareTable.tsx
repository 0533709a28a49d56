import { useMemo, type ReactElement } from 'react';
import type { Estimate, JourneyComparison, SimulatedJourney } from '../../../../shared/contracts/simulation.ts';
import { formatCount, formatDuration, formatMs, formatPercent, formatUtilisation, NO_FIGURE } from '../../../../shared/lib/format.ts';
import type { SimulationOutcome } from '../../evaluation/simulation-store.ts';
import { intervalText, isMoving, useDisagreements, VERDICT_WORDS } from '../../evaluation/simulation-text.ts';
import { CutTooltip } from '../../ui/CutTooltip.tsx';
import { DataTable, type Column } from '../../ui/DataTable.tsx';
import styles from './SimulationPanel.module.css';

/** One journey as both sides answered it. */
interface Row { readonly journey: SimulatedJourney; readonly comparison: JourneyComparison | undefined }

const MARKS: Readonly<Record<JourneyComparison['verdict'], string>> = { agree: 'M1.5 6l3 3 6-6.5', differ: 'M2 4.5h8M2 7.5h8M8 1.5l-4 9', unclear: 'M2 6c1.5-2.5 2.5-2.5 4 0s2.5 2.5 4 0', not_comparable: '' };

function Verdict({ verdict }: { readonly verdict: JourneyComparison['verdict'] }): ReactElement {
  return (
    <span className={styles.verdict} data-verdict={verdict}>
      {MARKS[verdict] !== '' && <svg data-own-scale="" viewBox="0 0 12 12" className={styles.mark} aria-hidden="true"><path d={MARKS[verdict]} /></svg>}
      {VERDICT_WORDS[verdict]}
    </span>
  );
}

function Measured({ estimate, interval, answered }: { readonly estimate: Estimate; readonly interval: boolean; readonly answered: boolean }): ReactElement {
  if (!answered) return <>{NO_FIGURE}</>;
  return <>{formatMs(estimate.value)}{interval && <span className={styles.interval}>{` ${intervalText(estimate)}`}</span>}</>;
}

function simulatedColumn(id: 'mean_ms' | 'p50_ms' | 'p95_ms' | 'p99_ms', title: string, interval: boolean): Column<Row> {
  return {
    id, title, numeric: true, width: interval ? 120 : 84, sort: ({ journey }) => (journey.requests > 0 ? journey[id].value : null),
    cell: ({ journey }) => <Measured estimate={journey[id]} interval={interval} answered={journey.requests > 0} />,
  };
}

function formulaColumn(of: 'mean' | 'p99'): Column<Row> {
  const value = ({ comparison }: Row): number | null => comparison?.[of]?.analytic_ms ?? null;
  return { id: `formula-${of}`, title: `Formula ${of}`, numeric: true, width: 88, sort: value, cell: (row) => { const ms = value(row); return ms === null ? NO_FIGURE : formatMs(ms); } };
}

function columnsOf(compares: boolean, interval: boolean, failures: boolean): readonly Column<Row>[] {
  const name: Column<Row> = { id: 'name', title: 'Journey', sort: ({ journey }) => journey.name.toLowerCase(), cell: ({ journey }) => <CutTooltip content={journey.name} side="top"><span className={styles.cut}><span className="truncate">{journey.name}</span></span></CutTooltip> };
  const failed: Column<Row> = { id: 'failed', title: 'Failed', numeric: true, width: 72, sort: ({ journey }) => journey.error_share, cell: ({ journey }) => formatPercent(journey.error_share) };
  if (!compares) {
    return [name, { id: 'requests', title: 'Answered', numeric: true, width: 84, sort: ({ journey }) => journey.requests, cell: ({ journey }) => formatCount(journey.requests) }, failed, simulatedColumn('mean_ms', 'Mean', false), simulatedColumn('p50_ms', 'p50', false), simulatedColumn('p95_ms', 'p95', false), simulatedColumn('p99_ms', 'p99', false)];
  }
  return [
    name, ...(failures ? [failed] : []), formulaColumn('mean'), simulatedColumn('mean_ms', 'Simulated mean', interval), formulaColumn('p99'), simulatedColumn('p99_ms', 'Simulated p99', interval),
    { id: 'verdict', title: 'Agree?', width: 108, sort: ({ comparison }) => VERDICT_WORDS[comparison?.verdict ?? 'not_comparable'], cell: ({ comparison }) => <Verdict verdict={comparison?.verdict ?? 'not_comparable'} /> },
  ];
}

/** How long the work that a journey leaves behind takes. */
function doneText({ name, done }: SimulatedJourney): string | null {
  return done && `${name}: all its work is done within ${formatDuration(done.quantile_s.value)} in ${formatUtilisation(done.quantile)} of cases.`;
}

/** Each journey: formula beside simulation, whether they agree, and a sentence where they do not. Without a comparison, what was simulated. */
export function CompareTable({ outcome, fresh }: { readonly outcome: SimulationOutcome; readonly fresh: boolean }): ReactElement {
  const { result } = outcome;
  const moving = isMoving(outcome);
  const compares = fresh && !moving && result.comparison.some(({ mean }) => mean !== null);
  const disagreements = useDisagreements();
  const rows = useMemo(() => Object.values(result.journeys).map((journey): Row => ({ journey, comparison: result.comparison.find(({ id }) => id === journey.id) })), [result]);
  const failures = rows.some(({ journey }) => journey.failed > 0);
  const columns = useMemo(() => columnsOf(compares, !moving, failures), [compares, moving, failures]);
  const sentences = compares ? rows.flatMap(({ journey: { id, name }, comparison }) => (comparison === undefined || comparison.verdict === 'agree' ? [] : [`${name}: ${disagreements.get(id)?.sentence ?? comparison.note}`])) : [];
  const said = [...sentences, ...rows.flatMap(({ journey }) => doneText(journey) ?? [])];
  return (
    <>
      <DataTable label="Formula and simulation by journey" columns={columns} rows={rows} rowKey={({ journey }) => journey.id} minWidth={compares ? (failures ? 680 : 608) : 584} />
      {said.length > 0 && <ul className={styles.sentences}>{said.map((sentence) => <li key={sentence}>{sentence}</li>)}</ul>}
    </>
  );
}
