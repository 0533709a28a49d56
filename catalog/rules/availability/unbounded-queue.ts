import type { NodeView } from '../../../shared/contracts/graph-view.ts';
import { defineRule, type Facts, type RuleQuestion, type RuleReport } from '../../../shared/contracts/rule.ts';
import { sketch, threeBox } from '../common/examples.ts';
import { fix, setEdgeParam, setNodeParam } from '../common/fixes.ts';
import { askEdge, askNode, stateOf, type PracticeState } from '../common/practice.ts';
import { inTitle, roundUp } from '../common/sizing.ts';
import { liveEdgesInto, liveEdgesOutOf, liveNodes, liveNodesHaving, onNode } from '../common/targets.ts';

const SECONDS_PER_DAY = 86_400;

/** Brokers whose queues may be bounded, and those that forget what they have kept long enough. */
function brokersOf(facts: Facts): NodeView[] {
  const bounded = liveNodesHaving(facts, 'max_length').filter(({ params }) => Object.hasOwn(params.values, 'message_ttl_s'));
  const forgetful = liveNodesHaving(facts, 'retention_days').filter((view) => forgets(view) && !bounded.includes(view));
  return [...bounded, ...forgetful];
}

const forgets = ({ params: { values } }: NodeView): boolean => typeof values['retention_days'] === 'number';

const LIMITS = ['rate_limit', 'own_limits'] as const;

/** Limits how much comes in: a throttle, or a component that is said to limit. */
function limits({ behavior, params }: NodeView): boolean {
  for (const resource of behavior.resources) if (resource.kind === 'token-bucket') return true;
  for (const key of LIMITS) if (params.stated(key) && Object.hasOwn(params.values, key) && stateOf(params, key) === 'yes') return true;
  return false;
}

/** Components that clients reach without having passed a limit; what comes by the clock is limited by it. */
function openParts(facts: Facts): (view: NodeView) => boolean {
  const queue = liveNodes(facts).filter(({ behavior }) => behavior.routing === 'source' && behavior.source_rate === null);
  const open = new Uint8Array(facts.graph.nodes.length);
  for (const { index } of queue) open[index] = 1;
  for (const view of queue) {
    for (const { to } of liveEdgesOutOf(facts, view)) {
      if (open[to.index] === 1 || limits(to)) continue;
      open[to.index] = 1;
      queue.push(to);
    }
  }
  return ({ index }) => open[index] === 1;
}

/** What is said about a bound: a length or an age, where a very large one is none. */
function boundState({ params }: NodeView, endless: number): PracticeState {
  const isEndless = (value: unknown): boolean => typeof value === 'number' && value >= endless;
  const length = stateOf(params, 'max_length', isEndless);
  const age = stateOf(params, 'message_ttl_s', isEndless);
  if (length === 'yes' || age === 'yes') return 'yes';
  return length === 'no' ? length : age;
}

/** The longest failure of each component, place and release as a whole, seconds. */
function outages(facts: Facts): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  for (const { target, duration_s, kind } of facts.evaluation.blast) if (kind !== 'instance' && duration_s > (found.get(target) ?? 0)) found.set(target, duration_s);
  return found;
}

/** The longest time for which the work behind a broker may stand still: the worker, its release, its only zone, or what it waits for. */
function longestOutage(facts: Facts, broker: NodeView, lasting: ReadonlyMap<string, number>): { readonly consumer: NodeView; readonly outage_s: number } | null {
  let worst: { readonly consumer: NodeView; readonly outage_s: number } | null = null;
  for (const { to: consumer, synchronous, kind } of liveEdgesOutOf(facts, broker)) {
    if (synchronous || kind === 'replicate') continue;
    const needed = [consumer.id, consumer.deployableGroup, ...(consumer.zones.length === 1 ? consumer.zones : [])];
    for (const edge of liveEdgesOutOf(facts, consumer)) if (edge.synchronous && edge.params.values.criticality === 'hard') needed.push(edge.to.id);
    const outage_s = Math.max(...needed.map((id) => lasting.get(id) ?? 0));
    if (outage_s > (worst?.outage_s ?? 0)) worst = { consumer, outage_s };
  }
  return worst;
}

