import type { EdgeView } from '../../../shared/contracts/graph-view.ts';
import { defineRule, type Facts, type RuleReport, type RuleTarget } from '../../../shared/contracts/rule.ts';
import { keptBy } from '../../../shared/lib/once-per.ts';
import { sketch, threeBox } from '../common/examples.ts';
import { fix, setEdgeParam } from '../common/fixes.ts';
import { aboutNode, liveEdgesOfKind, liveNodesOfRole, onEdge, onJourney, onNode } from '../common/targets.ts';
import { indicesOf } from '../common/views.ts';

type JourneyFact = Facts['evaluation']['journeys'][string];
interface Limits { readonly depth: number; readonly chain: number; readonly network: number }

const CODE = ['compute', 'worker', 'function'] as const;

/** Own code that a journey reaches, as targets by the index of the component. */
const parts = keptBy(
  (facts: Facts) => {
    const found = new Array<RuleTarget | null>(facts.graph.nodes.length).fill(null);
    for (const role of CODE) for (const view of liveNodesOfRole(facts, role)) found[view.index] = aboutNode(facts, view);
    return found;
  },
  (facts) => facts.evaluation.nodes,
);

/** A journey with the parts of its chain: own code that the user waits for. */
function chainOf(facts: Facts, journey: JourneyFact): RuleTarget[] {
  const found: RuleTarget[] = [onJourney(journey)];
  const code = parts(facts);
  for (const index of indicesOf(facts, journey.hard_nodes)) {
    const part = code[index] ?? null;
    if (part !== null) found.push(part);
  }
  return found;
}

/** Availability of all hard parts in series; null unless each of them alone meets the target. */
function inSeries(facts: Facts, journey: JourneyFact): number | null {
  let product = 1;
  for (const id of journey.hard_nodes) {
    const { value } = facts.evaluation.nodes[id]?.availability ?? { value: null };
    if (value === null || value < journey.availability_target) return null;
    product *= value;
  }
  return product;
}

/** Round trips that the user waits for, seconds: in sequence they add, of a parallel group the longest counts. */
function onTheWire(facts: Facts, journey: JourneyFact): { readonly seconds: number; readonly trips: number } {
  const { edges } = facts.evaluation;
  let groups: Map<string, number> | null = null;
  let seconds = 0;
  let trips = 0;
  for (const { edge, calls, group } of facts.steps.of(journey.id)) {
    const time = calls * (edges[edge]?.rtt_s ?? 0);
    if (time > 0) trips += calls;
    if (group === null) seconds += time;
    else (groups ??= new Map()).set(group, Math.max(groups.get(group) ?? 0, time));
  }
  for (const longest of groups?.values() ?? []) seconds += longest;
  return { seconds, trips };
}

/** Publishes that wait for the answer, by id. */
function repliesOf(facts: Facts): ReadonlyMap<string, EdgeView> {
  const found = new Map<string, EdgeView>();
  for (const view of liveEdgesOfKind(facts, 'publish')) if (view.params.values.request_reply) found.set(view.id, view);
  return found;
}

/** The first of them on the user's path. */
function waitsForReply({ steps }: Facts, replies: ReadonlyMap<string, EdgeView>, { id }: JourneyFact): EdgeView | null {
  if (replies.size === 0) return null;
  for (const { edge } of steps.of(id)) {
    const view = replies.get(edge);
    if (view !== undefined) return view;
  }
  return null;
}

function judge(facts: Facts, journey: JourneyFact, replies: ReadonlyMap<string, EdgeView>, limits: Limits): RuleReport | null {
  const journeys = [journey.id];
  const data = { journey: journey.id, depth: journey.depth };
  const reply = waitsForReply(facts, replies, journey);
  if (reply !== null) {
    return {
      journeys, targets: [onJourney(journey), onEdge(reply), onNode(reply.from)], messageId: 'reply', severity: 'major', data: { ...data, caller: reply.from.id, broker: reply.to.id },
      fixes: [fix('no-reply', `Let ${reply.from.node.name} answer without waiting for ${reply.to.node.name}`, setEdgeParam(reply.id, 'request_reply', false))],
    };
  }
  const series = journey.depth >= limits.chain ? inSeries(facts, journey) : null;
  if (series !== null && series < journey.availability_target) {
    const external = journey.hard_nodes.filter((id) => facts.graph.nodeById.get(id)?.behavior.role === 'external').map((id) => onNode({ id }));
    return { journeys, targets: [...chainOf(facts, journey), ...external], messageId: 'inversion', severity: 'critical', data: { ...data, parts: journey.hard_nodes.length, availability: series, target: journey.availability_target } };
  }
  if (journey.depth > limits.depth) return { journeys, targets: chainOf(facts, journey), messageId: 'deep', severity: 'major', data };
  // a tight target that is met anyway is no reason to redraw
  if (journey.p99_ms.value !== null && journey.p99_ms.value <= journey.p99_target_ms) return null;
  const { seconds, trips } = onTheWire(facts, journey);
  const share = journey.p99_target_ms > 0 ? (seconds * 1000) / journey.p99_target_ms : 0;
  return share > limits.network ? { journeys, targets: chainOf(facts, journey), messageId: 'network', severity: 'major', data: { ...data, share, network_s: seconds, trips, target_ms: journey.p99_target_ms } } : null;
}

