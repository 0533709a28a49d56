import type { NodeView } from '../../../shared/contracts/graph-view.ts';
import { defineRule, type Facts, type RuleFix } from '../../../shared/contracts/rule.ts';
import { sortFew } from '../../../shared/contracts/sort-few.ts';
import { sketch } from '../common/examples.ts';
import { fix, scaleUnits, setNodeParam } from '../common/fixes.ts';
import { journeysVisiting, liveNodesHolding, onNode } from '../common/targets.ts';

const SECONDS_PER_DAY = 86_400;
type NodeFact = Facts['evaluation']['nodes'][string];

/** Consumers of a broker, the most overloaded first; only those with a limit. */
function consumersOf(facts: Facts, broker: NodeView): { readonly view: NodeView; readonly found: NodeFact }[] {
  const views = [...new Set(broker.out.filter((edge) => edge.idleReason === null && !edge.synchronous && edge.kind !== 'replicate').map(({ to }) => to))];
  const found = views.flatMap((view) => {
    const fact = facts.evaluation.nodes[view.id];
    return fact !== undefined && fact.connected && fact.capacity_rps !== null && fact.arrival_rps > 0 ? [{ view, found: fact }] : [];
  });
  return sortFew(found, (a, b) => (b.found.utilisation ?? 0) - (a.found.utilisation ?? 0));
}

/** More machines help where the work of the machines is the limit, not an order to keep or somebody's quota. */
function fixesFor({ view, found }: { readonly view: NodeView; readonly found: NodeFact }, target: number): RuleFix[] {
  const scales = (found.binding === 'cpu' || found.binding === 'slots') && Object.hasOwn(view.params.values, 'instances');
  if (!scales) return [];
  const wanted = Math.ceil((found.units_scaled * (found.utilisation ?? 1)) / target);
  const title = `Run ${wanted} instances of ${view.node.name}`;
  const { autoscale } = view.behavior;
  if (autoscale === null) return [fix('more', title, scaleUnits(view.id, wanted))];
  const stored = view.params.values['autoscale'] as Readonly<Record<string, unknown>>;
  return [fix('more', `Let ${view.node.name} scale to ${wanted} instances`, setNodeParam(view.id, 'autoscale', { ...stored, max: Math.max(autoscale.max, wanted) }))];
}

/** Something was said about the load or the work: two assumed numbers alone are no deficit of the drawing. */
function isStated({ design, journeys, nodes }: Facts['graph'], consumer: NodeView): boolean {
  const load = design.workload.peak_rps !== undefined || journeys.some(({ derived }) => !derived) || nodes.some((view) => view.behavior.routing === 'source' && (view.params.stated('rps') || view.params.stated('rate_rps')));
  return load || Object.keys(consumer.node.params).some((key) => consumer.params.stated(key));
}

/** The shortest time in which a journey through this consumer wants its work done, with that journey; null without one. */
function promised(facts: Facts, view: NodeView): number | null {
  let least: number | null = null;
  for (const id of journeysVisiting(facts, view.id)) {
    const done_target_s = facts.evaluation.journeys[id]?.done_target_s ?? null;
    if (done_target_s === null) continue;
    least = least === null ? done_target_s : Math.min(least, done_target_s);
  }
  return least;
}

