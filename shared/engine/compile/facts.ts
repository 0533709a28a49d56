/** Node and edge facts that the solver stages read: resources by kind, splitter modes, balancing, trip times. */
import type { BalancerResource } from '../../contracts/behavior.ts';
import { entityParams, type EntityValues, type WorkloadValues } from '../../contracts/document-params.ts';
import type { EdgeView, NodeView } from '../../contracts/graph-view.ts';
import type { Design } from '../../model/design.ts';
import { resolve } from '../resolve.ts';
import { ipHashSkew } from '../math/balancing.ts';
import { READ, WRITE, type CompileNotes, type EdgeFacts, type NodeFacts, type Op, type SplitMode } from '../types.ts';
import { behaviorFacts } from './behavior-facts.ts';
import type { EdgeDraft } from './edges.ts';
import type { FrontPlan } from './fronts.ts';
import type { NodeDraft } from './nodes.ts';

/** Transfer [V] and TLS/HTTP handling [A] of one hop inside the system, seconds. Round trips are those of small messages. */
const TRANSFER_S_PER_KB = 1e-5;
const HANDLING_S = 1e-4;
const DEFAULT_KB = 2;
const SMALL_KB = 2 * DEFAULT_KB;

function isLive(edge: EdgeDraft): boolean {
  return !edge.idleReason && (edge.kind === 'http' || edge.kind === 'db' || edge.kind === 'ws' || edge.kind === 'cache');
}

function calleesOf(node: NodeDraft): ReadonlySet<number> {
  const callees = new Set<number>();
  for (const edge of node.out) if (!edge.idleReason) callees.add(edge.to.index);
  return callees;
}

function sameCallees([first, ...rest]: readonly NodeDraft[]): boolean {
  if (!first || rest.some((node) => node.node.type !== first.node.type)) return false;
  if (rest.length === 0) return true;
  const wanted = calleesOf(first);
  return rest.every((node) => {
    const callees = calleesOf(node);
    return callees.size === wanted.size && [...callees].every((callee) => wanted.has(callee));
  });
}

/** The same thing in several regions, each with its own callees: a choice of region, not of function. */
function sameInRegions(targets: readonly NodeDraft[]): boolean {
  return new Set(targets.map((node) => node.region)).size === targets.length && targets.length > 1 && new Set(targets.map((node) => node.node.type)).size === 1;
}

/** Mode of a splitter: stated, else by its kind, else a pool when all targets are alike (semantics 4). */
function splitMode(node: NodeDraft, nodes: readonly NodeDraft[], notes: CompileNotes): SplitMode | null {
  if (node.behavior.routing !== 'split') return null;
  const live = (node.out as readonly EdgeDraft[]).filter(isLive);
  if (node.behavior.role === 'gateway' && live.some((edge) => edge.params.stated('order'))) return null;
  const { balancer } = behaviorFacts(node.behavior);
  if (balancer?.mode) return balancer.mode;
  const targets = live.map((edge) => nodes[edge.to.index] as NodeDraft);
  const alike = sameCallees(targets) || sameInRegions(targets);
  const mode = balancer && balancer.default_mode !== 'auto' ? balancer.default_mode : balancer && alike ? 'balance' : 'route';
  if (targets.length > 1) {
    const words = { balance: 'one pool of like targets', route: 'different targets', partition: 'shares of the keys' }[mode];
    notes.assumptions.push({ code: 'splitter-mode', message: `${node.node.name} is read as sending to ${words}`, target: { kind: 'node', id: node.id } });
  }
  return mode;
}

interface Dealing { readonly policy: NodeFacts['policy']; readonly hot: number }

const IN_TURN: Dealing = { policy: 'round_robin', hot: 1 };

/** Policies of these balancers: the one that they agree on, and the hottest unit that a hash makes over the mean. */
function dealtBy(balancers: readonly BalancerResource[], units: number): Dealing {
  const policies = new Set(balancers.map((balancer) => balancer.policy));
  const hashed = balancers.filter((balancer) => balancer.policy === 'ip_hash' || balancer.sticky);
  const hot = hashed.length > 0 && units > 1 ? Math.max(...hashed.map((balancer) => ipHashSkew(units, balancer.effective_clients))) : 1;
  const [only] = policies;
  return { policy: policies.size === 1 && only ? only : 'round_robin', hot };
}

