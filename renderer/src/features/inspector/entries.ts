import { catalog } from '../../../../catalog/index.ts';
import { DOCUMENT_FORMS } from '../../../../shared/contracts/document-params.ts';
import { EDGE_FIELDS, erasedEdgeSchema } from '../../../../shared/contracts/edge-params.ts';
import { describeParams, type ParamField } from '../../../../shared/contracts/params.ts';
import { UNCERTAIN, type Design, type DesignNode, type EdgeKind } from '../../../../shared/model/design.ts';
import { edgeName } from '../../document/edge-name.ts';
import { resolvePart } from '../../document/parts.ts';
import { convertBag, createBag, type Entry } from '../../forms/bags.ts';
import { effectiveValues, type Effective } from '../../forms/effective.ts';
import { entriesOf } from '../../forms/entries.ts';

const ASSUMED = { provenance: 'A' as const };

/** What every component carries beside its own parameters (semantics 2). */
const OWN_FIELDS: readonly ParamField[] = [
  { ...ASSUMED, key: 'zone_spread', kind: 'choice', values: ['auto', '1', '2', '3'], default: 'auto', label: 'Zones', group: 'placement', help: 'Zones over which its units are spread. Auto: as many as it has units, at most three.', options: { auto: 'Auto', '1': '1 zone', '2': '2 zones', '3': '3 zones' } },
  { ...ASSUMED, key: 'managed', kind: 'choice', values: ['type', 'yes', 'no'], default: 'type', label: 'Managed by a provider', group: 'placement', help: 'Who runs it. As its type: what is usual for this component.', options: { type: 'As its type', yes: 'Yes', no: 'No' } },
  { ...ASSUMED, key: 'team', kind: 'text', default: '', label: 'Team', group: 'delivery', help: 'Who owns it. Several teams that share one part wait for each other.' },
  { ...ASSUMED, key: 'deployable_group', kind: 'text', default: '', label: 'Deployed with', group: 'delivery', help: 'Name shared by the parts that are released together. Unset: on its own.' },
];

function showOwn(key: string, stored: unknown): unknown {
  if (key === 'managed') return stored === true ? 'yes' : 'no';
  return typeof stored === 'number' ? String(stored) : stored;
}

function storeOwn(key: string, shown: unknown): unknown {
  if (key === 'managed') return shown === 'yes' ? true : shown === 'no' ? false : undefined;
  if (key === 'zone_spread') return shown === 'auto' || shown === undefined ? undefined : Number(shown);
  return shown === '' ? undefined : shown;
}

/** Fields that all of these components have, as the first one describes them. */
function sharedFields(types: readonly string[]): readonly ParamField[] {
  const [first, ...rest] = [...new Set(types)].map((type) => resolvePart(type)?.component.fields ?? catalog.components.get(type)?.fields ?? []);
  return (first ?? []).filter((field) => rest.every((fields) => fields.some((other) => other.key === field.key && other.kind === field.kind && other.unit === field.unit)));
}

/** What unset parameters of these components take, where all of them take the same. */
function sharedEffective(nodes: readonly DesignNode[]): ReadonlyMap<string, Effective> {
  const [first, ...rest] = nodes.map((node) => {
    const component = resolvePart(node.type)?.component;
    return component ? effectiveValues(component, node.params) : new Map<string, Effective>();
  });
  return new Map([...(first ?? [])].filter(([key, { value }]) => rest.every((other) => other.get(key)?.value === value)));
}

/** The form of one component or of several: the parameters they share. */
export function nodeEntries(design: Design, ids: readonly string[]): readonly Entry[] {
  const nodes = ids.flatMap((id) => design.nodes[id] ?? []);
  const subject = nodes.length === 1 ? (nodes[0]?.name ?? '') : `${nodes.length} components`;
  const params = createBag({ subject, design, allowsRange: true, bagsOf: (from) => ids.map((id) => from.nodes[id]?.params) });
  const own = createBag({ subject, design, allowsRange: false, bagsOf: (from) => ids.map((id) => from.nodes[id]) });
  return [...entriesOf(sharedFields(nodes.map((node) => node.type)), params, undefined, sharedEffective(nodes)), ...entriesOf(OWN_FIELDS, convertBag(own, showOwn, storeOwn))];
}

const EDGE_PARAM_FIELDS = new Map(describeParams(erasedEdgeSchema).map((field) => [field.key, field]));

/** The form of one connection or of several, by their kinds. */
export function edgeEntries(design: Design, ids: readonly string[], kinds: readonly EdgeKind[]): readonly Entry[] {
  const [first, ...rest] = [...new Set(kinds)].map((kind): readonly string[] => EDGE_FIELDS[kind] ?? []);
  const keys = (first ?? []).filter((key) => rest.every((other) => other.includes(key)));
  const subject = ids.length === 1 ? edgeName(design, ids[0] ?? '') : `${ids.length} connections`;
  const bag = createBag({ subject, design, allowsRange: true, bagsOf: (from) => ids.map((id) => from.edges[id]?.params) });
  return entriesOf(keys.flatMap((key) => EDGE_PARAM_FIELDS.get(key) ?? []), bag);
}

const DOCUMENT_SECTIONS = [
  ['Workload', 'workload'],
  ['Targets', 'targets'],
  ['Evaluation', 'settings'],
] as const;

/** The form of the whole document: workload, targets and how it is evaluated. */
export function documentEntries(design: Design): readonly Entry[] {
  return DOCUMENT_SECTIONS.flatMap(([section, part]) => {
    const bag = (allowsRange: boolean) => createBag({ subject: 'the design', design, allowsRange, bagsOf: (from) => [from[part]] });
    const [plain, uncertain] = [bag(false), bag(true)];
    return describeParams(DOCUMENT_FORMS[part]).flatMap((field) => entriesOf([field], part === 'workload' && UNCERTAIN.workload.has(field.key) ? uncertain : plain, section));
  });
}
