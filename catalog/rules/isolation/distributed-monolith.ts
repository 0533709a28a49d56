import type { EdgeView, NodeView } from '../../../shared/contracts/graph-view.ts';
import { defineRule, type Facts, type RuleFix } from '../../../shared/contracts/rule.ts';
import { circles } from '../common/circles.ts';
import { Distinct } from '../common/distinct.ts';
import { sketch, type Sketch } from '../common/examples.ts';
import { fix, setNodeParam } from '../common/fixes.ts';
import { askNode, stateOf } from '../common/practice.ts';
import { addTo, liveEdgesOutOf, liveNodes, liveNodesOfRole, listOf, onNode } from '../common/targets.ts';
import { byName, indicesOf, ownCallers } from '../common/views.ts';

const KINDS = ['calls', 'database', 'release', 'library', 'circle'] as const;
type Kind = (typeof KINDS)[number];

const WORDS: Readonly<Record<Kind, string>> = {
  calls: 'most requests need most of them', database: 'several share a database', release: 'several are released together',
  library: 'several must use the same version of a library', circle: 'several call each other in a circle',
};

/** One thing that ties some services together. */
interface Sign { readonly kind: Kind; readonly services: readonly NodeView[] }

interface Limits { readonly calls: number; readonly share: number }

const isService = ({ behavior }: NodeView): boolean => behavior.failure.own_code && (behavior.role === 'compute' || behavior.role === 'function');

function leadsToService(edge: EdgeView): boolean {
  if (edge.kind !== 'http' && edge.kind !== 'ws') return false;
  const { to } = edge;
  return isService(to) || (to.behavior.routing === 'split' && to.out.some((next) => next.idleReason === null && isService(next.to)));
}

/** Each calls many others, or most requests need most of them. */
function byRequests(facts: Facts, services: readonly NodeView[], limits: Limits): Sign[] {
  let calls = 0;
  for (const view of services) for (const edge of liveEdgesOutOf(facts, view)) if (leadsToService(edge)) calls += 1;
  if (calls === 0) return [];
  if (calls / services.length > limits.calls) return [{ kind: 'calls', services }];
  const known = new Set(services);
  const needed = new Set<NodeView>();
  const journeys = Object.values(facts.evaluation.journeys);
  let wide = 0;
  for (const { hard_nodes } of journeys) {
    if (hard_nodes.length <= limits.share * services.length) continue;
    const touched: NodeView[] = [];
    for (const index of indicesOf(facts, hard_nodes)) {
      const view = facts.graph.nodes[index] as NodeView;
      if (known.has(view)) touched.push(view);
    }
    if (touched.length <= limits.share * services.length) continue;
    wide += 1;
    for (const view of touched) needed.add(view);
  }
  return wide > limits.share * journeys.length ? [{ kind: 'calls', services: [...needed] }] : [];
}

/** Relational databases that services of several deployable groups use. */
function byDatabase(databases: readonly NodeView[]): Sign[] {
  const signs: Sign[] = [];
  for (const database of databases) {
    if (database.in.length < 2 && database.in.every(({ from }) => from.behavior.failure.own_code)) continue;
    const found = new Distinct<NodeView>();
    for (const { caller } of ownCallers(database)) if (isService(caller)) found.add(caller);
    const users = found.list;
    if (users.some(({ deployableGroup }) => deployableGroup !== users[0]?.deployableGroup)) signs.push({ kind: 'database', services: users });
  }
  return signs;
}

function trainOf({ params }: NodeView): string {
  const said = params.values['release_train'];
  return typeof said === 'string' && said !== '' ? said.trim() : '';
}

/** Services of one release train, or of one deployable group. */
function byRelease(services: readonly NodeView[]): Sign[] {
  const together = new Map<string, NodeView[]>();
  for (const view of services) {
    const train = trainOf(view);
    if (train !== '') addTo(together, `train ${train.toLowerCase()}`, view);
    if (view.deployableGroup !== view.id) addTo(together, `group ${view.deployableGroup}`, view);
  }
  return [...together.values()].filter(({ length }) => length > 1).map((list) => ({ kind: 'release', services: list }));
}

function byLibrary(services: readonly NodeView[]): Sign[] {
  const pinned = services.filter(({ params }) => stateOf(params, 'pinned_shared_libs') === 'yes');
  return pinned.length > 1 ? [{ kind: 'library', services: pinned }] : [];
}

/** What hangs together by signs that have a service in common: its services in the order of the drawing. */
interface Cluster { readonly services: NodeView[]; readonly signs: Sign[] }

