/**
 * Queues with an end, callers of which there are only so many, and surges on the way to more machines: what M/M/c/K, a closed
 * network, a token bucket and the lag of a fleet say about the components of one evaluation (evaluation 5.2, 5.9, 5.11, semantics 4).
 */
import { autoscaleDeficit } from '../math/backlog.ts';
import { meanDeliveries, poisonDeliveries } from '../compile/poison.ts';
import { mmckBlocking } from '../math/mmck.ts';
import { closedThroughput } from '../math/mva.ts';
import { tokenBucketBurstDrop } from '../math/token-bucket.ts';
import { resourceRho } from '../math/utilisation.ts';
import type { CompiledDesign, NodeFacts, NodeStation, ResourceState, TrafficResult } from '../types.ts';
import type { MeanDemands } from './mean-demand.ts';
import type { EvidenceBook } from './evidence-book.ts';
import { arrivals } from './parts.ts';
import { waitingAt } from './waiting.ts';

type Evidence = Record<string, number>;

/** Below this share of busy slots no backlog of requests is ever full. */
const BUSY = 0.5;
/** Requests at once of one machine up to which a closed network is solved. */
const MOST_CALLERS = 64;
/** Smaller losses are none. */
const RARE = 1e-9;
/** Clients that come back without spreading do so within this time, seconds [A]. */
const WAVE_S = 0.1;

function numberParam({ view }: NodeFacts, key: string): number | null {
  const value = view.params.values[key];
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}

function slotsOf({ resources }: NodeStation): ResourceState | null {
  for (const state of resources) if (state.resource === 'slots') return state;
  return null;
}

/** Requests that find the accept backlog of their machine full, and the wait behind a full one. */
function backlogEvidence(flows: TrafficResult, facts: NodeFacts, station: NodeStation): Evidence | null {
  const slots = slotsOf(station);
  if (!slots || slots.capacity === null || slots.utilisation < BUSY) return null;
  const backlog = numberParam(facts, 'backlog');
  if (backlog === null) return null;
  const units = Math.max(1, station.scaledUnits);
  const perUnit = Math.max(1, Math.round((station.evidence['slots'] ?? units) / units));
  const lost = mmckBlocking(arrivals(flows, facts.view.index) / units, (perUnit * units) / slots.capacity, perUnit, perUnit + backlog);
  return lost < RARE ? null : { backlog_lost_share: lost, backlog_full_wait_s: (backlog * units) / slots.capacity };
}

/** What so many workers get done when none of them is ever idle: each waits for its cores and for what it calls (M/M/m//N). */
function closedEvidence(facts: NodeFacts, station: NodeStation, demands: MeanDemands): Evidence | null {
  const { process, pool } = facts;
  const callers = process ? (process.worker_class === 'sync' || process.worker_class === 'gthread' ? process.workers * process.threads : Infinity) : (pool?.concurrency ?? Infinity);
  if (callers > MOST_CALLERS) return null;
  const demand = demands.of(facts);
  if (!(demand.cpuS > 0) || !(demand.waitS > 0)) return null;
  const cores = Math.max(1, Math.floor(Math.min(process ? (process.gil ? process.workers : callers) : callers, process?.vcpu ?? pool?.vcpu ?? 1)));
  const { X, responseS } = closedThroughput(Math.max(1, Math.round(callers)), [demand.cpuS], [1], demand.waitS, [cores]);
  return { closed_rps: X * station.scaledUnits, closed_response_s: responseS + demand.waitS };
}

/** Connections that come back when one machine of several is lost, and how busy the others then are. */
function reconnectEvidence(flows: TrafficResult, facts: NodeFacts, station: NodeStation): Evidence | null {
  let open = 0;
  for (const edge of facts.view.in) if (edge.kind === 'ws' && !edge.idleReason) open += edge.params.values.connections * flows.multiple;
  const units = station.scaledUnits;
  if (open === 0 || units < 1) return null;
  const wave = open / units / Math.max(WAVE_S, numberParam(facts, 'reconnect_jitter_s') ?? 1);
  const least = station.resources.reduce((most, { capacity, perUnit }) => (capacity !== null && perUnit && capacity < most ? capacity : most), Number.MAX_VALUE);
  const left = units > 1 && least < Number.MAX_VALUE ? (least * (units - 1)) / units : 0;
  return { reconnect_rps: wave, ...(left > 0 ? { reconnect_utilisation: resourceRho(arrivals(flows, facts.view.index) + wave, left) } : {}) };
}

/**
 * Users that wait for their answers: how many, what they send, how long an answer takes, what the narrowest place would allow and
 * from how many users on it decides, N* = (Z + R of one alone) x its rate (asymptotic bounds, evaluation 5.2).
 */
