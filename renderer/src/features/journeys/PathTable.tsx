import { useMemo, type ReactElement } from 'react';
import { edgeParamsSchema, erasedEdgeSchema } from '../../../../shared/contracts/edge-params.ts';
import { describeParams, type ParamField } from '../../../../shared/contracts/params.ts';
import type { Design, DesignEdge, Journey, JourneyStep } from '../../../../shared/model/design.ts';
import { isRange, likely, type Range } from '../../../../shared/model/quantity.ts';
import { edgeName } from '../../document/edge-name.ts';
import { removeStep, reorderSteps, setStep } from '../../document/edits/journeys.ts';
import { neutralSiblings, neutralStep, pathFacts, pathOf, type PathFacts, type PathRow } from '../../document/journey-path.ts';
import { togglePathEdge } from '../../document/path-actions.ts';
import { useDesign, useWorkspace } from '../../document/workspace.ts';
import { useEvaluation } from '../../evaluation/evaluation-store.ts';
import { figureOf, measureOf, typedChange } from '../../forms/numbers.ts';
import { printValue } from '../../forms/units.ts';
import { classes } from '../../ui/classes.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { GLYPHS } from '../../ui/glyphs.ts';
import { IconButton } from '../../ui/IconButton.tsx';
import { NumberField } from '../../ui/NumberField.tsx';
import { Select } from '../../ui/Select.tsx';
import { Switch } from '../../ui/Switch.tsx';
import styles from './JourneysPanel.module.css';

const FIELDS: ReadonlyMap<string, ParamField> = new Map(describeParams(erasedEdgeSchema).map((field) => [field.key, field]));
const DEFAULTS = edgeParamsSchema.parse({});
const EARLIER = 'M6 12l4-4 4 4';

/** A journey as its table needs it. */
interface Editing { readonly design: Design; readonly journey: Journey; readonly facts: PathFacts; readonly rows: readonly PathRow[] }
interface RowProps extends Editing { readonly row: PathRow; readonly edge: DesignEdge; readonly name: string }

type Overrides = Readonly<Partial<Omit<JourneyStep, 'edge'>>>;

function change({ design, journey, facts, rows, row, name }: RowProps, overrides: Overrides, what: string): void {
  const neutral = row.index < 0 ? neutralSiblings(design, journey, rows, row.edge, facts) : [];
  useWorkspace.getState().commit(`Change ${what} of ${name} in ${journey.name}`, (draft) => setStep(draft, journey.id, row, overrides, neutral));
}

function figure(stored: unknown): number | null {
  return typeof stored === 'number' ? stored : isRange(stored) ? stored.likely : null;
}

/** Both ends of a range as its field writes them. */
function endsOf({ low, high }: Range, field: ParamField): string {
  const [from, to] = [low, high].map((end) => printValue(end, measureOf(field)));
  return `${from?.text ?? ''} to ${to?.text ?? ''}${to?.unit === '' ? '' : ` ${to?.unit ?? ''}`}`;
}

/** Calls or probability: the override, or what the drawing says of the connection. */
function FigureCell({ of, label, ...props }: RowProps & { readonly of: 'calls' | 'probability'; readonly label: string }): ReactElement | null {
  const field = FIELDS.get(of);
  if (!field) return null;
  const own = props.row.step?.[of];
  const value = likely(own ?? figure(props.edge.params[of]) ?? DEFAULTS[of]);
  const shown = printValue(value, measureOf(field));
  const commit = (text: string): string | null => {
    const typed = typedChange(text, { field, many: false, allowsRange: true, shown: value });
    if (!typed.ok) return typed.error;
    const next = typed.value(value);
    change(props, { [of]: isRange(next) ? next : (figureOf(next, field) ?? undefined) }, label.toLowerCase());
    return null;
  };
  const range = isRange(own) ? own : null;
  return (
    <>
      <NumberField className={classes(styles.figure, of === 'calls' && styles.calls)} label={`${label}, ${props.name}`} text={shown.text} unit={shown.unit} valueNow={value} min={field.min} max={field.max} yours={own !== undefined} onCommit={commit} />
      {range !== null && <span className={styles.ends}>{endsOf(range, field)}</span>}
    </>
  );
}

/** The letter of a group that nobody uses yet. */
function nextGroup(groups: readonly string[]): string {
  const letter = 'abcdefghijklmnopqrstuvwxyz'.split('').find((each) => !groups.includes(`par:${each}`)) ?? String(groups.length + 1);
  return `par:${letter}`;
}

function orderOf(row: PathRow, edge: DesignEdge | undefined): string {
  const stated = edge?.params['order'];
  return row.step?.order ?? (typeof stated === 'string' && stated !== '' ? stated : DEFAULTS.order);
}

/** One after another, or together with the other calls of a group. */
function OrderCell(props: RowProps): ReactElement {
  const { design, rows, row, edge, name } = props;
  const groups = [...new Set(rows.map((each) => orderOf(each, design.edges[each.edge])))].filter((order) => order.startsWith('par')).sort();
  const value = orderOf(row, edge);
  const options = [{ value: 'seq', label: 'In turn' }, ...[...groups, nextGroup(groups)].map((group) => ({ value: group, label: `At once ${group.slice(4)}`.trim() }))];
  const all = options.some((option) => option.value === value) ? options : [...options, { value, label: value }];
  return <Select className={styles.order} label={`Order, ${name}`} labelHidden value={value} options={all} onChange={(order) => change(props, { order }, 'order')} />;
}

const BRANCHES = [{ value: 'auto', label: 'Both' }, { value: 'read', label: 'Reads' }, { value: 'write', label: 'Writes' }] as const;

