/** The vocabulary of hazards: ways in which data is lost, doubled or mixed up (evaluation 8, semantics 10). */

/** Kinds of hazards, in the order in which they are listed. */
export const HAZARD_KINDS = ['dual-write', 'duplicates', 'ack-early-loss', 'reorder', 'write-behind-loss', 'loss-window', 'rpo', 'cache-race', 'cross-shard'] as const;
export type HazardKind = (typeof HAZARD_KINDS)[number];

/**
 * One hazard. Targets: a connection and who works on it first; for dual-write its caller and then the stores that are
 * written with it. Data by kind: dual-write lost_per_day, writes_per_s, unavailability; duplicates and ack-early-loss per_day,
 * probability; reorder probability, in_flight; write-behind-loss window_s, writes_per_failure, per_year; loss-window
 * window_s, tolerance_s; rpo window_s, target_s; cache-race probability, window_s; cross-shard per_day.
 */
export interface Hazard {
  readonly kind: HazardKind;
  readonly targets: readonly { readonly kind: 'node' | 'edge' | 'entity' | 'journey'; readonly id: string }[];
  readonly data: Readonly<Record<string, number>>;
}
