import { defineRule } from '../../../shared/contracts/rule.ts';
import { sketch, threeBox } from '../common/examples.ts';
import { fix, setNodeParam } from '../common/fixes.ts';
import { liveNodesHolding, onNode } from '../common/targets.ts';
import { resourceOf } from '../common/views.ts';

/** Tasks reserved by a busy worker while another is idle. */
export const celeryPrefetchLongTasks = defineRule({
  id: 'celery-prefetch-long-tasks',
  meta: {
    title: 'Long tasks are not reserved ahead',
    failureTitle: 'Long tasks wait behind a busy worker',
    axes: ['latency'],
    penalises: ['latency'],
    severity: ['minor', 'major'],
    kind: 'structural',
    rationale: 'A worker process takes several tasks ahead, four by default. With long or very uneven tasks those reserved wait behind the one that runs while other workers have nothing to do.',
    tradeOff: 'With one task at a time each small task costs a round trip to the broker more.',
    whenNotToApply: 'All tasks are short and alike, or nobody waits for a single one.',
    sources: ['celery-optimizing', 'celery-configuration'],
    concepts: ['prefetch', 'head-of-line blocking'],
  },
  options: {
    // reserved for each process beyond the one that runs
    reserved: 1,
    // a reserved task then waits half a minute with the default of four
    long_s: 10,
    // a reserved task then waits minutes
    veryLong_s: 60,
    // squared coefficient of variation: a few tasks take most of the time and block the small ones
    uneven: 4,
  },
  requires: ['nodes'],
  messages: {
    long: '{worker:name} reserves {multiplier:count} tasks for each process, and a task takes {task_s:s}: one may wait {wait_s:s} behind a busy process while others are idle. Reserve one at a time.',
    uneven: '{worker:name} reserves {multiplier:count} tasks for each process, and a few tasks take most of the time: short ones wait behind them while other processes are idle. Reserve one at a time, or give long tasks a queue of their own.',
  },
  check: ({ facts, options, report, notApplicable }) => {
    let any = false;
    for (const view of liveNodesHolding(facts, 'consumer-pool')) {
      const pool = resourceOf(view, 'consumer-pool');
      if (pool === null || !(pool.prefetch > 0)) continue;
      any = true;
      const { task_s = 0, task_cs2 = 0 } = facts.evaluation.nodes[view.id]?.evidence ?? {};
      const multiplier = pool.prefetch / Math.max(1, pool.concurrency);
      const long = task_s > options.long_s;
      if (multiplier <= options.reserved || (!long && task_cs2 <= options.uneven)) continue;
      report({
        targets: [onNode(view)], messageId: long ? 'long' : 'uneven', severity: task_s > options.veryLong_s ? 'major' : 'minor',
        data: { worker: view.id, multiplier, task_s, wait_s: (multiplier - 1) * task_s },
        fixes: [fix('one', `Reserve one task for each process of ${view.node.name}`, setNodeParam(view.id, 'prefetch_multiplier', 1))],
      });
    }
    if (!any) notApplicable();
  },
  examples: {
    valid: [
      { title: 'short tasks', design: sketch({ nodes: { users: ['client', { rps: 1 }], api: 'service', tasks: 'rabbitmq', worker: ['celery-worker', { instances: 8, task_cpu_s: 9.5, task_io_s: 0 }] }, edges: ['users>api>tasks>worker'] }) },
      { title: 'long tasks, one at a time', design: sketch({ nodes: { users: ['client', { rps: 1 }], api: 'service', tasks: 'rabbitmq', worker: ['celery-worker', { instances: 8, task_cpu_s: 90, prefetch_multiplier: 1 }] }, edges: ['users>api>tasks>worker'] }) },
    ],
    invalid: [
      { title: 'tasks of eleven seconds', design: sketch({ nodes: { users: ['client', { rps: 1 }], api: 'service', tasks: 'rabbitmq', worker: ['celery-worker', { instances: 8, task_cpu_s: 10.5, task_io_s: 0 }] }, edges: ['users>api>tasks>worker'] }), expect: ['long'] },
      { title: 'tasks of a minute and a half', design: sketch({ nodes: { users: ['client', { rps: 1 }], api: 'service', tasks: 'rabbitmq', worker: ['celery-worker', { instances: 20, task_cpu_s: 90 }] }, edges: ['users>api>tasks>worker'] }), expect: ['long'] },
      { title: 'very uneven tasks', design: sketch({ nodes: { users: ['client', { rps: 1 }], api: 'service', tasks: 'rabbitmq', worker: ['celery-worker', { task_scv: 5 }] }, edges: ['users>api>tasks>worker'] }), expect: ['uneven'] },
    ],
    notApplicable: [
      { title: 'no worker', design: threeBox() },
      { title: 'a worker that reserves nothing', design: sketch({ nodes: { users: 'client', api: 'service', log: 'kafka', worker: 'faust-worker' }, edges: ['users>api>log>worker'] }) },
    ],
  },
});
