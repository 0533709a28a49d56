import { defineComponent } from '../../../shared/contracts/component.ts';
import { number } from '../../../shared/contracts/params.ts';
import { z } from '../../../shared/lib/zod.ts';
import { acceptRequests } from '../common/accepts.ts';
import { availabilityField } from '../common/availability.ts';
import { balancer, balancingFields } from '../common/balancing.ts';
import { FAILURES_PER_YEAR, serviceFailure } from '../common/failure.ts';
import { notModelled } from '../common/not-modelled.ts';
import { costLine } from '../common/pricing.ts';

const A = { provenance: 'A' as const };
const { mode, health_check, effective_clients } = balancingFields;

/** Names that lead clients to addresses: it splits traffic but no request passes through it. */
export const dns = defineComponent({
  type: 'dns',
  version: 1,
  title: 'DNS',
  category: 'edge',
  silhouette: 'compute',
  icon: 'M2.5 10a7.5 7.5 0 1 0 15 0 7.5 7.5 0 1 0-15 0z M2.5 10h15 M10 2.5c-2.4 2-3.5 4.5-3.5 7.5s1.1 5.5 3.5 7.5 M10 2.5c2.4 2 3.5 4.5 3.5 7.5s-1.1 5.5-3.5 7.5',
  keywords: ['name server', 'domain', 'geo routing', 'traffic manager', 'region routing'],
  figures: { primary: 'rps', secondary: 'none' },
  params: z.object({
    ttl_s: number({ ...A, default: 60, min: 0, step: 30, label: 'Time to live', group: 'resilience', unit: 's', help: 'Clients keep an answer this long: after a failover some still go to the dead target.' }),
    mode,
    effective_clients,
    health_check,
    lookups_per_request: number({ ...A, default: 0.1, min: 0, max: 1, step: 0.05, label: 'Look-ups per request', group: 'cost', unit: 'ratio', help: 'Billed name look-ups for each request. One for each new connection of ten requests is assumed; resolvers that share an answer make it less.' }),
    availability: availabilityField(1),
  }),
  behavior: (params, context) => ({
    routing: 'split',
    role: 'edge',
    stateful: false,
    // clients that keep an answer for its time to live spread like random choices
    resources: [balancer({ ...params, algorithm: 'random' }, { latency_s: 0, default_mode: 'auto' })],
    failure: serviceFailure({ availability: params.availability, units: 1, regional: true, perYear: FAILURES_PER_YEAR.regionalManaged }),
    costs: [
      costLine('Hosted zone', 'dns_zone_month', { per: 'count', count: 1 }),
      costLine('Look-ups', 'dns_query_m', { per: 'request', factor: params.lookups_per_request / 1e6, of: 'all' }),
    ],
    operations: { technology: 'dns', burden: 'serverless', deployable: false, mechanisms: [] },
    consistency: null,
    autoscale: null,
    source_rate: null,
    not_modelled: notModelled(context, { ttl_s: 'Clients that follow an old DNS answer after a failover' }),
  }),
  accepts: acceptRequests,
  presets: [{ id: 'route-53', title: 'Route 53', keywords: ['route53', 'aws dns'], params: {} }],
  recognition: { images: ['coredns*', 'powerdns*'], words: ['dns', 'route53', 'nameserver'], ports: [53] },
  docs: {
    what: 'Turns a name into an address and so decides which region or balancer a client goes to. No request passes through it, so it adds no latency.',
    when: 'Several regions or entry points: by where the client is, by weight, or to the one that is alive.',
    whenNot: 'In front of a single balancer it changes nothing worth drawing. It is a poor failover within seconds: answers are kept by clients.',
  },
  examples: [
    { title: 'adds no time and is always there', params: {}, expect: (b) => b.resources[0]?.kind === 'balancer' && b.resources[0].latency_s === 0 && b.resources[0].default_mode === 'auto' && b.failure.unit_availability === 1 },
    { title: 'a zone and its look-ups are paid', params: {}, expect: (b) => b.costs[1]?.quantity.per === 'request' && Math.abs(b.costs[1].quantity.factor - 1e-7) < 1e-15 },
  ],
});
