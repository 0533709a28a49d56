import { useMemo, type ReactElement } from 'react';
import type { BreakPoint } from '../../../../shared/contracts/evaluation.ts';
import { breakKey, type Ends, type RangesResult } from '../../../../shared/contracts/uncertainty.ts';
import { endsText, RANGED } from '../../../../shared/drawing/range-figures.ts';
import { formatDelta, formatMonthly, formatMultiple, formatRate, NO_FIGURE } from '../../../../shared/lib/format.ts';
import { useSession } from '../../document/session.ts';
import { useDesign } from '../../document/workspace.ts';
import { useEvaluation } from '../../evaluation/evaluation-store.ts';
import { clampMultiple, MAX_MULTIPLE } from '../../evaluation/load-scale.ts';
import { useNextFixes, type NextFixes } from '../../evaluation/next-fixes.ts';
import { useRangesAt } from '../../evaluation/ranges-store.ts';
import { RESOURCE_WORDS } from '../../evaluation/resource-words.ts';
import { NoLoadYet } from '../../forms/NoLoadYet.tsx';
import { useInspectorView } from '../../forms/view-state.ts';
import { Button } from '../../ui/Button.tsx';
import { CutTooltip } from '../../ui/CutTooltip.tsx';
import { DataTable, type Column } from '../../ui/DataTable.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Tooltip } from '../../ui/Tooltip.tsx';
import { orderOf, type OrderedBreak } from './order.ts';
import styles from './BreakingOrderPanel.module.css';

/** "7.9x", or that the dial's end does not break it. */
function movedTo(multiple: number | null): string {
  return multiple === null || multiple > MAX_MULTIPLE ? `beyond ${MAX_MULTIPLE}x` : formatMultiple(multiple);
}

/** The load to which the next fix moves a break, and the fix; its price is in the tooltip. Empty while it is worked out. */
function NextFix({ row, fixes }: { readonly row: OrderedBreak; readonly fixes: NextFixes }): ReactElement {
  const fix = fixes.get(row.node);
  if (fix === undefined) return <span className={styles.pending}>working it out</span>;
  if (fix === null) return <span>{NO_FIGURE}</span>;
  const price = Math.abs(fix.usd_month) < 0.5 ? 'at no extra cost' : formatDelta(fix.usd_month, formatMonthly);
  return (
    <Tooltip content={`${fix.title}: ${movedTo(fix.multiple)} instead of ${formatMultiple(row.multiple)}, ${price}.`} side="top">
      <span className={styles.fix}>
        <b className={styles.figure}>{movedTo(fix.multiple)}</b>
        <span className="truncate">{fix.title}</span>
      </span>
    </Tooltip>
  );
}

/** Width of a column whose figures are ranges. */
const RANGED_WIDTH = 128;

/** The rate at which a place breaks, as uncertain as its multiple is: the drawn load is the same in both. */
function rateEnds(ends: Ends | undefined, { multiple, rps }: OrderedBreak): Ends | undefined {
  if (!ends) return undefined;
  const scaled = ({ value, state }: Ends['p10']): Ends['p10'] => ({ value: value === null ? null : (value * rps) / multiple, state });
  return { likely: scaled(ends.likely), p10: scaled(ends.p10), p90: scaled(ends.p90) };
}

function columnsFor(nodes: Readonly<Record<string, { readonly name: string }>>, multiple: number, fixes: NextFixes, ranges: RangesResult | null): readonly Column<OrderedBreak>[] {
  const endsOf = (row: OrderedBreak): Ends | undefined => ranges?.breaks[breakKey(row)]?.multiple;
  const width = (point: number): number => (ranges !== null && Object.keys(ranges.breaks).length > 0 ? RANGED_WIDTH : point);
  const name = (row: OrderedBreak): string => nodes[row.node]?.name ?? 'a removed part';
  return [
    { id: 'rank', title: '#', width: 48, sort: (row) => row.rank, cell: (row) => <span className={styles.figure}>{row.rank}</span> },
    { id: 'load', title: 'Load', numeric: true, width: width(80), sort: (row) => row.multiple, cell: (row) => endsText(endsOf(row), RANGED.multiple) ?? formatMultiple(row.multiple) },
    { id: 'rps', title: 'Rate', numeric: true, width: width(88), sort: (row) => row.rps, cell: (row) => endsText(rateEnds(endsOf(row), row), RANGED.rate) ?? formatRate(row.rps) },
    { id: 'reached', title: 'State', width: 80, cell: (row) => (row.multiple <= multiple * (1 + 1e-9) ? <span className={styles.reached}>saturated</span> : 'holds') },
    { id: 'node', title: 'Component', sort: (row) => name(row).toLowerCase(), cell: (row) => <CutTooltip content={name(row)} side="top"><span className={styles.name}><span className="truncate">{name(row)}</span></span></CutTooltip> },
    { id: 'resource', title: 'Resource', sort: (row) => RESOURCE_WORDS[row.resource], cell: (row) => RESOURCE_WORDS[row.resource] },
    { id: 'next', title: 'Next fix moves it to', width: '34%', sort: (row) => fixes.get(row.node)?.multiple ?? null, cell: (row) => <NextFix row={row} fixes={fixes} /> },
  ];
}

const NONE: readonly BreakPoint[] = [];

/** The workload's values that nobody stated, in the inspector. */
function showAssumed(): void {
  const { select, set } = useSession.getState();
  select({});
  set({ rightOpen: true, rightTab: 'inspector' });
  useInspectorView.getState().showAssumed(true);
}

/** What gives way first, second, third as the load grows. A row sets the dial to where it breaks. */
export function BreakingOrderPanel(): ReactElement {
  const breaks = useEvaluation((state) => state.sweep?.breaks ?? state.base?.breaks ?? NONE);
  const loaded = useEvaluation((state) => (state.current ?? state.base)?.total_rps ?? null);
  const multiple = useEvaluation((state) => state.multiple);
  const nodes = useDesign((design) => design.nodes);
  const rows = useMemo(() => orderOf(breaks), [breaks]);
  const fixes = useNextFixes(rows);
  const ranges = useRangesAt(multiple);
  const columns = useMemo(() => columnsFor(nodes, multiple, fixes, ranges), [nodes, multiple, fixes, ranges]);
  if (loaded === null) return <EmptyState title="No result yet.">The first evaluation of this drawing is under way.</EmptyState>;
  if (loaded === 0) return <NoLoadYet />;
  if (rows.length === 0) return <EmptyState title="Nothing breaks below 100x." action={<Button onClick={showAssumed}>Show assumed values</Button>}>Check the assumed values; that is rarely true.</EmptyState>;
  return (
    <DataTable
      label="Breaking order"
      columns={columns}
      rows={rows}
      rowKey={(row) => `${row.node} ${row.resource}`}
      sorting={{ column: 'rank', descending: false }}
      minWidth={720}
      action={{
        run: (row) => useEvaluation.getState().set({ multiple: clampMultiple(row.multiple) }),
        pressed: (row) => Math.abs(clampMultiple(row.multiple) / multiple - 1) < 1e-6,
        describe: (row) => `${nodes[row.node]?.name ?? 'A removed part'}. Sets the load to ${formatMultiple(clampMultiple(row.multiple))}`,
      }}
    />
  );
}
