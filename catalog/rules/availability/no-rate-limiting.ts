import type { EdgeView, NodeView } from '../../../shared/contracts/graph-view.ts';
import { defineRule, type Facts, type RuleFix } from '../../../shared/contracts/rule.ts';
import { sketch, threeBox } from '../common/examples.ts';
import { addNodeBetween, fix, setNodeParam } from '../common/fixes.ts';
import { askNode, stateOf, type PracticeState } from '../common/practice.ts';
import { liveNodes, listOf, onNode } from '../common/targets.ts';
import { byName } from '../common/views.ts';

const isPublic = ({ behavior, params }: NodeView): boolean => behavior.role === 'source' && params.values['kind'] === 'public';

/** Fails for others, or costs money, when one client asks too much: stores, brokers and what is paid by the call. */
function isExposed({ behavior }: NodeView): boolean {
  return behavior.stateful || behavior.role === 'function' || (behavior.role === 'external' && behavior.costs.length > 0);
}

/** A firewall, a throttle of the platform, or a stated bound of what may run at once. */
function isLimiter({ behavior, node }: NodeView): boolean {
  return node.type === 'waf' || behavior.resources.some((resource) => resource.kind === 'token-bucket' || (resource.kind === 'function' && resource.reserved > 0));
}

/** Whether a component limits requests: as said, as drawn, or null where it has no such setting. */
function limitState(view: NodeView): PracticeState | null {
  if (isLimiter(view)) return 'yes';
  const states = ['rate_limit', 'own_limits'].filter((key) => Object.hasOwn(view.params.values, key)).map((key) => stateOf(view.params, key));
  if (states.length === 0) return null;
  return states.find((state) => state === 'yes') ?? states.find((state) => state === 'no') ?? 'unset';
}

/** A place where a limit could stand, with what lies open behind it and the connections by which clients come to it. */
interface Place { readonly view: NodeView; readonly state: 'no' | 'unset'; readonly exposed: Set<NodeView>; readonly entries: Set<EdgeView> }

/** A path from a client up to one component: its first place for a limit, and the first that says nothing. */
interface Walk { readonly at: NodeView; readonly entry: EdgeView; readonly first: NodeView | null; readonly unset: NodeView | null }

function remember(places: Map<NodeView, Place>, { at, entry, first, unset }: Walk): void {
  const view = unset ?? first;
  if (view === null) return;
  const place = places.get(view) ?? { view, state: unset === null ? 'no' : 'unset', exposed: new Set<NodeView>(), entries: new Set<EdgeView>() };
  place.exposed.add(at);
  place.entries.add(entry);
  places.set(view, place);
}

/** Walks of one number continue alike; `many` is more than any index. */
function keyOf({ at, entry, first, unset }: Walk, many: number): number {
  const place = unset ?? first;
  return (((place === null ? 0 : place.index + 1) * (many + 1) + entry.index) * many + at.index) * 2 + (unset === null ? 0 : 1);
}

/** Follows requests from public clients until a limit stops them or they reach something exposed without having met one. */
function openPlaces(clients: readonly NodeView[], many: number): Place[] {
  const places = new Map<NodeView, Place>();
  const seen = new Set<number>();
  const known = new Map<NodeView, ReturnType<typeof limitState>>();
  const queue: Walk[] = clients.flatMap((client) => client.out.filter(({ idleReason }) => idleReason === null).map((entry) => ({ at: entry.to, entry, first: null, unset: null })));
  for (const walk of queue) {
    const key = keyOf(walk, many);
    if (seen.has(key)) continue;
    seen.add(key);
    const state = known.get(walk.at) ?? limitState(walk.at);
    known.set(walk.at, state);
    if (state === 'yes') continue;
    const here: Walk = { at: walk.at, entry: walk.entry, first: walk.first ?? (state === null ? null : walk.at), unset: walk.unset ?? (state === 'unset' ? walk.at : null) };
    if (isExposed(walk.at)) remember(places, here);
    else for (const edge of walk.at.out) if (edge.idleReason === null && edge.kind !== 'trace' && edge.kind !== 'lookup') queue.push({ ...here, at: edge.to });
  }
  return [...places.values()].sort((a, b) => byName(a.view, b.view));
}

function paramOf(view: NodeView): 'rate_limit' | 'own_limits' {
  return Object.hasOwn(view.params.values, 'rate_limit') ? 'rate_limit' : 'own_limits';
}

