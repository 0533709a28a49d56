import type { EdgeView } from '../../../shared/contracts/graph-view.ts';
import { defineRule, type Facts, type RuleFix, type RuleQuestion } from '../../../shared/contracts/rule.ts';
import type { Design, Entity, Params } from '../../../shared/model/design.ts';
import { keptBy } from '../../../shared/lib/once-per.ts';
import { sketch, threeBox } from '../common/examples.ts';
import { fix, setEdgeParams, setNodeParams } from '../common/fixes.ts';
import { askEdge, askNode, stateOf, type PracticeState } from '../common/practice.ts';
import { liveEdgesOfKind, onEdge, onNode } from '../common/targets.ts';

/** What the engine says about lost messages, by connection. */
const losses = keptBy(
  ({ evaluation }: Facts) => {
    const found = new Map<string | undefined, number>();
    for (const { kind, targets, data } of evaluation.hazards) if (kind === 'ack-early-loss') found.set(targets[0]?.id, data['per_day'] ?? 0);
    return found;
  },
  (facts) => facts.evaluation.hazards,
);

function has({ to }: EdgeView, key: string): boolean {
  return Object.hasOwn(to.params.values, key);
}

const NONE: readonly Entity[] = [];

/** What the work is about, where it is said: the messages' entity, or what the worker writes. */
function entitiesOf(design: Design, { params, from, to }: EdgeView): readonly Entity[] {
  if (Object.keys(design.entities).length === 0) return NONE;
  const published = from.in.filter(({ kind, idleReason }) => kind === 'publish' && idleReason === null);
  const written = to.out.filter((edge) => edge.idleReason === null && edge.params.values.op !== 'read');
  const ids = new Set([params.values.entity, ...[...published, ...written].map((edge) => edge.params.values.entity)]);
  return [...ids].flatMap((id) => (Object.hasOwn(design.entities, id) ? [design.entities[id] as Entity] : []));
}

/** Whether a message is acknowledged after its work: said by the broker's connection or by the worker. */
function lateState(edge: EdgeView): PracticeState {
  const own = stateOf(edge.params, 'acks_late');
  const other = has(edge, 'acks_late') ? stateOf(edge.to.params, 'acks_late') : 'unset';
  if (own === 'yes' || other === 'yes') return 'yes';
  return own === 'no' ? own : other;
}

function fixesFor(edge: EdgeView): RuleFix[] {
  const title = `Acknowledge messages of ${edge.from.node.name} after the work`;
  const connection: Params = edge.params.values.auto_ack ? { auto_ack: false } : {};
  const requeue: Params = has(edge, 'reject_on_worker_lost') ? { reject_on_worker_lost: true } : {};
  if (has(edge, 'acks_late')) return [fix('late', title, setEdgeParams(edge.id, connection), setNodeParams(edge.to.id, { acks_late: true, ...requeue }))];
  return [fix('late', title, setEdgeParams(edge.id, { ...connection, ...(edge.params.stated('acks_late') ? { acks_late: true } : {}) }))];
}

/** The process that ran the task is killed for its memory, and the task counts as done. */
function killedState(edge: EdgeView): PracticeState {
  if (edge.to.params.values['oom_prone'] !== true || !has(edge, 'reject_on_worker_lost')) return 'yes';
  return stateOf(edge.to.params, 'reject_on_worker_lost');
}

/** Said by the worker where it has such a setting, else by the connection. */
function ask(facts: Facts, edge: EdgeView, key: 'acks_late' | 'reject_on_worker_lost'): RuleQuestion {
  return has(edge, key) ? { ...askNode(facts, edge.to, key), targets: [{ kind: 'node', id: edge.to.id }] } : askEdge('acks_late');
}

