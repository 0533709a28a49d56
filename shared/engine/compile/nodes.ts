/** Nodes of a drawing with their resolved parameters, behavior and place. */
import type { Behavior, BehaviorContext } from '../../contracts/behavior.ts';
import type { Catalog } from '../../contracts/catalog.ts';
import type { Component } from '../../contracts/component.ts';
import { edgeEnd } from '../../contracts/edge-kind.ts';
import type { EntityValues } from '../../contracts/document-params.ts';
import type { EdgeView, NodeView } from '../../contracts/graph-view.ts';
import { oncePer } from '../../lib/once-per.ts';
import type { Design, DesignNode } from '../../model/design.ts';
import { resolve } from '../resolve.ts';
import type { CompileNotes } from '../types.ts';
import { behaviorFacts } from './behavior-facts.ts';
import { ByContent } from './by-content.ts';
import { ordered, type CompileMemory, type ReadNode, type ReadNodes } from './memory.ts';
import { placeNode, placeTogether, zoneMap, type Placement, type ZoneMap } from './zones.ts';

/** A node while the graph is being linked: `out` and `in` are put in when all edges are known. */
export interface NodeDraft extends Omit<NodeView, 'out' | 'in' | 'deployableGroup'> {
  out: readonly EdgeView[];
  in: readonly EdgeView[];
  deployableGroup: string;
  readonly placement: Placement;
}

/** What stands in for a type that the catalogue does not know: traffic passes unchanged, 0 ms, never down. */
export const UNKNOWN_BEHAVIOR: Behavior = {
  routing: 'fan-out',
  role: 'unknown',
  stateful: false,
  resources: [],
  failure: {
    unit_availability: 1, units: 1, redundancy: 'service', regional: true, failures_per_year: 0, outage_s: 0, failover_s: 0,
    deploys_per_year: null, canary: 1, own_code: false,
  },
  costs: [],
  operations: { technology: 'unknown', burden: 'none', deployable: false, mechanisms: [] },
  consistency: null,
  autoscale: null,
  source_rate: null,
  not_modelled: ['Unknown type: traffic passes through it unchanged'],
};

function hotSets(entities: ReadonlyMap<string, EntityValues>, design: Design): ReadonlyMap<string, number> {
  const bytes = new Map<string, number>();
  for (const [id, entity] of entities) {
    const home = design.entities[id]?.home ?? '';
    bytes.set(home, (bytes.get(home) ?? 0) + entity.keys * entity.item_kb * 1024);
  }
  return bytes;
}

const byAlias = oncePer(({ components }: Catalog): ReadonlyMap<string, Component> => new Map([...components.values()].flatMap((component) => (component.aliases ?? []).map((alias) => [alias, component] as const))));

/** The component of a type, also by one of its other spellings. */
export function findComponent(catalog: Catalog, type: string): Component | undefined {
  return catalog.components.get(type) ?? byAlias(catalog).get(type);
}

/** Of every type that the catalogue does not know. */
const UNKNOWN = { known: false, behavior: UNKNOWN_BEHAVIOR, params: { values: {}, stated: () => false, invalid: [] }, facts: behaviorFacts(UNKNOWN_BEHAVIOR) };

const MOST_ALIKE = 512;

/** A spelling of a type: its component, and what was read of those that are alike, of all drawings. */
interface Spelling { readonly component: Component; readonly alike: ByContent<ReadNode> }

const spellingsOf = oncePer((_: Catalog) => new Map<string, Spelling>());

function spelling(type: string, catalog: Catalog): Spelling | null {
  const spellings = spellingsOf(catalog);
  const known = spellings.get(type);
  if (known) return known;
  const component = findComponent(catalog, type);
  if (!component) return null;
  const made: Spelling = { component, alike: new ByContent(MOST_ALIKE) };
  spellings.set(type, made);
  return made;
}