/** Queues that grow until the broker stops, and queues that forget before anyone is back. */
export const unboundedQueue = defineRule({
  id: 'unbounded-queue',
  meta: {
    title: 'Queues have a bound and outlast an outage',
    failureTitle: 'Queue without bound, or too short for an outage',
    axes: ['availability', 'isolation', 'latency'],
    penalises: ['isolation'],
    severity: ['major'],
    kind: 'structural',
    rationale: 'While the workers are away a queue hides it: everything is accepted, nothing is done. Without a bound that ends when the memory or the disk of the broker is full, and then nobody can publish anything.',
    tradeOff: 'A bound means that somebody is refused at the peak, and has to be told so.',
    whenNotToApply: 'The producers cannot make more than the broker can hold, as with a timer or a batch of known size.',
    sources: ['sre-book-22', 'rabbitmq-confirms', 'rabbitmq-alarms', 'release-it-summary', 'aws-sqs-quotas'],
    concepts: ['backpressure', 'load shedding', 'publisher confirms', 'retention'],
  },
  options: {
    // a length or an age from which on a bound bounds nothing: a billion messages, or seconds
    endless: 1e9,
    // messages of 2 KB: together 200 MB, below the memory alarm of a small broker
    bound: 100_000,
    // an outage is found, mended and worked off: a third of the time kept is for standing still
    spare: 3,
  },
  requires: ['nodes', 'blast'],
  messages: {
    unbounded: 'Nothing bounds {broker:name}: when its consumers stand still, {rate:rate} pile up until its memory or disk is full, and then every producer stops. Bound the queue and answer 503 when it is full, or let producers wait for its confirmation.',
    expires: '{broker:name} keeps a message for {kept_s:s}, and {consumer:name} may be away for {outage_s:s}: what nobody has taken by then is gone without a trace. Keep messages longer.',
  },
  check: ({ facts, options, report, notApplicable }) => {
    const brokers = brokersOf(facts);
    if (brokers.length === 0) return notApplicable();
    let open: ((view: NodeView) => boolean) | null = null;
    let lasting: ReadonlyMap<string, number> | null = null;
    for (const view of brokers) {
      const { id, node: { name } } = view;
      if (forgets(view)) {
        const kept_s = (view.params.values['retention_days'] as number) * SECONDS_PER_DAY;
        const worst = longestOutage(facts, view, (lasting ??= outages(facts)));
        if (worst === null || kept_s >= worst.outage_s) continue;
        const days = Math.max(1, roundUp((worst.outage_s * options.spare) / SECONDS_PER_DAY));
        report({
          targets: [onNode(view), onNode(worst.consumer)], messageId: 'expires', severity: 'major', data: { broker: id, consumer: worst.consumer.id, kept_s, outage_s: worst.outage_s },
          fixes: [fix('keep', `Keep messages in ${name} for ${days === 1 ? 'a day' : `${inTitle(days)} days`}`, setNodeParam(id, 'retention_days', days))],
        });
        continue;
      }
      const bound = boundState(view, options.endless);
      // producers that nothing slows down as it stands: they neither wait for the broker nor come through a limit
      const hasty = bound === 'yes' ? [] : liveEdgesInto(facts, view).filter(({ kind, params }) => kind === 'publish' && stateOf(params, 'confirm') !== 'yes');
      if (hasty.length === 0) continue;
      const isOpen = (open ??= openParts(facts));
      const free = hasty.filter(({ from }) => isOpen(from));
      if (free.length === 0) continue;
      const certain = free.some((edge) => stateOf(edge.params, 'confirm') === 'no');
      const asks = bound === 'unset' ? [askNode(facts, view, 'max_length', { yes: options.bound, no: options.endless })] : certain ? [] : free.map(({ id: edge }): RuleQuestion => ({ ...askEdge('confirm'), targets: [{ kind: 'edge', id: edge }] }));
      const unbounded = (question?: RuleQuestion): RuleReport => ({
        targets: [onNode(view)], messageId: 'unbounded', severity: 'major', question, data: { broker: id, rate: facts.evaluation.nodes[id]?.arrival_rps ?? 0 },
        fixes: () => [fix('bound', `Let at most ${inTitle(options.bound)} messages wait in ${name}`, setNodeParam(id, 'max_length', options.bound)), fix('confirm', `Let producers wait for ${name}`, ...free.map((edge) => setEdgeParam(edge.id, 'confirm', true)))],
      });
      if (asks.length === 0) report(unbounded());
      for (const question of asks) report(unbounded(question));
    }
  },
  examples: {
    valid: [
      { title: 'a longest queue', design: queue({ max_length: 10_000 }, { confirm: false }) },
      { title: 'messages that expire', design: queue({ message_ttl_s: 600 }, { confirm: false }) },
      { title: 'producers wait for the broker', design: queue({}, { confirm: true }) },
      { title: 'the service limits what it takes', design: sketch({ nodes: { users: 'client', api: ['service', { own_limits: true }], tasks: ['rabbitmq', { max_length: 1e9 }], worker: 'celery-worker' }, edges: ['users>api', ['api>tasks', { confirm: false }], 'tasks>worker'] }) },
      { title: 'a timer makes the tasks', design: sketch({ nodes: { clock: 'scheduler', tasks: 'rabbitmq', worker: 'celery-worker' }, edges: ['clock>tasks>worker'] }) },
      { title: 'four days are kept', design: sketch({ nodes: { users: 'client', api: 'service', tasks: 'sqs', worker: 'celery-worker' }, edges: ['users>api>tasks>worker'] }) },
    ],
    invalid: [
      { title: 'no bound, and producers do not wait', design: queue({ max_length: 1e9 }, { confirm: false }), expect: ['unbounded'] },
      { title: 'whether there is a bound is not said', design: queue({}, {}), expect: ['unbounded'] },
      { title: 'no bound, and whether producers wait is not said', design: queue({ max_length: 1e9 }, {}), expect: ['unbounded'] },
      { title: 'half an hour is kept', design: sketch({ nodes: { users: 'client', api: 'service', tasks: ['sqs', { retention_days: 0.02 }], worker: ['celery-worker', {}, { zone_spread: 1 }], db: 'rdbms' }, edges: ['users>api>tasks>worker>db'] }), expect: ['expires'] },
    ],
    notApplicable: [
      { title: 'no messages', design: threeBox() },
      { title: 'a topic keeps nothing', design: sketch({ nodes: { users: 'client', api: 'service', news: 'sns', worker: 'celery-worker' }, edges: ['users>api>news>worker'] }) },
    ],
  },
});

/** A service, a broker and its worker. */
function queue(broker: Readonly<Record<string, number>>, publish: Readonly<Record<string, boolean>>): ReturnType<typeof sketch> {
  return sketch({ nodes: { users: 'client', api: 'service', tasks: ['rabbitmq', broker], worker: 'celery-worker' }, edges: ['users>api', ['api>tasks', publish], 'tasks>worker'] });
}
