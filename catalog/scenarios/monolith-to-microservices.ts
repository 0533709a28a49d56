import { atPhase, PHASE_KEY, SCENARIO_KEY, type Scenario, type ScenarioBrief, type ScenarioPhase } from '../../shared/contracts/scenario.ts';
import type { Demand, Journey } from '../../shared/model/design.ts';
import { draw, edgeId } from '../templates/drawing.ts';
import { ASIDE, BALANCER, call, CODE, journeyOf, OUTBOX, scale, solve, TAKE, weights, WORKER } from './solution.ts';

function pace(wanted: string): ScenarioBrief['judged'] {
  return [{ id: 'pace', title: 'Releases', wanted }];
}

/** 80 % browse, 15 % order, 5 % invoice. */
function load(rps: number, availability_target: number): ScenarioPhase['journeys'] {
  const at = (share: number): ScenarioPhase['journeys'][string] => ({ rate_rps: (rps * share) / 100, availability_target });
  return { browse: at(80), order: at(15), invoice: at(5) };
}

const brief: ScenarioBrief = {
  id: 'monolith-to-microservices',
  title: 'From monolith to services',
  minutes: 60,
  summary: 'Seven teams in one code base: deploy three areas alone in 18 months, and break nothing on the way.',
  statement: 'A Django monolith on eight machines and one large database in a single zone serves 800 requests a second. Sixty engineers in seven teams release it once a week. In 18 months catalog, orders and billing are to be released on their own, at 3000 requests a second.',
  asked: ['Keep every feature', 'Independent releases of catalog, orders and billing', 'Schema changes without downtime, no data lost', 'Figures for now, in six months and in eighteen'],
  given: ['Now 800 requests a second, in six months 1200, in eighteen 3000', '80 % browse, 15 % order, 5 % invoice; 88 % of the requests read', 'A page is 15 KB', 'Budget now 5000 dollars a month, then 9000', 'A request takes 15 ms of the monolith’s processors'],
  workload: { peak_rps: 3000, peak_to_avg: 3, read_fraction: 0.88, payload_in_kb: 2, payload_out_kb: 15, growth_target: 2, eng: 60, teams: 7, changes_per_year: 2600 },
  targets: { budget_usd_month: 9000, obi_budget: 6, bad_deploy_blast_max: 0.35 },
  settings: { cost_month: 12, weights: weights(0.15, 0.1, 0.2, 0.25, 0.15, 0.15) },
  journeys: [
    { id: 'browse', name: 'Browse', rate_rps: 2400, op: 'read', p99_target_ms: 400, availability_target: 0.9995 },
    { id: 'order', name: 'Order', rate_rps: 450, op: 'write', p99_target_ms: 400, availability_target: 0.9995 },
    { id: 'invoice', name: 'Invoice', rate_rps: 150, op: 'mixed', read_fraction: 0.8, p99_target_ms: 400, availability_target: 0.9995 },
  ],
  entities: [
    { id: 'product', name: 'Catalog', keys: 200_000, item_kb: 4, zipf_s: 0.9, requirement: 'bounded', bound_s: 60, initial_rows: 200_000 },
    { id: 'order', name: 'Orders', keys: 1_000_000, item_kb: 2, zipf_s: 0.2, requirement: 'strong', row_bytes: 1000, rows_per_write: 0.5, initial_rows: 20_000_000, retention_days: 60, loss_tolerance_s: 0, duplicate_tolerance: 'none', money: true },
    { id: 'invoice', name: 'Billing', keys: 1_000_000, item_kb: 2, zipf_s: 0.2, requirement: 'strong', row_bytes: 500, rows_per_write: 0.5, initial_rows: 20_000_000, retention_days: 60, loss_tolerance_s: 0, duplicate_tolerance: 'none', money: true },
  ],
  demands: [
    { title: 'Processor time of a service to browse the catalog', value: 5, unit: 'ms', stage: 'entry', field: 'cpu_ms', journeys: ['browse'] },
    { title: 'Processor time of a service for an order', value: 9, unit: 'ms', stage: 'entry', field: 'cpu_ms', journeys: ['order'] },
    { title: 'Processor time of a service for an invoice', value: 8, unit: 'ms', stage: 'entry', field: 'cpu_ms', journeys: ['invoice'] },
  ],
  hazardTargets: [{ id: 'loss', title: 'Ways to lose or double data', hazards: ['dual-write', 'duplicates', 'ack-early-loss', 'loss-window'] }],
  judged: pace('50 a week'),
  phases: [
    { id: 'now', title: 'Now', workload: { peak_rps: 800, changes_per_year: 52 }, targets: { budget_usd_month: 5000 }, journeys: load(800, 0.999), judged: pace('1 a week') },
    { id: 'm6', title: 'In 6 months', workload: { peak_rps: 1200, changes_per_year: 520 }, targets: { budget_usd_month: 9000 }, journeys: load(1200, 0.999), judged: pace('10 a week') },
    { id: 'm18', title: 'In 18 months', workload: { peak_rps: 3000, changes_per_year: 2600 }, targets: { budget_usd_month: 9000 }, journeys: load(3000, 0.9995), judged: pace('50 a week') },
  ],
};

