import { defineComponent } from '../../../shared/contracts/component.ts';
import { number, subset } from '../../../shared/contracts/params.ts';
import { z } from '../../../shared/lib/zod.ts';
import { acceptRequests } from '../common/accepts.ts';
import { balancingFields, limitFields } from '../common/balancing.ts';
import { connectionFields } from '../common/connections.ts';
import { fleetEffective, fleetFields } from '../common/fleet.ts';
import { proxyBehavior } from '../common/proxy.ts';

const A = { provenance: 'A' as const };
const BENCHMARK = { provenance: 'D' as const, source: 'kong-benchmarks' };

/** An API gateway that the team runs itself: authentication, limits and routing in one place. */
export const gatewayKong = defineComponent({
  type: 'gateway-kong',
  aliases: ['gateway_kong'],
  version: 1,
  title: 'Kong gateway',
  category: 'edge',
  silhouette: 'compute',
  icon: 'M2 17.5h16 M3.5 17.5V9a6.5 6.5 0 0 1 13 0v8.5 M7 17.5V10a3 3 0 0 1 6 0v7.5 M10 7V2.5',
  keywords: ['api gateway', 'gateway', 'edge gateway', 'authentication', 'rate limiting', 'bff'],
  figures: { primary: 'rps', secondary: 'utilisation' },
  params: z.object({
    ...fleetFields({ vcpu: 4 }),
    plugins: subset(['auth', 'rate_limit', 'routing'], { ...A, default: ['auth', 'rate_limit', 'routing'], label: 'Plugins', group: 'capacity', help: 'What it does with each request. Authentication and limits cost about a quarter of its capacity.', options: { auth: 'Authentication', rate_limit: 'Rate limiting', routing: 'Routing' } }),
    rps_per_vcpu: number({ ...BENCHMARK, default: 6270, min: 1, step: 100, label: 'Requests per vCPU', group: 'capacity', unit: 'rps', help: 'With key authentication and rate limiting: 100 305 requests per second measured on 16 vCPUs.' }),
    proxy_rps_per_vcpu: number({ ...BENCHMARK, default: 8457, min: 1, step: 100, label: 'Proxy only per vCPU', group: 'capacity', unit: 'rps', help: 'Without those plugins: 135 320 requests per second measured on 16 vCPUs.' }),
    latency_ms: number({ ...A, default: 1.5, min: 0, label: 'Latency', group: 'capacity', unit: 'ms', help: 'Time added to each request without load.' }),
    ...connectionFields,
    ...balancingFields,
    ...limitFields,
  }),
  behavior: (params) => {
    const guarded = params.plugins.includes('auth') || params.plugins.includes('rate_limit');
    return proxyBehavior(params, { role: 'gateway', technology: 'kong', rps_per_vcpu: guarded ? params.rps_per_vcpu : params.proxy_rps_per_vcpu, default_mode: 'route' });
  },
  effective: fleetEffective,
  accepts: acceptRequests,
  presets: [
    { id: 'kong', title: 'Kong', keywords: ['konghq'], params: {} },
    { id: 'kong-proxy-only', title: 'Kong, routing only', keywords: ['kong without plugins'], params: { plugins: ['routing'] } },
  ],
  recognition: {
    images: ['kong', 'kong*', 'kong/kong*', 'kong/kong-gateway*', 'bitnami/kong*'],
    words: ['kong', 'gateway', 'api-gateway', 'apigateway'],
    ports: [8000, 8001, 8443],
  },
  docs: {
    what: 'One door in front of several services: checks who is calling, limits how much, and routes by path.',
    when: 'Clients reach three or more services, or the same authentication and limits are written in each of them.',
    whenNot: 'One application behind it gains little for one more hop and two more machines. Keep business logic out of it.',
  },
  examples: [
    { title: 'four cores with plugins', params: {}, expect: (b) => b.resources[0]?.kind === 'capped' && b.resources[0].capacity === 25_080 },
    { title: 'routing alone is faster', params: { plugins: ['routing'] }, expect: (b) => b.resources[0]?.kind === 'capped' && b.resources[0].capacity === 33_828 },
    { title: 'routes by default', params: {}, expect: (b) => b.resources.some((r) => r.kind === 'balancer' && r.mode === null && r.default_mode === 'route' && r.latency_s === 0) },
    { title: 'latency stands in one place', params: { latency_ms: 2 }, expect: (b) => b.resources[0]?.kind === 'capped' && b.resources[0].latency_s === 0.002 },
    { title: 'is run by the team', params: {}, expect: (b) => b.operations.burden === 'self-hosted-stateless' && b.failure.redundancy === 'instance' && b.failure.units === 2 },
  ],
});
