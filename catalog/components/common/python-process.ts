import type { BehaviorContext, ProcessServerResource } from '../../../shared/contracts/behavior.ts';
import { choice, flag, number, optionalNumber } from '../../../shared/contracts/params.ts';
import { derived, type Effective } from './effective.ts';
import { memoryGb } from './fleet.ts';

const A = { provenance: 'A' as const };
const GUNICORN = { provenance: 'V' as const, source: 'gunicorn-settings' };

/** Languages that the frameworks bring: what one process may compute on differs between them. */
const FRAMEWORKS = ['django', 'flask', 'fastapi', 'express', 'rails', 'spring', 'go', 'aspnet'] as const;
const FRAMEWORK_NAMES = { django: 'Django', flask: 'Flask', fastapi: 'FastAPI', express: 'Express on Node.js', rails: 'Ruby on Rails', spring: 'Spring Boot', go: 'Go', aspnet: 'ASP.NET Core' } as const;
const SERVERS = ['gunicorn', 'uwsgi', 'uvicorn', 'builtin'] as const;

export type Framework = (typeof FRAMEWORKS)[number];
export type WorkerClass = 'sync' | 'gthread' | 'gevent' | 'asgi';

/**
 * python: GIL, several processes. single: one thread of a process computes for another reason (Node's event loop, Ruby's
 * lock), one process for each core. parallel: one process computes on all cores.
 */
type Runtime = 'python' | 'single' | 'parallel';

/** Mean CPU of one request and memory of one worker process (evaluation 3.2, semantics 3), assumed. */
const FRAMEWORK_DEFAULTS: Readonly<Record<Framework, { readonly cpu_ms: number; readonly rss_mb: number; readonly runtime: Runtime }>> = {
  django: { cpu_ms: 15, rss_mb: 150, runtime: 'python' },
  flask: { cpu_ms: 8, rss_mb: 90, runtime: 'python' },
  fastapi: { cpu_ms: 4, rss_mb: 80, runtime: 'python' },
  express: { cpu_ms: 3, rss_mb: 100, runtime: 'single' },
  rails: { cpu_ms: 15, rss_mb: 200, runtime: 'single' },
  spring: { cpu_ms: 3, rss_mb: 500, runtime: 'parallel' },
  go: { cpu_ms: 1, rss_mb: 50, runtime: 'parallel' },
  aspnet: { cpu_ms: 1.5, rss_mb: 150, runtime: 'parallel' },
};

/** Python application processes: demand of a request, worker model, GIL. Shared by monolith and service. */
export function processFields(defaults: { readonly framework: Framework; readonly server: (typeof SERVERS)[number]; readonly worker_class: WorkerClass }) {
  return {
    framework: choice(FRAMEWORKS, { ...A, default: defaults.framework, label: 'Framework', group: 'process', help: 'Decides the assumed CPU time of a request, the memory of a worker, and whether one process can compute on several cores. All assumed: measure yours.', options: FRAMEWORK_NAMES }),
    cpu_ms: optionalNumber({ ...A, min: 0, step: 1, label: 'CPU per request', group: 'capacity', unit: 'ms', help: 'Mean processor time of one request. Measure it: nothing else moves the result as much. Unset: the framework’s, Django 15 ms, Flask 8 ms, FastAPI 4 ms.' }),
    io_ms: number({ ...A, default: 0, min: 0, step: 1, label: 'Own waits', group: 'capacity', unit: 'ms', help: 'Waiting inside a request that is not drawn as a connection: disk, an unlisted call.' }),
    cs2: number({ ...A, default: 1, min: 0, step: 0.1, label: 'Variation of CPU', group: 'capacity', unit: 'none', help: 'Squared coefficient of variation of the CPU time: 0 always the same, 1 exponential, above 1 a few very heavy requests.' }),
    server: choice(SERVERS, { ...A, default: defaults.server, label: 'Server', group: 'process', help: 'Process manager. Gunicorn and uWSGI are modelled alike: processes times threads.', options: { gunicorn: 'Gunicorn', uwsgi: 'uWSGI', uvicorn: 'Uvicorn', builtin: 'The framework’s own' } }),
    worker_class: choice(['sync', 'gthread', 'gevent', 'asgi'], { ...A, default: defaults.worker_class, label: 'Worker class', group: 'process', help: 'Sync: one request at a time. Threads: several that wait. Gevent and event loops: very many that wait. Under the GIL none of them computes on more than one core per process.', options: { sync: 'Sync', gthread: 'Threads', gevent: 'Gevent', asgi: 'Event loop (ASGI)' } }),
    workers: optionalNumber({ ...(defaults.worker_class === 'asgi' ? A : { provenance: 'V' as const, source: 'gunicorn-design' }), min: 1, step: 1, label: 'Worker processes', group: 'process', unit: 'count', help: 'Processes per instance. Unset: 2 x vCPUs + 1 (Gunicorn documentation); with an event loop, Node.js or Ruby one per vCPU; Java, Go and .NET one in all (assumed).' }),
    threads: number({ ...GUNICORN, default: 1, min: 1, integer: true, label: 'Threads', group: 'process', unit: 'count', help: 'Threads per worker process. More than one with the sync class runs as the threads class.' }),
    worker_connections: number({ ...GUNICORN, default: 1000, min: 1, integer: true, label: 'Connections per worker', group: 'process', unit: 'count', help: 'Requests that one gevent or ASGI worker holds at once.' }),
    timeout_s: number({ ...GUNICORN, default: 30, min: 0, label: 'Worker timeout', group: 'process', unit: 's', help: 'A worker silent for longer is killed with its request.' }),
    backlog: number({ ...GUNICORN, default: 2048, min: 1, integer: true, label: 'Accept backlog', group: 'process', unit: 'count', help: 'Connections that may wait to be accepted.' }),
    max_requests: number({ ...GUNICORN, default: 0, min: 0, integer: true, label: 'Restart after', group: 'process', unit: 'count', help: 'Requests after which a worker is replaced, against slow leaks. 0: never. A worker that starts serves nobody and computes.' }),
    worker_boot_s: number({ ...A, default: 2, min: 0, step: 0.5, label: 'Worker start', group: 'process', unit: 's', help: 'Seconds in which a new worker imports the application, before its first request. Only with a restart after a number of requests.' }),
    gil: flag({ provenance: 'M', source: 'python-gil', default: true, label: 'GIL', group: 'process', help: 'One thread of a process runs Python at a time. Off only for a free-threaded build. Other languages: Node.js and Ruby compute on one core per process whatever is set here, Java, Go and .NET on all.' }),
    rss_mb: optionalNumber({ ...A, min: 1, label: 'Memory per worker', group: 'process', unit: 'mb', help: 'Resident memory of one worker process. Unset: the framework’s, Django 150 MB, Flask 90 MB, FastAPI 80 MB.' }),
  };
}

