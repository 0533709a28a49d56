import type { Behavior, CostLine, FailureModel, PartitionedStoreResource } from '../../../shared/contracts/behavior.ts';
import { defineComponent } from '../../../shared/contracts/component.ts';
import { choice, number, optionalNumber } from '../../../shared/contracts/params.ts';
import { z } from '../../../shared/lib/zod.ts';
import { acceptOnly } from '../common/accepts.ts';
import { derived } from '../common/effective.ts';
import { FAILOVER_S, FAILURES_PER_YEAR, SELF_HOSTED_STORE, selfHostedFailure, serviceFailure } from '../common/failure.ts';
import { costLine, GB_PER_VCPU, selfHostedStoreCosts } from '../common/pricing.ts';
import { BACKUP_INTERVAL_S } from '../common/stores.ts';

const A = { provenance: 'A' as const };
const PARTITION = { provenance: 'V' as const, source: 'aws-dynamodb-limits' };

/** Sizes that one capacity unit covers, KB: a strong read, a write. An eventual read costs half. */
const READ_UNIT_KB = 4;
const WRITE_UNIT_KB = 1;
const GB_PER_PARTITION = 10;
/** Stands for "does not count here": results hold no infinite number. */
const NO_LIMIT = 1e12;
/** Service levels of DynamoDB in one region and as global tables. */
const SLA = { one: 0.9999, global: 0.99999 } as const;

const params = z.object({
  engine: choice(['dynamodb', 'document', 'wide_column'], { ...A, default: 'dynamodb', label: 'Engine', group: 'data', help: 'DynamoDB: the provider splits and runs it. Document (MongoDB): one primary per shard answers. Wide column (Cassandra): all nodes answer. The last two are counted as machines of your own.', options: { dynamodb: 'DynamoDB', document: 'Document store', wide_column: 'Wide-column store' } }),
  capacity_mode: choice(['on_demand', 'provisioned'], { ...A, default: 'on_demand', label: 'Capacity', group: 'capacity', help: 'On demand: paid by the request, grows by itself. Provisioned: units per second that are paid whether used or not. DynamoDB only.', options: { on_demand: 'On demand', provisioned: 'Provisioned' } }),
  rcu: number({ ...A, default: 1000, min: 1, step: 100, label: 'Read units', group: 'capacity', unit: 'ops', help: 'Provisioned read units per second. One reads 4 KB strongly or 8 KB eventually.' }),
  wcu: number({ ...A, default: 500, min: 1, step: 100, label: 'Write units', group: 'capacity', unit: 'ops', help: 'Provisioned write units per second. One writes 1 KB.' }),
  partition_rcu: number({ ...PARTITION, default: 3000, min: 1, label: 'Read units per partition', group: 'capacity', unit: 'ops', help: 'The most that one partition reads. A hot key cannot have more.' }),
  partition_wcu: number({ ...PARTITION, default: 1000, min: 1, label: 'Write units per partition', group: 'capacity', unit: 'ops', help: 'The most that one partition writes. A hot key cannot have more.' }),
  item_kb: number({ ...A, default: 1, min: 0.001, max: 400, step: 1, label: 'Item size', group: 'data', unit: 'kb', help: 'Mean size of an item: decides how many units a request takes. At most 400 KB.' }),
  consistency: choice(['eventual', 'strong'], { ...A, default: 'eventual', label: 'Reads', group: 'data', help: 'Eventual: half the price, about a second old at worst. Strong: the last write, from one place.', options: { eventual: 'Eventual', strong: 'Strong' } }),
  latency_ms: number({ ...A, default: 5, min: 0, label: 'Latency', group: 'capacity', unit: 'ms', help: 'Mean time of one read or write without load.' }),
  storage_gb: number({ ...A, default: 100, min: 0, step: 50, label: 'Storage', group: 'data', unit: 'gb', help: 'Data kept. Entities that grow beyond it replace this number in the price.' }),
  nodes: number({ ...A, default: 3, min: 1, integer: true, step: 1, label: 'Nodes', group: 'capacity', unit: 'count', help: 'Machines of a cluster that you run yourself.' }),
  copies: number({ ...A, default: 3, min: 1, max: 7, integer: true, label: 'Copies', group: 'resilience', unit: 'count', help: 'Copies of each item in your own cluster.' }),
  vcpu: number({ ...A, default: 2, min: 1, step: 1, label: 'vCPUs', group: 'capacity', unit: 'vcpu', help: 'Cores of each node of your own cluster.' }),
  node_reads_s: number({ ...A, default: 10_000, min: 1, step: 1000, label: 'Reads per node', group: 'capacity', unit: 'ops', help: 'Reads by key that one node of your own cluster answers per second.' }),
  node_writes_s: number({ ...A, default: 5000, min: 1, step: 1000, label: 'Writes per node', group: 'capacity', unit: 'ops', help: 'Writes that one node of your own cluster takes per second, copies included.' }),
  regions: number({ ...A, default: 1, min: 1, max: 10, integer: true, step: 1, label: 'Regions', group: 'placement', unit: 'count', help: 'Global tables: every region holds and writes all data. Writes and storage are paid in each. DynamoDB only.' }),
  backup: choice(['none', 'daily', 'pitr'], { ...A, default: 'pitr', practice: true, question: 'How is it backed up?', label: 'Backup', group: 'resilience', help: 'Point in time loses at most five minutes, daily up to a day. Copies repeat deletes and are no backup.', options: { none: 'None', daily: 'Daily', pitr: 'Point in time' } }),
  availability: optionalNumber({ provenance: 'V', source: 'cloud-sla', min: 0.5, max: 0.999999999, label: 'Availability', group: 'resilience', unit: 'ratio', help: 'Unset: service level 99.99 %, 99.999 % as global tables; 99 % for each node of your own cluster.' }),
});

