import { defineComponent } from '../../../shared/contracts/component.ts';
import { number, optionalNumber, practice } from '../../../shared/contracts/params.ts';
import { z } from '../../../shared/lib/zod.ts';
import { acceptCalls } from '../common/accepts.ts';
import { derived } from '../common/effective.ts';
import { instanceFailure } from '../common/failure.ts';
import { fleetAutoscale, fleetCosts, fleetEffective, fleetFields } from '../common/fleet.ts';
import { notModelled } from '../common/not-modelled.ts';
import { crashFields, mechanismsOf, practiceFields } from '../common/practices.ts';

const A = { provenance: 'A' as const };
const CELERY = { provenance: 'V' as const, source: 'celery-configuration' };

/** Worker processes of one instance. */
function concurrencyOf(params: { readonly concurrency: number | null; readonly vcpu: number }): number {
  return Math.max(1, Math.round(params.concurrency ?? params.vcpu));
}

/** Background workers that take tasks from a broker. */
export const celeryWorker = defineComponent({
  type: 'celery-worker',
  aliases: ['celery_worker'],
  version: 1,
  title: 'Celery worker',
  category: 'compute',
  silhouette: 'compute',
  icon: 'M5 10a5 5 0 1 0 10 0 5 5 0 1 0-10 0z M8 10a2 2 0 1 0 4 0 2 2 0 1 0-4 0z M10 2v3 M10 15v3 M2 10h3 M15 10h3 M4.35 4.35l2.1 2.1 M13.55 13.55l2.1 2.1 M15.65 4.35l-2.1 2.1 M6.45 13.55l-2.1 2.1',
  keywords: ['worker', 'background job', 'task', 'job runner', 'queue worker'],
  figures: { primary: 'jobs', secondary: 'utilisation' },
  params: z.object({
    ...fleetFields({ vcpu: 2 }),
    task_cpu_s: number({ ...A, default: 1, min: 0, step: 0.1, label: 'CPU per task', group: 'capacity', unit: 's', help: 'Mean processor time of one task. Measure it: it decides how many workers you need.' }),
    task_io_s: number({ ...A, default: 0.2, min: 0, step: 0.1, label: 'Waits per task', group: 'capacity', unit: 's', help: 'Mean waiting inside a task that is not drawn as a connection.' }),
    task_scv: number({ ...A, default: 1, min: 0, step: 0.1, label: 'Variation of tasks', group: 'capacity', unit: 'none', help: 'Squared coefficient of variation of the task time: 0 always the same, above 4 a few very long ones.' }),
    concurrency: optionalNumber({ ...CELERY, min: 1, step: 1, label: 'Concurrency', group: 'process', unit: 'count', help: 'Worker processes per instance. Unset: one per vCPU (Celery default).' }),
    rss_mb: number({ ...A, default: 150, min: 1, label: 'Memory per process', group: 'process', unit: 'mb', help: 'Resident memory of one worker process.' }),
    time_limit_s: optionalNumber({ ...CELERY, min: 0, label: 'Time limit', group: 'process', unit: 's', help: 'A task running longer is killed. Unset: no limit (Celery default).' }),
    prefetch_multiplier: number({ ...CELERY, default: 4, min: 0, integer: true, step: 1, label: 'Prefetch multiplier', group: 'messaging', unit: 'count', help: 'Tasks reserved per process. Long tasks wait behind a busy process while others idle; 1 avoids it.' }),
    acks_late: practice({ ...CELERY, default: false, label: 'Acknowledge after work', group: 'messaging', help: 'A task is acknowledged when it has finished, so a dead worker’s task runs again. Celery acknowledges before by default.', question: 'Is a task acknowledged only after it has finished?' }),
    reject_on_worker_lost: practice({ ...CELERY, default: false, label: 'Requeue when killed', group: 'messaging', help: 'A task whose process was killed goes back to the queue.', question: 'Does a task go back to the queue when its process is killed?' }),
    idempotent: practice({ ...A, default: false, label: 'Idempotent tasks', group: 'messaging', help: 'Running a task twice has no second effect.', question: 'Does running a task twice have no second effect?' }),
    visibility_timeout_s: optionalNumber({ ...A, source: 'celery-brokers', min: 1, label: 'Visibility timeout', group: 'messaging', unit: 's', help: 'After this time an unacknowledged task is delivered again. Unset: 3600 s on Redis, 1800 s on SQS, none on RabbitMQ.' }),
    ...crashFields,
    ...practiceFields,
  }),
  behavior: (params, context) => {
    const concurrency = concurrencyOf(params);
    return {
      routing: 'fan-out',
      role: 'worker',
      stateful: false,
      resources: [{
        kind: 'consumer-pool', units: params.instances, concurrency, vcpu: params.vcpu,
        demand: { cpu_s: params.task_cpu_s, io_s: params.task_io_s, cs2: params.task_scv },
        prefetch: params.prefetch_multiplier * concurrency, partition_bound: false,
      }],
      failure: instanceFailure(params.unit_availability, params.instances, params),
      costs: fleetCosts(params),
      operations: { technology: 'celery', burden: 'none', deployable: true, mechanisms: [...mechanismsOf(params), ...(params.idempotent ? ['idempotency store'] : [])] },
      consistency: null,
      autoscale: fleetAutoscale(params),
      source_rate: null,
      not_modelled: notModelled(context, {
        time_limit_s: 'Tasks killed at their time limit',
        rss_mb: 'Memory of the worker processes against that of the machine',
      }),
    };
  },
  effective: (params) => ({ ...fleetEffective(params), ...derived('concurrency', params.concurrency, concurrencyOf(params), 'one process for each vCPU') }),
  accepts: acceptCalls,
  presets: [
    { id: 'background-worker', title: 'Worker', keywords: ['background worker', 'job worker', 'queue consumer'], params: { task_cpu_s: 0.005, task_io_s: 0.02, prefetch_multiplier: 1 } },
    { id: 'celery', title: 'Celery', keywords: ['celery tasks'], params: {} },
    { id: 'celery-long-tasks', title: 'Celery, long tasks', keywords: ['video encoding', 'transcoding'], params: { task_cpu_s: 90, task_io_s: 2, prefetch_multiplier: 1, acks_late: true, reject_on_worker_lost: true } },
    { id: 'sidekiq', title: 'Sidekiq', keywords: ['resque', 'ruby jobs'], params: { prefetch_multiplier: 1 } },
    { id: 'rq', title: 'RQ', keywords: ['redis queue'], params: { concurrency: 1, prefetch_multiplier: 1 } },
    { id: 'dramatiq', title: 'Dramatiq', keywords: ['dramatiq actors'], params: { acks_late: true } },
  ],
  recognition: { words: ['celery', 'worker', 'workers', 'consumer', 'jobs', 'dramatiq', 'rq', 'huey', 'sidekiq', 'resque', 'bullmq'] },
  docs: {
    what: 'Processes that take tasks from a broker and do them in the background. Instances times concurrency tasks run at once; only as many compute as there are cores.',
    when: 'Work longer than a user should wait: video, reports, e-mail, calls to third parties.',
    whenNot: 'The user needs the result in the same answer, or strict order matters: several consumers reorder.',
  },
  examples: [
    { title: 'one process per core, four reserved for each', params: { vcpu: 4 }, expect: (b) => b.resources[0]?.kind === 'consumer-pool' && b.resources[0].concurrency === 4 && b.resources[0].prefetch === 16 },
    { title: 'video pipeline: 14 machines of 4 cores', params: { instances: 14, vcpu: 4, task_cpu_s: 90, task_io_s: 0 }, expect: (b) => b.resources[0]?.kind === 'consumer-pool' && b.resources[0].units * b.resources[0].concurrency === 56 && b.resources[0].demand.cpu_s === 90 },
    { title: 'is own code', params: {}, expect: (b) => b.failure.own_code && b.operations.deployable && b.role === 'worker' },
  ],
});
