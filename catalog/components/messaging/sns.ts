import { defineComponent } from '../../../shared/contracts/component.ts';
import { z } from '../../../shared/lib/zod.ts';
import { acceptOnly } from '../common/accepts.ts';
import { topicBehavior, topicFields } from '../common/topic.ts';

/** A topic that pushes each message to all subscribers. */
export const sns = defineComponent({
  type: 'sns',
  version: 1,
  title: 'Amazon SNS',
  category: 'messaging',
  silhouette: 'broker',
  icon: 'M2.5 10a2 2 0 1 0 4 0 2 2 0 1 0-4 0z M6.5 10h11 M6.2 8.8 14 4.5h3.5 M6.2 11.2 14 15.5h3.5',
  keywords: ['topic', 'fan-out topic', 'simple notification service', 'publish subscribe', 'google pub/sub'],
  figures: { primary: 'messages', secondary: 'none' },
  params: z.object(topicFields({ availability: 0.999 })),
  behavior: (params) => topicBehavior(params, { technology: 'sns', label: 'Publishes', price: 'sns_publish_m' }),
  accepts: acceptOnly(['publish', 'trigger', 'replicate', 'consume'], 'A topic takes messages. Connect it from the code that publishes them.'),
  presets: [{ id: 'sns-topic', title: 'SNS', keywords: ['aws sns', 'sns topic'], params: {} }],
  recognition: { words: ['sns', 'topic', 'pubsub'], schemes: ['sns'] },
  docs: {
    what: 'Hands each message to every subscriber at once: queues, functions, web hooks. It keeps nothing for one that is away.',
    when: 'One event concerns several parts of the system and none of them should know the others. Give each a queue behind the topic.',
    whenNot: 'Work for one kind of worker: a queue is enough. Consumers that are down lose what no queue kept for them.',
  },
  examples: [
    { title: 'every subscriber gets each message', params: {}, expect: (b) => b.role === 'topic' && b.resources[0]?.kind === 'message-broker' && b.resources[0].default_group === 'per-consumer' && b.resources[0].publish_s === 0.01 && b.failure.unit_availability === 0.999 },
    { title: 'publishes are paid, deliveries to queues are not', params: {}, expect: (b) => b.costs.length === 1 && b.costs[0]?.price === 'sns_publish_m' },
  ],
});
