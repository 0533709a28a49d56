import { defineComponent } from '../../../shared/contracts/component.ts';
import { choice, number, optionalNumber } from '../../../shared/contracts/params.ts';
import { z } from '../../../shared/lib/zod.ts';
import { acceptRequests } from '../common/accepts.ts';
import { availabilityField } from '../common/availability.ts';
import { balancer, balancingFields, limitFields, tokenBucket } from '../common/balancing.ts';
import { derived } from '../common/effective.ts';
import { FAILURES_PER_YEAR, serviceFailure } from '../common/failure.ts';
import { mechanismsOf } from '../common/practices.ts';
import { costLine } from '../common/pricing.ts';

const A = { provenance: 'A' as const };
const LIMITS = { provenance: 'V' as const, source: 'aws-api-gateway-limits' };

/** Latency the gateway adds, ms (evaluation 3.1), and how much it varies: both assumed. */
const LATENCY_MS = { rest: 15, http: 8 } as const;
const LATENCY_CS2 = 0.25;
const { mode } = balancingFields;

/** An API gateway that the cloud provider runs: paid by the request, throttled for the whole account. */
export const gatewayAws = defineComponent({
  type: 'gateway-aws',
  aliases: ['managed-gateway'],
  version: 1,
  title: 'Managed API gateway',
  category: 'edge',
  silhouette: 'compute',
  icon: 'M4 3v14 M16 3v14 M2 17h4 M14 17h4 M4 5h12 M7.5 11h5 M10.5 9l2 2-2 2',
  keywords: ['cloud gateway', 'serverless gateway', 'usage plan'],
  figures: { primary: 'rps', secondary: 'utilisation' },
  params: z.object({
    kind: choice(['rest', 'http'], { ...A, default: 'rest', label: 'Kind', group: 'capacity', help: 'REST: usage plans, keys, request checks. HTTP: fewer features, faster, less than a third of the price.', options: { rest: 'REST', http: 'HTTP' } }),
    latency_ms: optionalNumber({ ...A, min: 0, label: 'Latency', group: 'capacity', unit: 'ms', help: 'Time added to each request. Unset: 15 ms for REST, 8 ms for HTTP.' }),
    mode,
    throttle_rps: number({ ...LIMITS, default: 10_000, min: 1, step: 1000, label: 'Account throttle', group: 'capacity', unit: 'rps', help: 'Requests per second of the whole account in one region, shared by all of its gateways. It can be raised on request.' }),
    throttle_burst: number({ ...LIMITS, default: 5000, min: 1, step: 500, label: 'Account burst', group: 'capacity', unit: 'count', help: 'Requests that may come at once: documented as 5000 in 2017, set by AWS.' }),
    integration_timeout_s: number({ provenance: 'M', source: 'aws-api-gateway-limits', default: 29, min: 0.05, label: 'Integration timeout', group: 'resilience', unit: 's', help: 'A request that runs longer behind it fails.' }),
    ...limitFields,
    availability: availabilityField(0.9995),
  }),
  behavior: (params) => ({
    routing: 'split',
    role: 'gateway',
    stateful: false,
    resources: [
      { kind: 'delay', mean_s: (params.latency_ms ?? LATENCY_MS[params.kind]) / 1000, cs2: LATENCY_CS2 },
      balancer({ mode: params.mode, algorithm: 'random', effective_clients: 1, health_check: { enabled: false, interval_s: 10, threshold: 3, depth: 'shallow' } }, { latency_s: 0, default_mode: 'route' }),
      { kind: 'token-bucket', rate: params.throttle_rps, burst: params.throttle_burst, policy: 'managed', stated: true },
      ...tokenBucket(params).map((bucket) => ({ ...bucket, policy: 'managed' as const })),
    ],
    failure: serviceFailure({ availability: params.availability, units: 1, regional: true, perYear: FAILURES_PER_YEAR.regionalManaged }),
    costs: [costLine('Requests', params.kind === 'rest' ? 'apigw_rest_m' : 'apigw_http_m', { per: 'request', factor: 1e-6, of: 'all' })],
    operations: { technology: 'api gateway', burden: 'serverless', deployable: false, mechanisms: mechanismsOf({ autoscale: null, rate_limit: params.rate_limit }) },
    consistency: null,
    autoscale: null,
    source_rate: null,
    not_modelled: [],
  }),
  effective: (params) => derived('latency_ms', params.latency_ms, LATENCY_MS[params.kind], params.kind === 'rest' ? 'a REST gateway' : 'an HTTP gateway'),
  accepts: acceptRequests,
  presets: [
    { id: 'aws-api-gateway', title: 'AWS API Gateway', keywords: ['amazon api gateway', 'apigw', 'aws gateway'], params: {} },
    { id: 'aws-http-api', title: 'AWS HTTP API', keywords: ['http api'], params: { kind: 'http' } },
  ],
  recognition: { words: ['apigw', 'aws-api-gateway', 'amazon-api-gateway'] },
  docs: {
    what: 'Authentication, limits and routing as a service: nothing to run, paid by the request, one throttle for the whole account.',
    when: 'In front of functions, or when traffic is low or uneven and nobody should look after gateway machines.',
    whenNot: 'Steady thousands of requests a second: at $3.50 per million the bill passes that of two own machines. Work longer than 29 s.',
  },
  examples: [
    { title: 'REST adds 15 ms, HTTP 8 ms', params: { kind: 'http' }, expect: (b) => b.resources[0]?.kind === 'delay' && b.resources[0].mean_s === 0.008 && b.costs[0]?.price === 'apigw_http_m' },
    { title: 'the account is throttled at 10 000', params: {}, expect: (b) => b.resources.some((r) => r.kind === 'token-bucket' && r.rate === 10_000 && r.burst === 5000 && r.policy === 'managed') },
    { title: 'routes, and is a regional service', params: {}, expect: (b) => b.failure.regional && b.failure.unit_availability === 0.9995 && b.resources.some((r) => r.kind === 'balancer' && r.default_mode === 'route') },
    { title: 'an own limit comes on top', params: { rate_limit: { rps: 100 } }, expect: (b) => b.resources.filter((r) => r.kind === 'token-bucket').length === 2 },
  ],
});
