import type { MessageBrokerResource } from '../../../shared/contracts/behavior.ts';
import type { EdgeView, NodeView } from '../../../shared/contracts/graph-view.ts';
import { defineRule, type Facts, type RuleFix, type RuleReport } from '../../../shared/contracts/rule.ts';
import { likely } from '../../../shared/model/quantity.ts';
import { sketch } from '../common/examples.ts';
import { fix, scaleUnits, setNodeParam } from '../common/fixes.ts';
import { liveEdgesOfKind, onEdge, onNode } from '../common/targets.ts';

interface Ordered { readonly edge: EdgeView; readonly broker: MessageBrokerResource; readonly fifo: boolean }
interface Limits { readonly aloneRps: number; readonly room: number }

function orderedOf(edge: EdgeView): Ordered | null {
  const broker = edge.from.behavior.resources.find((resource) => resource.kind === 'message-broker');
  if (broker?.kind !== 'message-broker') return null;
  const fifo = edge.from.params.values['variant'] === 'fifo' && broker.model === 'queue';
  return broker.model === 'log' || fifo || edge.params.values.single_active_consumer ? { edge, broker, fifo } : null;
}

/** Consumers that someone drew: a pool that takes as many messages as it has partitions counts its machines. */
function drawnConsumers(facts: Facts, view: NodeView): number {
  const found = facts.evaluation.nodes[view.id];
  const pool = view.behavior.resources.find((resource) => resource.kind === 'consumer-pool');
  if (pool?.kind === 'consumer-pool' && pool.partition_bound && !view.params.stated('concurrency')) return found?.units_scaled ?? 0;
  return found?.evidence['consumers_drawn'] ?? 0;
}

function morePartitions(broker: NodeView, wanted: number): RuleFix[] {
  return Object.hasOwn(broker.params.values, 'partitions') ? [fix('partitions', `Use ${wanted} partitions in ${broker.node.name}`, setNodeParam(broker.id, 'partitions', wanted))] : [];
}

/** Consumers cut to what works; only where whole machines are too many and nothing scales them. */
function fewerConsumers(facts: Facts, view: NodeView, consumers: number, partitions: number): RuleFix[] {
  const units = facts.evaluation.nodes[view.id]?.units_scaled ?? 1;
  const wanted = Math.floor((units * partitions) / consumers);
  if (wanted < 1 || view.behavior.autoscale !== null || !Object.hasOwn(view.params.values, 'instances')) return [];
  return [fix('fewer', `Run ${wanted} ${wanted === 1 ? 'instance' : 'instances'} of ${view.node.name}`, scaleUnits(view.id, wanted))];
}

/** Message groups of a FIFO queue: the keys of the entity that the messages are keyed by; null when none is named. */
function groupsOf(facts: Facts, queue: NodeView): number | null {
  const entities = facts.graph.design.entities;
  const keys = queue.in.flatMap((edge) => (edge.kind === 'publish' && Object.hasOwn(entities, edge.params.values.key) ? [entities[edge.params.values.key]?.keys] : []));
  const stated = keys.find((count) => count !== undefined);
  return stated === undefined ? null : likely(stated);
}

function ofLog(facts: Facts, { edge, broker }: Ordered, limits: Limits): RuleReport | null {
  const found = facts.evaluation.nodes[edge.to.id];
  const bound = found?.evidence['partition_consumers'];
  if (found === undefined || bound === undefined) return null;
  const consumers = drawnConsumers(facts, edge.to);
  const busy = found.resources.find(({ resource }) => resource === 'partitions')?.utilisation ?? 0;
  const alone = edge.params.values.single_active_consumer;
  const data = { consumer: edge.to.id, broker: edge.from.id, partitions: bound, consumers, idle: consumers - bound, rate_rps: found.arrival_rps, busy, resource: 'partitions' };
  const common = { targets: [onNode(edge.to), onNode(edge.from), onEdge(edge)], data };
  const wanted = Math.max(bound * 2, Math.ceil(bound * busy * limits.room), Math.ceil(consumers));
  if (busy >= 1) return { ...common, messageId: alone ? 'oneActive' : 'behind', severity: 'critical', fixes: alone ? [] : morePartitions(edge.from, wanted) };
  if (alone || broker.model !== 'log') return null;
  if (bound === 1 && found.arrival_rps > limits.aloneRps) return { ...common, messageId: 'onePartition', severity: 'major', fixes: morePartitions(edge.from, Math.max(3, wanted)) };
  if (consumers <= bound) return null;
  return { ...common, messageId: 'idle', severity: 'major', fixes: [...morePartitions(edge.from, Math.ceil(consumers)), ...fewerConsumers(facts, edge.to, consumers, bound)] };
}

