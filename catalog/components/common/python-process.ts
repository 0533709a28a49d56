import type { BehaviorContext, ProcessServerResource } from '../../../shared/contracts/behavior.ts';
import { choice, flag, number, optionalNumber } from '../../../shared/contracts/params.ts';
import { memoryGb } from './fleet.ts';

const A = { provenance: 'A' as const };
const GUNICORN = { provenance: 'V' as const, source: 'gunicorn-settings' };

export type Framework = 'django' | 'flask' | 'fastapi';
export type WorkerClass = 'sync' | 'gthread' | 'gevent' | 'asgi';

/** Mean CPU of one request and memory of one worker process by framework (evaluation 3.2, semantics 3), assumed. */
const FRAMEWORK_DEFAULTS: Readonly<Record<Framework, { readonly cpu_ms: number; readonly rss_mb: number }>> = {
  django: { cpu_ms: 15, rss_mb: 150 },
  flask: { cpu_ms: 8, rss_mb: 90 },
  fastapi: { cpu_ms: 4, rss_mb: 80 },
};

/** Python application processes: demand of a request, worker model, GIL. Shared by monolith and service. */
export function processFields(defaults: { readonly framework: Framework; readonly server: 'gunicorn' | 'uwsgi' | 'uvicorn'; readonly worker_class: WorkerClass }) {
  return {
    framework: choice(['django', 'flask', 'fastapi'], { ...A, default: defaults.framework, label: 'Framework', group: 'process', help: 'Decides the assumed CPU time of a request and the memory of a worker.', options: { django: 'Django', flask: 'Flask', fastapi: 'FastAPI' } }),
    cpu_ms: optionalNumber({ ...A, min: 0, step: 1, label: 'CPU per request', group: 'capacity', unit: 'ms', help: 'Mean processor time of one request. Measure it: nothing else moves the result as much. Unset: Django 15 ms, Flask 8 ms, FastAPI 4 ms.' }),
    io_ms: number({ ...A, default: 0, min: 0, step: 1, label: 'Own waits', group: 'capacity', unit: 'ms', help: 'Waiting inside a request that is not drawn as a connection: disk, an unlisted call.' }),
    cs2: number({ ...A, default: 1, min: 0, step: 0.1, label: 'Variation of CPU', group: 'capacity', unit: 'none', help: 'Squared coefficient of variation of the CPU time: 0 always the same, 1 exponential, above 1 a few very heavy requests.' }),
    server: choice(['gunicorn', 'uwsgi', 'uvicorn'], { ...A, default: defaults.server, label: 'Server', group: 'process', help: 'Process manager. Gunicorn and uWSGI are modelled alike: processes times threads.', options: { gunicorn: 'Gunicorn', uwsgi: 'uWSGI', uvicorn: 'Uvicorn' } }),
    worker_class: choice(['sync', 'gthread', 'gevent', 'asgi'], { ...A, default: defaults.worker_class, label: 'Worker class', group: 'process', help: 'Sync: one request at a time. Threads: several that wait. Gevent and ASGI: very many that wait. Under the GIL none of them computes on more than one core per process.', options: { sync: 'Sync', gthread: 'Threads', gevent: 'Gevent', asgi: 'ASGI' } }),
    workers: optionalNumber({ ...(defaults.worker_class === 'asgi' ? A : { provenance: 'V' as const, source: 'gunicorn-design' }), min: 1, step: 1, label: 'Worker processes', group: 'process', unit: 'count', help: 'Processes per instance. Unset: 2 x vCPUs + 1 (Gunicorn documentation), with ASGI one per vCPU (assumed).' }),
    threads: number({ ...GUNICORN, default: 1, min: 1, integer: true, label: 'Threads', group: 'process', unit: 'count', help: 'Threads per worker process. More than one with the sync class runs as the threads class.' }),
    worker_connections: number({ ...GUNICORN, default: 1000, min: 1, integer: true, label: 'Connections per worker', group: 'process', unit: 'count', help: 'Requests that one gevent or ASGI worker holds at once.' }),
    timeout_s: number({ ...GUNICORN, default: 30, min: 0, label: 'Worker timeout', group: 'process', unit: 's', help: 'A worker silent for longer is killed with its request.' }),
    backlog: number({ ...GUNICORN, default: 2048, min: 1, integer: true, label: 'Accept backlog', group: 'process', unit: 'count', help: 'Connections that may wait to be accepted.' }),
    max_requests: number({ ...GUNICORN, default: 0, min: 0, integer: true, label: 'Restart after', group: 'process', unit: 'count', help: 'Requests after which a worker is replaced, against slow leaks. 0: never.' }),
    gil: flag({ provenance: 'M', source: 'python-gil', default: true, label: 'GIL', group: 'process', help: 'One thread of a process runs Python at a time. Off only for a free-threaded build.' }),
    rss_mb: optionalNumber({ ...A, min: 1, label: 'Memory per worker', group: 'process', unit: 'mb', help: 'Resident memory of one worker process. Unset: Django 150 MB, Flask 90 MB, FastAPI 80 MB.' }),
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
  readonly worker_class: WorkerClass;
  readonly workers: number | null;
  readonly threads: number;
  readonly worker_connections: number;
  readonly gil: boolean;
  readonly rss_mb: number | null;
}

/** Workers when nobody has set them: the Gunicorn rule of thumb, or one event loop for each core. */
export function defaultWorkers(workerClass: WorkerClass, vcpu: number): number {
  return Math.max(1, Math.round(workerClass === 'asgi' ? vcpu : 2 * vcpu + 1));
}

/** The process server as data (evaluation 5.3): seconds, GB, one instance times `units`. */
export function processServer(params: ProcessParams): ProcessServerResource {
  const defaults = FRAMEWORK_DEFAULTS[params.framework];
  const workerClass = params.worker_class === 'sync' && params.threads > 1 ? 'gthread' : params.worker_class;
  return {
    kind: 'process-server',
    units: params.instances,
    vcpu: params.vcpu,
    workers: params.workers === null ? defaultWorkers(workerClass, params.vcpu) : Math.max(1, Math.round(params.workers)),
    threads: params.threads,
    worker_class: workerClass,
    connections: params.worker_connections,
    gil: params.gil,
    demand: { cpu_s: (params.cpu_ms ?? defaults.cpu_ms) / 1000, io_s: params.io_ms / 1000, cs2: params.cs2 },
    memory_gb: memoryGb(params),
    rss_mb: params.rss_mb ?? defaults.rss_mb,
  };
}

/** Settings that were stated and that no formula uses yet. */
export function unmodelledProcessSettings(context: BehaviorContext): string[] {
  const notes: string[] = [];
  if (context.stated('backlog')) notes.push('Requests lost when the accept backlog is full');
  if (context.stated('max_requests')) notes.push('Worker restarts after a number of requests');
  return notes;
}
