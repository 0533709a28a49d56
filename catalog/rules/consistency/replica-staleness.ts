import type { EdgeView, NodeView } from '../../../shared/contracts/graph-view.ts';
import { defineRule, type Facts, type RuleFix } from '../../../shared/contracts/rule.ts';
import { sketch, threeBox } from '../common/examples.ts';
import { fix, setEdgeParam, setNodeParam } from '../common/fixes.ts';
import { nodeResults } from '../common/results.ts';
import { liveNodes, onEntity, onNode } from '../common/targets.ts';

type EntityFact = Facts['evaluation']['entities'][string];

/** Requirements under which a reader must see their own last write, the hardest last. */
const ASKS = ['read_your_writes', 'strong'];

/** The hardest of what the entity asks and what the journeys ask that read it from these copies. */
function asked({ doc, entity, journeys }: { readonly doc: Facts['graph']['design']; readonly entity: EntityFact; readonly journeys: readonly string[] }): string | null {
  const stated = journeys.flatMap((id) => doc.journeys[id]?.reads?.filter((read) => read.entity === entity.id).map((read) => read.requirement ?? '') ?? []);
  const rank = Math.max(ASKS.indexOf(entity.requirement), ...stated.map((name) => ASKS.indexOf(name)));
  return ASKS[rank] ?? null;
}

/** Entities that some journey asks to be read as they were last written. */
function strictlyRead({ journeys }: Facts['graph']['design']): ReadonlySet<string> {
  const found = new Set<string>();
  for (const { reads = [] } of Object.values(journeys)) for (const { entity, requirement } of reads) if (requirement !== undefined && ASKS.includes(requirement)) found.add(entity);
  return found;
}

/** Connections whose reads the copies of this store answer. */
function readers(view: NodeView): EdgeView[] {
  return view.in.filter((edge) => edge.kind === 'db' && edge.idleReason === null && edge.params.values.routing !== 'primary' && edge.params.values.op !== 'write');
}

/** The store whose writes this one replays; null when the copies are inside the store itself. */
function sourceOf(view: NodeView): EdgeView | null {
  return view.in.find((edge) => edge.kind === 'replicate' && edge.idleReason === null) ?? null;
}

/** Share of the reads that copies answer: inside the store as solved, for a drawn copy its reads over those of both. */
function copyShare(facts: Facts, view: NodeView): number {
  const own = facts.evaluation.nodes[view.id];
  const source = sourceOf(view);
  if (source === null) return own?.evidence['replica_read_share'] ?? 1;
  const reads = own?.reads_rps ?? 0;
  const all = reads + (facts.evaluation.nodes[source.from.id]?.reads_rps ?? 0);
  return all > 0 ? reads / all : 1;
}

function fixesFor(view: NodeView): RuleFix[] {
  const { name } = view.node;
  const source = sourceOf(view);
  if (source !== null) return [fix('sync', `Let writes wait for ${name}`, setEdgeParam(source.id, 'replicate_mode', 'sync'))];
  const routed = readers(view).map((edge) => setEdgeParam(edge.id, 'routing', 'primary'));
  return [fix('primary', `Read from the primary of ${name}`, ...routed), fix('sync', `Make the replicas of ${name} synchronous`, setNodeParam(view.id, 'repl_mode', 'sync'))];
}

