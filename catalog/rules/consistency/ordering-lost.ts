import type { EdgeView } from '../../../shared/contracts/graph-view.ts';
import { defineRule, type Facts, type RuleFix } from '../../../shared/contracts/rule.ts';
import type { Design } from '../../../shared/model/design.ts';
import { keptBy } from '../../../shared/lib/once-per.ts';
import { sketch } from '../common/examples.ts';
import { fix, setEdgeParam, setEdgeParams, setNodeParam } from '../common/fixes.ts';
import { liveEdgesOfKind, onEdge, onNode } from '../common/targets.ts';
import { isOfType } from '../common/views.ts';

/** Probability that two messages change places, by connection. */
const reordered = keptBy(
  ({ evaluation }: Facts) => new Map(evaluation.hazards.filter(({ kind }) => kind === 'reorder').map(({ targets, data }) => [targets[0]?.id, data['probability'] ?? 0] as const)),
  (facts) => facts.evaluation.hazards,
);

function published({ from }: EdgeView): EdgeView[] {
  return from.in.filter(({ kind, idleReason }) => kind === 'publish' && idleReason === null);
}

/** The entities of the messages, as the connections name them, that are in the drawing. */
function entitiesOf(design: Design, edge: EdgeView): string[] {
  const ids = new Set([edge.params.values.entity, ...published(edge).map(({ params }) => params.values.entity)]);
  return [...ids].filter((id) => Object.hasOwn(design.entities, id));
}

/** Somebody says that order matters: the consumer, or the entity. */
function asksForOrder(design: Design, edge: EdgeView): boolean {
  if (edge.params.values.ordering !== 'none') return true;
  const keys = published(edge).map(({ params }) => params.values.key).filter((id) => Object.hasOwn(design.entities, id));
  return [...entitiesOf(design, edge), ...keys].some((id) => (design.entities[id]?.ordering ?? 'none') !== 'none');
}

function asksForTotal(design: Design, edge: EdgeView): boolean {
  return edge.params.values.ordering === 'total' || entitiesOf(design, edge).some((id) => design.entities[id]?.ordering === 'total');
}

/** In a log the key of the message decides its partition, and a partition is read in order. */
function isLog({ from }: EdgeView): boolean {
  return from.behavior.resources.some((resource) => resource.kind === 'message-broker' && resource.model === 'log');
}

type Case = 'elsewhere' | 'partitions' | 'unkeyed' | 'queue';

function caseOf(design: Design, edge: EdgeView): Case {
  if (edge.params.values.retry_topic) return 'elsewhere';
  if (!isLog(edge)) return 'queue';
  return asksForTotal(design, edge) ? 'partitions' : 'unkeyed';
}

/** The key of the entity that asks; nothing mechanical where no entity is named. */
function keyed(design: Design, edge: EdgeView): RuleFix[] {
  const [entity, other] = entitiesOf(design, edge);
  if (entity === undefined || other !== undefined) return [];
  return [fix('key', `Let ${design.entities[entity]?.name ?? entity} choose the partition in ${edge.from.node.name}`, ...published(edge).map(({ id }) => setEdgeParam(id, 'key', entity)))];
}

function fixesFor(facts: Facts, design: Design, edge: EdgeView, which: Case): RuleFix[] {
  const { from, to } = edge;
  const one = { single_active_consumer: true };
  if (which === 'unkeyed') return keyed(design, edge);
  if (which === 'partitions') return [fix('one', `Let one consumer of ${to.node.name} work at a time`, setEdgeParams(edge.id, one))];
  if (which === 'elsewhere') {
    if (isLog(edge)) return [];
    return [fix('here', `Try failed messages of ${from.node.name} again in their place`, setEdgeParams(edge.id, { retry_topic: false, ...(isOfType(facts, from, 'rabbitmq') ? one : {}) }), ...(isOfType(facts, from, 'sqs') ? [setNodeParam(from.id, 'variant', 'fifo')] : []))];
  }
  if (isOfType(facts, from, 'sqs')) return [fix('fifo', `Make ${from.node.name} a FIFO queue`, setNodeParam(from.id, 'variant', 'fifo'))];
  return isOfType(facts, from, 'rabbitmq') ? [fix('one', `Let one consumer of ${to.node.name} work at a time`, setEdgeParams(edge.id, one))] : [];
}

