import type { FunctionResource } from '../../../shared/contracts/behavior.ts';
import type { EdgeView } from '../../../shared/contracts/graph-view.ts';
import { defineRule, type RuleFix } from '../../../shared/contracts/rule.ts';
import type { Params } from '../../../shared/model/design.ts';
import { sketch } from '../common/examples.ts';
import { addNodeBetween, fix, setNodeParam } from '../common/fixes.ts';
import { liveNodesOfRole, onEdge, onNode } from '../common/targets.ts';

function functionOf({ from }: EdgeView): FunctionResource | undefined {
  return from.behavior.resources.find((resource): resource is FunctionResource => resource.kind === 'function');
}

/** What the connection says about queries stays with the part that ends at the database. */
const QUERY_KEYS = ['queries', 'op', 'entity', 'routing', 'scatter_fraction', 'cross_shard_txn_fraction'] as const;

function queriesOf({ edge }: EdgeView): Params {
  return Object.fromEntries(QUERY_KEYS.flatMap((key) => (edge.params[key] === undefined ? [] : [[key, edge.params[key]]])));
}

function fixesFor(edge: EdgeView, own: FunctionResource, reserved: number, busy: number): RuleFix[] {
  const vcpu = Number(edge.to.params.values['vcpu']);
  const name = edge.to.node.name;
  const proxy = fix('proxy', `Put RDS Proxy between ${edge.from.node.name} and ${name}`, addNodeBetween(edge.id, { id: `${edge.to.id}-proxy`, type: 'pooler', name: 'RDS Proxy', params: { variant: 'rds_proxy', ...(vcpu > 0 ? { db_vcpu: vcpu } : {}) } }, { params: queriesOf(edge) }));
  const room = reserved > busy && (own.reserved === 0 || own.reserved > reserved);
  return room ? [proxy, fix('reserve', `Let at most ${reserved} of ${edge.from.node.name} run at once`, setNodeParam(edge.from.id, 'reserved', reserved))] : [proxy];
}

/** A function that opens a database connection in each of its environments. */
export const lambdaRdbmsNoProxy = defineRule({
  id: 'lambda-rdbms-no-proxy',
  meta: {
    title: 'Functions reach the database through a pooler',
    failureTitle: 'Function connects straight to the database',
    axes: ['availability', 'scalability'],
    penalises: [],
    severity: ['critical', 'major'],
    kind: 'structural',
    rationale: 'Each environment of a function holds a connection of its own and shares none. A burst starts hundreds of them within seconds, the database refuses further connections, and everything else that uses it fails too.',
    tradeOff: 'A proxy is paid by the cores of the database and adds 1 to 5 ms; session settings and prepared statements pin its connections.',
    whenNotToApply: 'The function runs rarely and one at a time, or its reserved concurrency is small against the connections of the database.',
    sources: ['aws-rds-limits', 'aws-rds-proxy', 'aws-lambda-scaling'],
    explains: ['pool-exhaustion'],
    concepts: ['serverless', 'connection pooling'],
  },
  options: {
    // a surge of the function over its steady concurrency, before the platform's own limit (rules: 3 lambda d)
    surge: 3,
    // the rest of the connections belongs to other callers, migrations and operators
    share: 0.3,
    // beyond all of them connections are refused
    all: 1,
  },
  requires: ['nodes'],
  messages: {
    unpooled: '{function:name} may hold {connections:count} connections to {database:name}, {share:percent} of its {most:count}: each environment opens its own. Put a proxy between, or limit how many run at once.',
  },
  check: ({ facts, options, report, notApplicable }) => {
    const functions = liveNodesOfRole(facts, 'function');
    if (functions.length === 0 || liveNodesOfRole(facts, 'relational').length === 0) return notApplicable();
    for (const edge of functions.flatMap(({ out }) => out)) {
      if (edge.kind !== 'db' || edge.idleReason !== null || edge.to.behavior.role !== 'relational') continue;
      const own = functionOf(edge);
      const most = facts.evaluation.nodes[edge.to.id]?.evidence['max_connections'] ?? 0;
      const busy = facts.evaluation.nodes[edge.from.id]?.evidence['concurrency'] ?? 0;
      if (own === undefined || !(most > 0)) continue;
      const connections = Math.min(own.reserved > 0 ? own.reserved : own.account_limit, options.surge * busy);
      if (connections <= options.share * most) continue;
      report({
        targets: [onEdge(edge), onNode(edge.from), onNode(edge.to)], messageId: 'unpooled', severity: connections > options.all * most ? 'critical' : 'major',
        data: { function: edge.from.id, database: edge.to.id, connections, most, share: connections / most },
        fixes: fixesFor(edge, own, Math.floor(options.share * most), busy),
      });
    }
  },
  examples: {
    valid: [
      { title: 'a few at a time', design: sketch({ nodes: { users: 'client', api: 'lambda', db: 'rdbms' }, edges: ['users>api>db'] }) },
      { title: 'through a proxy', design: sketch({ nodes: { users: 'client', api: 'lambda', pool: 'pooler', db: ['rdbms', { max_connections: 20 }] }, edges: ['users>api>pool>db'] }) },
      { title: 'at most 30 of 100', design: sketch({ nodes: { users: 'client', api: ['lambda', { reserved: 30 }], db: ['rdbms', { max_connections: 100 }] }, edges: ['users>api>db'], workload: { peak_rps: 300 } }) },
    ],
    invalid: [
      { title: 'at most 31 of 100', design: sketch({ nodes: { users: 'client', api: ['lambda', { reserved: 31 }], db: ['rdbms', { max_connections: 100 }] }, edges: ['users>api', ['api>db', { queries: 2 }]], workload: { peak_rps: 300 } }), expect: ['unpooled'] },
      { title: 'more than the database has', design: sketch({ nodes: { users: 'client', api: 'lambda', db: ['rdbms', { max_connections: 100 }] }, edges: ['users>api>db'], workload: { peak_rps: 1000 } }), expect: ['unpooled'] },
    ],
    notApplicable: [
      { title: 'a service with a pool of its own', design: sketch({ nodes: { users: 'client', api: 'service', db: 'rdbms' }, edges: ['users>api>db'] }) },
      { title: 'a function and a key-value store', design: sketch({ nodes: { users: 'client', api: 'lambda', items: 'nosql' }, edges: ['users>api>items'] }) },
    ],
  },
});
