import type { EdgeView, NodeView } from '../../../shared/contracts/graph-view.ts';
import { defineRule, type RuleFix } from '../../../shared/contracts/rule.ts';
import { sketch, threeBox } from '../common/examples.ts';
import { addNode, allOf, fix, freeId, redirectEdge, setEdgeParams, type Change } from '../common/fixes.ts';
import { edgeResults } from '../common/results.ts';
import { liveEdgesInto, liveEdgesOfKind, liveNodesOfRole, onEdge, onNode } from '../common/targets.ts';

/** Connections of callers that keep a pool to a relational database. */
function pools(edges: readonly EdgeView[]): EdgeView[] {
  return edges.filter(({ kind, to }) => kind === 'db' && to.behavior.role === 'relational');
}

/** One pooler before the database for all its callers. */
function poolerBefore(store: NodeView, edges: readonly EdgeView[]): Change {
  return (design) => {
    const id = freeId(design, `${store.id}-pooler`);
    const added = addNode({ id, type: 'pooler', name: `${store.node.name} pooler` }, [{ to: store.id }]);
    return allOf(added, ...edges.map((edge) => redirectEdge(edge.id, { to: id })))(design);
  };
}

/** Pools cut so that all of them together fit; null when a process would be left without a connection. */
function smallerPools(edges: readonly EdgeView[], share: number): Change | null {
  const cut = edges.map(({ id, params: { values } }) => ({ id, pool_size: Math.floor(values.pool_size * share), max_overflow: Math.floor(values.max_overflow * share) }));
  if (cut.some(({ pool_size }) => pool_size < 1)) return null;
  return allOf(...cut.map(({ id, ...params }) => setEdgeParams(id, params)));
}

function fixesFor(store: NodeView, edges: readonly EdgeView[], total: number, room: number): RuleFix[] {
  const own = edges.filter(({ from }) => from.behavior.role !== 'pooler');
  const functions = own.some(({ from }) => from.behavior.role === 'function');
  const smaller = functions ? null : smallerPools(own, room / total);
  return [
    ...(own.length === edges.length ? [fix('pooler', `Put a pooler before ${store.node.name}`, poolerBefore(store, own))] : []),
    ...(smaller === null ? [] : [fix('smaller', `Make the pools to ${store.node.name} smaller`, smaller)]),
  ];
}

/** More database connections than the server, or the caller's own pool, has. */
export const poolExhaustion = defineRule({
  id: 'pool-exhaustion',
  meta: {
    title: 'Connections fit the database',
    failureTitle: 'More connections than the database accepts',
    axes: ['availability', 'latency', 'isolation'],
    penalises: [],
    severity: ['critical', 'major'],
    kind: 'metric',
    rationale: 'Each process keeps a pool of its own: ten instances of five processes with pools of 5 and 10 more may open 750 connections, and a database with 8 GB accepts 901. Scaling out multiplies the number; beyond the limit new connections are refused.',
    tradeOff: 'A pooler is one more hop of about 2 ms, and sharing a connection by transaction forbids state kept in a session. Smaller pools make requests wait at peaks.',
    whenNotToApply: 'The pools are an upper bound that is never reached because something else limits the requests, and someone watches the number of connections.',
    sources: ['sqlalchemy-pool', 'aws-rds-limits', 'azure-antipatterns'],
    concepts: ['connection pool', 'pooler'],
  },
  options: {
    // a fifth is left for a deploy that runs old and new side by side, for migrations and for people
    near: 0.8,
    // the server refuses the next one
    full: 1,
    // one request in a thousand finds no connection in time: as many as the usual target of availability may lose at all
    refused: 1e-3,
    // after the fix, of what the server accepts
    room: 0.7,
  },
  requires: ['nodes', 'edges'],
  messages: {
    refused: 'The callers of {store:name} may open {connections:count} connections and it accepts {most:count}: at peaks it refuses new ones. Put a pooler before it, or make the pools smaller.',
    near: 'The callers of {store:name} may open {connections:count} of the {most:count} connections that it accepts: a deploy that runs old and new side by side goes over. Put a pooler before it, or make the pools smaller.',
    busy: 'Requests of {caller:name} wait for a connection to {store:name} until they give up: its pools are {busy:utilisation} busy. Make the calls shorter, or the pools larger.',
    none: '{caller:name} opens a new connection to {store:name} for each request. Keep a pool: opening one costs several round trips and a process on the server.',
  },
  check: ({ facts, options, report, notApplicable }) => {
    const edges = pools(liveEdgesOfKind(facts, 'db'));
    if (edges.length === 0) return notApplicable();
    for (const store of liveNodesOfRole(facts, 'relational')) {
      const { connections = 0, max_connections: most = 0 } = facts.evaluation.nodes[store.id]?.evidence ?? {};
      if (!(most > 0) || connections <= options.near * most) continue;
      const own = pools(liveEdgesInto(facts, store));
      if (own.length === 0) continue;
      const over = connections > options.full * most;
      report({
        targets: [onNode(store), ...own.map(onEdge)], messageId: over ? 'refused' : 'near', severity: over ? 'critical' : 'major',
        data: { store: store.id, connections, most, resource: 'conn' }, fixes: fixesFor(store, own, connections, options.room * most),
      });
    }
    const results = edgeResults(facts);
    for (const edge of edges) {
      const { pool_size, bulkhead_slots, max_overflow } = edge.params.values;
      const none = pool_size === 0 && edge.from.behavior.role !== 'function';
      const found = results[edge.index];
      if (!none && !((found?.evidence['refused'] ?? 0) > options.refused && bulkhead_slots === null)) continue;
      const busy = found?.utilisation ?? 0;
      const common = { targets: [onEdge(edge), onNode(edge.from)], severity: 'major' } as const;
      const data = { caller: edge.from.id, store: edge.to.id, busy };
      if (none) report({ ...common, messageId: 'none', data, fixes: [fix('pool', `Keep a pool of 5 connections in ${edge.from.node.name}`, setEdgeParams(edge.id, { pool_size: 5 }))] });
      else {
        const wanted = Math.ceil(((pool_size + max_overflow) * busy) / options.near);
        report({ ...common, messageId: 'busy', data, fixes: [fix('larger', `Make the pool of ${edge.from.node.name} larger`, setEdgeParams(edge.id, { pool_size: Math.max(1, wanted - max_overflow) }))] });
      }
    }
  },
  examples: {
    valid: [
      { title: '48 processes with 15 connections each', design: threeBox({ api: { instances: 12, workers: 4 } }) },
      { title: 'one connection for each thread', design: threeBox({ query: { pool_size: 1, max_overflow: 0 } }) },
    ],
    invalid: [
      { title: '52 processes with 15 connections each', design: threeBox({ api: { instances: 13, workers: 4 } }), expect: ['near'] },
      { title: 'ten times as many', design: threeBox({ api: { instances: 20, workers: 5 } }), expect: ['refused'] },
      { title: 'a client for each request', design: threeBox({ query: { pool_size: 0 } }), expect: ['none'] },
      { title: 'one connection where twenty calls are under way', design: threeBox({ db: { io_ms: 40, read_miss: 1 }, query: { pool_size: 1, max_overflow: 0, calls: 2 } }), expect: ['busy'] },
    ],
    notApplicable: [
      { title: 'no relational database', design: sketch({ nodes: { users: 'client', api: 'service', table: 'nosql' }, edges: ['users>api>table'] }) },
    ],
  },
});