/** Messages that must be handled in order, and are not. */
export const orderingLost = defineRule({
  id: 'ordering-lost',
  meta: {
    title: 'What needs an order keeps it',
    failureTitle: 'Order required but not keyed',
    axes: ['consistency'],
    penalises: ['consistency'],
    severity: ['major'],
    kind: 'structural',
    rationale: 'Two consumers that take two messages about the same thing finish in any order: an old address overwrites the new one, a refund comes before its payment. It is rare at low load and common at the peak.',
    tradeOff: 'No more consumers than keys or partitions work at a time, and one message that fails holds up those behind it.',
    whenNotToApply: 'Every message carries a version and the consumer drops what is older than what it has.',
    sources: ['aws-sqs-quotas', 'kafka-documentation', 'ddia'],
    concepts: ['ordering', 'partition key', 'competing consumers'],
  },
  options: {},
  requires: ['nodes', 'edges', 'hazards'],
  messages: {
    queue: 'Messages of {broker:name} need an order, and several consumers of {consumer:name} take them side by side: {probability:percent} of those about the same thing may change places at the peak. Send them through groups or partitions by key, or let one consumer work at a time.',
    unkeyed: 'Messages of {broker:name} need an order for each key, and what is sent has no such key: those about the same thing land in different partitions, {probability:percent} may change places at the peak. Make the entity’s id the message key.',
    partitions: 'Messages of {broker:name} need one order, and its partitions are read side by side by {consumer:name}: {probability:percent} may change places at the peak. Use one partition, or number them and let the consumer wait for the missing one.',
    elsewhere: 'Messages of {broker:name} need an order, and {consumer:name} tries failed ones again from another topic: those behind overtake them. Try again in their place, or drop what is older than what was handled.',
  },
  check: ({ doc, facts, report, notApplicable }) => {
    let any = false;
    for (const edge of [...liveEdgesOfKind(facts, 'consume'), ...liveEdgesOfKind(facts, 'trigger')]) {
      if (!asksForOrder(doc, edge)) continue;
      any = true;
      const probability = reordered(facts).get(edge.id);
      if (probability === undefined) continue;
      const which = caseOf(doc, edge);
      report({
        targets: [onEdge(edge), onNode(edge.to)], messageId: which, severity: 'major', fixes: fixesFor(facts, doc, edge, which),
        data: { broker: edge.from.id, consumer: edge.to.id, probability },
      });
    }
    if (!any) notApplicable();
  },
  examples: {
    valid: [
      { title: 'a log by key', design: sketch({ nodes: { users: 'client', api: 'service', log: 'kafka', worker: 'faust-worker' }, edges: ['users>api', ['api>log', { key: 'account' }], ['log>worker', { ordering: 'key' }]] }) },
      { title: 'a FIFO queue', design: sketch({ nodes: { users: 'client', api: 'service', queue: ['sqs', { variant: 'fifo' }], job: 'lambda' }, edges: ['users>api>queue', ['queue>job', { ordering: 'key' }]] }) },
      { title: 'one consumer at a time', design: sketch({ nodes: { users: 'client', api: 'service', tasks: 'rabbitmq', worker: 'celery-worker' }, edges: ['users>api>tasks', ['tasks>worker', { ordering: 'total', single_active_consumer: true }]] }) },
      { title: 'there is only one', design: sketch({ nodes: { users: 'client', api: 'service', tasks: 'rabbitmq', worker: ['celery-worker', { instances: 1, concurrency: 1 }] }, edges: ['users>api>tasks', ['tasks>worker', { ordering: 'total' }]] }) },
      { title: 'one partition', design: sketch({ nodes: { users: 'client', api: 'service', log: ['kafka', { partitions: 1 }], worker: 'faust-worker' }, edges: ['users>api>log', ['log>worker', { ordering: 'total' }]] }) },
    ],
    invalid: [
      { title: 'a log without a key', design: sketch({ nodes: { users: 'client', api: 'service', log: 'kafka', worker: 'faust-worker', db: 'rdbms' }, edges: ['users>api', ['api>log', { entity: 'account' }], ['log>worker', { ordering: 'key' }], 'worker>db'], entities: { account: { home: 'db' } } }), expect: ['unkeyed'] },
      { title: 'the key of something else', design: sketch({ nodes: { users: 'client', api: 'service', log: 'kafka', worker: 'faust-worker', db: 'rdbms' }, edges: ['users>api', ['api>log', { entity: 'account', key: 'country' }], 'log>worker>db'], entities: { account: { home: 'db', ordering: 'key' }, country: { home: 'db' } } }), expect: ['unkeyed'] },
      { title: 'one order over twelve partitions', design: sketch({ nodes: { users: 'client', api: 'service', log: 'kafka', worker: 'faust-worker' }, edges: ['users>api', ['api>log', { key: 'account' }], ['log>worker', { ordering: 'total' }]] }), expect: ['partitions'] },
      { title: 'a standard queue', design: sketch({ nodes: { users: 'client', api: 'service', queue: 'sqs', worker: 'celery-worker' }, edges: ['users>api>queue', ['queue>worker', { ordering: 'key' }]] }), expect: ['queue'] },
      { title: 'several consumers of a queue', design: sketch({ nodes: { users: 'client', api: 'service', tasks: 'rabbitmq', worker: 'celery-worker' }, edges: ['users>api>tasks', ['tasks>worker', { ordering: 'key' }]] }), expect: ['queue'] },
      { title: 'failed messages come from another topic', design: sketch({ nodes: { users: 'client', api: 'service', log: 'kafka', worker: 'faust-worker' }, edges: ['users>api', ['api>log', { key: 'account' }], ['log>worker', { ordering: 'key', retry_topic: true }]] }), expect: ['elsewhere'] },
      { title: 'failed messages come from another queue', design: sketch({ nodes: { users: 'client', api: 'service', queue: ['sqs', { variant: 'fifo' }], worker: 'celery-worker' }, edges: ['users>api>queue', ['queue>worker', { ordering: 'key', retry_topic: true }]] }), expect: ['elsewhere'] },
    ],
    notApplicable: [
      { title: 'nobody asks for an order', design: sketch({ nodes: { users: 'client', api: 'service', tasks: 'rabbitmq', worker: 'celery-worker' }, edges: ['users>api>tasks>worker'] }) },
    ],
  },
});
