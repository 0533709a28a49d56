import { useEffect, useMemo, type ReactElement } from 'react';
import type { CutUnit } from '../../../../shared/contracts/evaluation.ts';
import { formatDuration, formatNumber } from '../../../../shared/lib/format.ts';
import type { Design } from '../../../../shared/model/design.ts';
import { useDesign } from '../../document/workspace.ts';
import { askCutSets, forgetCutSets, isOf, selectCut, useCutSets, type RankedCut } from '../../evaluation/cut-sets.ts';
import { useEvaluation } from '../../evaluation/evaluation-store.ts';
import { Button } from '../../ui/Button.tsx';
import { DataTable, type Column } from '../../ui/DataTable.tsx';
import styles from './JourneysPanel.module.css';

const SECONDS_PER_YEAR = 365 * 86_400;
/** Figures of a probability that is a product of assumptions: two, as of all unavailability (evaluation 10). */
const DIGITS = 2;

const KINDS: Readonly<Record<CutUnit['kind'], string>> = { node: '', instance: 'one instance of ', zone: 'zone ', region: 'region ', cluster: 'cluster ' };

/** A place that nobody drew: zones are counted in their region, `z1` to `z3`. */
function undrawn({ kind, id }: CutUnit): string {
  if (kind === 'zone') return `zone ${id.replace(/^.*z(?=\d+$)/, '')}`;
  return kind === 'region' ? 'the region' : 'a removed part';
}

/** What is lost, in words: "one instance of API", "zone a". */
function unitText(unit: CutUnit, { nodes, boundaries }: Design): string {
  const { kind, id } = unit;
  const name = nodes[id]?.name ?? boundaries[id]?.name;
  if (name === undefined) return undrawn(unit);
  return KINDS[kind] !== '' && name.toLowerCase().startsWith(KINDS[kind]) ? name : `${KINDS[kind]}${name}`;
}

/** Everything of a set, "two instances of API" for two of one kind. */
function cutText({ members, units }: RankedCut, design: Design): string {
  const lost = units ?? members.map((id): CutUnit => ({ kind: 'node', id }));
  const [first, second] = lost;
  if (first?.kind === 'instance' && second?.kind === 'instance' && first.id === second.id) return `Two instances of ${design.nodes[first.id]?.name ?? 'a removed part'}`;
  const text = lost.map((unit) => unitText(unit, design)).join(' and ');
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;
}

function columnsFor(design: Design): readonly Column<RankedCut>[] {
  return [
    { id: 'rank', title: '#', width: 56, sort: (row) => row.rank, cell: (row) => row.rank },
    { id: 'lost', title: 'Lost together', cell: (row) => <span className="truncate">{cutText(row, design)}</span> },
    { id: 'order', title: 'Order', numeric: true, width: 72, sort: (row) => row.members.length, cell: (row) => row.members.length },
    { id: 'year', title: 'Down a year', numeric: true, width: 112, sort: (row) => row.probability, cell: (row) => formatDuration(Number((row.probability * SECONDS_PER_YEAR).toPrecision(DIGITS))) },
    { id: 'probability', title: 'Probability', numeric: true, width: 112, sort: (row) => row.probability, cell: (row) => `1 in ${formatNumber(1 / row.probability, DIGITS)}` },
  ];
}

function Sets({ design, sets }: { readonly design: Design; readonly sets: readonly RankedCut[] }): ReactElement {
  const selected = useCutSets((state) => state.selected);
  const columns = useMemo(() => columnsFor(design), [design]);
  if (sets.length === 0) return <p className={styles.words}>Nothing ends this journey alone, and no pair does.</p>;
  return (
    <div role="presentation" onKeyDown={(event) => event.key === 'Escape' && selectCut(null)}>
      <DataTable
        label="Cut sets"
        columns={columns}
        rows={sets}
        rowKey={(row) => String(row.rank)}
        sorting={{ column: 'rank', descending: false }}
        minWidth={480}
        action={{ run: (row) => selectCut(row === selected ? null : row), pressed: (row) => row === selected, describe: () => 'Brackets what is lost on the drawing' }}
      />
    </div>
  );
}

/** What ends a journey: on request, with progress, a way to stop and what to do after a failure. */
export function CutSets({ journey }: { readonly journey: string }): ReactElement {
  const design = useDesign((current) => current);
  const multiple = useEvaluation((state) => state.multiple);
  const { of, share, error, sets } = useCutSets();
  const question = { design, multiple, journey };
  const fits = isOf(of, question);
  useEffect(() => forgetCutSets, []);
  useEffect(() => {
    // what was found for another state says nothing about this one
    if (useCutSets.getState().of !== null && !isOf(useCutSets.getState().of, { design, multiple, journey })) forgetCutSets();
  }, [design, multiple, journey]);
  if (fits && sets !== null) return <Sets design={design} sets={sets} />;
  const computing = fits && share !== null;
  return (
    <div className={styles.ask}>
      {fits && error !== null
        ? <p className={styles.failed} role="alert">{error}</p>
        : <p>{computing ? `Looking for cut sets: ${Math.round(share * 100)} %` : 'What ends this journey when it is lost, alone or together with one other: components, single instances, zones, regions and clusters.'}</p>}
      {computing ? <Button onClick={forgetCutSets}>Cancel</Button> : <Button onClick={() => askCutSets(question)}>{fits && error !== null ? 'Try again' : 'Find cut sets'}</Button>}
    </div>
  );
}
