import type { NodeResult, ResourceName } from '../../../shared/contracts/evaluation.ts';
import type { NodeView } from '../../../shared/contracts/graph-view.ts';
import { defineRule, type Facts, type RuleFix } from '../../../shared/contracts/rule.ts';
import type { Design } from '../../../shared/model/design.ts';
import { sketch, type Sketch } from '../common/examples.ts';
import { addEdge, addNode, allOf, fix } from '../common/fixes.ts';
import { anythingStated } from '../common/load.ts';
import { liveNodesOfRole, onEdge, onNode } from '../common/targets.ts';
import { ownCallers } from '../common/views.ts';

/** Stores whose answers are worth keeping: asked by key or by a query that comes again. */
const KEPT = ['relational', 'key-value', 'search'] as const;

/** What reading does not drive: a cache takes nothing from these. */
const OF_WRITES: ReadonlySet<ResourceName> = new Set<ResourceName>(['lock', 'apply', 'conn', 'memory']);

type Use = ReturnType<typeof ownCallers>[number];

/** Connections whose reads a cache stands before. */
function fronted({ graph }: Facts): ReadonlySet<string> {
  return new Set(graph.edges.filter(({ kind, idleReason }) => kind === 'cache' && idleReason === null).flatMap(({ fronts }) => fronts));
}

function busiest({ resources }: NodeResult): number {
  return resources.reduce((most, { resource, utilisation, capacity_rps }) => (capacity_rps === null || OF_WRITES.has(resource) ? most : Math.max(most, utilisation)), 0);
}

/** Reads that nobody keeps: own callers, mostly reading, without a cache before the connection. */
function unkept(facts: Facts, view: NodeView, kept: ReadonlySet<string>, reads: number): Use[] {
  return ownCallers(view).filter(({ edge }) => {
    const found = facts.evaluation.edges[edge.id];
    return found !== undefined && !kept.has(edge.id) && found.rps > 0 && found.reads_rps / found.rps > reads;
  });
}

/** A journey that misses its target and spends much of its time on these reads. */
interface Late { readonly journey: string; readonly p99_ms: number; readonly target_ms: number; readonly share: number }

function latest({ evaluation: { journeys }, steps }: Facts, uses: readonly Use[], least: number): Late[] {
  const edges = new Set(uses.map(({ edge }) => edge.id));
  return Object.values(journeys).flatMap(({ id, p99_ms: { value: p99_ms }, mean_ms: { value: mean_ms }, p99_target_ms: target_ms }) => {
    if (p99_ms === null || mean_ms === null || p99_ms <= target_ms) return [];
    const share = steps.of(id).reduce((sum, step) => sum + (edges.has(step.edge) ? step.mean_s : 0), 0) / (mean_ms / 1000);
    return share > least ? [{ journey: id, p99_ms, target_ms, share: Math.min(1, share) }] : [];
  }).sort((a, b) => b.p99_ms / b.target_ms - a.p99_ms / a.target_ms);
}

/** Everything that lives there must be read as it was last written: a copy would be wrong. */
function isAllStrong({ entities }: Design, view: NodeView): boolean {
  const own = Object.values(entities).filter(({ home }) => home === view.id);
  return own.length > 0 && own.every(({ requirement }) => requirement === 'strong');
}

/** One cache for all callers, beside the store: the one that is drawn, else a new one. Writes delete what they change. */
function fixesFor(facts: Facts, view: NodeView, uses: readonly Use[]): RuleFix[] {
  const drawn = facts.graph.nodes.find((other) => other.behavior.role === 'cache' && other.behavior.resources.some((resource) => resource.kind === 'cache' && resource.roles.includes('cache')));
  const callers = [...new Set(uses.map(({ caller }) => caller))];
  const links = callers.map((caller) => ({ from: caller.id, params: { mode: 'aside', invalidate: true, fronts: uses.filter((use) => use.caller === caller).map(({ edge }) => edge.id).join(',') } }));
  const name = view.node.name;
  if (drawn !== undefined) return [fix('cache', `Keep reads of ${name} in ${drawn.node.name}`, allOf(...links.map(({ from, params }) => addEdge(from, drawn.id, params))))];
  return [fix('cache', `Keep reads of ${name} in Redis`, addNode({ id: `${view.id}-cache`, type: 'redis', name: `${name} cache`, params: { roles: ['cache'] } }, links))];
}

const reading = (peak_rps: number, rest: Partial<Sketch> = {}) =>
  sketch({ nodes: { users: 'client', api: ['service', { instances: 20 }], db: 'rdbms' }, edges: ['users>api', ['api>db', { queries: 2 }]], ...rest, workload: { peak_rps, read_fraction: 0.9, ...rest.workload } });

