/** Size of a component and the gaps between components, in canvas units on the 8-unit grid (ui 1.5, 3). */
export const NODE_BOX = { w: 184, h: 64 } as const;
const GAP = { x: 88, y: 48 } as const;
const PADDING = { side: 24, top: 48 } as const;
const SWEEPS = 8;

/** Something to place. `group` keeps it with others of the same group; null stands alone. */
export interface PlacedNode {
  readonly id: string;
  readonly group: string | null;
}

/** Who points to whom. */
export interface PlacedEdge {
  readonly from: string;
  readonly to: string;
}

/** Where things go: the top left of each node, and the box of each group. */
export interface Placement {
  readonly nodes: ReadonlyMap<string, { readonly x: number; readonly y: number }>;
  readonly groups: ReadonlyMap<string, { readonly x: number; readonly y: number; readonly w: number; readonly h: number }>;
}

/** Edges without those that close a circle, found by a walk in the order of the nodes. */
function withoutCircles(ids: readonly string[], next: ReadonlyMap<string, readonly string[]>): Map<string, string[]> {
  const state = new Map<string, 'open' | 'done'>();
  const kept = new Map<string, string[]>(ids.map((id) => [id, []]));
  for (const start of ids) {
    if (state.has(start)) continue;
    const stack = [{ id: start, at: 0 }];
    state.set(start, 'open');
    for (let top = stack.at(-1); top; top = stack.at(-1)) {
      const target = next.get(top.id)?.[top.at];
      top.at += 1;
      if (target === undefined) {
        state.set(top.id, 'done');
        stack.pop();
      } else if (state.get(target) !== 'open') {
        kept.get(top.id)?.push(target);
        if (!state.has(target)) {
          state.set(target, 'open');
          stack.push({ id: target, at: 0 });
        }
      }
    }
  }
  return kept;
}

/** Layer of each node: the longest path that leads to it. */
function longestPaths(ids: readonly string[], next: ReadonlyMap<string, readonly string[]>): Map<string, number> {
  const waiting = new Map<string, number>(ids.map((id) => [id, 0]));
  for (const targets of next.values()) for (const target of targets) waiting.set(target, (waiting.get(target) ?? 0) + 1);
  const layer = new Map<string, number>(ids.map((id) => [id, 0]));
  const ready = ids.filter((id) => waiting.get(id) === 0);
  for (let index = 0; index < ready.length; index += 1) {
    const id = ready[index] as string;
    for (const target of next.get(id) ?? []) {
      layer.set(target, Math.max(layer.get(target) ?? 0, (layer.get(id) ?? 0) + 1));
      waiting.set(target, (waiting.get(target) ?? 0) - 1);
      if (waiting.get(target) === 0) ready.push(target);
    }
  }
  return layer;
}

/** Order within layers by the mean position of neighbours, alternating between the layers before and after. */
function order(layers: string[][], neighbours: ReadonlyMap<string, readonly string[]>): void {
  const at = new Map<string, number>();
  const number = (layer: readonly string[]): void => layer.forEach((id, index) => at.set(id, index - (layer.length - 1) / 2));
  layers.forEach(number);
  for (let sweep = 0; sweep < SWEEPS; sweep += 1) {
    const sequence = sweep % 2 === 0 ? layers : [...layers].reverse();
    for (const layer of sequence) {
      const inLayer = new Set(layer);
      const weight = new Map(layer.map((id) => {
        const others = (neighbours.get(id) ?? []).filter((other) => !inLayer.has(other));
        const own = at.get(id) ?? 0;
        return [id, others.length === 0 ? own : others.reduce((sum, other) => sum + (at.get(other) ?? 0), 0) / others.length] as const;
      }));
      const before = new Map(layer.map((id, index) => [id, index]));
      layer.sort((a, b) => (weight.get(a) ?? 0) - (weight.get(b) ?? 0) || (before.get(a) ?? 0) - (before.get(b) ?? 0));
      number(layer);
    }
  }
}

interface Block {
  readonly places: Map<string, { x: number; y: number }>;
  readonly w: number;
  readonly h: number;
}

function snap(value: number): number {
  return Math.round(value / 8) * 8;
}

/** One block of connected nodes in layers from left to right; nodes without any connection stand in rows below. */
function block(ids: readonly string[], edges: readonly PlacedEdge[]): Block {
  const members = new Set(ids);
  const inside = edges.filter(({ from, to }) => from !== to && members.has(from) && members.has(to));
  const linked = new Set(inside.flatMap(({ from, to }) => [from, to]));
  const next = new Map<string, string[]>(ids.map((id) => [id, []]));
  const neighbours = new Map<string, string[]>(ids.map((id) => [id, []]));
  for (const { from, to } of inside) {
    next.get(from)?.push(to);
    neighbours.get(from)?.push(to);
    neighbours.get(to)?.push(from);
  }
  const connected = ids.filter((id) => linked.has(id));
  const layerOf = longestPaths(connected, withoutCircles(connected, next));
  const layers: string[][] = [];
  for (const id of connected) (layers[layerOf.get(id) ?? 0] ??= []).push(id);
  order(layers, neighbours);
  const tallest = Math.max(0, ...layers.map((layer) => layer.length));
  const stepX = NODE_BOX.w + GAP.x;
  const stepY = NODE_BOX.h + GAP.y;
  const places = new Map<string, { x: number; y: number }>();
  layers.forEach((layer, column) => layer.forEach((id, row) => places.set(id, { x: column * stepX, y: snap((row + (tallest - layer.length) / 2) * stepY) })));
  const alone = ids.filter((id) => !linked.has(id));
  const columns = Math.max(layers.length, Math.min(alone.length, Math.max(4, Math.ceil(Math.sqrt(alone.length)))));
  alone.forEach((id, index) => places.set(id, { x: (index % columns) * stepX, y: (tallest + Math.floor(index / columns)) * stepY }));
  const rows = tallest + Math.ceil(alone.length / Math.max(1, columns));
  return { places, w: Math.max(1, Math.max(layers.length, alone.length > 0 ? columns : 0)) * stepX - GAP.x, h: Math.max(1, rows) * stepY - GAP.y };
}

/**
 * A plain drawing from left to right: longest-path layers, order by barycentre, 88 and 48 units apart, on the grid,
 * without overlaps; each group in a box of its own below the rest. Deterministic.
 */
export function placeLayered(nodes: readonly PlacedNode[], edges: readonly PlacedEdge[]): Placement {
  const byGroup = new Map<string | null, string[]>([[null, []]]);
  for (const { id, group } of nodes) byGroup.set(group, [...(byGroup.get(group) ?? []), id]);
  const placed = new Map<string, { x: number; y: number }>();
  const groups = new Map<string, { x: number; y: number; w: number; h: number }>();
  let top = 0;
  for (const [group, ids] of byGroup) {
    if (ids.length === 0) continue;
    const { places, w, h } = block(ids, edges);
    const inset = group === null ? { x: 0, y: 0 } : { x: PADDING.side, y: PADDING.top };
    for (const [id, { x, y }] of places) placed.set(id, { x: x + inset.x, y: y + top + inset.y });
    if (group !== null) groups.set(group, { x: 0, y: top, w: w + 2 * PADDING.side, h: h + PADDING.top + PADDING.side });
    top += h + (group === null ? 0 : PADDING.top + PADDING.side) + GAP.y;
  }
  return { nodes: placed, groups };
}
