/** Node and edge facts that the solver stages read: resources by kind, splitter modes, balancing, trip times. */
import { entityParams, type EntityValues, type WorkloadValues } from '../../contracts/document-params.ts';
import type { EdgeView, NodeView } from '../../contracts/graph-view.ts';
import type { Design } from '../../model/design.ts';
import type { Numbers } from '../math/lists.ts';
import { resolve } from '../resolve.ts';
import { ipHashSkew } from '../math/balancing.ts';
import { READ, WRITE, type CompileNotes, type EdgeFacts, type NodeFacts, type Op, type SplitMode } from '../types.ts';
import { DEFAULT_KB, requestSize, responseSize } from './call-costs.ts';
import { copiesStore, isLimited, isLive, MARK } from './connection-marks.ts';
import type { EdgeDraft } from './edges.ts';
import type { FrontPlan } from './fronts.ts';
import type { ReadNode } from './memory.ts';
import type { NodeDraft } from './nodes.ts';
import { withOneMore } from './short-list.ts';

/** Transfer [V] and TLS/HTTP handling [A] of one hop inside the system, seconds. Round trips are those of small messages. */
const TRANSFER_S_PER_KB = 1e-5;
const HANDLING_S = 1e-4;
const SMALL_KB = 2 * DEFAULT_KB;

function calleesOf(node: NodeView): ReadonlySet<number> {
  const callees = new Set<number>();
  for (const edge of node.out) if (edge.idleReason === null) callees.add(edge.to.index);
  return callees;
}

function haveSameCallees(targets: readonly NodeView[]): boolean {
  const wanted = calleesOf(targets[0] as NodeView);
  for (let i = 1; i < targets.length; i++) {
    const callees = calleesOf(targets[i] as NodeView);
    if (callees.size !== wanted.size) return false;
    for (const callee of callees) if (!wanted.has(callee)) return false;
  }
  return true;
}

/** The same thing several times: one pool of it where all have the same callees, and a choice of region, not of function, where each stands in its own. */
function areAlike(targets: readonly NodeView[]): boolean {
  const [first] = targets;
  if (!first) return false;
  for (const { node } of targets) if (node.type !== first.node.type) return false;
  return targets.length === 1 || haveSameCallees(targets) || new Set(targets.map(({ region }) => region)).size === targets.length;
}

const NO_TARGETS: readonly NodeView[] = [];

function liveTargets(node: NodeDraft): readonly NodeView[] {
  let found: NodeView[] | null = null;
  for (const edge of node.out) if (isLive(edge)) found = withOneMore(found, edge.to);
  return found ?? NO_TARGETS;
}

/** Mode of a splitter: stated, else by its kind, else a pool when all targets are alike (semantics 4). */
function splitMode(node: NodeDraft, { facts: { balancer } }: ReadNode, notes: CompileNotes): SplitMode | null {
  const { routing, role } = node.behavior;
  if (routing !== 'split' || (role === 'gateway' && node.out.some((edge) => isLive(edge) && edge.params.stated('order')))) return null;
  if (balancer?.mode) return balancer.mode;
  const targets = liveTargets(node);
  const mode = balancer && balancer.default_mode !== 'auto' ? balancer.default_mode : balancer && areAlike(targets) ? 'balance' : 'route';
  if (targets.length > 1) {
    const words = { balance: 'one pool of like targets', route: 'different targets', partition: 'shares of the keys' }[mode];
    notes.assumptions.push({ code: 'splitter-mode', message: `${node.node.name} is read as sending to ${words}`, target: { kind: 'node', id: node.id } });
  }
  return mode;
}

interface Dealing { readonly policy: NodeFacts['policy']; readonly hot: number }

const IN_TURN: Dealing = { policy: 'round_robin', hot: 1 };

/** Policies of the balancers before a node: the one that they agree on, and the hottest unit that a hash makes over the mean. Null without any. */
function dealtBy(node: NodeDraft, read: readonly ReadNode[]): Dealing | null {
  const { units } = (read[node.index] as ReadNode).facts;
  let policy: NodeFacts['policy'] | null = null;
  let agreed = true;
  let hot = 1;
  for (const edge of node.in) {
    if (!isLive(edge) || edge.from.behavior.routing !== 'split') continue;
    const { balancer } = (read[edge.from.index] as ReadNode).facts;
    if (!balancer) continue;
    agreed &&= policy === null || policy === balancer.policy;
    policy = balancer.policy;
    if (units > 1 && (policy === 'ip_hash' || balancer.sticky)) hot = Math.max(hot, ipHashSkew(units, balancer.effective_clients));
  }
  return policy === null ? null : { policy: agreed ? policy : 'round_robin', hot };
}

