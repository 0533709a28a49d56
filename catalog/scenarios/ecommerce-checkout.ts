import type { Scenario, ScenarioBrief } from '../../shared/contracts/scenario.ts';
import { edgeId } from '../templates/drawing.ts';
import { ASIDE, BALANCER, call, CODE, OUTBOX, scale, solve, TAKE, weights, WORKER } from './solution.ts';

const brief: ScenarioBrief = {
  id: 'ecommerce-checkout',
  title: 'Shop with a checkout',
  minutes: 45,
  summary: 'Browse, fill a cart and pay, with a provider that is worse than your target, through a flash sale.',
  statement: 'A shop sells to 6000 requests a second. Checkout must work more often than the payment provider does, stock must never be sold twice, and a flash sale brings ten times the load for two minutes.',
  asked: ['Browse products and prices', 'A cart', 'Checkout with reservation of stock and payment', 'An e-mail for each order'],
  given: ['The provider takes 300 ms on average, 1200 at the 99th percentile, is up 99.9 % of the time and takes 500 calls a second', 'A page is 25 KB, about 8 when compressed', 'A flash sale: ten times the load for 120 seconds'],
  workload: { peak_rps: 6550, peak_to_avg: 4, payload_in_kb: 1, payload_out_kb: 8, growth_target: 3, eng: 20, burst: { factor: 10, duration_s: 120 } },
  targets: { budget_usd_month: 10_000, obi_budget: 3 },
  settings: { cost_month: 12, weights: weights(0.15, 0.15, 0.2, 0.2, 0.2, 0.1) },
  journeys: [
    { id: 'browse', name: 'Browse', rate_rps: 6000, op: 'read', p99_target_ms: 300, availability_target: 0.999 },
    { id: 'cart', name: 'Change the cart', rate_rps: 250, op: 'mixed', read_fraction: 0.5, importance: 0.5, p99_target_ms: 300, availability_target: 0.999 },
    { id: 'checkout', name: 'Checkout', rate_rps: 300, op: 'write', importance: 2, p99_target_ms: 1500, availability_target: 0.9995 },
  ],
  entities: [
    { id: 'catalog', name: 'Catalog', keys: 200_000, item_kb: 4, zipf_s: 0.9, requirement: 'bounded', bound_s: 60, initial_rows: 200_000 },
    { id: 'cart', name: 'Cart', keys: 200_000, item_kb: 2, zipf_s: 0.1, requirement: 'read_your_writes', initial_rows: 200_000, rows_per_write: 0, loss_tolerance_s: 5 },
    { id: 'stock', name: 'Stock', keys: 200_000, item_kb: 0.2, zipf_s: 0.9, requirement: 'strong', initial_rows: 200_000, rows_per_write: 0, loss_tolerance_s: 0, duplicate_tolerance: 'none', money: true },
    { id: 'order', name: 'Order', keys: 500_000, item_kb: 2, zipf_s: 0.1, requirement: 'strong', row_bytes: 1000, rows_per_write: 0.5, initial_rows: 5_000_000, retention_days: 120, loss_tolerance_s: 0, duplicate_tolerance: 'none', money: true },
  ],
  demands: [
    { title: 'Processor time to show a page or change a cart', value: 5, unit: 'ms', stage: 'entry', field: 'cpu_ms', journeys: ['browse', 'cart'] },
    { title: 'Processor time of a checkout', value: 20, unit: 'ms', stage: 'entry', field: 'cpu_ms', journeys: ['checkout'] },
    { title: 'Database time of a transaction', value: 2.5, unit: 'ms', stage: 'write', field: 'cpu_ms', journeys: ['checkout'] },
  ],
  hazardTargets: [{ id: 'money', title: 'Ways to lose or double an order', hazards: ['dual-write', 'duplicates', 'ack-early-loss', 'loss-window', 'cache-race'] }],
  judged: [],
};

/** As given: half a second at worst, and a quota. Either provider will do. */
const PROVIDER = { latency_ms: 300, cs2: 0.8, quota_rps: 500, availability: 0.999 };
const PAY = { any_of: 'providers', timeout_ms: 3000, idempotency_key: true, circuit_breaker: true, retries: 2, backoff: 'exp_jitter', retry_budget: 0.1 };

const toShop = edgeId('balancer', 'storefront');
const toCheckout = edgeId('balancer', 'checkout');
const entry = edgeId('shoppers', 'balancer');
const toOrders = edgeId('checkout', 'orders');
const toDatabase = edgeId('storefront', 'database');
const toCarts = edgeId('storefront', 'carts');

