import type { Design } from '../../../../shared/model/design.ts';
import { flowId, SOURCE_HANDLE, TARGET_HANDLE, type ConnectionFlowEdge } from './flow-types.ts';

/** The connections of one state of the document, and the same by id. */
export interface EdgeProjection { readonly edges: readonly ConnectionFlowEdge[]; readonly byId: ReadonlyMap<string, ConnectionFlowEdge> }

/** No document yet. */
export const NO_EDGES: EdgeProjection = { edges: [], byId: new Map() };

const SILENT = { role: 'presentation', 'aria-label': undefined, 'aria-roledescription': undefined } as const;
const LAYER = 2;

/** The canvas id of an end: a component, else a drawn boundary, else null (an end in empty space). */
export function endOf(design: Design, id: string): string | null {
  if (Object.hasOwn(design.nodes, id)) return flowId('node', id);
  return Object.hasOwn(design.boundaries, id) && Object.hasOwn(design.layout.boundaries, id) ? flowId('boundary', id) : null;
}

/** The document's connections as React Flow's edges, with the same promise of identity as the nodes. */
export function toEdges(design: Design, selected: ReadonlySet<string>, previous: EdgeProjection): EdgeProjection {
  const edges: ConnectionFlowEdge[] = [];
  for (const edge of Object.values(design.edges)) {
    const source = endOf(design, edge.from);
    const target = endOf(design, edge.to);
    if (source === null || target === null) continue;
    const before = previous.byId.get(edge.id);
    const isSelected = selected.has(edge.id);
    if (before && before.data?.edge === edge && before.selected === isSelected && before.source === source && before.target === target) edges.push(before);
    else edges.push({ id: edge.id, type: 'connection', source, target, sourceHandle: SOURCE_HANDLE, targetHandle: TARGET_HANDLE, selected: isSelected, data: { edge }, zIndex: LAYER, domAttributes: SILENT });
  }
  if (edges.length === previous.edges.length && edges.every((edge, index) => edge === previous.edges[index])) return previous;
  return { edges, byId: new Map(edges.map((edge) => [edge.id, edge])) };
}
