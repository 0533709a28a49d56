import type { CostLine } from '../../../shared/contracts/behavior.ts';
import { defineComponent } from '../../../shared/contracts/component.ts';
import { choice, number } from '../../../shared/contracts/params.ts';
import { z } from '../../../shared/lib/zod.ts';
import { acceptOnly } from '../common/accepts.ts';
import { FAILURES_PER_YEAR, SELF_HOSTED_STORE, selfHostedFailure, serviceFailure } from '../common/failure.ts';
import { costLine, GB_PER_VCPU, selfHostedStoreCosts } from '../common/pricing.ts';
import { BACKUP_INTERVAL_S } from '../common/stores.ts';

const A = { provenance: 'A' as const };

const params = z.object({
  engine: choice(['redshift', 'bigquery', 'own', 'other'], { ...A, default: 'redshift', label: 'Engine', group: 'data', help: 'Redshift is paid by nodes, BigQuery by the data that queries read; a cluster of your own by its machines; another provider by a price that you state.', options: { redshift: 'Redshift', bigquery: 'BigQuery', own: 'Own cluster', other: 'Another provider' } }),
  instances: number({ ...A, default: 1, min: 1, integer: true, step: 1, label: 'Nodes', group: 'capacity', unit: 'count', help: 'Nodes that share the queries.' }),
  vcpu: number({ ...A, default: 4, min: 1, step: 1, label: 'vCPUs', group: 'capacity', unit: 'vcpu', help: 'Cores of each node, for the price. ra3.xlplus has 4.' }),
  query_s: number({ ...A, default: 2, min: 0, step: 0.5, label: 'Time per query', group: 'capacity', unit: 's', help: 'Mean time of one query without load.' }),
  servers: number({ ...A, default: 4, min: 1, integer: true, step: 1, label: 'Queries at once', group: 'capacity', unit: 'count', help: 'Queries that one node runs at the same moment; more wait.' }),
  cs2: number({ ...A, default: 2, min: 0, step: 0.1, label: 'Variation of time', group: 'capacity', unit: 'none', help: 'Squared coefficient of variation: 2 some very long queries.' }),
  storage_gb: number({ ...A, default: 500, min: 0, step: 100, label: 'Storage', group: 'data', unit: 'gb', help: 'Data kept. Entities that grow beyond it replace this number in the price.' }),
  scanned_gb: number({ ...A, default: 10, min: 0, step: 1, label: 'Read per query', group: 'cost', unit: 'gb', help: 'Data that one query reads. BigQuery bills by it.' }),
  usd_month: number({ ...A, default: 0, min: 0, step: 50, label: 'Stated price', group: 'cost', unit: 'usd_month', help: 'What another provider charges a month. 0: not counted.' }),
  load_delay_s: number({ ...A, default: 300, min: 0, step: 60, label: 'Loaded every', group: 'data', unit: 's', help: 'Seconds until data loaded in batches can be queried: how old answers are.' }),
  backup: choice(['none', 'daily', 'pitr'], { ...A, default: 'daily', practice: true, question: 'How is it backed up?', label: 'Backup', group: 'resilience', help: 'A snapshot every day, or to a point in time.', options: { none: 'None', daily: 'Daily', pitr: 'Point in time' } }),
  availability: number({ provenance: 'V', source: 'cloud-sla', default: 0.999, min: 0.5, max: 0.999999999, step: 0.001, label: 'Availability', group: 'resilience', unit: 'ratio', help: 'Service level of the provider. An own cluster counts 99 % for each node instead.' }),
});

type WarehouseParams = z.output<typeof params>;

function costsOf(p: WarehouseParams, own: boolean): CostLine[] {
  if (own) return selfHostedStoreCosts(p.instances, p.vcpu, GB_PER_VCPU * p.vcpu, p.storage_gb / p.instances);
  if (p.engine === 'other') return p.usd_month > 0 ? [costLine('Warehouse', 'stated_usd_month', { per: 'count', count: p.usd_month })] : [];
  const storage = costLine('Storage', 'redshift_storage_gb', { per: 'gb_month', gb: p.storage_gb, copies: 1 });
  if (p.engine === 'bigquery') return [costLine('Data read', 'bigquery_scan_tb', { per: 'request', factor: p.scanned_gb / 1000, of: 'read' }), storage];
  return [costLine('Warehouse nodes', 'redshift_vcpu_h', { per: 'hours', units: p.instances * p.vcpu }), storage];
}

