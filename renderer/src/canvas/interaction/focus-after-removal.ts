import type { Design } from '../../../../shared/model/design.ts';
import { COMPONENT_HEIGHT, COMPONENT_WIDTH } from '../../../../shared/drawing/component-facts.ts';
import type { Thing } from '../canvas-ui.ts';

const BAGS = { node: 'nodes', edge: 'edges', boundary: 'boundaries', note: 'notes' } as const;

/** Whether a thing is in a drawing. */
export function exists(design: Design, { kind, id }: Thing): boolean {
  return Object.hasOwn(design[BAGS[kind]], id);
}

interface Place { readonly x: number; readonly y: number }

function middleOf(design: Design, { kind, id }: Thing): Place | null {
  if (kind === 'edge') {
    const edge = design.edges[id];
    const [from, to] = [edge?.from, edge?.to].map((end) => (end === undefined ? null : middleOf(design, { kind: 'node', id: end })));
    return from && to ? { x: (from.x + to.x) / 2, y: (from.y + to.y) / 2 } : (from ?? to ?? null);
  }
  if (kind === 'node') {
    const place = design.layout.nodes[id];
    return place ? { x: place.x + COMPONENT_WIDTH / 2, y: place.y + COMPONENT_HEIGHT / 2 } : null;
  }
  const box = design.layout[BAGS[kind]][id];
  return box ? { x: box.x + box.w / 2, y: box.y + box.h / 2 } : null;
}

/** Components that a removed thing was connected with. */
function connected(design: Design, { kind, id }: Thing): readonly string[] {
  if (kind === 'edge') return [design.edges[id]?.from, design.edges[id]?.to].filter((end) => end !== undefined);
  if (kind !== 'node') return [];
  return Object.values(design.edges).flatMap((edge) => (edge.from === id ? [edge.to] : edge.to === id ? [edge.from] : []));
}

/** Where the focus goes when its thing was removed: to the nearest component it was connected with, else to the nearest of all. */
export function nearestLeft(before: Design, after: Design, removed: Thing): Thing | null {
  const from = middleOf(before, removed);
  const left = Object.keys(after.nodes);
  const friends = connected(before, removed).filter((id) => Object.hasOwn(after.nodes, id));
  let best: string | null = null;
  let least = Infinity;
  for (const id of friends.length > 0 ? friends : left) {
    const at = middleOf(after, { kind: 'node', id });
    const far = from && at ? Math.hypot(at.x - from.x, at.y - from.y) : Number.MAX_VALUE;
    if (far < least) [best, least] = [id, far];
  }
  return best === null ? null : { kind: 'node', id: best };
}
