import { inferEdgeKind, type EdgeEnd } from '../../../../shared/contracts/edge-kind.ts';
import { factsOf } from '../../../../shared/drawing/component-facts.ts';
import { lineOf } from '../../../../shared/drawing/edge-figures.ts';
import type { Design, DesignEdge, DesignNode, EdgeKind } from '../../../../shared/model/design.ts';
import { resolvePart } from '../parts.ts';
import type { Join } from './tokens.ts';
import { endId, type CacheFirst, type Plan, type PlannedEdge, type PlannedEnd, type PlannedItem, type Start } from './plan.ts';

type Resolved = Pick<Plan, 'items' | 'start'>;

const MESSAGES: readonly EdgeKind[] = ['publish', 'consume', 'trigger'];

/** A component as the drawing has it. */
export function endOfNode(node: DesignNode): EdgeEnd | null {
  return factsOf(node, resolvePart(node.type)?.component ?? null).end;
}

/** A component as a line leaves it. */
export function endOfItem(item: PlannedItem, design: Design): EdgeEnd | null {
  const node = item.existing === null ? undefined : design.nodes[item.existing];
  const type = item.becomes?.component.type ?? node?.type ?? item.part?.component.type ?? '';
  return endOfNode({ id: '', name: '', ...node, type, params: { ...node?.params, ...item.params } });
}

/** Kind of a connection that is drawn already. */
export function drawnKind(design: Design, edge: DesignEdge): EdgeKind | null {
  if (edge.kind !== undefined) return edge.kind;
  const [from, to] = [design.nodes[edge.from], design.nodes[edge.to]];
  const [a, b] = [from && endOfNode(from), to && endOfNode(to)];
  return a && b ? inferEdgeKind(a, b) : null;
}

interface Choice { readonly stored: EdgeKind | undefined; readonly drawn: EdgeKind | null }

/** The kind that an operator asks for between two ends. */
function choose(join: Join, both: boolean, inferred: EdgeKind | null, accepts: (kind: EdgeKind) => boolean): Choice {
  const force = (kind: EdgeKind): Choice => ({ stored: kind, drawn: kind });
  if (join === 'replicate' && inferred !== 'replicate') return force('replicate');
  if (join === 'async' && (inferred === null || !MESSAGES.includes(inferred))) return force(MESSAGES.find(accepts) ?? 'publish');
  if (join === 'call' && both && inferred === 'cache') return force('db');
  return { stored: undefined, drawn: inferred };
}

function drawnAlready(design: Design, from: string, to: string, join: Join, drawn: EdgeKind | null): DesignEdge | undefined {
  return Object.values(design.edges).find((edge) => {
    if (edge.from !== from || edge.to !== to) return false;
    const kind = join === 'call' ? null : drawnKind(design, edge);
    return join === 'call' || (join === 'replicate' ? kind === 'replicate' : kind !== null && drawn !== null && lineOf(kind) === lineOf(drawn));
  });
}

class Connector {
  readonly edges: PlannedEdge[] = [];
  private readonly ends = new Map<number, EdgeEnd | null>();

  constructor(private readonly plan: Resolved, private readonly design: Design) {}

  private endOf(end: PlannedEnd): EdgeEnd | null {
    const { start, items } = this.plan;
    if (end === 'start') {
      const node = start?.kind === 'node' ? this.design.nodes[start.id] : undefined;
      return node ? endOfNode(node) : null;
    }
    let known = this.ends.get(end);
    const item = items[end];
    if (known === undefined && item) this.ends.set(end, (known = endOfItem(item, this.design)));
    return known ?? null;
  }

  private sameEnd(from: PlannedEnd, to: number): boolean {
    const id = endId(this.plan, from);
    return from === to || (id !== null && id === endId(this.plan, to));
  }

