/** What can go wrong between a producer, a broker and a consumer (evaluation 8.4 and 8.6). Rates are daily averages. */
import type { EdgeView, NodeView } from '../../contracts/graph-view.ts';
import { oncePer } from '../../lib/once-per.ts';
import type { EvaluationContext } from '../context.ts';
import { gammaQuantile, gammaTail } from '../math/gamma.ts';
import { betaFactorUnavailability } from '../math/k-of-n.ts';
import { type Numbers, wholes } from '../math/lists.ts';
import { zipf } from '../math/zipf.ts';
import { callColumns } from '../solve/call-columns.ts';
import { WRITE, type Call, type CompiledDesign, type EdgeFacts, type NodeFacts } from '../types.ts';
import type { Hazard } from '../../contracts/hazard.ts';
import { dataMapOf, isStore, type Subject } from './data-map.ts';
import type { Subjects } from './subjects.ts';

/** Probability that a consumer dies while it works, when it does not say [A]. */
const CRASH_RATE = 1e-5;
const SECONDS_PER_DAY = 86_400;
/** What workers that hide messages themselves ask of a queue that states nothing else, seconds: half an hour (Celery on SQS). */
const HIDDEN_BY_WORKER_S = 1800;
const ORDERING = ['none', 'key', 'total'] as const;

/** Average operations per second over an edge. */
export function averageOver({ compiled, flows }: EvaluationContext, edge: EdgeView): number {
  return ((flows.edgeReads[edge.index] as number) + (flows.edgeWrites[edge.index] as number)) / compiled.workload.peak_to_avg;
}

/** Share of time in which a node takes nothing: its own number, or that of its units with common causes. */
export function unavailability({ compiled }: EvaluationContext, node: NodeView): number {
  const { unit_availability, units, redundancy } = node.behavior.failure;
  const u = 1 - unit_availability;
  const n = Math.max(1, Math.round(units));
  if (redundancy === 'service' || n === 1) return u;
  return betaFactorUnavailability(u, n, redundancy === 'quorum' ? Math.floor(n / 2) + 1 : 1, compiled.settings.beta);
}

function stated(node: NodeView, key: string): boolean | null {
  const value = node.params.values[key];
  return typeof value === 'boolean' ? value : null;
}

/** Writes per second of one call. */
function rateOf({ flows }: EvaluationContext, call: Call): number {
  let rate = (flows.drive[call.from] as number) * call.rate;
  for (const gate of call.gates) rate *= flows.miss[gate] as number;
  return rate;
}

/** Changes of the store reach this broker by themselves. */
function captured(store: NodeView, broker: NodeView): boolean {
  return store.out.some((edge) => edge.kind === 'replicate' && !edge.idleReason && edge.to === broker);
}

/** A connection whose writes go missing while the other side keeps them: how many, and the stores that keep them. */
interface DualWrite { rate: number; readonly stores: Set<NodeView> }

/** Stores that keep a write while this call, made in the same step, loses it. */
function keepers({ view }: EdgeFacts, stores: readonly NodeView[], isHome: (node: NodeView) => boolean): NodeView[] {
  if (view.kind === 'publish') return view.params.values.outbox ? [] : stores.filter((store) => !captured(store, view.to));
  return view.kind === 'db' && isStore(view.to) && !isHome(view.to) ? stores.filter(isHome) : [];
}

/** What a write over a connection does when others are made in the same step: a store keeps it, it may go missing alone. */
const WRITES = { kept: 1, atRisk: 2 } as const;

