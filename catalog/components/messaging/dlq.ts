import { defineComponent } from '../../../shared/contracts/component.ts';
import { flag, number } from '../../../shared/contracts/params.ts';
import { z } from '../../../shared/lib/zod.ts';
import { acceptOnly } from '../common/accepts.ts';
import { FAILURES_PER_YEAR, serviceFailure } from '../common/failure.ts';
import { notModelled } from '../common/not-modelled.ts';

const A = { provenance: 'A' as const };

/**
 * Where messages go that keep failing. It carries no load in normal operation, so a connection to it is read like one
 * to a directory: soft and without traffic. It says that the broker or worker drawn before it sets such messages aside.
 */
export const dlq = defineComponent({
  type: 'dlq',
  aliases: ['dead-letter-queue', 'dead_letter_queue'],
  version: 1,
  title: 'Dead-letter queue',
  category: 'messaging',
  silhouette: 'broker',
  icon: 'M2.5 5h15v10h-15z M7.5 7.5l5 5 M12.5 7.5l-5 5',
  keywords: ['dlx', 'dead letter', 'poison messages', 'parking lot', 'failed messages'],
  figures: { primary: 'messages', secondary: 'none' },
  params: z.object({
    retention_days: number({ provenance: 'V', source: 'aws-sqs-quotas', default: 14, min: 0.001, label: 'Kept for', group: 'messaging', unit: 'days', help: 'How long a failed message waits for someone to look at it.' }),
    alarm: flag({ ...A, default: true, label: 'Raises an alarm', group: 'delivery', help: 'Someone is told when a message arrives. A dead-letter queue that nobody watches is a slow way to lose messages.' }),
    redrive: flag({ ...A, default: true, label: 'Can be sent again', group: 'delivery', help: 'There is a tested way to put the messages back once the fault is mended.' }),
  }),
  behavior: (_params, context) => ({
    routing: 'sink',
    role: 'dead-letter',
    stateful: false,
    resources: [],
    failure: serviceFailure({ availability: 0.999, units: 1, regional: true, perYear: FAILURES_PER_YEAR.regionalManaged }),
    costs: [],
    operations: { technology: 'dead-letter queue', burden: 'none', deployable: false, mechanisms: ['dead-letter queue'] },
    consistency: null,
    autoscale: null,
    source_rate: null,
    not_modelled: notModelled(context, { retention_days: 'Failed messages that nobody looks at in time', alarm: 'How soon someone hears of a failed message', redrive: 'Sending failed messages again' }),
  }),
  accepts: acceptOnly(['publish', 'consume', 'lookup'], 'Failed messages come from a broker or from the worker that failed.'),
  presets: [{ id: 'rabbitmq-dlx', title: 'RabbitMQ dead-letter exchange', keywords: ['dead letter exchange'], params: {} }, { id: 'sqs-dlq', title: 'SQS dead-letter queue', keywords: ['sqs dead letter'], params: {} }],
  recognition: { words: ['dlq', 'dlx', 'dead-letter', 'deadletter'] },
  docs: {
    what: 'Holds messages that failed too often, so that they neither block the others nor vanish.',
    when: 'Behind every queue whose messages can fail for a reason that trying again does not mend.',
    whenNot: 'As a place to forget: without an alarm and a way to send messages again it only delays the loss.',
  },
  examples: [
    { title: 'takes no part in the load', params: {}, expect: (b) => b.resources.length === 0 && b.routing === 'sink' && b.costs.length === 0 && b.failure.regional },
    { title: 'is a mechanism that someone looks after', params: {}, expect: (b) => b.operations.mechanisms.includes('dead-letter queue') },
  ],
});