function ofFifo(facts: Facts, { edge }: Ordered): RuleReport | null {
  const queue = facts.evaluation.nodes[edge.from.id];
  const busy = queue?.resources.find(({ resource }) => resource === 'throughput');
  const consumers = drawnConsumers(facts, edge.to);
  const groups = groupsOf(facts, edge.from);
  const common = { targets: [onNode(edge.from), onEdge(edge)], data: { broker: edge.from.id, consumer: edge.to.id, consumers, groups: groups ?? 0, rate_rps: queue?.arrival_rps ?? 0, most_rps: busy?.capacity_rps ?? 0, resource: 'throughput' } };
  if (queue !== undefined && busy !== undefined && busy.utilisation > 1) {
    const fits = edge.from.params.values['batched'] === false && busy.utilisation <= 10;
    return { ...common, messageId: 'fifoRate', severity: 'critical', fixes: fits ? [fix('batched', `Send to ${edge.from.node.name} in batches of ten`, setNodeParam(edge.from.id, 'batched', true))] : [] };
  }
  return groups !== null && groups < consumers ? { ...common, targets: [onNode(edge.to), onNode(edge.from), onEdge(edge)], messageId: 'groups', severity: 'major', fixes: fewerConsumers(facts, edge.to, consumers, groups) } : null;
}