/** States of callers that may write to two systems at once, whatever the load, and by node whether it is home to something. */
const doubtful = oncePer((compiled: CompiledDesign) => {
  const { plan, nodes, edges } = compiled;
  const { homes, stores } = dataMapOf(compiled);
  const isHome = (node: NodeView): boolean => homes[node.index] !== undefined;
  const writes = wholes(edges.length);
  for (let i = 0; i < edges.length; i++) {
    const { kind, to } = (edges[i] as EdgeFacts).view;
    const stored = stores[to.index] === 1;
    writes[i] = (stored ? WRITES.kept : 0) + (kind === 'publish' || (kind === 'db' && stored && !isHome(to)) ? WRITES.atRisk : 0);
  }
  const { from, edge } = callColumns(plan.calls);
  const made = wholes(plan.slotNode.length);
  for (let i = 0; i < from.length; i++) {
    const write = writes[edge[i] as number] as number;
    if (write !== 0 && (plan.calls[i] as Call).op === WRITE) made[from[i] as number] = (made[from[i] as number] as number) | write;
  }
  const slots: number[] = [];
  for (let slot = 0; slot < made.length; slot++) {
    if (made[slot] !== WRITES.kept + WRITES.atRisk || plan.slotOp[slot] !== WRITE) continue;
    const caller = nodes[plan.slotNode[slot] as number] as NodeFacts;
    if (!(caller.pool && stated(caller.view, 'acks_late') === true)) slots.push(slot);
  }
  return { slots, isHome, writes };
});

/** Writes that a state makes under this load over connections that do so (`WRITES`), in walk order. */
function writesOf(context: EvaluationContext, slot: number, writes: Numbers, does: number): Call[] {
  const { plan } = context.compiled;
  const found: Call[] = [];
  for (let i = plan.firstCall[slot] as number; i < (plan.endCall[slot] as number); i++) {
    const call = plan.calls[i] as Call;
    if (((writes[call.edge] as number) & does) !== 0 && call.op === WRITE && rateOf(context, call) > 0) found.push(call);
  }
  return found;
}

/**
 * Writes to two systems in one step without an outbox: what the second misses while it is down. The second is a broker,
 * or a store that is home to nothing beside one that is.
 */
export function dualWrites(context: EvaluationContext): Hazard[] {
  const { compiled } = context;
  const { slots, isHome, writes } = doubtful(compiled);
  const found = new Map<number, DualWrite>();
  for (const slot of slots) {
    const stores = writesOf(context, slot, writes, WRITES.kept).map(({ edge }) => (compiled.edges[edge] as EdgeFacts).view.to);
    if (stores.length === 0) continue;
    for (const call of writesOf(context, slot, writes, WRITES.atRisk)) {
      const kept = keepers(compiled.edges[call.edge] as EdgeFacts, stores, isHome);
      if (kept.length === 0) continue;
      const dual = found.get(call.edge) ?? { rate: 0, stores: new Set<NodeView>() };
      dual.rate += rateOf(context, call) / compiled.workload.peak_to_avg;
      for (const store of kept) dual.stores.add(store);
      found.set(call.edge, dual);
    }
  }
  return [...found].sort(([a], [b]) => a - b).map(([index, { rate, stores }]) => {
    const { view } = compiled.edges[index] as EdgeFacts;
    const u = unavailability(context, view.to);
    return { kind: 'dual-write', targets: [{ kind: 'edge', id: view.id }, ...[view.from, ...stores].map(({ id }) => ({ kind: 'node' as const, id }))], data: { lost_per_day: rate * SECONDS_PER_DAY * u, writes_per_s: rate, unavailability: u } };
  });
}

/** Mean seconds that a consumer works on one invocation; what waits before that is still in order and not yet delivered. */
function workS({ compiled, flows, stations }: EvaluationContext, node: number): number {
  const { plan } = compiled;
  const scale = stations.stations[node]?.demand?.cpuScale ?? 1;
  let rate = 0;
  let total = 0;
  for (const slot of plan.nodeSlots[node] ?? []) {
    const arrive = flows.arrive[slot] as number;
    rate += arrive;
    total += arrive * ((plan.slotCpuS[slot] as number) * scale + (plan.slotIoS[slot] as number) + (stations.downstreamS[slot] as number));
  }
  return rate > 0 ? total / rate : 0;
}

function numberParam(node: NodeView, key: string): number | null {
  const value = node.params.values[key];
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}

/** Whether the broker forgets a message before its work is done: as stated, or as such workers do when nothing is said. */
function acknowledgedEarly({ to, params }: EdgeView): boolean {
  const { acks_late, auto_ack } = params.values;
  const own = stated(to, 'acks_late');
  return auto_ack || (!acks_late && own !== true && (own !== null || params.stated('acks_late')));
}