type NosqlParams = z.output<typeof params>;

/** Units of one read and of one write of a mean item. */
function unitsOf(p: NosqlParams): { readonly read: number; readonly write: number } {
  const strong = Math.ceil(p.item_kb / READ_UNIT_KB);
  return { read: p.consistency === 'strong' ? strong : strong / 2, write: Math.ceil(p.item_kb / WRITE_UNIT_KB) };
}

function store(p: NosqlParams, partitions: number | null, read: number, write: number, latency_ms = p.latency_ms): PartitionedStoreResource {
  return {
    kind: 'partitioned-store', partitions, read_capacity: read, write_capacity: write, latency_s: latency_ms / 1000, write_latency_s: latency_ms / 1000,
    cs2: 1, storage_gb: p.storage_gb, strong: p.consistency === 'strong',
  };
}

/**
 * Provisioned: the table’s own reads and writes are two limits of their own, then each partition has its ceiling
 * (unused units of one partition go to another). On demand only the partitions limit.
 */
function dynamoResources(p: NosqlParams): PartitionedStoreResource[] {
  const unit = unitsOf(p);
  const [read, write] = [p.partition_rcu / unit.read, p.partition_wcu / unit.write];
  if (p.capacity_mode === 'on_demand') return [store(p, null, read, write)];
  const partitions = Math.max(1, Math.ceil(Math.max(p.rcu / p.partition_rcu, p.wcu / p.partition_wcu, p.storage_gb / GB_PER_PARTITION)));
  return [store(p, 1, p.rcu / unit.read, NO_LIMIT, 0), store(p, 1, NO_LIMIT, p.wcu / unit.write, 0), store(p, partitions, read, write)];
}

/** An own cluster: a write costs every copy; a strong read goes to the primary or to a majority. */
function clusterResources(p: NosqlParams): PartitionedStoreResource[] {
  const copies = Math.min(p.copies, p.nodes);
  const asked = p.consistency === 'eventual' ? 1 : p.engine === 'document' ? copies : Math.floor(copies / 2) + 1;
  const shards = p.engine === 'document' ? Math.max(1, Math.floor(p.nodes / copies)) : p.nodes;
  return [store(p, shards, (p.nodes * p.node_reads_s) / asked / shards, (p.nodes * p.node_writes_s) / copies / shards)];
}

