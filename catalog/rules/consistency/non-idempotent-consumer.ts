import type { EdgeView, NodeView } from '../../../shared/contracts/graph-view.ts';
import { defineRule, type Facts } from '../../../shared/contracts/rule.ts';
import type { Design, Entity, Params } from '../../../shared/model/design.ts';
import { sketch, threeBox, type Sketch } from '../common/examples.ts';
import { fix, setEdgeParam } from '../common/fixes.ts';
import { askEdge, stateOf, type PracticeState } from '../common/practice.ts';
import { liveEdges, liveEdgesInto, liveEdgesOutOf, onEdge, onNode } from '../common/targets.ts';

type Entities = ReadonlyMap<string, readonly Entity[]>;

/** Declared data by the store where they live. */
function byHome(facts: Facts): Entities {
  const found = new Map<string, Entity[]>();
  for (const entity of Object.values(facts.graph.design.entities)) found.set(entity.home ?? '', [...(found.get(entity.home ?? '') ?? []), entity]);
  return found;
}

/** Adds what a component changes: what its connections name, else what lives in the stores that it writes to, straight or through a router. */
function addChanged(facts: Facts, view: NodeView, homes: Entities, found: Map<string, Entity>): void {
  const { entities } = facts.graph.design;
  const seen = new Set([view]);
  for (const current of seen) {
    for (const edge of liveEdgesOutOf(facts, current)) {
      if (!((facts.evaluation.edges[edge.id]?.writes_rps ?? 0) > 0)) continue;
      const named = edge.params.values.entity;
      const entity = named !== '' && Object.hasOwn(entities, named) ? entities[named] : undefined;
      if (entity !== undefined) found.set(entity.id, entity);
      else for (const at of homes.get(edge.to.id) ?? []) found.set(at.id, at);
      if (edge.to.behavior.routing === 'split') seen.add(edge.to);
    }
  }
}

/** Data that the work behind a connection changes, and those that the connections on the way to it name. */
function changedBehind(facts: Facts, edge: EdgeView, homes: Entities): readonly Entity[] {
  const { entities } = facts.graph.design;
  const found = new Map<string, Entity>();
  const before = edge.kind === 'http' ? [] : liveEdgesInto(facts, edge.from).filter(({ kind }) => kind === 'publish');
  for (const { params } of [edge, ...before]) {
    const entity = Object.hasOwn(entities, params.values.entity) ? entities[params.values.entity] : undefined;
    if (entity !== undefined) found.set(entity.id, entity);
  }
  addChanged(facts, edge.to, homes, found);
  return [...found.values()].sort((a, b) => ((a.name ?? a.id) < (b.name ?? b.id) ? -1 : 1));
}

function mustBeOnce(entity: Entity): boolean {
  return entity.money === true || entity.duplicate_tolerance === 'none';
}

/** Exactly once inside the log: holds as long as the work ends in the log that it came from. */
function insideLog(facts: Facts, { from, to }: EdgeView): boolean {
  return to.params.values['processing_guarantee'] === 'exactly_once' && liveEdgesOutOf(facts, to).every((edge) => edge.to === from || !((facts.evaluation.edges[edge.id]?.writes_rps ?? 0) > 0));
}

/** The stricter of what is said at the connection and at the worker; a yes at either settles it. */
function consumerState({ params, to }: EdgeView): PracticeState {
  const states = [stateOf(params, 'idempotent'), Object.hasOwn(to.params.values, 'idempotent') ? stateOf(to.params, 'idempotent') : 'unset'];
  return states.find((state) => state === 'yes') ?? states.find((state) => state === 'no') ?? 'unset';
}

/** A write that the caller sends again when it hears nothing. */
function repeatsWrites({ evaluation: { edges } }: Facts, { id, kind, to, params }: EdgeView): boolean {
  return kind === 'http' && params.values.retries > 0 && !to.behavior.stateful && (edges[id]?.writes_rps ?? 0) > 0;
}

