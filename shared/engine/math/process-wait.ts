/**
 * What a request waits in a tier of own code, as the graph evaluator takes it. Sync workers and threads wait as the worked
 * examples compose it (`pythonProcess`, evaluation 5.3: the geometric mean of pooled and split), which lies between a kernel
 * that hands a request to any process and one that finds the idle one, as the simulator does: its means are up to a quarter
 * lower. Few workers on one core that mostly wait for others and are nearly all taken answer up to a half later than this, and
 * their p99 is up to twice it: a place is also held while a core is waited for, and some wait long while most do not at all. The
 * simulation then says that the answer is not to be relied on. Event loops, for which that composition is 17 to 38 % too slow, have their wait put together from what happens one after the other: a core for the process, and the process for the
 * request. Against 336 simulated tiers with plenty of slots (1 to 4 instances under three policies, 1 to 8 cores, 1 to 4
 * processes for each core, rho .2 to .85, waits for others up to five times the computing) mean responses are 2 % off on
 * average and 12 % at most, their p99 3 % and 20 %; with waits of up to thirty times the computing the wait itself is 6 % off.
 */
import { station } from './allen-cunneen.ts';
import { arrivalVariation, evenArrivalFactor, joinShortestQueueFactor, twoChoicesShare } from './balancing.ts';
import type { BalancePolicy } from './balancing.ts';
import { sharingWait } from './mg1.ts';
import { processLayers, tierLoads } from './python-process.ts';
import type { PythonProcess, TierLoads } from './python-process.ts';
import { resourceRho, waitingRho } from './utilisation.ts';

/** Mean waits for a core and for a slot, seconds, the variance of their sum, and the loads of the tier. */
export interface ProcessWait {
  readonly rhoCpu: number;
  readonly rhoSlots: number;
  readonly cpuWaitS: number;
  readonly slotWaitS: number;
  readonly waitS: number;
  readonly waitVariance: number;
}

/** A wait with the probability of waiting at all. */
interface Wait {
  readonly meanS: number;
  readonly probability: number;
}

/** Requests that idle processes take first are told apart by what they hold, and waits for others hide who computes. */
const HIDDEN_BY = 4;
/** What processes hold is even; long queues are therefore shorter than blind ones, by more the less it hides. */
const EVENED_BY = 0.7;

/**
 * Share of the wait that requests have although another process is idle: D/(D + 4c + .7 split sqrt(D/c)), with the time D that
 * requests wait for others (what a process holds then says little about who computes) and the wait of processes that each
 * take their part blindly. 0 without such waits: the idle process is known. Fitted to simulation.
 */
function blindShare(computeS: number, downstreamS: number, splitS: number): number {
  return downstreamS > 0 ? downstreamS / (downstreamS + HIDDEN_BY * computeS + EVENED_BY * splitS * Math.sqrt(downstreamS / computeS)) : 0;
}

/** Share of the requests that may meet a process that computes while another is idle, D/(D + 4c (1-rho)^2): more wait, each for less long. Fitted to simulation. */
function blindRequests(computeS: number, downstreamS: number, rho: number): number {
  return downstreamS > 0 ? downstreamS / (downstreamS + HIDDEN_BY * computeS * (1 - rho) ** 2) : 0;
}

/** What computes in one of the units. */
interface Unit {
  readonly computeS: number;
  readonly downstreamS: number;
  readonly cores: number;
  /** Processes of one unit that compute one at a time; null where any core serves any request. */
  readonly processes: number | null;
}

/** What the choice between so many units costs where the shortest queue is taken. */
function choice(units: number, cores: number, rho: number): number {
  return 1 + (joinShortestQueueFactor(units, rho) - 1) / Math.max(1, cores);
}

/**
 * Wait to compute for units whose load, cores and processes lie behind one queue or, for `units` 1, behind one unit's.
 * Cores: G/G/(n m), and the shortest of n queues costs 1 + .5 (n-1)(1-rho)/m. Processes: what shortest queues over all of
 * them cost beyond those of the units, and with the blind share what each would cost alone. `factor` is on the mean wait.
 */
