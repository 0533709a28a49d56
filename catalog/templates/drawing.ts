import { DESIGN_VERSION, type Design, type DesignEdge, type DesignNode, type Entity, type Journey } from '../../shared/model/design.ts';

/** Distances of a tidy drawing: a node is 184 x 64, with 88 between columns and 72 between rows. On the 8 px grid. */
const COLUMN = 184 + 88;
const ROW = 64 + 72;

/** A node with the column and row where it stands; halves are allowed. */
export type PlacedNode = Omit<DesignNode, 'params'> & { readonly params?: DesignNode['params']; readonly column: number; readonly row: number };

/** The meaningful parts of a starter design. */
export interface Drawing {
  readonly name: string;
  readonly workload: Design['workload'];
  readonly targets: Design['targets'];
  readonly settings: Design['settings'];
  readonly nodes: readonly PlacedNode[];
  readonly edges: readonly (Omit<DesignEdge, 'id' | 'params'> & { readonly params?: DesignEdge['params'] })[];
  readonly journeys: readonly Journey[];
  readonly entities: readonly Entity[];
}

function byId<T extends { readonly id: string }>(list: readonly T[]): Record<string, T> {
  return Object.fromEntries(list.map((member) => [member.id, member]));
}

/** Id of the only connection between two nodes of a starter design. */
export function edgeId(from: string, to: string): string {
  return `${from}-${to}`;
}

/** A document from lists: nodes by column and row, connections with the ids of `edgeId`. */
export function draw(drawing: Drawing): Design {
  const { name, workload, targets, settings, nodes, edges, journeys, entities } = drawing;
  return {
    version: DESIGN_VERSION,
    name,
    workload,
    targets,
    settings,
    nodes: byId(nodes.map(({ column: _column, row: _row, params = {}, ...node }): DesignNode => ({ ...node, id: node.id as string, type: node.type as string, name: node.name as string, params }))),
    edges: byId(edges.map(({ params = {}, ...edge }): DesignEdge => ({ ...edge, id: edgeId(edge.from as string, edge.to as string), from: edge.from as string, to: edge.to as string, params }))),
    boundaries: {},
    journeys: byId(journeys),
    entities: byId(entities),
    notes: {},
    acceptedRisks: {},
    layout: { nodes: Object.fromEntries(nodes.map(({ id, column, row }) => [id, { x: column * COLUMN, y: row * ROW }])), boundaries: {}, notes: {}, edges: {} },
  };
}
