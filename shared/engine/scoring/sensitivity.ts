/**
 * "What moves this most": every field that an axis is explained with is changed by 10 % up and down, and the drawing is
 * evaluated again. On demand only: it costs two evaluations for each field.
 */
import type { Catalog } from '../../contracts/catalog.ts';
import { workloadParams } from '../../contracts/document-params.ts';
import type { Axis, Explanation } from '../../contracts/evaluation.ts';
import type { ParamField } from '../../contracts/params.ts';
import type { Design } from '../../model/design.ts';
import { compileDesign } from '../compile/compile.ts';
import { runToScores } from '../pipeline.ts';
import { draftAxis } from './score-axes.ts';
import { explainDraft } from './trees/explain-axes.ts';
import type { TreeInputs } from './trees/inputs.ts';

type Target = NonNullable<Explanation['target']>;

/** One field and what 10 % of it does to an axis, in points before penalties. */
export interface Sensitivity {
  readonly target: Target;
  readonly param: string;
  readonly label: string;
  /** The present value and the two that were tried; whole numbers move by at least one. */
  readonly value: number;
  readonly tried: { readonly down: number; readonly up: number };
  /** Change of the score for each of the two. */
  readonly down: number;
  readonly up: number;
  /** The larger of the two changes, with its sign. */
  readonly effect: number;
}

const STEP = 0.1;
const SHOWN = 3;
/** Fields that are tried at most: those nearest to the score first. */
const MOST = 80;
/** Below this many points a change is rounding. */
const NOTHING = 1e-6;
/** Goals are not levers: moving a target changes no design. */
const GOALS: ReadonlySet<string> = new Set(['growth_target', 'growth_months', 'p99_target_ms', 'availability_target', 'done_target_s', 'done_quantile', 'done_availability_target', 'budget_usd_month', 'obi_budget', 'importance', 'bound_s']);

interface Candidate { readonly target: Target; readonly param: string; readonly label: string; readonly value: number; readonly field: ParamField | undefined }

/** Leaves with a number and a field, breadth first, so that what is nearest to the score comes first. */
function leavesOf(root: Explanation): { target: Target; label: string; value: number }[] {
  const found: { target: Target; label: string; value: number }[] = [];
  for (let level: readonly Explanation[] = [root]; level.length > 0; level = level.flatMap((part) => part.inputs ?? [])) {
    for (const { target, label, value } of level) if (target?.param !== undefined && value.value !== null) found.push({ target, label, value: value.value });
  }
  return found;
}

function loadLeaves(inputs: TreeInputs): Explanation[] {
  const { compiled, fields } = inputs;
  const values: Readonly<Record<string, unknown>> = compiled.workload;
  const workload = Object.keys(workloadParams.shape).map((key) => fields.document('workload', key, values[key], compiled.graph.design.workload));
  return [...workload, ...compiled.journeys.filter(({ derived }) => !derived).map((view) => fields.document('journey', 'rate_rps', view.rate_rps, view.journey, view.id))];
}

function candidatesOf(inputs: TreeInputs, explanation: Explanation): Candidate[] {
  const seen = new Set<string>();
  const { nodeById, design } = inputs.compiled.graph;
  const leaves = [...leavesOf(explanation), ...loadLeaves(inputs).flatMap(leavesOf)];
  return leaves.flatMap(({ target, label, value }): Candidate[] => {
    const param = target.param ?? '';
    const key = `${target.kind}\n${target.id ?? ''}\n${param}`;
    const settable = target.kind !== 'journey' || Object.hasOwn(design.journeys, target.id ?? '');
    if (seen.has(key) || GOALS.has(param) || !settable || !(value > 0)) return [];
    seen.add(key);
    const view = target.id === undefined ? undefined : nodeById.get(target.id);
    const field = inputs.fields.fieldOf(target, view);
    return field?.kind === 'number' ? [{ target, param, label: view ? `${view.node.name}: ${label}` : label, value, field }] : [];
  }).slice(0, MOST);
}

function moved({ field, value }: Candidate, direction: 1 | -1): number {
  const change = field?.integer ? Math.max(1, Math.round(value * STEP)) : value * STEP;
  return Math.min(field?.max ?? Infinity, Math.max(field?.min ?? -Infinity, value + direction * change));
}

function replaced<T extends object>(record: Readonly<Record<string, T>>, id: string, change: (member: T) => T): Record<string, T> {
  const member = record[id];
  return member ? { ...record, [id]: change(member) } : { ...record };
}

/** The drawing with one field set. */
function withValue(design: Design, { target, param }: Candidate, value: number): Design {
  const id = target.id ?? '';
  switch (target.kind) {
    case 'node': return { ...design, nodes: replaced(design.nodes, id, (node) => ({ ...node, params: { ...node.params, [param]: value } })) };
    case 'edge': return { ...design, edges: replaced(design.edges, id, (edge) => ({ ...edge, params: { ...edge.params, [param]: value } })) };
    case 'journey': return { ...design, journeys: replaced(design.journeys, id, (journey) => ({ ...journey, [param]: value })) };
    case 'entity': return { ...design, entities: replaced(design.entities, id, (entity) => ({ ...entity, [param]: value })) };
    case 'workload': return { ...design, workload: { ...design.workload, [param]: value } };
    case 'targets': return { ...design, targets: { ...design.targets, [param]: value } };
    case 'settings': return { ...design, settings: { ...design.settings, [param]: value } };
  }
}

function scoreWith(design: Design, catalog: Catalog, axis: Axis, multiple: number): number | null {
  return draftAxis(axis, runToScores(compileDesign(design, catalog), multiple, catalog)).score.value;
}

/** The three fields that move an axis most, largest first; none when the axis has no score or nothing moves it. */
export function explainSensitivity(design: Design, catalog: Catalog, axis: Axis, { multiple = 1 }: { readonly multiple?: number } = {}): Sensitivity[] {
  const inputs = runToScores(compileDesign(design, catalog), multiple, catalog);
  const base = draftAxis(axis, inputs).score.value;
  if (base === null) return [];
  const found = candidatesOf(inputs, explainDraft(axis, inputs)).map((candidate): Sensitivity => {
    const tried = { down: moved(candidate, -1), up: moved(candidate, 1) };
    const change = (value: number): number => (value === candidate.value ? 0 : (scoreWith(withValue(design, candidate, value), catalog, axis, multiple) ?? base) - base);
    const [down, up] = [change(tried.down), change(tried.up)];
    const { target, param, label, value } = candidate;
    return { target, param, label, value, tried, down, up, effect: Math.abs(up) >= Math.abs(down) ? up : down };
  });
  return found.filter(({ effect }) => Math.abs(effect) > NOTHING).sort((a, b) => Math.abs(b.effect) - Math.abs(a.effect)).slice(0, SHOWN);
}
