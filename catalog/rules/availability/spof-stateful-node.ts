import type { NodeView } from '../../../shared/contracts/graph-view.ts';
import { defineRule, type Facts, type RuleFix } from '../../../shared/contracts/rule.ts';
import { threeBox, sketch } from '../common/examples.ts';
import { fix, setNodeParams } from '../common/fixes.ts';
import { askNode, stateOf } from '../common/practice.ts';
import { journeysNeeding, liveNodes, onNode, shareOfTraffic } from '../common/targets.ts';

interface Limits { readonly copies: number; readonly inSync: number }

/** A cache that holds nothing but copies: its loss costs speed, not data. */
function disposable({ behavior }: NodeView): boolean {
  return behavior.resources.some((resource) => resource.kind === 'cache' && resource.roles.every((role) => role === 'cache'));
}

function drawnReplica(view: NodeView, promotable: (values: { readonly promotable: boolean }) => boolean): boolean {
  for (const { kind, idleReason, to, params } of view.out) if (kind === 'replicate' && idleReason === null && to.node.type === view.node.type && promotable(params.values)) return true;
  return false;
}

/** A log that loses acknowledged messages, or stops, with one broker. */
function thinLog({ params, behavior }: NodeView, copies: number, inSync: number): boolean {
  const values = params.values as { readonly rf?: number; readonly min_isr?: number; readonly brokers?: number };
  const log = behavior.resources.some((resource) => resource.kind === 'message-broker' && resource.model === 'log');
  return log && values.rf !== undefined && (Math.min(values.rf, values.brokers ?? values.rf) < copies || (values.min_isr ?? inSync) < inSync);
}

/** The change that gives this kind of store a second copy; none where the component has no such setting. */
function fixesFor(view: NodeView, copies: number, inSync: number): RuleFix[] {
  const { id, node: { name }, behavior: { role, resources } } = view;
  if (role === 'relational') {
    return [
      fix('multi-az', `Make ${name} Multi-AZ`, setNodeParams(id, { ha: 'multi_az' })),
      fix('replica', `Add a replica to ${name}`, setNodeParams(id, { replicas: 1, promotable: true })),
    ];
  }
  if (role === 'search') return [fix('copy', `Keep a second copy of the index in ${name}`, setNodeParams(id, { instances: 2, index_copies: 1 }))];
  if (resources.some(({ kind }) => kind === 'cache')) return [fix('replica', `Add a replica to ${name}`, setNodeParams(id, { replicas_per_shard: 1 }))];
  const broker = resources.find((resource) => resource.kind === 'message-broker');
  if (broker?.kind !== 'message-broker') return [];
  if (broker.model === 'log') return [fix('three-copies', `Keep three copies in ${name}`, setNodeParams(id, { brokers: Math.max(copies, broker.nodes), rf: copies, min_isr: inSync, acks: 'all' }))];
  return [fix('quorum', `Use quorum queues on three nodes in ${name}`, setNodeParams(id, { nodes: Math.max(copies, broker.nodes), queue: 'quorum' }))];
}

function candidates(facts: Facts): NodeView[] {
  return liveNodes(facts).filter((view) => view.behavior.stateful && view.known && !disposable(view));
}

/** What is wrong with a store; null when nothing is. */
function faultOf(view: NodeView, { copies, inSync }: Limits): { readonly messageId: 'thin' | 'unpromoted' | 'alone'; readonly asks: boolean } | null {
  const { failure, role } = view.behavior;
  if (failure.regional || failure.units >= 2) return thinLog(view, copies, inSync) ? { messageId: 'thin', asks: false } : null;
  if (drawnReplica(view, ({ promotable }) => promotable)) return null;
  const replicas = role === 'relational' ? (view.params.values['replicas'] as number) : 0;
  if (replicas === 0) return { messageId: drawnReplica(view, () => true) ? 'unpromoted' : 'alone', asks: false };
  const promotable = stateOf(view.params, 'promotable');
  return promotable === 'yes' ? null : { messageId: 'unpromoted', asks: promotable === 'unset' };
}

