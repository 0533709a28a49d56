import { defineComponent } from '../../../shared/contracts/component.ts';
import { choice, number } from '../../../shared/contracts/params.ts';
import { z } from '../../../shared/lib/zod.ts';
import { acceptOnly } from '../common/accepts.ts';
import { availabilityField } from '../common/availability.ts';
import { FAILURES_PER_YEAR, serviceFailure } from '../common/failure.ts';
import { guardCpuS, mechanismsOf, ownGuardFields, practiceFields } from '../common/practices.ts';
import { costLine } from '../common/pricing.ts';

const A = { provenance: 'A' as const };
const QUOTAS = { provenance: 'V' as const, source: 'aws-lambda-scaling' };
const RUNTIME = { provenance: 'V' as const, source: 'aws-lambda-runtime' };

/** Memory that brings one vCPU, MB; seconds in a month of 730 hours. */
const MB_PER_VCPU = 1769;
const SECONDS_PER_MONTH = 730 * 3600;

/** A function that the platform starts, scales and bills by use. */
export const lambda = defineComponent({
  type: 'lambda',
  aliases: ['function', 'serverless-function'],
  version: 1,
  title: 'Function',
  category: 'compute',
  silhouette: 'compute',
  icon: 'M5 3h3l7 14h2.5 M9.5 9 4.5 17 M2.5 17h4',
  keywords: ['serverless', 'faas', 'cloud function', 'azure functions'],
  figures: { primary: 'rps', secondary: 'utilisation' },
  params: z.object({
    memory_mb: number({ ...RUNTIME, default: 512, min: 128, max: 10_240, step: 128, label: 'Memory', group: 'capacity', unit: 'mb', help: 'Memory of one execution environment. Processor share comes with it: 1769 MB bring one vCPU. The default of 512 MB is assumed, the range is the platform’s.' }),
    cpu_ms: number({ ...A, default: 20, min: 0, step: 5, label: 'CPU per invocation', group: 'capacity', unit: 'ms', help: 'Mean processor time on one full vCPU. With less memory it takes proportionally longer.' }),
    io_ms: number({ ...A, default: 0, min: 0, step: 5, label: 'Own waits', group: 'capacity', unit: 'ms', help: 'Waiting inside an invocation that is not drawn as a connection. It is billed like work.' }),
    cs2: number({ ...A, default: 1, min: 0, step: 0.1, label: 'Variation of CPU', group: 'capacity', unit: 'none', help: 'Squared coefficient of variation of the processor time: 0 always the same, 1 exponential.' }),
    init_ms: number({ ...A, source: 'aws-lambda-runtime', default: 400, min: 0, step: 50, label: 'Cold start', group: 'process', unit: 'ms', help: 'Extra time of an invocation that needs a new environment. A small Python function takes 150 ms; packages and connections add to it.' }),
    keep_alive_s: number({ ...A, default: 600, min: 0, step: 60, label: 'Kept warm', group: 'process', unit: 's', help: 'Seconds that an idle environment is kept. AWS does not publish it.' }),
    timeout_s: number({ provenance: 'M', source: 'aws-lambda-quotas', default: 3, min: 1, max: 900, label: 'Timeout', group: 'process', unit: 's', help: 'An invocation that runs longer is ended. 3 s unless set, 900 s at most.' }),
    provisioned: number({ ...A, default: 0, min: 0, integer: true, step: 1, label: 'Provisioned concurrency', group: 'capacity', unit: 'count', help: 'Environments kept ready: no cold start for them, paid all the time.' }),
    reserved: number({ ...A, default: 0, min: 0, integer: true, step: 10, label: 'Reserved concurrency', group: 'capacity', unit: 'count', help: 'The most this function may use, taken out of the account’s limit. 0: none, it shares the account’s limit.' }),
    account_limit: number({ ...QUOTAS, default: 1000, min: 1, step: 100, label: 'Account limit', group: 'capacity', unit: 'count', help: 'Invocations at once of all functions of the account in one region. It can be raised on request.' }),
    ramp_per_s: number({ ...QUOTAS, default: 100, min: 1, step: 10, label: 'Scaling rate', group: 'capacity', unit: 'count', help: 'New environments a second: 1000 in ten seconds for each function.' }),
    architecture: choice(['x86', 'arm'], { ...A, default: 'x86', label: 'Processor', group: 'cost', help: 'Arm costs a fifth less per second.', options: { x86: 'x86', arm: 'Arm' } }),
    ...practiceFields,
    ...ownGuardFields,
    availability: availabilityField(0.9995),
  }),
  behavior: (params) => {
    const memoryGb = params.memory_mb / 1024;
    const arm = params.architecture === 'arm';
    return {
      routing: 'fan-out',
      role: 'function',
      stateful: false,
      resources: [{
        kind: 'function', memory_mb: params.memory_mb, vcpu: params.memory_mb / MB_PER_VCPU,
        demand: { cpu_s: params.cpu_ms / 1000 + guardCpuS(params), io_s: params.io_ms / 1000, cs2: params.cs2 }, init_s: params.init_ms / 1000, keep_alive_s: params.keep_alive_s,
        provisioned: params.provisioned, reserved: params.reserved, account_limit: params.account_limit, ramp_per_s: params.ramp_per_s, timeout_s: params.timeout_s,
      }],
      failure: {
        ...serviceFailure({ availability: params.availability, units: 1, regional: true, perYear: FAILURES_PER_YEAR.regionalManaged }),
        deploys_per_year: params.deploys_per_year, canary: params.canary, own_code: true,
      },
      costs: [
        costLine('Requests', 'lambda_request_m', { per: 'request', factor: 1e-6, of: 'all' }),
        costLine('Duration', arm ? 'lambda_arm_gb_s' : 'lambda_gb_s', { per: 'gb_second', memory_gb: memoryGb }),
        ...(params.provisioned > 0 ? [costLine('Provisioned', arm ? 'lambda_provisioned_arm_gb_s' : 'lambda_provisioned_gb_s', { per: 'count', count: params.provisioned * memoryGb * SECONDS_PER_MONTH })] : []),
      ],
      operations: { technology: 'lambda', burden: 'serverless', deployable: true, mechanisms: [...mechanismsOf({ autoscale: null, canary: params.canary }), ...(params.provisioned > 0 ? ['provisioned concurrency'] : [])] },
      consistency: null,
      autoscale: null,
      source_rate: null,
      not_modelled: params.provisioned > 0 ? ['The lower price of seconds on provisioned environments'] : [],
    };
  },
  accepts: acceptOnly(['http', 'consume', 'trigger'], 'A function is called or triggered by messages. It holds no connections open and answers no queries.'),
  presets: [
    { id: 'aws-lambda', title: 'AWS Lambda', keywords: ['aws function'], params: {} },
    { id: 'lambda-one-core', title: 'Lambda, one full core', keywords: ['lambda 1769'], params: { memory_mb: 1769 } },
  ],
  recognition: { images: ['public.ecr.aws/lambda/*', 'lambda*', 'amazon/aws-lambda*'], words: ['lambda', 'function', 'functions', 'serverless', 'faas'] },
  docs: {
    what: 'Code that runs once for each request or message, in an environment the platform starts when none is idle. Paid by requests and by memory times seconds.',
    when: 'Uneven or rare work, events from storage and queues, teams that want no machines.',
    whenNot: 'Steady traffic above a few tens of requests a second: containers are cheaper. Work over 15 minutes, strict latency targets, or many direct database connections.',
  },
  examples: [
    { title: '512 MB bring 0.29 of a core', params: {}, expect: (b) => b.resources[0]?.kind === 'function' && Math.abs(b.resources[0].vcpu - 512 / 1769) < 1e-12 && b.resources[0].timeout_s === 3 && b.resources[0].init_s === 0.4 },
    { title: 'requests and half a gigabyte for each second', params: {}, expect: (b) => b.costs.length === 2 && b.costs[1]?.quantity.per === 'gb_second' && b.costs[1].quantity.memory_gb === 0.5 },
    { title: 'Arm has its own price', params: { architecture: 'arm', provisioned: 10 }, expect: (b) => b.costs[1]?.price === 'lambda_arm_gb_s' && b.costs[2]?.price === 'lambda_provisioned_arm_gb_s' && b.costs[2].quantity.per === 'count' && b.costs[2].quantity.count === 10 * 0.5 * 2_628_000 },
    { title: 'a regional service with code of yours in it', params: { canary: 0.1 }, expect: (b) => b.failure.regional && b.failure.own_code && b.failure.canary === 0.1 && b.operations.burden === 'serverless' },
  ],
});
