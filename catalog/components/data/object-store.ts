import { defineComponent } from '../../../shared/contracts/component.ts';
import { choice, number, optionalNumber, practice } from '../../../shared/contracts/params.ts';
import { z } from '../../../shared/lib/zod.ts';
import { acceptOnly } from '../common/accepts.ts';
import { derived } from '../common/effective.ts';
import { FAILOVER_S, FAILURES_PER_YEAR, SELF_HOSTED_STORE, selfHostedFailure, serviceFailure } from '../common/failure.ts';
import { costLine, GB_PER_VCPU, selfHostedStoreCosts } from '../common/pricing.ts';

const A = { provenance: 'A' as const };
const S3 = { provenance: 'V' as const, source: 'aws-s3-performance' };

/** Service level of S3, and bytes stored for each byte kept by an own cluster with erasure coding (assumed). */
const MANAGED_AVAILABILITY = 0.999;
const ERASURE_OVERHEAD = 2;

/** Files by name: as many and as large as you like. */
export const objectStore = defineComponent({
  type: 'object-store',
  aliases: ['blob-store', 'object-storage'],
  version: 1,
  title: 'Object store',
  category: 'data',
  silhouette: 'store',
  icon: 'M3 5c0-1.4 3.1-2.5 7-2.5s7 1.1 7 2.5-3.1 2.5-7 2.5S3 6.4 3 5z M3 5l2 11c.2 1 2.3 1.5 5 1.5s4.8-.5 5-1.5l2-11',
  keywords: ['blob', 'bucket', 'file storage', 'files', 'object storage', 'media'],
  figures: { primary: 'ops', secondary: 'utilisation' },
  params: z.object({
    engine: choice(['s3', 'minio'], { ...A, default: 's3', label: 'Engine', group: 'data', help: 'S3: the provider runs it, paid by use. MinIO: a cluster of your own machines.', options: { s3: 'S3', minio: 'MinIO' } }),
    prefixes: number({ ...A, default: 1, min: 1, integer: true, step: 1, label: 'Prefixes', group: 'capacity', unit: 'count', help: 'Name prefixes that the load spreads over. Each has its own request limit.' }),
    get_per_prefix: number({ ...S3, default: 5500, min: 1, label: 'Reads per prefix', group: 'capacity', unit: 'ops', help: 'GET requests per second for each prefix of S3.' }),
    put_per_prefix: number({ ...S3, default: 3500, min: 1, label: 'Writes per prefix', group: 'capacity', unit: 'ops', help: 'PUT requests per second for each prefix of S3.' }),
    latency_ms: number({ ...A, source: 'aws-s3-performance', default: 30, min: 0, step: 5, label: 'Latency', group: 'capacity', unit: 'ms', help: 'Time to the first byte. AWS names 100 to 200 ms as typical, the median of small objects is lower.' }),
    write_latency_ms: optionalNumber({ ...A, min: 0, step: 5, label: 'Write latency', group: 'capacity', unit: 'ms', help: 'Time of one write. Unset: as a read.' }),
    cs2: number({ ...A, default: 1, min: 0, step: 0.1, label: 'Variation of latency', group: 'capacity', unit: 'none', help: 'Squared coefficient of variation: 0 always the same, 1 exponential.' }),
    storage_gb: number({ ...A, default: 100, min: 0, step: 100, label: 'Storage', group: 'data', unit: 'gb', help: 'Data kept. Entities that grow beyond it replace this number in the price.' }),
    versioning: practice({ ...A, default: true, label: 'Versioning', group: 'resilience', help: 'A deleted or overwritten object can be had back.', question: 'Can a deleted or overwritten object be had back?' }),
    nodes: number({ ...A, default: 4, min: 1, integer: true, step: 1, label: 'Nodes', group: 'capacity', unit: 'count', help: 'Machines of your own cluster.' }),
    vcpu: number({ ...A, default: 2, min: 1, step: 1, label: 'vCPUs', group: 'capacity', unit: 'vcpu', help: 'Cores of each machine of your own cluster.' }),
    node_ops_s: number({ ...A, default: 1000, min: 1, step: 100, label: 'Requests per node', group: 'capacity', unit: 'ops', help: 'Requests that one machine of your own cluster answers per second.' }),
    availability: optionalNumber({ provenance: 'V', source: 'cloud-sla', min: 0.5, max: 0.999999999, label: 'Availability', group: 'resilience', unit: 'ratio', help: 'Unset: service level 99.9 %; 99 % for each machine of your own cluster.' }),
  }),
  behavior: (params, context) => {
    const managed = params.engine === 's3' && context.managed;
    const one = managed ? { read: params.get_per_prefix, write: params.put_per_prefix } : { read: params.node_ops_s, write: params.node_ops_s };
    return {
      routing: 'store',
      role: 'object-store',
      stateful: true,
      resources: [{
        kind: 'partitioned-store', partitions: managed ? params.prefixes : params.nodes, read_capacity: one.read, write_capacity: one.write,
        latency_s: params.latency_ms / 1000, write_latency_s: (params.write_latency_ms ?? params.latency_ms) / 1000, cs2: params.cs2, storage_gb: params.storage_gb, strong: true,
      }],
      failure: managed
        ? serviceFailure({ availability: params.availability ?? MANAGED_AVAILABILITY, units: 1, regional: true, perYear: FAILURES_PER_YEAR.regionalManaged })
        : selfHostedFailure({ availability: params.availability ?? SELF_HOSTED_STORE, units: params.nodes, redundancy: 'quorum', failover_s: FAILOVER_S.cluster }),
      costs: managed
        ? [
            costLine('Storage', 's3_storage_gb', { per: 'gb_month', gb: params.storage_gb, copies: 1 }),
            costLine('Writes', 's3_put_k', { per: 'request', factor: 1e-3, of: 'write' }),
            costLine('Reads', 's3_get_k', { per: 'request', factor: 1e-3, of: 'read' }),
          ]
        : selfHostedStoreCosts(params.nodes, params.vcpu, GB_PER_VCPU * params.vcpu, (params.storage_gb * ERASURE_OVERHEAD) / params.nodes),
      operations: { technology: managed ? 's3' : 'minio', burden: managed ? 'serverless' : 'self-hosted-stateful', deployable: false, mechanisms: [] },
      consistency: { durable: true, replication: 'quorum', read_default: 'strong', staleness_s: 0, loss_window_s: 0, backup_interval_s: params.versioning ? 0 : null },
      autoscale: null,
      source_rate: null,
      not_modelled: [],
    };
  },
  effective: (params) => ({
    ...derived('write_latency_ms', params.write_latency_ms, params.latency_ms, 'as a read'),
    ...derived('availability', params.availability, params.engine === 's3' ? MANAGED_AVAILABILITY : SELF_HOSTED_STORE, params.engine === 's3' ? 'service level of S3' : 'each machine of your own'),
  }),
  accepts: acceptOnly(['db', 'http', 'consume', 'replicate', 'lookup'], 'An object store takes and gives files. Connect it from the code or the client that uses it.'),
  presets: [
    { id: 's3', title: 'S3', keywords: ['aws s3', 'amazon s3', 'gcs', 'azure blob'], params: {} },
    { id: 'minio', title: 'MinIO', keywords: ['ceph', 'seaweedfs'], params: { engine: 'minio' } },
  ],
  recognition: { images: ['minio*', 'minio/*', 'bitnami/minio*', 'azure-storage/azurite*', 'rustfs/*', 'dxflrs/garage*', 'chrislusf/seaweedfs*', 'localstack/*'], words: ['s3', 'bucket', 'minio', 'blob', 'object-store', 'storage', 'files'], ports: [9000], schemes: ['s3', 'gs', 'minio'] },
  docs: {
    what: 'Files by name, stored several times over. Cheap to keep, slow to the first byte, without limit in size.',
    when: 'Uploads, images, video, backups, exports: anything larger than a row. Let clients send and fetch by signed links.',
    whenNot: 'Small records read thousands of times a second, or anything that must be searched or changed in part.',
  },
  examples: [
    { title: 'one prefix takes 5500 reads and 3500 writes', params: {}, expect: (b) => b.resources[0]?.kind === 'partitioned-store' && b.resources[0].read_capacity === 5500 && b.resources[0].write_capacity === 3500 && b.resources[0].partitions === 1 },
    { title: 'storage and requests are paid', params: { storage_gb: 1000 }, expect: (b) => b.costs[0]?.quantity.per === 'gb_month' && b.costs[0].quantity.gb === 1000 && b.costs.length === 3 && b.failure.unit_availability === 0.999 && b.failure.regional },
    { title: 'an own cluster is machines with data', params: { engine: 'minio' }, expect: (b) => b.failure.redundancy === 'quorum' && b.failure.units === 4 && b.operations.burden === 'self-hosted-stateful' && b.costs[1]?.quantity.per === 'gb_month' && b.costs[1].quantity.gb * b.costs[1].quantity.copies === 200 },
  ],
});