/** A store that answers the same questions again and again. */
export const noCacheReadHeavy = defineRule({
  id: 'no-cache-read-heavy',
  meta: {
    title: 'Repeated reads are kept',
    failureTitle: 'Reads that nothing caches',
    axes: ['latency', 'scalability', 'cost'],
    penalises: [],
    severity: ['major'],
    kind: 'structural',
    rationale: 'Most reads ask for few keys: with the usual skew a tenth of them gets six or seven reads of ten. Without a cache the store answers each of them again, and it is the part that is hardest to grow.',
    tradeOff: 'Answers may be older than the data, writes must delete what they change, many misses on one key can come at once, and the cache is paid for and run.',
    whenNotToApply: 'The store has room and the targets are met: a cache then makes little faster. Or each read must see the last write, or keys are hardly read twice.',
    sources: ['azure-antipatterns', 'che', 'breslau'],
    concepts: ['caching', 'cache-aside', 'Zipf distribution'],
  },
  options: {
    // share of reads over a connection: below it writes throw away much of what is kept
    reads: 0.8,
    // share of the lookups that a cache with a tenth of the keys answers: below it more are wasted than answered
    hit: 0.5,
    // use of the store: with more room than this a cache moves little
    busy: 0.5,
    // share of the journey's mean time spent on these reads: below it their wait is not why the target is missed
    share: 0.3,
  },
  requires: ['nodes', 'edges', 'journeys'],
  messages: {
    busy: '{store:name} is {used:utilisation} busy and {reads:percent} of what it is asked are reads that nothing keeps: a cache with room for a tenth of the keys would answer {hit:percent} of them. Put one before it.',
    slow: '{journey:name} has a p99 of {p99_ms:ms}, its target is {target_ms:ms}, and {share:percent} of its time goes to reads from {store:name} that nothing keeps. A cache with room for a tenth of the keys would answer {hit:percent} of them.',
  },
  check: ({ doc, facts, options, report, notApplicable }) => {
    const stores = KEPT.flatMap((role) => liveNodesOfRole(facts, role));
    if (stores.length === 0) return notApplicable();
    const anyLate = Object.values(facts.evaluation.journeys).some(({ p99_ms, p99_target_ms }) => p99_ms.value !== null && p99_ms.value > p99_target_ms);
    let kept: ReadonlySet<string> | null = null;
    for (const view of stores) {
      const found = facts.evaluation.nodes[view.id];
      const hit = found?.evidence['tenth_hit_ratio'] ?? 0;
      if (found === undefined || hit <= options.hit) continue;
      const used = busiest(found);
      if (used <= options.busy && !anyLate) continue;
      kept ??= fronted(facts);
      const uses = unkept(facts, view, kept, options.reads);
      if (uses.length === 0 || isAllStrong(doc, view) || !anythingStated(facts, view)) continue;
      const targets = [onNode(view), ...uses.map(({ edge }) => onEdge(edge))];
      const late = latest(facts, uses, options.share);
      const [worst] = late;
      if (used > options.busy) report({ targets, messageId: 'busy', severity: 'major', data: { store: view.id, used, reads: found.arrival_rps > 0 ? found.reads_rps / found.arrival_rps : 0, hit }, fixes: fixesFor(facts, view, uses) });
      else if (worst !== undefined) report({ targets, messageId: 'slow', severity: 'major', journeys: late.map(({ journey }) => journey), data: { store: view.id, hit, ...worst }, fixes: fixesFor(facts, view, uses) });
    }
  },
  examples: {
    valid: [
      { title: 'half busy', design: reading(1880) },
      { title: 'busy, behind a cache', design: sketch({ nodes: { users: 'client', api: ['service', { instances: 20 }], db: ['rdbms', { iops: 500 }], cache: 'redis' }, edges: ['users>api>db', 'api>cache'], workload: { peak_rps: 3000 } }) },
      { title: 'every key is asked for alike', design: reading(4000, { entities: { row: { home: 'db', zipf_s: 0.4 } } }) },
      { title: 'a fifth and more are writes', design: reading(4000, { workload: { read_fraction: 0.8 } }) },
      { title: 'each read must see the last write', design: reading(4000, { entities: { seat: { home: 'db', requirement: 'strong' } } }) },
      { title: 'slow for another reason', design: reading(100, { nodes: { users: 'client', api: ['service', { io_ms: 200 }], db: 'rdbms' } }) },
    ],
    invalid: [
      { title: 'a little more than half busy', design: reading(1900), expect: ['busy'] },
      { title: 'a cache is drawn and only another caller uses it', design: sketch({ nodes: { users: 'client', api: ['service', { instances: 20 }], other: 'service', db: ['rdbms', { vcpu: 2 }], cache: 'redis' }, edges: ['users>api>db', 'users>other', 'other>db', 'other>cache'], workload: { peak_rps: 8000 } }), expect: ['busy'] },
      { title: 'through a pooler', design: sketch({ nodes: { users: 'client', api: ['service', { instances: 20 }], pool: ['pooler', { servers: 60 }], db: 'rdbms' }, edges: ['users>api>pool>db'], workload: { peak_rps: 8000 } }), expect: ['busy'] },
      { title: 'queries that take too long', design: reading(5, { nodes: { users: 'client', api: 'service', db: ['rdbms', { read_cpu_ms: 60 }] } }), expect: ['slow'] },
    ],
    notApplicable: [
      { title: 'no store', design: sketch({ nodes: { users: 'client', api: 'service' }, edges: ['users>api'] }) },
    ],
  },
});
