import { useMemo, type ReactElement } from 'react';
import type { Timeline } from '../../../../shared/contracts/simulation.ts';
import { formatCount, formatDuration, formatMs, formatMultiple, formatNumber, formatPercent, NO_FIGURE } from '../../../../shared/lib/format.ts';
import { DataTable, type Column } from '../../ui/DataTable.tsx';
import { failedShares } from './strips.ts';

/** One stretch of the run. */
interface Row { readonly end: number; readonly multiple: number; readonly arrivals: number; readonly answered: number; readonly failed: number | null; readonly p50: number | null; readonly p95: number | null; readonly p99: number | null; readonly waiting: number }

function rowsOf(timeline: Timeline, journey: string | null): readonly Row[] {
  const one = (journey === null ? undefined : timeline.journeys[journey]) ?? timeline.total;
  const failed = failedShares(one);
  const nodes = Object.values(timeline.nodes);
  return timeline.ends_s.map((end, i) => ({
    end, multiple: timeline.multiple[i] ?? 0, arrivals: one.arrivals_rps[i] ?? 0, answered: one.answered_rps[i] ?? 0, failed: failed[i] ?? null,
    p50: one.p50_ms[i] ?? null, p95: one.p95_ms[i] ?? null, p99: one.p99_ms[i] ?? null, waiting: nodes.reduce((sum, { backlog }) => sum + (backlog[i] ?? 0), 0),
  }));
}

function column(id: keyof Row, title: string, write: (value: number) => string, width?: number): Column<Row> {
  return { id, title, numeric: true, ...(width === undefined ? {} : { width }), sort: (row) => row[id], cell: (row) => { const value = row[id]; return value === null ? NO_FIGURE : write(value); } };
}

const COLUMNS: readonly Column<Row>[] = [
  { ...column('end', 'Until', formatDuration, 80), numeric: false },
  column('multiple', 'Load', formatMultiple, 56), column('arrivals', 'Arrive/s', formatNumber, 64), column('answered', 'Answered/s', formatNumber, 80),
  column('failed', 'Failed', formatPercent, 64), column('p50', 'p50', formatMs), column('p95', 'p95', formatMs), column('p99', 'p99', formatMs), column('waiting', 'Waiting', formatCount, 72),
];

/** The run in figures: what the timelines draw, one row for each stretch. `waiting` counts all components. */
export function BucketTable({ timeline, journey }: { readonly timeline: Timeline; readonly journey: string | null }): ReactElement {
  const rows = useMemo(() => rowsOf(timeline, journey), [timeline, journey]);
  return <DataTable label="The run in figures" columns={COLUMNS} rows={rows} rowKey={({ end }) => String(end)} sorting={{ column: 'end', descending: false }} minWidth={612} />;
}