/** Resolved process parameters. */
export interface ProcessParams {
  readonly instances: number;
  readonly vcpu: number;
  readonly mem_gb: number | null;
  readonly framework: Framework;
  readonly cpu_ms: number | null;
  readonly io_ms: number;
  readonly cs2: number;
  readonly server: (typeof SERVERS)[number];
  readonly worker_class: WorkerClass;
  readonly workers: number | null;
  readonly threads: number;
  readonly worker_connections: number;
  readonly max_requests: number;
  readonly worker_boot_s: number;
  readonly gil: boolean;
  readonly rss_mb: number | null;
}

/** Workers when nobody has set them: one for parallel runtimes, one for each core of event loops, else the Gunicorn rule. */
export function defaultWorkers(framework: Framework, workerClass: WorkerClass, vcpu: number): number {
  const { runtime } = FRAMEWORK_DEFAULTS[framework];
  if (runtime === 'parallel') return 1;
  return Math.max(1, Math.round(workerClass === 'asgi' || runtime === 'single' ? vcpu : 2 * vcpu + 1));
}

/** True when one process computes on one core at a time. */
function oneCore(params: Pick<ProcessParams, 'framework' | 'gil'>): boolean {
  const { runtime } = FRAMEWORK_DEFAULTS[params.framework];
  return runtime === 'single' || (runtime === 'python' && params.gil);
}

/** Several threads make the sync class the threads class. */
function classOf(params: Pick<ProcessParams, 'worker_class' | 'threads'>): WorkerClass {
  return params.worker_class === 'sync' && params.threads > 1 ? 'gthread' : params.worker_class;
}

/** The process server as data (evaluation 5.3): seconds, GB, one instance times `units`. */
export function processServer(params: ProcessParams): ProcessServerResource {
  const { cpu_ms, rss_mb, runtime } = FRAMEWORK_DEFAULTS[params.framework];
  const workerClass = classOf(params);
  return {
    kind: 'process-server',
    units: params.instances,
    vcpu: params.vcpu,
    workers: params.workers === null ? defaultWorkers(params.framework, workerClass, params.vcpu) : Math.max(1, Math.round(params.workers)),
    // a parallel runtime starts as many threads as it has cores without being told
    threads: runtime === 'parallel' ? Math.max(params.threads, Math.ceil(params.vcpu)) : params.threads,
    worker_class: runtime === 'parallel' && workerClass === 'sync' ? 'gthread' : workerClass,
    connections: params.worker_connections,
    gil: oneCore(params),
    demand: { cpu_s: (params.cpu_ms ?? cpu_ms) / 1000, io_s: params.io_ms / 1000, cs2: params.cs2 },
    memory_gb: memoryGb(params),
    rss_mb: params.rss_mb ?? rss_mb,
    ...(params.max_requests > 0 ? { recycle: { requests: params.max_requests, boot_s: params.worker_boot_s } } : {}),
  };
}

/** What unset process settings take from the framework, the worker class and the cores. */
export function processEffective(params: ProcessParams): Effective {
  const { cpu_ms, rss_mb, runtime } = FRAMEWORK_DEFAULTS[params.framework];
  const name = FRAMEWORK_NAMES[params.framework];
  const workerClass = classOf(params);
  const perCore = workerClass === 'asgi' || runtime === 'single';
  const because = runtime === 'parallel' ? `one process of ${name} uses all cores` : perCore ? 'one for each vCPU' : '2 x vCPUs + 1';
  return {
    ...derived('cpu_ms', params.cpu_ms, cpu_ms, `assumed for ${name}`),
    ...derived('rss_mb', params.rss_mb, rss_mb, `assumed for ${name}`),
    ...derived('workers', params.workers, defaultWorkers(params.framework, workerClass, params.vcpu), because),
    ...(runtime === 'python' ? {} : { gil: { value: oneCore(params) ? 'one core per process' : 'no such lock', because: `${name} is not Python` } }),
    ...(workerClass === params.worker_class ? {} : { worker_class: { value: 'gthread', because: 'more than one thread' } }),
  };
}

/** Settings that were stated and that no formula uses yet. */
export function unmodelledProcessSettings(params: ProcessParams, context: BehaviorContext): string[] {
  return [
    ...(params.server === 'uwsgi' ? ['What uWSGI does differently from Gunicorn'] : []),
    ...(context.stated('gil') && FRAMEWORK_DEFAULTS[params.framework].runtime !== 'python' ? [`The GIL setting: ${FRAMEWORK_NAMES[params.framework]} is not Python`] : []),
  ];
}
