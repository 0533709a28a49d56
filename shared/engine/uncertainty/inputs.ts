/** The ranges of a document, and the document with numbers in their place. */
import type { Catalog } from '../../contracts/catalog.ts';
import { DOCUMENT_FORMS } from '../../contracts/document-params.ts';
import { erasedEdgeSchema } from '../../contracts/edge-params.ts';
import { describeParams, type ParamField } from '../../contracts/params.ts';
import type { UncertainInput } from '../../contracts/uncertainty.ts';
import { UNCERTAIN, type Design, type Params } from '../../model/design.ts';
import { isRange } from '../../model/quantity.ts';
import { findComponent } from '../compile/nodes.ts';
import { compareText } from '../rules/findings.ts';

type Fields = readonly ParamField[];

const EDGE: Fields = describeParams(erasedEdgeSchema);
const [WORKLOAD, JOURNEY, ENTITY] = (['workload', 'journey', 'entity'] as const).map((part): Fields => describeParams(DOCUMENT_FORMS[part]).filter(({ key }) => UNCERTAIN[part].has(key))) as [Fields, Fields, Fields];

/** A label as it stands inside a sentence: "Hit ratio" becomes "hit ratio", "CPU time" stays. */
function inSentence(label: string): string {
  return /^[A-Z][a-z]/.test(label) ? `${label.slice(0, 1).toLowerCase()}${label.slice(1)}` : label;
}

function held(value: number, { min, max, integer }: ParamField): number {
  return Math.min(max ?? Infinity, Math.max(min ?? -Infinity, integer === true ? Math.round(value) : value));
}

interface Owner { readonly kind: UncertainInput['target']['kind']; readonly id?: string; readonly name: string; readonly stored: Readonly<Record<string, unknown>>; readonly fields: Fields }

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

function inputsOf({ kind, id, name, stored, fields }: Owner): UncertainInput[] {
  return [...storedFields(stored, fields)].flatMap(([param, field, label, value]): UncertainInput[] => {
    if (!isRange(value) || held(value.likely, field) !== value.likely) return [];
    const { likely } = value;
    const [low, high] = [Math.min(likely, held(value.low, field)), Math.max(likely, held(value.high, field))];
    return [{
      key: `${kind}\n${id ?? ''}\n${param}`, target: { kind, ...(id === undefined ? {} : { id }), param },
      label: name === '' ? label : `${name} ${inSentence(label)}`, unit: field.unit ?? 'none', integer: field.integer === true,
      low, likely, high, provenance: value.provenance ?? null,
    }];
  });
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
  inputs.forEach(({ target: { kind, id = '', param }, integer }, i) => {
    const value = integer ? Math.round(values[i] as number) : (values[i] as number);
    if (kind === 'workload') Object.assign(next.workload, { [param]: value });
    else if (kind === 'journey') setIn(next.journeys, id, (journey) => ({ ...journey, [param]: value }));
    else if (kind === 'entity') setIn(next.entities, id, (entity) => ({ ...entity, [param]: value }));
    else if (kind === 'node') setIn(next.nodes, id, (node) => ({ ...node, params: withParam(node.params, param, value) }));
    else setIn(next.edges, id, (edge) => ({ ...edge, params: withParam(edge.params, param, value) }));
  });
  return next;
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
