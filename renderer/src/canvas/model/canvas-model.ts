import { createContext, use } from 'react';
import type { Design, DesignNode } from '../../../../shared/model/design.ts';
import { edgeName } from '../../document/edge-name.ts';
import { moveObjects } from '../../document/edits/move.ts';
import { edit } from '../../document/history.ts';
import { useSession } from '../../document/session.ts';
import { useWorkspace } from '../../document/workspace.ts';
import { useEvaluation } from '../../evaluation/evaluation-store.ts';
import { usePreview } from '../../evaluation/preview-store.ts';
import { useRanges } from '../../evaluation/ranges-store.ts';
import { framesOf } from '../boundaries/frames-of.ts';
import { drawnKind } from '../connect-rules.ts';
import { useHighlight } from '../highlight/highlight.ts';
import { cutAt, fitsInto, isUnconnected, markCut, splice, type Cut } from '../interaction/splicing.ts';
import { createKeyedStore } from '../keyed-store.ts';
import { boundaryHeadRects } from '../../../../shared/drawing/boundary-figures.ts';
import { COMPONENT_HEIGHT } from '../../../../shared/drawing/component-facts.ts';
import { lineOf } from '../../../../shared/drawing/edge-figures.ts';
import { badgeRect } from '../../../../shared/drawing/finding-marks.ts';
import { teamNameRect } from '../../../../shared/drawing/team-frames.ts';
import { namesOf, WIDTHS, type ShownName } from '../../../../shared/drawing/names.ts';
import { flowId, parseFlowId } from '../projection/flow-types.ts';
import { toMoves } from '../projection/from-changes.ts';
import { NO_EDGES, toEdges, type EdgeProjection } from '../projection/to-edges.ts';
import { NO_NODES, toNodes, type NodeProjection } from '../projection/to-nodes.ts';
import { bodyRects, type Point, type Polyline, type Rect, type RouteBox, type RouteEdge } from '../../../../shared/drawing/routing/geometry.ts';
import { LABEL_CHARACTER, LABEL_HEIGHT, LABEL_PADDING, labelSlot, placeFullLabel, placeLabels, type LabelPlace } from '../../../../shared/drawing/routing/labels.ts';
import { createFigureFeed } from './figure-feed.ts';
import { measureName } from './measure-text.ts';
import { createRouteQueue } from './route-queue.ts';
import { boxesOf, bundledEdges, contextsOf, passengers, routeEdges } from './scene.ts';

/** What React draws: replaced as a whole, members keep their identity. */
export interface CanvasView { readonly nodes: NodeProjection; readonly edges: EdgeProjection }

type Place = { readonly x: number; readonly y: number };

/** Traces and migrations are not drawn until asked for: they stand for nothing. */
function isPlatform(design: Design, id: string): boolean {
  const edge = design.edges[id];
  return edge !== undefined && lineOf(drawnKind(design, edge)) === 'platform';
}

function selectedIds(): { readonly nodes: ReadonlySet<string>; readonly edges: ReadonlySet<string> } {
  const { selection } = useSession.getState();
  const nodes = new Set<string>();
  for (const kind of ['node', 'boundary', 'note'] as const) for (const id of selection[kind]) nodes.add(flowId(kind, id));
  return { nodes, edges: new Set(selection.edge) };
}

/** The edit with which a drag ends: everything to its place, and a component between the ends of the connection that it cuts. */
function dropping(ended: ReadonlyMap<string, Place>, cut: Cut | null, node: string | null): (draft: Design) => void {
  return (draft) => {
    moveObjects(draft, toMoves(ended));
    if (cut && node !== null) splice(draft, cut.edge, node);
  };
}