/** Columns for analysis: few heavy queries over all data. */
export const dataWarehouse = defineComponent({
  type: 'data-warehouse',
  aliases: ['warehouse', 'data_warehouse', 'olap'],
  version: 1,
  title: 'Data warehouse',
  category: 'data',
  silhouette: 'store',
  icon: 'M2.5 8 10 3l7.5 5v9.5h-15z M6 17.5v-5 M10 17.5V10.5 M14 17.5v-7',
  keywords: ['analytics', 'reporting', 'business intelligence', 'column store', 'data lake'],
  figures: { primary: 'reads', secondary: 'utilisation' },
  params,
  behavior: (p, context) => {
    const own = p.engine === 'own' || !context.managed;
    const stated = context.stated('availability');
    return {
      routing: 'store',
      role: 'warehouse',
      stateful: true,
      resources: [{ kind: 'fcfs', id: 'warehouse', units: p.instances, servers: p.servers, service_s: p.query_s, cs2: p.cs2, policy: 'least_outstanding' }],
      failure: own
        ? selfHostedFailure({ availability: stated ? p.availability : SELF_HOSTED_STORE, units: 1, redundancy: 'standby', failover_s: 0 })
        : serviceFailure({ availability: p.availability, units: 1, regional: p.engine === 'bigquery', perYear: p.engine === 'bigquery' ? FAILURES_PER_YEAR.regionalManaged : FAILURES_PER_YEAR.zonalStore }),
      costs: costsOf(p, own),
      operations: { technology: 'data warehouse', burden: own ? 'self-hosted-stateful' : p.engine === 'bigquery' ? 'serverless' : 'managed-cluster', deployable: false, mechanisms: [] },
      consistency: { durable: true, replication: own ? 'none' : 'sync', read_default: 'eventual', staleness_s: p.load_delay_s, loss_window_s: own ? (BACKUP_INTERVAL_S[p.backup] ?? 86_400) : 0, backup_interval_s: BACKUP_INTERVAL_S[p.backup] },
      autoscale: null,
      source_rate: null,
      not_modelled: [
        ...(p.engine === 'bigquery' ? ['BigQuery’s own price of storage: the one of Redshift is counted'] : []),
        ...(p.engine === 'other' && p.usd_month === 0 ? ['Price of this warehouse: none is stated'] : []),
      ],
    };
  },
  accepts: acceptOnly(['db', 'consume', 'replicate', 'lookup'], 'A warehouse answers queries and is loaded. Connect it from own code, or feed it from a broker or a database.'),
  presets: [
    { id: 'redshift', title: 'Redshift', keywords: ['aws redshift', 'amazon redshift'], params: { engine: 'redshift' } },
    { id: 'bigquery', title: 'BigQuery', keywords: ['google bigquery'], params: { engine: 'bigquery' } },
    { id: 'clickhouse', title: 'ClickHouse', keywords: ['click house', 'druid', 'pinot'], params: { engine: 'own', query_s: 0.5 } },
    { id: 'snowflake', title: 'Snowflake', keywords: ['databricks'], params: { engine: 'other' } },
  ],
  recognition: { images: ['clickhouse/*', 'clickhouse*', 'yandex/clickhouse*', 'apache/druid*', 'apachepinot/*', 'trinodb/*'], words: ['warehouse', 'redshift', 'bigquery', 'snowflake', 'clickhouse', 'analytics', 'dwh', 'olap'], ports: [8123, 5439], schemes: ['redshift', 'bigquery', 'snowflake', 'clickhouse'] },
  docs: {
    what: 'All data by column, for few heavy questions. Seconds for a query, cheap for each gigabyte, loaded in batches.',
    when: 'Reports, dashboards and models over months of data, away from the database that serves users.',
    whenNot: 'In the path of a user’s request, or for looking up one row: it answers in seconds and only so many at once.',
  },
  examples: [
    { title: 'one node, four queries of two seconds', params: {}, expect: (b) => b.resources[0]?.kind === 'fcfs' && b.resources[0].units === 1 && b.resources[0].servers === 4 && b.resources[0].service_s === 2 },
    { title: 'Redshift is paid by nodes', params: {}, expect: (b) => b.costs[0]?.price === 'redshift_vcpu_h' && b.costs[0].quantity.per === 'hours' && b.costs[0].quantity.units === 4 && b.failure.unit_availability === 0.999 },
    { title: 'BigQuery is paid by what queries read', params: { engine: 'bigquery' }, expect: (b) => b.costs[0]?.price === 'bigquery_scan_tb' && b.costs[0].quantity.per === 'request' && b.costs[0].quantity.factor === 0.01 && b.failure.regional },
    { title: 'a provider without a price says so', params: { engine: 'other' }, expect: (b) => b.costs.length === 0 && b.not_modelled.length === 1 },
  ],
});
