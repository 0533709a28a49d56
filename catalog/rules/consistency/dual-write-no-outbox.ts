import { workloadParams } from '../../../shared/contracts/document-params.ts';
import type { EdgeView, NodeView } from '../../../shared/contracts/graph-view.ts';
import { resolveParams } from '../../../shared/contracts/params.ts';
import { defineRule, type Facts } from '../../../shared/contracts/rule.ts';
import type { Params } from '../../../shared/model/design.ts';
import { sketch } from '../common/examples.ts';
import { fix, setEdgeParam } from '../common/fixes.ts';
import { askEdge, stateOf } from '../common/practice.ts';
import { liveEdges, onEdge, onNode } from '../common/targets.ts';

const SECONDS_PER_DAY = 86_400;
const STORES: ReadonlySet<string> = new Set(['relational', 'key-value', 'object-store', 'search', 'warehouse']);

/** Changes of the store reach the broker by themselves (change data capture). */
function captured(store: NodeView, broker: NodeView): boolean {
  return store.out.some((edge) => edge.kind === 'replicate' && edge.idleReason === null && edge.to === broker);
}

/** A task that is acknowledged after its work is done again until both writes have happened. */
function repeats(view: NodeView): boolean {
  return view.behavior.role === 'worker' && stateOf(view.params, 'acks_late') === 'yes';
}

/** A home of data that the caller writes in a journey in which it also publishes. */
function writtenWith(facts: Facts, publish: EdgeView): { readonly store: EdgeView; readonly journeys: readonly string[] } | null {
  const together = facts.evaluation.edges[publish.id]?.journeys ?? [];
  for (const edge of publish.from.out) {
    const found = facts.evaluation.edges[edge.id];
    if (edge.kind !== 'db' || edge.idleReason !== null || !STORES.has(edge.to.behavior.role) || !((found?.writes_rps ?? 0) > 0) || captured(edge.to, publish.to)) continue;
    const journeys = together.filter((id) => found?.journeys.includes(id));
    if (journeys.length > 0) return { store: edge, journeys };
  }
  return null;
}

/** A commit and a message that can happen one without the other. */
export const dualWriteNoOutbox = defineRule({
  id: 'dual-write-no-outbox',
  meta: {
    title: 'Data and message change together',
    failureTitle: 'Commit and publish are separate',
    axes: ['consistency', 'isolation'],
    penalises: ['consistency'],
    severity: ['critical', 'major'],
    kind: 'structural',
    rationale: 'A crash, or a broker that is down, between the commit and the publish leaves two systems that disagree for good: nothing will ever send the lost message.',
    tradeOff: 'An outbox needs a relay that someone runs, delays messages by its polling interval, and may send one twice.',
    whenNotToApply: 'A lost message costs nothing, or something compares both sides regularly and repairs the difference.',
    sources: ['microservices-io', 'ddia'],
    concepts: ['transactional outbox', 'change data capture', 'dual write'],
  },
  options: {},
  requires: ['nodes', 'edges'],
  messages: {
    lost: '{caller:name} writes to {store:name} and then publishes to {broker:name}: while the broker is down the write stays and its message is lost, {lost_per_day:count} a day. Store the message in the same transaction and let a relay send it.',
    money: '{caller:name} changes money in {store:name} and then publishes to {broker:name}: while the broker is down the change stays and its message is lost, {lost_per_day:count} a day. Store the message in the same transaction and let a relay send it.',
  },
  check: ({ doc, facts, report, notApplicable }) => {
    const publishes = liveEdges(facts).filter(({ kind }) => kind === 'publish');
    if (publishes.length === 0) return notApplicable();
    for (const edge of publishes) {
      const state = stateOf(edge.params, 'outbox');
      const both = state === 'yes' || repeats(edge.from) ? null : writtenWith(facts, edge);
      const messages = facts.evaluation.edges[edge.id]?.rps ?? 0;
      if (both === null || !(messages > 0)) continue;
      const { peak_to_avg } = resolveParams(workloadParams, doc.workload as Params).values;
      const down = 1 - (facts.evaluation.nodes[edge.to.id]?.availability.value ?? 1);
      const money = Object.values(doc.entities).some((entity) => entity.home === both.store.to.id && entity.money === true);
      report({
        targets: [onEdge(edge), onNode(edge.from)], journeys: both.journeys, messageId: money ? 'money' : 'lost', severity: money ? 'critical' : 'major',
        data: { caller: edge.from.id, store: both.store.to.id, broker: edge.to.id, lost_per_day: (messages / peak_to_avg) * SECONDS_PER_DAY * down },
        fixes: [fix('outbox', `Send messages of ${edge.from.node.name} to ${edge.to.node.name} through an outbox`, setEdgeParam(edge.id, 'outbox', true))],
        ...(state === 'unset' ? { question: askEdge(edge, 'outbox') } : {}),
      });
    }
  },
  examples: {
    valid: [
      { title: 'an outbox', design: sketch({ nodes: { users: 'client', api: 'service', db: 'rdbms', events: 'rabbitmq', worker: 'celery-worker' }, edges: ['users>api>db', ['api>events', { outbox: true }], 'events>worker'] }) },
      { title: 'changes are captured from the database', design: sketch({ nodes: { users: 'client', api: 'service', db: 'rdbms', events: 'kafka', worker: 'faust-worker' }, edges: ['users>api>db', ['api>events', { outbox: false }], ['db>events', {}, 'replicate'], 'events>worker'] }) },
      { title: 'only read before', design: sketch({ nodes: { users: 'client', api: 'service', db: 'rdbms', events: 'rabbitmq', worker: 'celery-worker' }, edges: ['users>api', ['api>db', { op: 'read' }], ['api>events', { outbox: false }], 'events>worker'] }) },
      { title: 'a task that is repeated until both are written', design: sketch({ nodes: { users: 'client', tasks: 'sqs', worker: ['celery-worker', { acks_late: true }], db: 'rdbms', events: 'sns', other: 'celery-worker' }, edges: ['users>tasks>worker>db', ['worker>events', { outbox: false }], 'events>other'] }) },
    ],
    invalid: [
      { title: 'an order and its event', design: sketch({ nodes: { users: 'client', api: 'service', db: 'rdbms', events: 'rabbitmq', worker: 'celery-worker' }, edges: ['users>api>db', ['api>events', { outbox: false }], 'events>worker'] }), expect: ['lost'] },
      { title: 'a payment and its event', design: sketch({ nodes: { users: 'client', api: 'service', db: 'rdbms', events: 'rabbitmq', worker: 'celery-worker' }, edges: ['users>api>db', ['api>events', { outbox: false }], 'events>worker'], entities: { payment: { home: 'db', money: true } } }), expect: ['money'] },
      { title: 'it is not said', design: sketch({ nodes: { users: 'client', api: 'service', db: 'rdbms', events: 'sns', worker: 'lambda' }, edges: ['users>api>db', 'api>events>worker'] }), expect: ['lost'] },
    ],
    notApplicable: [
      { title: 'nothing is published', design: sketch({ nodes: { users: 'client', api: 'service', db: 'rdbms' }, edges: ['users>api>db'] }) },
    ],
  },
});