/** On which branch of a mixed journey it runs. */
function BranchCell(props: RowProps): ReactElement {
  const { design, journey, facts, row, edge, name } = props;
  const stated = edge.params['op'];
  const drawn = stated === 'read' || stated === 'write' ? stated : 'auto';
  const value = row.step ? (row.step.op ?? drawn) : (neutralStep(design, journey, row.edge, facts).op ?? drawn);
  return <Select className={styles.branch} label={`Branch, ${name}`} labelHidden value={value} options={BRANCHES} onChange={(op) => change(props, { op }, 'branch')} />;
}

const CRITICALITY = [{ value: 'hard', label: 'Fails' }, { value: 'soft', label: 'Goes on' }] as const;

function CriticalityCell(props: RowProps): ReactElement {
  const stated = props.edge.params['criticality'];
  const value = props.row.step?.criticality ?? (stated === 'soft' ? 'soft' : 'hard');
  return <Select className={styles.choice} label={`When it fails, ${props.name}`} labelHidden value={value} options={CRITICALITY} onChange={(criticality) => change(props, { criticality }, 'criticality')} />;
}

/** What this journey says beside "take it": such a step can be given back to the drawing. */
function overrides(step: JourneyStep | null): boolean {
  return step !== null && Object.keys(step).some((key) => key !== 'edge' && key !== 'calls') || likely(step?.calls ?? 0) > 0;
}

/** Earlier and later among the connections that leave the same component, and back to the drawing's values. */
function MoveCell({ design, journey, facts, rows, row, name }: RowProps): ReactElement {
  const siblings = neutralSiblings(design, journey, rows, row.edge, facts);
  const at = siblings.findIndex((step) => step.edge === row.edge);
  const move = (by: 1 | -1): void => {
    const order = [...siblings];
    const [own] = order.splice(at, 1);
    if (own) order.splice(at + by, 0, own);
    useWorkspace.getState().commit(`Reorder ${journey.name}`, (draft) => reorderSteps(draft, journey.id, order));
  };
  const reset = (): void => void useWorkspace.getState().commit(`Reset ${name} in ${journey.name}`, (draft) => removeStep(draft, journey.id, row.index, neutralStep(design, journey, row.edge, facts)));
  const alone = 'Nothing else leaves this component on the way.';
  return (
    <span className={styles.moves}>
      <IconButton label={`Earlier, ${name}`} icon={EARLIER} disabledReason={siblings.length < 2 ? alone : at <= 0 ? 'It is the first.' : null} onClick={() => move(-1)} />
      <IconButton label={`Later, ${name}`} icon={GLYPHS.chevronDown} disabledReason={siblings.length < 2 ? alone : at < 0 || at === siblings.length - 1 ? 'It is the last.' : null} onClick={() => move(1)} />
      <IconButton label={`Reset, ${name}`} icon={GLYPHS.reset} disabledReason={overrides(row.step) ? null : 'It is as drawn.'} onClick={reset} />
    </span>
  );
}

function StepRow(props: RowProps): ReactElement {
  const { row, journey, name } = props;
  const start = row.edge === journey.entry;
  return (
    <tr data-out={!row.included || undefined}>
      <td className={styles.number}>{row.number ?? ''}</td>
      <th scope="row" className={styles.connection}>{name}</th>
      <td><Switch label={`Include ${name}`} checked={row.included} disabled={start} onChange={() => togglePathEdge(journey.id, row.edge)} /></td>
      {row.included ? (
        <>
          <td><FigureCell {...props} of="calls" label="Calls" /></td>
          <td><FigureCell {...props} of="probability" label="Probability" /></td>
          <td><OrderCell {...props} /></td>
          <td><BranchCell {...props} /></td>
          <td><CriticalityCell {...props} /></td>
          <td><MoveCell {...props} /></td>
        </>
      ) : (
        <td colSpan={6} className={styles.left}>Left out</td>
      )}
    </tr>
  );
}

const HEADS = ['#', 'Connection', 'Taken', 'Calls', 'Probability', 'Order', 'Branch', 'On failure', 'Move'] as const;

function Table({ editing }: { readonly editing: Editing }): ReactElement {
  const { design, rows } = editing;
  return (
    <table className={styles.path} aria-label="Path">
      <thead><tr>{HEADS.map((head) => <th key={head} scope="col">{head}</th>)}</tr></thead>
      <tbody>
        {rows.map((row) => {
          const edge = design.edges[row.edge];
          return edge && <StepRow key={`${row.edge} ${row.index < 0 || row.step?.push !== true ? '' : row.index}`} {...editing} row={row} edge={edge} name={edgeName(design, row.edge)} />;
        })}
      </tbody>
    </table>
  );
}

/** The way of a derived journey: what it travels. */
function DerivedPath({ id }: { readonly id: string }): ReactElement {
  const design = useDesign((current) => current);
  const edges = useEvaluation((state) => state.base?.journeys[id]?.edges);
  return <ol className={styles.plain}>{(edges ?? []).map((edge) => <li key={edge}>{edgeName(design, edge)}</li>)}</ol>;
}

/** The connections of a journey in order: which are taken, how often, when, and what if they fail. */
export function PathTable({ id, journey }: { readonly id: string; readonly journey: Journey | undefined }): ReactElement {
  const design = useDesign((current) => current);
  const evaluation = useEvaluation((state) => state.base);
  const editing = useMemo((): Editing | null => {
    if (!journey) return null;
    const facts = pathFacts(evaluation, journey.id);
    return { design, journey, facts, rows: pathOf(design, journey, facts) };
  }, [design, journey, evaluation]);
  if (editing === null) return <DerivedPath id={id} />;
  if (editing.rows.length === 0) return <EmptyState title="No way.">Nothing leaves the place where this journey starts.</EmptyState>;
  return <Table editing={editing} />;
}