const NOWHERE = -1;

/** Services are in one cluster with all that share a sign with them (each points towards the first of its cluster). */
function clustersOf(signs: readonly Sign[], nodes: readonly NodeView[]): Cluster[] {
  const towards = new Int32Array(nodes.length).fill(NOWHERE);
  for (const { services } of signs) for (const { index } of services) towards[index] = index;
  const first = ({ index }: NodeView): number => {
    let at = index;
    for (let next = towards[at] as number; next !== at; next = towards[at] as number) {
      towards[at] = towards[next] as number;
      at = next;
    }
    return at;
  };
  for (const { services } of signs) for (const view of services) towards[first(view)] = first(services[0] as NodeView);
  const clusters = new Map<number, Cluster>();
  for (const sign of signs) {
    const root = first(sign.services[0] as NodeView);
    const cluster = clusters.get(root);
    if (cluster === undefined) clusters.set(root, { services: [], signs: [sign] });
    else cluster.signs.push(sign);
  }
  for (const view of nodes) if (towards[view.index] !== NOWHERE) clusters.get(first(view))?.services.push(view);
  return [...clusters.values()];
}

function kindsOf({ signs }: Cluster): Kind[] {
  return KINDS.filter((kind) => signs.some((sign) => sign.kind === kind));
}

/** What one setting unties, where the rest is too little to tie them. */
function fixesFor(cluster: Cluster, services: readonly NodeView[], most: number): RuleFix[] {
  if (kindsOf(cluster).length - 1 > most) return [];
  const all = `${services.length} services`;
  const trains = services.filter((view) => trainOf(view) !== '');
  const grouped = cluster.signs.some(({ kind, services: tied }) => kind === 'release' && tied.every((view) => trainOf(view) === ''));
  const pinned = services.filter(({ params }) => stateOf(params, 'pinned_shared_libs') === 'yes');
  return [
    ...(trains.length > 1 && !grouped ? [fix('own-release', `Release each of the ${all} on its own`, ...trains.map(({ id }) => setNodeParam(id, 'release_train', '')))] : []),
    ...(pinned.length > 1 ? [fix('own-library', `Let each of the ${all} choose its library version`, ...pinned.map(({ id }) => setNodeParam(id, 'pinned_shared_libs', false)))] : []),
  ];
}

const tied: Sketch = { nodes: { users: 'client', front: 'gateway-kong', orders: 'service', stock: 'service', billing: 'service', shop: 'rdbms' }, edges: ['users>front>orders>shop', 'front>stock>shop', 'front>billing'] };
const train = (own: Readonly<Record<string, string | boolean>>): Sketch['nodes'] => ({ ...tied.nodes, orders: ['service', own], stock: ['service', own] });