/** One open drawing as the canvas sees it: projection, drag, routes and figures. Follows the stores from start to stop. */
export class CanvasModel {
  /** Routes by connection id. */
  readonly routes = createKeyedStore<Polyline>();
  /** Where the labels shown unasked stand. */
  readonly places = createKeyedStore<LabelPlace>((a, b) => a.x === b.x && a.y === b.y && a.wording === b.wording);
  /** Connections that another one stands for in the overview. */
  readonly bundled = createKeyedStore<true>();
  /** Who calls a component and where it stands, for its spoken name. */
  readonly contexts = createKeyedStore<string>();
  readonly feed = createFigureFeed(() => this.placeLabels());
  private readonly queue = createRouteQueue(this.routes, () => this.placeLabels());
  private readonly listeners = new Set<() => void>();
  private readonly documentId: string;
  private design: Design | null = null;
  private names: ReadonlyMap<string, ShownName> = new Map();
  private current: CanvasView = { nodes: NO_NODES, edges: NO_EDGES };
  private stood: NodeProjection = NO_NODES;
  private boxes: ReadonlyMap<string, RouteBox> = new Map();
  private edges: ReadonlyMap<string, RouteEdge> = new Map();
  private routedEdges: ReadonlyMap<string, RouteEdge> = new Map();
  private dragged: ReadonlyMap<string, Place> = new Map();
  /** The held routes that the router knows. */
  private heldIn: Design['layout']['edges'] | null = null;

  constructor(documentId: string) {
    this.documentId = documentId;
    // the first picture must not wait for an effect: the camera is fitted to it
    this.project();
  }

  readonly view = (): CanvasView => this.current;

