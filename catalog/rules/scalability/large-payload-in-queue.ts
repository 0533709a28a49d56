import type { EdgeView } from '../../../shared/contracts/graph-view.ts';
import { defineRule } from '../../../shared/contracts/rule.ts';
import { sketch, threeBox } from '../common/examples.ts';
import { addEdge, addNode, allOf, fix, freeId, setEdgeParam, type Change } from '../common/fixes.ts';
import { liveEdgesOfKind, onEdge, onNode } from '../common/targets.ts';

/** Services that refuse a message above their own limit; brokers with a limit of someone's choice take more. */
const SMALL_LIMIT: ReadonlySet<string> = new Set(['sqs', 'sns', 'event bus']);

/** Store the payload, send its key: the producer writes it, everyone who reads the broker reads it. */
function claimCheck(edge: EdgeView, keyKb: number): Change {
  const size = edge.params.values.payload_kb;
  const known = edge.from.out.find(({ to }) => to.behavior.role === 'object-store')?.to.id ?? null;
  const consumers = [...new Set(edge.to.out.filter(({ kind, idleReason }) => idleReason === null && (kind === 'consume' || kind === 'trigger')).map(({ to }) => to))].filter(({ behavior }) => behavior.routing === 'fan-out');
  return (design) => {
    const id = known ?? freeId(design, `${edge.to.id}-payloads`);
    const links = consumers.filter(({ out }) => !out.some(({ to }) => to.id === id));
    const put = known === null ? [addNode({ id, type: 'object-store', name: `${edge.to.node.name} payloads` }, [{ from: edge.from.id, params: { op: 'write', request_kb: size } }])] : [];
    const get = links.map((consumer) => addEdge(consumer.id, id, { op: 'read', response_kb: size }));
    return allOf(...put, ...get, setEdgeParam(edge.id, 'payload_kb', keyKb))(design);
  };
}

/** Large data inside messages. */
export const largePayloadInQueue = defineRule({
  id: 'large-payload-in-queue',
  meta: {
    title: 'Messages are small',
    failureTitle: 'Large data inside messages',
    axes: ['scalability', 'latency', 'cost'],
    penalises: ['scalability'],
    severity: ['major'],
    kind: 'structural',
    rationale: 'A broker keeps every message in memory and sends it to each of its copies: a few large ones fill its network, and above the limit of the service a message is refused when the program runs, not when it is written.',
    tradeOff: 'The stored object must be deleted some day, and it is a second thing that can be missing.',
    whenNotToApply: 'Large messages are rare, the limit was raised on purpose, and the broker has memory and network to spare.',
    sources: ['integration-patterns', 'rabbitmq-performance', 'aws-sqs-quotas'],
    explains: ['station-overload'],
    concepts: ['claim check'],
  },
  options: {
    // historic limit of SQS and of the services that deliver through it
    small_kb: 256,
    // default limit of Kafka, and what RabbitMQ advises against exceeding
    large_kb: 1000,
    // half of the broker's network: the other half is for a broker that fails and for what is read again
    bandwidth: 0.5,
    // a key and what is needed to find the object
    key_kb: 1,
  },
  requires: ['nodes', 'edges'],
  messages: {
    tooLarge: 'Messages from {producer:name} to {broker:name} carry {payload_kb:kb}, more than the {limit_kb:kb} it takes well. Store the data in an object store and send its key.',
    bandwidth: 'Messages use {busy:utilisation} of the network of {broker:name}, at {payload_kb:kb} each from {producer:name}. Store the data in an object store and send its key.',
  },
  check: ({ facts, options, report, notApplicable }) => {
    const edges = liveEdgesOfKind(facts, 'publish');
    if (edges.length === 0) return notApplicable();
    for (const edge of edges) {
      const { payload_kb } = edge.params.values;
      const limit_kb = SMALL_LIMIT.has(edge.to.behavior.operations.technology) ? options.small_kb : options.large_kb;
      const busy = facts.evaluation.nodes[edge.to.id]?.resources.find(({ resource }) => resource === 'bandwidth')?.utilisation ?? 0;
      const largest = Math.max(...edge.to.in.filter(({ kind }) => kind === 'publish').map(({ params }) => params.values.payload_kb));
      const tooLarge = payload_kb > limit_kb;
      if (!tooLarge && (busy <= options.bandwidth || payload_kb < largest || payload_kb <= options.key_kb)) continue;
      report({
        targets: [onEdge(edge), onNode(edge.to)], messageId: tooLarge ? 'tooLarge' : 'bandwidth', severity: 'major',
        data: { producer: edge.from.id, broker: edge.to.id, payload_kb, limit_kb, busy, resource: 'bandwidth' },
        fixes: [fix('claim-check', `Send keys instead of data to ${edge.to.node.name}`, claimCheck(edge, options.key_kb))],
      });
    }
  },
  examples: {
    valid: [
      { title: 'as large as the queue takes', design: sketch({ nodes: { users: 'client', api: 'service', tasks: 'sqs', worker: 'celery-worker' }, edges: ['users>api', ['api>tasks', { payload_kb: 256 }], 'tasks>worker'] }) },
      { title: 'the same in a broker with a larger limit', design: sketch({ nodes: { users: 'client', api: 'service', tasks: 'rabbitmq', worker: 'celery-worker' }, edges: ['users>api', ['api>tasks', { payload_kb: 1000 }], 'tasks>worker'] }) },
    ],
    invalid: [
      { title: 'a little more than the queue takes', design: sketch({ nodes: { users: 'client', api: 'service', tasks: 'sqs', worker: 'celery-worker' }, edges: ['users>api', ['api>tasks', { payload_kb: 257 }], 'tasks>worker'] }), expect: ['tooLarge'] },
      { title: 'videos in messages', design: sketch({ nodes: { users: 'client', api: 'service', files: 'object-store', tasks: 'rabbitmq', worker: 'celery-worker' }, edges: ['users>api>files', ['api>tasks', { payload_kb: 20_000 }], 'tasks>worker'] }), expect: ['tooLarge'] },
      { title: 'many messages of a moderate size', design: sketch({ nodes: { users: 'client', api: ['service', { instances: 12 }], tasks: 'rabbitmq', worker: ['celery-worker', { instances: 100, task_cpu_s: 0.1 }] }, edges: ['users>api', ['api>tasks', { payload_kb: 500 }], 'tasks>worker'], workload: { peak_rps: 2000 } }), expect: ['bandwidth'] },
    ],
    notApplicable: [
      { title: 'no messages', design: threeBox() },
    ],
  },
});
