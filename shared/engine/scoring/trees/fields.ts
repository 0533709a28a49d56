/** Parameters as leaves of an explanation: name, value, where it comes from, and the field that changes it. */
import type { Catalog } from '../../../contracts/catalog.ts';
import type { Component } from '../../../contracts/component.ts';
import { EDGE_FIELDS, edgeParamsSchema } from '../../../contracts/edge-params.ts';
import { DOCUMENT_FORMS } from '../../../contracts/document-params.ts';
import type { Explanation } from '../../../contracts/evaluation.ts';
import type { EdgeView, NodeView } from '../../../contracts/graph-view.ts';
import { describeParams, type ParamField, type ParamGroup } from '../../../contracts/params.ts';
import { isRange, noQuantity, quantity, type Provenance, type Quantity } from '../../../model/quantity.ts';
import { findComponent } from '../../compile/nodes.ts';
import { line } from './line.ts';

type Form = keyof typeof DOCUMENT_FORMS;
type Target = NonNullable<Explanation['target']>;

/** Groups of a component's fields that decide how much it carries and how fast. */
export const LOAD_GROUPS: readonly ParamGroup[] = ['capacity', 'process', 'data'];
/** Groups that decide how often and how far it fails. */
export const FAILURE_GROUPS: readonly ParamGroup[] = ['resilience', 'placement'];

const EDGE = new Map(describeParams(edgeParamsSchema).map((field) => [field.key as string, field]));
const FORMS = new Map<Form, ReadonlyMap<string, ParamField>>();

/** The number fields that a connection of each kind has. */
const NUMBERS: ReadonlyMap<string, readonly ParamField[]> = new Map(
  Object.entries(EDGE_FIELDS).map(([kind, keys]) => [kind, keys.flatMap((key) => EDGE.get(key) ?? []).filter((field) => field.kind === 'number')]),
);

const byGroups = new WeakMap<readonly ParamField[], Map<readonly ParamGroup[], readonly ParamField[]>>();

/** The fields of a component in some groups. There are few lists of groups, and each is one object. */
function fieldsIn(fields: readonly ParamField[], groups: readonly ParamGroup[]): readonly ParamField[] {
  let known = byGroups.get(fields);
  if (known === undefined) byGroups.set(fields, (known = new Map()));
  let found = known.get(groups);
  if (found === undefined) known.set(groups, (found = fields.filter((field) => groups.includes(field.group) && field.hidden !== true)));
  return found;
}

function formField(form: Form, key: string): ParamField | undefined {
  let fields = FORMS.get(form);
  if (!fields) FORMS.set(form, (fields = new Map(describeParams(DOCUMENT_FORMS[form]).map((field) => [field.key, field]))));
  return fields.get(key);
}

function wordOf(field: ParamField, value: unknown): string {
  return typeof value === 'boolean' ? (value ? 'yes' : 'no') : typeof value === 'string' ? (field.options?.[value] ?? value) : '';
}

const NO_NUMBER = noQuantity('not_applicable');

function leaf(field: ParamField, value: unknown, stored: unknown, target: Target): Explanation {
  const stated = stored !== undefined && stored !== null;
  const own = isRange(stored) ? stored.provenance : undefined;
  const provenance: Provenance = own ?? (stated ? 'U' : field.provenance);
  const shown: Quantity = typeof value === 'number' ? quantity(value) : NO_NUMBER;
  const word = wordOf(field, value);
  const label = word === '' ? field.label : `${field.label}: ${word}`;
  return field.unit ? { label, value: shown, unit: field.unit, provenance, target } : { label, value: shown, provenance, target };
}

/** Numbers and choices; a yes or no only where somebody has said it, since most of those are practices that rules ask about. */
function shows(field: ParamField, value: unknown, stored: unknown): boolean {
  if (field.hidden === true || value === null || value === undefined) return false;
  return field.kind === 'number' || field.kind === 'choice' || (field.kind === 'flag' && stored !== undefined);
}

/** What is known of one component: the values that follow from others, worked out once they are asked for, and its leaves by groups. */
interface OfNode {
  effective: ReturnType<Component['effective']> | null;
  readonly lists: { readonly groups: readonly ParamGroup[]; readonly leaves: readonly Explanation[] }[];
}

/** Leaves for the parameters of one drawing, made once each: nothing here depends on the load. */
export class FieldLeaves {
  private readonly catalog: Catalog;
  private readonly nodes = new Map<string, OfNode>();
  private readonly edges = new Map<string, readonly Explanation[]>();

  constructor(catalog: Catalog) {
    this.catalog = catalog;
  }

  /** The plain fields of a component in these groups, with the value that is computed with. Pass the same list each time. */
  node(view: NodeView, groups: readonly ParamGroup[]): readonly Explanation[] {
    let known = this.nodes.get(view.id);
    if (known === undefined) this.nodes.set(view.id, (known = { effective: null, lists: [] }));
    for (const list of known.lists) if (list.groups === groups) return list.leaves;
    const leaves = this.nodeLeaves(view, groups, known);
    known.lists.push({ groups, leaves });
    return leaves;
  }

  private nodeLeaves(view: NodeView, groups: readonly ParamGroup[], known: OfNode): Explanation[] {
    const component = findComponent(this.catalog, view.node.type);
    if (!component) return [];
    const values = view.params.values;
    const stored = view.node.params;
    const leaves: Explanation[] = [];
    for (const field of fieldsIn(component.fields, groups)) {
      const { key } = field;
      const value = values[key] ?? (known.effective ??= component.effective(values))[key]?.value;
      if (shows(field, value, stored[key])) leaves.push(leaf(field, value, stored[key], { kind: 'node', id: view.id, param: key }));
    }
    return leaves;
  }

  /** The numeric fields that a connection of its kind has: the ones that were set, and how often it is called. */
  edge(view: EdgeView): readonly Explanation[] {
    let leaves = this.edges.get(view.id);
    if (leaves === undefined) this.edges.set(view.id, (leaves = this.edgeLeaves(view)));
    return leaves;
  }

  private edgeLeaves(view: EdgeView): Explanation[] {
    const values: Readonly<Record<string, unknown>> = view.params.values;
    const leaves: Explanation[] = [];
    for (const field of NUMBERS.get(view.kind) ?? []) {
      const { key } = field;
      if (!shows(field, values[key], view.edge.params[key]) || !(view.params.stated(key) || key === 'calls' || key === 'queries')) continue;
      leaves.push(leaf(field, values[key], view.edge.params[key], { kind: 'edge', id: view.id, param: key }));
    }
    return leaves;
  }

  /** The field that a leaf's target names; undefined when it is none. */
  fieldOf(target: Target, node: NodeView | undefined): ParamField | undefined {
    if (target.param === undefined) return undefined;
    if (target.kind === 'node') return node && findComponent(this.catalog, node.node.type)?.fields.find(({ key }) => key === target.param);
    return target.kind === 'edge' ? EDGE.get(target.param) : formField(target.kind, target.param);
  }

  /** One field of the document's own forms. `stored` is the object that may state it, `id` names a journey or entity. */
  document(form: Form, key: string, value: unknown, stored: Readonly<Record<string, unknown>>, id?: string): Explanation {
    const field = formField(form, key);
    const target: Target = { kind: form, ...(id === undefined ? {} : { id }), param: key };
    return field ? leaf(field, value, stored[key], target) : line(key, typeof value === 'number' ? value : noQuantity('not_applicable'), { target });
  }
}
