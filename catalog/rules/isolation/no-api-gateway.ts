import type { EdgeView, NodeView } from '../../../shared/contracts/graph-view.ts';
import { defineRule, type RuleFix } from '../../../shared/contracts/rule.ts';
import { sortFew } from '../../../shared/contracts/sort-few.ts';
import type { Design } from '../../../shared/model/design.ts';
import { sketch } from '../common/examples.ts';
import { addNodeBetween, allOf, fix, freeId, redirectEdge, setNodeParams, type Change } from '../common/fixes.ts';
import { stateOf } from '../common/practice.ts';
import { listOf, liveNodes, liveNodesOfRole, onNode } from '../common/targets.ts';
import { byName } from '../common/views.ts';

const isClient = ({ params: { values } }: NodeView): boolean => values['kind'] === 'public' || values['kind'] === 'internal';
const isGateway = ({ behavior }: NodeView): boolean => behavior.role === 'gateway';
const isApplication = ({ behavior }: NodeView): boolean => behavior.failure.own_code && (behavior.role === 'compute' || behavior.role === 'function');
const carries = (edge: EdgeView): boolean => edge.idleReason === null && (edge.kind === 'http' || edge.kind === 'ws');

/** Applications behind one connection of a client through balancers and the like; none behind a gateway. */
function reached(edge: EdgeView, seen: Set<NodeView> = new Set()): NodeView[] {
  const { to } = edge;
  if (!carries(edge) || seen.has(to) || isGateway(to)) return [];
  seen.add(to);
  if (isApplication(to)) return [to];
  return to.behavior.routing === 'split' ? to.out.flatMap((next) => reached(next, seen)) : [];
}

/** The services that a client calls one by one: each behind connections that lead to it alone. */
function calledDirectly(client: NodeView): { readonly services: NodeView[]; readonly edges: EdgeView[] } {
  const services = new Set<NodeView>();
  const edges: EdgeView[] = [];
  for (const edge of client.out) {
    const behind = reached(edge);
    const [only] = behind;
    if (behind.length !== 1 || only === undefined) continue;
    services.add(only);
    edges.push(edge);
  }
  return { services: sortFew([...services], byName), edges };
}

function behindGateway(view: NodeView, seen: Set<NodeView> = new Set()): boolean {
  if (isGateway(view)) return true;
  if (seen.has(view)) return false;
  seen.add(view);
  return view.in.some((edge) => carries(edge) && behindGateway(edge.from, seen));
}

/** Services that check or limit callers by themselves, with no gateway before them. */
function guardingThemselves(nodes: readonly NodeView[]): NodeView[] {
  const guards = (view: NodeView): boolean => stateOf(view.params, 'own_auth') === 'yes' || stateOf(view.params, 'own_limits') === 'yes';
  return sortFew(nodes.filter((view) => isApplication(view) && guards(view) && !behindGateway(view)), byName);
}

const GATEWAYS = [
  { id: 'kong', type: 'gateway-kong', name: 'API gateway', title: 'Put Kong between' },
  { id: 'managed', type: 'gateway-aws', name: 'Managed API gateway', title: 'Put a managed API gateway between' },
] as const;

/** Journeys then enter by the one connection to the gateway, and name the one behind it that they take. */
function enterBy(first: string, gate: ReadonlyMap<string, string>): Change {
  return (design: Design) => ({
    ...design,
    journeys: Object.fromEntries(Object.entries(design.journeys).map(([id, journey]) => {
      const own = gate.get(journey.entry);
      const steps = journey.steps ?? [];
      const named = own === undefined || steps.some(({ edge }) => edge === own) ? steps : [...steps, { edge: own }];
      const inside = new Set(gate.values());
      const enters = named.some(({ edge }) => inside.has(edge)) && !named.some(({ edge }) => edge === first) ? [{ edge: first }, ...named] : named;
      return [id, { ...journey, entry: own === undefined ? journey.entry : first, ...(enters.length > 0 ? { steps: enters } : {}) }];
    })),
  });
}

/** A gateway passes each request to one service: a journey in which the client calls several needs a person to say which. */
function callsOneEach({ journeys }: Design, client: NodeView, edges: readonly string[]): boolean {
  return edges.length === 1 || Object.values(journeys).every(({ entry, steps }) => entry !== client.id || (steps ?? []).filter(({ edge }) => edges.includes(edge)).length === 1);
}

/** One gateway behind the client: the first connection leads to it, the others start at it. */
function gatewayBehind(edges: readonly string[], node: { readonly type: string; readonly name: string }): Change {
  return (design) => {
    const [first, ...others] = edges.filter((id) => Object.hasOwn(design.edges, id));
    if (first === undefined) return design;
    const id = freeId(design, node.type);
    const placed = addNodeBetween(first, { id, ...node })(design);
    const onward = Object.values(placed.edges).find((edge) => edge.from === id)?.id ?? first;
    const moved = others.reduce((current, edge) => redirectEdge(edge, { from: id })(current), placed);
    return enterBy(first, new Map([[first, onward], ...others.map((edge) => [edge, edge] as const)]))(moved);
  };
}

