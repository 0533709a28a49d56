import { defineComponent } from '../../../shared/contracts/component.ts';
import { number } from '../../../shared/contracts/params.ts';
import { z } from '../../../shared/lib/zod.ts';
import { acceptRequests } from '../common/accepts.ts';
import { availabilityField } from '../common/availability.ts';
import { limitFields, tokenBucket } from '../common/balancing.ts';
import { FAILURES_PER_YEAR, serviceFailure } from '../common/failure.ts';
import { mechanismsOf } from '../common/practices.ts';
import { costLine } from '../common/pricing.ts';

const A = { provenance: 'A' as const };

/** A web application firewall: looks at each request before anything else does. */
export const waf = defineComponent({
  type: 'waf',
  aliases: ['web-application-firewall'],
  version: 1,
  title: 'Web firewall',
  category: 'edge',
  silhouette: 'compute',
  icon: 'M10 2 16.5 4.5V9.5c0 4-2.6 6.8-6.5 8.5-3.9-1.7-6.5-4.5-6.5-8.5V4.5z M3.5 10h13 M10 2v16',
  keywords: ['web application firewall', 'firewall', 'bot protection', 'ddos', 'shield'],
  figures: { primary: 'rps', secondary: 'none' },
  params: z.object({
    rules: number({ ...A, default: 5, min: 0, integer: true, step: 1, label: 'Rules', group: 'cost', unit: 'count', help: 'Rules or rule groups checked for each request. Each has a monthly price.' }),
    latency_ms: number({ ...A, default: 1, min: 0, label: 'Latency', group: 'capacity', unit: 'ms', help: 'Time added to each request.' }),
    ...limitFields,
    availability: availabilityField(0.9995),
  }),
  behavior: (params) => ({
    routing: 'split',
    role: 'edge',
    stateful: false,
    resources: [{ kind: 'delay', mean_s: params.latency_ms / 1000, cs2: 0 }, ...tokenBucket(params).map((bucket) => ({ ...bucket, policy: 'managed' as const }))],
    failure: serviceFailure({ availability: params.availability, units: 1, regional: true, perYear: FAILURES_PER_YEAR.regionalManaged }),
    costs: [
      costLine('Access list', 'waf_acl_month', { per: 'count', count: 1 }),
      costLine('Rules', 'waf_rule_month', { per: 'count', count: params.rules }),
      costLine('Requests', 'waf_request_m', { per: 'request', factor: 1e-6, of: 'all' }),
    ],
    operations: { technology: 'waf', burden: 'serverless', deployable: false, mechanisms: mechanismsOf({ autoscale: null, rate_limit: params.rate_limit }) },
    consistency: null,
    autoscale: null,
    source_rate: null,
    not_modelled: [],
  }),
  accepts: acceptRequests,
  presets: [{ id: 'aws-waf', title: 'AWS WAF', keywords: ['aws firewall'], params: {} }],
  recognition: { images: ['owasp/modsecurity*'], words: ['waf', 'firewall', 'modsecurity'] },
  docs: {
    what: 'Refuses requests that match known attacks or come too fast from one address, before they reach anything you pay for.',
    when: 'A public entry point, above all before stores and functions that are billed by use.',
    whenNot: 'Between internal services. It does not replace authentication or the limits that a customer’s contract names.',
  },
  examples: [
    { title: 'one list, five rules and every request are paid', params: {}, expect: (b) => b.costs.length === 3 && b.costs[1]?.quantity.per === 'count' && b.costs[1].quantity.count === 5 },
    { title: 'adds a millisecond', params: {}, expect: (b) => b.resources.length === 1 && b.resources[0]?.kind === 'delay' && b.resources[0].mean_s === 0.001 },
    { title: 'its limit is counted once for all', params: { rate_limit: { rps: 2000 } }, expect: (b) => b.resources[1]?.kind === 'token-bucket' && b.resources[1].policy === 'managed' && b.resources[1].rate === 2000 },
  ],
});
