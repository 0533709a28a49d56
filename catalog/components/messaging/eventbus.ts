import { defineComponent } from '../../../shared/contracts/component.ts';
import { z } from '../../../shared/lib/zod.ts';
import { acceptOnly } from '../common/accepts.ts';
import { topicBehavior, topicFields } from '../common/topic.ts';

/** A bus that routes events by rules to their targets. */
export const eventbus = defineComponent({
  type: 'eventbus',
  aliases: ['event_bus', 'event-bus'],
  version: 1,
  title: 'Event bus',
  category: 'messaging',
  silhouette: 'broker',
  icon: 'M2.5 10h15 M5.5 10V5 M10 10V5 M14.5 10V5 M7.75 10v5 M12.25 10v5 M4 3.5h3V5H4z M8.5 3.5h3V5h-3z M13 3.5h3V5h-3z',
  keywords: ['event router', 'choreography', 'domain events', 'event grid'],
  figures: { primary: 'messages', secondary: 'none' },
  params: z.object(topicFields({ availability: 0.9999 })),
  behavior: (params) => topicBehavior(params, { technology: 'event bus', label: 'Events', price: 'eventbus_event_m' }),
  accepts: acceptOnly(['publish', 'trigger', 'replicate', 'consume'], 'An event bus takes events. Connect it from the code that publishes them.'),
  presets: [{ id: 'eventbridge', title: 'Amazon EventBridge', keywords: ['eventbridge', 'aws event bus'], params: {} }],
  recognition: { words: ['eventbridge', 'eventbus', 'event-bus', 'bus'] },
  docs: {
    what: 'Takes events and hands each to all targets whose rule matches, in other services or accounts too.',
    when: 'Many kinds of events, many listeners, little traffic each: choreography between services that release on their own.',
    whenNot: 'High rates: each event costs twice what a topic asks. Order and replay need a log.',
  },
  examples: [
    { title: 'each target gets the event', params: {}, expect: (b) => b.role === 'topic' && b.failure.regional && b.failure.unit_availability === 0.9999 && b.resources[0]?.kind === 'message-broker' && b.resources[0].model === 'topic' },
    { title: 'a million events cost a dollar', params: {}, expect: (b) => b.costs[0]?.price === 'eventbus_event_m' && b.costs[0].quantity.per === 'request' && b.costs[0].quantity.factor === 1e-6 },
  ],
});