function fixesFor(design: Design, edges: readonly EdgeView[], then: readonly Change[]): RuleFix[] {
  const clients = new Set(edges.map(({ from }) => from));
  const [client] = clients;
  const ids = edges.map(({ id }) => id).sort();
  if (clients.size !== 1 || client === undefined || !callsOneEach(design, client, ids)) return [];
  return GATEWAYS.map(({ id, type, name, title }) => fix(id, `${title} ${client.node.name} and the services`, allOf(gatewayBehind(ids, { type, name }), ...then)));
}

/** Clients that know every service, or services that each repeat what a gateway does once. */
export const noApiGateway = defineRule({
  id: 'no-api-gateway',
  meta: {
    title: 'One gateway stands before many services',
    failureTitle: 'No API gateway',
    axes: ['isolation', 'cost', 'latency'],
    penalises: ['isolation'],
    severity: ['major'],
    kind: 'structural',
    rationale: 'Clients that call each service by itself know their addresses and versions, make more calls over the slow network, and each service repeats authentication and limits.',
    tradeOff: 'One more hop of 1 to 15 ms, and a component that everything depends on: run at least two instances and keep business rules out of it.',
    whenNotToApply: 'The clients are services of your own behind a mesh that does authentication and limits, or the services are separate products with domains of their own.',
    sources: ['taibi-smells', 'kong-benchmarks', 'microservices-io'],
    concepts: ['api gateway', 'reverse proxy', 'authentication', 'rate limiting', 'request routing', 'microservices'],
  },
  options: {
    // two are a front and a back end; from the third on someone has to know which is which (Taibi)
    services: 3,
  },
  requires: ['nodes', 'edges'],
  messages: {
    direct: '{count:count} services are called straight from {client:name}: {services:names}. Each checks callers and limits on its own, and none can move without the clients. Put a gateway in front for authentication, limits and routing.',
    repeated: '{services:names} each check or limit callers by themselves, {count:count} times the same work. Do it once in a gateway in front of them.',
  },
  check: ({ doc, facts, options, report, notApplicable }) => {
    const nodes = liveNodes(facts);
    const clients = liveNodesOfRole(facts, 'source').filter(isClient);
    if (clients.length === 0 || !nodes.some(isApplication)) return notApplicable();
    const found = clients.map((client) => ({ client, ...calledDirectly(client) })).filter(({ services }) => services.length >= options.services);
    for (const { client, services, edges } of found) {
      report({
        targets: [onNode(client), ...services.map(onNode)], messageId: 'direct', severity: 'major', fixes: fixesFor(doc, edges, []),
        data: { client: client.id, services: listOf(services.map(({ id }) => id)), count: services.length },
        journeys: [...new Set(edges.flatMap(({ id }) => facts.evaluation.edges[id]?.journeys ?? []))],
      });
    }
    const guarding = guardingThemselves(nodes);
    if (found.length > 0 || guarding.length < options.services) return;
    const entries = clients.flatMap((client) => client.out.filter(carries));
    const once = guarding.map(({ id }) => setNodeParams(id, { own_auth: false, own_limits: false }));
    report({
      targets: guarding.map(onNode), messageId: 'repeated', severity: 'major', fixes: fixesFor(doc, entries, once),
      data: { services: listOf(guarding.map(({ id }) => id)), count: guarding.length },
    });
  },
  examples: {
    valid: [
      { title: 'two services', design: sketch({ nodes: { users: 'client', orders: 'service', search: 'service' }, edges: ['users>orders', 'users>search'] }) },
      { title: 'three behind a gateway', design: sketch({ nodes: { users: 'client', gateway: 'gateway-kong', orders: ['service', { own_auth: true }], search: ['service', { own_auth: true }], media: ['service', { own_auth: true }] }, edges: ['users>gateway>orders', 'gateway>search', 'gateway>media'] }) },
      { title: 'one balancer routes to three', design: sketch({ nodes: { users: 'client', balancer: 'lb-managed', orders: 'service', search: 'service', media: 'service' }, edges: ['users>balancer>orders', 'balancer>search', 'balancer>media'] }) },
    ],
    invalid: [
      { title: 'a client of three services', design: sketch({ nodes: { users: 'client', orders: 'service', search: 'service', media: 'service' }, edges: ['users>orders', 'users>search', 'users>media'] }), expect: ['direct'] },
      { title: 'each behind its own balancer, with a journey for each', design: sketch({
        nodes: { users: 'client', front: 'lb-managed', orders: 'service', search: 'service', media: 'lambda' }, edges: ['users>front>orders', 'users>search', 'users>media'],
        journeys: { order: { rate_rps: 20, entry: 'users', steps: [{ edge: 'users>front' }] }, find: { rate_rps: 80, entry: 'users', steps: [{ edge: 'users>search' }] }, show: { rate_rps: 10, entry: 'users', steps: [{ edge: 'users>media', calls: 2 }] } },
      }), expect: ['direct'] },
      { title: 'three that check callers themselves', design: sketch({ nodes: { users: 'client', orders: ['service', { own_auth: true }], search: ['service', { own_auth: true }], media: ['service', { own_limits: true }] }, edges: ['users>orders>search', 'orders>media'] }), expect: ['repeated'] },
    ],
    notApplicable: [
      { title: 'work by the clock', design: sketch({ nodes: { clock: 'scheduler', report: 'service', db: 'rdbms' }, edges: ['clock>report>db'] }) },
      { title: 'nothing is called', design: sketch({ nodes: { users: 'client', files: 'object-store' }, edges: ['users>files'] }) },
    ],
  },
});
