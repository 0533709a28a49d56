import type { EdgeView } from '../../../shared/contracts/graph-view.ts';
import { defineRule, type Facts } from '../../../shared/contracts/rule.ts';
import { sketch } from '../common/examples.ts';
import { fix, setEdgeParam } from '../common/fixes.ts';
import { askEdge, stateOf } from '../common/practice.ts';
import { liveEdgesOfKind, onEdge, onNode } from '../common/targets.ts';

/** Journeys in which both sides are written: those over the publish and over a write of the store by the same caller. */
function journeysWith({ evaluation: { edges } }: Facts, publish: EdgeView, store: string): readonly string[] {
  const written = new Set<string>();
  for (const { id, to } of publish.from.out) if (to.id === store && (edges[id]?.writes_rps ?? 0) > 0) for (const journey of edges[id]?.journeys ?? []) written.add(journey);
  return (edges[publish.id]?.journeys ?? []).filter((id) => written.has(id));
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
  requires: ['nodes', 'edges', 'hazards'],
  messages: {
    lost: '{caller:name} writes to {store:name} and then publishes to {broker:name}: while the broker is down the write stays and its message is lost, {lost_per_day:count} a day. Store the message in the same transaction and let a relay send it.',
    money: '{caller:name} changes money in {store:name} and then publishes to {broker:name}: while the broker is down the change stays and its message is lost, {lost_per_day:count} a day. Store the message in the same transaction and let a relay send it.',
  },
  check: ({ doc, facts, report, notApplicable }) => {
    const publishes = liveEdgesOfKind(facts, 'publish');
    if (publishes.length === 0) return notApplicable();
    const lost = new Map<string | undefined, Facts['evaluation']['hazards'][number]>();
    for (const hazard of facts.evaluation.hazards) if (hazard.kind === 'dual-write') lost.set(hazard.targets[0]?.id, hazard);
    for (const edge of publishes) {
      const hazard = lost.get(edge.id);
      const [, , store] = hazard?.targets ?? [];
      if (hazard === undefined || store === undefined) continue;
      const money = Object.values(doc.entities).some((entity) => entity.home === store.id && entity.money === true);
      report({
        targets: [onEdge(edge), onNode(edge.from)], journeys: journeysWith(facts, edge, store.id), messageId: money ? 'money' : 'lost', severity: money ? 'critical' : 'major',
        data: { caller: edge.from.id, store: store.id, broker: edge.to.id, lost_per_day: hazard.data['lost_per_day'] ?? 0 },
        fixes: () => [fix('outbox', `Send messages of ${edge.from.node.name} to ${edge.to.node.name} through an outbox`, setEdgeParam(edge.id, 'outbox', true))],
        question: stateOf(edge.params, 'outbox') === 'unset' ? askEdge('outbox') : undefined,
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
