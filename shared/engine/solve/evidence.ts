/** Facts about a solved node that belong to no utilisation: retries, surges, connections of functions. */
import { fluidBacklog } from '../math/backlog.ts';
import { tokenBucketAdmitted, tokenBucketDropShare } from '../math/token-bucket.ts';
import { provisionedEnough, rampColdShare, reachableConcurrency } from '../math/lambda.ts';
import { mixtureQuantile } from '../math/mixture-quantile.ts';
import type { Mixture } from '../math/mixture.ts';
import { resourceRho } from '../math/utilisation.ts';
import type { CompiledDesign, NodeFacts, NodeStation, TrafficResult } from '../types.ts';
import { arrivals, fixedResource } from './parts.ts';

type Evidence = Record<string, number>;

/** Attempts over first attempts, and the marks of a loop that does not settle or does not recover. */
function retryEvidence(compiled: CompiledDesign, flows: TrafficResult, facts: NodeFacts): Evidence | null {
  const { retries } = flows;
  if (!retries) return null;
  let most = 0;
  let metastable = false;
  for (const index of compiled.retrying) {
    if (compiled.edges[index]?.view.to.index !== facts.view.index) continue;
    most = Math.max(most, retries.attempts[index] as number);
    metastable ||= retries.metastable[index] === 1;
  }
  if (most === 0) return null;
  return { retry_attempts: most, ...(metastable ? { metastable: 1 } : {}), ...(retries.settled ? {} : { retries_unsettled: 1 }) };
}

function busiestOf(station: NodeStation): number {
  let highest = 0;
  for (const { capacity, utilisation } of station.resources) if (capacity !== null && utilisation > highest) highest = utilisation;
  return highest;
}

/** A surge of `workload.burst`, apart from the steady scores: utilisation on the way, backlog behind a broker (semantics 8). */
function burstEvidence(compiled: CompiledDesign, flows: TrafficResult, facts: NodeFacts, station: NodeStation): Evidence | null {
  const { burst } = compiled;
  if (!burst) return null;
  const lambda = arrivals(flows, facts.view.index);
  const found: Evidence = { burst_utilisation: busiestOf(station) * burst.factor };
  const consumes = facts.view.in.some((edge) => edge.kind === 'consume' || edge.kind === 'trigger');
  if (consumes && station.capacity !== null) {
    const { backlog, delayS } = fluidBacklog({ lambdaPeak: lambda * burst.factor, capacity: station.capacity, peakS: burst.duration_s, lambdaAfter: lambda });
    found['burst_backlog'] = backlog;
    if (delayS !== null) found['burst_delay_s'] = delayS;
  }
  if (facts.fn) {
    const busy = station.evidence['concurrency'] ?? 0;
    const limit = facts.fn.reserved > 0 ? facts.fn.reserved : facts.fn.account_limit;
    const reachable = reachableConcurrency(Math.max(busy, facts.fn.provisioned), burst.duration_s, facts.fn.ramp_per_s * 10);
    found['burst_cold_share'] = rampColdShare(lambda, lambda * burst.factor);
    found['burst_provisioned_enough'] = provisionedEnough(lambda * burst.factor, station.evidence['duration_s'] ?? 0);
    found['burst_throttled_share'] = busy > 0 ? Math.max(0, 1 - reachable / (busy * burst.factor)) : 0;
    found['burst_over_limit_share'] = busy > 0 ? Math.max(0, 1 - limit / (busy * burst.factor)) : 0;
  }
  return found;
}

/** What a stated limit lets through in the long run, counted as it is counted, and the share of the arrivals that it admits. */
function limiterEvidence(flows: TrafficResult, facts: NodeFacts, { scaledUnits }: NodeStation): Evidence | null {
  for (const other of facts.others) {
    if (other.kind !== 'token-bucket' || !other.stated) continue;
    const rate = other.policy === 'local' ? other.rate * scaledUnits : other.rate;
    const lambda = arrivals(flows, facts.view.index);
    return { limit_rps: rate, admitted_rps: tokenBucketAdmitted(lambda, rate), admitted_share: 1 - tokenBucketDropShare(lambda, rate, other.burst) };
  }
  return null;
}

/** Reads and writes of a node that calls nobody, each with its share of the arrivals. */
function ownTimes(flows: TrafficResult, { view }: NodeFacts, { local: [read, write] }: NodeStation): Mixture {
  const all = arrivals(flows, view.index);
  const reads = all > 0 ? (flows.nodeReads[view.index] as number) / all : 1;
  return [...read.map((branch) => ({ ...branch, weight: branch.weight * reads })), ...write.map((branch) => ({ ...branch, weight: branch.weight * (1 - reads) }))];
}

/** Slow answers of stores and third parties: their callers wait that long, or give up before. Code of one's own answers with what it calls. */
function tailEvidence(flows: TrafficResult, facts: NodeFacts, station: NodeStation): Evidence | null {
  if (station.demand || facts.view.out.some(({ synchronous }) => synchronous)) return null;
  const external = facts.view.behavior.role === 'external';
  const timed = !station.saturated && facts.view.in.some((edge) => edge.synchronous && edge.params.values.timeout_ms !== null);
  if (!external && !timed) return null;
  const times = ownTimes(flows, facts, station);
  return { ...(external ? { p99_s: mixtureQuantile(times, 0.99) } : {}), ...(timed ? { p999_s: mixtureQuantile(times, 0.999) } : {}) };
}

/** Functions hold one connection each while they run: known only when the callers of a store are solved. */
function withFunctions(compiled: CompiledDesign, stations: readonly NodeStation[], facts: NodeFacts, station: NodeStation): NodeStation {
  if (!facts.store) return station;
  let extra = 0;
  for (const edge of facts.view.in) {
    if (edge.kind === 'db' && !edge.idleReason && compiled.nodes[edge.from.index]?.fn) extra += stations[edge.from.index]?.evidence['concurrency'] ?? 0;
  }
  if (extra === 0) return station;
  const connections = (station.evidence['connections'] ?? 0) + extra;
  const state = fixedResource('conn', resourceRho(connections, facts.store.max_connections));
  return { ...station, resources: [...station.resources.filter((other) => other.resource !== 'conn'), state], evidence: { ...station.evidence, connections } };
}

/** Complete the stations of one load in place. */
export function addEvidence(compiled: CompiledDesign, flows: TrafficResult, stations: NodeStation[]): void {
  const everywhere = flows.retries !== null || compiled.burst !== null;
  for (const facts of compiled.nodes) {
    const { index } = facts.view;
    if (!everywhere && !facts.store && facts.others.length === 0) continue;
    const station = withFunctions(compiled, stations, facts, stations[index] as NodeStation);
    const more = [retryEvidence(compiled, flows, facts), burstEvidence(compiled, flows, facts, station), limiterEvidence(flows, facts, station), tailEvidence(flows, facts, station)].filter((found) => found !== null);
    stations[index] = more.length === 0 ? station : { ...station, evidence: Object.assign({ ...station.evidence }, ...more) as Evidence };
  }
}
