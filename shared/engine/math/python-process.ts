/**
 * Two-layer model of Python application servers (GIL, Gunicorn, uWSGI, ASGI), evaluation 5.3: CPU below the slots
 * (workers x threads or connections). A tier in a drawing takes loads and capacities from here, and its wait through
 * process-wait.ts, which has one of its own for event loops.
 */
import { station } from './allen-cunneen.ts';
import type { Station } from './allen-cunneen.ts';
import { balancedRho, balancedStation } from './balancing.ts';
import type { BalancePolicy } from './balancing.ts';
import { sharingWait } from './mg1.ts';

/** sync: one request per worker; gthread: workers x threads; async: workers x connections (event loop). */
export type WorkerClass = 'sync' | 'gthread' | 'async';

/** A tier of like instances. Times in seconds; downstreamS is the mean time waited for other nodes. */
export interface PythonProcess {
  lambda: number;
  instances: number;
  vcpu: number;
  workers: number;
  threads: number;
  cpuS: number;
  downstreamS: number;
  workerClass: WorkerClass;
  policy?: BalancePolicy;
  /** One running thread per process (CPython); false for free-threaded runtimes. */
  gil?: boolean;
  /** Load of the hottest instance over the mean. */
  hot?: number;
  /** Connections per async worker. */
  connections?: number;
  csCpu?: number;
  csDownstream?: number;
  ca2?: number;
}

/** Requests/s that all instances together sustain, and what gives out first. */
export interface ProcessCapacity {
  effectiveCores: number;
  slots: number;
  /** null: no CPU time needed. */
  cpuCapacity: number | null;
  /** null: requests hold a slot for no time. */
  slotCapacity: number | null;
  /** Smaller of the two; null when neither limits. */
  capacity: number | null;
  binding: 'cpu' | 'slots';
}

/** What a request meets. localS excludes the downstream time; all finite (waits use min(rho,.999)). */
export interface PythonProcessResult extends ProcessCapacity {
  rhoCpu: number;
  rhoSlots: number;
  saturated: boolean;
  cpuWaitS: number;
  slotWaitS: number;
  slotWaitVariance: number;
  localS: number;
  localVariance: number;
  responseS: number;
}

/** Threads of a worker, cores that compute and places for requests of one instance. */
interface Shape { readonly threads: number; readonly cores: number; readonly slots: number; readonly gil: boolean }

function shape(input: PythonProcess): Shape {
  const threads = input.workerClass === 'sync' ? 1 : Math.max(1, input.threads);
  const gil = input.gil ?? true;
  const cores = gil ? Math.min(input.workers, input.vcpu) : Math.min(input.workers * threads, input.vcpu);
  const perWorker = input.workerClass === 'async' ? (input.connections ?? 1000) : threads;
  return { threads, cores, slots: input.workers * perWorker, gil };
}

/** X = min(n m/c, n s/(c+D)) (divided by `hot`): effective cores m = min(W,k) under the GIL, slots s = W T or W conn. */
export function processCapacity(input: PythonProcess): ProcessCapacity {
  const { cores, slots } = shape(input);
  const hot = input.hot ?? 1;
  const hold = input.cpuS + input.downstreamS;
  const cpuCapacity = input.cpuS > 0 ? (input.instances * cores) / input.cpuS / hot : null;
  const slotCapacity = hold > 0 ? (input.instances * slots) / hold / hot : null;
  const binding = slotCapacity === null || (cpuCapacity !== null && cpuCapacity <= slotCapacity) ? 'cpu' : 'slots';
  return { effectiveCores: cores, slots, cpuCapacity, slotCapacity, capacity: binding === 'cpu' ? cpuCapacity : slotCapacity, binding };
}

/**
 * CPU wait below the slot: 0 while everything that is let in at once (the slots) has a core of its own, pooled above
 * that, and the geometric mean of pooled and split where requests are bound to a process that computes one at a time.
 */
