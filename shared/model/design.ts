import { z } from '../lib/zod.ts';

/** The document format that this program writes. A file with a higher number opens read-only. */
export const DESIGN_VERSION = 1;

const id = z.string().min(1).max(128);
const name = z.string().max(10_000);
const finite = z.number().finite();

const rangeSchema = z.looseObject({ low: finite, likely: finite, high: finite, provenance: z.enum(['V', 'M', 'D', 'A', 'U', 'X']).optional() });

/** A quantity of the document itself that may be uncertain: a bounded number, or a range. */
function uncertain(bounded: z.ZodNumber) {
  return z.union([bounded, rangeSchema]);
}

/** A stored parameter value. Which values a key may take is the component's own schema; unknown keys survive. */
export const paramSchema = z.union([finite, z.string(), z.boolean(), z.null(), rangeSchema, z.array(z.unknown()), z.record(z.string(), z.unknown())]);

/** Parameters that were set; an unset one is absent and computed with its default, shown as "assumed". */
export const paramsSchema = z.record(z.string(), paramSchema);

export const workloadSchema = z.looseObject({
  peak_rps: uncertain(finite.min(0)).optional(),
  peak_to_avg: uncertain(finite.min(1)).optional(),
  peak_duration_s: uncertain(finite.min(0)).optional(),
  peaks_per_day: uncertain(finite.min(0)).optional(),
  burst: z.looseObject({ factor: finite.min(1), duration_s: finite.min(0) }).nullable().optional(),
  ca2: uncertain(finite.min(0)).optional(),
  read_fraction: uncertain(finite.min(0).max(1)).optional(),
  payload_in_kb: uncertain(finite.min(0)).optional(),
  payload_out_kb: uncertain(finite.min(0)).optional(),
  requests_per_connection: uncertain(finite.min(1)).optional(),
  connection_life_s: uncertain(finite.min(0)).optional(),
  think_s: uncertain(finite.min(0)).optional(),
  growth_target: uncertain(finite.min(1.25)).optional(),
  growth_months: uncertain(finite.min(1)).optional(),
  eng: finite.min(0).nullable().optional(),
  teams: finite.min(0).nullable().optional(),
  changes_per_year: uncertain(finite.min(0)).optional(),
});


export const targetsSchema = z.looseObject({
  budget_usd_month: finite.min(0).nullable().optional(),
  obi_budget: finite.min(0).nullable().optional(),
  rpo_s: finite.min(0).nullable().optional(),
  rto_s: finite.min(0).nullable().optional(),
  region_rto_s: finite.min(0).nullable().optional(),
  bad_deploy_blast_max: finite.min(0).max(1).nullable().optional(),
});

export const settingsSchema = z.looseObject({
  change_risk: z.boolean().optional(),
  beta: finite.min(0).max(1).optional(),
  unstated: z.enum(['ask', 'assume_no']).optional(),
  cost_month: finite.min(1).optional(),
  weights: z.record(z.string(), finite).optional(),
  mode: z.enum(['whiteboard', 'evaluate', 'review']).optional(),
});

export const nodeSchema = z.looseObject({
  id,
  type: z.string().min(1).max(128),
  name,
  params: paramsSchema,
  boundary: id.nullable().optional(),
  zone_spread: z.union([z.literal('auto'), z.literal(1), z.literal(2), z.literal(3)]).optional(),
  team: z.string().nullable().optional(),
  deployable_group: z.string().nullable().optional(),
  managed: z.boolean().optional(),
  guessed: z.looseObject({ confidence: z.enum(['sure', 'likely', 'guess']), because: z.string() }).optional(),
});

export const boundarySchema = z.looseObject({
  id,
  kind: z.enum(['region', 'zone', 'cluster', 'group']),
  name,
  parent: id.nullable().optional(),
});

export const EDGE_KINDS = ['http', 'db', 'cache', 'publish', 'consume', 'trigger', 'replicate', 'trace', 'migrate', 'lookup', 'ws'] as const;

