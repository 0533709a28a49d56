import { useMemo, type ReactElement } from 'react';
import type { JourneyResult } from '../../../../shared/contracts/evaluation.ts';
import { formatAvailability, formatMoney, formatMs, formatQuantity, formatRate, NO_FIGURE } from '../../../../shared/lib/format.ts';
import type { Quantity } from '../../../../shared/model/quantity.ts';
import { useSession } from '../../document/session.ts';
import { useDesign } from '../../document/workspace.ts';
import { useEvaluation } from '../../evaluation/evaluation-store.ts';
import { DataTable, type Column } from '../../ui/DataTable.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Tooltip } from '../../ui/Tooltip.tsx';
import styles from './JourneysPanel.module.css';
import { missesAvailability, missesP99 } from './targets.ts';

/** A figure with its target behind it; a miss has a mark and a word. */
function AgainstTarget({ figure, target, missed, word }: { readonly figure: string; readonly target: string; readonly missed: boolean; readonly word: string }): ReactElement {
  return (
    <span className={styles.against}>
      <span className={styles.miss}>
        {missed && (
          <>
            <svg width={8} height={7} viewBox="0 0 8 7" aria-hidden="true">
              <path d={word !== 'under' ? 'M4 0l4 7H0z' : 'M4 7l4-7H0z'} />
            </svg>
            {word}
          </>
        )}
      </span>
      <span>{figure}</span>
      <span className={styles.target}>{target}</span>
    </span>
  );
}

/** Names of components, the first one in full. */
function Names({ ids, nodes }: { readonly ids: readonly string[]; readonly nodes: Readonly<Record<string, { readonly name: string }>> }): ReactElement {
  const names = ids.map((id) => nodes[id]?.name ?? 'a removed part');
  const [first, ...rest] = names;
  if (first === undefined) return <>{NO_FIGURE}</>;
  return (
    <Tooltip content={rest.length > 0 ? names.join(', ') : null} side="top">
      <span className={styles.names}>
        <span className="truncate">{first}</span>
        {rest.length > 0 && <span className={styles.more}>{`+${rest.length}`}</span>}
      </span>
    </Tooltip>
  );
}

const valueOf = (quantity: Quantity): number | null => quantity.value ?? (quantity.state === 'saturated' ? Number.MAX_VALUE : null);

function columnsFor(nodes: Readonly<Record<string, { readonly name: string }>>): readonly Column<JourneyResult>[] {
  const time = (id: 'p50_ms' | 'p95_ms', title: string): Column<JourneyResult> => ({ id, title, numeric: true, width: 66, sort: (row) => valueOf(row[id]), cell: (row) => (row[id].value === null ? NO_FIGURE : formatMs(row[id].value)) });
  return [
    { id: 'name', title: 'Journey', sort: (row) => row.name.toLowerCase(), cell: (row) => <Tooltip content={row.name} side="top"><span>{row.name}</span></Tooltip> },
    { id: 'rate', title: 'Rate', numeric: true, width: 80, sort: (row) => row.rate_rps, cell: (row) => formatRate(row.rate_rps) },
    time('p50_ms', 'p50'),
    time('p95_ms', 'p95'),
    {
      id: 'p99_ms', title: 'p99 / target', numeric: true, width: 170, sort: (row) => valueOf(row.p99_ms),
      cell: (row) => <AgainstTarget figure={formatQuantity(row.p99_ms, formatMs)} target={`/ ${formatMs(row.p99_target_ms)}`} missed={missesP99(row)} word={row.p99_ms.value === null ? '' : 'over'} />,
    },
    {
      id: 'availability', title: 'Availability / target', numeric: true, width: 184, sort: (row) => row.availability.value,
      cell: (row) => <AgainstTarget figure={formatQuantity(row.availability, formatAvailability)} target={`/ ${formatAvailability(row.availability_target)}`} missed={missesAvailability(row)} word="under" />,
    },
    { id: 'usd', title: '$/million', numeric: true, width: 78, sort: (row) => row.usd_per_million.value, cell: (row) => formatQuantity(row.usd_per_million, formatMoney) },
    { id: 'dies', title: 'Dies if', cell: (row) => <Names ids={row.dies_if} nodes={nodes} /> },
  ];
}

function trace(row: JourneyResult): void {
  const { selectedJourney, set } = useSession.getState();
  set({ selectedJourney: selectedJourney === row.id ? null : row.id });
}

/** Every journey at the dial's load: rate, times and availability against their targets, price, and what ends it. A row traces it on the canvas. */
export function JourneysPanel(): ReactElement {
  const evaluation = useEvaluation((state) => state.current ?? state.base);
  const nodes = useDesign((design) => design.nodes);
  const selected = useSession((state) => state.selectedJourney);
  const columns = useMemo(() => columnsFor(nodes), [nodes]);
  const rows = useMemo(() => Object.values(evaluation?.journeys ?? {}), [evaluation]);
  if (evaluation === null) return <EmptyState title="No result yet.">The first evaluation of this drawing is under way.</EmptyState>;
  if (rows.length === 0) return <EmptyState title="No journeys.">Each arrow that leaves a client counts as one until you name your own.</EmptyState>;
  return (
    <DataTable
      label="Journeys"
      columns={columns}
      rows={rows}
      rowKey={(row) => row.id}
      minWidth={800}
      action={{ run: trace, pressed: (row) => row.id === selected, describe: () => 'Traces it on the drawing' }}
    />
  );
}
