import type { Design, DesignEdge } from '../../shared/model/design.ts';

/** One kind of edit: the state after it. `step` counts the edits of its kind. */
export interface EditKind { readonly name: string; readonly apply: (design: Design, step: number) => Design }

/** A service in the middle of the layers of the bench drawing. */
function middle(design: Design): string {
  const services = Object.keys(design.nodes).filter((id) => /^s\d+$/.test(id));
  return services[Math.floor(services.length / 2)] ?? '';
}

function withNode(design: Design, id: string, change: (node: Design['nodes'][string]) => Partial<Design['nodes'][string]>): Design {
  const node = design.nodes[id] as Design['nodes'][string];
  return { ...design, nodes: { ...design.nodes, [id]: { ...node, ...change(node) } } };
}

function withRate(design: Design, rate: number): Design {
  const [id] = Object.keys(design.journeys);
  const journey = design.journeys[id as string] as Design['journeys'][string];
  return { ...design, journeys: { ...design.journeys, [journey.id]: { ...journey, rate_rps: rate } } };
}

/** Draw a connection between two services, and take it away the next time. */
function toggled(design: Design): Design {
  const id = 'drawn';
  const { [id]: known, ...others } = design.edges;
  if (known !== undefined) return { ...design, edges: others };
  const from = middle(design);
  const edge: DesignEdge = { id, from, to: `s${Number(from.slice(1)) + 11}`, params: { probability: 0.2 } };
  return { ...design, edges: { ...design.edges, [id]: edge } };
}

/** What people do to a drawing, in turn. Each really differs from every state before, so that nothing is answered from memory alone. */
export const EDIT_KINDS: readonly EditKind[] = [
  { name: 'a parameter of a service', apply: (design, step) => withNode(design, middle(design), (node) => ({ params: { ...node.params, cpu_ms: 3 + step * 1e-3 } })) },
  { name: 'the rate of a journey', apply: (design, step) => withRate(design, 200 + step * 0.1) },
  { name: 'a connection drawn or removed', apply: (design) => toggled(design) },
  { name: 'a name', apply: (design, step) => withNode(design, middle(design), () => ({ name: `Renamed ${step}` })) },
  { name: 'a move on the canvas', apply: (design, step) => ({ ...design, layout: { ...design.layout, nodes: { ...design.layout.nodes, [middle(design)]: { x: step, y: 0 } } } }) },
];
