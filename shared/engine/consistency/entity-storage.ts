/** How much the declared entities will store (semantics 6). */
import { rowBytes, rowsToday } from '../compile/tables.ts';
import type { EvaluationContext } from '../context.ts';
import { averageRate, SECONDS_PER_MONTH } from '../math/prices.ts';
import type { Subject } from './data-map.ts';
import { subjectsOf } from './subjects.ts';

const SECONDS_PER_DAY = 86_400;
const BYTES_PER_GB = 1e9;

/** Rows in so many months: rows today + average writes x rows x time, at most the retention. Writes per second at the peak. */
export function rowsAfter({ values }: Subject, writesRps: number, peakToAvg: number, months: number): number {
  const kept = values.retention_days === null ? Number.MAX_VALUE : values.retention_days * SECONDS_PER_DAY;
  const seconds = Math.min(months * SECONDS_PER_MONTH, kept);
  return rowsToday(values) + averageRate(writesRps, peakToAvg) * values.rows_per_write * seconds;
}

/**
 * GB (decimal) of declared entities at each node that is their home or holds a copy, in the month that is priced:
 * `rowsAfter` x bytes a row. By node id.
 */
export function entityStorageGb(context: EvaluationContext): ReadonlyMap<string, number> {
  const { compiled } = context;
  const stored = new Map<string, number>();
  if (compiled.entities.size === 0) return stored;
  const subjects = subjectsOf(context);
  const { writes } = subjects;
  subjects.list.forEach((subject, index) => {
    const { values, home } = subject;
    const rows = rowsAfter(subject, writes[index] as number, compiled.workload.peak_to_avg, compiled.settings.cost_month);
    const gb = (rows * rowBytes(values)) / BYTES_PER_GB;
    const own = compiled.nodes[home];
    for (const { view } of own ? [own, ...subjects.copiesOf(index)] : []) stored.set(view.id, (stored.get(view.id) ?? 0) + gb);
  });
  return stored;
}
