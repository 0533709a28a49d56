/** Tiny documents for a rule's examples. */
import { DESIGN_VERSION, type Boundary, type Design, type DesignEdge, type DesignNode, type EdgeKind, type Entity, type Journey, type Params } from '../../../shared/model/design.ts';

const COLUMN = 272;

type NodeSketch = string | readonly [type: string, params: Params] | readonly [type: string, params: Params, fields: Partial<Pick<DesignNode, 'name' | 'boundary' | 'zone_spread' | 'team' | 'deployable_group' | 'managed'>>];
type EdgeSketch = string | readonly [ends: string, params: Params] | readonly [ends: string, params: Params, kind: EdgeKind];

/** A document in a few words. */
export interface Sketch {
  /** Id to type, or to type with parameters and fields. The name is the id with a capital letter. */
  readonly nodes: Readonly<Record<string, NodeSketch>>;
  /** `from>to`, which is also its id; alone or with parameters and a kind. A path `a>b>c` without parameters is two connections. */
  readonly edges: readonly EdgeSketch[];
  readonly journeys?: Readonly<Record<string, Omit<Journey, 'id' | 'name'> & { readonly name?: string }>>;
  readonly entities?: Readonly<Record<string, Omit<Entity, 'id' | 'name'>>>;
  readonly boundaries?: Readonly<Record<string, Pick<Boundary, 'kind' | 'parent'>>>;
  readonly workload?: Design['workload'];
  readonly targets?: Design['targets'];
  readonly settings?: Design['settings'];
}

function titled(id: string): string {
  return `${id.charAt(0).toUpperCase()}${id.slice(1).replaceAll('_', ' ')}`;
}

function nodeOf(id: string, sketch: NodeSketch): DesignNode {
  const [type, params = {}, fields = {}] = typeof sketch === 'string' ? [sketch] : sketch;
  return { id, type, name: titled(id), params, ...fields };
}

function edgesOf(sketch: EdgeSketch): DesignEdge[] {
  const [path, params = {}, kind] = typeof sketch === 'string' ? [sketch] : sketch;
  const stops = path.split('>');
  return stops.slice(1).map((to, index) => ({ id: `${stops[index]}>${to}`, from: stops[index] as string, to, params, ...(kind === undefined ? {} : { kind }) }));
}

function named<T extends object>(record: Readonly<Record<string, T>> = {}): Record<string, T & { id: string; name: string }> {
  return Object.fromEntries(Object.entries(record).map(([id, value]) => [id, { name: titled(id), ...value, id }]));
}

/** Make a document of a sketch. */
export function sketch(drawn: Sketch): Design {
  const nodes = Object.entries(drawn.nodes).map(([id, value]) => nodeOf(id, value));
  return {
    version: DESIGN_VERSION,
    name: 'Example',
    workload: drawn.workload ?? {},
    targets: drawn.targets ?? {},
    settings: drawn.settings ?? {},
    nodes: Object.fromEntries(nodes.map((node) => [node.id, node])),
    edges: Object.fromEntries(drawn.edges.flatMap(edgesOf).map((edge) => [edge.id, edge])),
    boundaries: named(drawn.boundaries) as Design['boundaries'],
    journeys: named(drawn.journeys) as Design['journeys'],
    entities: named(drawn.entities) as Design['entities'],
    notes: {},
    acceptedRisks: {},
    layout: {
      nodes: Object.fromEntries(nodes.map(({ id }, index) => [id, { x: index * COLUMN, y: 0 }])),
      boundaries: Object.fromEntries(Object.keys(drawn.boundaries ?? {}).map((id, index) => [id, { x: 0, y: 200 + index * 200, w: 400, h: 160 }])),
      notes: {}, edges: {},
    },
  };
}

/** Users, one service, one database: `users`, `api`, `db`, 100 requests a second unless the workload says otherwise. */
export function threeBox(params: { readonly api?: Params; readonly db?: Params; readonly query?: Params; readonly call?: Params } = {}, rest: Omit<Sketch, 'nodes' | 'edges'> = {}): Design {
  return sketch({ nodes: { users: 'client', api: ['service', params.api ?? {}], db: ['rdbms', params.db ?? {}] }, edges: [['users>api', params.call ?? {}], ['api>db', params.query ?? {}]], ...rest });
}
