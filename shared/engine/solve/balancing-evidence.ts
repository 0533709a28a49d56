/** What the balancing policy costs: the same tiers behind one that follows the requests in flight (evaluation 5.4). */
import { processWait } from '../math/process-wait.ts';
import type { PythonProcess } from '../math/python-process.ts';
import type { CompiledDesign, NodeFacts, NodeStation } from '../types.ts';
import { processInput } from './demand-station.ts';
import type { EvidenceBook } from './evidence-book.ts';
import type { MeanDemand, MeanDemands } from './mean-demand.ts';

/** Everything solved at one load. */
export interface Solved { readonly compiled: CompiledDesign; readonly stations: readonly NodeStation[]; readonly demands: MeanDemands }

interface Member { readonly input: PythonProcess; readonly waitS: number; readonly cs2: number }

function memberOf(solved: Solved, facts: NodeFacts, demand: MeanDemand): Member | null {
  const station = solved.stations[facts.view.index];
  if (!facts.process || !station) return null;
  const input = processInput(facts.process, facts, demand, solved.compiled.workload.ca2, station.scaledUnits);
  return { input, waitS: station.waitS, cs2: demand.cs2 };
}

/** Variation of exponential service: up to here turn by turn is about as good as one queue, and nothing is compared. */
const EXPONENTIAL = 1;

/** Mean wait with one queue for all units, seconds. */
function sharedWaitS(input: PythonProcess): number {
  return processWait({ ...input, policy: 'least_outstanding', hot: 1 }).waitS;
}

/** Cores and variation of the members: a pool of equals with even requests gains nothing. */
function isUneven(members: readonly Member[]): boolean {
  const cores = new Set(members.map(({ input }) => input.vcpu * input.instances));
  return cores.size > 1 || members.some(({ cs2 }) => cs2 > EXPONENTIAL);
}

/** Nodes of one pool that differ, or whose requests do: their wait now, and with all their cores behind one queue. */
function poolEvidence(solved: Solved, facts: NodeFacts): Record<string, number> | null {
  const { compiled } = solved;
  const targets = facts.view.out.filter((edge) => !edge.idleReason && edge.kind === 'http');
  if (targets.length < 2) return null;
  const members: Member[] = [];
  for (const { to } of targets) {
    const target = compiled.nodes[to.index] as NodeFacts;
    const member = memberOf(solved, target, solved.demands.of(target));
    if (!member) return null;
    members.push(member);
  }
  const [first] = members;
  if (!first || !isUneven(members)) return null;
  const sum = (of: (input: PythonProcess) => number): number => members.reduce((total, { input }) => total + of(input), 0);
  const lambda = sum((input) => input.lambda);
  if (!(lambda > 0)) return null;
  const mean = (of: (member: Member) => number): number => members.reduce((total, member) => total + of(member) * member.input.lambda, 0) / lambda;
  const pooled: PythonProcess = {
    ...first.input, lambda, instances: 1, vcpu: sum((input) => input.vcpu * input.instances), workers: sum((input) => input.workers * input.instances),
    cpuS: mean(({ input }) => input.cpuS), downstreamS: mean(({ input }) => input.downstreamS), csCpu: mean(({ cs2 }) => cs2),
  };
  return { pool_wait_s: mean(({ waitS }) => waitS), pool_least_outstanding_wait_s: sharedWaitS(pooled) };
}

function addOwn(solved: Solved, facts: NodeFacts, book: EvidenceBook): void {
  const { index } = facts.view;
  const demand = solved.demands.of(facts);
  const evidence = book.of(index);
  evidence['service_cs2'] = demand.cs2;
  evidence['cpu_s'] = demand.cpuS;
  if (facts.hot > 1) evidence['hot_factor'] = facts.hot;
  if (facts.policy !== 'round_robin' || !(demand.cs2 > EXPONENTIAL) || !((solved.stations[index]?.scaledUnits ?? 0) > 1)) return;
  const member = memberOf(solved, facts, demand);
  if (member) evidence['least_outstanding_wait_s'] = sharedWaitS(member.input);
}

/**
 * Add to own code service_cs2 (variation between journeys included), cpu_s, hot_factor (busiest unit over the mean) and,
 * behind round robin and with uneven requests, least_outstanding_wait_s; to a balancer before a pool of several nodes that
 * differ, or whose requests do, pool_wait_s and pool_least_outstanding_wait_s. Seconds. Once for a whole evaluation: no stage reads it.
 */
export function addBalancingEvidence(solved: Solved, book: EvidenceBook): void {
  for (const facts of solved.compiled.nodes) {
    if (facts.split === 'balance') book.add(facts.view.index, poolEvidence(solved, facts));
    else if (facts.process) addOwn(solved, facts, book);
  }
}