/** How requests reach the units: the policy of the balancers before the node, else an implicit round robin. */
function dealing(node: NodeDraft, read: readonly ReadNode[], marks: number, notes: CompileNotes): Dealing {
  const dealt = (marks & MARK.dealtTo) === 0 ? null : dealtBy(node, read);
  if (dealt) return dealt;
  const { units, process } = (read[node.index] as ReadNode).facts;
  if (units > 1 && (marks & MARK.called) !== 0 && process) {
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

const NOBODY: readonly number[] = [];

/** Indices, by edge, of those edges that fit. */
function indices(edges: readonly EdgeView[], fits: (edge: EdgeView) => boolean, index: (edge: EdgeView) => number): readonly number[] {
  let found: number[] | null = null;
  for (const edge of edges) if (fits(edge)) found = withOneMore(found, index(edge));
  return found ?? NOBODY;
}

const ownIndex = ({ index }: EdgeView): number => index;
const callerIndex = ({ from }: EdgeView): number => from.index;

/** Node facts in index order, with the `marks` that connections leave. */
export function compileNodeFacts(nodes: readonly NodeDraft[], read: readonly ReadNode[], marks: Numbers, popularity: ReadonlyMap<string, Popularity>, notes: CompileNotes): NodeFacts[] {
  const made = new Array<NodeFacts>(nodes.length);
  for (let i = 0; i < nodes.length; i++) {
    const node = nodes[i] as NodeDraft;
    const mark = marks[i] as number;
    const { process, pool, store, cache, broker, fn, balancer, edgeCache, others, capped, units } = (read[i] as ReadNode).facts;
    const split = splitMode(node, read[i] as ReadNode, notes);
    const { policy, hot } = dealing(node, read, mark, notes);
    const copied = (mark & MARK.copied) !== 0;
    made[i] = {
      view: node as NodeView, process, pool, store, cache, broker, fn, balancer, edgeCache, others, capped, units, zoneShares: node.placement.shares,
      split, policy, hot, blocking: (mark & MARK.blocks) !== 0, replays: copied ? indices(node.in, copiesStore, callerIndex) : NOBODY,
      syncCopyS: copied ? syncCopyTrip(node) : 0, lagTripS: copied ? lagTrip(node) : 0,
      limited: (mark & MARK.limits) === 0 ? NOBODY : indices(node.out, isLimited, ownIndex), popularity: popularity.get(node.id) ?? IMPLICIT,
    };
  }
  return made;
}

/** How one caller uses the copies of a store that it has edges to. */
interface CopyUse { readonly only: Op | null; readonly alternatives: string | null }
const SINGLE: CopyUse = { only: null, alternatives: null };

/** Alternatives that the person has named come first. */
function useOf(edge: EdgeView, marks: Numbers): CopyUse {
  const use = copyUse(edge, marks);
  const { any_of } = edge.params.values;
  return any_of === '' ? use : { ...use, alternatives: `any:${any_of}` };
}

/** One of several regions of which a splitter prefers one. */
function isRegion({ from }: EdgeView, marks: Numbers): boolean {
  return from.behavior.routing === 'split' && ((marks[from.index] as number) & MARK.prefers) !== 0;
}

/**
 * With edges to a store and to its copy a caller reads from the copy and writes to the store; several copies share the
 * reads. Copies both ways are two primaries: the caller uses either, each applies the other's writes (semantics 4).
 */
function copyUse(edge: EdgeView, marks: Numbers): CopyUse {
  const { from, to } = edge;
  if (isRegion(edge, marks)) return { only: null, alternatives: `regions:${from.index}` };
  if (edge.kind !== 'db' || edge.params.values.op !== 'auto' || ((marks[to.index] as number) & MARK.copied) === 0) return SINGLE;
  return ofCopies(edge);
}

function ofCopies({ from, to }: EdgeView): CopyUse {
  const isReached = (store: NodeView): boolean => from.out.some((other) => other.kind === 'db' && !other.idleReason && other.to.index === store.index);
  const sources = indices(to.in, (other) => copiesStore(other) && isReached(other.from), callerIndex);
  const replicas = indices(to.out, (other) => copiesStore(other) && isReached(other.to), ({ to: copy }) => copy.index);
  const peers = sources.filter((index) => replicas.includes(index));
  if (peers.length > 0) return { only: null, alternatives: `primaries:${Math.min(to.index, ...peers)}` };
  if (sources.length === 0 && replicas.length === 0) return SINGLE;
  if (sources.length === 0) return { only: WRITE, alternatives: null };
  return { only: READ, alternatives: `copies:${Math.min(...sources)}` };
}

function tripTime(edge: EdgeView, kb: number): number {
  if (edge.params.values.network_class === 'in_process') return 0;
  if (edge.from.behavior.routing === 'source' || edge.to.behavior.role === 'external') return edge.rtt_s;
  return edge.rtt_s + Math.max(0, kb - SMALL_KB) * TRANSFER_S_PER_KB + (edge.kind === 'http' || edge.kind === 'ws' ? HANDLING_S : 0);
}

const NO_FRONTS: EdgeFacts['fronts'] = [];

/** Edge facts in edge order, with the `marks` that connections leave at their ends. */
export function compileEdgeFacts(edges: readonly EdgeDraft[], marks: Numbers, plan: FrontPlan, workload: WorkloadValues): EdgeFacts[] {
  const made = new Array<EdgeFacts>(edges.length);
  for (let i = 0; i < edges.length; i++) {
    const edge = edges[i] as EdgeView;
    const kb = requestSize(edge, workload) + responseSize(edge, workload);
    const { timeout_ms } = edge.params.values;
    const { only, alternatives } = useOf(edge, marks);
    made[i] = {
      view: edge, kb, tripS: tripTime(edge, kb), only, alternatives,
      timeoutS: timeout_ms === null ? null : timeout_ms / 1000, fronts: plan.fronts[i] ?? NO_FRONTS,
      isFront: plan.isFront[i] === 1, seriesUse: plan.seriesUse[i] as number,
    };
  }
  return made;
}
