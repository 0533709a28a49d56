import type { EdgeView } from '../../../shared/contracts/graph-view.ts';
import { defineRule, type Facts, type RuleFix } from '../../../shared/contracts/rule.ts';
import { sketch } from '../common/examples.ts';
import { fix, setEdgeParam, setNodeParam, type Change } from '../common/fixes.ts';
import { inTitle, roundUp } from '../common/sizing.ts';
import { liveEdgesOfKind, onEdge, onNode } from '../common/targets.ts';

/** Longest time that a queue of the provider hides a message, seconds (SQS: twelve hours). */
const LONGEST_S = 43_200;

/** How long a function may run, seconds; null for other consumers. */
function functionLimit({ to }: EdgeView): number | null {
  const own = to.behavior.resources.find((resource) => resource.kind === 'function');
  return own?.kind === 'function' ? own.timeout_s : null;
}

/** Where the time is set that decides: on the connection, in the worker, else at the queue. Null when it cannot be as long. */
function setHidden(edge: EdgeView, seconds: number): Change | null {
  const { from, to, params } = edge;
  if (params.stated('visibility_s')) return setEdgeParam(edge.id, 'visibility_s', seconds);
  if (to.params.stated('visibility_timeout_s')) return setNodeParam(to.id, 'visibility_timeout_s', seconds);
  if (Object.hasOwn(from.params.values, 'visibility_s')) return seconds > LONGEST_S ? null : setNodeParam(from.id, 'visibility_s', seconds);
  if (Object.hasOwn(to.params.values, 'visibility_timeout_s')) return setNodeParam(to.id, 'visibility_timeout_s', seconds);
  return setEdgeParam(edge.id, 'visibility_s', seconds);
}

function fixesFor(edge: EdgeView, needed_s: number): RuleFix[] {
  const seconds = roundUp(needed_s);
  const change = setHidden(edge, seconds);
  return change === null ? [] : [fix('longer', `Hide messages of ${edge.from.node.name} for ${inTitle(seconds)} s`, change)];
}

function repeats(facts: Facts, edge: EdgeView): { readonly hidden_s: number; readonly share: number; readonly work_s: number; readonly longest_s: number } | null {
  const { hidden_s, again_share, work_s, work_p999_s } = facts.evaluation.edges[edge.id]?.evidence ?? {};
  if (hidden_s === undefined || again_share === undefined || work_s === undefined || work_p999_s === undefined) return null;
  return { hidden_s, share: again_share, work_s, longest_s: work_p999_s };
}