/** A provider below the target, money, and a sale that comes at once. */
export const ecommerceCheckout: Scenario = {
  ...brief,
  traps: ['sync-third-party', 'dual-write-no-outbox', 'non-idempotent-consumer', 'hot-key', 'retry-storm', 'cache-write-policy-hazard', 'no-rate-limiting'],
  rubric: {
    strong: [
      'Reserve, authorise, confirm, with a state “payment pending”: the provider’s 99.9 % cannot carry 99.95 %',
      'One idempotency key from the button to the provider, and an outbox for the order',
      'A waiting room or token bucket before the flash sale',
      'Separate machines for browsing and for checkout',
      'Stock of a popular product in several counters, or a queue for each product; a second provider',
    ],
    weak: ['Calls the provider inside the checkout', 'Reserves stock in the cache', 'Tries payments again without a key', 'Sizes the flash sale by machines alone'],
  },
  misses: [{ target: 'growth', why: 'Two providers of 500 calls a second carry 3.3 times the checkouts, which leaves no room at three. More quota is a contract, not a design; orders wait in the queue meanwhile.' }],
  reference: {
    stated_usd_month: 8000,
    notes: ['Pages are compressed: 8 of 25 KB travel. A CDN would cost more in requests than it saves in bytes.', 'The order is accepted as “payment pending”; the customer hears within seconds whether it was paid.'],
    design: solve(brief, {
      nodes: [
        { id: 'shoppers', type: 'client', name: 'Shoppers', column: 0, row: 1 },
        { id: 'balancer', type: 'lb-managed', name: 'Load balancer', params: { ...BALANCER, mode: 'route' }, column: 0, row: 2 },
        { id: 'storefront', type: 'service', name: 'Storefront', params: { ...CODE, instances: 12, vcpu: 4, rate_limit: { rps: 24_000, burst: 48_000, policy: 'shared' }, ...scale(4, 40) }, column: 1, row: 1 },
        { id: 'cache', type: 'redis', name: 'Catalog in memory', params: { memory_gb: 6.4, replicas_per_shard: 1, ttl_s: 60 }, column: 2, row: 1 },
        { id: 'database', type: 'rdbms', name: 'Catalog', params: { engine: 'postgres', ha: 'multi_az', vcpu: 4, replicas: 1, storage_gb: 100, backup: 'pitr', migration_strategy: 'expand_contract' }, column: 2, row: 0 },
        { id: 'carts', type: 'redis', name: 'Carts', params: { roles: ['store'], memory_gb: 6.4, replicas_per_shard: 1, eviction: 'noeviction', persistence: 'aof', backup: 'daily', ttl_s: 0 }, column: 2, row: 2 },
        { id: 'checkout', type: 'service', name: 'Checkout', params: { ...CODE, instances: 4, vcpu: 4, rate_limit: { rps: 1200, burst: 2400, policy: 'shared' }, canary: 0.05, ...scale(3, 12) }, column: 1, row: 3 },
        { id: 'orders', type: 'rdbms', name: 'Orders and stock', params: { engine: 'postgres', ha: 'aurora', vcpu: 6, storage_gb: 500, backup: 'pitr', migration_strategy: 'expand_contract' }, column: 2, row: 3 },
        { id: 'queue', type: 'sqs', name: 'Orders to pay', params: { visibility_s: 300 }, column: 1, row: 4 },
        { id: 'workers', type: 'celery-worker', name: 'Payment workers', params: { ...WORKER, instances: 4, vcpu: 2, concurrency: 60, task_cpu_s: 0.005, task_io_s: 0, ...scale(2, 8) }, column: 2, row: 4 },
        { id: 'provider', type: 'external-api', name: 'Payment provider', params: PROVIDER, column: 3, row: 3 },
        { id: 'second', type: 'external-api', name: 'Second provider', params: PROVIDER, column: 3, row: 4 },
      ],
      edges: [
        { from: 'shoppers', to: 'balancer', params: { timeout_ms: 10_000 } },
        { from: 'balancer', to: 'storefront', params: { ...call(3000), response_kb: 8 } },
        { from: 'balancer', to: 'checkout', params: { ...call(5000), idempotency_key: true } },
        { from: 'storefront', to: 'cache', params: { ...ASIDE, entity: 'catalog', timeout_ms: 50 } },
        { from: 'storefront', to: 'database', params: { entity: 'catalog', timeout_ms: 500, pool_size: 3, max_overflow: 2 } },
        { from: 'storefront', to: 'carts', params: { entity: 'cart', timeout_ms: 100 } },
        { from: 'checkout', to: 'orders', params: { timeout_ms: 1000, pool_size: 3, max_overflow: 2, idempotency_key: true } },
        { from: 'checkout', to: 'queue', params: { ...OUTBOX, payload_kb: 1, task_class: 'payment', entity: 'order' } },
        { from: 'queue', to: 'workers', params: TAKE },
        { from: 'workers', to: 'orders', params: { op: 'write', entity: 'order', timeout_ms: 1000, pool_size: 1, max_overflow: 0 } },
        { from: 'workers', to: 'provider', params: PAY },
        { from: 'workers', to: 'second', params: PAY },
      ],
      paths: {
        browse: { entry, steps: [{ edge: toShop }, { edge: toCarts, calls: 0 }], reads: [{ entity: 'catalog' }] },
        cart: { entry, steps: [{ edge: toShop }, { edge: toDatabase, calls: 0 }, { edge: edgeId('storefront', 'cache'), calls: 0 }], reads: [{ entity: 'cart' }], writes: [{ entity: 'cart' }] },
        checkout: { entry, steps: [{ edge: toCheckout }, { edge: toOrders, op: 'read' }, { edge: toOrders, op: 'write' }], reads: [{ entity: 'stock' }], writes: [{ entity: 'order' }, { entity: 'stock' }] },
      },
      homes: { catalog: 'database', cart: 'carts', stock: 'orders', order: 'orders' },
    }),
  },
};
