import { AXES, type Evaluation } from '../../shared/contracts/evaluation.ts';
import type { Design, DesignEdge, Params } from '../../shared/model/design.ts';

/** Runs of each property: constants, so that every machine checks the same drawings. */
export const RUNS = { numRuns: 80, seed: 1303 } as const;

/** Milliseconds that a property may take on a machine that is busy with other things. */
export const PATIENCE = 120_000;

/** Paths of numbers that are not finite. */
export function notFinite(value: unknown, path = ''): string[] {
  if (typeof value === 'number') return Number.isFinite(value) ? [] : [`${path} = ${String(value)}`];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, member]) => notFinite(member, `${path}.${key}`));
}

/** The six scores, then Overall; null where there is none. */
export function scoresOf(result: Evaluation): (number | null)[] {
  return [...AXES.map((axis) => result.scores[axis].score.value), result.overall.value];
}

/** The same drawing with more components and connections. */
export function withParts(drawn: Design, parts: Design, edges: readonly DesignEdge[] = []): Design {
  return { ...drawn, nodes: { ...drawn.nodes, ...parts.nodes }, edges: { ...drawn.edges, ...parts.edges, ...Object.fromEntries(edges.map((edge) => [edge.id, edge])) } };
}

/** The same drawing with parameters of one component changed. */
export function withNode(drawn: Design, id: string, params: Params): Design {
  const node = drawn.nodes[id];
  if (!node) throw new Error(`No component ${id}`);
  return { ...drawn, nodes: { ...drawn.nodes, [id]: { ...node, params: { ...node.params, ...params } } } };
}

/** The same drawing with parameters of one connection changed. */
export function withEdge(drawn: Design, id: string, params: Params): Design {
  const edge = drawn.edges[id];
  if (!edge) throw new Error(`No connection ${id}`);
  return { ...drawn, edges: { ...drawn.edges, [id]: { ...edge, params: { ...edge.params, ...params } } } };
}

/** Largest load-driven utilisation of all components. */
export function busiest(result: Evaluation): number {
  return Math.max(0, ...Object.values(result.nodes).map((node) => node.utilisation ?? 0));
}
