import { useMemo, type ReactElement } from 'react';
import type { JourneyResult } from '../../../../shared/contracts/evaluation.ts';
import type { RangesResult } from '../../../../shared/contracts/uncertainty.ts';
import { formatAvailability, formatMoney, formatMs, formatQuantity, formatRate, NO_FIGURE } from '../../../../shared/lib/format.ts';
import type { Quantity } from '../../../../shared/model/quantity.ts';
import { stopPathEditing } from '../../document/path-editing.ts';
import { useSession } from '../../document/session.ts';
import { useDesign } from '../../document/workspace.ts';
import { useEvaluation } from '../../evaluation/evaluation-store.ts';
import { p99Sentence, RANGED, ranged, rangeText } from '../../evaluation/range-text.ts';
import { useRangesAt } from '../../evaluation/ranges-store.ts';
import { DataTable, type Column } from '../../ui/DataTable.tsx';
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
      {target !== '' && <span className={styles.target}>{target}</span>}
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

/** Width of a column whose figures are ranges. */
const RANGED_WIDTH = 232;

const valueOf = (quantity: Quantity): number | null => quantity.value ?? (quantity.state === 'saturated' ? Number.MAX_VALUE : null);

function nameColumn(): Column<JourneyResult> {
  return {
    id: 'name', title: 'Journey', sort: (row) => row.name.toLowerCase(),
    cell: (row) => (
      <Tooltip content={row.name} side="top">
        <span className={styles.name}>
          <span className="truncate">{row.name}</span>
          {row.derived && <span className={styles.derived}>derived</span>}
        </span>
      </Tooltip>
    ),
  };
}

function p99Column(short: boolean, ranges: RangesResult | null): Column<JourneyResult> {
  return {
    id: 'p99_ms', title: short ? 'p99' : 'p99 / target', numeric: true, width: short ? 92 : ranges === null ? 168 : RANGED_WIDTH, sort: (row) => valueOf(row.p99_ms),
    cell: (row) => {
      const range = short ? undefined : ranges?.journeys[row.id];
      const figure = formatQuantity(row.p99_ms, formatMs);
      return (
        <Tooltip content={range && ranges ? p99Sentence(range, ranges) : null} side="top">
          <span>
            <AgainstTarget figure={ranged(range?.p99_ms, RANGED.ms, figure)} target={short ? '' : `/ ${formatMs(row.p99_target_ms)}`} missed={missesP99(row)} word={row.p99_ms.value === null ? '' : 'over'} />
          </span>
        </Tooltip>
      );
    },
  };
}

function columnsFor(nodes: Readonly<Record<string, { readonly name: string }>>, ranges: RangesResult | null): readonly Column<JourneyResult>[] {
  const varies = Object.values(ranges?.journeys ?? {}).some(({ availability }) => rangeText(availability, RANGED.availability) !== null);
  const time = (id: 'p50_ms' | 'p95_ms', title: string): Column<JourneyResult> => ({ id, title, numeric: true, width: 76, sort: (row) => valueOf(row[id]), cell: (row) => (row[id].value === null ? NO_FIGURE : formatMs(row[id].value)) });
  return [
    nameColumn(),
    { id: 'rate', title: 'Rate', numeric: true, width: 88, sort: (row) => row.rate_rps, cell: (row) => formatRate(row.rate_rps) },
    time('p50_ms', 'p50'),
    time('p95_ms', 'p95'),
    p99Column(false, ranges),
    {
      id: 'availability', title: 'Availability / target', numeric: true, width: varies ? RANGED_WIDTH : 180, sort: (row) => row.availability.value,
      cell: (row) => <AgainstTarget figure={ranged(ranges?.journeys[row.id]?.availability, RANGED.availability, formatQuantity(row.availability, formatAvailability))} target={`/ ${formatAvailability(row.availability_target)}`} missed={missesAvailability(row)} word="under" />,
    },
    { id: 'usd', title: '$/million', numeric: true, width: 72, sort: (row) => row.usd_per_million.value, cell: (row) => formatQuantity(row.usd_per_million, formatMoney) },
    { id: 'dies', title: 'Dies if', width: '12%', cell: (row) => <Names ids={row.dies_if} nodes={nodes} /> },
  ];
}

function trace(row: JourneyResult): void {
  const { selectedJourney, set } = useSession.getState();
  if (selectedJourney !== row.id) stopPathEditing();
  set({ selectedJourney: selectedJourney === row.id ? null : row.id });
}

/** Beside an open journey there is room for names and what misses its target. */
const NARROW: readonly Column<JourneyResult>[] = [nameColumn(), p99Column(true, null)];

/** Every journey at the dial's load. A row traces its journey on the canvas and opens it; pressed again it closes. */
export function JourneyTable({ rows, narrow }: { readonly rows: readonly JourneyResult[]; readonly narrow: boolean }): ReactElement {
  const nodes = useDesign((design) => design.nodes);
  const selected = useSession((state) => state.selectedJourney);
  const ranges = useRangesAt(useEvaluation((state) => (state.current ?? state.base)?.multiple));
  const wide = useMemo(() => columnsFor(nodes, ranges), [nodes, ranges]);
  return (
    <DataTable
      label="Journeys"
      columns={narrow ? NARROW : wide}
      rows={rows}
      rowKey={(row) => row.id}
      minWidth={narrow ? 200 : ranges === null ? 856 : 976}
      action={{ run: trace, pressed: (row) => row.id === selected, describe: () => 'Traces it on the drawing and opens it' }}
    />
  );
}