/** A store or broker that a journey needs and that has one copy. */
export const spofStatefulNode = defineRule({
  id: 'spof-stateful-node',
  meta: {
    title: 'Stores and brokers have a second copy',
    failureTitle: 'Store without a second copy',
    axes: ['availability', 'isolation', 'consistency'],
    penalises: ['consistency'],
    severity: ['critical'],
    kind: 'structural',
    rationale: 'A database in one zone promises 99.5 %, 43.8 hours a year; with a standby in a second zone 99.95 %. When the only disk is lost, so is everything since the last backup.',
    tradeOff: 'The copy is paid for like the original, a commit takes about a millisecond more, and a failover is still an interruption of 35 to 120 s.',
    whenNotToApply: 'What it holds can be built again from elsewhere in minutes, or nobody minds an outage of hours.',
    sources: ['aws-rds-sla', 'aws-rds-failover', 'aws-elasticache-sla', 'rabbitmq-quorum-queues'],
    explains: ['spof-single-instance', 'spof-single-az', 'zone-loss-overload'],
    concepts: ['replication', 'failover', 'quorum'],
  },
  options: {
    // a majority of three survives the loss of one
    copies: 3,
    // with two in-sync copies an acknowledged message outlives one broker
    inSync: 2,
  },
  requires: ['nodes', 'journeys'],
  messages: {
    alone: 'If {node:name} fails, {share:percent} of the traffic fails with it: it is the only copy and promises {availability:availability}. Give it a second copy in another zone.',
    unpromoted: 'If {node:name} fails, {share:percent} of the traffic fails with it: its replica cannot become the primary. Make the replica promotable, or add a standby.',
    thin: '{node:name} keeps too few copies: losing one broker loses messages or stops writes for {share:percent} of the traffic. Keep {copies:count} copies and wait for {inSync:count}.',
  },
  check: ({ facts, options, report, notApplicable }) => {
    const stores = candidates(facts);
    if (stores.length === 0) return notApplicable();
    for (const view of stores) {
      const journeys = journeysNeeding(facts, view.id);
      const fault = journeys.length === 0 ? null : faultOf(view, options);
      if (fault === null) continue;
      const { messageId, asks } = fault;
      const copies = messageId === 'thin' ? { copies: options.copies, inSync: options.inSync } : null;
      report({
        targets: [onNode(view)], messageId, severity: 'critical', journeys, fixes: () => fixesFor(view, options.copies, options.inSync),
        data: () => ({ node: view.id, share: shareOfTraffic(facts, journeys), availability: view.behavior.failure.unit_availability, ...copies }),
        question: asks ? askNode(facts, view, 'promotable') : undefined,
      });
    }
  },
  examples: {
    valid: [
      { title: 'a standby in a second zone', design: threeBox({ db: { ha: 'multi_az' } }) },
      { title: 'a replica that can take over', design: threeBox({ db: { replicas: 1, promotable: true } }) },
      { title: 'a replica drawn as a box', design: sketch({ nodes: { users: 'client', api: 'service', db: 'rdbms', copy: 'rdbms' }, edges: ['users>api>db', ['db>copy', {}, 'replicate']] }) },
    ],
    invalid: [
      { title: 'one database', design: threeBox(), expect: ['alone'] },
      { title: 'a replica that only reads', design: threeBox({ db: { replicas: 1, promotable: false } }), expect: ['unpromoted'] },
      { title: 'sessions in one Redis', design: sketch({ nodes: { users: 'client', api: 'service', sessions: ['redis', { roles: ['session'], replicas_per_shard: 0 }] }, edges: ['users>api>sessions'] }), expect: ['alone'] },
      { title: 'a classic queue', design: sketch({ nodes: { users: 'client', api: 'service', tasks: ['rabbitmq', { queue: 'classic' }], worker: 'celery-worker' }, edges: ['users>api>tasks>worker'] }), expect: ['alone'] },
      { title: 'a log that answers before a second broker has the message', design: sketch({ nodes: { users: 'client', api: 'service', log: ['kafka', { min_isr: 1 }], worker: 'faust-worker' }, edges: ['users>api>log>worker'] }), expect: ['thin'] },
      { title: 'an index without a copy', design: sketch({ nodes: { users: 'client', api: 'service', find: ['search', { instances: 1 }] }, edges: ['users>api>find'] }), expect: ['alone'] },
      { title: 'whether the replica can take over is not said', design: threeBox({ db: { replicas: 1 } }), expect: ['unpromoted'] },
    ],
    notApplicable: [
      { title: 'nothing is stored', design: sketch({ nodes: { users: 'client', api: 'service' }, edges: ['users>api'] }) },
      { title: 'only a cache', design: sketch({ nodes: { users: 'client', api: 'service', cache: ['redis', { replicas_per_shard: 0 }] }, edges: ['users>api>cache'] }) },
    ],
  },
});
