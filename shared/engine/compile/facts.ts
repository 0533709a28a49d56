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

/** Mode of a splitter: stated, else by its kind, else a pool when all targets are alike (semantics 4). */
function splitMode(node: NodeDraft, nodes: readonly NodeDraft[], notes: CompileNotes): SplitMode | null {
  if (node.behavior.routing !== 'split') return null;
  const live = (node.out as readonly EdgeDraft[]).filter(isLive);
  if (node.behavior.role === 'gateway' && live.some((edge) => edge.params.stated('order'))) return null;
  const balancer: BalancerResource | null = pick(node, 'balancer');
  if (balancer?.mode) return balancer.mode;
  const targets = live.map((edge) => nodes[edge.to.index] as NodeDraft);
  const mode = balancer && balancer.default_mode !== 'auto' ? balancer.default_mode : balancer && targets.length > 0 && sameCallees(targets) ? 'balance' : 'route';
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
      popularity: popularity.get(node.id) ?? IMPLICIT,
    };
  });
}

/** Reads go to the replica drawn beside a source, writes to the source, when one caller has edges to both. */
function onlyOp(edge: EdgeDraft, nodes: readonly NodeDraft[]): Op | null {
  if (edge.kind !== 'db' || edge.params.values.op !== 'auto') return null;
  const target = nodes[edge.to.index] as NodeDraft;
  const reached = new Set((edge.from.out as readonly EdgeDraft[]).filter((other) => other.kind === 'db' && !other.idleReason).map((other) => other.to.index));
  const copies = (list: readonly EdgeView[]): readonly EdgeView[] => list.filter((other) => other.kind === 'replicate' && !other.idleReason && other.from.node.type === other.to.node.type);
  const fromSource = copies(target.in).some((other) => reached.has(other.from.index));
  const toReplica = copies(target.out).some((other) => reached.has(other.to.index));
  if (fromSource === toReplica) return null;
  return fromSource ? READ : WRITE;
}

function sizeKb(edge: EdgeDraft, workload: WorkloadValues): number {
  const { request_kb, response_kb, payload_kb } = edge.params.values;
  if (edge.kind === 'publish' || edge.kind === 'consume' || edge.kind === 'trigger') return payload_kb;
  const client = edge.from.behavior.routing === 'source';
  return (request_kb ?? (client ? workload.payload_in_kb : DEFAULT_KB)) + (response_kb ?? (client ? workload.payload_out_kb : DEFAULT_KB));
}

function tripTime(edge: EdgeDraft, kb: number): number {
  if (edge.params.values.network_class === 'in_process') return 0;
  if (edge.from.behavior.routing === 'source' || edge.to.behavior.role === 'external') return edge.rtt_s;
  return edge.rtt_s + Math.max(0, kb - SMALL_KB) * TRANSFER_S_PER_KB + (edge.kind === 'http' || edge.kind === 'ws' ? HANDLING_S : 0);
}

/** Edge facts in edge order. */
export function compileEdgeFacts(edges: readonly EdgeDraft[], nodes: readonly NodeDraft[], plan: FrontPlan, workload: WorkloadValues): EdgeFacts[] {
  return edges.map((edge, index) => {
    const kb = sizeKb(edge, workload);
    const broker = edge.kind === 'publish' ? pick(nodes[edge.to.index] as NodeDraft, 'message-broker') : null;
    return {
      view: edge as EdgeView, kb, tripS: tripTime(edge, kb),
      confirmS: broker && edge.params.values.confirm ? broker.confirm_s : 0,
      only: onlyOp(edge, nodes),
      fronts: (plan.fronts[index] ?? []).map(({ edge: front, use }) => ({ edge: front, use })),
      isFront: plan.isFront[index] ?? false,
      seriesUse: plan.seriesUse[index] ?? -1,
    };
  });
}
