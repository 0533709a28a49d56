import type { EdgeView, NodeView } from '../../../shared/contracts/graph-view.ts';
import { defineRule, type Facts, type RuleFix } from '../../../shared/contracts/rule.ts';
import type { Design } from '../../../shared/model/design.ts';
import { likely } from '../../../shared/model/quantity.ts';
import { sketch, threeBox, type Sketch } from '../common/examples.ts';
import { fix, setEdgeParam } from '../common/fixes.ts';
import { onEdge, onNode } from '../common/targets.ts';
import { byName } from '../common/views.ts';

type JourneyFact = Facts['evaluation']['journeys'][string];

/** Calls over one connection, in the journey that makes most of them. */
interface Talk { readonly edge: EdgeView; readonly journey: JourneyFact; readonly calls: number; readonly journeys: readonly string[] }

const isOwn = (view: NodeView): boolean => view.behavior.failure.own_code;
const isCall = ({ kind }: EdgeView): boolean => kind === 'http' || kind === 'ws';

/** The application at the end of a call, straight or behind what only passes requests on; null for others. */
function isForService({ to }: EdgeView): boolean {
  if (isOwn(to)) return true;
  return to.behavior.routing === 'split' && to.out.some((next) => next.idleReason === null && isCall(next) && isOwn(next.to));
}

/** From own code to own code. Files and pages that a content network answers are no calls of an interface. */
const isBetweenServices = (edge: EdgeView): boolean => isCall(edge) && edge.from.behavior.failure.own_code && isForService(edge);

function isFromClient(edge: EdgeView): boolean {
  return isCall(edge) && edge.from.behavior.routing === 'source' && 'kind' in edge.from.params.values && edge.to.behavior.role !== 'edge' && (isForService(edge) || edge.to.behavior.routing === 'split') && !edge.to.behavior.resources.some(({ kind }) => kind === 'edge-cache');
}

/** Round trips that a user waits for, over each connection between services above the limit. */
function talks(facts: Facts, most: number): Talk[] {
  const found = new Map<EdgeView, { journey: JourneyFact; calls: number; journeys: string[] }>();
  for (const journey of Object.values(facts.evaluation.journeys)) {
    for (const step of facts.steps.above(journey.id, most)) {
      const edge = facts.graph.edgeById.get(step.edge);
      if (edge === undefined || !isBetweenServices(edge)) continue;
      const calls = step.calls / edge.params.values.pipeline;
      // a hair above is rounding
      if (calls <= most + 1e-9) continue;
      const known = found.get(edge);
      if (known === undefined) found.set(edge, { journey, calls, journeys: [journey.id] });
      else {
        known.journeys.push(journey.id);
        if (calls > known.calls || (calls === known.calls && journey.name < known.journey.name)) Object.assign(known, { journey, calls });
      }
    }
  }
  return [...found].map(([edge, talk]) => ({ edge, ...talk }));
}

/** Calls that one invocation of the caller makes at most. */
function atOnce(doc: Design, edge: EdgeView): number {
  const steps = Object.values(doc.journeys).flatMap((journey) => (journey.steps ?? []).filter((step) => step.edge === edge.id));
  return Math.ceil(Math.max(edge.params.values.calls, ...steps.map(({ calls }) => likely(calls ?? 0))));
}

/** All that one invocation asks for in one message; of no use where many invocations ask once each. */
function batch(doc: Design, { edge, calls }: Talk, most: number): RuleFix[] {
  const size = atOnce(doc, edge);
  if (size < 2 || (calls * edge.params.values.pipeline) / size > most) return [];
  return [fix('batch', `Let ${edge.from.node.name} ask ${edge.to.node.name} for ${size} things at once`, setEdgeParam(edge.id, 'pipeline', size))];
}

/** Requests that a client makes itself, by the client and its journey. */
function screens(facts: Facts, most: number): { readonly client: NodeView; readonly journey: JourneyFact; readonly calls: number }[] {
  const found: { readonly client: NodeView; readonly journey: JourneyFact; readonly calls: number }[] = [];
  for (const journey of Object.values(facts.evaluation.journeys)) {
    const byClient = new Map<NodeView, number>();
    for (const step of facts.steps.first(journey.id)) {
      const edge = facts.graph.edgeById.get(step.edge);
      if (edge !== undefined && isFromClient(edge)) byClient.set(edge.from, (byClient.get(edge.from) ?? 0) + step.calls);
    }
    for (const [client, calls] of byClient) if (calls > most + 1e-9) found.push({ client, journey, calls });
  }
  return found;
}

interface Crossing { readonly edge: EdgeView; readonly usd: number }

/** What calls between services cost for crossing zones; none when all that crosses one costs less. */
function crossings(facts: Facts, least: number): Crossing[] {
  const found: Crossing[] = [];
  let all = 0;
  for (const { price_key, usd_month } of facts.evaluation.cost.items) if (price_key === 'cross_az_gb') all += Math.abs(usd_month);
  if (all < least * (1 - 1e-9)) return found;
  for (const item of facts.evaluation.cost.items) {
    if (item.price_key !== 'cross_az_gb' || item.edge === undefined || !item.connected) continue;
    const edge = facts.graph.edgeById.get(item.edge);
    if (edge !== undefined && isBetweenServices(edge)) found.push({ edge, usd: item.usd_month });
  }
  return found;
}

function dearestFirst(a: Crossing, b: Crossing): number {
  return b.usd - a.usd || byName(a.edge.from, b.edge.from) || byName(a.edge.to, b.edge.to);
}

const shop = (call: Sketch['edges'][number], rest: Partial<Sketch> = {}): Design => sketch({ nodes: { users: 'client', orders: 'service', stock: 'service' }, edges: ['users>orders', call], ...rest });
const screen = (calls: number): Design => threeBox({}, { journeys: { home: { rate_rps: 20, entry: 'users', steps: [{ edge: 'users>api', calls }] } } });