/** A request that waits for one service after another. */
export const deepSyncChain = defineRule({
  id: 'deep-sync-chain',
  meta: {
    title: 'Requests cross few services',
    failureTitle: 'Long chain of services that wait for each other',
    axes: ['availability', 'latency', 'isolation'],
    penalises: [],
    severity: ['major', 'critical'],
    kind: 'metric',
    rationale: 'Parts that all must answer multiply: three at 99.99 % are together 99.97 %. Their times add, and each holds a slot of all before it for as long as the last one takes.',
    tradeOff: 'Merged services are released together; events and copies of data make what others read a little old.',
    whenNotToApply: 'The chain is short-lived, as during the split of a monolith, or the target was set without need.',
    sources: ['aws-reliability-pillar', 'aws-availability-and-beyond', 'release-it'],
    concepts: ['hard dependency', 'series availability', 'request-reply'],
  },
  options: {
    // compute to compute hops; four services in a row can still be explained and traced by one team
    depth: 3,
    // hops from which it is a chain at all
    chain: 2,
    // of the p99 target spent between machines
    network: 0.3,
  },
  requires: ['nodes', 'edges', 'journeys'],
  messages: {
    inversion: '{journey:name} needs {parts:count} parts in a row and promises {target:availability}: each of them meets it, all together {availability:availability}. Merge services, let the answer do without some, or hand work to a queue.',
    deep: '{journey:name} waits for {depth:count} calls from service to service, one inside the other. Merge services that always work together, or hand work to a queue.',
    network: '{journey:name} spends {network_s:s} between machines in {trips:count} round trips, {share:percent} of its p99 target of {target_ms:ms}. Ask once for all that is needed, make calls at the same time, or merge services.',
    reply: '{caller:name} waits for a reply over {broker:name} while the user of {journey:name} waits: a queue inside a request has the failures of both. Call directly, or answer before the work is done.',
  },
  check: ({ facts, options, report, notApplicable }) => {
    const journeys = Object.values(facts.evaluation.journeys).filter(({ id }) => facts.steps.several(id));
    if (journeys.length === 0) return notApplicable();
    const replies = repliesOf(facts);
    for (const journey of journeys) {
      const found = judge(facts, journey, replies, options);
      if (found !== null) report(found);
    }
  },
  examples: {
    valid: [
      { title: 'one service and its database', design: threeBox() },
      { title: 'three hops between services', design: sketch({ nodes: { users: 'client', a: 'service', b: 'service', c: 'service', d: 'service' }, edges: ['users>a>b>c>d'], journeys: { view: { rate_rps: 100, entry: 'users', availability_target: 0.99 } } }) },
      { title: 'a database below the target is no chain', design: sketch({ nodes: { users: 'client', a: 'service', b: 'service', c: 'service', db: 'rdbms' }, edges: ['users>a>b>c>db'] }) },
    ],
    invalid: [
      { title: 'four hops between services', design: sketch({ nodes: { users: 'client', a: 'service', b: 'service', c: 'service', d: 'service', e: 'service' }, edges: ['users>a>b>c>d>e'], journeys: { view: { rate_rps: 100, entry: 'users', availability_target: 0.99 } } }), expect: ['deep'] },
      { title: 'four hops between services behind their balancers', design: sketch({ nodes: { users: 'client', a: 'service', ab: 'lb-managed', b: 'service', bc: 'lb-managed', c: 'service', cd: 'lb-managed', d: 'service', de: 'lb-managed', e: 'service' }, edges: ['users>a>ab>b>bc>c>cd>d>de>e'], journeys: { view: { rate_rps: 100, entry: 'users', availability_target: 0.99 } } }), expect: ['deep'] },
      { title: 'each part meets the target, all together do not', design: sketch({ nodes: { users: 'client', a: 'service', b: 'service', c: 'service', db: ['rdbms', { ha: 'multi_az' }] }, edges: ['users>a>b>c>db'] }), expect: ['inversion'] },
      { title: 'a tight target and many round trips', design: sketch({ nodes: { users: 'client', api: 'service', db: 'rdbms' }, edges: ['users>api', ['api>db', { queries: 10 }]], journeys: { view: { rate_rps: 20, entry: 'users', p99_target_ms: 20 } } }), expect: ['network'] },
      { title: 'a reply over the broker', design: sketch({ nodes: { users: 'client', api: 'service', tasks: 'rabbitmq', worker: 'celery-worker' }, edges: ['users>api', ['api>tasks', { request_reply: true }], 'tasks>worker'] }), expect: ['reply'] },
    ],
    notApplicable: [
      { title: 'the user waits for one part', design: sketch({ nodes: { users: 'client', api: 'service' }, edges: ['users>api'] }) },
    ],
  },
});