export const edgeSchema = z.looseObject({
  id,
  from: id,
  to: id,
  kind: z.enum(EDGE_KINDS).optional(),
  params: paramsSchema,
});

export const stepSchema = z.looseObject({
  edge: id,
  calls: uncertain(finite.min(0)).optional(),
  probability: uncertain(finite.min(0).max(1)).optional(),
  op: z.enum(['auto', 'read', 'write']).optional(),
  order: z.string().optional(),
  criticality: z.enum(['hard', 'soft']).optional(),
  queries: uncertain(finite.min(0)).optional(),
  response_kb: uncertain(finite.min(0)).optional(),
  push: z.boolean().optional(),
});

export const demandSchema = z.looseObject({
  cpu_ms: uncertain(finite.min(0)).optional(),
  read_cpu_ms: uncertain(finite.min(0)).optional(),
  write_cpu_ms: uncertain(finite.min(0)).optional(),
  write_iops: uncertain(finite.min(0)).optional(),
  io_ms: uncertain(finite.min(0)).optional(),
  cs2: uncertain(finite.min(0)).optional(),
  queries: uncertain(finite.min(0)).optional(),
});

export const journeySchema = z.looseObject({
  id,
  name,
  rate_rps: uncertain(finite.min(0)),
  entry: id,
  op: z.enum(['read', 'write', 'mixed']).optional(),
  read_fraction: uncertain(finite.min(0).max(1)).optional(),
  steps: z.array(stepSchema).optional(),
  demands: z.record(z.string(), demandSchema).optional(),
  importance: finite.min(0).optional(),
  p99_target_ms: finite.min(0).optional(),
  availability_target: finite.min(0).max(0.999999999).optional(),
  done_target_s: finite.min(0).nullable().optional(),
  done_quantile: finite.min(0).max(0.9999).optional(),
  done_availability_target: finite.min(0).max(0.999999999).nullable().optional(),
  cacheable: z.enum(['public', 'private', 'none']).optional(),
  cacheable_fraction: uncertain(finite.min(0).max(1)).optional(),
  reads: z.array(z.looseObject({ entity: id, requirement: z.string().optional() })).optional(),
  writes: z.array(z.looseObject({ entity: id })).optional(),
});

export const entitySchema = z.looseObject({
  id,
  name,
  home: id,
  keys: uncertain(finite.min(1)).optional(),
  item_kb: uncertain(finite.min(0)).optional(),
  zipf_s: uncertain(finite.min(0)).optional(),
  requirement: z.enum(['eventual', 'bounded', 'read_your_writes', 'strong']).optional(),
  bound_s: finite.min(0).optional(),
  loss_tolerance_s: finite.min(0).optional(),
  duplicate_tolerance: z.enum(['none', 'some']).optional(),
  ordering: z.enum(['none', 'key', 'total']).optional(),
  money: z.boolean().optional(),
  public_ids: z.boolean().optional(),
  miss_nonexistent_fraction: uncertain(finite.min(0).max(1)).optional(),
  row_bytes: uncertain(finite.min(0)).optional(),
  rows_per_write: uncertain(finite.min(0)).optional(),
  initial_rows: uncertain(finite.min(0)).optional(),
  retention_days: uncertain(finite.min(0)).nullable().optional(),
  durable_ack: z.boolean().optional(),
  geo_weights: z.array(finite.min(0)).nullable().optional(),
});

/** The fields of a part of the document that may be a range. */
function uncertainFields(schema: { readonly shape: Readonly<Record<string, unknown>> }): ReadonlySet<string> {
  const isUncertain = (field: unknown): boolean => {
    let inner = field;
    while (inner instanceof z.ZodOptional || inner instanceof z.ZodNullable) inner = inner.unwrap();
    return inner instanceof z.ZodUnion && inner.options.includes(rangeSchema);
  };
  return new Set(Object.entries(schema.shape).flatMap(([key, field]) => (isUncertain(field) ? [key] : [])));
}

