import type { Catalog } from '../../contracts/catalog.ts';
import type { Evaluation } from '../../contracts/evaluation.ts';
import type { RangesResult } from '../../contracts/uncertainty.ts';
import { COMPONENT_HEIGHT, factsOf, findComponent, platesOf, tabWidth, zonesUsed, type ComponentFacts } from '../../drawing/component-facts.ts';
import { blastFigure, boundaryHeadRects } from '../../drawing/boundary-figures.ts';
import { edgeLook, kindOf, labelled, labelWordings, type EdgeLook } from '../../drawing/edge-figures.ts';
import { badgeRect, findingMarks, type FindingMark } from '../../drawing/finding-marks.ts';
import { namesOf, WIDTHS } from '../../drawing/names.ts';
import { barShare, nodeHeat, nodeText, type NodeHeat, type NodeText } from '../../drawing/node-figures.ts';
import { boundaryBox, noteBox, placeOf, type PaperBox } from '../../drawing/places.ts';
import { teamFrames, teamNameRect, type TeamFrame } from '../../drawing/team-frames.ts';
import { bodyRects, type Polyline, type Rect, type RouteBox, type RouteEdge } from '../../drawing/routing/geometry.ts';
import { LABEL_HEIGHT, labelWidth, placeLabels } from '../../drawing/routing/labels.ts';
import { routeAll } from '../../drawing/routing/route-all.ts';
import { nameWidth } from '../../drawing/text-width.ts';
import type { Boundary, Design, DesignEdge, DesignNode, Note } from '../../model/design.ts';
import { ancestorsOf } from '../../model/graph-queries.ts';

/** What is known of the drawing: nothing, points, or points with ranges of the same load. */
interface Results { readonly evaluation: Evaluation | null; readonly ranges: RangesResult | null }

/** What a component shows of its load. */
export interface PictureLoad { readonly text: NodeText; readonly heat: NodeHeat; readonly share: number | null }

/** A component as it is drawn. `load` is null where no figures are shown. */
export interface PictureNode {
  readonly node: DesignNode;
  readonly facts: ComponentFacts;
  readonly box: RouteBox;
  /** The name cut to its slot. */
  readonly shown: string;
  readonly zones: number | null;
  readonly load: PictureLoad | null;
  readonly mark: FindingMark | null;
}

/** A connection as it is drawn. */
export interface PictureEdge { readonly id: string; readonly points: Polyline; readonly look: EdgeLook }

/** A short label on a connection: its middle, its width and its words. */
export interface PictureLabel { readonly x: number; readonly y: number; readonly width: number; readonly text: string }

/** A boundary as it is drawn. `blast` is what its header says at the right: null where no figures are shown, or it has none. `depth` counts those around it. */
export interface PictureBoundary { readonly boundary: Boundary; readonly box: PaperBox; readonly blast: string | null; readonly depth: number }

/** Everything on the paper, in the order in which it is painted. */
export interface PictureScene {
  readonly boundaries: readonly PictureBoundary[];
  readonly teams: readonly TeamFrame[];
  readonly notes: readonly { readonly note: Note; readonly box: PaperBox }[];
  readonly edges: readonly PictureEdge[];
  readonly labels: readonly PictureLabel[];
  readonly nodes: readonly PictureNode[];
  /** The paper that all of it takes; null for an empty drawing. */
  readonly bounds: Rect | null;
}

function loadOf(facts: ComponentFacts, id: string, width: number, { evaluation, ranges }: Results): PictureLoad | null {
  const result = evaluation?.nodes[id];
  if (!result || facts.silhouette === 'unknown') return null;
  return { text: nodeText(facts, result, width, ranges?.nodes[id]), heat: nodeHeat(facts, result), share: barShare(facts, result) };
}

function nodesOf(design: Design, results: Results, catalog: Catalog): readonly PictureNode[] {
  const names = namesOf(design, nameWidth);
  const marks = findingMarks(results.evaluation);
  return Object.values(design.nodes).map((node, index) => {
    const facts = factsOf(node, findComponent(catalog.components, node.type));
    const { text: shown, width } = names.get(node.id) ?? { text: node.name, width: WIDTHS[0] };
    const zones = zonesUsed(design, node);
    const box: RouteBox = { id: node.id, ...placeOf(design.layout.nodes[node.id], index), w: width, h: COMPONENT_HEIGHT, plates: platesOf(facts.units), tab: tabWidth(facts.units, zones), obstacle: true };
    return { node, facts, box, shown, zones, load: loadOf(facts, node.id, width, results), mark: marks.get(node.id) ?? null };
  });
}

function boundariesOf(design: Design, { evaluation, ranges }: Results): PictureScene['boundaries'] {
  const depth = (id: string): number => ancestorsOf(design, id).length;
  return Object.values(design.boundaries)
    .flatMap((boundary) => {
      const box = boundaryBox(design.layout, boundary.id);
      return box ? [{ boundary, box, blast: blastFigure(evaluation, ranges, boundary.id), depth: depth(boundary.id) }] : [];
    })
    .sort((a, b) => a.depth - b.depth);
}

/** Frames around what the teams own, of the boxes that are drawn. */
function teamsOf(design: Design, nodes: readonly PictureNode[]): readonly TeamFrame[] {
  if (Object.values(design.nodes).every(({ team }) => team == null || team === '')) return [];
  const rects = new Map(nodes.map(({ box: { id, x, y, w, h } }) => [id, { left: x, top: y, right: x + w, bottom: y + h }]));
  return teamFrames(design, (id) => rects.get(id) ?? null);
}

