import type { EdgeView, NodeView } from '../../../shared/contracts/graph-view.ts';
import { defineRule, type Facts, type RuleFix } from '../../../shared/contracts/rule.ts';
import { sortFew } from '../../../shared/contracts/sort-few.ts';
import type { Design, Params } from '../../../shared/model/design.ts';
import { holdsState, memories, stateIn, type Memory } from '../common/caches.ts';
import { sketch, threeBox, type Sketch } from '../common/examples.ts';
import { addEdge, addNode, allOf, fix, freeId, redirectEdge, setNodeParam, unsetNodeParams, type Change } from '../common/fixes.ts';
import { liveEdgesInto, onNode } from '../common/targets.ts';

/** What a cache is set up with and a store of state is not. */
const CACHE_ONLY = ['eviction', 'ttl_s', 'max_items'] as const;

/** Stands before something, beside it or in series: a use as a cache. */
function isCaching({ kind, fronts, to }: EdgeView): boolean {
  return kind === 'cache' && (fronts.length > 0 || to.out.some((edge) => edge.idleReason === null && (edge.kind === 'db' || edge.kind === 'http')));
}

/** A second Redis of the same size that takes over some connections, both ends alike. */
function moveTo(view: NodeView, name: string, params: Params, moved: readonly EdgeView[]): Change {
  const stem = `${view.id}-cache`;
  return (design: Design) => {
    const id = freeId(design, stem);
    const moves = moved.map((edge) => redirectEdge(edge.id, edge.to === view ? { to: id } : { from: id }));
    const { managed, zone_spread } = view.node;
    const fields = { ...(managed === undefined ? {} : { managed }), ...(zone_spread === undefined ? {} : { zone_spread }) };
    const { node: { type, boundary } } = view;
    const added = addNode({ id: stem, type, name, params, fields }, [])(design);
    const placed = boundary === undefined || boundary === null ? added : { ...added, nodes: { ...added.nodes, [id]: { ...(added.nodes[id] as Design['nodes'][string]), boundary } } };
    return allOf(...moves)(placed);
  };
}

/** The cache moves out; what must be kept stays where its data is, and who asked for it by the same connection gets another. */
function splitRoles(facts: Facts, { view, memory }: Memory): RuleFix[] {
  const into = liveEdgesInto(facts, view);
  const caching = into.filter(isCaching);
  if (caching.length === 0) return [];
  const callers = caching.length === into.length ? [...new Set(caching.map(({ from }) => from.id))] : [];
  const series = caching.some(({ fronts }) => fronts.length === 0) ? view.out.filter(({ kind, idleReason }) => idleReason === null && (kind === 'db' || kind === 'http')) : [];
  const { roles: _roles, ...rest } = view.node.params;
  const kept = memory.roles.filter((role) => role !== 'cache');
  return [fix('split', `Give the cache of ${view.node.name} a Redis of its own`,
    moveTo(view, `${view.node.name} cache`, { ...rest, roles: ['cache'] }, [...caching, ...series]),
    setNodeParam(view.id, 'roles', kept), unsetNodeParams(view.id, ...CACHE_ONLY), ...callers.map((caller) => addEdge(caller, view.id)))];
}

/** Deployable groups of own code that use it as a cache, with their connections; the busiest first. */
function tenants(facts: Facts, view: NodeView): readonly (readonly EdgeView[])[] {
  const groups = new Map<string, EdgeView[]>();
  for (const edge of liveEdgesInto(facts, view)) {
    if (!isCaching(edge) || !edge.from.behavior.failure.own_code) continue;
    const group = groups.get(edge.from.deployableGroup);
    if (group) group.push(edge);
    else groups.set(edge.from.deployableGroup, [edge]);
  }
  const rate = (edges: readonly EdgeView[]): number => edges.reduce((sum, { id }) => sum + (facts.evaluation.edges[id]?.rps ?? 0), 0);
  return sortFew([...groups], ([a, left], [b, right]) => rate(right) - rate(left) || (a < b ? -1 : 1)).map(([, edges]) => edges);
}

/** The busiest keeps the instance, each other gets one. In series each would need the way behind it as well. */
function splitTenants({ view }: Memory, groups: readonly (readonly EdgeView[])[], most: number): RuleFix[] {
  if (groups.length > most || groups.some((edges) => edges.some(({ fronts }) => fronts.length === 0))) return [];
  const moves = groups.slice(1).map((edges) => moveTo(view, `${view.node.name} of ${edges[0]?.from.node.name ?? ''}`, view.node.params, edges));
  return [fix('one-each', `Give each service a cache of its own beside ${view.node.name}`, ...moves)];
}