/** What may be uncertain besides parameters: what users do, how much it will grow, what a journey asks for and what the data is. Promises and sizes of teams are decided, not guessed. */
export const UNCERTAIN: Readonly<Record<'workload' | 'journey' | 'entity' | 'step' | 'demand', ReadonlySet<string>>> = {
  workload: uncertainFields(workloadSchema), journey: uncertainFields(journeySchema), entity: uncertainFields(entitySchema),
  step: uncertainFields(stepSchema), demand: uncertainFields(demandSchema),
};

export const noteSchema = z.looseObject({ id, text: z.string().max(10_000), boundary: id.nullable().optional() });

export const acceptedRiskSchema = z.looseObject({
  id,
  key: z.string(),
  reason: z.string(),
  owner: z.string().optional(),
  until: z.looseObject({ kind: z.enum(['never', 'load', 'date', 'change']), rps: finite.optional(), date: z.string().optional() }).optional(),
});

const point = z.looseObject({ x: finite, y: finite });
const box = z.looseObject({ x: finite, y: finite, w: finite.min(1), h: finite.min(1) });

/** Where things stand on the paper. Kept apart from meaning: nothing here is ever evaluated. */
export const layoutSchema = z.looseObject({
  nodes: z.record(z.string(), z.looseObject({ x: finite, y: finite, w: finite.optional(), pinned: z.boolean().optional() })),
  boundaries: z.record(z.string(), box),
  notes: z.record(z.string(), box),
  edges: z.record(z.string(), z.looseObject({ points: z.array(point) })),
});

export const designSchema = z.looseObject({
  version: z.number().int().min(1),
  name: z.string().optional(),
  workload: workloadSchema,
  targets: targetsSchema,
  nodes: z.record(z.string(), nodeSchema),
  edges: z.record(z.string(), edgeSchema),
  boundaries: z.record(z.string(), boundarySchema),
  journeys: z.record(z.string(), journeySchema),
  entities: z.record(z.string(), entitySchema),
  notes: z.record(z.string(), noteSchema),
  acceptedRisks: z.record(z.string(), acceptedRiskSchema),
  settings: settingsSchema,
  layout: layoutSchema,
});

/** The whole document: nodes to acceptedRisks are records keyed by stable id, never arrays (semantics 2). */
export type Design = z.infer<typeof designSchema>;
export type DesignNode = z.infer<typeof nodeSchema>;
export type DesignEdge = z.infer<typeof edgeSchema>;
export type Boundary = z.infer<typeof boundarySchema>;
export type Journey = z.infer<typeof journeySchema>;
export type JourneyStep = z.infer<typeof stepSchema>;
export type Demand = z.infer<typeof demandSchema>;
export type Entity = z.infer<typeof entitySchema>;
export type Note = z.infer<typeof noteSchema>;
export type AcceptedRisk = z.infer<typeof acceptedRiskSchema>;
export type Workload = z.infer<typeof workloadSchema>;
export type Targets = z.infer<typeof targetsSchema>;
export type Settings = z.infer<typeof settingsSchema>;
export type Layout = z.infer<typeof layoutSchema>;
export type EdgeKind = (typeof EDGE_KINDS)[number];
export type ParamValue = z.infer<typeof paramSchema>;
export type Params = z.infer<typeof paramsSchema>;

/** A document with nothing drawn. `peak_rps` stays unset: no workload yet is a state of its own. */
export function emptyDesign(title = 'Untitled'): Design {
  return {
    version: DESIGN_VERSION,
    name: title,
    workload: {},
    targets: {},
    nodes: {},
    edges: {},
    boundaries: {},
    journeys: {},
    entities: {},
    notes: {},
    acceptedRisks: {},
    settings: {},
    layout: { nodes: {}, boundaries: {}, notes: {}, edges: {} },
  };
}