  /** The things as they stood before the drag that goes on. */
  readonly standing = (): NodeProjection => this.stood;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  };

  /** Box of a component or boundary as the router sees it, by document id. */
  box(id: string): RouteBox | undefined {
    return this.boxes.get(id);
  }

  /** Where the middle of a connection's full line stands, drawn `scale` times its size: on or beside the line, off the components. */
  placeFull(id: string, points: Polyline, text: string, scale: number, view: Rect): Point {
    return placeFullLabel(points, (text.length * LABEL_CHARACTER + LABEL_PADDING) * scale, scale, [...this.drawnRects(), ...this.labelRects(id)], view);
  }

  /** Show how a connection would run if it were another one. Null when an end is missing. */
  tryRoute(edge: RouteEdge): Polyline | null {
    const points = this.queue.tryOut(edge);
    if (points) this.showRoute(edge.id, points);
    return points;
  }

  /** Show a route of a connection in the hand, and no labels, until `releaseRoutes`. */
  showRoute(id: string, points: Polyline): void {
    this.places.replace(new Map());
    this.queue.show(id, points);
  }

  /** The hand let go: the routes of the document return. */
  releaseRoutes(): void {
    this.queue.release();
    this.placeLabels();
  }

  /** A connection as the router sees it. */
  routeEdge(id: string): RouteEdge | undefined {
    return this.edges.get(id);
  }

  /** A step of a drag: it stays here until it ends. A boundary takes along what stands in it. */
  drag(moved: ReadonlyMap<string, Place>): void {
    if (!this.design) return;
    if (this.dragged.size === 0) this.places.replace(new Map());
    const next = new Map([...this.dragged, ...moved]);
    for (const [flow, place] of moved) {
      const { kind, id } = parseFlowId(flow);
      const before = this.current.nodes.byId.get(flow)?.position;
      if (kind !== 'boundary' || !before) continue;
      for (const rider of passengers(this.design, id, this.current.nodes)) {
        const at = this.current.nodes.byId.get(rider)?.position;
        if (at && !moved.has(rider)) next.set(rider, { x: at.x + place.x - before.x, y: at.y + place.y - before.y });
      }
    }
    this.dragged = next;
    this.followDrag();
    this.project();
    markCut(this.cutUnderDrag());
  }

  /** Where a component with its middle at a point would cut a connection; `node` is one that is in the drawing. */
  cutAt(middle: Point, node?: DesignNode): Cut | null {
    const { design } = this;
    return design && cutAt(this.routes.values, middle, (edge) => this.edges.has(edge) && (node === undefined || fitsInto(design, edge, node)));
  }

  /** The cut that a single component in the hand would make: only one that is connected to nothing goes between others. */
  private cutUnderDrag(): Cut | null {
    const [[flow, at] = ['', null]] = this.dragged;
    const { kind, id } = parseFlowId(flow);
    const node = this.design?.nodes[id];
    if (this.dragged.size !== 1 || kind !== 'node' || !at || !node || !this.design || !isUnconnected(this.design, id)) return null;
    return this.cutAt({ x: at.x + (this.boxes.get(id)?.w ?? 0) / 2, y: at.y + COMPONENT_HEIGHT / 2 }, node);
  }

  /** The drawing as it would be if the hand let go now; null while it holds nothing. */
  tryDrop(): Design | null {
    const design = useWorkspace.getState().documents[this.documentId]?.design;
    const { dragged } = this;
    const [[flow] = ['']] = dragged;
    const { kind, id } = parseFlowId(flow);
    return design && dragged.size > 0 ? (edit(design, 'Move', dropping(dragged, this.cutUnderDrag(), kind === 'node' ? id : null))?.design ?? null) : null;
  }

  /** End a drag with one edit. */
  drop(): void {
    const ended = this.dragged;
    if (ended.size === 0) return;
    const cut = this.cutUnderDrag();
    markCut(null);
    this.dragged = new Map();
    const first = this.current.nodes.byId.get([...ended.keys()][0] ?? '');
    const alone = ended.size === 1 || first?.type === 'boundary';
    const what = first?.type === 'component' ? first.data.node.name : first?.type === 'boundary' ? first.data.boundary.name : 'note';
    const into = cut && this.design ? ` into ${edgeName(this.design, cut.edge)}` : '';
    const name = alone ? `Move ${what}${into}` : `Move ${ended.size} things`;
    const node = cut && first?.type === 'component' ? first.data.node.id : null;
    useWorkspace.getState().commit(name, dropping(ended, cut, node));
    this.project();
    this.queue.release();
    this.placeLabels();
  }

  /** End a drag without an edit: everything returns to its place. */
  putBack(): void {
    if (this.dragged.size === 0) return;
    markCut(null);
    this.dragged = new Map();
    this.project();
    this.queue.release();
    this.placeLabels();
  }

  /** Measure names again, once the fonts have arrived. */
  remeasure(): void {
    if (this.design) this.names = namesOf(this.design, measureName);
    this.project();
    this.showFigures();
  }

  /** Follow the stores. Returns the way to stop. */
  start(): () => void {
    const all = (): void => {
      this.project();
      this.showFigures();
    };
    const stops = [
      useWorkspace.subscribe((state, before) => {
        const [now, then] = [state.documents[this.documentId], before.documents[this.documentId]];
        if (now?.design !== then?.design || now?.readOnly !== then?.readOnly) all();
      }),
      useSession.subscribe((state, before) => {
        if (state.mode !== before.mode) all();
        else if (state.selection !== before.selection) this.project();
        if (state.edgeLabels !== before.edgeLabels) this.showFigures();
      }),
      useEvaluation.subscribe((state, before) => {
        if (state.current !== before.current || state.base !== before.base) this.showFigures();
        else if (state.load !== before.load) this.feed.showLoad(state.load);
      }),
      useHighlight.subscribe(({ active }, before) => {
        if (active?.edges !== before.active?.edges) this.showFigures();
      }),
      useRanges.subscribe(({ result }) => this.feed.showRanges(result)),
      usePreview.subscribe((state, before) => {
        if (state.shown?.drawn !== before.shown?.drawn) all();
      }),
    ];
    this.feed.showRanges(useRanges.getState().result);
    all();
    return () => {
      stops.forEach((stop) => stop());
      this.queue.stop();
      this.feed.stop();
    };
  }

  private project(): void {
    const doc = useWorkspace.getState().documents[this.documentId];
    if (!doc) return;
    const { readOnly } = doc;
    const { shown } = usePreview.getState();
    // a preview is drawn in the document's place, on the same paper
    const design = shown?.of === doc.design ? shown.drawn : doc.design;
    const fresh = design !== this.design;
    if (design.nodes !== this.design?.nodes || design.layout.nodes !== this.design.layout.nodes) this.names = namesOf(design, measureName);
    this.design = design;
    const selected = selectedIds();
    const locked = readOnly !== null || useSession.getState().mode === 'review';
    const nodes = toNodes(design, design.layout, { selected: selected.nodes, drag: this.dragged, names: this.names, locked }, this.current.nodes);
    const edges = toEdges(design, selected.edges, this.current.edges);
    const changed = nodes !== this.current.nodes || edges !== this.current.edges;
    if (fresh && (edges !== this.current.edges || design.layout.edges !== this.heldIn)) this.edges = routeEdges(edges, design.layout, this.edges);
    this.heldIn = design.layout.edges;
    if (fresh) this.bundled.replace(new Map([...bundledEdges(this.edges, (id) => isPlatform(design, id))].map((id) => [id, true])));
    this.current = changed ? { nodes, edges } : this.current;
    if (fresh) this.contexts.replace(contextsOf(design));
    if (this.dragged.size === 0) {
      this.stood = nodes;
      const boxes = boxesOf(design, nodes, this.boxes);
      const moved = boxes !== this.boxes || this.edges !== this.routedEdges;
      this.boxes = boxes;
      this.routedEdges = this.edges;
      if (moved) this.queue.update(boxes, this.edges);
    }
    if (changed) this.listeners.forEach((listener) => listener());
  }

  private showFigures(): void {
    if (!this.design) return;
    const { mode, edgeLabels } = useSession.getState();
    this.feed.nameEdges([...(useHighlight.getState().active?.edges ?? [])]);
    this.feed.show(this.design, useEvaluation.getState(), mode === 'whiteboard', edgeLabels, (id) => this.boxes.get(id)?.w ?? WIDTHS[0]);
  }

  private followDrag(): void {
    const moving = new Map<string, RouteBox>();
    for (const [flow, place] of this.dragged) {
      const { kind, id } = parseFlowId(flow);
      const box = kind === 'note' ? undefined : this.boxes.get(id);
      if (box) moving.set(id, { ...box, x: place.x, y: place.y });
    }
    this.queue.follow(moving);
  }

  private placeLabels(): void {
    if (this.dragged.size > 0) return;
    const requests = this.feed.labelled().flatMap((edge) => {
      const points = this.routes.get(edge);
      const wordings = this.feed.labels.get(edge);
      return points && wordings ? [{ edge, points, widths: wordings.map(labelSlot) }] : [];
    });
    this.places.replace(placeLabels(requests, this.drawnRects(), this.routes.values));
  }

  /** Where the short labels of the other connections stand. */
  private labelRects(but: string): readonly Rect[] {
    return [...this.places.values].flatMap(([edge, { x, y, wording }]) => {
      const words = edge === but ? undefined : this.feed.labels.get(edge)?.[wording];
      if (words === undefined) return [];
      const half = labelSlot(words) / 2;
      return [{ left: x - half, right: x + half, top: y - LABEL_HEIGHT / 2, bottom: y + LABEL_HEIGHT / 2 }];
    });
  }

  /** Everything that stands on the paper and must stay readable: components with their tabs and marks, what boundaries are called. */
  private drawnRects(): readonly Rect[] {
    const rects: Rect[] = [];
    for (const box of this.boxes.values()) {
      if (!box.obstacle) {
        rects.push(...boundaryHeadRects(box, measureName(this.design?.boundaries[box.id]?.name ?? '')));
        continue;
      }
      rects.push(...bodyRects(box));
      if (this.feed.findings.get(box.id)) rects.push(badgeRect(box));
    }
    if (this.design) rects.push(...framesOf(this.design).map((frame) => teamNameRect(frame, measureName(frame.team))));
    return rects;
  }
}

const Context = createContext<CanvasModel | null>(null);

/** Gives the drawing's parts their model. */
export const CanvasModelProvider = Context.Provider;

/** The model of the drawing around a part. */
export function useCanvasModel(): CanvasModel {
  const model = use(Context);
  if (!model) throw new Error('Used outside of the drawing');
  return model;
}
