import { defineComponent } from '../../../shared/contracts/component.ts';
import { number } from '../../../shared/contracts/params.ts';
import { z } from '../../../shared/lib/zod.ts';
import { acceptRequests } from '../common/accepts.ts';
import { availabilityField } from '../common/availability.ts';
import { FAILURES_PER_YEAR, serviceFailure } from '../common/failure.ts';
import { costLine } from '../common/pricing.ts';

const A = { provenance: 'A' as const };

/** A content delivery network: copies near the users answer what may be cached, the rest falls through to the origin. */
export const cdn = defineComponent({
  type: 'cdn',
  aliases: ['content-delivery-network'],
  version: 1,
  title: 'CDN',
  category: 'edge',
  silhouette: 'compute',
  icon: 'M8 10a2 2 0 1 0 4 0 2 2 0 1 0-4 0z M2.5 4.5a1.5 1.5 0 1 0 3 0 1.5 1.5 0 1 0-3 0z M14.5 4.5a1.5 1.5 0 1 0 3 0 1.5 1.5 0 1 0-3 0z M8.5 16.5a1.5 1.5 0 1 0 3 0 1.5 1.5 0 1 0-3 0z M5.1 5.6 8.4 8.7 M14.9 5.6 11.6 8.7 M10 12v3',
  keywords: ['content delivery', 'edge cache', 'fastly', 'cloudflare', 'akamai', 'static assets'],
  figures: { primary: 'rps', secondary: 'none' },
  params: z.object({
    hit_ratio: number({ ...A, default: 0.9, min: 0, max: 1, step: 0.05, label: 'Hit ratio', group: 'data', unit: 'ratio', help: 'Share of the cacheable reads answered at the edge. Only reads of journeys marked as public are cacheable.' }),
    ttl_s: number({ ...A, default: 60, min: 0, step: 60, label: 'Time to live', group: 'data', unit: 's', help: 'Seconds a copy is served before the origin is asked again: how old an answer can be.' }),
    hit_latency_ms: number({ ...A, default: 20, min: 0, label: 'Edge latency', group: 'capacity', unit: 'ms', help: 'Time until the edge has answered, without the trip to the client.' }),
    availability: availabilityField(0.999),
  }),
  behavior: (params) => ({
    routing: 'split',
    role: 'edge',
    stateful: false,
    resources: [{ kind: 'edge-cache', hit_ratio: params.hit_ratio, hit_latency_s: params.hit_latency_ms / 1000, ttl_s: params.ttl_s }],
    failure: serviceFailure({ availability: params.availability, units: 1, regional: true, perYear: FAILURES_PER_YEAR.regionalManaged }),
    costs: [
      costLine('Transfer to clients', 'cloudfront_gb', { per: 'gb_out', factor: 1 }),
      costLine('HTTPS requests', 'cloudfront_https_10k', { per: 'request', factor: 1e-4, of: 'all' }),
    ],
    operations: { technology: 'cdn', burden: 'serverless', deployable: false, mechanisms: [] },
    consistency: null,
    autoscale: null,
    source_rate: null,
    not_modelled: [],
  }),
  accepts: acceptRequests,
  presets: [{ id: 'cloudfront', title: 'CloudFront', keywords: ['aws cloudfront', 'amazon cloudfront'], params: {} }],
  recognition: { words: ['cdn', 'cloudfront', 'fastly', 'cloudflare', 'akamai'] },
  docs: {
    what: 'Servers near the users that keep copies of answers. A hit never reaches your system; a miss goes on to the origin.',
    when: 'Public reads that are the same for many users: images, scripts, pages, feeds. Its transfer is also cheaper than the origin’s.',
    whenNot: 'Answers that belong to one user or must be current to the second. It adds a hop and little else there.',
  },
  examples: [
    { title: 'nine in ten cacheable reads stop here', params: {}, expect: (b) => b.resources[0]?.kind === 'edge-cache' && b.resources[0].hit_ratio === 0.9 && b.resources[0].hit_latency_s === 0.02 && b.resources[0].ttl_s === 60 },
    { title: 'transfer and requests are paid', params: {}, expect: (b) => b.costs.map((line) => line.price).join() === 'cloudfront_gb,cloudfront_https_10k' && b.failure.unit_availability === 0.999 && b.failure.regional },
  ],
});
