import { z } from '../lib/zod.ts';
import { choice, flag, number, optionalNumber, type ParamsSchema } from './params.ts';

const A = { provenance: 'A' as const };

/** The design's workload (semantics 2): the defaults that the engine computes with and the document's form. */
export const workloadParams = z.object({
  peak_rps: number({ ...A, default: 100, min: 0, label: 'Peak rate', group: 'capacity', unit: 'rps', help: 'Requests per second at the design hour, shared by the journeys that nobody has drawn. A drawn journey has its own rate.' }),
  peak_to_avg: number({ ...A, default: 3, min: 1, label: 'Peak to average', group: 'capacity', unit: 'times', help: 'Peak divided by average. Usage-priced items are billed at the average.' }),
  peak_duration_s: number({ ...A, default: 3600, min: 0, label: 'Peak lasts', group: 'capacity', unit: 's', help: 'How long the peak holds: decides how large a backlog grows.' }),
  peaks_per_day: number({ ...A, default: 1, min: 0, label: 'Peaks a day', group: 'capacity', unit: 'per_day', help: 'How often the peak comes back before a backlog must be gone.' }),
  ca2: number({ ...A, default: 1, min: 0, label: 'Burstiness', group: 'capacity', unit: 'none', help: 'Squared coefficient of variation of the gaps between arrivals: 1 random (Poisson), 4 bursty.' }),
  read_fraction: number({ ...A, default: 0.9, min: 0, max: 1, step: 0.01, label: 'Reads', group: 'data', unit: 'ratio', help: 'Share of requests that only read.' }),
  payload_in_kb: number({ ...A, default: 2, min: 0, label: 'Request size', group: 'capacity', unit: 'kb', help: 'Mean bytes a client sends.' }),
  payload_out_kb: number({ ...A, default: 20, min: 0, label: 'Response size', group: 'capacity', unit: 'kb', help: 'Mean bytes a client receives. Paid as egress.' }),
  requests_per_connection: number({ ...A, default: 10, min: 1, label: 'Requests per connection', group: 'capacity', unit: 'count', help: 'How many requests share one connection: decides load balancer units.' }),
  connection_life_s: number({ ...A, default: 60, min: 0, label: 'Connection life', group: 'capacity', unit: 's', help: 'How long a client’s connection stays open.' }),
  think_s: number({ ...A, default: 2, min: 0, label: 'Write to own read', group: 'data', unit: 's', help: 'Seconds between a user’s write and their next read of it.' }),
  growth_target: number({ ...A, default: 3, min: 1.25, label: 'Growth wanted', group: 'capacity', unit: 'times', help: 'How many times today’s load the design should carry without being redrawn.' }),
  growth_months: number({ ...A, default: 24, min: 1, label: 'Growth horizon', group: 'capacity', unit: 'months', help: 'Months until that growth is reached.' }),
  eng: optionalNumber({ ...A, min: 0, label: 'Engineers', group: 'delivery', unit: 'count', help: 'People who build and run it. Unset: rules about team size do not apply.' }),
  teams: optionalNumber({ ...A, min: 0, label: 'Teams', group: 'delivery', unit: 'count', help: 'Teams that release on their own.' }),
  changes_per_year: number({ ...A, default: 100, min: 0, label: 'Changes a year', group: 'delivery', unit: 'per_year', help: 'Deploys a year, shared by the deployable groups.' }),
});

/** Targets of the whole design; journeys carry their own. Null means none was set. */
export const targetsParams = z.object({
  budget_usd_month: optionalNumber({ ...A, min: 0, label: 'Budget', group: 'cost', unit: 'usd_month', help: 'Dollars a month. Unset: cost is shown but not scored.' }),
  obi_budget: optionalNumber({ ...A, min: 0, label: 'Burden budget', group: 'cost', unit: 'fte', help: 'Operational burden in full-time equivalents. Unset: the larger of 0.5 and 0.12 per engineer.' }),
  rpo_s: optionalNumber({ ...A, min: 0, label: 'Recovery point', group: 'resilience', unit: 's', help: 'Seconds of writes that may be lost in a disaster.' }),
  rto_s: optionalNumber({ ...A, min: 0, label: 'Recovery time', group: 'resilience', unit: 's', help: 'Seconds until service is back after a disaster.' }),
  region_rto_s: optionalNumber({ ...A, min: 0, label: 'Region recovery time', group: 'resilience', unit: 's', help: 'Seconds until service is back after a whole region is lost.' }),
  bad_deploy_blast_max: optionalNumber({ ...A, min: 0, max: 1, label: 'Largest bad deploy', group: 'delivery', unit: 'ratio', help: 'Largest share of traffic that one bad deploy may hit.' }),
});

