import { defineComponent } from '../../../shared/contracts/component.ts';
import { choice, flag, number } from '../../../shared/contracts/params.ts';
import { z } from '../../../shared/lib/zod.ts';
import { acceptOnly } from '../common/accepts.ts';
import { availabilityField } from '../common/availability.ts';
import { FAILURES_PER_YEAR, serviceFailure } from '../common/failure.ts';
import { costLine } from '../common/pricing.ts';

const A = { provenance: 'A' as const };
const QUOTAS = { provenance: 'V' as const, source: 'aws-sqs-quotas' };

/** Messages of one batch, and messages per second of a FIFO queue with and without batches (SQS quotas). */
const BATCH = 10;
const FIFO_CALLS_S = 300;

/** A queue that the cloud provider runs and scales. */
export const sqs = defineComponent({
  type: 'sqs',
  version: 1,
  title: 'Amazon SQS',
  category: 'messaging',
  silhouette: 'broker',
  icon: 'M2.5 6h11v8h-11z M6 6v8 M10 6v8 M13.5 10h4 M15.5 8l2 2-2 2',
  keywords: ['simple queue service', 'cloud queue', 'managed queue', 'azure queue storage', 'cloud tasks'],
  figures: { primary: 'messages', secondary: 'backlog' },
  params: z.object({
    variant: choice(['standard', 'fifo'], { ...A, default: 'standard', label: 'Variant', group: 'messaging', help: 'Standard: almost any rate, at least once, no order. FIFO: in order within a message group, at most 300 calls a second.', options: { standard: 'Standard', fifo: 'FIFO' } }),
    batched: flag({ ...A, default: false, label: 'Sent in batches', group: 'messaging', help: 'Up to ten messages in one call: a tenth of the calls to pay, and ten times the rate of a FIFO queue.' }),
    visibility_s: number({ provenance: 'M', source: 'aws-sqs-visibility', default: 30, min: 0, max: 43_200, label: 'Visibility timeout', group: 'messaging', unit: 's', help: 'A message that is not deleted within this time is delivered again. Shorter than the work means doing it twice.' }),
    retention_days: number({ ...QUOTAS, default: 4, min: 0.001, max: 14, label: 'Kept for', group: 'messaging', unit: 'days', help: 'A message nobody took is gone after this time, silently.' }),
    in_flight: number({ ...QUOTAS, default: 120_000, min: 1, label: 'Most in flight', group: 'messaging', unit: 'count', help: 'Messages taken and not yet deleted, at most.' }),
    latency_ms: number({ ...A, default: 10, min: 0, label: 'Publish latency', group: 'capacity', unit: 'ms', help: 'Time until the queue has the message in several zones.' }),
    calls_per_message: number({ ...A, default: 3, min: 1, label: 'Calls per message', group: 'cost', unit: 'count', help: 'Paid calls for each message: send, receive, delete. Empty receives come on top.' }),
    availability: availabilityField(0.999),
  }),
  behavior: (params) => {
    const fifo = params.variant === 'fifo';
    const calls = params.calls_per_message / (params.batched ? BATCH : 1);
    return {
      routing: 'broker',
      role: 'broker',
      stateful: true,
      resources: [{
        kind: 'message-broker', model: 'queue', nodes: 1, partitions: null, capacity_per_partition: null,
        cluster_capacity: fifo ? FIFO_CALLS_S * (params.batched ? BATCH : 1) : null, bandwidth_kb_s: null,
        publish_s: params.latency_ms / 1000, confirm_s: 0, replicated: true, default_group: 'shared',
        max_in_flight: params.in_flight, visibility_s: params.visibility_s, retention_s: params.retention_days * 86_400, max_length: null, keeps_order: fifo,
      }],
      failure: serviceFailure({ availability: params.availability, units: 1, regional: true, perYear: FAILURES_PER_YEAR.regionalManaged }),
      costs: [costLine('Calls', fifo ? 'sqs_fifo_m' : 'sqs_standard_m', { per: 'request', factor: calls / 1e6, of: 'all' })],
      operations: { technology: 'sqs', burden: 'serverless', deployable: false, mechanisms: [] },
      consistency: { durable: true, replication: 'quorum', read_default: 'strong', staleness_s: 0, loss_window_s: 0, backup_interval_s: null },
      autoscale: null,
      source_rate: null,
      not_modelled: [],
    };
  },
  accepts: acceptOnly(['publish', 'trigger', 'replicate', 'consume'], 'A queue takes messages. Connect it from the code that sends them.'),
  presets: [
    { id: 'sqs-standard', title: 'SQS', keywords: ['aws sqs', 'sqs standard'], params: {} },
    { id: 'sqs-fifo', title: 'SQS FIFO', keywords: ['fifo queue', 'ordered queue'], params: { variant: 'fifo' } },
    { id: 'sqs-batched', title: 'SQS in batches', keywords: ['batched queue'], params: { batched: true } },
  ],
  recognition: { images: ['softwaremill/elasticmq*', 'roribio16/alpine-sqs*'], words: ['sqs', 'elasticmq'], schemes: ['sqs'] },
  docs: {
    what: 'A queue without machines to run: standard takes almost any rate, FIFO keeps order within a message group.',
    when: 'Tasks for workers or functions when nobody wants to look after a broker. A few dollars for millions of messages.',
    whenNot: 'Several readers of the same message (put a topic in front), replay, or a poller that must see a message within a few milliseconds.',
  },
  examples: [
    { title: 'standard has no limit', params: {}, expect: (b) => b.failure.regional && b.failure.unit_availability === 0.999 && b.resources[0]?.kind === 'message-broker' && b.resources[0].cluster_capacity === null && b.resources[0].visibility_s === 30 && b.resources[0].retention_s === 345_600 },
    { title: 'FIFO takes 300 a second', params: { variant: 'fifo' }, expect: (b) => b.resources[0]?.kind === 'message-broker' && b.resources[0].cluster_capacity === 300 && b.costs[0]?.price === 'sqs_fifo_m' },
    { title: 'FIFO in batches takes 3000', params: { variant: 'fifo', batched: true }, expect: (b) => b.resources[0]?.kind === 'message-broker' && b.resources[0].cluster_capacity === 3000 },
    { title: 'three calls are paid for each message', params: {}, expect: (b) => b.costs[0]?.quantity.per === 'request' && b.costs[0].quantity.factor * 1e6 === 3 },
  ],
});
