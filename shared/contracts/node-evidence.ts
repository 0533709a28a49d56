import { formatAvailability, formatBytes, formatCount, formatDuration, formatNumber, formatPercent, formatRate, formatUtilisation } from '../lib/format.ts';
import type { NodeResult } from './evaluation.ts';

type Write = (value: number) => string;

const gigabytes: Write = (value) => formatBytes(value * 1e9);

/** Figures of a component that no panel and no rule shows, with their words, in the order in which they are told. */
const WORDS: readonly (readonly [key: string, words: string, write: Write])[] = [
  ['population_users', 'Users', formatCount],
  ['population_rps', 'What they send', formatRate],
  ['population_response_s', 'Their mean wait for an answer', formatDuration],
  ['population_knee_users', 'Users from which the narrowest place decides', formatCount],
  ['closed_rps', 'Most with every worker busy all the time', formatRate],
  ['pooled_calls', 'Calls at a time that the connection pools let through', formatCount],
  ['pooled_rps', 'Most that these calls carry', formatRate],
  ['pooled_response_s', 'Mean answer then', formatDuration],
  ['pooled_enough', 'Calls at a time that keep it busy', formatCount],
  ['effective_shards', 'Even shards that its shards are worth', formatNumber],
  ['partitions_needed', 'Partitions needed with even keys', formatCount],
  ['outage_backlog', 'Messages that wait after half an hour without consumers', formatCount],
  ['outage_backlog_gb', 'Their size', gigabytes],
  ['outage_most_s', 'Longest time without consumers that loses nothing', formatDuration],
  ['provisioned_enough', 'Environments with which cold starts vanish', formatCount],
  ['break_even_rps', 'Average rate at which machines and a function cost the same', formatRate],
  ['limit_rps', 'Stated limit', formatRate],
  ['admitted_rps', 'What it lets through in the long run', formatRate],
  ['auth_cores', 'Cores that checking callers takes', formatNumber],
  ['warm_up_s', 'Time to fill when empty', formatDuration],
  ['cold_utilisation', 'Busiest store behind it while it answers nothing', formatUtilisation],
  ['aws_availability', 'Its availability as AWS approximates it', formatAvailability],
  ['zone_loss_utilisation', 'How busy without its largest zone', formatUtilisation],
  ['reconnect_rps', 'Clients that come back when one unit is lost', formatRate],
  ['unseen_share', 'Own writes that a replica does not show yet', formatPercent],
  ['schema_lock_s_year', 'Locked by schema changes in a year', formatDuration],
  ['backfill_s', 'Time to fill a new column of the largest table', formatDuration],
  ['backfill_utilisation', 'How busy meanwhile', formatUtilisation],
  ['burst_utilisation', 'How busy in the burst', formatUtilisation],
  ['burst_backlog', 'Messages that wait after the burst', formatCount],
  ['burst_deficit', 'Requests that pile up until more machines run', formatCount],
  ['burst_dropped_share', 'Share of the burst that the limit turns away', formatPercent],
  ['burst_throttled_share', 'Share of the burst that comes before its environments can be started', formatPercent],
  ['burst_over_limit_share', 'Share of the burst beyond the limit on environments', formatPercent],
  ['burst_cold_share', 'First calls of the burst that start cold', formatPercent],
];

/** A figure in words and as it reads. */
export interface NodeFigure { readonly words: string; readonly text: string }

/** Further figures of one component, in a fixed order; of several units first how likely enough of them are up (semantics 9.4). */
export function furtherFigures({ evidence, units_scaled: units, full_capacity_availability: full }: Pick<NodeResult, 'evidence' | 'units_scaled' | 'full_capacity_availability'>): readonly NodeFigure[] {
  const capacity = units > 1 && full.value !== null ? [{ words: 'Units enough to carry the load', text: formatAvailability(full.value) }] : [];
  return [...capacity, ...WORDS.flatMap(([key, words, write]) => {
    const value = evidence[key];
    return value === undefined ? [] : [{ words, text: write(value) }];
  })];
}