function dynamoFailure(p: NosqlParams): FailureModel {
  const availability = p.availability ?? (p.regions > 1 ? SLA.global : SLA.one);
  return serviceFailure({ availability, units: 1, regional: true, perYear: FAILURES_PER_YEAR.regionalManaged });
}

function dynamoCosts(p: NosqlParams): CostLine[] {
  const unit = unitsOf(p);
  const used = p.capacity_mode === 'provisioned'
    ? [costLine('Read units', 'dynamodb_rcu_month', { per: 'count', count: p.rcu * p.regions }), costLine('Write units', 'dynamodb_wcu_month', { per: 'count', count: p.wcu * p.regions })]
    : [costLine('Reads', 'dynamodb_read_m', { per: 'request', factor: unit.read / 1e6, of: 'read' }), costLine('Writes', 'dynamodb_write_m', { per: 'request', factor: (unit.write * p.regions) / 1e6, of: 'write' })];
  return [
    ...used,
    costLine('Storage', 'dynamodb_storage_gb', { per: 'gb_month', gb: p.storage_gb, copies: p.regions }),
    ...(p.backup === 'pitr' ? [costLine('Point-in-time backup', 'dynamodb_pitr_gb', { per: 'gb_month', gb: p.storage_gb, copies: p.regions })] : []),
  ];
}

function behavior(p: NosqlParams): Behavior {
  const dynamo = p.engine === 'dynamodb';
  const copies = Math.min(p.copies, p.nodes);
  return {
    routing: 'store',
    role: 'key-value',
    stateful: true,
    resources: dynamo ? dynamoResources(p) : clusterResources(p),
    failure: dynamo ? dynamoFailure(p) : selfHostedFailure({ availability: p.availability ?? SELF_HOSTED_STORE, units: p.nodes, redundancy: 'quorum', failover_s: FAILOVER_S.cluster }),
    costs: dynamo ? dynamoCosts(p) : selfHostedStoreCosts(p.nodes, p.vcpu, GB_PER_VCPU * p.vcpu, (p.storage_gb * copies) / p.nodes),
    operations: { technology: { dynamodb: 'dynamodb', document: 'document store', wide_column: 'wide-column store' }[p.engine], burden: dynamo ? 'serverless' : 'self-hosted-stateful', deployable: false, mechanisms: [] },
    consistency: {
      durable: true, replication: dynamo || copies > 1 ? 'quorum' : 'none', read_default: p.consistency,
      staleness_s: p.consistency === 'eventual' ? 1 : 0, loss_window_s: 0, backup_interval_s: BACKUP_INTERVAL_S[p.backup],
    },
    autoscale: null,
    source_rate: null,
    not_modelled: p.regions > 1 && dynamo ? ['Conflicting writes in several regions: the last one wins'] : [],
  };
}

