import type { EdgeView, NodeView } from '../../../shared/contracts/graph-view.ts';
import { defineRule } from '../../../shared/contracts/rule.ts';
import { sketch, threeBox } from '../common/examples.ts';
import { fix, setEdgeParam } from '../common/fixes.ts';
import { askEdge, stateOf } from '../common/practice.ts';
import { liveEdgesOfKind, onEdge, onNode } from '../common/targets.ts';

const CODE: ReadonlySet<string> = new Set(['compute', 'worker', 'function', 'external']);

/** A message that fails comes back: it is not forgotten as soon as it is sent. */
function comesBack({ to, params }: EdgeView): boolean {
  return CODE.has(to.behavior.role) && !params.values.auto_ack;
}

/** A dead-letter queue is drawn behind the broker or the worker. */
function drawnBeside(view: NodeView): boolean {
  return view.out.some(({ to }) => to.behavior.role === 'dead-letter');
}

/** Messages that fail for ever and have nowhere to go. */
export const missingDlq = defineRule({
  id: 'missing-dlq',
  meta: {
    title: 'Failing messages are set aside',
    failureTitle: 'No dead-letter queue',
    axes: ['isolation', 'availability'],
    penalises: ['isolation'],
    severity: ['major'],
    kind: 'structural',
    rationale: 'A message that no consumer can handle is delivered again and again: it holds a worker, blocks those behind it where order is kept, and vanishes unseen when its time in the queue is over.',
    tradeOff: 'Someone must look at what is set aside, mend the cause and send it again.',
    whenNotToApply: 'A failed message is worthless at once and is dropped on purpose, as with metrics or presence.',
    sources: ['rabbitmq-alarms', 'rabbitmq-quorum-queues', 'aws-lambda-sqs'],
    concepts: ['dead-letter queue', 'poison message'],
  },
  options: {},
  requires: ['nodes', 'edges'],
  messages: {
    poison: 'A message that {consumer:name} cannot handle comes back from {broker:name} for ever and holds a worker each time. Set it aside in a dead-letter queue after a few deliveries.',
  },
  check: ({ facts, report, notApplicable }) => {
    const edges = [...liveEdgesOfKind(facts, 'consume'), ...liveEdgesOfKind(facts, 'trigger')].filter(comesBack);
    if (edges.length === 0) return notApplicable();
    for (const edge of edges) {
      const state = stateOf(edge.params, 'dlq');
      const limited = edge.params.stated('max_receive') || edge.from.params.stated('delivery_limit');
      if (state === 'yes' || (state === 'unset' && limited) || drawnBeside(edge.from) || drawnBeside(edge.to)) continue;
      report({
        targets: [onEdge(edge), onNode(edge.to)], messageId: 'poison', severity: 'major', data: { consumer: edge.to.id, broker: edge.from.id },
        fixes: () => [fix('dlq', `Set failing messages of ${edge.to.node.name} aside`, setEdgeParam(edge.id, 'dlq', true))],
        question: state === 'unset' ? askEdge('dlq') : undefined,
      });
    }
  },
  examples: {
    valid: [
      { title: 'failing messages are set aside', design: sketch({ nodes: { users: 'client', api: 'service', tasks: 'rabbitmq', worker: 'celery-worker' }, edges: ['users>api>tasks', ['tasks>worker', { dlq: true }]] }) },
      { title: 'a dead-letter queue is drawn', design: sketch({ nodes: { users: 'client', api: 'service', tasks: 'sqs', worker: 'celery-worker', failed: 'dlq' }, edges: ['users>api>tasks>worker', 'tasks>failed'] }) },
      { title: 'the broker limits deliveries', design: sketch({ nodes: { users: 'client', api: 'service', tasks: ['rabbitmq', { delivery_limit: 20 }], worker: 'celery-worker' }, edges: ['users>api>tasks>worker'] }) },
    ],
    invalid: [
      { title: 'there is none', design: sketch({ nodes: { users: 'client', api: 'service', tasks: 'rabbitmq', worker: 'celery-worker' }, edges: ['users>api>tasks', ['tasks>worker', { dlq: false }]] }), expect: ['poison'] },
      { title: 'it is not said', design: sketch({ nodes: { users: 'client', api: 'service', tasks: 'sqs', job: 'lambda' }, edges: ['users>api>tasks>job'] }), expect: ['poison'] },
    ],
    notApplicable: [
      { title: 'no messages', design: threeBox() },
      { title: 'the broker forgets what it has sent', design: sketch({ nodes: { users: 'client', api: 'service', tasks: 'rabbitmq', worker: 'celery-worker' }, edges: ['users>api>tasks', ['tasks>worker', { auto_ack: true }]] }) },
    ],
  },
});