/** How requests reach the units: the policy of the balancers before the node, else an implicit round robin. */
function dealing(node: NodeDraft, units: number, notes: CompileNotes): Dealing {
  let balancers: BalancerResource[] | null = null;
  let called = false;
  for (const edge of node.in as readonly EdgeDraft[]) {
    if (!isLive(edge)) continue;
    called = true;
    const { behavior } = edge.from;
    const balancer = behavior.routing === 'split' ? behaviorFacts(behavior).balancer : null;
    if (balancer) (balancers ??= []).push(balancer);
  }
  if (balancers) return dealtBy(balancers, units);
  if (units > 1 && called && behaviorFacts(node.behavior).process) {
    notes.assumptions.push({ code: 'implicit-balancer', message: `Several instances of ${node.node.name} without a balancer: an even round robin is assumed`, target: { kind: 'node', id: node.id } });
  }
  return IN_TURN;
}

type Popularity = NodeFacts['popularity'];
const IMPLICIT_ENTITY = resolve(entityParams, {}).values;
const IMPLICIT: Popularity = { keys: IMPLICIT_ENTITY.keys, zipfS: IMPLICIT_ENTITY.zipf_s, declared: false };

/** Popularity of the largest entity at home at each node. */
export function compilePopularity(design: Design, entities: ReadonlyMap<string, EntityValues>): ReadonlyMap<string, Popularity> {
  const found = new Map<string, Popularity & { readonly bytes: number }>();
  for (const [id, { keys, item_kb, zipf_s }] of entities) {
    const home = design.entities[id]?.home ?? '';
    const bytes = keys * item_kb;
    if (bytes > (found.get(home)?.bytes ?? -1)) found.set(home, { keys, zipfS: zipf_s, declared: true, bytes });
  }
  return found;
}

/** A live copy between two stores of one type. */
function copiesStore({ kind, idleReason, from, to }: EdgeView): boolean {
  return kind === 'replicate' && !idleReason && from.node.type === to.node.type;
}

/** Between regions a synchronous copy adds the round trip to every write. */
function syncCopyTrip(node: NodeDraft): number {
  let longest = 0;
  for (const edge of node.out) if (copiesStore(edge) && edge.params.values.replicate_mode === 'sync') longest = Math.max(longest, edge.rtt_s);
  return longest;
}

/** Between regions a later copy is half a round trip behind (semantics 8). */
function lagTrip(node: NodeDraft): number {
  let longest = 0;
  for (const edge of node.in) {
    if (copiesStore(edge) && edge.params.values.replicate_mode === 'async' && edge.from.region !== edge.to.region) longest = Math.max(longest, edge.rtt_s);
  }
  return longest / 2;
}

function isLimited(edge: EdgeView): boolean {
  if (edge.idleReason) return false;
  const { pool_size, max_overflow, bulkhead_slots } = edge.params.values;
  return bulkhead_slots !== null || (edge.kind === 'db' && edge.to.behavior.role === 'relational' && pool_size + max_overflow > 0);
}

const NOBODY: readonly number[] = [];

/** Indices, by edge, of those edges that fit. */
function indices(edges: readonly EdgeView[], fits: (edge: EdgeView) => boolean, index: (edge: EdgeView) => number): readonly number[] {
  let found: number[] | null = null;
  for (const edge of edges) if (fits(edge)) (found ??= []).push(index(edge));
  return found ?? NOBODY;
}

const ownIndex = ({ index }: EdgeView): number => index;
const callerIndex = ({ from }: EdgeView): number => from.index;

function isBlocking(node: NodeDraft): boolean {
  for (const edge of node.out) if (!edge.idleReason && edge.params.values.blocking_driver) return true;
  return false;
}

/** Node facts in index order. */
export function compileNodeFacts(nodes: readonly NodeDraft[], popularity: ReadonlyMap<string, Popularity>, notes: CompileNotes): NodeFacts[] {
  return nodes.map((node) => {
    const { process, pool, store, cache, broker, fn, balancer, edgeCache, others, capped, units } = behaviorFacts(node.behavior);
    const split = splitMode(node, nodes, notes);
    const { policy, hot } = dealing(node, units, notes);
    return {
      view: node as NodeView, process, pool, store, cache, broker, fn, balancer, edgeCache, others, capped, units, zoneShares: node.placement.shares,
      split, policy, hot, blocking: isBlocking(node), replays: indices(node.in, copiesStore, callerIndex),
      syncCopyS: syncCopyTrip(node), lagTripS: lagTrip(node), limited: indices(node.out, isLimited, ownIndex), popularity: popularity.get(node.id) ?? IMPLICIT,
    };
  });
}

