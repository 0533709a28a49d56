import type { Evaluation } from '../../../shared/contracts/evaluation.ts';
import type { Design, DesignEdge, Journey, JourneyStep } from '../../../shared/model/design.ts';
import { resolvePart } from './parts.ts';

/** The part of a journey that decides which way it takes. */
export type Route = Pick<Journey, 'id' | 'entry' | 'op' | 'steps'>;

/** One connection that a journey takes or leaves out. */
export interface PathRow {
  readonly edge: string;
  /** Its override, or null where the drawing's own values count. */
  readonly step: JourneyStep | null;
  /** Place of the override in `steps`, -1 without one. */
  readonly index: number;
  /** Whether the journey travels it. */
  readonly included: boolean;
  /** Its place among the connections taken, from 1; null when it is left out. */
  readonly number: number | null;
}

/** What the last evaluation says about the drawing's connections. */
export interface PathFacts {
  /** Connections that the journey travelled, or null while it has no result. */
  readonly reached: ReadonlySet<string> | null;
  /** Whether a connection carries nothing, whoever asks: traces, copies of itself, the back of a cycle. */
  readonly idle: (edge: string) => string | null;
  /** Its kind, as stated or as the evaluation inferred it. */
  readonly kind: (edge: DesignEdge) => string | null;
}

/** What an evaluation knows about the way of one journey. */
export function pathFacts(evaluation: Evaluation | null, journey: string): PathFacts {
  const edges = evaluation?.journeys[journey]?.edges;
  return {
    reached: edges === undefined ? null : new Set(edges),
    idle: (edge) => evaluation?.edges[edge]?.idle_reason ?? null,
    kind: (edge) => edge.kind ?? evaluation?.edges[edge.id]?.kind ?? null,
  };
}

/** Whether every use of a connection is left out by its overrides. Messages pushed back over it are no use of it. */
function isLeftOut(steps: readonly JourneyStep[]): boolean {
  const uses = steps.filter((step) => step.push !== true);
  return uses.length > 0 && uses.every((step) => step.calls === 0);
}

/** Walks one journey through a drawing. */
class Walk {
  readonly order: string[] = [];
  readonly taken = new Set<string>();
  private readonly seen = new Set<string>();
  private readonly out = new Map<string, string[]>();
  readonly listed = new Map<string, { readonly step: JourneyStep; readonly index: number }[]>();

  constructor(private readonly design: Design, private readonly facts: PathFacts, private readonly route: Route) {
    (route.steps ?? []).forEach((step, index) => this.listed.set(step.edge, [...(this.listed.get(step.edge) ?? []), { step, index }]));
    for (const { id, from } of Object.values(design.edges)) this.out.set(from, [...(this.out.get(from) ?? []), id]);
    for (const ids of this.out.values()) ids.sort((a, b) => this.place(a) - this.place(b));
  }

  private place(edge: string): number {
    return this.listed.get(edge)?.[0]?.index ?? Number.MAX_SAFE_INTEGER;
  }

  private stepsOf(edge: string): readonly JourneyStep[] {
    return (this.listed.get(edge) ?? []).map(({ step }) => step);
  }

  private shown(edge: string): boolean {
    return this.listed.has(edge) || this.facts.idle(edge) === null;
  }

  private travels(edge: string): boolean {
    const steps = this.stepsOf(edge);
    if (this.facts.idle(edge) !== null || isLeftOut(steps)) return false;
    if (steps.length > 0 || edge === this.route.entry) return true;
    return this.facts.reached === null || this.facts.reached.has(edge);
  }

  private visit(edge: string): void {
    if (this.seen.has(edge) || !this.design.edges[edge] || !this.shown(edge)) return;
    this.seen.add(edge);
    this.order.push(edge);
    if (!this.travels(edge)) return;
    this.taken.add(edge);
    for (const next of this.out.get(this.design.edges[edge].to) ?? []) this.visit(next);
  }

  /** Listed connections that only one that is left out leads to. */
  private visitWaiting(): void {
    for (const edge of this.order) {
      if (this.taken.has(edge)) continue;
      for (const next of this.out.get(this.design.edges[edge]?.to ?? '') ?? []) {
        if (this.seen.has(next) || !this.listed.has(next)) continue;
        this.seen.add(next);
        this.order.push(next);
      }
    }
  }

  run(): void {
    for (const start of this.design.edges[this.route.entry] ? [this.route.entry] : (this.out.get(this.route.entry) ?? [])) this.visit(start);
    this.visitWaiting();
  }
}

/**
 * The connections of a journey in the order of its walk: what it takes, and what it could take and leaves out. A
 * connection with several overrides has a row for each.
 */
export function pathOf(design: Design, route: Route, facts: PathFacts): readonly PathRow[] {
  const walk = new Walk(design, facts, route);
  walk.run();
  let count = 0;
  return walk.order.flatMap((edge): PathRow[] => {
    const included = walk.taken.has(edge);
    const number = included ? (count += 1) : null;
    const overrides = walk.listed.get(edge) ?? [];
    if (overrides.length === 0) return [{ edge, step: null, index: -1, included, number }];
    return overrides.map(({ step, index }) => ({ edge, step, index, included: included && step.calls !== 0, number }));
  });
}

/** Every connection that can be reached from where a journey starts, as if nothing were left out. */
export function reachableEdges(design: Design, route: Route, facts: PathFacts): readonly string[] {
  const plain: PathFacts = { ...facts, reached: null };
  return pathOf(design, { id: route.id, entry: route.entry }, plain).map(({ edge }) => edge);
}

/** A step that says what happens anyway: only writes publish and call outside services unless a step says otherwise. */
export function neutralStep(design: Design, route: Route, edge: string, facts: PathFacts): JourneyStep {
  const drawn = design.edges[edge];
  const stated = drawn?.params['op'];
  const outside = resolvePart(design.nodes[drawn?.to ?? '']?.type ?? '')?.component.type === 'external-api';
  const writes = (route.op ?? 'mixed') === 'mixed' && (stated === undefined || stated === 'auto') && drawn !== undefined && (facts.kind(drawn) === 'publish' || outside);
  return writes ? { edge, op: 'write' } : { edge };
}

/** Neutral steps for all taken connections that leave the same component, in their order: listing one lists them all. */
export function neutralSiblings(design: Design, route: Route, rows: readonly PathRow[], edge: string, facts: PathFacts): readonly JourneyStep[] {
  const from = design.edges[edge]?.from;
  if (edge === route.entry) return [neutralStep(design, route, edge, facts)];
  const siblings = [...new Set(rows.filter((row) => row.included && design.edges[row.edge]?.from === from).map((row) => row.edge))];
  return siblings.map((id) => neutralStep(design, route, id, facts));
}