function readNode(node: DesignNode, catalog: Catalog, hotSetBytes: number): ReadNode {
  const { type, params: stored } = node;
  const known = spelling(type, catalog);
  if (!known) return { ...UNKNOWN, end: edgeEnd(type, UNKNOWN_BEHAVIOR) };
  const { component, alike } = known;
  const managed = node.managed ?? true;
  const place = alike.at(stored, managed, hotSetBytes);
  if (place.made) return place.made;
  const params = resolve(component.params, stored);
  const context: BehaviorContext = { stated: params.stated, managed, hot_set_bytes: hotSetBytes };
  const behavior = component.behavior(params.values, context);
  return alike.keep(place, { known: true, behavior, params, facts: behaviorFacts(behavior), end: edgeEnd(type, behavior) });
}

/** What is read of each component, as it was in the state before where it and its data are the same. */
function readNodes(design: Design, catalog: Catalog, entities: ReadonlyMap<string, EntityValues>, known: ReadNodes | null | undefined): ReadNodes {
  const { record, ids, list } = ordered(design.nodes, known);
  const hot = hotSets(entities, design);
  const hotSetBytes = new Array<number>(ids.length);
  const read = new Array<ReadNode>(ids.length);
  for (let i = 0; i < ids.length; i++) {
    const node = list[i] as DesignNode;
    const bytes = hot.get(ids[i] as string) ?? 0;
    const same = known?.list[i] === node && known.hotSetBytes[i] === bytes;
    hotSetBytes[i] = bytes;
    read[i] = same ? (known.read[i] as ReadNode) : readNode(node, catalog, bytes);
  }
  return { record, ids, list, hotSetBytes, read };
}

function noteNode(node: DesignNode, { known, behavior, params }: ReadNode, notes: CompileNotes): void {
  if (!known) return void notes.notModelled.push({ what: `The type "${node.type}" is unknown`, target: node.id });
  for (const key of params.invalid) {
    notes.assumptions.push({ code: 'invalid-parameter', message: `${key} does not fit, its default is used`, target: { kind: 'node', id: node.id } });
  }
  for (const what of behavior.not_modelled) notes.notModelled.push({ what, target: node.id });
}

/** Code inside its callers stands where they stand, wherever it is drawn; without callers where it is drawn. */
function placementOf(design: Design, map: ZoneMap, node: DesignNode, behavior: Behavior, behaviorOf: (id: string) => Behavior | undefined): Placement {
  const own = placeNode(map, node, behavior);
  if (behavior.in_process !== true) return own;
  const callers = new Set(Object.values(design.edges).filter((edge) => edge.to === node.id).map((edge) => edge.from));
  const places = [...callers].flatMap((id) => {
    const caller = Object.hasOwn(design.nodes, id) ? design.nodes[id] : undefined;
    const found = behaviorOf(id);
    return caller && found && found.in_process !== true ? [placeNode(map, caller, found)] : [];
  });
  return placeTogether(map, places) ?? own;
}

const NO_EDGES: readonly EdgeView[] = [];

/** All nodes in id order, and what was read of each. Never throws for a document that could be opened. */
export function compileNodes(design: Design, catalog: Catalog, entities: ReadonlyMap<string, EntityValues>, notes: CompileNotes, memory?: CompileMemory): { nodes: NodeDraft[]; read: readonly ReadNode[] } {
  const map = zoneMap(design);
  const all = readNodes(design, catalog, entities, memory?.nodes);
  const { ids, list, read } = all;
  if (memory) memory.nodes = all;
  // asked for by code inside its callers alone
  let byId: ReadonlyMap<string, ReadNode> | null = null;
  const behaviorOf = (id: string): Behavior | undefined => (byId ??= new Map(ids.map((each, i) => [each, read[i] as ReadNode]))).get(id)?.behavior;
  const nodes = new Array<NodeDraft>(ids.length);
  for (let index = 0; index < ids.length; index++) {
    const id = ids[index] as string;
    const node = list[index] as DesignNode;
    const { known, behavior, params } = read[index] as ReadNode;
    noteNode(node, read[index] as ReadNode, notes);
    const placement = placementOf(design, map, node, behavior, behaviorOf);
    nodes[index] = {
      id, index, node, known, behavior, params, out: NO_EDGES, in: NO_EDGES, placement,
      zones: placement.zones, region: placement.region, deployableGroup: node.deployable_group ?? id,
    };
  }
  return { nodes, read };
}