function boxesOf(nodes: readonly PictureNode[], boundaries: PictureScene['boundaries']): ReadonlyMap<string, RouteBox> {
  const boxes = new Map<string, RouteBox>();
  for (const { boundary, box } of boundaries) boxes.set(boundary.id, { id: boundary.id, ...box, plates: 0, tab: 0, obstacle: false });
  // a component's box wins over a boundary's of the same id
  for (const { box } of nodes) boxes.set(box.id, box);
  return boxes;
}

/** A connection for the router, with the bends that are held. */
function routeEdgeOf(design: Design, { id, from, to }: DesignEdge): RouteEdge {
  const held = Object.hasOwn(design.layout.edges, id) ? design.layout.edges[id]?.points : undefined;
  return { id, from, to, ...(held ? { held } : {}) };
}

function edgesOf(design: Design, evaluation: Evaluation | null, nodes: readonly PictureNode[], routes: ReadonlyMap<string, Polyline>): readonly PictureEdge[] {
  const ends = new Map(nodes.map(({ node, facts }) => [node.id, facts.end]));
  return Object.values(design.edges).flatMap((edge) => {
    const points = routes.get(edge.id);
    const look = edgeLook(kindOf(design, edge, (node) => ends.get(node.id) ?? null), evaluation?.edges[edge.id], evaluation === null);
    // traces and migrations are about the platform, not the traffic
    return points && look.line !== 'platform' ? [{ id: edge.id, points, look }] : [];
  });
}

function labelsOf(design: Design, { evaluation, ranges }: Results, { nodes, boundaries, teams }: Pick<PictureScene, 'nodes' | 'boundaries' | 'teams'>, routes: ReadonlyMap<string, Polyline>): readonly PictureLabel[] {
  if (!evaluation) return [];
  const wordings = labelWordings(design, evaluation, labelled(design, evaluation), ranges?.edges);
  const requests = [...wordings].flatMap(([edge, words]) => {
    const points = routes.get(edge);
    return points ? [{ edge, points, widths: words.map(labelWidth) }] : [];
  });
  const heads = [...boundaries.flatMap(({ boundary, box }) => boundaryHeadRects(box, nameWidth(boundary.name))), ...teams.map((frame) => teamNameRect(frame, nameWidth(frame.team)))];
  const taken = [...heads, ...nodes.flatMap(({ box, mark }) => [...bodyRects(box), ...(mark ? [badgeRect(box)] : [])])];
  return [...placeLabels(requests, taken, routes)].map(([edge, { x, y, wording }]) => {
    const words = wordings.get(edge)?.[wording] ?? '';
    return { x, y, text: words, width: labelWidth(words) };
  });
}

function boundsOfAll(scene: Omit<PictureScene, 'bounds'>): Rect | null {
  const rects: Rect[] = [];
  const paper = ({ x, y, w, h }: PaperBox): Rect => ({ left: x, top: y, right: x + w, bottom: y + h });
  for (const { box } of scene.boundaries) rects.push(paper(box));
  for (const { rect } of scene.teams) rects.push(rect);
  for (const { box } of scene.notes) rects.push(paper(box));
  for (const { box, mark } of scene.nodes) rects.push(...bodyRects(box), ...(mark ? [badgeRect(box)] : []));
  for (const { points, look } of scene.edges) for (const { x, y } of points) rects.push({ left: x - look.width, top: y - look.width, right: x + look.width, bottom: y + look.width });
  for (const { x, y, width } of scene.labels) rects.push({ left: x - width / 2, top: y - LABEL_HEIGHT / 2, right: x + width / 2, bottom: y + LABEL_HEIGHT / 2 });
  const [first] = rects;
  if (!first) return null;
  return rects.reduce((all, rect) => ({ left: Math.min(all.left, rect.left), top: Math.min(all.top, rect.top), right: Math.max(all.right, rect.right), bottom: Math.max(all.bottom, rect.bottom) }), first);
}

/** A drawing with its places, routes and figures, as ranges where they are given for the same load. Without an evaluation it shows no load, as the whiteboard does. */
export function pictureScene(design: Design, evaluation: Evaluation | null, catalog: Catalog, ranges: RangesResult | null = null): PictureScene {
  const results: Results = { evaluation, ranges: ranges !== null && ranges.multiple === evaluation?.multiple ? ranges : null };
  const nodes = nodesOf(design, results, catalog);
  const boundaries = boundariesOf(design, results);
  const teams = teamsOf(design, nodes);
  const notes = Object.values(design.notes).map((note, index) => ({ note, box: noteBox(design.layout, note.id, index, note.text) }));
  const boxes = boxesOf(nodes, boundaries);
  const drawn = Object.values(design.edges).filter((edge) => boxes.has(edge.from) && boxes.has(edge.to));
  const routes = routeAll(boxes, new Map(drawn.map((edge) => [edge.id, routeEdgeOf(design, edge)])));
  const scene = { nodes, boundaries, teams, notes, edges: edgesOf(design, evaluation, nodes, routes), labels: labelsOf(design, results, { nodes, boundaries, teams }, routes) };
  return { ...scene, bounds: boundsOfAll(scene) };
}
