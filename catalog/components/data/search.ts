import { defineComponent } from '../../../shared/contracts/component.ts';
import { choice, number, optionalNumber } from '../../../shared/contracts/params.ts';
import { z } from '../../../shared/lib/zod.ts';
import { acceptOnly } from '../common/accepts.ts';
import { derived } from '../common/effective.ts';
import { FAILOVER_S, FAILURES_PER_YEAR, SELF_HOSTED_STORE, selfHostedFailure, serviceFailure } from '../common/failure.ts';
import { memoryGb } from '../common/fleet.ts';
import { costLine, GB_PER_VCPU, pricedVcpu, selfHostedStoreCosts } from '../common/pricing.ts';
import { BACKUP_INTERVAL_S } from '../common/stores.ts';

const A = { provenance: 'A' as const };
/** Service level of a domain with copies, and of one node without (evaluation 6.1). */
const MANAGED_AVAILABILITY = { copies: 0.999, single: 0.995 } as const;

function managedAvailability(copies: number): number {
  return copies > 1 ? MANAGED_AVAILABILITY.copies : MANAGED_AVAILABILITY.single;
}

function copiesOf({ index_copies, instances }: { readonly index_copies: number; readonly instances: number }): number {
  return 1 + Math.min(index_copies, instances - 1);
}