const entry = edgeId('customers', 'gateway');
const toCatalog = edgeId('gateway', 'catalog');
const toOrders = edgeId('gateway', 'orders');
const toBilling = edgeId('gateway', 'billing');

const now = atPhase(brief, brief.phases?.[0] ?? null);

/** What each journey reads and writes, whatever it runs through. */
const DATA: Readonly<Record<string, Pick<Journey, 'reads' | 'writes'>>> = {
  browse: { reads: [{ entity: 'product' }] },
  order: { writes: [{ entity: 'order' }, { entity: 'invoice' }] },
  invoice: { reads: [{ entity: 'invoice' }], writes: [{ entity: 'invoice' }] },
};

/** What a request takes of the monolith, whichever it is; a service that takes its place has the stage's own. */
const MONOLITH: Readonly<Record<string, Demand>> = { monolith: { cpu_ms: 15 } };

const start = draw({
  name: brief.title,
  workload: now.workload,
  targets: now.targets,
  settings: { ...brief.settings, [SCENARIO_KEY]: brief.id, [PHASE_KEY]: 'now' },
  nodes: [
    { id: 'customers', type: 'client', name: 'Customers', column: 0, row: 0 },
    { id: 'balancer', type: 'lb-managed', name: 'Load balancer', params: { algorithm: 'round_robin' }, column: 0, row: 1 },
    { id: 'monolith', type: 'monolith', name: 'Monolith', params: { framework: 'django', instances: 8, vcpu: 4, worker_class: 'sync', cpu_ms: 15 }, column: 1, row: 1 },
    { id: 'cache', type: 'redis', name: 'Cache and sessions', params: { roles: ['cache', 'session'], memory_gb: 13, replicas_per_shard: 1 }, column: 2, row: 1 },
    { id: 'database', type: 'rdbms', name: 'The database', params: { engine: 'postgres', vcpu: 16, storage_gb: 800 }, column: 2, row: 2 },
  ],
  edges: [
    { from: 'customers', to: 'balancer' },
    { from: 'balancer', to: 'monolith' },
    { from: 'monolith', to: 'cache' },
    { from: 'monolith', to: 'database', params: { queries: 4 } },
  ],
  journeys: now.journeys.map((journey) => journeyOf(brief, journey, { entry: edgeId('customers', 'balancer'), demands: MONOLITH, ...DATA[journey.id] })),
  entities: brief.entities.map((entity) => ({ ...entity, home: 'database' })),
});

