import type { EdgeView, NodeView } from '../../../shared/contracts/graph-view.ts';
import { defineRule, type Facts } from '../../../shared/contracts/rule.ts';
import { sortFew } from '../../../shared/contracts/sort-few.ts';
import { sketch, threeBox } from '../common/examples.ts';
import { fix, setNodeParam } from '../common/fixes.ts';
import { inTitle, roundUp } from '../common/sizing.ts';
import { liveEdgesInto, liveNodesHolding, onEdge, onNode } from '../common/targets.ts';

/** A kind of task with the connection that brings most of it, and the work on one. */
interface Kind { readonly name: string; readonly edge: EdgeView; readonly task_s: number; readonly rate: number }

function singleQueue({ behavior }: NodeView): boolean {
  return behavior.operations.technology === 'rabbitmq' && behavior.resources.some((resource) => resource.kind === 'message-broker' && resource.partitions === 1);
}

/** The kinds of task in one queue, the shortest first. A kind that several producers send takes as long as its longest. */
function kindsOf(facts: Facts, broker: NodeView): Kind[] {
  const kinds = new Map<string, Kind>();
  for (const edge of liveEdgesInto(facts, broker)) {
    const name = edge.params.values.task_class;
    const found = facts.evaluation.edges[edge.id];
    const task_s = found?.evidence['task_s'];
    if (edge.kind !== 'publish' || name === '' || found === undefined || task_s === undefined || !(task_s > 0)) continue;
    const known = kinds.get(name);
    if (known === undefined || task_s > known.task_s) kinds.set(name, { name, edge, task_s, rate: found.rps });
  }
  return sortFew([...kinds.values()], (a, b) => a.task_s - b.task_s);
}

/** One queue for all messages, or for tasks that do not belong together. */
export const singleQueueBottleneck = defineRule({
  id: 'single-queue-bottleneck',
  meta: {
    title: 'Work is spread over queues',
    failureTitle: 'One queue for everything',
    axes: ['scalability', 'isolation'],
    penalises: ['isolation'],
    severity: ['major'],
    kind: 'structural',
    rationale: 'A queue runs on one core, however many nodes the cluster has. And all that is in one queue waits for the same workers: a few long tasks take them all, and what takes a moment waits for minutes.',
    tradeOff: 'Each further queue is one more thing to watch, and order is kept within a queue only.',
    whenNotToApply: 'Everything in it is alike and far below what a core does, or all of it must stay in one order.',
    sources: ['rabbitmq-queues', 'celery-routing'],
    explains: ['station-overload'],
    concepts: ['message queue', 'head-of-line blocking', 'routing'],
  },
  options: {
    // half of what one core does: the other half is for peaks and for what is delivered again
    busy: 0.5,
    // a task ten times as long holds a worker for the time of ten others
    ratio: 10,
    // of one queue after the fix
    target: 0.4,
  },
  requires: ['nodes', 'edges'],
  messages: {
    core: 'One queue of {broker:name} carries {rate:rate}, {busy:utilisation} of what one core does: more nodes do not help. Spread the messages over {wanted:count} queues by a hash of their key.',
    mixed: 'Tasks of {short_s:s} and of {long_s:s} wait in the same queue of {broker:name}: {long_rps:rate} of the long ones take the workers from the short ones. Give each kind a queue and workers of its own.',
  },
  check: ({ facts, options, report, notApplicable }) => {
    const brokers = liveNodesHolding(facts, 'message-broker').filter(({ behavior }) => behavior.operations.technology === 'rabbitmq');
    if (brokers.length === 0) return notApplicable();
    for (const view of brokers.filter(singleQueue)) {
      const found = facts.evaluation.nodes[view.id];
      const busy = found?.resources.find(({ resource }) => resource === 'partitions')?.utilisation ?? 0;
      const { id, node: { name } } = view;
      if (busy > options.busy) {
        const wanted = roundUp(busy / options.target);
        report({
          targets: [onNode(view)], messageId: 'core', severity: 'major', data: { broker: id, rate: found?.arrival_rps ?? 0, busy, wanted, resource: 'partitions' },
          fixes: [fix('queues', `Use ${inTitle(wanted)} queues in ${name}`, setNodeParam(id, 'queues', wanted))],
        });
        continue;
      }
      const kinds = kindsOf(facts, view);
      const [short] = kinds;
      const long = kinds.at(-1);
      if (short === undefined || long === undefined || !(long.task_s > options.ratio * short.task_s)) continue;
      report({
        targets: [onNode(view), onEdge(short.edge), onEdge(long.edge)], messageId: 'mixed', severity: 'major',
        data: { broker: id, short_s: short.task_s, long_s: long.task_s, long_rps: long.rate, resource: 'partitions' },
        fixes: [fix('queues', `Use ${inTitle(kinds.length)} queues in ${name}, one for each kind of task`, setNodeParam(id, 'queues', kinds.length))],
      });
    }
  },
  examples: {
    valid: [
      { title: 'few messages', design: sketch({ nodes: { users: 'client', api: 'service', tasks: 'rabbitmq', worker: 'celery-worker' }, edges: ['users>api>tasks>worker'] }) },
      { title: 'half of what a core does', design: sketch({ nodes: { users: 'client', api: 'service', tasks: ['rabbitmq', { queue_msg_s: 20 }], worker: 'celery-worker' }, edges: ['users>api>tasks>worker'] }) },
      { title: 'two kinds of like length', design: mixed({ short_s: 1, long_s: 9 }) },
      { title: 'two kinds in queues of their own', design: mixed({ short_s: 1, long_s: 60, queues: 2 }) },
    ],
    invalid: [
      { title: 'a little more than half of a core', design: sketch({ nodes: { users: 'client', api: 'service', tasks: ['rabbitmq', { queue_msg_s: 19 }], worker: 'celery-worker' }, edges: ['users>api>tasks>worker'] }), expect: ['core'] },
      { title: 'mails behind renditions', design: mixed({ short_s: 1, long_s: 12 }), expect: ['mixed'] },
    ],
    notApplicable: [
      { title: 'no messages', design: threeBox() },
      { title: 'a queue that has no cores', design: sketch({ nodes: { users: 'client', api: 'service', tasks: 'sqs', worker: 'celery-worker' }, edges: ['users>api>tasks>worker'] }) },
    ],
  },
});

/** Two services that publish a kind of task each into one broker. */
function mixed({ short_s, long_s, queues = 1 }: { readonly short_s: number; readonly long_s: number; readonly queues?: number }): ReturnType<typeof sketch> {
  return sketch({
    nodes: { users: 'client', mails: 'service', clips: 'service', tasks: ['rabbitmq', { queues }], worker: ['celery-worker', { instances: 40 }] },
    edges: ['users>mails', 'users>clips', ['mails>tasks', { task_class: 'mail' }], ['clips>tasks', { task_class: 'clip' }], 'tasks>worker'],
    journeys: {
      mail: { rate_rps: 10, entry: 'users>mails', op: 'write', demands: { worker: { cpu_ms: 0, io_ms: short_s * 1000 } } },
      clip: { rate_rps: 1, entry: 'users>clips', op: 'write', demands: { worker: { cpu_ms: 0, io_ms: long_s * 1000 } } },
    },
  });
}
