/** The ranges of a document, and the document with numbers in their place. */
import type { Catalog } from '../../contracts/catalog.ts';
import { DOCUMENT_FORMS, PATH_FORMS } from '../../contracts/document-params.ts';
import { erasedEdgeSchema } from '../../contracts/edge-params.ts';
import { describeParams, type ParamField } from '../../contracts/params.ts';
import type { UncertainInput } from '../../contracts/uncertainty.ts';
import { UNCERTAIN, type Design, type Journey, type Params } from '../../model/design.ts';
import { isRange } from '../../model/quantity.ts';
import { STAGE_KEYS, STAGE_PLACES, type Stage } from '../../model/stages.ts';
import { findComponent } from '../compile/nodes.ts';
import { compareText } from '../rules/order.ts';

type Fields = readonly ParamField[];

const EDGE: Fields = describeParams(erasedEdgeSchema);
const FORMS = { ...DOCUMENT_FORMS, ...PATH_FORMS };
const [WORKLOAD, JOURNEY, ENTITY, STEP, DEMAND] = (['workload', 'journey', 'entity', 'step', 'demand'] as const).map((part): Fields => describeParams(FORMS[part]).filter(({ key }) => UNCERTAIN[part].has(key))) as [Fields, Fields, Fields, Fields, Fields];

/** A label as it stands inside a sentence: "Hit ratio" becomes "hit ratio", "CPU time" stays. */
function inSentence(label: string): string {
  return /^[A-Z][a-z]/.test(label) ? `${label.slice(0, 1).toLowerCase()}${label.slice(1)}` : label;
}

function held(value: number, { min, max, integer }: ParamField): number {
  return Math.min(max ?? Infinity, Math.max(min ?? -Infinity, integer === true ? Math.round(value) : value));
}

type Target = UncertainInput['target'];

/** A thing with numbers. `place` tells the parts of one thing apart whatever their order; `after` stands behind the label. */
interface Owner { readonly kind: Target['kind']; readonly id?: string; readonly part?: Target['part']; readonly place?: string; readonly name: string; readonly after?: string; readonly stored: Readonly<Record<string, unknown>>; readonly fields: Fields }

/** Every stored number with its field and its path: members of a structured value as "autoscale.target". */
function* storedFields(stored: Readonly<Record<string, unknown>>, fields: Fields): Generator<readonly [path: string, field: ParamField, label: string, value: unknown]> {
  for (const [key, value] of Object.entries(stored)) {
    const field = typeof value === 'object' ? fields.find((known) => known.key === key) : undefined;
    if (field?.kind === 'number') yield [key, field, field.label, value];
    else if (field?.members && value !== null) {
      for (const [path, member, label, held] of storedFields(value as Readonly<Record<string, unknown>>, field.members)) yield [`${key}.${path}`, member, `${field.label} ${inSentence(label)}`, held];
    }
  }
}

function inputsOf({ kind, id, part, place, name, after = '', stored, fields }: Owner): UncertainInput[] {
  return [...storedFields(stored, fields)].flatMap(([param, field, label, value]): UncertainInput[] => {
    if (!isRange(value) || held(value.likely, field) !== value.likely) return [];
    const { likely } = value;
    const [low, high] = [Math.min(likely, held(value.low, field)), Math.max(likely, held(value.high, field))];
    return [{
      key: [kind, id ?? '', ...(place === undefined ? [] : [place]), param].join('\n'), target: { kind, ...(id === undefined ? {} : { id }), ...(part === undefined ? {} : { part }), param },
      label: `${name === '' ? label : `${name} ${inSentence(label)}`}${after}`, unit: field.unit ?? 'none', integer: field.integer === true,
      low, likely, high, provenance: value.provenance ?? null,
    }];
  });
}