/** Work that arrives faster than it is done. */
export const consumerDeficit = defineRule({
  id: 'consumer-deficit',
  meta: {
    title: 'Consumers keep up',
    failureTitle: 'Consumers cannot keep up',
    axes: ['scalability', 'latency', 'availability'],
    penalises: [],
    severity: ['critical', 'major'],
    kind: 'metric',
    rationale: 'A queue hides a lack of workers until it is long: when work arrives faster than it is done the queue grows for as long as that lasts, and everyone behind it waits for all of it.',
    tradeOff: 'More workers cost money when idle, and the database that they write to may be the next limit.',
    whenNotToApply: 'The work is dropped on purpose at peaks, or it may wait for the night.',
    sources: ['celery-optimizing', 'integration-patterns'],
    explains: ['station-overload'],
    concepts: ['backlog', 'backpressure', 'competing consumers'],
  },
  options: {
    // arrivals over what is done: from here on the queue grows
    full: 1,
    // utilisation after the fix, below the knee of shared tiers
    target: 0.8,
  },
  requires: ['nodes', 'journeys'],
  messages: {
    never: '{broker:name} never empties: {arrival_rps:rate} arrive at the peak and even the average is more than the {capacity_rps:rate} that {consumer:name} does. Run more workers, or make the task shorter.',
    late: 'At the peak {backlog:count} tasks wait in {broker:name} and the last one {delay_s:s}, longer than the {promised_s:s} allowed: {consumer:name} does {capacity_rps:rate} of {arrival_rps:rate}. Run more workers, scaled by the tasks that wait for each.',
    drain: 'After the peak {consumer:name} needs {drain_s:s} to empty {broker:name}, and the next peak comes after {pause_s:s}. Run more workers, or let urgent work pass.',
  },
  check: ({ facts, options, report, notApplicable }) => {
    const brokers = liveNodesHolding(facts, 'message-broker').filter((view) => facts.evaluation.nodes[view.id]?.backlog != null && view.out.some((edge) => !edge.synchronous && edge.kind !== 'replicate'));
    if (brokers.length === 0) return notApplicable();
    const { peaks_per_day, peak_duration_s } = facts.graph.workload;
    const pause_s = peaks_per_day > 0 ? Math.max(0, SECONDS_PER_DAY / peaks_per_day - peak_duration_s) : null;
    for (const broker of brokers) {
      const [worst] = consumersOf(facts, broker);
      const backlog = facts.evaluation.nodes[broker.id]?.backlog ?? null;
      if (worst === undefined || backlog === null || (worst.found.utilisation ?? 0) < options.full || !isStated(facts.graph, worst.view)) continue;
      const { arrival_rps, capacity_rps } = worst.found;
      const never = backlog.drain_s.state === 'unbounded';
      const allowed = promised(facts, worst.view);
      const delay_s = backlog.delay_s.value ?? 0;
      const drain_s = backlog.drain_s.value ?? 0;
      const late = allowed !== null && delay_s > allowed;
      if (!never && !late && (pause_s === null || drain_s <= pause_s)) continue;
      report({
        targets: [onNode(worst.view), onNode(broker)], messageId: never ? 'never' : late ? 'late' : 'drain', severity: never ? 'critical' : 'major',
        data: { broker: broker.id, consumer: worst.view.id, arrival_rps, capacity_rps: capacity_rps ?? 0, backlog: backlog.messages.value ?? 0, delay_s, drain_s, pause_s: pause_s ?? 0, promised_s: allowed ?? 0 },
        fixes: fixesFor(worst, options.target),
      });
    }
  },
  examples: {
    valid: [
      { title: 'workers with room', design: sketch({ nodes: { users: 'client', api: 'service', tasks: 'rabbitmq', worker: ['celery-worker', { instances: 7, task_io_s: 0 }] }, edges: ['users>api>tasks>worker'] }) },
      { title: 'nothing is said about load or work', design: sketch({ nodes: { users: 'client', api: 'service', tasks: 'rabbitmq', worker: 'celery-worker' }, edges: ['users>api>tasks>worker'] }) },
      { title: 'a peak that is worked off in time', design: sketch({ nodes: { users: 'client', api: 'service', tasks: 'rabbitmq', worker: ['celery-worker', { instances: 4, task_io_s: 0 }] }, edges: ['users>api>tasks>worker'] }) },
    ],
    invalid: [
      { title: 'even the average is too much', design: sketch({ nodes: { users: 'client', api: 'service', tasks: 'rabbitmq', worker: ['celery-worker', { instances: 1, task_io_s: 0 }] }, edges: ['users>api>tasks>worker'] }), expect: ['never'] },
      { title: 'the peak delays work longer than allowed', design: sketch({ nodes: { users: 'client', api: 'service', tasks: 'rabbitmq', worker: ['celery-worker', { instances: 4, task_io_s: 0 }] }, edges: ['users>api>tasks>worker'], journeys: { order: { rate_rps: 10, entry: 'users', op: 'write', done_target_s: 600 } } }), expect: ['late'] },
      { title: 'the next peak comes before the queue is empty', design: sketch({ nodes: { users: 'client', api: 'service', tasks: 'rabbitmq', worker: ['celery-worker', { instances: 3, task_io_s: 0 }] }, edges: ['users>api>tasks>worker'], workload: { peaks_per_day: 14 } }), expect: ['drain'] },
      { title: 'the largest size is too small', design: sketch({ nodes: { users: 'client', api: 'service', tasks: 'rabbitmq', worker: ['celery-worker', { task_io_s: 0, autoscale: { min: 1, max: 1, target: 0.6 } }] }, edges: ['users>api>tasks>worker'] }), expect: ['never'] },
    ],
    notApplicable: [
      { title: 'no queue', design: sketch({ nodes: { users: 'client', api: 'service' }, edges: ['users>api'] }) },
    ],
  },
});
