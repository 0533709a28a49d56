import { defineComponent } from '../../../shared/contracts/component.ts';
import { number } from '../../../shared/contracts/params.ts';
import { z } from '../../../shared/lib/zod.ts';
import { acceptRequests } from '../common/accepts.ts';
import { availabilityField } from '../common/availability.ts';
import { FAILURES_PER_YEAR, serviceFailure } from '../common/failure.ts';
import { costLine } from '../common/pricing.ts';

const A = { provenance: 'A' as const };

/** KB in a MB. */
const KB_PER_MB = 1000;

/** What private machines call the internet through: translates their addresses. */
export const natGateway = defineComponent({
  type: 'nat-gateway',
  aliases: ['nat_gateway', 'nat'],
  version: 1,
  title: 'NAT gateway',
  category: 'edge',
  silhouette: 'compute',
  icon: 'M3 4h7v12H3z M6.5 7.5v5 M10 7h6 M14 5l2 2-2 2 M16 13h-6 M12 11l-2 2 2 2',
  keywords: ['network address translation', 'egress gateway', 'outbound gateway'],
  figures: { primary: 'rps', secondary: 'none' },
  params: z.object({
    gateways: number({ ...A, default: 1, min: 1, integer: true, step: 1, label: 'Gateways', group: 'capacity', unit: 'count', help: 'One lives in one zone: with one for three zones, its zone takes the way out from all.' }),
    bandwidth_mb_s: number({ ...A, default: 12_500, min: 1, label: 'Bandwidth', group: 'capacity', unit: 'mb_s', help: 'What one gateway carries at most: 12,500 MB/s are 100 Gbit/s. Providers grow it by themselves from a fraction of it.' }),
    latency_ms: number({ ...A, default: 0.3, min: 0, label: 'Latency', group: 'capacity', unit: 'ms', help: 'Time added to each call.' }),
    availability: availabilityField(0.999),
  }),
  behavior: (params) => ({
    routing: 'split',
    role: 'edge',
    stateful: false,
    resources: [{ kind: 'capped', id: 'bandwidth', units: params.gateways, capacity: params.bandwidth_mb_s * KB_PER_MB, per: 'kb', latency_s: params.latency_ms / 1000, cs2: 0, knee: 0.85 }],
    failure: serviceFailure({ availability: params.availability, units: params.gateways, regional: false, perYear: FAILURES_PER_YEAR.regionalManaged }),
    costs: [
      costLine('Gateway', 'nat_h', { per: 'hours', units: params.gateways }),
      costLine('Data through it', 'nat_gb', { per: 'gb_out', factor: 1 }),
    ],
    operations: { technology: 'nat gateway', burden: 'serverless', deployable: false, mechanisms: [] },
    consistency: null,
    autoscale: null,
    source_rate: null,
    not_modelled: ['Connections to one destination beyond 55,000'],
  }),
  accepts: acceptRequests,
  presets: [
    { id: 'aws-nat', title: 'AWS NAT Gateway', keywords: ['aws nat'], params: {} },
    { id: 'cloud-nat', title: 'Cloud NAT', keywords: ['google cloud nat'], params: {} },
  ],
  recognition: { words: ['nat', 'natgw', 'nat-gateway'] },
  docs: {
    what: 'Lets machines without public addresses call the internet, and nobody call them. Paid by the hour and by every GB that comes through.',
    when: 'Private services that call third parties or download from outside.',
    whenNot: 'For the provider’s own services: a private endpoint to object storage or a database costs less than sending its bytes through here.',
  },
  examples: [
    { title: 'the hour and the data are paid', params: { gateways: 3 }, expect: (b) => b.costs.map((line) => line.price).join() === 'nat_h,nat_gb' && b.costs[0]?.quantity.per === 'hours' && b.costs[0].quantity.units === 3 },
    { title: 'a hundred gigabits are 12.5 GB in a second', params: {}, expect: (b) => b.resources[0]?.kind === 'capped' && b.resources[0].capacity === 12_500_000 && b.resources[0].per === 'kb' },
    { title: 'it stands in a zone', params: {}, expect: (b) => !b.failure.regional && b.failure.unit_availability === 0.999 },
  ],
});
