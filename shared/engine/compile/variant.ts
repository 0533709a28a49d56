/** What journeys may differ in while they walk the same drawing. */
import type { JourneyView } from '../../contracts/graph-view.ts';
import type { Demand, JourneyStep } from '../../model/design.ts';

/** What journeys may differ in: their overrides. Journeys with the same overrides share one walk. */
export interface Variant {
  readonly steps: ReadonlyMap<string, readonly JourneyStep[]>;
  readonly demands: Readonly<Record<string, Demand>>;
  readonly mixed: boolean;
  readonly cacheable: number;
  /** Region of the clients, '' where it is not drawn or makes no difference. */
  readonly region: string;
  /** The walk without overrides, for the nodes where this one has none (`own` is 0). Null for such a walk itself. */
  readonly plain: Variant | null;
  readonly own: Uint8Array;
  /** Slot of each node and operation, -1 while it is not reached. */
  readonly slots: Int32Array;
}

/** Share of a journey's reads that an edge cache may answer at all (semantics 7). */
export function cacheableShare({ journey }: JourneyView): number {
  return journey.cacheable === 'public' ? 1 : (journey.cacheable_fraction ?? 0);
}

/** Journeys with the same signature share one walk. `region` is where their clients are. */
export function signature(view: JourneyView, region: string): string {
  const { journey } = view;
  const strict = (journey.steps?.length ?? 0) > 0 && (journey.op ?? 'mixed') !== 'mixed';
  return JSON.stringify([journey.steps ?? [], journey.demands ?? {}, strict, cacheableShare(view), region]);
}
