import type { Resource } from '../../../shared/contracts/behavior.ts';
import { defineComponent } from '../../../shared/contracts/component.ts';
import { number, optionalNumber } from '../../../shared/contracts/params.ts';
import { z } from '../../../shared/lib/zod.ts';
import { instanceFailure } from '../common/failure.ts';
import { costLine } from '../common/pricing.ts';

const A = { provenance: 'A' as const };

/** Utilisation up to which a plain box may be planned. */
const KNEE = 0.85;

/** A box with numbers of its own, for whatever has no type here. It calls everything it points at. */
export const custom = defineComponent({
  type: 'custom',
  aliases: ['plain', 'plain-box'],
  version: 1,
  title: 'Plain box',
  category: 'other',
  silhouette: 'compute',
  icon: 'M3.5 3.5h13v13h-13z M7 10h6',
  keywords: [],
  figures: { primary: 'rps', secondary: 'utilisation' },
  params: z.object({
    instances: number({ ...A, default: 1, min: 1, integer: true, step: 1, label: 'Instances', group: 'capacity', unit: 'count', help: 'Equal units that share the load. One more than the peak needs survives the loss of one.' }),
    capacity_rps: optionalNumber({ ...A, min: 0.001, label: 'Capacity of one', group: 'capacity', unit: 'rps', help: 'Requests per second that one instance carries. Unset: it has no limit and never breaks.' }),
    latency_ms: number({ ...A, default: 0, min: 0, step: 1, label: 'Latency', group: 'capacity', unit: 'ms', help: 'Mean time it takes without load, without what it calls. It grows as the capacity is approached.' }),
    cs2: number({ ...A, default: 1, min: 0, step: 0.1, label: 'Variation', group: 'capacity', unit: 'none', help: 'Squared coefficient of variation of the latency: 0 always the same, 1 exponential, above 1 a few very slow answers.' }),
    availability: number({ ...A, default: 0.995, min: 0.5, max: 1, step: 0.001, label: 'Availability of one', group: 'resilience', unit: 'ratio', help: 'Share of time one instance works. 1 takes it out of the reckoning.' }),
    usd_month: number({ ...A, default: 0, min: 0, step: 10, label: 'Price of one', group: 'cost', unit: 'usd_month', help: 'Dollars a month for one instance.' }),
  }),
  behavior: (params) => {
    const latency = params.latency_ms / 1000;
    const resource: Resource = params.capacity_rps === null
      ? { kind: 'delay', mean_s: latency, cs2: params.cs2 }
      : { kind: 'capped', id: 'capacity', units: params.instances, capacity: params.capacity_rps, per: 'request', latency_s: latency, cs2: params.cs2, knee: KNEE };
    return {
      routing: 'fan-out',
      role: 'plain',
      stateful: false,
      resources: [resource],
      failure: instanceFailure(params.availability, params.instances),
      costs: params.usd_month > 0 ? [costLine('Stated price', 'stated_usd_month', { per: 'count', count: params.usd_month * params.instances })] : [],
      operations: { technology: 'plain box', burden: 'none', deployable: false, mechanisms: [] },
      consistency: null,
      autoscale: null,
      source_rate: null,
      not_modelled: [],
    };
  },
  docs: {
    what: 'A box that is what its numbers say: capacity, latency, availability, price. Nothing is assumed about what is inside.',
    when: 'Something with no type here, or a part whose measured numbers you trust more than a model.',
    whenNot: 'Where a type fits: only types know about workers, caches, replicas and queues, and only they are checked for known faults.',
  },
  examples: [
    { title: 'without a capacity it has no limit', params: { latency_ms: 5 }, expect: (b) => b.resources[0]?.kind === 'delay' && b.resources[0].mean_s === 0.005 && b.role === 'plain' },
    { title: 'with one it breaks there', params: { capacity_rps: 250, instances: 4, latency_ms: 20 }, expect: (b) => b.resources[0]?.kind === 'capped' && b.resources[0].capacity === 250 && b.resources[0].units === 4 && b.resources[0].latency_s === 0.02 },
    { title: 'its price is what is stated', params: { usd_month: 120, instances: 2 }, expect: (b) => b.costs[0]?.price === 'stated_usd_month' && b.costs[0].quantity.per === 'count' && b.costs[0].quantity.count === 240 },
    { title: 'it fails unit by unit', params: { instances: 3 }, expect: (b) => b.failure.redundancy === 'instance' && b.failure.units === 3 && !b.failure.own_code },
  ],
});
