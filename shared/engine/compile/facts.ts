/** Node and edge facts that the solver stages read: resources by kind, splitter modes, balancing, trip times. */
import type { BalancerResource, Resource } from '../../contracts/behavior.ts';
import { entityParams, type EntityValues, type WorkloadValues } from '../../contracts/document-params.ts';
import type { EdgeView, NodeView } from '../../contracts/graph-view.ts';
import type { Design } from '../../model/design.ts';
import { resolve } from '../resolve.ts';
import { ipHashSkew } from '../math/balancing.ts';
import { READ, WRITE, type CompileNotes, type EdgeFacts, type NodeFacts, type Op, type SplitMode } from '../types.ts';
import type { EdgeDraft } from './edges.ts';
import type { FrontPlan } from './fronts.ts';
import type { NodeDraft } from './nodes.ts';

/** Transfer [V] and TLS/HTTP handling [A] of one hop inside the system, seconds. Round trips are those of small messages. */
const TRANSFER_S_PER_KB = 1e-5;
const HANDLING_S = 1e-4;
const DEFAULT_KB = 2;
const SMALL_KB = 2 * DEFAULT_KB;

function pick<K extends Resource['kind']>(node: NodeDraft, kind: K): Extract<Resource, { kind: K }> | null {
  const found = node.behavior.resources.find((resource) => resource.kind === kind);
  return (found as Extract<Resource, { kind: K }> | undefined) ?? null;
}

function isLive(edge: EdgeDraft): boolean {
  return !edge.idleReason && (edge.kind === 'http' || edge.kind === 'db' || edge.kind === 'ws' || edge.kind === 'cache');
}

function sameCallees(targets: readonly NodeDraft[]): boolean {
  const signature = (node: NodeDraft): string => [...new Set((node.out as readonly EdgeDraft[]).filter((edge) => !edge.idleReason).map((edge) => edge.to.id))].sort().join('\n');
  const first = targets[0] as NodeDraft;
  return targets.every((node) => node.node.type === first.node.type && signature(node) === signature(first));
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
  const balancer: BalancerResource | null = pick(node, 'balancer');
  if (balancer?.mode) return balancer.mode;
  const targets = live.map((edge) => nodes[edge.to.index] as NodeDraft);
  const alike = targets.length > 0 && (sameCallees(targets) || sameInRegions(targets));
  const mode = balancer && balancer.default_mode !== 'auto' ? balancer.default_mode : balancer && alike ? 'balance' : 'route';
  if (targets.length > 1) {
    const words = { balance: 'one pool of like targets', route: 'different targets', partition: 'shares of the keys' }[mode];
    notes.assumptions.push({ code: 'splitter-mode', message: `${node.node.name} is read as sending to ${words}`, target: { kind: 'node', id: node.id } });
  }
  return mode;
}

interface Dealing { readonly policy: NodeFacts['policy']; readonly hot: number }

/** How requests reach the units: the policy of the balancers before the node, else an implicit round robin. */
function dealing(node: NodeDraft, nodes: readonly NodeDraft[], units: number, notes: CompileNotes): Dealing {
  const callers = (node.in as readonly EdgeDraft[]).filter(isLive).map((edge) => nodes[edge.from.index] as NodeDraft);
  const balancers = callers.filter((caller) => caller.behavior.routing === 'split').map((caller) => pick(caller, 'balancer')).filter((found) => found !== null);
  const policies = new Set(balancers.map((balancer) => balancer.policy));
  const hashed = balancers.filter((balancer) => balancer.policy === 'ip_hash' || balancer.sticky);
  const hot = hashed.length > 0 && units > 1 ? Math.max(...hashed.map((balancer) => ipHashSkew(units, balancer.effective_clients))) : 1;
  const [only] = policies;
  if (policies.size === 1 && only) return { policy: only, hot };
  if (policies.size === 0 && units > 1 && callers.length > 0 && pick(node, 'process-server')) {
    notes.assumptions.push({ code: 'implicit-balancer', message: `Several instances of ${node.node.name} without a balancer: an even round robin is assumed`, target: { kind: 'node', id: node.id } });
  }
  return { policy: 'round_robin', hot };
}

function drawnUnits(node: NodeDraft): number {
  for (const resource of node.behavior.resources) {
    if (resource.kind === 'process-server' || resource.kind === 'consumer-pool' || resource.kind === 'fcfs' || resource.kind === 'capped') return Math.max(1, resource.units);
    if (resource.kind === 'message-broker') return Math.max(1, resource.nodes);
  }
  return Math.max(1, node.behavior.failure.units);
}

const NAMED: ReadonlySet<Resource['kind']> = new Set<Resource['kind']>([
  'process-server', 'consumer-pool', 'replicated-store', 'cache', 'message-broker', 'function', 'balancer', 'edge-cache', 'capped',
]);

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

/** Between regions a synchronous copy adds the round trip to every write, a later one is half a round trip behind (semantics 8). */
function copyTrips(node: NodeDraft): { readonly syncCopyS: number; readonly lagTripS: number } {
  const copies = (edges: readonly EdgeView[], mode: 'sync' | 'async'): readonly EdgeView[] => edges.filter((edge) => edge.kind === 'replicate' && !edge.idleReason && edge.params.values.replicate_mode === mode && edge.from.node.type === edge.to.node.type);
  const longest = (edges: readonly EdgeView[]): number => edges.reduce((most, edge) => Math.max(most, edge.rtt_s), 0);
  const behind = copies(node.in, 'async').filter((edge) => edge.from.region !== edge.to.region);
  return { syncCopyS: longest(copies(node.out, 'sync')), lagTripS: longest(behind) / 2 };
}

