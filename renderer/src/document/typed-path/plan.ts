import type { Design, EdgeKind, Params } from '../../../../shared/model/design.ts';
import type { Part } from '../parts.ts';
import type { Span } from './tokens.ts';
import type { TypedItem } from './parse.ts';

/** What a line continues from. */
export interface Start { readonly kind: 'node' | 'boundary'; readonly id: string }

/** What a line is read against. */
export interface DrawContext {
  readonly design: Design;
  /** The selected component, or the one that a connection was pulled from. */
  readonly start: Start | null;
  /** It was given by hand: the line continues from it whatever it begins with. */
  readonly pulled?: boolean;
  /** Leave the start alone: add without connecting. */
  readonly apart?: boolean;
}

/** What one item of a line becomes. */
export interface PlannedItem {
  readonly typed: TypedItem;
  /** Id of the component that is meant; null for a new one. */
  readonly existing: string | null;
  /** Index of an earlier item of the line that is the same component. */
  readonly same: number | null;
  readonly name: string;
  /** What it is; null for a component that nobody has typed yet. */
  readonly part: Part | null;
  /** What an existing component turns into. */
  readonly becomes: Part | null;
  /** Parameters to set. */
  readonly params: Params;
  readonly units: number | null;
  readonly zones: 1 | 2 | 3 | null;
  /** Nothing in the catalogue or the drawing has this name. */
  readonly unknown: boolean;
  /** Other components of the drawing that may be meant. */
  readonly others: readonly string[];
  /** Other parts that may be meant. */
  readonly parts: readonly Part[];
  /** What cannot be done as written, as sentences. */
  readonly remarks: readonly string[];
}

/** An end of a planned connection: an item, or what the line continues from. */
export type PlannedEnd = number | 'start';

/** One connection of a line. */
export interface PlannedEdge {
  readonly from: PlannedEnd;
  readonly to: number;
  /** Id of the connection when it is drawn already. */
  readonly existing: string | null;
  /** Kind to store; undefined leaves it inferred. */
  readonly stored: EdgeKind | undefined;
  /** Kind as it will be drawn; null while an end has no type. */
  readonly drawn: EdgeKind | null;
  /** Why it is not drawn. */
  readonly refused: string | null;
}

/** A cache that is read before stores by the component that calls them. */
export interface CacheFirst {
  /** The item that says so. */
  readonly item: number;
  readonly cache: string;
  readonly stores: readonly string[];
  /** The cache is named in this line, so that the line can choose otherwise. */
  readonly own: boolean;
}

/** The journey that a line names. */
export interface PlannedJourney {
  readonly name: string;
  readonly span: Span;
  /** Id of the journey of that name, whose way is traced anew. */
  readonly existing: string | null;
  /** Indices of the connections that it takes, in order; the first one leaves the client. */
  readonly path: readonly number[];
  /** Ids of connections that leave the way and are not part of it. */
  readonly leftOut: readonly string[];
  /** Why no journey is made. */
  readonly refused: string | null;
}

/** What a line does to a drawing. */
export interface Plan {
  /** What it continues from, or null. */
  readonly start: Start | null;
  readonly items: readonly PlannedItem[];
  readonly edges: readonly PlannedEdge[];
  readonly caches: readonly CacheFirst[];
  readonly journey: PlannedJourney | null;
}

/** The item that stands for a component: the first one that named it. */
export function canonical(plan: Pick<Plan, 'items'>, index: number): number {
  return plan.items[index]?.same ?? index;
}

/** Id of the component behind an end; null for one that is not drawn yet. */
export function endId(plan: Pick<Plan, 'items' | 'start'>, end: PlannedEnd): string | null {
  return end === 'start' ? (plan.start?.id ?? null) : (plan.items[canonical(plan, end)]?.existing ?? null);
}

/** Items that become new components. */
export function newItems(plan: Pick<Plan, 'items'>): readonly number[] {
  return plan.items.flatMap((item, index) => (item.existing === null && item.same === null ? [index] : []));
}
