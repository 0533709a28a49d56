import type { Scenario, ScenarioBrief } from '../../shared/contracts/scenario.ts';
import { edgeId } from '../templates/drawing.ts';
import { ASIDE, BALANCER, call, CODE, OUTBOX, scale, solve, TAKE, TWELVE_FACTOR, weights } from './solution.ts';

const brief: ScenarioBrief = {
  id: 'news-feed',
  title: 'News feed',
  minutes: 45,
  summary: 'Serve 12 000 timelines a second, each post within five seconds in 200 of them.',
  statement: 'Twenty million people follow each other, post, and read a timeline ordered by time. Most have 200 followers, one has five million. A post should stand in the timelines within five seconds.',
  asked: ['Post, follow, read the home timeline', 'Pictures and films beside the posts', 'Counts of likes'],
  given: ['200 followers on average, 5000 at the 99th percentile, 5 million at most', 'A page of the timeline is 8 KB, a post 1 KB, media 200 KB by a CDN', '20 million users, 8.6 million posts a day'],
  workload: { peak_rps: 12_350, peak_to_avg: 3, payload_in_kb: 1, payload_out_kb: 8, growth_target: 3, eng: 40 },
  targets: { budget_usd_month: 26_000, obi_budget: 5 },
  settings: { cost_month: 12, weights: weights(0.25, 0.2, 0.15, 0.15, 0.1, 0.15) },
  journeys: [
    { id: 'feed', name: 'Read the timeline', rate_rps: 12_000, op: 'read', p99_target_ms: 300, availability_target: 0.999 },
    { id: 'post', name: 'Post', rate_rps: 300, op: 'write', p99_target_ms: 500, availability_target: 0.999, done_target_s: 5, done_quantile: 0.95 },
    { id: 'follow', name: 'Follow', rate_rps: 50, op: 'mixed', read_fraction: 0.5, importance: 0.5, p99_target_ms: 500, availability_target: 0.999 },
  ],
  entities: [
    { id: 'post', name: 'Post', keys: 20_000_000, item_kb: 1, zipf_s: 0.9, requirement: 'bounded', bound_s: 60, row_bytes: 1024, initial_rows: 200_000_000, retention_days: 60 },
    { id: 'timeline', name: 'Timeline', keys: 20_000_000, item_kb: 1, zipf_s: 0.9, requirement: 'bounded', bound_s: 5, row_bytes: 1024, rows_per_write: 0, loss_tolerance_s: 60, durable_ack: false },
    { id: 'follows', name: 'Who follows whom', keys: 20_000_000, item_kb: 0.1, zipf_s: 0.9, requirement: 'bounded', bound_s: 60, row_bytes: 40, initial_rows: 4_000_000_000 },
  ],
  demands: [
    { title: 'Processor time to answer a timeline or to follow', value: 2.5, unit: 'ms', stage: 'entry', field: 'cpu_ms', journeys: ['feed', 'follow'] },
    { title: 'Processor time to take a post', value: 6, unit: 'ms', stage: 'entry', field: 'cpu_ms', journeys: ['post'] },
    { title: 'Processor time to fan a post out to 200 followers (8 ms for a thousand)', value: 1.6, unit: 'ms', stage: 'consumer', field: 'cpu_ms', journeys: ['post'] },
  ],
  hazardTargets: [],
  judged: [],
};

const entry = edgeId('people', 'balancer');
const toFollows = edgeId('api', 'graph');
const toPosts = edgeId('api', 'posts');
const toTimelines = edgeId('api', 'timelines');
const toFanout = edgeId('fanout', 'graph');
const toEvents = edgeId('api', 'events');