function fixesFor({ view, entries }: Place): RuleFix[] {
  const param = paramOf(view);
  const [entry, ...others] = entries;
  const limit = fix('limit', `Limit requests in ${view.node.name}`, setNodeParam(view.id, param, param === 'rate_limit' ? { enabled: true } : true));
  if (entry === undefined || others.length > 0) return [limit];
  return [limit, fix('firewall', `Put a firewall before ${entry.to.node.name}`, addNodeBetween(entry.id, { id: 'waf', type: 'waf', name: 'Firewall' }))];
}

function arrivals(facts: Facts, view: NodeView): number {
  return facts.evaluation.nodes[view.id]?.arrival_rps ?? 0;
}

/** A way from the internet to a store or to something paid by the call that no limit guards. */
export const noRateLimiting = defineRule({
  id: 'no-rate-limiting',
  meta: {
    title: 'Public entries limit what one client may ask',
    failureTitle: 'No rate limit at a public entry',
    axes: ['availability', 'isolation', 'cost'],
    penalises: ['isolation'],
    severity: ['major'],
    kind: 'structural',
    rationale: 'Without a limit one client, a script in a loop or an attack, takes the capacity of all others, and everything that is paid by the call is paid.',
    tradeOff: 'Many users behind one address may be refused together, and exact limits over several instances need a shared counter.',
    whenNotToApply: 'Only known systems can reach the entry, or a network in front that is not drawn already limits them.',
    sources: ['sre-book', 'kong-rate-limiting', 'release-it'],
    concepts: ['rate limiting', 'api gateway', 'load shedding'],
  },
  options: {},
  requires: ['nodes', 'edges'],
  messages: {
    open: '{place:name} lets everyone in without a limit, {rate:rate} at the peak: one client can use up {exposed:names}. Limit requests per client there and answer 429 with Retry-After.',
  },
  check: ({ facts, report, notApplicable }) => {
    const clients = liveNodes(facts).filter(isPublic);
    if (clients.length === 0) return notApplicable();
    for (const place of openPlaces(clients, facts.graph.nodes.length + facts.graph.edges.length)) {
      const { view, state, exposed, entries } = place;
      report({
        targets: [onNode(view)], messageId: 'open', severity: 'major', fixes: fixesFor(place),
        data: { place: view.id, rate: arrivals(facts, view), exposed: listOf([...exposed].sort(byName).map(({ id }) => id)) },
        journeys: [...new Set([...entries].flatMap(({ id }) => facts.evaluation.edges[id]?.journeys ?? []))],
        ...(state === 'unset' ? { question: askNode(facts, view, paramOf(view)) } : {}),
      });
    }
  },
  examples: {
    valid: [
      { title: 'the gateway limits', design: sketch({ nodes: { users: 'client', gateway: ['gateway-kong', { rate_limit: { enabled: true, rps: 500 } }], api: 'service', db: 'rdbms' }, edges: ['users>gateway>api>db'] }) },
      { title: 'the service limits by itself', design: threeBox({ api: { own_limits: true } }) },
      { title: 'a firewall stands in front', design: sketch({ nodes: { users: 'client', guard: 'waf', api: ['service', { rate_limit: { enabled: false } }], db: 'rdbms' }, edges: ['users>guard>api>db'] }) },
      { title: 'the managed gateway throttles', design: sketch({ nodes: { users: 'client', gateway: 'gateway-aws', code: 'lambda', items: 'nosql' }, edges: ['users>gateway>code>items'] }) },
      { title: 'nothing behind it can be used up', design: sketch({ nodes: { users: 'client', api: ['service', { rate_limit: { enabled: false } }] }, edges: ['users>api'] }) },
    ],
    invalid: [
      { title: 'no limit anywhere', design: threeBox({ api: { rate_limit: { enabled: false } } }), expect: ['open'] },
      { title: 'a gateway without limits before a function', design: sketch({ nodes: { users: 'client', gateway: ['gateway-kong', { rate_limit: { enabled: false } }], code: 'lambda' }, edges: ['users>gateway>code'] }), expect: ['open'] },
      { title: 'nothing is said about limits', design: threeBox(), expect: ['open'] },
    ],
    notApplicable: [
      { title: 'an internal caller', design: sketch({ nodes: { staff: ['client', { kind: 'internal' }], api: ['service', { rate_limit: { enabled: false } }], db: 'rdbms' }, edges: ['staff>api>db'] }) },
    ],
  },
});
