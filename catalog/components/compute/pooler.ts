import { defineComponent } from '../../../shared/contracts/component.ts';
import { choice, number, optionalNumber } from '../../../shared/contracts/params.ts';
import { z } from '../../../shared/lib/zod.ts';
import { acceptOnly } from '../common/accepts.ts';
import { derived } from '../common/effective.ts';
import { FAILURES_PER_YEAR, instanceFailure, serviceFailure } from '../common/failure.ts';
import { fleetAutoscale, fleetCosts, fleetEffective, fleetFields } from '../common/fleet.ts';
import { notModelled } from '../common/not-modelled.ts';
import { costLine } from '../common/pricing.ts';

const A = { provenance: 'A' as const };

/** vCPUs of the database that the managed proxy is billed for at least. */
const LEAST_BILLED_VCPU = 2;
const MANAGED_AVAILABILITY = 0.9999;

/** Shares few database connections among many callers. */
export const pooler = defineComponent({
  type: 'pooler',
  aliases: ['connection-pooler'],
  version: 1,
  title: 'Connection pooler',
  category: 'compute',
  silhouette: 'compute',
  icon: 'M2 4h4l4 4 M2 16h4l4-4 M2 10h8 M10 7h4v6h-4z M14 10h4',
  keywords: ['connection pool', 'database proxy', 'pooling'],
  figures: { primary: 'rps', secondary: 'utilisation' },
  params: z.object({
    variant: choice(['rds_proxy', 'pgbouncer'], { ...A, default: 'rds_proxy', label: 'Variant', group: 'capacity', help: 'A service of the provider, billed by the cores of the database, or processes on machines of your own.', options: { rds_proxy: 'Managed proxy', pgbouncer: 'Own process' } }),
    latency_ms: number({ ...A, default: 2, min: 0, label: 'Latency', group: 'capacity', unit: 'ms', help: 'Time added to each query without load.' }),
    servers: number({ ...A, default: 4, min: 1, integer: true, step: 1, label: 'Queries at once', group: 'capacity', unit: 'count', help: 'Queries that one instance handles at the same moment.' }),
    cs2: number({ ...A, default: 2, min: 0, step: 0.1, label: 'Variation of latency', group: 'capacity', unit: 'none', help: 'Squared coefficient of variation of that time.' }),
    db_vcpu: number({ ...A, default: 2, min: 1, step: 1, label: 'vCPUs of the database', group: 'cost', unit: 'vcpu', help: 'The managed proxy is billed by the cores of the database behind it.' }),
    max_client: optionalNumber({ ...A, min: 1, label: 'Most callers', group: 'data', unit: 'count', help: 'Connections that callers may open to it. Unset: not limited here.' }),
    max_server_share: number({ ...A, default: 0.8, min: 0.01, max: 1, step: 0.05, label: 'Share of connections', group: 'data', unit: 'ratio', help: 'Share of the database’s connections that it may open. Its own pool size stands on its connection to the database.' }),
    pooling: choice(['session', 'transaction', 'statement'], { ...A, default: 'transaction', label: 'Pooling', group: 'data', help: 'Transaction: a connection is held for one transaction only; session state such as temporary tables is lost.', options: { session: 'Session', transaction: 'Transaction', statement: 'Statement' } }),
    availability: optionalNumber({ provenance: 'V', source: 'cloud-sla', min: 0.5, max: 1, label: 'Availability', group: 'resilience', unit: 'ratio', help: 'Unset: service level 99.99 % of the managed proxy; for own processes that of one instance.' }),
    ...fleetFields({ vcpu: 2 }),
  }),
  behavior: (params, context) => {
    const managed = params.variant === 'rds_proxy' && context.managed;
    return {
      routing: 'split',
      role: 'pooler',
      stateful: false,
      resources: [{ kind: 'fcfs', id: 'pooler', units: params.instances, servers: params.servers, service_s: params.latency_ms / 1000, cs2: params.cs2, policy: 'least_outstanding' }],
      failure: managed
        ? serviceFailure({ availability: params.availability ?? MANAGED_AVAILABILITY, units: 1, regional: true, perYear: FAILURES_PER_YEAR.regionalManaged })
        : instanceFailure(params.availability ?? params.unit_availability, params.instances),
      costs: managed ? [costLine('Proxy', 'rds_proxy_vcpu_h', { per: 'hours', units: Math.max(LEAST_BILLED_VCPU, params.db_vcpu) })] : fleetCosts(params),
      operations: { technology: managed ? 'rds proxy' : 'pgbouncer', burden: managed ? 'serverless' : 'self-hosted-stateless', deployable: false, mechanisms: [] },
      consistency: null,
      autoscale: managed ? null : fleetAutoscale(params),
      source_rate: null,
      not_modelled: notModelled(context, {
        max_client: 'Callers refused by a full pooler',
        max_server_share: 'The pooler’s share of the database’s connections: its own connection to the database decides',
        pooling: 'How long a pooled connection is held',
      }),
    };
  },
  effective: (params) => ({
    ...(params.variant === 'pgbouncer' ? fleetEffective(params) : {}),
    ...derived('availability', params.availability, params.variant === 'rds_proxy' ? MANAGED_AVAILABILITY : params.unit_availability, params.variant === 'rds_proxy' ? 'service level of the managed proxy' : 'availability of one instance'),
  }),
  accepts: acceptOnly(['http', 'db'], 'A pooler takes queries from own code. Connect it from the code that asks.'),
  presets: [
    { id: 'rds-proxy', title: 'RDS Proxy', keywords: ['aws rds proxy'], params: { variant: 'rds_proxy' } },
    { id: 'pgbouncer', title: 'PgBouncer', keywords: ['pg bouncer', 'odyssey', 'pgpool', 'supavisor'], params: { variant: 'pgbouncer' } },
  ],
  recognition: { images: ['edoburu/pgbouncer*', 'bitnami/pgbouncer*', 'pgbouncer*', 'bitnami/pgpool*', 'supabase/supavisor*'], words: ['pooler', 'pgbouncer', 'pgpool', 'rds-proxy', 'odyssey'], ports: [6432] },
  docs: {
    what: 'Stands between callers and a database and shares few connections among many of them.',
    when: 'Many processes or functions each hold connections and together exceed what the database accepts.',
    whenNot: 'A handful of instances with pools of their own: it is one more hop. It does not make the database faster.',
  },
  examples: [
    { title: 'two instances of four servers at 2 ms', params: {}, expect: (b) => b.resources[0]?.kind === 'fcfs' && b.resources[0].units === 2 && b.resources[0].servers === 4 && b.resources[0].service_s === 0.002 && b.resources[0].cs2 === 2 },
    { title: 'the managed one is billed by the database', params: { db_vcpu: 8 }, expect: (b) => b.costs[0]?.price === 'rds_proxy_vcpu_h' && b.costs[0].quantity.per === 'hours' && b.costs[0].quantity.units === 8 && b.failure.unit_availability === 0.9999 },
    { title: 'own processes are machines to look after', params: { variant: 'pgbouncer' }, expect: (b) => b.costs[0]?.price === 'ec2_vcpu_h' && b.operations.burden === 'self-hosted-stateless' && b.failure.redundancy === 'instance' },
  ],
});