const used = (roles: readonly string[], edges: Sketch['edges'] = ['users>api>db', 'api>memory']) =>
  sketch({ nodes: { users: 'client', api: 'service', memory: ['redis', { roles: [...roles] }], db: 'rdbms' }, edges });
const shop = (ops_per_s: number, group: { readonly deployable_group?: string } = {}) => sketch({
  nodes: { users: 'client', gateway: 'gateway-kong', shop: ['service', {}, group], search: ['service', {}, group], cache: ['redis', { ops_per_s }], db: 'rdbms' },
  edges: ['users>gateway>shop>db', 'gateway>search>db', 'shop>cache', 'search>cache'], workload: { peak_rps: 100, read_fraction: 1 },
});

/** One in-memory store for things that must be kept and things that may go, or for many services. */
export const sharedRedisRoles = defineRule({
  id: 'shared-redis-roles',
  meta: {
    title: 'Each Redis has one task',
    failureTitle: 'One Redis for things with different needs',
    axes: ['isolation', 'availability'],
    penalises: ['isolation'],
    severity: ['major'],
    kind: 'structural',
    rationale: 'No eviction policy is right for a cache and for state: either the cache pushes state out, or it fills the memory and writes of state fail. Commands run one at a time, so that one slow command stops everything, and a restart takes all of it.',
    tradeOff: 'A second instance costs money and is one more endpoint to configure and watch.',
    whenNotToApply: 'A small system whose keys all fit with room to spare, where a lost session or job costs nothing.',
    sources: ['redis-eviction', 'redis-latency'],
    concepts: ['bulkhead', 'noisy neighbour', 'single-threaded commands'],
  },
  options: {
    // of what one thread carries: beyond it the commands of one service wait for those of another
    busy: 0.5,
    // services that the fix can separate: more is a decision about who shares
    tenants: 4,
  },
  requires: ['nodes', 'edges'],
  messages: {
    roles: '{redis:name} is a cache and also holds {roles}: the cache fills the memory that they need, and they stand and fall together. Give the cache a Redis of its own.',
    tenants: '{count:count} services use {redis:name} as their cache and keep it {busy:utilisation} busy: commands run one at a time, so a burst of one delays the others and pushes their keys out. Give each its own.',
  },
  check: ({ facts, options, report, notApplicable }) => {
    const found = memories(facts);
    if (found.length === 0) return notApplicable();
    for (const one of found) {
      const { view, memory } = one;
      if (!memory.roles.includes('cache')) continue;
      if (holdsState(one)) {
        report({ targets: [onNode(view)], messageId: 'roles', severity: 'major', data: { redis: view.id, roles: stateIn(one) }, fixes: splitRoles(facts, one) });
        continue;
      }
      const busy = facts.evaluation.nodes[view.id]?.resources.find(({ resource }) => resource === 'ops')?.utilisation ?? 0;
      if (busy <= options.busy) continue;
      const groups = tenants(facts, view);
      if (groups.length < 2) continue;
      report({ targets: [onNode(view)], messageId: 'tenants', severity: 'major', data: { redis: view.id, count: groups.length, busy }, fixes: splitTenants(one, groups, options.tenants) });
    }
  },
  examples: {
    valid: [
      { title: 'a cache', design: used(['cache']) },
      { title: 'a cache that also tells of changes', design: used(['cache', 'pubsub']) },
      { title: 'sessions and counters, both kept', design: used(['session', 'rate_limiter']) },
      { title: 'two services on a cache that is half busy at most', design: shop(285) },
      { title: 'two parts of one application on a busy cache', design: shop(200, { deployable_group: 'shop' }) },
    ],
    invalid: [
      { title: 'a cache and sessions', design: used(['cache', 'session']), expect: ['roles'] },
      { title: 'a cache, jobs and counters', design: sketch({
        nodes: { users: 'client', api: 'service', memory: ['redis', { roles: ['cache', 'broker', 'rate_limiter'] }], db: 'rdbms', mailer: 'service', worker: ['celery-worker', { task_cpu_s: 0.01, task_io_s: 0 }] },
        edges: ['users>api>db', 'api>memory', 'api>mailer', ['mailer>memory', {}, 'publish'], 'memory>worker'],
      }), expect: ['roles'] },
      { title: 'drawn in series, with sessions', design: used(['cache', 'session'], ['users>api>memory>db']), expect: ['roles'] },
      { title: 'two services on a cache that is more than half busy', design: shop(275), expect: ['tenants'] },
    ],
    notApplicable: [
      { title: 'no Redis', design: threeBox() },
    ],
  },
});
