import { sketch } from '../../catalog/rules/common/examples.ts';
import type { Design } from '../../shared/model/design.ts';

/** Drawings with much in them at once, on which every rule is run: what examples of one rule never bring together. */
export const GALLERY: Readonly<Record<string, Design>> = {
  'a tier in a nested zone, two targets': sketch({
    nodes: {
      users: 'client', front: 'lb-managed', left: ['service', { instances: 1 }, { boundary: 'pods' }], right: ['service', { instances: 1 }, { boundary: 'pods' }], other: ['service', {}, { boundary: 'b' }],
      memory: ['redis', {}, { boundary: 'a' }], found: ['search', { nodes: 1 }, { boundary: 'a' }], db: ['rdbms', {}, { boundary: 'a' }], ledger: ['rdbms', {}, { boundary: 'a' }], bank: ['external-api', {}, { boundary: 'a' }], files: 'object-store', loose: ['monolith', { instances: 1 }, { boundary: 'none' }],
    },
    edges: ['users>front>left', 'front>right', 'left>db', 'right>db', 'right>ledger', 'left>other', 'left>found', 'right>memory', 'left>bank', 'left>files', ['right>loose', { criticality: 'soft' }]],
    boundaries: { land: { kind: 'region' }, a: { kind: 'zone', parent: 'land' }, b: { kind: 'zone', parent: 'land' }, pods: { kind: 'cluster', parent: 'a' } },
    journeys: { buy: { rate_rps: 20, entry: 'users', availability_target: 0.9995 }, look: { rate_rps: 80, entry: 'users', availability_target: 0.99, steps: [{ edge: 'users>front' }] }, any: { rate_rps: 5, entry: 'users' } },
  }),
  'one kind with different callers, in one zone': sketch({
    nodes: { users: 'client', web: ['service', {}, { zone_spread: 1, name: 'Zebra' }], api: ['service', {}, { zone_spread: 1, name: 'Ant' }], one: ['rdbms', { ha: 'none' }, { zone_spread: 1 }], two: ['rdbms', { ha: 'none' }, { zone_spread: 1 }], three: ['rdbms', { ha: 'multi_az' }], code: 'lambda', items: 'nosql', tasks: 'rabbitmq', worker: ['celery-worker', { instances: 1 }, { zone_spread: 1 }] },
    edges: ['users>web>one', 'users>api>one', 'web>two', 'api>three', 'api>tasks>worker', 'worker>two', 'web>code>items', ['web>three', { probability: 0 }]],
    journeys: { order: { rate_rps: 30, entry: 'users', availability_target: 0.999, importance: 3 }, report: { rate_rps: 2, entry: 'users', availability_target: 0.9999, done_availability_target: 0.9999 } },
  }),
  'roles and tenants of several caches': sketch({
    nodes: {
      users: 'client', gateway: 'gateway-kong', shop: ['service', {}, { deployable_group: 'shop', name: 'Shop' }], basket: ['service', {}, { deployable_group: 'shop', name: 'Basket' }], search: ['service', {}, { name: 'Search' }], ads: ['service', {}, { name: 'Ads' }], proxy: 'nginx',
      cache: ['redis', { ops_per_s: 150 }, { boundary: 'team', managed: false, zone_spread: 1 }], shared: ['redis', { roles: ['cache', 'session', 'lock'], ttl_s: 60 }, { boundary: 'team', managed: true }], row: ['redis', { roles: ['cache', 'broker'], ops_per_s: 400 }], db: 'rdbms', items: 'nosql', files: 'object-store',
    },
    edges: ['users>gateway>shop>db', 'gateway>basket>db', 'gateway>search>db', 'gateway>ads>db', 'gateway>proxy>ads', ['shop>cache', { calls: 1 }], ['basket>cache', { calls: 2 }], ['search>cache', { calls: 3 }], ['ads>cache', { calls: 3 }], 'shop>shared', ['search>shared', {}, 'publish'], 'basket>row>items', ['row>db', { probability: 0 }], 'row>files'],
    boundaries: { team: { kind: 'group' } }, workload: { peak_rps: 60, read_fraction: 1 },
  }),
  'a small team that runs everything itself': sketch({
    nodes: {
      users: 'client', api: ['monolith', { instances: 2 }], zoo: ['rdbms', { engine: 'mysql' }, { managed: false }], yak: ['rdbms', { engine: 'mysql' }, { managed: false }], ape: ['rdbms', { engine: 'postgres', hosting: 'self' }, { managed: false }], memory: ['redis', { shards: 3 }, { managed: false }], spare: ['redis', {}, { managed: false }], found: ['search', { nodes: 3 }, { managed: false }],
      log: ['kafka', {}, { managed: false }], tasks: ['rabbitmq', {}, { managed: false }], jobs: 'sqs', code: 'lambda', mail: 'celery-worker', print: 'celery-worker', sums: 'faust-worker', idle: ['celery-worker', {}],
    },
    edges: ['users>api>zoo', 'api>yak', 'api>ape', 'api>memory', 'api>spare', 'api>found', 'api>log>sums', ['log>idle', { group: 'sums' }], 'api>tasks>mail', 'tasks>print', 'tasks>code', 'api>jobs>code'],
    workload: { peak_rps: 40, eng: 6 },
  }),
  'two engines, as many of each, and a budget': sketch({
    nodes: { users: 'client', api: 'service', zoo: ['rdbms', { engine: 'mysql' }], ape: ['rdbms', { engine: 'postgres' }], lone: ['rdbms', { engine: 'postgres' }, { managed: false }], other: ['rdbms', { engine: 'mysql' }], tasks: 'rabbitmq', log: 'kafka', mail: 'celery-worker', sums: 'faust-worker', more: 'faust-worker' },
    edges: ['users>api>zoo', 'api>ape', 'api>lone', 'api>other', 'api>tasks>mail', 'api>log>sums', ['log>more', { group: 'more' }]], workload: { peak_rps: 40, eng: 8 }, targets: { obi_budget: 0.4 },
  }),
  'services that talk across zones': sketch({
    nodes: { users: 'client', phone: ['client', { kind: 'mobile' }], edge: 'cdn', front: 'lb-managed', zulu: 'service', orders: 'service', stock: 'service', prices: 'service', mesh: 'nginx', db: 'rdbms', socket: 'service' },
    edges: ['users>front>orders', 'phone>edge>front', ['orders>stock', { response_kb: 400 }], ['orders>prices', { response_kb: 400 }], ['orders>mesh', { calls: 7 }], 'mesh>zulu', ['stock>prices', { calls: 6, pipeline: 2, response_kb: 100 }], ['zulu>db', { calls: 9 }], ['users>socket', { calls: 8 }, 'ws'], ['socket>orders', { calls: 0 }]],
    journeys: {
      list: { rate_rps: 50, entry: 'users', steps: [{ edge: 'users>front', calls: 9 }, { edge: 'front>orders' }, { edge: 'orders>stock', calls: 8 }] }, again: { rate_rps: 40, entry: 'users', steps: [{ edge: 'users>front' }, { edge: 'front>orders' }, { edge: 'orders>stock', calls: 8 }, { edge: 'orders>prices', calls: 12 }] },
      most: { rate_rps: 1, entry: 'users', steps: [{ edge: 'users>front' }, { edge: 'front>orders' }, { edge: 'orders>stock', calls: 20 }] }, app: { rate_rps: 30, entry: 'phone', steps: [{ edge: 'phone>edge', calls: 12 }] },
    },
    workload: { payload_out_kb: 5 },
  }),
  'few calls with large answers across zones': sketch({
    nodes: { users: 'client', orders: 'service', stock: 'service', prices: 'service', zero: 'service', more: 'service', last: 'service' }, edges: ['users>orders', ['orders>more', { response_kb: 200 }], ['orders>last', { response_kb: 210 }], ['prices>last', { response_kb: 30 }, 'ws'], ['orders>stock', { response_kb: 200 }], ['orders>prices', { response_kb: 200 }], ['orders>zero', { response_kb: 220, network_class: 'same_zone' }]],
    workload: { peak_rps: 150, payload_out_kb: 1 },
  }),
  'data that is changed in several places': sketch({
    nodes: { users: 'client', api: 'service', tasks: 'rabbitmq', log: 'kafka', worker: ['celery-worker', { acks_late: true }], second: ['celery-worker', { acks_late: true, idempotent: false }], sums: ['faust-worker', { processing_guarantee: 'exactly_once' }], router: 'shard-router', one: 'rdbms', two: 'rdbms', memory: 'redis', pay: 'service', orders: 'service' },
    edges: [['users>api', { retries: 2 }], ['api>tasks', { entity: 'view' }], ['tasks>worker', { idempotent: false }], ['tasks>second', { idempotent: true }], 'worker>router>one', 'router>two', ['worker>memory', { entity: 'payment' }], ['second>two', { entity: 'missing' }], 'api>log>sums', 'sums>log', ['sums>one', { op: 'read' }], ['api>pay', { retries: 1, idempotency_key: false }], ['pay>one', { entity: 'order' }], ['api>orders', { retries: 3, op: 'read' }], ['orders>two', { op: 'read' }]],
    entities: { payment: { home: 'two', money: true }, order: { home: 'two', duplicate_tolerance: 'none' }, view: { home: 'one', duplicate_tolerance: 'some' }, stray: { duplicate_tolerance: 'some' }, also: { home: 'one', duplicate_tolerance: 'some' } },
  }),
  'views that may come twice, and one that may not': sketch({
    nodes: { users: 'client', api: 'service', tasks: 'sqs', worker: ['celery-worker', { acks_late: true }], quiet: ['celery-worker', { acks_late: true }], db: 'rdbms', store: 'rdbms' },
    edges: ['users>api>tasks', ['tasks>worker', { idempotent: false }], 'worker>db', ['tasks>quiet', { idempotent: false, group: 'quiet' }], 'quiet>store'],
    entities: { seen: { home: 'db', duplicate_tolerance: 'some' }, liked: { home: 'db', duplicate_tolerance: 'some' }, mixed: { home: 'store', duplicate_tolerance: 'some' }, plain: { home: 'store' } },
  }),
  'much too much of it': sketch({
    nodes: {
      users: 'client', front: 'lb-managed', many: ['service', { instances: 9, cpu_ms: 10 }], four: ['service', { instances: 4, cpu_ms: 10, vcpu: 8 }, { zone_spread: 1 }], grows: ['service', { autoscale: { min: 5, max: 9 }, cpu_ms: 10, vcpu: 4 }], three: ['service', { instances: 3, cpu_ms: 1 }, { zone_spread: 3 }], big: ['rdbms', { vcpu: 32, replicas: 2, ha: 'multi_az' }], large: ['rdbms', { vcpu: 16, mem_gb: 64 }], held: ['rdbms', { vcpu: 8 }], unused: ['service', { instances: 8 }],
    },
    edges: ['users>front>many', 'front>four', 'front>grows', 'front>three', ['many>big', { op: 'write' }], 'four>large', ['grows>held', { pool_size: 60, max_overflow: 40 }]], workload: { peak_rps: 30, growth_target: 2 },
  }),
  'balancers before unlike targets': sketch({
    nodes: {
      users: 'client', turns: 'lb-managed', hash: ['lb-managed', { algorithm: 'ip_hash', sticky: 'ip' }], two: 'nginx', same: 'lb-managed', small: ['monolith', { instances: 1, cpu_ms: 20, cs2: 4 }], large: ['monolith', { instances: 2, vcpu: 8, cpu_ms: 20 }], full: ['monolith', { instances: 1, cpu_ms: 900, cs2: 5 }], even: ['monolith', { instances: 8, cpu_ms: 20, cs2: 5 }], odd: ['monolith', { instances: 6, cpu_ms: 25, cs2: 3 }],
      three: ['service', { instances: 3, cpu_ms: 30 }], twelve: ['service', { instances: 12 }], tasks: 'sqs', code: 'lambda',
    },
    edges: ['users>turns>small', 'turns>large', 'users>hash>three', 'hash>twelve', 'users>two>full', 'two>odd', 'users>same>even', 'same>tasks>code'], workload: { peak_rps: 90 },
  }),
  'shards that are asked unevenly': sketch({
    nodes: { users: 'client', api: ['service', { instances: 20 }], router: 'shard-router', left: 'rdbms', right: 'rdbms', third: 'rdbms', split: ['rdbms', { shards: 4, shard_key: 'region' }], cells: ['redis', { shards: 4 }], wide: ['nosql', {}], log: ['kafka', { partitions: 4 }], sums: 'faust-worker' },
    edges: ['users>api>router', ['router>left', { weight: 6 }], 'router>right', ['router>third', { probability: 0 }], 'api>split', 'api>cells', 'api>wide', 'api>log>sums'],
    entities: { order: { home: 'split', keys: 1000, zipf_s: 1.2, initial_rows: 4e9 }, item: { home: 'cells', keys: 200, zipf_s: 1.4 }, row: { home: 'left', initial_rows: 9e8 }, also: { home: 'left', initial_rows: 9e8 }, less: { home: 'left', initial_rows: 1e8 } }, workload: { peak_rps: 3000, growth_target: 5 },
  }),
  'functions beside a service on one database': sketch({
    nodes: { users: 'client', gateway: 'gateway-aws', code: ['lambda', { memory_mb: 1024, reserved_concurrency: 200 }], more: ['lambda', { reserved_concurrency: 5 }], busy: ['lambda', { memory_mb: 2048 }], api: 'service', db: ['rdbms', { vcpu: 2 }], pool: 'pooler', other: ['rdbms', { vcpu: 4 }], tasks: 'sqs', bank: ['external-api', { usd_per_call: 0.01 }] },
    edges: ['users>gateway>code>db', 'gateway>more>db', 'gateway>busy>pool>other', 'gateway>api>db', 'api>tasks>more', ['code>bank', { calls: 2 }], ['busy>db', { op: 'read' }]], workload: { peak_rps: 600 },
  }),
  'open doors of several kinds': sketch({
    nodes: { users: 'client', robots: ['client', { kind: 'api' }], wall: 'waf', cdn: 'cdn', gateway: 'gateway-kong', own: 'gateway-fastapi', zebra: 'service', ant: 'service', names: 'dns', traces: 'tracing', registry: 'service-registry', login: 'auth-provider', bank: 'external-api', code: 'lambda', socket: 'service' },
    edges: ['users>wall>gateway', 'gateway>zebra', 'robots>own>ant', 'users>ant', ['users>socket', {}, 'ws'], ['zebra>traces', {}, 'trace'], ['zebra>registry', {}, 'lookup'], ['users>names', {}, 'lookup'], 'ant>bank', 'own>login', 'robots>code', 'users>cdn>zebra', ['zebra>bank', { probability: 0.2 }]], workload: { peak_rps: 200 },
  }),
};
