/** How old an answer may be, by who gives it (semantics 6 "Path results", evaluation 8.2 and 8.3). */
import type { EdgeView } from '../../contracts/graph-view.ts';
import type { EvaluationContext } from '../context.ts';
import { mixtureQuantile } from '../math/mixture-quantile.ts';
import { mixtureMean } from '../math/mixture.ts';
import { lagQuantile, staleProbability } from '../math/rdbms.ts';
import type { NodeFacts } from '../types.ts';
import type { Arrival } from './arrival.ts';

/** What kind of answer it is; `cache` is kept up with writes, `expiring-cache` is not. */
export type AnswerKind = 'primary' | 'replica' | 'sync-replica' | 'eventual' | 'copy' | 'cache' | 'expiring-cache' | 'cdn';

/** Age of an answer. */
export interface Staleness {
  readonly kind: AnswerKind;
  /** p99, seconds; null without a bound. */
  readonly p99S: number | null;
  /** Probability that a user does not see their own last write after the think time. */
  readonly unseen: number;
  /** The answer is the latest committed one. */
  readonly latest: boolean;
}

const P99 = 0.99;
/** Replication lag beyond the network when no component states one, seconds [A]. */
const BASE_LAG_S = 0.1;
/** Age of an eventually consistent read, seconds [A]. */
const EVENTUAL_S = 1;
/** Share of unseen writes from which the p99 of a read is the whole time to live. */
const RARE = 0.01;

const LATEST: Staleness = { kind: 'primary', p99S: 0, unseen: 0, latest: true };

function ofLag(kind: AnswerKind, lagS: number | null, thinkS: number): Staleness {
  return { kind, p99S: lagQuantile(lagS, P99), unseen: staleProbability(lagS, thinkS), latest: false };
}

/** An answer from memory that lives for `ttlS` (null: for ever). `missed` is the share of writes that do not reach it. */
export function cachedAnswer(ttlS: number | null, missed: number): Staleness {
  if (!(missed > 0)) return { kind: 'cache', p99S: 0, unseen: 0, latest: false };
  return { kind: 'expiring-cache', p99S: missed > RARE ? ttlS : 0, unseen: Math.min(1, missed), latest: false };
}

/** An answer from a content delivery network: nothing tells it about writes. */
export function edgeAnswer(ttlS: number): Staleness {
  return { kind: 'cdn', p99S: ttlS, unseen: 1, latest: false };
}

/** The replicate edge that feeds a node from one of these nodes. */
function replication(facts: NodeFacts, from: (node: number) => boolean): EdgeView | undefined {
  return facts.view.in.find((edge) => edge.kind === 'replicate' && !edge.idleReason && from(edge.from.index));
}

function replicaDrawn(context: EvaluationContext, facts: NodeFacts, edge: EdgeView, thinkS: number): Staleness {
  if (edge.params.values.replicate_mode === 'sync') return { ...LATEST, kind: 'sync-replica' };
  // a lag that grows is null; stores without a model of it have a base lag and the way between regions
  if (facts.store && facts.replays.length > 0) return ofLag('replica', context.stations.stations[facts.view.index]?.lagS ?? null, thinkS);
  return ofLag('replica', BASE_LAG_S + (edge.from.region === edge.to.region ? 0 : edge.rtt_s / 2), thinkS);
}

function atHome(context: EvaluationContext, facts: NodeFacts, edge: EdgeView, thinkS: number): Staleness {
  const promised = facts.view.behavior.consistency;
  if (facts.store && facts.store.replicas > 0 && edge.params.values.routing !== 'primary') {
    if (facts.store.replica_mode === 'sync') return { ...LATEST, kind: 'sync-replica' };
    return ofLag('replica', context.stations.stations[facts.view.index]?.lagS ?? null, thinkS);
  }
  if (promised?.read_default === 'eventual') {
    const age = promised.staleness_s > 0 ? promised.staleness_s : EVENTUAL_S;
    return { kind: 'eventual', p99S: age, unseen: Math.exp(-thinkS / age), latest: false };
  }
  return LATEST;
}

/** An answer that a store gives to a call over `edge`, for data whose home is node `home`. `arrivalAt`: how late a copy is. */
export function storedAnswer(context: EvaluationContext, edge: EdgeView, home: number, arrivalAt: (node: number) => Arrival | null): Staleness {
  const facts = context.compiled.nodes[edge.to.index] as NodeFacts;
  const thinkS = context.compiled.workload.think_s;
  if (edge.to.index === home) return atHome(context, facts, edge, thinkS);
  const replicated = replication(facts, (from) => from === home);
  if (replicated) return replicaDrawn(context, facts, replicated, thinkS);
  const arrival = arrivalAt(edge.to.index);
  if (!arrival || arrival.unbounded) return { kind: 'copy', p99S: null, unseen: 1, latest: false };
  return { kind: 'copy', p99S: mixtureQuantile(arrival.time, P99), unseen: staleProbability(mixtureMean(arrival.time), thinkS), latest: false };
}