/** How the design is evaluated. */
export const settingsParams = z.object({
  change_risk: flag({ ...A, default: true, label: 'Count bad deploys', group: 'resilience', help: 'Adds the downtime that changes cause to availability.' }),
  beta: number({ default: 0.05, min: 0, max: 1, provenance: 'A', label: 'Common cause', group: 'resilience', unit: 'ratio', help: 'Share of failures that hit all copies at once (beta factor).' }),
  unstated: choice(['ask', 'assume_no'], { ...A, default: 'ask', label: 'Practices not stated', group: 'delivery', help: 'Ask about them, or count them as absent.', options: { ask: 'Ask', assume_no: 'Count as absent' } }),
  cost_month: number({ ...A, default: 12, min: 1, integer: true, label: 'Storage at month', group: 'cost', unit: 'count', help: 'Storage is priced as it will stand in this month.' }),
});

/** Defaults of a journey (semantics 5). */
export const journeyParams = z.object({
  rate_rps: number({ ...A, default: 100, min: 0, label: 'Rate', group: 'capacity', unit: 'rps', help: 'Requests per second at the peak.' }),
  op: choice(['read', 'write', 'mixed'], { ...A, default: 'mixed', label: 'Operation', group: 'data', help: 'Whether it reads, writes, or does both.' }),
  read_fraction: optionalNumber({ ...A, min: 0, max: 1, label: 'Reads', group: 'data', unit: 'ratio', help: 'Share of reads in a mixed journey. Unset: the workload’s.' }),
  importance: number({ ...A, default: 1, min: 0, label: 'Importance', group: 'delivery', unit: 'none', help: 'Its weight in the scores. Not its traffic: a journey of 3 % of requests may be the product.' }),
  p99_target_ms: number({ ...A, default: 300, min: 0, label: 'p99 target', group: 'capacity', unit: 'ms', help: '99 of 100 answers should be at least this fast.' }),
  availability_target: number({ ...A, default: 0.999, min: 0, max: 0.999999999, label: 'Availability target', group: 'resilience', unit: 'ratio', help: 'Share of requests that should be answered.' }),
  done_target_s: optionalNumber({ ...A, min: 0, label: 'Done within', group: 'messaging', unit: 's', help: 'Target for the background part: seconds until the last consumer has finished.' }),
  done_quantile: number({ ...A, default: 0.95, min: 0, max: 0.9999, label: 'Done quantile', group: 'messaging', unit: 'ratio', help: 'Share of the jobs that must be done in time.' }),
  done_availability_target: optionalNumber({ ...A, min: 0, max: 0.999999999, label: 'Done availability', group: 'messaging', unit: 'ratio', help: 'Share of the jobs that must be done in time, failures included.' }),
  cacheable: choice(['none', 'private', 'public'], { ...A, default: 'none', label: 'Cacheable', group: 'data', help: 'Whether answers may be kept by a content delivery network.' }),
  cacheable_fraction: number({ ...A, default: 0, min: 0, max: 1, step: 0.1, label: 'Cacheable share', group: 'data', unit: 'ratio', help: 'Share of the reads that a content delivery network may answer although the journey as a whole is not public.' }),
});

/**
 * `cacheable_fraction` of a journey that is derived from the drawing (semantics 7). Whoever turns it into a drawn one writes
 * it there, so that naming a journey changes no number.
 */
export const DERIVED_CACHEABLE_FRACTION = 0.3;

/** What a journey may say of a connection instead of the drawing. Unset, the connection's own value counts. */
export const stepParams = z.object({
  calls: optionalNumber({ ...A, min: 0, label: 'Calls', group: 'capacity', unit: 'count', help: 'How often one request makes this call, instead of the connection’s own figure.' }),
  probability: optionalNumber({ ...A, min: 0, max: 1, step: 0.01, label: 'Probability', group: 'capacity', unit: 'ratio', help: 'Share of the requests that make this call at all.' }),
  queries: optionalNumber({ ...A, min: 0, label: 'Queries per call', group: 'data', unit: 'count', help: 'Queries that one call sends to a store or cache.' }),
  response_kb: optionalNumber({ ...A, min: 0, label: 'Answer size', group: 'data', unit: 'kb', help: 'Mean bytes that come back over this connection, instead of the connection’s own figure. Paid as egress and cross-zone traffic.' }),
});