/** Work that is done again when its message, or its request, comes again. */
export const nonIdempotentConsumer = defineRule({
  id: 'non-idempotent-consumer',
  meta: {
    title: 'What comes twice counts once',
    failureTitle: 'Repeated messages have a second effect',
    axes: ['consistency'],
    penalises: ['consistency'],
    severity: ['critical', 'major'],
    kind: 'structural',
    rationale: 'A worker that dies before it has acknowledged, a task that takes longer than its message is hidden, an answer that gets lost: each time the same work is asked for again, and nobody can tell from outside that it is done.',
    tradeOff: 'What was done must be stored together with its effect, for as long as it may come again, and looked up each time.',
    whenNotToApply: 'The work sets a value instead of adding to one, or a second mail or a second count harms nobody.',
    sources: ['celery-tasks', 'microservices-io'],
    concepts: ['idempotence', 'at-least-once delivery', 'inbox table'],
  },
  options: {},
  requires: ['nodes', 'edges', 'hazards'],
  messages: {
    twice: '{consumer:name} does the work again when a message from {broker:name} comes twice, and {per_day:count} a day do. Store the id of each message with its effect and skip those that are known.',
    once: '{entity:name} changes twice when a message from {broker:name} comes twice to {consumer:name}, and {per_day:count} a day do. Store the id of each message in the same transaction, under a unique constraint.',
    request: '{caller:name} sends a write to {callee:name} again when no answer comes (retries: {retries:count}), and both may count: {writes_rps:rate} of writes go there. Send a key with each request and let {callee:name} answer a known key with the first result.',
    order: '{entity:name} may change twice: {caller:name} sends a write to {callee:name} again when no answer comes (retries: {retries:count}). Send a key with each request and store it in the same transaction, under a unique constraint.',
  },
  check: ({ facts, report, notApplicable }) => {
    const live = liveEdges(facts);
    const repeated = live.filter((edge) => repeatsWrites(facts, edge));
    if (repeated.length === 0 && !live.some(({ kind }) => kind === 'consume' || kind === 'trigger')) return notApplicable();
    const homes = byHome(facts);
    for (const { kind, targets: [target], data } of facts.evaluation.hazards) {
      const edge = kind === 'duplicates' && target !== undefined ? facts.graph.edgeById.get(target.id) : undefined;
      if (edge === undefined || insideLog(facts, edge)) continue;
      const changed = changedBehind(facts, edge, homes);
      const [strict] = changed.filter(mustBeOnce);
      if (strict === undefined && changed.length > 0 && changed.every(({ duplicate_tolerance }) => duplicate_tolerance === 'some')) continue;
      report({
        targets: [onEdge(edge), onNode(edge.to)], messageId: strict === undefined ? 'twice' : 'once', severity: strict === undefined ? 'major' : 'critical',
        data: { consumer: edge.to.id, broker: edge.from.id, per_day: data['per_day'] ?? 0, ...(strict === undefined ? {} : { entity: strict.id }) },
        fixes: [fix('idempotent', `Let ${edge.to.node.name} skip messages that it has handled`, setEdgeParam(edge.id, 'idempotent', true))],
        question: consumerState(edge) === 'unset' ? askEdge('idempotent') : undefined,
      });
    }
    for (const edge of repeated) {
      const state = stateOf(edge.params, 'idempotency_key');
      if (state === 'yes') continue;
      const [strict] = changedBehind(facts, edge, homes).filter(mustBeOnce);
      report({
        targets: [onEdge(edge), onNode(edge.to)], messageId: strict === undefined ? 'request' : 'order', severity: strict === undefined ? 'major' : 'critical',
        data: { caller: edge.from.id, callee: edge.to.id, retries: edge.params.values.retries, writes_rps: facts.evaluation.edges[edge.id]?.writes_rps ?? 0, ...(strict === undefined ? {} : { entity: strict.id }) },
        fixes: [fix('key', `Send a key with each request to ${edge.to.node.name}`, setEdgeParam(edge.id, 'idempotency_key', true))],
        question: state === 'unset' ? askEdge('idempotency_key') : undefined,
      });
    }
  },
  examples: {
    valid: [
      { title: 'handled messages are skipped', design: worker({ idempotent: true }) },
      { title: 'the tasks are idempotent', design: worker({}, { idempotent: true }) },
      { title: 'a message is forgotten before its work', design: worker({}, { acks_late: false }) },
      { title: 'a second view counts for nothing', design: worker({ idempotent: false }, {}, { view: { home: 'db', duplicate_tolerance: 'some' } }) },
      { title: 'sums that stay in the log', design: sketch({ nodes: { users: 'client', api: 'service', log: 'kafka', sums: ['faust-worker', { processing_guarantee: 'exactly_once' }] }, edges: ['users>api>log>sums'] }) },
      { title: 'requests with a key', design: threeBox({ call: { retries: 2, idempotency_key: true } }) },
    ],
    invalid: [
      { title: 'tasks that add to a sum', design: worker({ idempotent: false }), expect: ['twice'] },
      { title: 'it is not said', design: worker({}), expect: ['twice'] },
      { title: 'payments in messages', design: worker({ idempotent: false }, {}, { payment: { home: 'db', money: true } }), expect: ['once'] },
      { title: 'an order that may not be there twice', design: sketch({ nodes: { users: 'client', api: 'service', tasks: 'sqs', job: 'lambda', db: 'rdbms' }, edges: ['users>api', ['api>tasks', { entity: 'order' }], ['tasks>job', { idempotent: false }]], entities: { order: { home: 'db', duplicate_tolerance: 'none' } } }), expect: ['once'] },
      { title: 'exactly once, and then a table', design: sketch({ nodes: { users: 'client', api: 'service', log: 'kafka', sums: ['faust-worker', { processing_guarantee: 'exactly_once', idempotent: false }], db: 'rdbms' }, edges: ['users>api>log>sums>db'] }), expect: ['twice'] },
      { title: 'a write that is sent again', design: sketch({ nodes: { users: 'client', web: 'service', orders: 'service', db: 'rdbms' }, edges: ['users>web', ['web>orders', { retries: 2, idempotency_key: false }], 'orders>db'] }), expect: ['request'] },
      { title: 'whether the key is sent is not said', design: threeBox({ call: { retries: 1 } }), expect: ['request'] },
      { title: 'a payment that is sent again, through a balancer and a router', design: sketch({ nodes: { users: 'client', front: 'lb-managed', pay: 'service', router: 'shard-router', one: 'rdbms', two: 'rdbms' }, edges: ['users>front', ['front>pay', { retries: 1, idempotency_key: false }], 'pay>router>one', 'router>two'], entities: { payment: { home: 'two', money: true } } }), expect: ['order'] },
    ],
    notApplicable: [
      { title: 'nothing comes twice', design: threeBox() },
      { title: 'only reads are tried again', design: threeBox({ call: { retries: 3 } }, { workload: { read_fraction: 1 } }) },
    ],
  },
});

/** A service, a broker, a worker that acknowledges after its work, and its database. */
function worker(consume: Params, task: Params = {}, entities: Sketch['entities'] = {}): Design {
  return sketch({
    nodes: { users: 'client', api: 'service', tasks: 'rabbitmq', worker: ['celery-worker', { acks_late: true, ...task }], db: 'rdbms' },
    edges: ['users>api>tasks', ['tasks>worker', consume], 'worker>db'], entities,
  });
}