/** Services that must be changed, released and run together: the cost of services without what they are for. */
export const distributedMonolith = defineRule({
  id: 'distributed-monolith',
  meta: {
    title: 'Services change, deploy and fail on their own',
    failureTitle: 'Distributed monolith',
    axes: ['isolation', 'scalability', 'cost'],
    penalises: ['isolation'],
    severity: ['critical', 'major'],
    kind: 'structural',
    rationale: 'Services that need each other for every request, share a schema or must be released together pay for the network, the pipelines and the many ways to fail, and none of them can be changed, scaled or lost alone.',
    tradeOff: 'A cut along what the business does moves data and code and takes months. Merged into one application with clear modules they are released together, which they are already.',
    whenNotToApply: 'In the middle of splitting an application, for as long as the next cut is planned and dated.',
    sources: ['taibi-smells', 'newman'],
    explains: ['shared-database', 'cyclic-dependency', 'deep-sync-chain'],
    concepts: ['microservices', 'monolith', 'database per service', 'independent scaling', 'deployment flexibility', 'fault isolation'],
  },
  options: {
    // two are a front and a back end
    services: 3,
    // one tie alone has a rule of its own; two of them together undo what services are for
    signs: 2,
    // ties from which nothing of the independence is left
    allSigns: 3,
    // calls to others that each service makes on the average
    calls: 2,
    // share of the journeys, and of the services that one of them crosses
    share: 0.6,
  },
  requires: ['nodes', 'edges', 'journeys'],
  messages: {
    tied: '{services:names} are {count:count} services that work as one: {signs}. Cut them by what the business does, each with its own data and told of the others by events, or put them back into one application with clear modules.',
  },
  check: ({ doc, facts, options, report, notApplicable }) => {
    const services = liveNodes(facts).filter(isService);
    if (services.length < options.services) return notApplicable();
    const round = circles(facts).map(({ members }): Sign => ({ kind: 'circle', services: members.filter(isService) })).filter((sign) => sign.services.length > 1);
    const others = [...byDatabase(liveNodesOfRole(facts, 'relational')), ...byRelease(services), ...byLibrary(services), ...round];
    // to need each other for a request is what services are for: it says something only beside another sign
    if (others.length === 0) return;
    const signs = [...byRequests(facts, services, options), ...others];
    for (const cluster of clustersOf(signs, facts.graph.nodes)) {
      const kinds = kindsOf(cluster);
      const members = cluster.services.sort(byName);
      const data = { services: listOf(members.map(({ id }) => id)), count: members.length, signs: kinds.map((kind) => WORDS[kind]).join(', ') };
      if (kinds.length >= options.signs) {
        report({ targets: members.map(onNode), messageId: 'tied', severity: kinds.length >= options.allSigns ? 'critical' : 'major', data, fixes: fixesFor(cluster, members, options.signs - 1) });
        continue;
      }
      // here no is the good answer: counted as no there is nothing to ask
      if (kinds[0] === 'calls' || kinds.length < options.signs - 1 || members.length < options.services || doc.settings.unstated === 'assume_no') continue;
      for (const view of members.filter(({ params }) => 'pinned_shared_libs' in params.values && stateOf(params, 'pinned_shared_libs') === 'unset')) {
        report({ targets: [onNode(view)], messageId: 'tied', severity: 'major', data, question: askNode(facts, view, 'pinned_shared_libs') });
      }
    }
  },
  examples: {
    valid: [
      { title: 'two services on one database, and a third alone', design: sketch(tied) },
      { title: 'three released together, each with its own data', design: sketch({ ...tied, nodes: { users: 'client', front: 'gateway-kong', ...Object.fromEntries(['orders', 'stock', 'billing'].map((id) => [id, ['service', { release_train: 'weekly', pinned_shared_libs: false }] as const])) }, edges: ['users>front>orders', 'front>stock', 'front>billing'] }) },
      { title: 'three that call nobody, one circle elsewhere', design: sketch({ nodes: { users: 'client', front: 'gateway-kong', orders: 'service', stock: 'service', billing: 'service', media: 'service' }, edges: ['users>front>orders>stock', ['stock>orders', { probability: 0.5 }], 'front>billing', 'front>media'] }) },
    ],
    invalid: [
      { title: 'one database and one release train', design: sketch({ ...tied, nodes: train({ release_train: 'weekly' }) }), expect: ['tied'] },
      { title: 'one database and one library version', design: sketch({ ...tied, nodes: train({ pinned_shared_libs: true }) }), expect: ['tied'] },
      { title: 'each request crosses all three, and they share a database', design: sketch({ nodes: { users: 'client', orders: 'service', stock: 'service', billing: 'service', shop: 'rdbms' }, edges: ['users>orders>stock>billing>shop', 'orders>shop'] }), expect: ['tied'] },
      { title: 'a circle, one database and one release', design: sketch({ nodes: { users: 'client', front: 'gateway-kong', orders: ['service', { release_train: 'all' }], stock: ['service', { release_train: 'all' }], billing: 'service', media: 'service', shop: 'rdbms' }, edges: ['users>front>orders>stock>shop', 'orders>shop', ['stock>orders', { probability: 0.5 }], 'front>billing', 'front>media'] }), expect: ['tied'] },
      { title: 'each calls three others', design: sketch({ nodes: { users: 'client', front: 'gateway-kong', a: 'service', b: 'service', c: 'service', d: 'service', e: 'service', f: 'service' }, edges: ['users>front>a>b>c>d>e>f', 'front>f', 'a>c', 'a>d', 'a>e', 'b>d', 'b>e', 'b>f', 'c>e', 'c>f', 'd>f', ['f>a', { probability: 0.1 }]] }), expect: ['tied'] },
      { title: 'three on one database: do they share a library', design: sketch({ ...tied, edges: [...tied.edges, 'billing>shop'] }), expect: ['tied'] },
    ],
    notApplicable: [
      { title: 'two services', design: sketch({ nodes: { users: 'client', orders: ['service', { release_train: 'weekly' }], stock: ['service', { release_train: 'weekly' }], shop: 'rdbms' }, edges: ['users>orders>stock>shop', 'orders>shop'] }) },
    ],
  },
});