/** How long a queue hides a message from others, seconds: null when it does not. */
function hiddenS(edge: EdgeView): number | null {
  const { from, to } = edge;
  const broker = from.behavior.resources.find((resource) => resource.kind === 'message-broker');
  const queue = broker?.kind === 'message-broker' ? broker.visibility_s : null;
  const least = Object.hasOwn(to.params.values, 'visibility_timeout_s') && !from.params.stated('visibility_s') ? HIDDEN_BY_WORKER_S : 0;
  return edge.params.values.visibility_s ?? numberParam(to, 'visibility_timeout_s') ?? (queue === null ? null : Math.max(queue, least));
}

/**
 * How long a consumer works on a message that the queue only hides meanwhile, and the share that comes back before it is
 * done (gamma tail). Seconds. Null where nothing is hidden, or nothing comes back because it is forgotten first.
 */
export interface Redelivery { readonly workS: number; readonly workP999S: number; readonly hiddenS: number; readonly share: number }

/** Work on a message that the queue hides, and for how long, seconds; null as for `Redelivery`. */
function hiddenWork(context: EvaluationContext, edge: EdgeView): Pick<Redelivery, 'workS' | 'hiddenS'> | null {
  const hidden = (edge.kind === 'consume' || edge.kind === 'trigger') && !isStore(edge.to) && !acknowledgedEarly(edge) ? hiddenS(edge) : null;
  const work = hidden === null ? 0 : workS(context, edge.to.index);
  return hidden === null || !(work > 0) ? null : { workS: work, hiddenS: hidden };
}

/** See `Redelivery`. */
export function redelivery(context: EvaluationContext, edge: EdgeView): Redelivery | null {
  const known = hiddenWork(context, edge);
  if (known === null) return null;
  const { workS: work, hiddenS: hidden } = known;
  return { workS: work, workP999S: gammaQuantile(work, work * work, 0.999), hiddenS: hidden, share: gammaTail(work, work * work, hidden) };
}

/** A message that is forgotten before its work is done is lost with the worker; one that is not is done again. */
function deliveryHazard(context: EvaluationContext, edge: EdgeView): Hazard | null {
  const rate = averageOver(context, edge);
  const crash = numberParam(edge.to, 'crash_rate') ?? CRASH_RATE;
  const targets: Hazard['targets'] = [{ kind: 'edge', id: edge.id }, { kind: 'node', id: edge.to.id }];
  if (acknowledgedEarly(edge)) return { kind: 'ack-early-loss', targets, data: { per_day: rate * SECONDS_PER_DAY * crash, probability: crash } };
  if (edge.params.values.idempotent || stated(edge.to, 'idempotent') === true) return null;
  const again = hiddenWork(context, edge);
  const probability = 1 - (1 - crash) * (1 - (again ? gammaTail(again.workS, again.workS * again.workS, again.hiddenS) : 0));
  return { kind: 'duplicates', targets, data: { per_day: rate * SECONDS_PER_DAY * probability, probability } };
}

/** Invocations of a consumer that may run at the same time. */
function atOnce(context: EvaluationContext, node: NodeFacts): number {
  if (node.pool) return node.pool.units * node.pool.concurrency;
  if (node.process) return node.process.units * node.process.workers * (node.process.worker_class === 'sync' ? 1 : Math.max(1, node.process.threads));
  return node.fn ? Math.max(1, context.stations.stations[node.view.index]?.evidence['concurrency'] ?? 1) : node.units;
}

function hardest(edge: EdgeView, subject: Subject | undefined): (typeof ORDERING)[number] {
  const rank = Math.max(ORDERING.indexOf(edge.params.values.ordering), ORDERING.indexOf(subject?.values.ordering ?? 'none'));
  return ORDERING[rank] ?? 'none';
}