/** A store by key that spreads over partitions. */
export const nosql = defineComponent({
  type: 'nosql',
  aliases: ['key-value-store', 'document-database'],
  version: 1,
  title: 'Key-value store',
  category: 'data',
  silhouette: 'store',
  icon: 'M7 3H5.5A1.5 1.5 0 0 0 4 4.5v3.5L2.5 10 4 12v3.5A1.5 1.5 0 0 0 5.5 17H7 M13 3h1.5A1.5 1.5 0 0 1 16 4.5V8l1.5 2-1.5 2v3.5a1.5 1.5 0 0 1-1.5 1.5H13 M8 10h4',
  keywords: ['no-sql', 'nosql database', 'document database', 'wide column'],
  figures: { primary: 'ops', secondary: 'utilisation' },
  params,
  behavior,
  effective: (p) => derived('availability', p.availability, p.engine !== 'dynamodb' ? SELF_HOSTED_STORE : p.regions > 1 ? SLA.global : SLA.one, p.engine !== 'dynamodb' ? 'each node of your own' : p.regions > 1 ? 'service level of global tables' : 'service level in one region'),
  accepts: acceptOnly(['db', 'consume', 'replicate', 'lookup'], 'A store answers queries. Connect it from the code that reads or writes it.'),
  presets: [
    { id: 'dynamodb', title: 'DynamoDB', keywords: ['aws dynamodb', 'dynamo'], params: {} },
    { id: 'dynamodb-provisioned', title: 'DynamoDB, provisioned', keywords: ['dynamodb capacity units'], params: { capacity_mode: 'provisioned' } },
    { id: 'mongodb', title: 'MongoDB', keywords: ['mongo', 'documentdb', 'couchbase'], params: { engine: 'document', consistency: 'strong', backup: 'daily' } },
    { id: 'cassandra', title: 'Cassandra', keywords: ['scylladb', 'scylla', 'hbase'], params: { engine: 'wide_column', backup: 'daily' } },
  ],
  recognition: {
    images: ['amazon/dynamodb-local*', 'mongo', 'mongo*', 'mongodb/*', 'bitnami/mongodb*', 'cassandra*', 'bitnami/cassandra*', 'scylladb/*', 'couchbase*', 'couchdb*', 'arangodb*', 'surrealdb/*', 'percona/percona-server-mongodb*'],
    words: ['dynamodb', 'dynamo', 'nosql', 'mongo', 'mongodb', 'cassandra', 'scylla', 'couchdb'],
    ports: [27017, 9042],
    schemes: ['mongodb', 'mongodb+srv', 'dynamodb', 'cassandra'],
  },
  docs: {
    what: 'Items by key, spread over partitions. Each partition has a ceiling, so load must spread over many keys.',
    when: 'Very many small reads and writes by a known key: messages, carts, sessions, device state.',
    whenNot: 'Questions nobody knows yet, joins, transactions over many rows. A single hot key is as slow as one partition.',
  },
  examples: [
    { title: 'a partition reads 6000 small items eventually', params: {}, expect: (b) => b.resources.length === 1 && b.resources[0]?.kind === 'partitioned-store' && b.resources[0].read_capacity === 6000 && b.resources[0].write_capacity === 1000 && b.resources[0].partitions === null },
    { title: 'larger items take more units', params: { item_kb: 10, consistency: 'strong' }, expect: (b) => b.resources[0]?.kind === 'partitioned-store' && b.resources[0].read_capacity === 1000 && b.resources[0].write_capacity === 100 && b.consistency?.staleness_s === 0 },
    { title: 'provisioned units are limits of their own', params: { capacity_mode: 'provisioned', rcu: 9000, wcu: 1000, storage_gb: 10 }, expect: (b) => b.resources.length === 3 && b.resources[2]?.kind === 'partitioned-store' && b.resources[2].partitions === 3 && b.costs[0]?.quantity.per === 'count' && b.costs[0].quantity.count === 9000 },
    { title: 'requests, storage and backup are paid', params: {}, expect: (b) => b.costs.map((line) => line.price).join() === 'dynamodb_read_m,dynamodb_write_m,dynamodb_storage_gb,dynamodb_pitr_gb' && b.failure.unit_availability === 0.9999 && b.failure.regional },
    { title: 'a document store answers from one primary', params: { engine: 'document', consistency: 'strong' }, expect: (b) => b.resources[0]?.kind === 'partitioned-store' && b.resources[0].partitions === 1 && b.resources[0].read_capacity === 10_000 && b.resources[0].write_capacity === 5000 && b.failure.redundancy === 'quorum' },
    { title: 'a wide-column store answers from all nodes', params: { engine: 'wide_column', nodes: 6 }, expect: (b) => b.resources[0]?.kind === 'partitioned-store' && b.resources[0].partitions === 6 && b.resources[0].read_capacity === 10_000 && b.operations.burden === 'self-hosted-stateful' },
  ],
});