/** Messages that are delivered a second time while the first delivery is still in work. */
export const visibilityTimeoutShort = defineRule({
  id: 'visibility-timeout-short',
  meta: {
    title: 'Messages stay hidden until their work is done',
    failureTitle: 'Message reappears while still processing',
    axes: ['consistency', 'cost'],
    penalises: [],
    severity: ['major'],
    kind: 'metric',
    rationale: 'The queue takes a message that is not deleted in time for one whose worker died, and hands it to another. Both then do the work, and the more load there is, the slower each is and the more messages come back.',
    tradeOff: 'A message whose worker really died waits longer until another one takes it.',
    whenNotToApply: 'The worker extends the time while it works (heartbeat), which is not drawn here.',
    sources: ['aws-lambda-sqs', 'aws-sqs-visibility', 'celery-brokers'],
    concepts: ['visibility timeout', 'at-least-once delivery'],
  },
  options: {
    // the provider's advice: time for the retries of a throttled function
    times: 6,
    // one message in a thousand comes back while it is in work
    share: 0.001,
  },
  requires: ['nodes', 'edges'],
  messages: {
    function: '{queue:name} hides a message for {hidden_s:s}, and {consumer:name} may run for {limit_s:s}: when it is slow or throttled the message comes back while it is in work. Hide it for {needed_s:s}, six times as long as the function may run.',
    work: '{queue:name} hides a message for {hidden_s:s}, and {consumer:name} works on one for {work_s:s} on average: {share:percent} come back before they are done and are done twice. Hide them for {needed_s:s}, or extend the time while working.',
  },
  check: ({ facts, options, report, notApplicable }) => {
    let any = false;
    for (const edge of [...liveEdgesOfKind(facts, 'consume'), ...liveEdgesOfKind(facts, 'trigger')]) {
      const found = repeats(facts, edge);
      if (found === null) continue;
      any = true;
      const limit_s = functionLimit(edge);
      const least_s = limit_s === null ? 0 : options.times * limit_s + edge.params.values.batch_window_s;
      const often = found.share > options.share;
      if (!often && found.hidden_s >= least_s) continue;
      const needed_s = Math.max(least_s, often ? found.longest_s : 0);
      report({
        targets: [onEdge(edge), onNode(edge.to)], messageId: limit_s === null ? 'work' : 'function', severity: 'major', fixes: fixesFor(edge, needed_s),
        data: { queue: edge.from.id, consumer: edge.to.id, hidden_s: found.hidden_s, work_s: found.work_s, share: found.share, limit_s: limit_s ?? 0, needed_s: roundUp(needed_s) },
      });
    }
    if (!any) notApplicable();
  },
  examples: {
    valid: [
      { title: 'six times the timeout of the function', design: sketch({ nodes: { users: 'client', api: 'service', queue: ['sqs', { visibility_s: 60 }], job: ['lambda', { timeout_s: 10 }] }, edges: ['users>api>queue>job'] }) },
      { title: 'nothing is set', design: sketch({ nodes: { users: 'client', api: 'service', queue: 'sqs', job: 'lambda' }, edges: ['users>api>queue>job'] }) },
      { title: 'tasks of four minutes on Redis', design: sketch({ nodes: { users: ['client', { rps: 0.1 }], api: 'service', queue: ['redis', { roles: ['broker'] }], worker: ['celery-worker', { instances: 30, task_cpu_s: 240, acks_late: true }] }, edges: ['users>api>queue>worker'] }) },
      { title: 'Celery hides for half an hour where the queue says nothing', design: sketch({ nodes: { users: ['client', { rps: 0.1 }], api: 'service', queue: 'sqs', worker: ['celery-worker', { instances: 30, task_cpu_s: 90, acks_late: true }] }, edges: ['users>api>queue>worker'] }) },
    ],
    invalid: [
      { title: 'less than six times the timeout of the function', design: sketch({ nodes: { users: 'client', api: 'service', queue: ['sqs', { visibility_s: 59 }], job: ['lambda', { timeout_s: 10 }] }, edges: ['users>api>queue>job'] }), expect: ['function'] },
      { title: 'a batch is collected first', design: sketch({ nodes: { users: 'client', api: 'service', queue: ['sqs', { visibility_s: 60 }], job: ['lambda', { timeout_s: 10 }] }, edges: ['users>api>queue', ['queue>job', { batch: 10, batch_window_s: 5 }]] }), expect: ['function'] },
      { title: 'tasks of ten minutes on Redis', design: sketch({ nodes: { users: ['client', { rps: 0.1 }], api: 'service', queue: ['redis', { roles: ['broker'] }], worker: ['celery-worker', { instances: 60, task_cpu_s: 600, acks_late: true }] }, edges: ['users>api>queue>worker'] }), expect: ['work'] },
      { title: 'the queue says half a minute and a task takes ten seconds', design: sketch({ nodes: { users: ['client', { rps: 0.1 }], api: 'service', queue: ['sqs', { visibility_s: 30 }], worker: ['celery-worker', { instances: 5, task_cpu_s: 10, acks_late: true }] }, edges: ['users>api>queue>worker'] }), expect: ['work'] },
      { title: 'the connection says a minute', design: sketch({ nodes: { users: ['client', { rps: 0.1 }], api: 'service', queue: 'sqs', worker: ['service', { io_ms: 15_000 }] }, edges: ['users>api>queue', ['queue>worker', { visibility_s: 60 }]] }), expect: ['work'] },
    ],
    notApplicable: [
      { title: 'the broker waits for the connection instead', design: sketch({ nodes: { users: 'client', api: 'service', tasks: 'rabbitmq', worker: ['celery-worker', { acks_late: true }] }, edges: ['users>api>tasks>worker'] }) },
      { title: 'tasks are acknowledged before the work', design: sketch({ nodes: { users: 'client', api: 'service', queue: 'sqs', worker: 'celery-worker' }, edges: ['users>api>queue>worker'] }) },
    ],
  },
});