/** Split where it pays, and say where to stop. */
export const monolithToMicroservices: Scenario = {
  ...brief,
  traps: ['distributed-monolith', 'shared-database', 'deep-sync-chain', 'big-bang-migration', 'dual-write-no-outbox', 'no-api-gateway', 'no-distributed-tracing', 'microservices-too-early', 'twelve-factor-gap', 'sync-worker-starvation'],
  rubric: {
    strong: [
      'Quick gains first: a standby for 1100 dollars takes the database from 99.5 to 99.95 %, workers with threads, sessions out of the process',
      'The order of the split follows from how often parts change and what load they carry',
      'Each service owns its data: expand and contract, an outbox or change capture, contract tests',
      'Before and after in figures: a bad release hits everything, then at most a third; the burden rises',
      'Says where to stop splitting, and why',
    ],
    weak: ['Thirty services', 'Services that share the database “for now”', 'A rewrite beside the running system', 'A chain of calls where there was one process'],
  },
  start,
  misses: [{ target: 'budget', phase: 'now', why: 'The drawing is that of month 18. At today’s load three services, a broker and three databases cost more than the monolith that they replace: quick gains come first, and the split when the load pays for it.' }],
  reference: {
    stated_usd_month: 6400,
    cost_departure: 'The stated figure leaves out what pages weigh: 15 KB at 1000 requests a second on average are 39 TB a month, 3400 dollars.',
    notes: ['The balancer signs people in and routes by path, so that there is one application hop on the path of an order: a gateway of one’s own in between would cost 0.025 % of availability.', 'Billing learns of orders by messages and never asks for them.'],
    design: solve(brief, {
      nodes: [
        { id: 'customers', type: 'client', name: 'Customers', column: 0, row: 1 },
        { id: 'gateway', type: 'lb-managed', name: 'Balancer and routes', params: { ...BALANCER, mode: 'route' }, column: 0, row: 2 },
        { id: 'catalog', type: 'service', name: 'Catalog service', team: 'Catalog', params: { ...CODE, own_auth: false, own_limits: false, framework: 'django', instances: 20, vcpu: 1, canary: 0.02, rate_limit: {}, ...scale(9, 60) }, column: 1, row: 1 },
        { id: 'orders', type: 'service', name: 'Order service', team: 'Orders', params: { ...CODE, own_auth: false, own_limits: false, framework: 'django', instances: 9, vcpu: 1, canary: 0.02, rate_limit: {}, ...scale(9, 24) }, column: 1, row: 2 },
        { id: 'queue', type: 'rabbitmq', name: 'Order events', params: { nodes: 3, queue: 'quorum', max_length: 1_000_000 }, column: 1, row: 3 },
        { id: 'invoicer', type: 'celery-worker', name: 'Invoicing', team: 'Billing', deployable_group: 'billing', params: { ...WORKER, instances: 2, vcpu: 2, task_cpu_s: 0.008, task_io_s: 0, ...scale(2, 10) }, column: 1, row: 4 },
        { id: 'billing', type: 'service', name: 'Billing service', team: 'Billing', params: { ...CODE, own_auth: false, own_limits: false, framework: 'django', instances: 4, vcpu: 1, canary: 0.02, rate_limit: {}, ...scale(4, 12) }, column: 1, row: 5 },
        { id: 'cache', type: 'redis', name: 'Catalog in memory', params: { memory_gb: 6.4, replicas_per_shard: 1, ttl_s: 60 }, column: 2, row: 1 },
        { id: 'products', type: 'rdbms', name: 'Catalog database', params: { engine: 'postgres', ha: 'multi_az', vcpu: 2, replicas: 1, storage_gb: 100, backup: 'pitr', migration_strategy: 'expand_contract' }, column: 2, row: 0 },
        { id: 'order_data', type: 'rdbms', name: 'Order database', params: { engine: 'postgres', ha: 'aurora', vcpu: 4, storage_gb: 500, backup: 'pitr', migration_strategy: 'expand_contract' }, column: 2, row: 2 },
        { id: 'bills', type: 'rdbms', name: 'Billing database', params: { engine: 'postgres', ha: 'aurora', vcpu: 2, storage_gb: 200, backup: 'pitr', migration_strategy: 'expand_contract' }, column: 2, row: 5 },
      ],
      edges: [
        { from: 'customers', to: 'gateway', params: { timeout_ms: 10_000 } },
        { from: 'gateway', to: 'catalog', params: call(3000) },
        { from: 'gateway', to: 'orders', params: { ...call(3000), idempotency_key: true } },
        { from: 'gateway', to: 'billing', params: call(3000) },
        { from: 'catalog', to: 'cache', params: { ...ASIDE, entity: 'product', timeout_ms: 50, request_kb: 0.2, response_kb: 4 } },
        { from: 'catalog', to: 'products', params: { entity: 'product', timeout_ms: 500, pool_size: 3, max_overflow: 2 } },
        { from: 'orders', to: 'order_data', params: { entity: 'order', timeout_ms: 1000, queries: 2, pool_size: 3, max_overflow: 2 } },
        { from: 'orders', to: 'queue', params: { ...OUTBOX, payload_kb: 2, task_class: 'order', entity: 'invoice' } },
        { from: 'queue', to: 'invoicer', params: TAKE },
        { from: 'invoicer', to: 'bills', params: { op: 'write', entity: 'invoice', timeout_ms: 1000, pool_size: 1, max_overflow: 1 } },
        { from: 'billing', to: 'bills', params: { entity: 'invoice', timeout_ms: 1000, pool_size: 3, max_overflow: 2 } },
      ],
      paths: {
        browse: { entry, steps: [{ edge: toCatalog }], ...DATA['browse'] },
        order: { entry, steps: [{ edge: toOrders }], ...DATA['order'] },
        invoice: { entry, steps: [{ edge: toBilling }], ...DATA['invoice'] },
      },
      homes: { product: 'products', order: 'order_data', invoice: 'bills' },
    }),
  },
};