/** Messages that are forgotten before their work is done. */
export const ackEarlyLoss = defineRule({
  id: 'ack-early-loss',
  meta: {
    title: 'Messages are acknowledged after the work',
    failureTitle: 'Tasks lost when a worker dies',
    axes: ['consistency', 'availability'],
    penalises: ['consistency'],
    severity: ['critical', 'major'],
    kind: 'structural',
    rationale: 'A worker that acknowledges a message before it works on it takes the message with it when it dies: every crash, every deploy without a graceful stop and every kill for memory loses work, and nothing says so.',
    tradeOff: 'A task whose worker dies runs again: it must have no second effect, and one that kills its worker needs a limit of deliveries.',
    whenNotToApply: 'The work is worthless a moment later, or a later run does it anyway.',
    sources: ['celery-configuration', 'celery-tasks', 'rabbitmq-confirms'],
    concepts: ['acknowledgement', 'at-most-once delivery'],
  },
  options: {
    // seconds of work that may be lost: from any on, a few tasks a day are within it
    tolerated_s: 0,
  },
  requires: ['nodes', 'edges', 'hazards'],
  messages: {
    early: '{worker:name} acknowledges a message before it does the work: about {per_day:count} a day are lost when it dies, and nobody notices. Acknowledge after the work, and let a task run twice without harm.',
    killed: '{worker:name} may be killed for its memory, and a task whose process is killed counts as done: it is lost. Put it back in {broker:name}, with a limit of deliveries.',
  },
  check: ({ doc, facts, options, report, notApplicable }) => {
    const edges = [...liveEdgesOfKind(facts, 'consume'), ...liveEdgesOfKind(facts, 'trigger')].filter(({ to }) => to.behavior.routing !== 'store' && to.behavior.routing !== 'broker');
    if (edges.length === 0) return notApplicable();
    for (const edge of edges) {
      const per_day = losses(facts).get(edge.id);
      const killed = killedState(edge);
      if (per_day === undefined && killed === 'yes') continue;
      const entities = entitiesOf(doc, edge);
      if (entities.length > 0 && entities.every(({ loss_tolerance_s = 0 }) => loss_tolerance_s > options.tolerated_s)) continue;
      const dear = entities.some(({ loss_tolerance_s, money }) => money === true || (loss_tolerance_s !== undefined && loss_tolerance_s <= options.tolerated_s));
      const early = per_day !== undefined;
      const unset = early ? !edge.params.values.auto_ack && lateState(edge) === 'unset' : killed === 'unset';
      report({
        targets: [onEdge(edge), onNode(edge.to)], messageId: early ? 'early' : 'killed', severity: dear ? 'critical' : 'major',
        data: { worker: edge.to.id, broker: edge.from.id, per_day: per_day ?? 0 },
        fixes: () => early ? fixesFor(edge) : [fix('requeue', `Put tasks back when a process of ${edge.to.node.name} is killed`, setNodeParams(edge.to.id, { reject_on_worker_lost: true }))],
        question: unset ? ask(facts, edge, early ? 'acks_late' : 'reject_on_worker_lost') : undefined,
      });
    }
  },
  examples: {
    valid: [
      { title: 'acknowledged after the work', design: sketch({ nodes: { users: 'client', api: 'service', tasks: 'rabbitmq', worker: ['celery-worker', { acks_late: true }] }, edges: ['users>api>tasks>worker'] }) },
      { title: 'killed tasks go back', design: sketch({ nodes: { users: 'client', api: 'service', tasks: 'rabbitmq', worker: ['celery-worker', { acks_late: true, oom_prone: true, reject_on_worker_lost: true }] }, edges: ['users>api>tasks>worker'] }) },
      { title: 'a minute of them may be lost', design: sketch({ nodes: { users: 'client', api: 'service', tasks: 'rabbitmq', worker: ['celery-worker', { acks_late: false }] }, edges: ['users>api', ['api>tasks', { entity: 'view' }], 'tasks>worker'], entities: { view: { home: 'tasks', loss_tolerance_s: 60 } } }) },
      { title: 'a function that the queue triggers', design: sketch({ nodes: { users: 'client', api: 'service', queue: 'sqs', job: 'lambda' }, edges: ['users>api>queue>job'] }) },
    ],
    invalid: [
      { title: 'acknowledged before the work', design: sketch({ nodes: { users: 'client', api: 'service', tasks: 'rabbitmq', worker: ['celery-worker', { acks_late: false }] }, edges: ['users>api>tasks>worker'] }), expect: ['early'] },
      { title: 'it is not said', design: sketch({ nodes: { users: 'client', api: 'service', tasks: 'rabbitmq', worker: 'celery-worker' }, edges: ['users>api>tasks>worker'] }), expect: ['early'] },
      { title: 'the broker forgets at once, and it is money', design: sketch({ nodes: { users: 'client', api: 'service', tasks: 'rabbitmq', worker: ['celery-worker', { acks_late: true }], db: 'rdbms' }, edges: ['users>api>tasks', ['tasks>worker', { auto_ack: true }], ['worker>db', { entity: 'payment' }]], entities: { payment: { home: 'db', money: true } } }), expect: ['early'] },
      { title: 'a service that confirms first', design: sketch({ nodes: { users: 'client', api: 'service', tasks: 'rabbitmq', mailer: 'service' }, edges: ['users>api>tasks', ['tasks>mailer', { acks_late: false }]] }), expect: ['early'] },
      { title: 'killed tasks count as done', design: sketch({ nodes: { users: 'client', api: 'service', tasks: 'rabbitmq', worker: ['celery-worker', { acks_late: true, oom_prone: true, reject_on_worker_lost: false }] }, edges: ['users>api>tasks>worker'] }), expect: ['killed'] },
      { title: 'nothing is said about killed tasks', design: sketch({ nodes: { users: 'client', api: 'service', tasks: 'rabbitmq', worker: ['celery-worker', { acks_late: true, oom_prone: true }] }, edges: ['users>api>tasks>worker'] }), expect: ['killed'] },
    ],
    notApplicable: [
      { title: 'no messages', design: threeBox() },
    ],
  },
});
