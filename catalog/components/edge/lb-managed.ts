import { defineComponent } from '../../../shared/contracts/component.ts';
import { choice, number, optionalNumber } from '../../../shared/contracts/params.ts';
import { z } from '../../../shared/lib/zod.ts';
import { acceptRequests } from '../common/accepts.ts';
import { balancer, balancingFields } from '../common/balancing.ts';
import { derived } from '../common/effective.ts';
import { FAILURES_PER_YEAR, serviceFailure } from '../common/failure.ts';
import { costLine } from '../common/pricing.ts';

const A = { provenance: 'A' as const };

/** Latency a balancer adds, ms: one that reads HTTP and one that passes bytes (evaluation 3.1, semantics 3). */
const LATENCY_MS = { alb: 1, nlb: 0.3 } as const;

/** A load balancer that the cloud provider runs and scales. */
export const lbManaged = defineComponent({
  type: 'lb-managed',
  aliases: ['lb_managed', 'load-balancer'],
  version: 1,
  title: 'Load balancer',
  category: 'edge',
  silhouette: 'compute',
  icon: 'M2 10h4 M6 8v4 M6 10h11 M10 10c0-4 2-6 4-6h3 M10 10c0 4 2 6 4 6h3 M15.5 2.5 17 4l-1.5 1.5 M15.5 8.5 17 10l-1.5 1.5 M15.5 14.5 17 16l-1.5 1.5',
  keywords: ['lb', 'elb', 'balancer', 'cloud load balancing', 'elastic load balancing'],
  figures: { primary: 'rps', secondary: 'none' },
  params: z.object({
    variant: choice(['alb', 'nlb'], { ...A, default: 'alb', label: 'Variant', group: 'capacity', help: 'Application: reads HTTP, routes by path. Network: passes connections on, faster, knows nothing of requests.', options: { alb: 'Application', nlb: 'Network' } }),
    latency_ms: optionalNumber({ ...A, min: 0, label: 'Latency', group: 'capacity', unit: 'ms', help: 'Time added to each request. Unset: 1 ms application, 0.3 ms network.' }),
    ...balancingFields,
    sticky: choice(['none', 'cookie', 'ip'], { ...A, default: 'none', label: 'Stickiness', group: 'resilience', help: 'Keeps a client on one target. Hides local state until that target is lost.', options: { none: 'None', cookie: 'Cookie', ip: 'Client address' } }),
    idle_timeout_s: number({ default: 60, min: 1, provenance: 'M', source: 'aws-elb-docs', label: 'Idle timeout', group: 'resilience', unit: 's', help: 'A connection silent for longer is closed, with the request on it.' }),
    availability: number({ default: 0.9999, min: 0.5, max: 0.999999999, provenance: 'V', source: 'cloud-sla', label: 'Availability', group: 'resilience', unit: 'ratio', help: 'Service level of the provider: a refund threshold, not a measurement.' }),
  }),
  behavior: (params) => ({
    routing: 'split',
    role: 'splitter',
    stateful: false,
    resources: [balancer(params, { latency_s: (params.latency_ms ?? LATENCY_MS[params.variant]) / 1000, default_mode: 'auto', sticky: params.sticky })],
    failure: serviceFailure({ availability: params.availability, units: 1, regional: true, perYear: FAILURES_PER_YEAR.regionalManaged }),
    costs: [
      costLine('Balancer', params.variant === 'alb' ? 'alb_h' : 'nlb_h', { per: 'hours', units: 1 }),
      costLine('Capacity units', params.variant === 'alb' ? 'alb_lcu_h' : 'nlb_lcu_h', { per: 'lcu' }),
    ],
    operations: { technology: 'managed load balancer', burden: 'serverless', deployable: false, mechanisms: [] },
    consistency: null,
    autoscale: null,
    source_rate: null,
    not_modelled: [],
  }),
  effective: (params) => derived('latency_ms', params.latency_ms, LATENCY_MS[params.variant], params.variant === 'alb' ? 'an application balancer' : 'a network balancer'),
  accepts: acceptRequests,
  presets: [
    { id: 'alb', title: 'AWS ALB', keywords: ['alb', 'application load balancer'], params: { variant: 'alb' } },
    { id: 'nlb', title: 'AWS NLB', keywords: ['nlb', 'network load balancer'], params: { variant: 'nlb' } },
  ],
  recognition: { words: ['lb', 'alb', 'nlb', 'elb', 'loadbalancer', 'load-balancer', 'balancer'] },
  docs: {
    what: 'Spreads requests over equal targets, takes dead ones out, and scales by itself. Paid by the hour and by capacity units.',
    when: 'In front of any tier with more than one instance: it turns the loss of one into a loss of capacity instead of errors.',
    whenNot: 'In front of a single instance it adds 1 ms and a bill and removes no point of failure. It does not replace a gateway: no authentication, no limits per client.',
  },
  examples: [
    { title: 'application balancer adds 1 ms', params: {}, expect: (b) => b.resources[0]?.kind === 'balancer' && b.resources[0].latency_s === 0.001 && b.resources[0].health_check?.interval_s === 10 },
    { title: 'network balancer has its own price', params: { variant: 'nlb' }, expect: (b) => b.costs.map((line) => line.price).join() === 'nlb_h,nlb_lcu_h' },
    { title: 'least connections is least outstanding', params: { algorithm: 'least_conn' }, expect: (b) => b.resources[0]?.kind === 'balancer' && b.resources[0].policy === 'least_outstanding' },
    { title: 'a health check switched off is none', params: { health_check: { enabled: false } }, expect: (b) => b.resources[0]?.kind === 'balancer' && b.resources[0].health_check === null },
    { title: 'address stickiness is IP hash', params: { sticky: 'ip' }, expect: (b) => b.resources[0]?.kind === 'balancer' && b.resources[0].policy === 'ip_hash' && b.resources[0].sticky },
    { title: 'it is a regional service', params: {}, expect: (b) => b.failure.regional && b.failure.unit_availability === 0.9999 },
  ],
});
