import type { Design } from '../../../shared/model/design.ts';
import { benchDesign } from '../designs.ts';

/** Width and height of a component, and the distances between the corners of two, canvas units. */
export const COMPONENT = { width: 184, height: 64, across: 272, down: 112 } as const;

/** Hops from the parts that nobody calls, along the connections. */
function depths(design: Design): ReadonlyMap<string, number> {
  const calls = new Map<string, string[]>();
  const called = new Set<string>();
  for (const { from, to } of Object.values(design.edges)) {
    calls.set(from, [...(calls.get(from) ?? []), to]);
    called.add(to);
  }
  const depth = new Map<string, number>();
  let front = Object.keys(design.nodes).filter((id) => !called.has(id));
  for (let hop = 0; front.length > 0; hop += 1) {
    for (const id of front) depth.set(id, hop);
    front = [...new Set(front.flatMap((id) => calls.get(id) ?? []))].filter((id) => !depth.has(id));
  }
  return depth;
}

/** The drawing of the engine's benchmark, laid out in columns by distance from the clients, as a person or a layout does. */
export function drawnDesign(nodes: number, journeys: number): Design {
  const design = benchDesign(nodes, journeys);
  const depth = depths(design);
  const rows = new Map<number, number>();
  const places = Object.fromEntries(Object.keys(design.nodes).map((id) => {
    const column = depth.get(id) ?? 0;
    const row = rows.get(column) ?? 0;
    rows.set(column, row + 1);
    return [id, { x: column * COMPONENT.across, y: row * COMPONENT.down }];
  }));
  return { ...design, layout: { ...design.layout, nodes: places } };
}