function populationEvidence({ populations }: CompiledDesign, facts: NodeFacts, stations: readonly NodeStation[], flows: TrafficResult): Evidence | null {
  const found = populations?.find(({ node }) => node === facts.view.index);
  if (!found) return null;
  let busiest = 0;
  stations.forEach(({ resources }, index) => {
    if (!(arrivals(flows, index) > 0)) return;
    for (const { capacity, utilisation } of resources) if (capacity !== null) busiest = Math.max(busiest, utilisation);
  });
  const { users, thinkS, rate, responseS, aloneS, limited } = found;
  const limit = busiest > 0 ? rate / busiest : 0;
  return {
    population_users: users, population_rps: rate, population_response_s: responseS, population_limited: limited ? 1 : 0,
    ...(limit > 0 ? { population_limit_rps: limit, population_knee_users: limit * (thinkS + aloneS) } : {}),
  };
}

/** A surge before more machines have started, and behind a limiter. */
function surgeEvidence(compiled: CompiledDesign, flows: TrafficResult, facts: NodeFacts, station: NodeStation): Evidence | null {
  const { burst } = compiled;
  const lambda = arrivals(flows, facts.view.index);
  if (!burst || !(lambda > 0)) return null;
  const found: Evidence = {};
  const surge = lambda * burst.factor;
  const { autoscale } = facts.view.behavior;
  let capacity = Number.MAX_VALUE;
  for (const state of station.resources) if (state.capacity !== null && state.perUnit) capacity = Math.min(capacity, state.capacity);
  if (autoscale && capacity < Number.MAX_VALUE) {
    found['burst_lag_s'] = autoscale.lag_s;
    found['burst_deficit'] = autoscaleDeficit(surge, capacity, Math.min(autoscale.lag_s, burst.duration_s));
    found['burst_scaled_utilisation'] = resourceRho(surge * station.scaledUnits, capacity * Math.max(station.scaledUnits, autoscale.max));
  }
  for (const other of facts.others) {
    if (other.kind !== 'token-bucket' || !other.stated) continue;
    const counters = other.policy === 'local' ? station.scaledUnits : 1;
    const requests = surge * burst.duration_s;
    found['burst_dropped_share'] = requests > 0 ? tokenBucketBurstDrop(requests, surge, other.rate * counters, other.burst * counters) / requests : 0;
  }
  return Object.keys(found).length > 0 ? found : null;
}

/** Cores that checking the callers takes here, which a gateway that checks them would save: load x CPU of one check (evaluation 5.9). */
function guardEvidence(flows: TrafficResult, facts: NodeFacts): Evidence | null {
  const authMs = facts.view.params.values['own_auth'] === true ? (numberParam(facts, 'auth_ms') ?? 0) : 0;
  return authMs > 0 ? { auth_cores: (arrivals(flows, facts.view.index) * authMs) / 1000 } : null;
}

/** Memory or disk of what waits in a broker when the peak is over, GB: messages x their mean size (evaluation 5.7). */
function backlogSize(compiled: CompiledDesign, flows: TrafficResult, facts: NodeFacts, stations: readonly NodeStation[]): Evidence | null {
  const { index } = facts.view;
  const messages = arrivals(flows, index);
  if (!facts.broker || !(messages > 0)) return null;
  let most = 0;
  for (const edge of facts.view.out) {
    const station = stations[edge.to.index];
    if (!edge.idleReason && !edge.synchronous && station) most = Math.max(most, waitingAt(compiled, flows, station, edge.to.index).backlog * edge.params.values.batch);
  }
  return most > 0 ? { backlog_gb: (most * (flows.nodeKb[index] as number)) / messages / 1e6 } : null;
}

/** The longest wait in a queue with an end, and the share of its messages that find it full: the worst of its consumers. */
function queueEvidence(compiled: CompiledDesign, flows: TrafficResult, facts: NodeFacts, stations: readonly NodeStation[]): Evidence | null {
  const most = facts.broker?.max_length ?? null;
  if (most === null) return null;
  let lost = 0;
  let waitS = 0;
  for (const edge of facts.view.out) {
    const station = stations[edge.to.index];
    if (edge.idleReason || edge.synchronous || !station || station.capacity === null || !(station.capacity > 0)) continue;
    lost = Math.max(lost, waitingAt(compiled, flows, station, edge.to.index).lost);
    waitS = Math.max(waitS, most / (station.capacity * edge.params.values.batch));
  }
  return { lost_share: lost, full_queue_wait_s: waitS };
}