/** Full-text search over a copy of the data. */
export const search = defineComponent({
  type: 'search',
  aliases: ['search-engine', 'full-text-search'],
  version: 1,
  title: 'Search',
  category: 'data',
  silhouette: 'store',
  icon: 'M3 8.5a5.5 5.5 0 1 0 11 0 5.5 5.5 0 1 0-11 0z M12.5 12.5 17 17 M5.8 8.5a2.7 2.7 0 0 1 2.7-2.7',
  keywords: ['full-text', 'search index', 'inverted index', 'lucene'],
  figures: { primary: 'reads', secondary: 'utilisation' },
  params: z.object({
    instances: number({ ...A, default: 2, min: 1, integer: true, step: 1, label: 'Nodes', group: 'capacity', unit: 'count', help: 'Nodes that answer searches.' }),
    vcpu: number({ ...A, default: 2, min: 1, step: 1, label: 'vCPUs', group: 'capacity', unit: 'vcpu', help: 'Cores of each node, for the price. How many searches run at once is stated apart.' }),
    mem_gb: optionalNumber({ ...A, min: 0.5, label: 'Memory', group: 'capacity', unit: 'gb', help: 'Memory of each node, for the price. Unset: 4 GB per vCPU.' }),
    latency_ms: number({ ...A, default: 10, min: 0, step: 1, label: 'Time per search', group: 'capacity', unit: 'ms', help: 'Mean time of one search or one indexed document without load.' }),
    servers: number({ ...A, default: 4, min: 1, integer: true, step: 1, label: 'Searches at once', group: 'capacity', unit: 'count', help: 'Searches that one node runs at the same moment.' }),
    cs2: number({ ...A, default: 2, min: 0, step: 0.1, label: 'Variation of time', group: 'capacity', unit: 'none', help: 'Squared coefficient of variation: 0 always the same, 2 some heavy searches.' }),
    storage_gb: number({ ...A, default: 100, min: 1, step: 50, label: 'Index size', group: 'data', unit: 'gb', help: 'Size of the index without its copies.' }),
    index_copies: number({ ...A, default: 1, min: 0, max: 5, integer: true, step: 1, label: 'Replicas', group: 'resilience', unit: 'count', help: 'Further copies of each part of the index, on other nodes.' }),
    refresh_s: number({ provenance: 'M', source: 'elasticsearch-docs', default: 1, min: 0, label: 'Refresh interval', group: 'data', unit: 's', help: 'Seconds until a new document is found.' }),
    backup: choice(['none', 'daily'], { ...A, default: 'daily', practice: true, question: 'Is the index backed up, or can it be built again?', label: 'Backup', group: 'resilience', help: 'A daily snapshot. An index that is built from another store can be built again.', options: { none: 'None', daily: 'Daily' } }),
    availability: optionalNumber({ provenance: 'V', source: 'cloud-sla', min: 0.5, max: 0.999999999, label: 'Availability', group: 'resilience', unit: 'ratio', help: 'Unset: service level 99.9 %, with a single copy 99.5 %; run by yourself 99 % for each node.' }),
  }),
  behavior: (params, context) => {
    const copies = copiesOf(params);
    const { managed } = context;
    return {
      routing: 'store',
      role: 'search',
      stateful: true,
      resources: [{ kind: 'fcfs', id: 'search', units: params.instances, servers: params.servers, service_s: params.latency_ms / 1000, cs2: params.cs2, policy: 'least_outstanding' }],
      failure: managed
        ? serviceFailure({ availability: params.availability ?? managedAvailability(copies), units: copies, regional: false, perYear: copies > 1 ? FAILURES_PER_YEAR.standby : FAILURES_PER_YEAR.zonalStore })
        : selfHostedFailure({ availability: params.availability ?? SELF_HOSTED_STORE, units: copies, redundancy: 'standby', failover_s: FAILOVER_S.cluster }),
      costs: managed
        ? [
            costLine('Search nodes', 'opensearch_vcpu_h', { per: 'hours', units: params.instances * pricedVcpu(params.vcpu, memoryGb(params)) }),
            costLine('Index', 'opensearch_gp3_gb', { per: 'gb_month', gb: params.storage_gb, copies }),
          ]
        : selfHostedStoreCosts(params.instances, params.vcpu, memoryGb(params), (params.storage_gb * copies) / params.instances),
      operations: { technology: 'search', burden: managed ? 'managed-cluster' : 'self-hosted-stateful', deployable: false, mechanisms: [] },
      consistency: {
        durable: true, replication: copies > 1 ? 'sync' : 'none', read_default: 'eventual', staleness_s: params.refresh_s, loss_window_s: copies > 1 ? 0 : 86_400,
        backup_interval_s: BACKUP_INTERVAL_S[params.backup],
      },
      autoscale: null,
      source_rate: null,
      not_modelled: [],
    };
  },
  effective: (params) => ({
    ...derived('mem_gb', params.mem_gb, memoryGb(params), `${GB_PER_VCPU} GB for each vCPU`),
    ...derived('availability', params.availability, managedAvailability(copiesOf(params)), 'service level when managed'),
  }),
  accepts: acceptOnly(['db', 'consume', 'replicate', 'lookup'], 'A search index answers queries and takes documents. Connect it from own code, or feed it from a broker.'),
  presets: [
    { id: 'opensearch', title: 'OpenSearch', keywords: ['amazon opensearch', 'aws elasticsearch'], params: {} },
    { id: 'elasticsearch', title: 'Elasticsearch', keywords: ['elastic', 'solr', 'meilisearch', 'typesense'], params: {} },
  ],
  recognition: {
    images: ['elasticsearch*', 'elasticsearch/elasticsearch*', 'docker.elastic.co/elasticsearch/*', 'bitnami/elasticsearch*', 'opensearchproject/opensearch*', 'solr*', 'getmeili/meilisearch*', 'typesense/*', 'qdrant/*', 'semitechnologies/weaviate*', 'manticoresearch/*'],
    words: ['search', 'elasticsearch', 'elastic', 'opensearch', 'solr', 'meilisearch', 'typesense'],
    ports: [9200, 7700, 8983],
    schemes: ['elasticsearch', 'opensearch'],
  },
  docs: {
    what: 'An index for words, filters and ranking, kept beside the store that owns the data. What it finds is a little old.',
    when: 'Search boxes, catalogues with many filters, log search: questions a database answers by reading everything.',
    whenNot: 'As the only home of data that must not be lost, or for a few thousand rows that the database searches well.',
  },
  examples: [
    { title: 'two nodes of four searches at 10 ms', params: {}, expect: (b) => b.resources[0]?.kind === 'fcfs' && b.resources[0].units === 2 && b.resources[0].servers === 4 && b.resources[0].service_s === 0.01 && b.resources[0].cs2 === 2 },
    { title: 'finds new documents after a second', params: {}, expect: (b) => b.consistency?.read_default === 'eventual' && b.consistency.staleness_s === 1 && b.failure.unit_availability === 0.999 },
    { title: 'one node has no second copy', params: { instances: 1 }, expect: (b) => b.failure.units === 1 && b.failure.unit_availability === 0.995 && b.failure.failures_per_year === 2 && b.costs[1]?.quantity.per === 'gb_month' && b.costs[1].quantity.copies === 1 },
  ],
});