  connect(from: PlannedEnd, to: number, join: Join, both: boolean): void {
    const { plan, design } = this;
    const refuse = (refused: string): void => void this.edges.push({ from, to, existing: null, stored: undefined, drawn: null, refused });
    if (this.sameEnd(from, to)) return refuse('A component does not call itself over the network.');
    const [a, b] = [this.endOf(from), this.endOf(to)];
    const part = plan.items[to]?.part;
    const { stored, drawn } = choose(join, both, a && b ? inferEdgeKind(a, b) : null, (kind) => (part?.component.accepts?.(kind) ?? null) === null);
    const [fromId, toId] = [endId(plan, from), endId(plan, to)];
    const before = fromId !== null && toId !== null ? drawnAlready(design, fromId, toId, join, drawn) : undefined;
    if (this.edges.some((edge) => edge.from === from && edge.to === to && edge.stored === stored)) return;
    const refused = before ? null : (part?.component.accepts?.(drawn ?? 'http') ?? null);
    if (refused !== null) return refuse(refused);
    this.edges.push({ from, to, existing: before?.id ?? null, stored, drawn: stored ?? before?.kind ?? drawn, refused: null });
  }
}

/** Connections of a line, in its order. */
export function planEdges(plan: Resolved, design: Design): readonly PlannedEdge[] {
  const connector = new Connector(plan, design);
  plan.items.forEach((item, index) => {
    const { after, join, both } = item.typed;
    const to = item.same ?? index;
    if (after === 'start') {
      if (plan.start) connector.connect('start', to, join, both);
    } else for (const from of after) connector.connect(plan.items[from]?.same ?? from, to, join, both);
  });
  return connector.edges;
}

/** Name of an end as the line knows it. */
export function endName(plan: Resolved, design: Design, end: PlannedEnd): string {
  if (end !== 'start') return plan.items[end]?.name ?? '';
  const start = plan.start as Start;
  return design.nodes[start.id]?.name ?? design.boundaries[start.id]?.name ?? '';
}

interface Called { readonly fresh: boolean; readonly item: number | null; readonly id: string | null; readonly name: string; readonly kind: EdgeKind | null; readonly files: boolean }

/** Everything that an end calls once the line is drawn. */
function calledBy(plan: Resolved & Pick<Plan, 'edges'>, design: Design, from: PlannedEnd): readonly Called[] {
  const ours = plan.edges.flatMap((edge): Called[] => {
    const item = plan.items[edge.to];
    if (edge.from !== from || edge.refused !== null || !item) return [];
    return [{ fresh: edge.existing === null, item: edge.to, id: edge.existing, name: item.name, kind: edge.drawn, files: endOfItem(item, design)?.role === 'object-store' }];
  });
  const id = endId(plan, from);
  const drawn = Object.values(design.edges).flatMap((edge): Called[] => {
    const to = design.nodes[edge.to];
    if (edge.from !== id || !to || ours.some((other) => other.id === edge.id)) return [];
    return [{ fresh: false, item: null, id: edge.id, name: to.name, kind: drawnKind(design, edge), files: endOfNode(to)?.role === 'object-store' }];
  });
  return [...ours, ...drawn];
}

/** Where a line makes a component read a cache first and a store on a miss. Files are never read behind a cache. */
export function cachesFirst(plan: Resolved & Pick<Plan, 'edges'>, design: Design): readonly CacheFirst[] {
  const callers = new Set(plan.edges.map(({ from }) => from));
  return [...callers].flatMap((from) => {
    const called = calledBy(plan, design, from);
    const stores = called.filter(({ kind, files }) => kind === 'db' && !files);
    const caches = called.filter(({ kind }) => kind === 'cache');
    return caches.flatMap((cache): CacheFirst[] => {
      const item = cache.item ?? stores.find((store) => store.fresh)?.item ?? null;
      return stores.length > 0 && item !== null ? [{ item, cache: cache.name, stores: stores.map(({ name }) => name), own: cache.item !== null }] : [];
    });
  });
}