/** The entity whose rows a stream of changes carries: the only one at home in its store. Empty where that does not say it. */
function rowsOf({ list, map }: Subjects, { kind, from }: EdgeView): string {
  const rows = kind === 'replicate' ? map.homes[from.index] : undefined;
  return rows?.length === 1 ? (list[rows[0] as number]?.id ?? '') : '';
}

/**
 * Whether the broker hands messages out in the order that is asked for: FIFO queues, logs by the key of the entity that asks, one
 * partition. A stream of changes is keyed by the rows it copies.
 */
function keepsOrder({ broker }: NodeFacts, ordering: 'key' | 'total', published: readonly EdgeView[], subject: Subject | undefined): boolean {
  if (broker?.keeps_order === true) return true;
  if (broker?.model !== 'log') return false;
  if (ordering === 'total') return broker.partitions === 1;
  const asks = subject !== undefined && subject.values.ordering !== 'none';
  return published.length > 0 && published.every((edge) => {
    const { key, entity } = edge.params.values;
    const by = key !== '' || edge.kind !== 'replicate' ? key : entity !== '' ? entity : subject && subject.home === edge.from.index ? subject.id : '';
    return by !== '' && (!asks || by === subject.id);
  });
}

/** The entity that messages are about: as the consumer says, else the producers, else by their keys, else by the rows that they copy. */
function carried(subjects: Subjects, edge: EdgeView, published: readonly EdgeView[]): Subject | undefined {
  let index = subjects.indexOf(edge.params.values.entity);
  const ask = (idOf: (other: EdgeView) => string): void => {
    for (let i = 0; i < published.length && index === undefined; i++) index = subjects.indexOf(idOf(published[i] as EdgeView));
  };
  ask((other) => other.params.values.entity);
  ask((other) => other.params.values.key);
  ask((other) => rowsOf(subjects, other));
  return subjects.list[index ?? -1];
}

/** Two messages of one key in flight at once may change places: 1 - e^(-rate of one key x time in work). What is tried again elsewhere always may. */
function reorder(context: EvaluationContext, subjects: Subjects, edge: EdgeView, broker: NodeFacts): Hazard | null {
  if (edge.params.values.ordering === 'none' && !subjects.map.asksForOrder) return null;
  const consumer = context.compiled.nodes[edge.to.index] as NodeFacts;
  const published = edge.from.in.filter((other) => (other.kind === 'publish' || other.kind === 'replicate') && !other.idleReason);
  const subject = carried(subjects, edge, published);
  const ordering = hardest(edge, subject);
  const { single_active_consumer, retry_topic } = edge.params.values;
  if (ordering === 'none') return null;
  if (!retry_topic && (single_active_consumer || keepsOrder(broker, ordering, published, subject) || atOnce(context, consumer) <= 1)) return null;
  const popularity = subject ? { keys: subject.values.keys, zipfS: subject.values.zipf_s } : broker.popularity;
  const share = ordering === 'total' ? 1 : zipf(popularity.keys, popularity.zipfS).sumSquares;
  const peak = averageOver(context, edge) * context.compiled.workload.peak_to_avg;
  const inFlight = peak * share * workS(context, edge.to.index);
  return { kind: 'reorder', targets: [{ kind: 'edge', id: edge.id }, { kind: 'node', id: edge.to.id }], data: { probability: -Math.expm1(-inFlight), in_flight: inFlight } };
}

/** Connections over which messages reach a consumer that is no store. */
const consuming = oncePer(({ graph }: CompiledDesign) => graph.edges.filter((edge) => (edge.kind === 'consume' || edge.kind === 'trigger') && !edge.idleReason && !isStore(edge.to)));

/** Losses, duplicates and changes of order of every consumer that receives something, in edge order. */
export function consumerHazards(context: EvaluationContext, subjects: Subjects): Hazard[] {
  const found: Hazard[] = [];
  const add = (hazard: Hazard | null): void => void (hazard && found.push(hazard));
  for (const edge of consuming(context.compiled)) {
    const broker = context.compiled.nodes[edge.from.index];
    if (!broker || !(averageOver(context, edge) > 0)) continue;
    add(deliveryHazard(context, edge));
    add(reorder(context, subjects, edge, broker));
  }
  return found;
}