/** Steps and demands of a journey: "Buy, api to db: queries per call", "Buy CPU per request in the first service". */
function partsOf({ id, name, steps = [], demands = {} }: Journey, { nodes, edges }: Design): Owner[] {
  const named = (node: string | undefined): string => nodes[node ?? '']?.name ?? node ?? '';
  const seen = new Map<string, number>();
  return [
    ...steps.map((step, at): Owner => {
      const before = seen.get(step.edge) ?? 0;
      seen.set(step.edge, before + 1);
      const edge = edges[step.edge];
      return { kind: 'journey', id, part: { of: 'steps', at: String(at) }, place: `steps\n${step.edge}\n${before}`, name: `${name}, ${edge ? `${named(edge.from)} to ${named(edge.to)}` : step.edge}:`, stored: step, fields: STEP };
    }),
    ...Object.entries(demands).map(([at, demand]): Owner => {
      const stage = (Object.keys(STAGE_KEYS) as Stage[]).find((each) => STAGE_KEYS[each] === at);
      return { kind: 'journey', id, part: { of: 'demands', at }, place: `demands\n${at}`, name, after: ` ${stage === undefined ? `in ${named(at)}` : STAGE_PLACES[stage]}`, stored: demand, fields: DEMAND };
    }),
  ];
}

/**
 * Every range that stands where a number is computed with, by key; its ends are held in the field's limits. One whose likely
 * value does not fit its field is none: the evaluation reports it and uses the default.
 */
export function uncertainInputs(design: Design, catalog: Catalog): readonly UncertainInput[] {
  const nameOf = (id: string): string => design.nodes[id]?.name ?? id;
  const owners: Owner[] = [
    { kind: 'workload', name: '', stored: design.workload, fields: WORKLOAD },
    ...Object.entries(design.journeys).map(([id, journey]): Owner => ({ kind: 'journey', id, name: journey.name, stored: journey, fields: JOURNEY })),
    ...Object.values(design.journeys).flatMap((journey) => partsOf(journey, design)),
    ...Object.entries(design.entities).map(([id, entity]): Owner => ({ kind: 'entity', id, name: entity.name, stored: entity, fields: ENTITY })),
    ...Object.entries(design.nodes).map(([id, node]): Owner => ({ kind: 'node', id, name: node.name, stored: node.params, fields: findComponent(catalog, node.type)?.fields ?? [] })),
    ...Object.entries(design.edges).map(([id, edge]): Owner => ({ kind: 'edge', id, name: `${nameOf(edge.from)} to ${nameOf(edge.to)}`, stored: edge.params, fields: EDGE })),
  ];
  return owners.flatMap(inputsOf).sort((a, b) => compareText(a.key, b.key));
}

/** The drawing with `values` in place of the ranges, in the order of the inputs. Whole numbers where a field asks for them. */
export function withValues(design: Design, inputs: readonly UncertainInput[], values: ArrayLike<number>): Design {
  if (inputs.length === 0) return design;
  const next = { ...design, workload: { ...design.workload }, nodes: { ...design.nodes }, edges: { ...design.edges }, journeys: { ...design.journeys }, entities: { ...design.entities } };
  inputs.forEach(({ target: { kind, id = '', part, param }, integer }, i) => {
    const value = integer ? Math.round(values[i] as number) : (values[i] as number);
    if (kind === 'workload') Object.assign(next.workload, { [param]: value });
    else if (kind === 'journey') setIn(next.journeys, id, (journey) => (part === undefined ? { ...journey, [param]: value } : withPart(journey, part, { [param]: value })));
    else if (kind === 'entity') setIn(next.entities, id, (entity) => ({ ...entity, [param]: value }));
    else if (kind === 'node') setIn(next.nodes, id, (node) => ({ ...node, params: withParam(node.params, param, value) }));
    else setIn(next.edges, id, (edge) => ({ ...edge, params: withParam(edge.params, param, value) }));
  });
  return next;
}

/** A journey with one number of a step or a demand set. */
function withPart(journey: Journey, { of, at }: NonNullable<Target['part']>, change: Readonly<Record<string, number>>): Journey {
  if (of === 'steps') return { ...journey, steps: (journey.steps ?? []).map((step, i) => (String(i) === at ? { ...step, ...change } : step)) };
  return { ...journey, demands: { ...journey.demands, [at]: { ...journey.demands?.[at], ...change } } };
}

/** Parameters with one number set, which may be a member of a structured value. */
function withParam(params: Params, path: string, value: number): Params {
  const [key = '', member] = path.split('.');
  return { ...params, [key]: member === undefined ? value : { ...(params[key] as Readonly<Record<string, unknown>>), [member]: value } };
}

function setIn<T>(record: Record<string, T>, id: string, change: (member: T) => T): void {
  const member = record[id];
  if (member !== undefined) record[id] = change(member);
}
