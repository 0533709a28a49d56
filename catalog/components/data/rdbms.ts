import { defineComponent } from '../../../shared/contracts/component.ts';
import { z } from '../../../shared/lib/zod.ts';
import { acceptOnly } from '../common/accepts.ts';
import { rdbmsBehavior, rdbmsEffective } from '../common/rdbms-behavior.ts';
import { rdbmsFields } from '../common/rdbms-fields.ts';

/** A relational database: one writer, optional standby, replicas and shards. */
export const rdbms = defineComponent({
  type: 'rdbms',
  aliases: ['database', 'relational-database', 'sql'],
  version: 1,
  title: 'Relational database',
  category: 'data',
  silhouette: 'store',
  icon: 'M4 5c0-1.4 2.7-2.5 6-2.5S16 3.6 16 5s-2.7 2.5-6 2.5S4 6.4 4 5z M4 5v10c0 1.4 2.7 2.5 6 2.5s6-1.1 6-2.5V5 M4 10c0 1.4 2.7 2.5 6 2.5s6-1.1 6-2.5',
  keywords: ['db', 'primary', 'oltp', 'sql database', 'transactions'],
  figures: { primary: 'writes', secondary: 'utilisation' },
  params: z.object(rdbmsFields),
  behavior: rdbmsBehavior,
  effective: rdbmsEffective,
  accepts: acceptOnly(['db', 'consume', 'replicate', 'migrate', 'lookup'], 'A database answers queries. Connect it from the code that reads or writes it.'),
  presets: [
    { id: 'postgresql', title: 'PostgreSQL', keywords: ['postgres', 'pg', 'psql', 'postgis', 'pgvector', 'timescaledb'], params: { engine: 'postgres' } },
    { id: 'mysql', title: 'MySQL', keywords: ['mariadb', 'innodb', 'percona'], params: { engine: 'mysql' } },
    { id: 'aurora', title: 'Aurora', keywords: ['aws aurora', 'aurora postgresql', 'aurora mysql'], params: { engine: 'postgres', ha: 'aurora' } },
    { id: 'rds-multi-az', title: 'RDS Multi-AZ', keywords: ['rds', 'cloud sql'], params: { ha: 'multi_az' } },
    { id: 'sharded-sql', title: 'Sharded database', keywords: ['sharding', 'shards', 'citus', 'vitess'], params: { shards: 4, ha: 'multi_az' } },
  ],
  recognition: {
    images: ['postgres*', 'postgis/postgis*', 'timescale/*', 'pgvector/*', 'bitnami/postgresql*', 'supabase/postgres*', 'citusdata/*', 'mysql*', 'mysql/mysql-server*', 'bitnami/mysql*', 'mariadb*', 'bitnami/mariadb*', 'percona*', 'mssql/server*', 'azure-sql-edge*', 'cockroachdb/*', 'paradedb/*'],
    words: ['db', 'database', 'postgres', 'postgresql', 'pg', 'mysql', 'mariadb', 'sql', 'rdbms', 'rds', 'aurora'],
    ports: [5432, 3306, 1433],
    schemes: ['postgres', 'postgresql', 'postgis', 'mysql', 'mysql2', 'mariadb', 'mssql', 'jdbc:postgresql', 'jdbc:mysql'],
  },
  docs: {
    what: 'Tables, transactions, joins. All writes go to one primary; replicas repeat every write and answer reads.',
    when: 'The first choice for data that must be right: one well-fed instance carries more than most products ever need.',
    whenNot: 'Files, polled job queues, sessions at thousands of writes a second, full-text search: each pulls down what the others need. Shard last.',
  },
  examples: [
    { title: 'a single instance costs $148 a month', params: {}, expect: (b) => b.costs.length === 2 && b.costs[0]?.price === 'rds_vcpu_h' && b.costs[0].quantity.per === 'hours' && b.costs[0].quantity.units === 2 && b.failure.unit_availability === 0.995 },
    { title: 'Multi-AZ doubles machine and storage and waits for the standby', params: { ha: 'multi_az' }, expect: (b) => b.costs[0]?.quantity.per === 'hours' && b.costs[0].quantity.units === 4 && b.costs[1]?.quantity.per === 'gb_month' && b.costs[1].quantity.copies === 2 && b.failure.unit_availability === 0.9995 && b.failure.outage_s === 90 && b.resources[0]?.kind === 'replicated-store' && b.resources[0].sync_commit },
    { title: 'the short form reads as Multi-AZ', params: { multi_az: true }, expect: (b) => b.failure.unit_availability === 0.9995 && b.failure.units === 2 },
    { title: 'the long form wins over the short one', params: { ha: 'single', multi_az: true }, expect: (b) => b.failure.units === 1 },
    { title: '8 GB hold 901 connections', params: {}, expect: (b) => b.resources[0]?.kind === 'replicated-store' && b.resources[0].max_connections === 901 },
    { title: 'connections are capped at 5000', params: { mem_gb: 256 }, expect: (b) => b.resources[0]?.kind === 'replicated-store' && b.resources[0].max_connections === 5000 },
    { title: 'Aurora pays capacity units and requests to storage', params: { ha: 'aurora' }, expect: (b) => b.costs.map((line) => line.price).join() === 'aurora_acu_h,aurora_storage_gb,aurora_io_m,aurora_io_m' && b.failure.outage_s === 35 && b.consistency?.replication === 'quorum' },
    { title: 'weights follow the number of shards and add up to 1', params: { shards: 2, geo_weights: [3, 1, 4] }, expect: (b) => b.resources[0]?.kind === 'replicated-store' && b.resources[0].geo_weights.join() === '0.75,0.25' },
    { title: 'IOPS above 3000 are paid', params: { iops: 5000, ha: 'multi_az' }, expect: (b) => b.costs.some((line) => line.price === 'rds_iops' && line.quantity.per === 'count' && line.quantity.count === 4000) },
    { title: 'replicas lag', params: { replicas: 2 }, expect: (b) => b.resources[0]?.kind === 'replicated-store' && b.resources[0].replicas === 2 && b.resources[0].base_lag_s === 0.1 && b.consistency?.replication === 'async' },
  ],
});
