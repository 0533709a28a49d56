import { useMemo, type ReactElement } from 'react';
import type { JourneyResult } from '../../../../shared/contracts/evaluation.ts';
import { endsText, RANGED, ranged, rangeText, type Writing } from '../../../../shared/drawing/range-figures.ts';
import type { Ends, JourneyRanges, RangesResult } from '../../../../shared/contracts/uncertainty.ts';
import { formatAvailability, formatMoney, formatMs, formatQuantity, formatRate, NO_FIGURE } from '../../../../shared/lib/format.ts';
import type { Quantity } from '../../../../shared/model/quantity.ts';
import { stopPathEditing } from '../../document/path-editing.ts';
import { useSession } from '../../document/session.ts';
import { useDesign } from '../../document/workspace.ts';
import { useEvaluation } from '../../evaluation/evaluation-store.ts';
import { p99Sentence } from '../../evaluation/range-text.ts';
import { useRangesAt } from '../../evaluation/ranges-store.ts';
import { useDisagreements, type Disagreement } from '../../evaluation/simulation-text.ts';
import { DataTable, type Column } from '../../ui/DataTable.tsx';
import { designPx } from '../../ui/interface-size.ts';
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
            <svg style={{ width: designPx(8), height: designPx(7) }} viewBox="0 0 8 7" aria-hidden="true">
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

/** Least width of a column that shares what is left. */
const FREE = 124;
/** Width of a column that shows both ends of a range and nothing else. */
const WIDE = 144;
/** Width of a column whose figures are ranges. */
const RANGED_WIDTH = 232;
/** The same with what the simulation says: "over 96 ms, simulated 212 ms / 100 ms". */
const DOUBTED_WIDTH = 312;

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

/** What the simulation found of the journeys whose computed latency should not be trusted. */
type Doubts = ReadonlyMap<string, Disagreement>;

function p99Column(short: boolean, ranges: RangesResult | null, doubts: Doubts): Column<JourneyResult> {
  return {
    id: 'p99_ms', title: short ? 'p99' : 'p99 / target', numeric: true, width: short ? 92 : ranges === null && doubts.size === 0 ? 168 : doubts.size === 0 ? RANGED_WIDTH : DOUBTED_WIDTH, sort: (row) => valueOf(row.p99_ms),
    cell: (row) => {
      const range = ranges?.journeys[row.id];
      const doubt = doubts.get(row.id);
      const figure = formatQuantity(row.p99_ms, formatMs);
      const known = range && rangeText(range.p99_ms, RANGED.ms);
      const shown = known && short ? known.figure : ranged(range?.p99_ms, RANGED.ms, figure);
      return (
        <Tooltip content={doubt?.sentence ?? (range && ranges ? p99Sentence(range, ranges) : null)} side="top">
          <span>
            <AgainstTarget figure={doubt && !short ? `${figure}, ${doubt.figure}` : doubt ? `${figure}?` : shown} target={short ? '' : `/ ${formatMs(row.p99_target_ms)}`} missed={missesP99(row)} word={row.p99_ms.value === null ? '' : 'over'} />
          </span>
        </Tooltip>
      );
    },
  };
}

function columnsFor(nodes: Readonly<Record<string, { readonly name: string }>>, ranges: RangesResult | null, doubts: Doubts): readonly Column<JourneyResult>[] {
  const varies = Object.values(ranges?.journeys ?? {}).some(({ availability }) => rangeText(availability, RANGED.availability) !== null);
  const of = (row: JourneyResult): JourneyRanges | undefined => ranges?.journeys[row.id];
  const wide = (point: number, moves: (of: JourneyRanges) => Ends, style: Writing): number => (Object.values(ranges?.journeys ?? {}).some((journey) => rangeText(moves(journey), style) !== null) ? WIDE : point);
  const time = (id: 'p50_ms' | 'p95_ms', title: string): Column<JourneyResult> => ({ id, title, numeric: true, width: wide(76, (journey) => journey[id], RANGED.ms), sort: (row) => valueOf(row[id]), cell: (row) => (row[id].value === null ? NO_FIGURE : (endsText(of(row)?.[id], RANGED.ms) ?? formatMs(row[id].value))) });
  return [
    nameColumn(),
    { id: 'rate', title: 'Rate', numeric: true, width: wide(88, ({ rate_rps }) => rate_rps, RANGED.rate), sort: (row) => row.rate_rps, cell: (row) => endsText(of(row)?.rate_rps, RANGED.rate) ?? formatRate(row.rate_rps) },
    time('p50_ms', 'p50'),
    time('p95_ms', 'p95'),
    p99Column(false, ranges, doubts),
    {
      id: 'availability', title: 'Availability / target', numeric: true, width: varies ? RANGED_WIDTH : 180, sort: (row) => row.availability.value,
      cell: (row) => <AgainstTarget figure={ranged(ranges?.journeys[row.id]?.availability, RANGED.availability, formatQuantity(row.availability, formatAvailability))} target={`/ ${formatAvailability(row.availability_target)}`} missed={missesAvailability(row)} word="under" />,
    },
    { id: 'usd', title: '$/million', numeric: true, width: wide(72, ({ usd_per_million }) => usd_per_million, RANGED.money), sort: (row) => row.usd_per_million.value, cell: (row) => endsText(of(row)?.usd_per_million, RANGED.money) ?? formatQuantity(row.usd_per_million, formatMoney) },
    { id: 'dies', title: 'Dies if', width: '12%', cell: (row) => <Names ids={row.dies_if} nodes={nodes} /> },
  ];
}

function trace(row: JourneyResult): void {
  const { selectedJourney, set } = useSession.getState();
  if (selectedJourney !== row.id) stopPathEditing();
  set({ selectedJourney: selectedJourney === row.id ? null : row.id });
}

/** Beside an open journey there is room for names and what misses its target. */
const narrowColumns = (ranges: RangesResult | null, doubts: Doubts): readonly Column<JourneyResult>[] => [nameColumn(), p99Column(true, ranges, doubts)];

/** px that a table needs: its columns, with room for the name and for what the journey dies of. */
function widthOf(columns: readonly Column<JourneyResult>[]): number {
  return columns.reduce((sum, { width }) => sum + (typeof width === 'number' ? width : FREE), 0);
}

/** Every journey at the dial's load. A row traces its journey on the canvas and opens it; pressed again it closes. */
export function JourneyTable({ rows, narrow }: { readonly rows: readonly JourneyResult[]; readonly narrow: boolean }): ReactElement {
  const nodes = useDesign((design) => design.nodes);
  const selected = useSession((state) => state.selectedJourney);
  const ranges = useRangesAt(useEvaluation((state) => (state.current ?? state.base)?.multiple));
  const doubts = useDisagreements();
  const columns = useMemo(() => (narrow ? narrowColumns(ranges, doubts) : columnsFor(nodes, ranges, doubts)), [narrow, nodes, ranges, doubts]);
  return (
    <DataTable
      label="Journeys"
      columns={columns}
      rows={rows}
      rowKey={(row) => row.id}
      minWidth={narrow ? 200 : widthOf(columns)}
      action={{ run: trace, pressed: (row) => row.id === selected, describe: () => 'Traces it on the drawing and opens it' }}
    />
  );
}