/** Fan-out on write against fan-out on read, and the author with five million followers. */
export const newsFeed: Scenario = {
  ...brief,
  traps: ['fan-out-tail', 'hot-key', 'hot-shard', 'consumers-exceed-partitions', 'cache-as-crutch', 'unbounded-queue', 'n-plus-one-queries'],
  rubric: {
    strong: [
      'Derives the fan-out: 300 posts to 200 followers are 60 000 insertions a second',
      'Sees that one post to five million followers is 83 seconds of that, and mixes push with pull above a threshold',
      'Keeps a capped list for each user in memory, sharded by user',
      'Keys the log by author, measures staleness as the delay of the log',
      'Falls back to pulling when the fan-out is behind, and gives the cost for each daily user',
    ],
    weak: ['Joins posts and follows for each timeline', 'One consumer for each author, or more consumers than partitions', 'A cache that the database cannot do without, and no word about its loss'],
  },
  misses: [],
  reference: {
    stated_usd_month: 20_900,
    cost_departure: 'A fifth shard of timelines for three times the load, a cache of its own for posts, memory for twenty million hot posts, and the bytes between zones of 60 000 insertions a second.',
    notes: ['Authors with more than 50 000 followers are not fanned out: their posts are merged in when a timeline is read.', 'Timelines hold 800 entries and are rebuilt from the posts when lost.'],
    design: solve(brief, {
      nodes: [
        { id: 'people', type: 'client', name: 'Readers and authors', column: 0, row: 1 },
        { id: 'cdn', type: 'cdn', name: 'Media edge', params: { hit_ratio: 0.95, ttl_s: 86_400 }, column: 1, row: 0 },
        { id: 'media', type: 'object-store', name: 'Media', params: { storage_gb: 20_000 }, column: 2, row: 0 },
        { id: 'balancer', type: 'lb-managed', name: 'Load balancer', params: BALANCER, column: 1, row: 1 },
        { id: 'api', type: 'service', name: 'Feed API', params: { ...CODE, instances: 12, vcpu: 4, rate_limit: {}, ...scale(4, 45) }, column: 2, row: 1 },
        { id: 'cache', type: 'redis', name: 'Posts in memory', params: { memory_gb: 13, shards: 2, replicas_per_shard: 1, ttl_s: 3600 }, column: 3, row: 0 },
        { id: 'posts', type: 'rdbms', name: 'Posts', params: { engine: 'postgres', ha: 'multi_az', vcpu: 4, mem_gb: 32, replicas: 2, storage_gb: 1000, backup: 'pitr', migration_strategy: 'expand_contract' }, column: 3, row: 1 },
        { id: 'graph', type: 'nosql', name: 'Follows', params: { engine: 'dynamodb', item_kb: 4, storage_gb: 200, backup: 'pitr' }, column: 3, row: 2 },
        { id: 'events', type: 'kafka', name: 'New posts', params: { brokers: 3, partitions: 48, message_kb: 1, storage_gb: 700, retention_days: 3 }, column: 2, row: 2 },
        { id: 'fanout', type: 'faust-worker', name: 'Fan-out', params: { instances: 4, vcpu: 4, ...TWELVE_FACTOR, idempotent: true, traced: true, ...scale(2, 12) }, column: 2, row: 3 },
        { id: 'timelines', type: 'redis', name: 'Timelines', params: { roles: ['store'], shards: 5, replicas_per_shard: 1, memory_gb: 26, eviction: 'noeviction', persistence: 'aof', backup: 'none', ttl_s: 0 }, column: 3, row: 3 },
      ],
      edges: [
        { from: 'people', to: 'cdn', params: { timeout_ms: 10_000, response_kb: 200 } },
        { from: 'cdn', to: 'media', params: { timeout_ms: 5000, response_kb: 200 } },
        { from: 'people', to: 'balancer', params: { timeout_ms: 5000 } },
        { from: 'balancer', to: 'api', params: call(3000) },
        { from: 'api', to: 'cache', params: { ...ASIDE, entity: 'post', timeout_ms: 50 } },
        { from: 'api', to: 'posts', params: { entity: 'post', timeout_ms: 500, pool_size: 3, max_overflow: 2 } },
        { from: 'api', to: 'graph', params: { entity: 'follows', timeout_ms: 500, idempotency_key: true } },
        { from: 'api', to: 'events', params: { ...OUTBOX, payload_kb: 1, key: 'post', task_class: 'fan-out', entity: 'timeline' } },
        { from: 'api', to: 'timelines', params: { entity: 'timeline', op: 'read', timeout_ms: 100, response_kb: 8 } },
        { from: 'events', to: 'fanout', params: { ...TAKE, ordering: 'key' } },
        { from: 'fanout', to: 'graph', params: { op: 'read', entity: 'follows', timeout_ms: 500, response_kb: 8 } },
        { from: 'fanout', to: 'timelines', params: { calls: 200, pipeline: 100, op: 'write', entity: 'timeline', timeout_ms: 500, request_kb: 0.1, response_kb: 0.05 } },
      ],
      paths: {
        feed: { entry, steps: [{ edge: toFollows, calls: 0 }, { edge: toEvents, calls: 0 }], reads: [{ entity: 'timeline' }, { entity: 'post' }] },
        post: { entry, steps: [{ edge: toFanout, op: 'read' }, { edge: toFollows, calls: 0 }, { edge: toTimelines, calls: 0 }], writes: [{ entity: 'post' }, { entity: 'timeline' }] },
        follow: { entry, steps: [{ edge: toPosts, calls: 0 }, { edge: toTimelines, calls: 0 }, { edge: toEvents, calls: 0 }], reads: [{ entity: 'follows' }], writes: [{ entity: 'follows' }] },
      },
      homes: { post: 'posts', timeline: 'timelines', follows: 'graph' },
      moreJourneys: [{ id: 'media', name: 'Fetch media', rate_rps: 350, entry: edgeId('people', 'cdn'), op: 'read', importance: 0, p99_target_ms: 500, availability_target: 0.999, cacheable: 'public' }],
    }),
  },
};