function isLimited(edge: EdgeDraft): boolean {
  if (edge.idleReason) return false;
  const { pool_size, max_overflow, bulkhead_slots } = edge.params.values;
  return bulkhead_slots !== null || (edge.kind === 'db' && edge.to.behavior.role === 'relational' && pool_size + max_overflow > 0);
}

/** Node facts in node order. */
export function compileNodeFacts(nodes: readonly NodeDraft[], popularity: ReadonlyMap<string, Popularity>, notes: CompileNotes): NodeFacts[] {
  return nodes.map((node) => {
    const units = drawnUnits(node);
    const replays = (node.in as readonly EdgeDraft[]).filter((edge) => edge.kind === 'replicate' && !edge.idleReason && edge.from.node.type === node.node.type);
    return {
      view: node as NodeView,
      process: pick(node, 'process-server'), pool: pick(node, 'consumer-pool'), store: pick(node, 'replicated-store'), cache: pick(node, 'cache'),
      broker: pick(node, 'message-broker'), fn: pick(node, 'function'), balancer: pick(node, 'balancer'), edgeCache: pick(node, 'edge-cache'),
      others: node.behavior.resources.filter((resource) => !NAMED.has(resource.kind)),
      capped: node.behavior.resources.filter((resource) => resource.kind === 'capped'),
      units,
      zoneShares: node.placement.shares,
      split: splitMode(node, nodes, notes),
      ...dealing(node, nodes, units, notes),
      blocking: (node.out as readonly EdgeDraft[]).some((edge) => !edge.idleReason && edge.params.values.blocking_driver),
      replays: replays.map((edge) => edge.from.index),
      ...copyTrips(node),
      limited: (node.out as readonly EdgeDraft[]).filter(isLimited).map((edge) => edge.index),
      popularity: popularity.get(node.id) ?? IMPLICIT,
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

/**
 * With edges to a store and to its copy a caller reads from the copy and writes to the store; several copies share the
 * reads. Copies both ways are two primaries: the caller uses either, each applies the other's writes (semantics 4).
 */
function copyUse(edge: EdgeDraft): CopyUse {
  const { op, geo_policy } = edge.params.values;
  const failover = geo_policy === 'failover' || edge.from.out.some((other) => other.params.values.geo_policy === 'failover');
  if (edge.from.behavior.routing === 'split' && failover) return { only: null, alternatives: `regions:${edge.from.index}` };
  if (edge.kind !== 'db' || op !== 'auto') return SINGLE;
  const reached = new Set(edge.from.out.filter((other) => other.kind === 'db' && !other.idleReason).map((other) => other.to.index));
  const copies = (list: readonly EdgeView[]): readonly EdgeView[] => list.filter((other) => other.kind === 'replicate' && !other.idleReason && other.from.node.type === other.to.node.type);
  const sources = copies(edge.to.in).filter((other) => reached.has(other.from.index)).map((other) => other.from.index);
  const replicas = copies(edge.to.out).filter((other) => reached.has(other.to.index)).map((other) => other.to.index);
  const peers = sources.filter((index) => replicas.includes(index));
  if (peers.length > 0) return { only: null, alternatives: `primaries:${Math.min(edge.to.index, ...peers)}` };
  if (sources.length === 0 && replicas.length === 0) return SINGLE;
  if (sources.length === 0) return { only: WRITE, alternatives: null };
  return { only: READ, alternatives: `copies:${Math.min(...sources)}` };
}

/** Kilobytes there and both ways. */
function sizeKb(edge: EdgeDraft, workload: WorkloadValues): { readonly requestKb: number; readonly kb: number } {
  const { request_kb, response_kb, payload_kb, request_reply } = edge.params.values;
  if (edge.kind === 'publish' && request_reply) return { requestKb: payload_kb, kb: payload_kb + (response_kb ?? payload_kb) };
  if (edge.kind === 'publish' || edge.kind === 'consume' || edge.kind === 'trigger') return { requestKb: payload_kb, kb: payload_kb };
  const client = edge.from.behavior.routing === 'source';
  const requestKb = request_kb ?? (client ? workload.payload_in_kb : DEFAULT_KB);
  return { requestKb, kb: requestKb + (response_kb ?? (client ? workload.payload_out_kb : DEFAULT_KB)) };
}

function tripTime(edge: EdgeDraft, kb: number): number {
  if (edge.params.values.network_class === 'in_process') return 0;
  if (edge.from.behavior.routing === 'source' || edge.to.behavior.role === 'external') return edge.rtt_s;
  return edge.rtt_s + Math.max(0, kb - SMALL_KB) * TRANSFER_S_PER_KB + (edge.kind === 'http' || edge.kind === 'ws' ? HANDLING_S : 0);
}

/** Edge facts in edge order. */
export function compileEdgeFacts(edges: readonly EdgeDraft[], nodes: readonly NodeDraft[], plan: FrontPlan, workload: WorkloadValues): EdgeFacts[] {
  return edges.map((edge, index) => {
    const { requestKb, kb } = sizeKb(edge, workload);
    const broker = edge.kind === 'publish' ? pick(nodes[edge.to.index] as NodeDraft, 'message-broker') : null;
    return {
      view: edge as EdgeView, kb, requestKb, tripS: tripTime(edge, kb),
      confirmS: broker && edge.params.values.confirm ? broker.confirm_s : 0,
      ...useOf(edge),
      timeoutS: edge.params.values.timeout_ms === null ? null : edge.params.values.timeout_ms / 1000,
      fronts: (plan.fronts[index] ?? []).map(({ edge: front, use }) => ({ edge: front, use })),
      isFront: plan.isFront[index] ?? false,
      seriesUse: plan.seriesUse[index] ?? -1,
    };
  });
}
