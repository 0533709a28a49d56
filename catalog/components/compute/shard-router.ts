import { defineComponent } from '../../../shared/contracts/component.ts';
import { choice, number } from '../../../shared/contracts/params.ts';
import { z } from '../../../shared/lib/zod.ts';
import { acceptOnly } from '../common/accepts.ts';
import { balancer, balancingFields } from '../common/balancing.ts';
import { instanceFailure, NEVER_FAILS } from '../common/failure.ts';
import { fleetAutoscale, fleetCosts, fleetEffective, fleetFields } from '../common/fleet.ts';
import { notModelled } from '../common/not-modelled.ts';

const A = { provenance: 'A' as const };
const { mode } = balancingFields;

/** Sends each query to the store that owns its key: code inside the application, or a proxy of its own. */
export const shardRouter = defineComponent({
  type: 'shard-router',
  aliases: ['sharding'],
  version: 1,
  title: 'Shard router',
  category: 'compute',
  silhouette: 'compute',
  icon: 'M2 10h4 M6 10l3-3 3 3-3 3z M10.5 8.5 14 4h4 M12 10h6 M10.5 11.5 14 16h4',
  keywords: ['query router', 'read write splitting', 'application sharding', 'database router'],
  figures: { primary: 'rps', secondary: 'none' },
  params: z.object({
    variant: choice(['library', 'proxy'], { ...A, default: 'library', label: 'Variant', group: 'capacity', help: 'Library: code inside the caller, no time, no machines, fails only with it. Proxy: machines of its own on the way to the stores.', options: { library: 'Library in the caller', proxy: 'Proxy' } }),
    mode,
    latency_ms: number({ ...A, default: 1, min: 0, label: 'Latency of the proxy', group: 'capacity', unit: 'ms', help: 'Time a proxy adds to each query. A library adds none.' }),
    rps_per_vcpu: number({ ...A, default: 5000, min: 1, step: 500, label: 'Queries per vCPU', group: 'capacity', unit: 'rps', help: 'Queries one core of a proxy passes on.' }),
    ...fleetFields({ vcpu: 2 }),
  }),
  behavior: (params, context) => {
    const proxy = params.variant === 'proxy';
    const machines = 'Machines of a router that is a library in the caller';
    return {
      routing: 'split',
      role: 'splitter',
      stateful: false,
      resources: [
        ...(proxy ? [{ kind: 'capped' as const, id: 'proxy', units: params.instances, capacity: params.vcpu * params.rps_per_vcpu, per: 'request' as const, latency_s: params.latency_ms / 1000, cs2: 1, knee: 0.85 }] : []),
        balancer({ mode: params.mode, algorithm: 'random', effective_clients: 1, health_check: { enabled: false, interval_s: 10, threshold: 3, depth: 'shallow' } }, { latency_s: 0, default_mode: 'partition' }),
      ],
      failure: proxy ? instanceFailure(params.unit_availability, params.instances) : NEVER_FAILS,
      costs: proxy ? fleetCosts(params) : [],
      operations: { technology: proxy ? 'shard proxy' : 'own code', burden: proxy ? 'self-hosted-stateless' : 'none', deployable: false, mechanisms: ['shard routing'] },
      consistency: null,
      autoscale: proxy ? fleetAutoscale(params) : null,
      in_process: !proxy,
      source_rate: null,
      not_modelled: proxy ? [] : [...new Set(notModelled(context, { instances: machines, vcpu: machines, mem_gb: machines, autoscale: machines, latency_ms: machines, rps_per_vcpu: machines }))],
    };
  },
  effective: (params) => (params.variant === 'proxy' ? fleetEffective(params) : {}),
  accepts: acceptOnly(['http', 'db'], 'A shard router takes queries from own code. Connect it from the code that asks.'),
  presets: [
    { id: 'sqlalchemy-sharded-session', title: 'SQLAlchemy ShardedSession', keywords: ['sqlalchemy', 'shardedsession', 'horizontal shard'], params: { variant: 'library' } },
    { id: 'sqlalchemy-get-bind', title: 'SQLAlchemy get_bind', keywords: ['get_bind', 'django database router', 'read replica router'], params: { variant: 'library', mode: 'route' } },
    { id: 'vtgate', title: 'Vitess VTGate', keywords: ['vtgate'], params: { variant: 'proxy' } },
    { id: 'mongos', title: 'MongoDB router', keywords: ['mongos'], params: { variant: 'proxy' } },
    { id: 'proxysql', title: 'ProxySQL', keywords: ['mysql router', 'maxscale'], params: { variant: 'proxy', mode: 'route' } },
  ],
  recognition: { images: ['proxysql/*', 'vitess/vtgate*', 'mariadb/maxscale*'], words: ['shard-router', 'router', 'proxysql', 'vtgate', 'mongos', 'maxscale'], ports: [6033, 15306] },
  docs: {
    what: 'Knows which store holds which key and sends the query there. By default each target owns a share of the keys.',
    when: 'One database can no longer take the writes and the data have a key that nearly every query names.',
    whenNot: 'While a larger machine, a cache or replicas still help: joins and transactions across shards are lost.',
  },
  examples: [
    { title: 'a library costs nothing and fails only with its caller', params: {}, expect: (b) => b.costs.length === 0 && b.failure.unit_availability === 1 && b.failure.failures_per_year === 0 && b.resources.length === 1 && b.in_process === true },
    { title: 'targets own shares of the keys', params: {}, expect: (b) => b.resources[0]?.kind === 'balancer' && b.resources[0].default_mode === 'partition' && b.resources[0].latency_s === 0 },
    { title: 'a proxy is machines on the way', params: { variant: 'proxy' }, expect: (b) => b.resources[0]?.kind === 'capped' && b.resources[0].capacity === 10_000 && b.failure.units === 2 && b.costs.length === 1 && b.in_process === false },
  ],
});
