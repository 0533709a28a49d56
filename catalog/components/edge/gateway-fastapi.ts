import { defineComponent } from '../../../shared/contracts/component.ts';
import { flag, number, optionalNumber } from '../../../shared/contracts/params.ts';
import { z } from '../../../shared/lib/zod.ts';
import { acceptRequests } from '../common/accepts.ts';
import { balancer, balancingFields, limitFields, tokenBucket } from '../common/balancing.ts';
import { connectionCapacity, connectionFields } from '../common/connections.ts';
import { derived } from '../common/effective.ts';
import { instanceFailure } from '../common/failure.ts';
import { fleetAutoscale, fleetCosts, fleetEffective, fleetFields, memoryGb } from '../common/fleet.ts';
import { mechanismsOf, practiceFields } from '../common/practices.ts';
import { defaultWorkers } from '../common/python-process.ts';

const A = { provenance: 'A' as const };

/** A gateway written by the team in Python: as flexible as code and as slow as Python. */
export const gatewayFastapi = defineComponent({
  type: 'gateway-fastapi',
  aliases: ['python-gateway'],
  version: 1,
  title: 'FastAPI gateway',
  category: 'edge',
  silhouette: 'compute',
  icon: 'M3.5 17.5v-14h13v14 M2 17.5h3 M15 17.5h3 M11 6 8 11h4l-2.5 4.5',
  keywords: ['gateway layer', 'backend for frontend', 'custom gateway', 'aggregator'],
  figures: { primary: 'rps', secondary: 'utilisation' },
  params: z.object({
    ...fleetFields({ vcpu: 2 }),
    rps_per_vcpu: number({ provenance: 'D', source: 'py-frameworks-bench', default: 1400, min: 1, step: 100, label: 'Requests per vCPU', group: 'capacity', unit: 'rps', help: 'Requests one core passes on: 5 882 a second measured on two cores, halved for the call to the service behind.' }),
    latency_ms: number({ ...A, default: 2, min: 0, label: 'Latency', group: 'capacity', unit: 'ms', help: 'Time added to each request without load, processor time included.' }),
    workers: optionalNumber({ ...A, min: 1, step: 1, label: 'Worker processes', group: 'process', unit: 'count', help: 'Processes per instance. Unset: one per vCPU, since one process uses one core under the GIL.' }),
    worker_connections: number({ ...A, default: 1000, min: 1, integer: true, label: 'Connections per worker', group: 'process', unit: 'count', help: 'Requests that one worker holds at once while it waits for the services behind.' }),
    gil: flag({ provenance: 'M', source: 'python-gil', default: true, label: 'GIL', group: 'process', help: 'One thread of a process runs Python at a time. Off only for a free-threaded build.' }),
    rss_mb: number({ ...A, default: 80, min: 1, label: 'Memory per worker', group: 'process', unit: 'mb', help: 'Resident memory of one worker process.' }),
    ...connectionFields,
    ...balancingFields,
    ...limitFields,
    ...practiceFields,
  }),
  behavior: (params) => {
    const cpu_s = 1 / params.rps_per_vcpu;
    return {
      routing: 'split',
      role: 'gateway',
      stateful: false,
      resources: [
        {
          kind: 'process-server', units: params.instances, vcpu: params.vcpu, workers: Math.max(1, Math.round(params.workers ?? defaultWorkers('fastapi', 'asgi', params.vcpu))),
          threads: 1, worker_class: 'asgi', connections: params.worker_connections, gil: params.gil,
          demand: { cpu_s, io_s: Math.max(0, params.latency_ms / 1000 - cpu_s), cs2: 1 }, memory_gb: memoryGb(params), rss_mb: params.rss_mb,
        },
        balancer(params, { latency_s: 0, default_mode: 'route' }),
        connectionCapacity(params),
        ...tokenBucket(params),
      ],
      failure: instanceFailure(params.unit_availability, params.instances, params),
      costs: fleetCosts(params),
      operations: { technology: 'own code', burden: 'none', deployable: true, mechanisms: mechanismsOf(params) },
      consistency: null,
      autoscale: fleetAutoscale(params),
      source_rate: null,
      not_modelled: [],
    };
  },
  effective: (params) => ({ ...fleetEffective(params), ...derived('workers', params.workers, defaultWorkers('fastapi', 'asgi', params.vcpu), 'one for each vCPU') }),
  accepts: acceptRequests,
  presets: [{ id: 'fastapi-gateway', title: 'FastAPI as a gateway', keywords: ['python api gateway', 'starlette gateway'], params: {} }],
  recognition: { words: ['fastapi-gateway', 'gateway-fastapi', 'api-layer', 'bff'] },
  docs: {
    what: 'A gateway as own Python code: checks who is calling, limits, routes, and can put several answers together into one.',
    when: 'Few thousand requests a second and rules that no product offers: an answer composed for one screen, unusual authentication.',
    whenNot: 'Plain routing and limits: Kong does four times as much on one core without code of yours. Each deploy of it reaches every request.',
  },
  examples: [
    { title: '1400 requests a second on one core', params: { instances: 1, vcpu: 1 }, expect: (b) => b.resources[0]?.kind === 'process-server' && Math.abs(b.resources[0].workers / b.resources[0].demand.cpu_s - 1400) < 1e-6 },
    { title: 'two milliseconds without load', params: {}, expect: (b) => b.resources[0]?.kind === 'process-server' && Math.abs(b.resources[0].demand.cpu_s + b.resources[0].demand.io_s - 0.002) < 1e-12 },
    { title: 'is own code and routes', params: {}, expect: (b) => b.failure.own_code && b.operations.deployable && b.role === 'gateway' && b.routing === 'split' },
  ],
});
