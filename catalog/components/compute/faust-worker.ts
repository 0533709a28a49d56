import { defineComponent } from '../../../shared/contracts/component.ts';
import { choice, number, optionalNumber, practice } from '../../../shared/contracts/params.ts';
import { z } from '../../../shared/lib/zod.ts';
import { acceptCalls } from '../common/accepts.ts';
import { derived } from '../common/effective.ts';
import { instanceFailure } from '../common/failure.ts';
import { fleetAutoscale, fleetCosts, fleetEffective, fleetFields } from '../common/fleet.ts';
import { notModelled } from '../common/not-modelled.ts';
import { crashFields, mechanismsOf, practiceFields } from '../common/practices.ts';

const A = { provenance: 'A' as const };

/** Events in hand at once on one instance when nothing bounds them: the partitions assigned to it do (assumed). */
const MOST_ASSIGNED = 1000;

/** Stream processors that read a partitioned log. */
export const faustWorker = defineComponent({
  type: 'faust-worker',
  aliases: ['stream-processor'],
  version: 1,
  title: 'Faust worker',
  category: 'compute',
  silhouette: 'compute',
  icon: 'M2 6h5 M2 10h5 M2 14h5 M8 10a4.5 4.5 0 1 0 9 0 4.5 4.5 0 1 0-9 0z M10.5 10h4 M13 8.5l1.5 1.5-1.5 1.5',
  keywords: ['stream processing', 'stream worker', 'kafka consumer', 'event processor'],
  figures: { primary: 'jobs', secondary: 'utilisation' },
  params: z.object({
    ...fleetFields({ vcpu: 2 }),
    cpu_ms: number({ ...A, default: 5, min: 0, step: 1, label: 'CPU per event', group: 'capacity', unit: 'ms', help: 'Mean processor time of one event.' }),
    io_ms: number({ ...A, default: 0, min: 0, step: 1, label: 'Waits per event', group: 'capacity', unit: 'ms', help: 'Mean waiting inside an event that is not drawn as a connection.' }),
    task_scv: number({ ...A, default: 1, min: 0, step: 0.1, label: 'Variation of events', group: 'capacity', unit: 'none', help: 'Squared coefficient of variation of the time of an event: 0 always the same.' }),
    processes: optionalNumber({ ...A, min: 1, step: 1, label: 'Worker processes', group: 'process', unit: 'count', help: 'Faust processes per instance. Each is one event loop on one core. Unset: one per vCPU.' }),
    concurrency: optionalNumber({ ...A, min: 1, step: 1, label: 'Concurrency', group: 'process', unit: 'count', help: 'Events in hand at once per instance. Unset: one for each partition assigned; there is never more than one active consumer per partition.' }),
    processing_guarantee: choice(['at_least_once', 'exactly_once'], { ...A, default: 'at_least_once', label: 'Guarantee', group: 'messaging', help: 'At least once: an event may be handled again after a crash. Exactly once holds inside Kafka only, not for calls to others.', options: { at_least_once: 'At least once', exactly_once: 'Exactly once in Kafka' } }),
    table_state: choice(['none', 'changelog'], { ...A, default: 'changelog', label: 'Tables', group: 'data', help: 'Local tables with a changelog in Kafka are built again on another instance before it serves.', options: { none: 'None', changelog: 'Local with a changelog' } }),
    idempotent: practice({ ...A, default: false, label: 'Idempotent events', group: 'messaging', help: 'Handling an event twice has no second effect.', question: 'Does handling an event twice have no second effect?' }),
    ...crashFields,
    ...practiceFields,
  }),
  behavior: (params, context) => {
    const processes = Math.max(1, Math.round(params.processes ?? params.vcpu));
    return {
      routing: 'fan-out',
      role: 'worker',
      stateful: false,
      resources: [{
        kind: 'consumer-pool', units: params.instances, concurrency: Math.max(1, Math.round(params.concurrency ?? MOST_ASSIGNED)), vcpu: Math.min(params.vcpu, processes),
        demand: { cpu_s: params.cpu_ms / 1000, io_s: params.io_ms / 1000, cs2: params.task_scv }, prefetch: 0, processes, partition_bound: true,
      }],
      failure: instanceFailure(params.unit_availability, params.instances, params),
      costs: fleetCosts(params),
      operations: { technology: 'faust', burden: 'none', deployable: true, mechanisms: [...mechanismsOf(params), ...(params.idempotent ? ['idempotency store'] : [])] },
      consistency: null,
      autoscale: fleetAutoscale(params),
      source_rate: null,
      not_modelled: notModelled(context, {
        processing_guarantee: 'Cost of transactions for exactly once',
        table_state: 'Time to build local tables again after a rebalance',
      }),
    };
  },
  effective: (params) => ({
    ...fleetEffective(params),
    ...derived('processes', params.processes, Math.max(1, Math.round(params.vcpu)), 'one for each vCPU'),
    ...derived('concurrency', params.concurrency, 'partitions assigned', 'one active consumer per partition'),
  }),
  accepts: acceptCalls,
  presets: [{ id: 'faust', title: 'Faust', keywords: ['faust streaming', 'faust agent'], params: {} }],
  recognition: { words: ['faust', 'stream-processor', 'stream-worker'] },
  docs: {
    what: 'Python processes that read partitions of a log and keep running results. Order is kept within a partition.',
    when: 'Counts, joins and enrichment over a stream of events where order by key matters.',
    whenNot: 'Long or very uneven tasks: one slow event holds up its whole partition. More instances than partitions stay idle.',
  },
  examples: [
    { title: 'bound by the partitions it reads', params: {}, expect: (b) => b.resources[0]?.kind === 'consumer-pool' && b.resources[0].partition_bound && b.resources[0].demand.cpu_s === 0.005 },
    { title: 'one process computes on one core', params: { vcpu: 4, processes: 1 }, expect: (b) => b.resources[0]?.kind === 'consumer-pool' && b.resources[0].vcpu === 1 && b.resources[0].processes === 1 },
    { title: 'the price follows the machine, not the processes', params: { vcpu: 4, processes: 1 }, expect: (b) => b.costs[0]?.quantity.per === 'hours' && b.costs[0].quantity.units === 8 },
  ],
});