/** What a journey asks of a component, or of a stage of its way, in place of the component's own figures. */
export const demandParams = z.object({
  cpu_ms: optionalNumber({ ...A, min: 0, label: 'CPU per request', group: 'capacity', unit: 'ms', help: 'Mean processor time that one request of this journey takes here. Unset: the component’s own.' }),
  read_cpu_ms: optionalNumber({ ...A, min: 0, step: 0.05, label: 'CPU per read', group: 'capacity', unit: 'ms', help: 'Mean processor time of one query of this journey. Unset: the store’s own.' }),
  write_cpu_ms: optionalNumber({ ...A, min: 0, step: 0.05, label: 'CPU per write', group: 'capacity', unit: 'ms', help: 'Mean processor time of one transaction of this journey. Unset: the store’s own.' }),
  write_iops: optionalNumber({ ...A, min: 0, label: 'I/O per write', group: 'capacity', unit: 'count', help: 'Disk operations of one write of this journey. Unset: the store’s own.' }),
  io_ms: optionalNumber({ ...A, min: 0, label: 'Own waits', group: 'capacity', unit: 'ms', help: 'Waiting inside one request of this journey that is not drawn as a connection. Unset: the component’s own.' }),
  cs2: optionalNumber({ ...A, min: 0, step: 0.1, label: 'Variation of CPU', group: 'capacity', unit: 'none', help: 'Squared coefficient of variation of the work: 0 always the same, 1 exponential, above 1 a few very heavy requests.' }),
  queries: optionalNumber({ ...A, min: 0, label: 'Queries per call', group: 'data', unit: 'count', help: 'Queries that one call from here to a store or cache sends in this journey.' }),
});

/** Defaults of a data entity (semantics 6). */
export const entityParams = z.object({
  keys: number({ ...A, default: 100_000, min: 1, label: 'Active keys', group: 'data', unit: 'count', help: 'Things that the store places or caches as one unit: users, links, boards.' }),
  item_kb: number({ ...A, default: 1, min: 0, label: 'Item size', group: 'data', unit: 'kb', help: 'Mean size of one item.' }),
  zipf_s: number({ ...A, default: 0.9, min: 0, label: 'Skew', group: 'data', unit: 'none', help: 'Zipf exponent of popularity: 0 all keys alike, 1 very skewed.' }),
  requirement: choice(['eventual', 'bounded', 'read_your_writes', 'strong'], { ...A, default: 'read_your_writes', label: 'Consistency', group: 'data', help: 'What a reader must be able to rely on.' }),
  bound_s: number({ ...A, default: 60, min: 0, label: 'Bound', group: 'data', unit: 's', help: 'Oldest data a reader may see, for bounded.' }),
  loss_tolerance_s: number({ ...A, default: 0, min: 0, label: 'Loss tolerated', group: 'resilience', unit: 's', help: 'Seconds of writes that may be lost.' }),
  duplicate_tolerance: choice(['none', 'some'], { ...A, default: 'some', label: 'Duplicates', group: 'messaging', help: 'Whether an effect may happen twice.' }),
  ordering: choice(['none', 'key', 'total'], { ...A, default: 'none', label: 'Ordering', group: 'messaging', help: 'Whether changes must be handled in order.' }),
  money: flag({ ...A, default: false, label: 'Money', group: 'data', help: 'Money or stock: a lost or doubled change costs.' }),
  public_ids: flag({ ...A, default: false, label: 'Public ids', group: 'data', help: 'Anyone may ask for any id.' }),
  miss_nonexistent_fraction: optionalNumber({ ...A, min: 0, max: 1, label: 'Lookups of missing ids', group: 'data', unit: 'ratio', help: 'Share of lookups for ids that do not exist. Unset: 0, or 0.05 with public ids.' }),
  row_bytes: optionalNumber({ ...A, min: 0, label: 'Row size', group: 'data', unit: 'bytes', help: 'Bytes stored per row. Unset: the item size.' }),
  rows_per_write: number({ ...A, default: 1, min: 0, label: 'Rows per write', group: 'data', unit: 'count', help: 'Rows that one write adds.' }),
  initial_rows: optionalNumber({ ...A, min: 0, label: 'Rows today', group: 'data', unit: 'count', help: 'Unset: the number of keys.' }),
  retention_days: optionalNumber({ ...A, min: 0, label: 'Kept for', group: 'data', unit: 'days', help: 'Unset: for ever.' }),
  durable_ack: flag({ ...A, default: true, label: 'Durable before answer', group: 'data', help: 'A write must be stored safely before the user is told so.' }),
});

/** Resolved types. */
export type WorkloadValues = z.output<typeof workloadParams>;
export type TargetsValues = z.output<typeof targetsParams>;
export type SettingsValues = z.output<typeof settingsParams>;
export type EntityValues = z.output<typeof entityParams>;

/** The document's own forms under their erased type, for the generated inspector. */
export const DOCUMENT_FORMS: Readonly<Record<'workload' | 'targets' | 'settings' | 'journey' | 'entity', ParamsSchema>> = {
  workload: workloadParams, targets: targetsParams, settings: settingsParams, journey: journeyParams, entity: entityParams,
};

/** What a journey may say of the parts of its way, in the same form. */
export const PATH_FORMS: Readonly<Record<'step' | 'demand', ParamsSchema>> = { step: stepParams, demand: demandParams };
