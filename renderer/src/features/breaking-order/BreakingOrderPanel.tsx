import { useMemo, type ReactElement } from 'react';
import type { BreakPoint } from '../../../../shared/contracts/evaluation.ts';
import { formatMultiple, formatRate } from '../../../../shared/lib/format.ts';
import { useSession } from '../../document/session.ts';
import { useDesign } from '../../document/workspace.ts';
import { useEvaluation } from '../../evaluation/evaluation-store.ts';
import { clampMultiple } from '../../evaluation/load-scale.ts';
import { RESOURCE_WORDS } from '../../evaluation/resource-words.ts';
import { NoLoadYet } from '../../forms/NoLoadYet.tsx';
import { useInspectorView } from '../../forms/view-state.ts';
import { Button } from '../../ui/Button.tsx';
import { DataTable, type Column } from '../../ui/DataTable.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { orderOf, type OrderedBreak } from './order.ts';
import styles from './BreakingOrderPanel.module.css';

function columnsFor(nodes: Readonly<Record<string, { readonly name: string }>>, multiple: number): readonly Column<OrderedBreak>[] {
  const name = (row: OrderedBreak): string => nodes[row.node]?.name ?? 'a removed part';
  return [
    { id: 'rank', title: '#', width: 56, sort: (row) => row.rank, cell: (row) => <span className={styles.figure}>{row.rank}</span> },
    { id: 'load', title: 'Load', numeric: true, width: 96, sort: (row) => row.multiple, cell: (row) => formatMultiple(row.multiple) },
    { id: 'rps', title: 'Rate', numeric: true, width: 104, sort: (row) => row.rps, cell: (row) => formatRate(row.rps) },
    { id: 'reached', title: 'State', width: 96, cell: (row) => (row.multiple <= multiple * (1 + 1e-9) ? <span className={styles.reached}>saturated</span> : 'holds') },
    { id: 'node', title: 'Component', sort: (row) => name(row).toLowerCase(), cell: name },
    { id: 'resource', title: 'Resource', sort: (row) => RESOURCE_WORDS[row.resource], cell: (row) => RESOURCE_WORDS[row.resource] },
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
  const columns = useMemo(() => columnsFor(nodes, multiple), [nodes, multiple]);
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
      minWidth={600}
      action={{
        run: (row) => useEvaluation.getState().set({ multiple: clampMultiple(row.multiple) }),
        pressed: (row) => Math.abs(clampMultiple(row.multiple) / multiple - 1) < 1e-6,
        describe: (row) => `${nodes[row.node]?.name ?? 'A removed part'}. Sets the load to ${formatMultiple(clampMultiple(row.multiple))}`,
      }}
    />
  );
}
