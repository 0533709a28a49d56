import { BOUNDARY } from '../../drawing/boundary-figures.ts';
import { GAP } from './geometry.ts';
import type { LayoutBox, Layouter, LayoutPlaces } from './layouter.ts';
import { thinEdges } from './thin-edges.ts';

type Options = Readonly<Record<string, string>>;

/** What is told to the Eclipse Layout Kernel. */
export interface ElkBox {
  id: string;
  width?: number;
  height?: number;
  layoutOptions?: Record<string, string>;
  ports?: { id: string; x: number; y: number; width: number; height: number; layoutOptions: Record<string, string> }[];
  children?: ElkBox[];
  edges?: { id: string; sources: string[]; targets: string[] }[];
}

/** What it answers: places relative to the box around. */
export interface ElkPlaced {
  id: string;
  x?: number;
  y?: number;
  children?: ElkPlaced[];
}

/** The part of elkjs that is used. It is passed in: pure code does not load it. */
export interface Elk {
  layout(graph: ElkBox): Promise<ElkPlaced>;
}

/** Up to so many boxes are laid out in layers where nobody says otherwise: about a second. */
const QUICK = 400;
const ROOT = 'drawing';
/** From this count of boxes and edges on, crossings are looked for less thoroughly: it saves half of the time. */
const LARGE = 250;
/** With more edges than these, in all or for each box, only those that decide the layers are given. */
const MANY_EDGES = 300;
const EDGES_EACH = 3;
/** What is still more than this would take minutes. */
const MOST_EDGES = 3000;

const SPACING: Options = {
  'elk.padding': `[top=${BOUNDARY.top},left=${BOUNDARY.side},bottom=${BOUNDARY.side},right=${BOUNDARY.side}]`,
  'elk.spacing.nodeNode': String(GAP.y),
  'elk.spacing.componentComponent': String(GAP.x),
};

const LAYERED: Options = {
  ...SPACING,
  'elk.algorithm': 'layered',
  'elk.direction': 'RIGHT',
  'elk.hierarchyHandling': 'INCLUDE_CHILDREN',
  'elk.edgeRouting': 'ORTHOGONAL',
  'elk.layered.spacing.nodeNodeBetweenLayers': String(GAP.x),
  'elk.layered.spacing.edgeNodeBetweenLayers': '24',
  'elk.layered.spacing.edgeEdgeBetweenLayers': '8',
  'elk.spacing.edgeNode': '24',
  'elk.spacing.edgeEdge': '8',
};

/** Rows, for more boxes than layers can be found for in a moment. */
const PACKED: Options = { ...SPACING, 'elk.algorithm': 'box', 'elk.spacing.nodeNode': String(GAP.x), 'elk.aspectRatio': '1.6' };

function countBoxes(boxes: readonly LayoutBox[]): number {
  return boxes.reduce((sum, { children }) => sum + 1 + countBoxes(children), 0);
}

/** Sizes on the grid keep places on it apart after rounding; lines leave and arrive in the middle, so that chains are straight. */
function elkBox(box: LayoutBox, options: Options): ElkBox {
  if (box.children.length > 0) return { id: box.key, layoutOptions: { ...options }, children: box.children.map((child) => elkBox(child, options)) };
  const [width, height] = [Math.ceil(box.w / 8) * 8, Math.ceil(box.h / 8) * 8];
  const port = (name: 'in' | 'out', x: number, side: string) => ({ id: `${name} ${box.key}`, x, y: height / 2, width: 0, height: 0, layoutOptions: { 'elk.port.side': side } });
  return { id: box.key, width, height, layoutOptions: { 'elk.portConstraints': 'FIXED_POS' }, ports: [port('in', 0, 'WEST'), port('out', width, 'EAST')] };
}

function placesOf(root: ElkPlaced): LayoutPlaces {
  const places = new Map<string, { x: number; y: number }>();
  const visit = ({ id, x = 0, y = 0, children = [] }: ElkPlaced, left: number, top: number): void => {
    if (children.length === 0) places.set(id, { x: left + x, y: top + y });
    for (const child of children) visit(child, left + x, top + y);
  };
  for (const child of root.children ?? []) visit(child, 0, 0);
  return places;
}

/**
 * The layered algorithm of the Eclipse Layout Kernel. Above `layered` boxes (its time grows faster than their number)
 * they are packed in rows instead; of a dense graph it gets the edges that decide the layers.
 */
export function createElkLayouter(elk: Elk, { layered = QUICK }: { readonly layered?: number } = {}): Layouter {
  return async ({ boxes, edges }) => {
    const count = countBoxes(boxes);
    if (count === 0) return new Map();
    const lines = edges.length > MANY_EDGES || edges.length > EDGES_EACH * count ? thinEdges(edges) : edges;
    const inLayers = count <= layered && lines.length <= MOST_EDGES;
    const options: Options = inLayers ? { ...LAYERED, 'elk.layered.thoroughness': count + lines.length > LARGE ? '1' : '7' } : PACKED;
    const leaves = new Set<string>();
    const gather = ({ key, children }: LayoutBox): void => {
      if (children.length === 0) leaves.add(key);
      else children.forEach(gather);
    };
    boxes.forEach(gather);
    const end = (key: string, port: 'in' | 'out'): string => (leaves.has(key) ? `${port} ${key}` : key);
    const graph: ElkBox = {
      id: ROOT,
      layoutOptions: { ...options },
      children: boxes.map((box) => elkBox(box, options)),
      edges: inLayers ? lines.map(({ from, to }, index) => ({ id: `edge ${index}`, sources: [end(from, 'out')], targets: [end(to, 'in')] })) : [],
    };
    return placesOf(await elk.layout(graph));
  };
}