/** Messages that are gone before a consumer that cannot keep up takes them: which share, how many a second, from when and until when. */
function expiryEvidence(compiled: CompiledDesign, flows: TrafficResult, facts: NodeFacts, stations: readonly NodeStation[]): Evidence | null {
  if (facts.broker?.retention_s == null || facts.broker.max_length !== null) return null;
  const { peak_duration_s: peakS, peak_to_avg } = compiled.workload;
  const kept = facts.broker.retention_s;
  let worst: Evidence | null = null;
  for (const edge of facts.view.out) {
    const capacity = stations[edge.to.index]?.capacity ?? null;
    if (edge.idleReason || edge.synchronous || capacity === null || !(capacity > 0)) continue;
    const { lost } = waitingAt(compiled, flows, stations[edge.to.index] as NodeStation, edge.to.index);
    if (lost < RARE || lost <= (worst?.['expired_share'] ?? 0)) continue;
    const lambda = arrivals(flows, edge.to.index);
    const after = lambda / peak_to_avg;
    const lasting = after >= capacity;
    // the wait of what comes grows by (lambda - mu) / mu a second; what comes when it is as long as a message is kept is gone that much later
    const rate = lasting && (lambda - capacity) * peakS < capacity * kept ? after : lambda;
    worst = {
      expired_share: lost, expired_rps: (lambda > capacity ? (lasting ? after * lost : rate - capacity) : lambda * lost) * edge.params.values.batch,
      ...(rate > capacity ? { expires_from_s: (rate * kept) / (rate - capacity) } : {}), ...(lasting ? {} : { expires_until_s: peakS + kept }),
    };
  }
  return worst;
}

/** What messages that always fail take of a consumer: how many of them wait, the slots they hold, and how soon they hold all where nothing sets them aside. */
function poisonEvidence(flows: TrafficResult, facts: NodeFacts, station: NodeStation): Evidence | null {
  let found: Evidence | null = null;
  for (const edge of facts.view.in) {
    if (edge.idleReason || (edge.kind !== 'consume' && edge.kind !== 'trigger')) continue;
    const { poison_share, batch } = edge.params.values;
    if (!(poison_share > 0)) continue;
    const deliveries = poisonDeliveries(edge);
    // operations over the edge are deliveries already
    const fresh = ((flows.edgeReads[edge.index] as number) + (flows.edgeWrites[edge.index] as number)) / meanDeliveries(edge);
    const slots = station.evidence['consumers'] ?? station.evidence['concurrency'] ?? station.evidence['slots'] ?? 1;
    found = { poison_rps: fresh * poison_share };
    if (deliveries === null) found['poison_exhausts_s'] = (slots * batch) / (fresh * poison_share || 1e-12);
    else found['poison_load_share'] = (poison_share * deliveries) / meanDeliveries(edge);
  }
  return found;
}

/** Components that hold connections of clients, and those that get messages some of which always fail: few of a drawing. */
function arrivingBy({ edges }: CompiledDesign): { readonly holds: ReadonlySet<number>; readonly poisoned: ReadonlySet<number> } {
  const holds = new Set<number>();
  const poisoned = new Set<number>();
  for (const { view } of edges) {
    if (view.idleReason) continue;
    if (view.kind === 'ws') holds.add(view.to.index);
    else if ((view.kind === 'consume' || view.kind === 'trigger') && view.params.values.poison_share > 0) poisoned.add(view.to.index);
  }
  return { holds, poisoned };
}

/**
 * Add backlog_lost_share and backlog_full_wait_s to servers whose slots are busy; closed_rps and closed_response_s (all
 * workers busy all the time) to those with a worker for each request; reconnect_rps and reconnect_utilisation to holders of
 * connections; burst_lag_s, burst_deficit (requests), burst_scaled_utilisation and burst_dropped_share under a stated surge;
 * lost_share and full_queue_wait_s to brokers whose queue has an end; population_* to clients that are users;
 * expired_share, expired_rps, expires_from_s and expires_until_s to brokers that forget what is not taken in time; poison_rps with
 * poison_load_share or poison_exhausts_s to consumers of messages that always fail; auth_cores to code that checks its callers;
 * backlog_gb to brokers before consumers that fall behind.
 */
export function addQueueEvidence(compiled: CompiledDesign, flows: TrafficResult, demands: MeanDemands, book: EvidenceBook): void {
  const { stations } = book;
  const { holds, poisoned } = arrivingBy(compiled);
  for (const facts of compiled.nodes) {
    const { index } = facts.view;
    const station = stations[index] as NodeStation;
    if (facts.process) book.add(index, backlogEvidence(flows, facts, station));
    if (facts.process || facts.pool) book.add(index, closedEvidence(facts, station, demands));
    if (holds.has(index)) book.add(index, reconnectEvidence(flows, facts, station));
    if (compiled.populations) book.add(index, populationEvidence(compiled, facts, stations, flows));
    if (compiled.burst) book.add(index, surgeEvidence(compiled, flows, facts, station));
    if (facts.broker) book.add(index, queueEvidence(compiled, flows, facts, stations));
    if (facts.broker) book.add(index, expiryEvidence(compiled, flows, facts, stations));
    if (poisoned.has(index)) book.add(index, poisonEvidence(flows, facts, station));
    if (facts.process || facts.fn) book.add(index, guardEvidence(flows, facts));
    if (facts.broker) book.add(index, backlogSize(compiled, flows, facts, stations));
  }
}