function cpuWait(input: PythonProcess, { threads, gil, slots }: Shape, pooled: Station): number {
  const bound = slots > input.workers && (gil || threads === 1);
  if (!bound) return slots <= input.vcpu ? 0 : pooled.waitS;
  return Math.sqrt(pooled.waitS * sharingWait(input.cpuS, pooled.rho));
}

/** Waiting for a slot held for hold = c + D (CPU queueing is not added to it, which would count it twice). */
function slotStation(input: PythonProcess, slots: number): Station {
  const { instances, cpuS, downstreamS, ca2 = 1, hot = 1, policy = 'least_outstanding', csCpu = 1, csDownstream = 1 } = input;
  const hold = cpuS + downstreamS;
  const cs2 = hold > 0 ? (cpuS * cpuS * csCpu + downstreamS * downstreamS * csDownstream) / (hold * hold) : 0;
  if (policy === 'least_outstanding') return station(input.lambda * hot, hold, instances * slots, ca2, cs2);
  return balancedStation({ policy, lambda: input.lambda, serviceS: hold, instances, serversPerInstance: slots, ca2, cs2, hot });
}

/** Loads of a tier, uncapped, and the wait for a slot in it (s, s^2): all but the wait for a core. */
export interface TierLoads {
  readonly effectiveCores: number;
  readonly slots: number;
  readonly rhoCpu: number;
  readonly rhoSlots: number;
  readonly slotWaitS: number;
  readonly slotWaitVariance: number;
}

/** The part of `pythonProcess` that event loops share with the other classes: their wait for a core is another one. */
export function tierLoads(input: PythonProcess): TierLoads {
  const { cores, slots } = shape(input);
  const { lambda, instances, cpuS, hot, policy = 'least_outstanding' } = input;
  const slot = slotStation(input, slots);
  const rhoCpu = balancedRho({ policy, lambda, serviceS: cpuS, instances, serversPerInstance: cores, hot });
  return { effectiveCores: cores, slots, rhoCpu, rhoSlots: slot.rho, slotWaitS: slot.waitS, slotWaitVariance: slot.waitVariance };
}

/** Both layers of the tier: its cores, with the wait that the binding to processes makes of theirs, and its slots. */
export interface ProcessLayers { readonly cpu: Station; readonly cpuWaitS: number; readonly slot: Station }

/** The queues of `pythonProcess`. */
export function processLayers(input: PythonProcess): ProcessLayers {
  const own = shape(input);
  const { lambda, instances, cpuS, ca2 = 1, hot = 1, policy = 'least_outstanding', csCpu = 1 } = input;
  const cpu = balancedStation({ policy, lambda, serviceS: cpuS, instances, serversPerInstance: own.cores, ca2, cs2: csCpu, hot });
  return { cpu, cpuWaitS: cpuWait(input, own, cpu), slot: slotStation(input, own.slots) };
}

/**
 * Response of the tier: R = w_slot + w_cpu + c + D. rhoCpu and rhoSlots are uncapped offered loads; from 1 on the tier is
 * saturated and its waits are those of rho = .999.
 */
export function pythonProcess(input: PythonProcess): PythonProcessResult {
  const capacity = processCapacity(input);
  const { cpuS, downstreamS, csCpu = 1 } = input;
  const { cpu, cpuWaitS, slot } = processLayers(input);
  const hold = cpuS + downstreamS;
  const waits = slot.waitS + cpuWaitS;
  return {
    effectiveCores: capacity.effectiveCores,
    slots: capacity.slots,
    cpuCapacity: capacity.cpuCapacity,
    slotCapacity: capacity.slotCapacity,
    capacity: capacity.capacity,
    binding: capacity.binding,
    rhoCpu: cpu.rho,
    rhoSlots: slot.rho,
    saturated: cpu.saturated || slot.saturated,
    cpuWaitS,
    slotWaitS: slot.waitS,
    slotWaitVariance: slot.waitVariance,
    localS: waits + cpuS,
    localVariance: cpuS * cpuS * csCpu + waits * waits,
    responseS: waits + hold,
  };
}

/** Gunicorn's rule of thumb for workers: 2 cores + 1. */
export function gunicornWorkers(cores: number): number {
  return 2 * cores + 1;
}