/** Reads that a lagging copy answers although the reader must see their own last write. */
export const replicaStaleness = defineRule({
  id: 'replica-staleness',
  meta: {
    title: 'Users see their own writes',
    failureTitle: 'Reads from replicas that are behind',
    axes: ['consistency', 'latency'],
    penalises: [],
    severity: ['major', 'critical'],
    kind: 'metric',
    rationale: 'An asynchronous replica answers with what it has. A router that splits reads and writes does not know that this reader has just written, so their change seems lost until the replica has caught up.',
    tradeOff: 'Reads from the primary use the capacity that the replicas were bought for; a synchronous replica makes each commit wait for it.',
    whenNotToApply: 'Nobody reads back what they wrote within seconds, as in reports and catalogues, or the client keeps the written value itself.',
    sources: ['sqlalchemy-sessions', 'ddia'],
    concepts: ['replication lag', 'read your writes', 'read-write routing'],
  },
  options: {
    // the share of own writes that a reader must see is .999, the target at which the consistency axis gives 70
    unseen: 1e-3,
  },
  requires: ['nodes', 'entities'],
  messages: {
    unseen: 'After a write to {entity:name}, {unseen:percent} of the next reads do not show it: at {store:name} a replica answers that is {lag_s:s} behind on average. Read from the primary for a while after a write.',
    strong: '{entity:name} must be read as it was last written, and {copies:percent} of its reads are answered at {store:name} by a replica that is {lag_s:s} behind on average. Read it from the primary.',
    growing: 'At {store:name} the replica falls further behind for as long as the peak lasts: it cannot replay {writes_rps:rate} of writes, and {entity:name} is read from it. Read from the primary, or split the writes.',
  },
  check: ({ doc, facts, options, report, notApplicable }) => {
    const entities = Object.values(facts.evaluation.entities);
    const results = nodeResults(facts);
    const copied = liveNodes(facts).some(({ index }) => results[index]?.lag_s != null);
    if (!copied && !entities.some((entity) => entity.paths.some(({ kind }) => kind === 'replica'))) return notApplicable();
    const strict = strictlyRead(doc);
    for (const entity of entities) {
      if (!ASKS.includes(entity.requirement) && !strict.has(entity.id)) continue;
      const paths = entity.paths.filter(({ kind }) => kind === 'replica');
      if (paths.length === 0) continue;
      for (const via of new Set(paths.map((path) => path.via))) {
        const view = facts.graph.nodeById.get(via);
        const found = facts.evaluation.nodes[via];
        const journeys = (): string[] => [...new Set(paths.filter((path) => path.via === via).map(({ journey }) => journey))];
        const requirement = strict.has(entity.id) ? asked({ doc, entity, journeys: journeys() }) : entity.requirement;
        if (view === undefined || found === undefined || requirement === null) continue;
        const copies = copyShare(facts, view);
        const unseen = found.evidence['unseen_share'] === undefined ? (entity.violation.value ?? 0) : copies * found.evidence['unseen_share'];
        const growing = found.lag_s?.state === 'unbounded';
        if (!growing && requirement !== 'strong' && unseen <= options.unseen) continue;
        const target = Object.hasOwn(doc.entities, entity.id) ? [onEntity(entity)] : [];
        const lag_s = found.lag_s?.value ?? paths.find((path) => path.via === via)?.staleness_s.value ?? 0;
        report({
          targets: [onNode(view), ...target], journeys: journeys(), messageId: growing ? 'growing' : requirement === 'strong' ? 'strong' : 'unseen', severity: growing || requirement === 'strong' ? 'critical' : 'major',
          data: { store: via, entity: target.length > 0 ? entity.id : via, unseen, copies, lag_s, writes_rps: found.writes_rps }, fixes: fixesFor(view),
        });
      }
    }
  },
  examples: {
    valid: [
      { title: 'a replica a fifth of a second behind, read again after two', design: threeBox({ db: { replicas: 1, base_lag_s: 0.28 } }) },
      { title: 'reads stay on the primary', design: threeBox({ db: { replicas: 1, base_lag_s: 2 }, query: { routing: 'primary' } }) },
      { title: 'nobody needs to see the last write', design: threeBox({ db: { replicas: 1, base_lag_s: 5 } }, { entities: { post: { home: 'db', requirement: 'eventual' } } }) },
    ],
    invalid: [
      { title: 'a replica just too far behind', design: threeBox({ db: { replicas: 1, base_lag_s: 0.3 } }), expect: ['unseen'] },
      { title: 'balances read from a replica', design: threeBox({ db: { replicas: 1 } }, { entities: { balance: { home: 'db', requirement: 'strong' } } }), expect: ['strong'] },
      { title: 'one reader asks for more than the entity', design: threeBox({ db: { replicas: 1 } }, { entities: { post: { home: 'db', requirement: 'eventual' } }, journeys: { check: { rate_rps: 50, entry: 'users', op: 'mixed', reads: [{ entity: 'post', requirement: 'strong' }] } } }), expect: ['strong'] },
      { title: 'more writes than a replica replays', design: threeBox({ api: { instances: 60, vcpu: 4, cpu_ms: 1 }, db: { vcpu: 96, iops: 60_000, replicas: 1 } }, { workload: { peak_rps: 8000, read_fraction: 0.4 } }), expect: ['growing'] },
      { title: 'a copy drawn beside the source', design: sketch({ nodes: { users: 'client', api: 'service', db: ['rdbms', { base_lag_s: 1 }], copy: ['rdbms', { base_lag_s: 1 }] }, edges: ['users>api>db', 'api>copy', 'db>copy'], entities: { post: { home: 'db' } } }), expect: ['unseen'] },
    ],
    notApplicable: [
      { title: 'one database without replicas', design: threeBox() },
      { title: 'nothing is stored', design: sketch({ nodes: { users: 'client', api: 'service' }, edges: ['users>api'] }) },
    ],
  },
});
