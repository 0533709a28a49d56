/** Taking a component out of a drawing. */
import type { Design } from '../../../shared/model/design.ts';
import { allOf, redirectEdge, removeEdge, type Change } from './fixes.ts';

function without<T>(record: Readonly<Record<string, T>>, id: string): Record<string, T> {
  return Object.fromEntries(Object.entries(record).filter(([key]) => key !== id));
}

function removeNode(id: string): Change {
  return (design) => ({
    ...design,
    nodes: without(design.nodes, id),
    layout: { ...design.layout, nodes: without(design.layout.nodes, id) },
    journeys: Object.fromEntries(Object.entries(design.journeys).map(([key, journey]) => [key, journey.demands === undefined ? journey : { ...journey, demands: without(journey.demands, id) }])),
  });
}

/**
 * Take a component out with its connections. What it stands before in series is called directly: connections into it then
 * end at the one component that it calls.
 */
export function takeOut(id: string): Change {
  return (design: Design) => {
    const edges = Object.values(design.edges);
    const onward = edges.filter(({ from, to }) => from === id && to !== id);
    const [next] = onward;
    const into = edges.filter(({ from, to }) => to === id && from !== id);
    const bypass = onward.length === 1 && next !== undefined ? into.filter(({ from }) => from !== next.to) : [];
    const passed = new Set(bypass.map((edge) => edge.id));
    const changes = edges.filter((edge) => (edge.from === id || edge.to === id) && !passed.has(edge.id)).map((edge) => removeEdge(edge.id));
    const redirected = next === undefined ? [] : bypass.map((edge) => redirectEdge(edge.id, { to: next.to }));
    return allOf(...redirected, ...changes, removeNode(id))(design);
  };
}
