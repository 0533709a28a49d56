import { defineComponent } from '../../../shared/contracts/component.ts';
import { choice, number, practice } from '../../../shared/contracts/params.ts';
import { z } from '../../../shared/lib/zod.ts';
import { FAILURES_PER_YEAR, instanceFailure, serviceFailure } from '../common/failure.ts';
import { fleetCosts, fleetEffective, fleetFields } from '../common/fleet.ts';
import { costLine } from '../common/pricing.ts';

const A = { provenance: 'A' as const };
const { vcpu, mem_gb, unit_availability, host, pricing } = fleetFields({ vcpu: 0.25 });

/** Service level of a managed scheduler. */
const MANAGED_AVAILABILITY = 0.9999;

/** Work that starts by the clock: a source of traffic like a client. */
export const scheduler = defineComponent({
  type: 'scheduler',
  aliases: ['cron'],
  version: 1,
  title: 'Scheduler',
  category: 'compute',
  silhouette: 'compute',
  icon: 'M2.5 10a7.5 7.5 0 1 0 15 0 7.5 7.5 0 1 0-15 0z M10 5.5V10l3.5 2',
  keywords: ['cron job', 'timer', 'periodic task', 'clock', 'batch trigger'],
  figures: { primary: 'jobs', secondary: 'none' },
  params: z.object({
    variant: choice(['celery_beat', 'managed'], { ...A, default: 'celery_beat', label: 'Variant', group: 'capacity', help: 'A process of your own, or a service of the provider that fires once and has no instances to lose.', options: { celery_beat: 'Own process', managed: 'Managed service' } }),
    rate_rps: number({ ...A, default: 1 / 3600, min: 0, label: 'Rate', group: 'capacity', unit: 'rps', help: 'Jobs started per second on average. The default is one an hour.' }),
    instances: number({ ...A, default: 1, min: 1, integer: true, step: 1, label: 'Instances', group: 'capacity', unit: 'count', help: 'Processes that keep the clock. Two without an elected leader start each job twice.' }),
    leader_elected: practice({ ...A, default: false, label: 'Leader elected', group: 'resilience', help: 'Of several instances only one fires at a time.', question: 'Does only one of several schedulers fire at a time?' }),
    vcpu, mem_gb, unit_availability, host, pricing,
  }),
  behavior: (params, context) => {
    const managed = params.variant === 'managed' && context.managed;
    return {
      routing: 'source',
      role: 'source',
      stateful: false,
      resources: [],
      failure: managed
        ? serviceFailure({ availability: MANAGED_AVAILABILITY, units: 1, regional: true, perYear: FAILURES_PER_YEAR.regionalManaged })
        : { ...instanceFailure(params.unit_availability, params.instances), own_code: true },
      costs: managed ? [costLine('Invocations', 'scheduler_call_m', { per: 'request', factor: 1e-6, of: 'all' })] : fleetCosts({ ...params, autoscale: null }),
      operations: {
        technology: managed ? 'managed scheduler' : 'celery', burden: managed ? 'serverless' : 'none', deployable: !managed,
        mechanisms: !managed && params.leader_elected && params.instances > 1 ? ['leader election'] : [],
      },
      consistency: null,
      autoscale: null,
      source_rate: params.rate_rps * (managed || params.leader_elected ? 1 : params.instances),
      not_modelled: [],
    };
  },
  effective: (params) => fleetEffective({ ...params, autoscale: null }),
  accepts: () => 'A scheduler starts work by the clock. Draw the arrow from the scheduler to what it starts.',
  presets: [
    { id: 'celery-beat', title: 'Celery beat', keywords: ['beat', 'celerybeat'], params: {} },
    { id: 'eventbridge-scheduler', title: 'EventBridge Scheduler', keywords: ['aws scheduler', 'cloudwatch events rule'], params: { variant: 'managed' } },
  ],
  recognition: { images: ['mcuadros/ofelia*', 'alpine/crontab*'], words: ['beat', 'celery-beat', 'celerybeat', 'scheduler', 'cron', 'crontab'] },
  docs: {
    what: 'Starts jobs by the clock: reports, clean-up, reminders. It sends traffic like a client, at its own rate.',
    when: 'Work that nobody asks for at the moment it must run.',
    whenNot: 'Work that follows an event: publish it instead of asking every minute. Two instances without an elected leader do everything twice.',
  },
  examples: [
    { title: 'one job an hour', params: {}, expect: (b) => b.source_rate === 1 / 3600 && b.routing === 'source' && b.failure.units === 1 && b.operations.deployable },
    { title: 'two without a leader fire twice', params: { instances: 2, rate_rps: 1 }, expect: (b) => b.source_rate === 2 },
    { title: 'with a leader the second one only waits', params: { instances: 2, rate_rps: 1, leader_elected: true }, expect: (b) => b.source_rate === 1 && b.failure.units === 2 },
    { title: 'a managed one is regional and paid by use', params: { variant: 'managed' }, expect: (b) => b.failure.regional && b.costs[0]?.price === 'scheduler_call_m' && !b.operations.deployable },
  ],
});
