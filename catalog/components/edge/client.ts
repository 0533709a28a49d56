import { defineComponent } from '../../../shared/contracts/component.ts';
import { choice, number, optionalNumber, text } from '../../../shared/contracts/params.ts';
import { z } from '../../../shared/lib/zod.ts';
import { NEVER_FAILS } from '../common/failure.ts';

const A = { provenance: 'A' as const };

/** Where requests come from: users, or another system outside the drawing. */
export const client = defineComponent({
  type: 'client',
  aliases: ['user', 'users'],
  version: 1,
  title: 'Client',
  category: 'edge',
  silhouette: 'client',
  icon: 'M3.5 4h13a1 1 0 0 1 1 1v8a1 1 0 0 1-1 1h-13a1 1 0 0 1-1-1V5a1 1 0 0 1 1-1z M7 17h6 M10 14v3',
  keywords: ['browser', 'mobile app', 'internet', 'visitor', 'frontend', 'source', 'consumer app'],
  figures: { primary: 'rps', secondary: 'none' },
  params: z.object({
    rps: optionalNumber({ ...A, min: 0, label: 'Rate', group: 'capacity', unit: 'rps', help: 'Requests per second at the peak, shared by the journeys nobody has drawn. Unset: the design’s peak rate. A drawn journey has its own rate.' }),
    users: optionalNumber({ ...A, min: 0, label: 'Users', group: 'capacity', unit: 'count', help: 'Users at the peak who each wait for the answer, think, and ask again. The rate then follows from the answers: a slow system is asked less. Rates of drawn journeys only say how often each comes beside the others. Unset: requests come at their rate, whatever the answers take.' }),
    think_s: number({ ...A, onlyWith: 'users', default: 5, min: 0, label: 'Think time', group: 'capacity', unit: 's', help: 'Seconds between an answer and the user’s next request. Only with a number of users.' }),
    kind: choice(['public', 'internal'], { ...A, default: 'public', label: 'Kind', group: 'placement', help: 'Answers to public clients leave over the internet and are paid as egress. Internal ones do not.', options: { public: 'Public', internal: 'Internal' } }),
    region: text({ ...A, label: 'Region', group: 'placement', help: 'Where these users are, for designs with several regions.' }),
  }),
  behavior: (params) => ({
    routing: 'source',
    role: 'source',
    stateful: false,
    resources: [],
    failure: NEVER_FAILS,
    costs: [],
    operations: { technology: 'client', burden: 'none', deployable: false, mechanisms: [] },
    consistency: null,
    autoscale: null,
    source_rate: params.users === null ? params.rps : params.users / Math.max(params.think_s, 1),
    population: params.users === null ? null : { users: params.users, think_s: params.think_s },
    not_modelled: [],
  }),
  accepts: () => 'A client starts requests. Draw the arrow from the client to what it calls.',
  presets: [
    { id: 'web-browser', title: 'Web browser', keywords: ['website', 'spa'], params: {} },
    { id: 'waiting-users', title: 'Users who wait for answers', keywords: ['closed', 'think time', 'virtual users', 'load test', 'population'], params: { users: 500 } },
    { id: 'internal-caller', title: 'Internal caller', keywords: ['back office', 'employee'], params: { kind: 'internal' } },
  ],
  recognition: { words: ['client', 'browser', 'user', 'users', 'mobile', 'web-client', 'frontend-client', 'customer'] },
  docs: {
    what: 'The people or systems that send requests. It has no limit of its own: the dial turns its rate. With a number of users it is a closed population: each waits for the answer and thinks, so the rate is users / (think time + answer), never more than the narrowest place serves, and the dial turns the users.',
    when: 'Every drawing starts with one. Use several when their traffic differs: public users, partners, staff.',
    whenNot: 'For work that starts by the clock use a scheduler; for a system you call use an external service.',
  },
  examples: [
    { title: 'sends the stated rate', params: { rps: 250 }, expect: (b) => b.source_rate === 250 && b.routing === 'source' },
    { title: 'is users who wait for their answers', params: { users: 500, think_s: 10 }, expect: (b) => b.population?.users === 500 && b.population.think_s === 10 },
    { title: 'leaves the rate to the journeys', params: {}, expect: (b) => b.source_rate === null && b.costs.length === 0 },
  ],
});
