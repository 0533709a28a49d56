import { PATH_FORMS, workloadParams } from '../../../../shared/contracts/document-params.ts';
import { edgeParamsSchema } from '../../../../shared/contracts/edge-params.ts';
import { describeParams, type ParamField } from '../../../../shared/contracts/params.ts';
import type { Design, Journey } from '../../../../shared/model/design.ts';
import { pointOf } from '../../../../shared/model/quantity.ts';
import { isStageKey, STAGE_KEYS, STAGE_PLACES, type Stage } from '../../../../shared/model/stages.ts';
import { edgeName } from '../../document/edge-name.ts';
import { setDemand, setStep } from '../../document/edits/journeys.ts';
import { neutralSiblings, type PathFacts, type PathRow } from '../../document/journey-path.ts';
import { resolvePart } from '../../document/parts.ts';
import { useWorkspace } from '../../document/workspace.ts';
import { inSentence, type Bag, type Entry } from '../../forms/bags.ts';
import { effectiveValues, type Effective } from '../../forms/effective.ts';

const DEMANDS = new Map(describeParams(PATH_FORMS.demand).map((field) => [field.key, field]));
const STEPS = new Map(describeParams(PATH_FORMS.step).map((field) => [field.key, field]));
const EDGE_DEFAULTS: Readonly<Record<string, unknown>> = edgeParamsSchema.parse({});
const ANSWER_KB = workloadParams.parse({}).payload_out_kb;

const OF_CODE = ['cpu_ms', 'io_ms', 'cs2', 'queries'];
const OF_STORE = ['read_cpu_ms', 'write_cpu_ms', 'write_iops'];
const OF_STAGE: Readonly<Record<Stage, readonly string[]>> = { entry: ['cpu_ms', 'io_ms'], consumer: ['cpu_ms', 'io_ms'], read: ['cpu_ms'], write: ['cpu_ms', 'write_iops'] };

/** What a journey asks at one place of its way: a component, a stage or a connection. */
export interface WorkGroup {
  readonly id: string;
  readonly title: string;
  readonly entries: readonly Entry[];
  /** How many figures it states there. */
  readonly stated: number;
}

interface Place { readonly design: Design; readonly journey: Journey }

function entryOf(field: ParamField, bag: Bag, effective: Effective | undefined): Entry {
  // unset, it is the other's own figure and nobody's guess
  return { field: effective === undefined ? field : { ...field, provenance: 'D' }, bag, section: '', ...(effective === undefined ? {} : { effective }) };
}

function demandBag({ journey }: Place, at: string, where: string): Bag {
  return {
    subject: `${journey.name} ${where}`, count: 1, allowsRange: true,
    stored: (key) => journey.demands?.[at]?.[key],
    change: (field, next, recording) => useWorkspace.getState().commit(`Change ${inSentence(field.label)} of ${journey.name} ${where}`, (draft) => setDemand(draft, journey.id, at, field.key, next(draft.journeys[journey.id]?.demands?.[at]?.[field.key])), recording),
  };
}

/** Workers state the same of a task in seconds. */
const OF_TASK: Readonly<Record<string, string>> = { cpu_ms: 'task_cpu_s', io_ms: 'task_io_s' };

/** What a component takes by itself where a journey states nothing. */
function ownFigure(design: Design, id: string, key: string): Effective | undefined {
  const node = design.nodes[id];
  const component = resolvePart(node?.type ?? '')?.component;
  const field = [key, OF_TASK[key]].flatMap((wanted) => component?.fields.find((other) => other.key === wanted) ?? [])[0];
  if (!node || !component || !field) return undefined;
  const value = pointOf(node.params[field.key]) ?? field.default ?? effectiveValues(component, node.params).get(field.key)?.value;
  return typeof value === 'number' ? { value: field.key === key ? value : value * 1000, because: `what ${node.name} takes itself` } : undefined;
}

function demandGroup(place: Place, at: string, title: string, keys: readonly string[], where: string): WorkGroup {
  const bag = demandBag(place, at, where);
  const entries = keys.flatMap((key) => DEMANDS.get(key) ?? []).map((field) => entryOf(field, bag, isStageKey(at) ? undefined : ownFigure(place.design, at, field.key)));
  return { id: at, title, entries, stated: keys.filter((key) => bag.stored(key) !== undefined).length };
}

function stageGroups(place: Place): WorkGroup[] {
  return (Object.keys(STAGE_KEYS) as Stage[]).flatMap((stage) => {
    const at = STAGE_KEYS[stage];
    const words = STAGE_PLACES[stage];
    return place.journey.demands?.[at] === undefined ? [] : [demandGroup(place, at, `${words[0]?.toUpperCase() ?? ''}${words.slice(1)}, given`, OF_STAGE[stage], words)];
  });
}

function nodeGroup(place: Place, id: string): WorkGroup[] {
  const node = place.design.nodes[id];
  const keys = new Set(resolvePart(node?.type ?? '')?.component.fields.map(({ key }) => key));
  const shown = keys.has('read_cpu_ms') ? OF_STORE : keys.has('cpu_ms') || keys.has('task_cpu_s') ? OF_CODE : [];
  return node && shown.length > 0 ? [demandGroup(place, id, node.name, shown, `in ${node.name}`)] : [];
}

function stepGroup({ design, journey }: Place, row: PathRow, rows: readonly PathRow[], facts: PathFacts): WorkGroup[] {
  const edge = design.edges[row.edge];
  if (!edge) return [];
  const kind = facts.kind(edge);
  const name = edgeName(design, edge.id);
  const keys = kind === 'db' || kind === 'cache' ? ['queries', 'response_kb'] : ['response_kb'];
  const bag: Bag = {
    subject: `${name} in ${journey.name}`, count: 1, allowsRange: true,
    stored: (key) => row.step?.[key],
    change: (field, next, recording) => {
      const neutral = row.index < 0 ? neutralSiblings(design, journey, rows, row.edge, facts) : [];
      useWorkspace.getState().commit(`Change ${inSentence(field.label)} of ${name} in ${journey.name}`, (draft) => {
        const now = draft.journeys[journey.id]?.steps?.[row.index];
        setStep(draft, journey.id, row, { [field.key]: next(now?.[field.key]) }, neutral);
      }, recording);
    },
  };
  const effectiveOf = (key: string): Effective | undefined => {
    const value = pointOf(edge.params[key]) ?? EDGE_DEFAULTS[key] ?? (key === 'response_kb' ? pointOf(design.workload.payload_out_kb ?? ANSWER_KB) : undefined);
    return typeof value === 'number' ? { value, because: 'what the connection carries by itself' } : undefined;
  };
  const entries = keys.flatMap((key) => STEPS.get(key) ?? []).map((field) => entryOf(field, bag, effectiveOf(field.key)));
  return [{ id: `${edge.id} ${row.index}`, title: name, entries, stated: keys.filter((key) => row.step?.[key] !== undefined).length }];
}

/** Everything that a drawn journey asks on its way, in the order of its walk: stages first, then components, then connections. */
export function workGroups(design: Design, journey: Journey, rows: readonly PathRow[], facts: PathFacts): readonly WorkGroup[] {
  const place = { design, journey };
  const taken = rows.filter(({ included }) => included);
  const nodes = [...new Set([...taken.flatMap(({ edge }) => design.edges[edge]?.to ?? []), ...Object.keys(journey.demands ?? {}).filter((at) => design.nodes[at])])];
  return [...stageGroups(place), ...nodes.flatMap((id) => nodeGroup(place, id)), ...taken.flatMap((row) => stepGroup(place, row, rows, facts))];
}