/** Consumers that have to take turns because order is kept for each partition or group. */
export const consumersExceedPartitions = defineRule({
  id: 'consumers-exceed-partitions',
  meta: {
    title: 'Partitions allow the consumers to work',
    failureTitle: 'Fewer partitions than consumers need',
    axes: ['scalability', 'latency'],
    penalises: [],
    severity: ['critical', 'major'],
    kind: 'metric',
    rationale: 'Within one group of consumers a partition belongs to one consumer at a time. Further consumers wait idle, and no number of them helps when the partitions are too few for the load.',
    tradeOff: 'More partitions change which key goes where, mean more files and a longer failover; without order for a key there is nothing to keep together.',
    whenNotToApply: 'The idle consumers are meant as spares, or one consumer at a time is required.',
    sources: ['kafka-partitions', 'kafka-documentation', 'aws-sqs-quotas'],
    explains: ['consumer-deficit', 'station-overload'],
    concepts: ['partition', 'consumer group', 'message group'],
  },
  options: {
    // one partition is one consumer: above this rate every failure and deploy leaves a backlog
    aloneRps: 100,
    // partitions after the fix over those that the load needs
    room: 2,
  },
  requires: ['nodes', 'edges'],
  messages: {
    behind: '{consumer:name} cannot keep up: {broker:name} has {partitions:count} partitions and each allows one consumer, {busy:utilisation} busy at {rate_rps:rate}. Use more partitions, at least twice what the load needs.',
    oneActive: '{consumer:name} cannot keep up: only one consumer of {broker:name} works at a time, {busy:utilisation} busy at {rate_rps:rate}. Split the queue by key.',
    onePartition: '{broker:name} has one partition for {rate_rps:rate}: one consumer does all the work and none can help it. Use several partitions, keyed by what must stay in order.',
    idle: '{consumer:name} has {consumers:count} consumers for the {partitions:count} partitions of {broker:name}: each allows one, and {idle:count} more can only wait. Use more partitions, or fewer consumers.',
    groups: '{broker:name} has {groups:count} message groups for the {consumers:count} consumers of {consumer:name}: one group allows one consumer. Use a key with more values, or fewer consumers.',
    fifoRate: '{broker:name} takes {most_rps:rate} and is sent {rate_rps:rate}: a FIFO queue refuses the rest. Send in batches of ten, or split it by key into several queues.',
  },
  check: ({ facts, options, report, notApplicable }) => {
    const ordered = [...liveEdgesOfKind(facts, 'consume'), ...liveEdgesOfKind(facts, 'trigger')].map(orderedOf).filter((found) => found !== null);
    if (ordered.length === 0) return notApplicable();
    for (const one of ordered) {
      const found = (one.fifo ? ofFifo(facts, one) : null) ?? ofLog(facts, one, options);
      if (found !== null) report(found);
    }
  },
  examples: {
    valid: [
      { title: 'twelve partitions, twelve consumers', design: sketch({ nodes: { users: 'client', api: 'service', log: ['kafka', { partitions: 12 }], worker: ['faust-worker', { instances: 12 }] }, edges: ['users>api>log>worker'] }) },
      { title: 'a FIFO queue with a group for each order', design: sketch({ nodes: { users: 'client', api: 'service', queue: ['sqs', { variant: 'fifo' }], worker: ['celery-worker', { task_cpu_s: 0.1 }] }, edges: ['users>api', ['api>queue', { key: 'order' }], 'queue>worker'], entities: { order: { home: 'queue', keys: 1000 } } }) },
      { title: 'others stand by for the one that works', design: sketch({ nodes: { users: 'client', api: 'service', queue: 'rabbitmq', worker: ['celery-worker', { task_cpu_s: 0.01, task_io_s: 0 }] }, edges: ['users>api>queue', ['queue>worker', { single_active_consumer: true }]] }) },
    ],
    invalid: [
      { title: 'twelve partitions, thirteen consumers', design: sketch({ nodes: { users: 'client', api: 'service', log: ['kafka', { partitions: 12 }], worker: ['faust-worker', { instances: 13 }] }, edges: ['users>api>log>worker'] }), expect: ['idle'] },
      { title: 'three partitions for slow work', design: sketch({ nodes: { users: 'client', api: 'service', log: ['kafka', { partitions: 3 }], worker: ['faust-worker', { instances: 3, cpu_ms: 5, io_ms: 900 }] }, edges: ['users>api>log>worker'] }), expect: ['behind'] },
      { title: 'one partition for everything', design: sketch({ nodes: { users: 'client', api: ['service', { instances: 6 }], log: ['kafka', { partitions: 1 }], worker: ['faust-worker', { instances: 1, cpu_ms: 1 }] }, edges: ['users>api>log>worker'], workload: { peak_rps: 1100 } }), expect: ['onePartition'] },
      { title: 'one active consumer for slow work', design: sketch({ nodes: { users: 'client', api: 'service', queue: 'rabbitmq', worker: ['celery-worker', { instances: 4, task_cpu_s: 0.2 }] }, edges: ['users>api>queue', ['queue>worker', { single_active_consumer: true }]] }), expect: ['oneActive'] },
      { title: 'fewer groups than consumers', design: sketch({ nodes: { users: 'client', api: 'service', queue: ['sqs', { variant: 'fifo' }], worker: ['celery-worker', { instances: 4, task_cpu_s: 0.1 }] }, edges: ['users>api', ['api>queue', { key: 'shop' }], 'queue>worker'], entities: { shop: { home: 'queue', keys: 7 } } }), expect: ['groups'] },
      { title: 'more than a FIFO queue takes', design: sketch({ nodes: { users: 'client', api: ['service', { instances: 16 }], queue: ['sqs', { variant: 'fifo' }], worker: ['celery-worker', { instances: 40, task_cpu_s: 0.05 }] }, edges: ['users>api>queue>worker'], workload: { peak_rps: 3050 } }), expect: ['fifoRate'] },
    ],
    notApplicable: [
      { title: 'an ordinary queue', design: sketch({ nodes: { users: 'client', api: 'service', queue: 'rabbitmq', worker: 'celery-worker' }, edges: ['users>api>queue>worker'] }) },
    ],
  },
});
