import { defineComponent } from '../../../shared/contracts/component.ts';
import { number } from '../../../shared/contracts/params.ts';
import { z } from '../../../shared/lib/zod.ts';
import { acceptRequests } from '../common/accepts.ts';
import { balancingFields, limitFields } from '../common/balancing.ts';
import { connectionFields } from '../common/connections.ts';
import { fleetEffective, fleetFields } from '../common/fleet.ts';
import { proxyBehavior } from '../common/proxy.ts';

const A = { provenance: 'A' as const };

/** A reverse proxy and balancer that the team runs itself. */
export const nginx = defineComponent({
  type: 'nginx',
  aliases: ['reverse-proxy', 'reverse_proxy'],
  version: 1,
  title: 'Nginx',
  category: 'edge',
  silhouette: 'compute',
  icon: 'M8 2.5v5 M8 12.5v5 M12 2.5v5 M12 12.5v5 M2 10h15.5 M14.5 7l3 3-3 3',
  keywords: ['proxy', 'web server', 'ingress', 'upstream', 'static files'],
  figures: { primary: 'rps', secondary: 'utilisation' },
  params: z.object({
    ...fleetFields({ vcpu: 2 }),
    rps_per_vcpu: number({ ...A, source: 'nginx-performance', default: 20_000, min: 1, step: 1000, label: 'Requests per vCPU', group: 'capacity', unit: 'rps', help: 'Requests one core passes on. Published for static files on one core: 145 551 empty, 54 684 of 10 KB; about a third is assumed with TLS and proxying.' }),
    latency_ms: number({ ...A, default: 0.3, min: 0, label: 'Latency', group: 'capacity', unit: 'ms', help: 'Time added to each request without load.' }),
    ...connectionFields,
    ...balancingFields,
    ...limitFields,
  }),
  behavior: (params) => proxyBehavior(params, { role: 'splitter', technology: 'nginx', rps_per_vcpu: params.rps_per_vcpu, default_mode: 'auto' }),
  effective: fleetEffective,
  accepts: acceptRequests,
  presets: [
    { id: 'haproxy', title: 'HAProxy', keywords: ['ha proxy'], params: { algorithm: 'least_conn' } },
    { id: 'traefik', title: 'Traefik', keywords: ['traefik proxy'], params: { mode: 'route' } },
    { id: 'envoy', title: 'Envoy', keywords: ['sidecar proxy'], params: { algorithm: 'power_of_two' } },
    { id: 'caddy', title: 'Caddy', keywords: ['caddyserver'], params: {} },
  ],
  recognition: {
    images: ['nginx', 'nginx*', 'nginxinc/*', 'bitnami/nginx*', 'openresty*', 'haproxy*', 'traefik*', 'envoyproxy/envoy*', 'caddy*', 'httpd*'],
    words: ['nginx', 'proxy', 'reverse-proxy', 'ingress', 'haproxy', 'traefik', 'envoy', 'caddy'],
    ports: [80, 443],
  },
  docs: {
    what: 'Takes connections, ends TLS, serves static files and passes requests to the targets behind it. It runs on machines of your own.',
    when: 'In front of Python workers: it absorbs slow clients, so that a worker is busy only while it computes. Also where no managed balancer exists.',
    whenNot: 'A single instance is a point of failure in front of a redundant tier. Where a managed balancer does the job, two machines to patch are a poor trade.',
  },
  examples: [
    { title: 'one core passes on 20 000 requests', params: { instances: 1, vcpu: 1 }, expect: (b) => b.resources[0]?.kind === 'capped' && b.resources[0].capacity === 20_000 && b.resources[0].units === 1 },
    { title: 'two machines of two cores cost four vCPUs', params: {}, expect: (b) => b.costs[0]?.price === 'ec2_vcpu_h' && b.costs[0].quantity.per === 'hours' && b.costs[0].quantity.units === 4 },
    { title: 'a stated limit is a token bucket', params: { rate_limit: { rps: 500 } }, expect: (b) => b.resources.some((r) => r.kind === 'token-bucket' && r.rate === 500 && r.burst === 500) },
    { title: 'a limit of unstated size cuts nothing', params: { rate_limit: {} }, expect: (b) => b.resources.every((r) => r.kind !== 'token-bucket') && b.operations.mechanisms.includes('rate limiting') },
    { title: 'spot machines are cheaper', params: { pricing: 'spot' }, expect: (b) => b.costs[0]?.pricing_multiplier === 0.35 },
  ],
});