/** Many small calls where a few large ones would do. */
export const chattyApi = defineRule({
  id: 'chatty-api',
  meta: {
    title: 'Services ask for what they need at once',
    failureTitle: 'Many small calls instead of a few',
    axes: ['latency', 'scalability', 'cost'],
    penalises: [],
    severity: ['major'],
    kind: 'structural',
    rationale: 'Each call pays a round trip, its own handling of 0.1 to 0.5 ms and its own chance to be the slow one. A phone pays 50 ms and more each time. Bytes that cross a zone are billed on both sides.',
    tradeOff: 'A call that answers much at once fetches things that not every caller needs, and a part that puts answers together is one more hop that can fail.',
    whenNotToApply: 'The calls run at the same time and their number is bounded, or they go to a cache in the same machine.',
    sources: ['azure-antipatterns', 'taibi-smells'],
    concepts: ['microservices', 'network latency', 'backend for frontend', 'batching', 'availability zone'],
  },
  options: {
    // five calls of a millisecond each are still lost in the work that they ask for
    calls: 5,
    // browsers open six connections to one host: the seventh request waits
    requests: 6,
    // share of the bill from which moving bytes is worth a thought
    zones: 0.05,
    // a month; less than that does not pay for an hour of anyone's work
    leastUsd: 50,
  },
  requires: ['nodes', 'journeys', 'cost'],
  messages: {
    pair: '{from:name} calls {to:name} {calls:count} times in one request of {journey:name}, a round trip of {rtt_s:s} each. Ask for all that is needed in one call, or move what they share into one of them.',
    screen: '{client:name} makes {calls:count} requests for {journey:name}. Answer a screen in one or two: let a gateway or a backend for this client put the answers together.',
    zones: '{share:percent} of the bill, {usd:usd}, is for calls between services that cross a zone, most of it {edge:name}. Ask less often, send less, or keep calls inside a zone.',
  },
  check: ({ doc, facts, options, report, notApplicable }) => {
    if (facts.graph.journeys.length === 0 || !facts.graph.nodes.some(({ behavior }) => behavior.failure.own_code)) return notApplicable();
    const talking = talks(facts, options.calls);
    for (const talk of talking) {
      const { edge, journey, calls, journeys } = talk;
      report({
        targets: [onEdge(edge), onNode(edge.from), onNode(edge.to)], messageId: 'pair', severity: 'major', journeys,
        data: { from: edge.from.id, to: edge.to.id, journey: journey.id, calls, rtt_s: edge.rtt_s }, fixes: batch(doc, talk, options.calls),
      });
    }
    for (const { client, journey, calls } of screens(facts, options.requests)) {
      report({ targets: [onNode(client)], messageId: 'screen', severity: 'major', journeys: [journey.id], data: { client: client.id, journey: journey.id, calls } });
    }
    const total = facts.evaluation.cost.usd_month;
    const crossing = crossings(facts, Math.max(options.zones * total, options.leastUsd));
    const usd = crossing.reduce((sum, one) => sum + one.usd, 0);
    const [dearest] = usd <= options.zones * total || usd < options.leastUsd ? [] : crossing.sort(dearestFirst);
    if (dearest === undefined) return;
    const { edge } = dearest;
    // many calls are the cause of many bytes
    if (talking.some((talk) => talk.edge === edge)) return;
    report({
      targets: crossing.slice(0, 4).map((one) => onEdge(one.edge)), messageId: 'zones', severity: 'major', data: { share: usd / total, usd, edge: edge.id },
      fixes: usd - dearest.usd <= options.zones * (total - dearest.usd) || usd - dearest.usd < options.leastUsd ? [fix('zone', `Keep calls from ${edge.from.node.name} to ${edge.to.node.name} inside a zone`, setEdgeParam(edge.id, 'network_class', 'same_zone'))] : [],
    });
  },
  examples: {
    valid: [
      { title: 'five calls', design: shop(['orders>stock', { calls: 5 }]) },
      { title: 'eight things in one call', design: shop(['orders>stock', { calls: 8, pipeline: 8 }]) },
      { title: 'six requests for a screen', design: screen(6) },
      { title: 'thirty files from a content network', design: sketch({ nodes: { users: 'client', cdn: 'cdn', api: 'service' }, edges: [['users>cdn', { calls: 30 }], 'cdn>api'] }) },
      { title: 'large answers to users, not between services', design: threeBox({}, { workload: { peak_rps: 400, payload_out_kb: 200 } }) },
    ],
    invalid: [
      { title: 'six calls', design: shop(['orders>stock', { calls: 6 }]), expect: ['pair'] },
      { title: 'eight calls in one journey only', design: shop('orders>stock', { journeys: { list: { rate_rps: 50, entry: 'users', steps: [{ edge: 'orders>stock', calls: 8 }] }, view: { rate_rps: 50, entry: 'users' } } }), expect: ['pair'] },
      { title: 'three calls, each of which calls twice', design: sketch({ nodes: { users: 'client', orders: 'service', stock: 'service', prices: 'service' }, edges: ['users>orders', ['orders>stock', { calls: 3 }], ['stock>prices', { calls: 2 }]] }), expect: ['pair'] },
      { title: 'seven requests for a screen', design: screen(7), expect: ['screen'] },
      { title: 'large answers between services in two zones', design: shop(['orders>stock', { response_kb: 300 }], { workload: { peak_rps: 90, payload_out_kb: 2 } }), expect: ['zones'] },
    ],
    notApplicable: [
      { title: 'nothing of your own is called', design: sketch({ nodes: { users: 'client', files: 'object-store' }, edges: ['users>files'] }) },
    ],
  },
});