function computeWait({ computeS, downstreamS, cores, processes }: Unit, lambda: number, units: number, factor: number): Wait {
  const core = station(lambda, computeS, units * cores);
  const meanS = core.waitS * choice(units, cores, core.rho);
  if (processes === null) return { meanS: meanS * factor, probability: core.pWait };
  const rho = resourceRho(lambda * computeS, units * processes);
  const load = waitingRho(rho);
  const alone = sharingWait(computeS, rho);
  const ideal = station(lambda, computeS, units * processes);
  const blind = blindShare(computeS, downstreamS, alone);
  const shortest = ideal.waitS * Math.max(0, joinShortestQueueFactor(units * processes, rho) - choice(units, cores, rho));
  return {
    meanS: (meanS + blind * Math.max(0, alone - ideal.waitS) + (1 - blind) * shortest) * factor,
    probability: core.pWait + (1 - core.pWait) * blindRequests(computeS, downstreamS, load) * Math.max(0, load - ideal.pWait),
  };
}

function between(a: Wait, b: Wait, share: number): Wait {
  return { meanS: a.meanS + (b.meanS - a.meanS) * share, probability: a.probability + (b.probability - a.probability) * share };
}

/** The variation of arrivals and demands as a factor on the wait of random arrivals and exponential demands. */
function variation(policy: BalancePolicy, rho: number, { instances, ca2 = 1, csCpu = 1 }: PythonProcess): number {
  const arrivals = arrivalVariation(policy, ca2, instances);
  const factor = (arrivals + csCpu) / 2;
  return policy === 'round_robin' ? factor * evenArrivalFactor(rho, arrivals, csCpu) : factor;
}

function dealtWait(input: PythonProcess, unit: Unit, rho: number): Wait {
  const { policy = 'least_outstanding', instances, lambda } = input;
  const central = policy === 'least_outstanding' || policy === 'power_of_two' || instances <= 1 ? computeWait(unit, lambda, instances, variation('least_outstanding', rho, input)) : null;
  if (central && (policy === 'least_outstanding' || instances <= 1)) return central;
  const split = computeWait(unit, lambda / instances, 1, variation(policy, rho, input));
  return central ? between(central, split, twoChoicesShare(instances, rho)) : split;
}

const NO_WAIT: Wait = { meanS: 0, probability: 0 };

/** Wait for a core: none while everything that is let in at once has one of its own. */
function cpuWait(input: PythonProcess, { effectiveCores, slots, rhoCpu }: TierLoads): Wait {
  const { workers, vcpu, lambda, cpuS, downstreamS } = input;
  if (!(lambda > 0) || !(cpuS > 0) || slots <= vcpu) return NO_WAIT;
  return dealtWait(input, { computeS: cpuS, downstreamS, cores: effectiveCores, processes: slots > workers ? workers : null }, rhoCpu);
}

/**
 * The wait of one request at a tier of like units with even load (`hot` is not looked at: solve the hottest alone). Its
 * variance for event loops is that of no wait at all or an exponential one: w^2 (2/C - 1) with the probability C of waiting,
 * which for M/M/c is C(2-C)/theta^2; w^2 for the others. Finite for any load (waits use min(rho, .999)).
 */
export function processWait(input: PythonProcess): ProcessWait {
  const even = (input.hot ?? 1) === 1 ? input : { ...input, hot: 1 };
  if (input.workerClass !== 'async') {
    const { cpu, cpuWaitS, slot } = processLayers(even);
    const composedS = cpuWaitS + slot.waitS;
    return { rhoCpu: cpu.rho, rhoSlots: slot.rho, cpuWaitS, slotWaitS: slot.waitS, waitS: composedS, waitVariance: composedS * composedS };
  }
  const loads = tierLoads(even);
  const cpu = cpuWait(input, loads);
  const cpuVariance = cpu.probability > 0 ? (cpu.meanS * cpu.meanS * (2 - cpu.probability)) / cpu.probability : 0;
  const { rhoCpu, rhoSlots, slotWaitS, slotWaitVariance } = loads;
  return { rhoCpu, rhoSlots, cpuWaitS: cpu.meanS, slotWaitS, waitS: cpu.meanS + slotWaitS, waitVariance: cpuVariance + slotWaitVariance };
}