/** How one caller uses the copies of a store that it has edges to. */
interface CopyUse { readonly only: Op | null; readonly alternatives: string | null }
const SINGLE: CopyUse = { only: null, alternatives: null };

/** Alternatives that the person has named come first. */
function useOf(edge: EdgeDraft): CopyUse {
  const use = copyUse(edge);
  const { any_of } = edge.params.values;
  return any_of === '' ? use : { ...use, alternatives: `any:${any_of}` };
}

function failsOver({ params }: EdgeView): boolean {
  return params.values.geo_policy === 'failover';
}

/** One of several regions of which a splitter prefers one. */
function isRegion({ from }: EdgeDraft): boolean {
  return from.behavior.routing === 'split' && from.out.some(failsOver);
}

/**
 * With edges to a store and to its copy a caller reads from the copy and writes to the store; several copies share the
 * reads. Copies both ways are two primaries: the caller uses either, each applies the other's writes (semantics 4).
 */
function copyUse(edge: EdgeDraft): CopyUse {
  const { from, to } = edge;
  if (isRegion(edge)) return { only: null, alternatives: `regions:${from.index}` };
  if (edge.kind !== 'db' || edge.params.values.op !== 'auto' || !(to.in.some(copiesStore) || to.out.some(copiesStore))) return SINGLE;
  const isReached = (store: NodeView): boolean => from.out.some((other) => other.kind === 'db' && !other.idleReason && other.to.index === store.index);
  const sources = indices(to.in, (other) => copiesStore(other) && isReached(other.from), callerIndex);
  const replicas = indices(to.out, (other) => copiesStore(other) && isReached(other.to), ({ to: copy }) => copy.index);
  const peers = sources.filter((index) => replicas.includes(index));
  if (peers.length > 0) return { only: null, alternatives: `primaries:${Math.min(to.index, ...peers)}` };
  if (sources.length === 0 && replicas.length === 0) return SINGLE;
  if (sources.length === 0) return { only: WRITE, alternatives: null };
  return { only: READ, alternatives: `copies:${Math.min(...sources)}` };
}

/** Kilobytes that the caller sends. */
function requestSize({ kind, params, from }: EdgeDraft, workload: WorkloadValues): number {
  const { request_kb, payload_kb } = params.values;
  if (kind === 'publish' || kind === 'consume' || kind === 'trigger') return payload_kb;
  return request_kb ?? (from.behavior.routing === 'source' ? workload.payload_in_kb : DEFAULT_KB);
}

/** Kilobytes that come back. */
function responseSize({ kind, params, from }: EdgeDraft, workload: WorkloadValues): number {
  const { response_kb, payload_kb, request_reply } = params.values;
  if (kind === 'publish') return request_reply ? (response_kb ?? payload_kb) : 0;
  if (kind === 'consume' || kind === 'trigger') return 0;
  return response_kb ?? (from.behavior.routing === 'source' ? workload.payload_out_kb : DEFAULT_KB);
}

function tripTime(edge: EdgeDraft, kb: number): number {
  if (edge.params.values.network_class === 'in_process') return 0;
  if (edge.from.behavior.routing === 'source' || edge.to.behavior.role === 'external') return edge.rtt_s;
  return edge.rtt_s + Math.max(0, kb - SMALL_KB) * TRANSFER_S_PER_KB + (edge.kind === 'http' || edge.kind === 'ws' ? HANDLING_S : 0);
}

const NO_FRONTS: EdgeFacts['fronts'] = [];

/** Edge facts in edge order. */
export function compileEdgeFacts(edges: readonly EdgeDraft[], plan: FrontPlan, workload: WorkloadValues): EdgeFacts[] {
  return edges.map((edge, index) => {
    const requestKb = requestSize(edge, workload);
    const kb = requestKb + responseSize(edge, workload);
    const broker = edge.kind === 'publish' ? behaviorFacts(edge.to.behavior).broker : null;
    const { confirm, timeout_ms } = edge.params.values;
    const { only, alternatives } = useOf(edge);
    return {
      view: edge as EdgeView, kb, requestKb, tripS: tripTime(edge, kb), confirmS: broker && confirm ? broker.confirm_s : 0, only, alternatives,
      timeoutS: timeout_ms === null ? null : timeout_ms / 1000, fronts: plan.fronts.get(index) ?? NO_FRONTS,
      isFront: plan.isFront.has(index), seriesUse: plan.seriesUse.get(index) ?? -1,
    };
  });
}
