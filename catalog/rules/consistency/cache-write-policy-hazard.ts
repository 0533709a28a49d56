import { entityParams } from '../../../shared/contracts/document-params.ts';
import type { EdgeView, NodeView } from '../../../shared/contracts/graph-view.ts';
import { resolveParams } from '../../../shared/contracts/params.ts';
import { defineRule, type AskedTarget, type Facts, type RuleReport } from '../../../shared/contracts/rule.ts';
import type { Design, Entity, Params } from '../../../shared/model/design.ts';
import { sketch, type Sketch } from '../common/examples.ts';
import { fix, setEdgeParam, setEdgeParams } from '../common/fixes.ts';
import { askEdge, stateOf } from '../common/practice.ts';
import { edgeResults } from '../common/results.ts';
import { addTo, liveEdgesOfKind, onEdge, onNode } from '../common/targets.ts';
import { resourceOf } from '../common/views.ts';

const USUAL = resolveParams(entityParams, {}).values;

/** A cache edge with the store behind it, what is kept there, and how often it is written. */
interface Use { readonly edge: EdgeView; readonly store: NodeView; readonly series: boolean; readonly entities: readonly Entity[]; readonly writes: number }

function isBehind(edge: EdgeView): boolean {
  return edge.idleReason === null && edge.kind === 'db';
}

/** Entities of the store that this use keeps: the one that an edge names, else all that have their home there. */
function entitiesOf(entities: readonly Entity[], store: NodeView, named: string): readonly Entity[] {
  return entities.length === 0 ? entities : entities.filter((entity) => (named === '' ? entity.home === store.id : entity.id === named));
}

/** Writes of some data that reach any of these stores. */
function writesOf(results: ReturnType<typeof edgeResults>, stores: readonly NodeView[], named: string): number {
  let sum = 0;
  for (const store of stores) {
    for (const other of store.in) {
      if (!isBehind(other)) continue;
      const { entity } = other.params.values;
      if (named === '' || entity === '' || entity === named) sum += results[other.index]?.writes_rps ?? 0;
    }
  }
  return sum;
}

function usesOf(doc: Design, facts: Facts): Use[] {
  const entities = Object.values(doc.entities);
  const results = edgeResults(facts);
  const uses: Use[] = [];
  for (const edge of liveEdgesOfKind(facts, 'cache')) {
    const fronted: EdgeView[] = [];
    for (const id of edge.fronts) {
      const front = facts.graph.edgeById.get(id);
      if (front !== undefined && isBehind(front)) fronted.push(front);
    }
    const behind = fronted.length > 0 ? fronted : edge.to.out.filter(isBehind);
    const [first] = behind;
    if (!first) continue;
    const named = edge.params.values.entity || first.params.values.entity;
    const stores: NodeView[] = [];
    for (const { to } of behind) if (!stores.includes(to)) stores.push(to);
    uses.push({ edge, store: first.to, series: fronted.length === 0, entities: entitiesOf(entities, first.to, named), writes: writesOf(results, stores, named) });
  }
  return uses;
}

/** Seconds that a key lives after a write that the cache does not see; null without expiry. */
function lifeOf({ edge }: Use): number | null {
  return (edge.params.values.ttl_s ?? resourceOf(edge.to, 'cache')?.ttl_s) || null;
}

/** True when everything kept has a requirement that answers of this age meet, and somebody has said so. */
function mayBeStale(use: Use): boolean {
  const { entities } = use;
  if (entities.length === 0) return false;
  const life = lifeOf(use);
  return entities.every(({ requirement, bound_s }) => requirement === 'eventual' || (requirement === 'bounded' && life !== null && life <= (bound_s ?? USUAL.bound_s)));
}

function about({ edge }: Use): readonly [AskedTarget, AskedTarget] {
  return [onEdge(edge), onNode(edge.to)];
}

function severityOf({ entities }: Use): RuleReport['severity'] {
  return entities.some(({ requirement }) => requirement === 'strong') ? 'critical' : 'major';
}

/** What is said of a use whose writes leave the old value. The consistency number carries stale reads already. */
function stale(use: Use): Omit<RuleReport, 'targets'> {
  const { edge, store } = use;
  const life = lifeOf(use);
  return {
    severity: severityOf(use), subtracts: false, messageId: life === null ? 'staleForever' : 'stale', data: { cache: edge.to.id, store: store.id, ...(life === null ? {} : { life }) },
    fixes: () => [fix('delete', `Delete keys of ${edge.to.node.name} on write`, setEdgeParams(edge.id, { mode: 'aside', invalidate: true }))],
  };
}

const cached = (params: Params, rest: Omit<Sketch, 'nodes' | 'edges'> = {}) =>
  sketch({ nodes: { users: 'client', api: 'service', cache: 'redis', db: 'rdbms' }, edges: ['users>api>db', ['api>cache', params]], ...rest });

/** Writes that leave the cache with another truth than the database, or that only the cache has. */
export const cacheWritePolicyHazard = defineRule({
  id: 'cache-write-policy-hazard',
  meta: {
    title: 'Writes keep cache and database together',
    failureTitle: 'Cache and database drift apart',
    axes: ['consistency'],
    penalises: ['consistency'],
    severity: ['critical', 'major'],
    kind: 'structural',
    rationale: 'A write that neither deletes nor renews the key leaves the old value until it expires. Written behind, the newest writes exist in memory only, and copies of an in-memory store are made afterwards. Written first, the cache can show what the database then refuses.',
    tradeOff: 'Deleting costs a call with each write and a miss after it; writing through adds a call and keeps values that nobody reads.',
    whenNotToApply: 'The data may be as old as its time to live, or what is lost can be counted again, such as views of a page.',
    sources: ['redis-replication', 'ddia', 'scaling-memcache'],
    concepts: ['cache invalidation', 'write-through and write-behind'],
  },
  options: {
    // seconds of writes that may be lost: none, so every unflushed window counts
    lossS: 0,
  },
  requires: ['nodes', 'edges'],
  messages: {
    stale: 'A write to {store:name} leaves the old value in {cache:name}: readers see it for up to {life:s}. Delete the key after the commit.',
    staleForever: 'A write to {store:name} leaves the old value in {cache:name}, and its keys do not expire: readers see it until it happens to be evicted. Delete the key after the commit.',
    lost: '{cache:name} takes writes before {store:name} has them: when it dies, the last {window:s} are gone, about {writes:count} writes that must not be lost. Write the database in the request.',
    lostAssumed: '{cache:name} takes writes before {store:name} has them: when it dies, the last {window:s} are gone, about {writes:count} writes. State what loss the data bears, or write the database in the request.',
    early: '{cache:name} shows a write before {store:name} has committed it: when the commit fails, readers have seen what never happened. Update the cache after the commit.',
  },
  check: ({ doc, facts, options, report, ask, notApplicable }) => {
    const uses = usesOf(doc, facts);
    if (uses.length === 0) return notApplicable();
    // alike in all that is said but what it is about
    const unstated = new Map<string, Use[]>();
    for (const use of uses) {
      const { edge, store, entities } = use;
      if (!(use.writes > 0)) continue;
      const { mode, cache_before_commit, flush_s } = edge.params.values;
      const invalidate = stateOf(edge.params, 'invalidate');
      // in series every write passes the cache, which then deletes or renews unless told to stay out
      const unseen = mode === 'write_around' || (mode === 'aside' && (use.series ? invalidate === 'no' : invalidate !== 'yes'));
      if (unseen && !mayBeStale(use)) {
        if (mode === 'aside' && invalidate === 'unset') addTo(unstated, `${severityOf(use)} ${lifeOf(use) === null ? 'for ever' : 'for a time'}`, use);
        else report({ targets: about(use), ...stale(use) });
      }
      if (mode !== 'write_behind' && !cache_before_commit) continue;
      const targets = about(use);
      const data = { cache: edge.to.id, store: store.id };
      if (mode === 'write_behind') {
        const stated = entities.some(({ money, loss_tolerance_s }) => money === true || (loss_tolerance_s !== undefined && loss_tolerance_s <= options.lossS));
        const assumed = entities.length === 0 || entities.some(({ loss_tolerance_s }) => loss_tolerance_s === undefined);
        const through = fix('write-through', `Write ${store.node.name} in the request`, setEdgeParam(edge.id, 'mode', 'write_through'));
        // a tolerance that nobody stated lowers nothing
        if (stated || assumed) report({ targets, subtracts: stated, messageId: stated ? 'lost' : 'lostAssumed', severity: stated ? 'critical' : 'major', data: { ...data, window: flush_s, writes: use.writes * flush_s }, fixes: [through] });
      }
      if (cache_before_commit) report({ targets, severity: severityOf(use), messageId: 'early', data, fixes: [fix('commit-first', `Update ${edge.to.node.name} after the commit`, setEdgeParam(edge.id, 'cache_before_commit', false))] });
    }
    for (const alike of unstated.values()) ask({ about: alike, targets: about, report: (use) => ({ ...stale(use), question: askEdge('invalidate') }) });
  },
  examples: {
    valid: [
      { title: 'writes delete the key', design: cached({ invalidate: true }) },
      { title: 'writes go through', design: cached({ mode: 'write_through' }) },
      { title: 'nothing is written', design: cached({ invalidate: false }, { workload: { read_fraction: 1 } }) },
      { title: 'answers may be a minute old and are', design: cached({ invalidate: false, ttl_s: 60 }, { entities: { page: { home: 'db', requirement: 'bounded', bound_s: 60 } } }) },
      { title: 'a second of page views may be lost', design: cached({ mode: 'write_behind' }, { entities: { views: { home: 'db', loss_tolerance_s: 10 } } }) },
    ],
    invalid: [
      { title: 'keys wait for their expiry', design: cached({ invalidate: false }), expect: ['stale'] },
      { title: 'answers may be 59 s old and are 60', design: cached({ invalidate: false, ttl_s: 60 }, { entities: { page: { home: 'db', requirement: 'bounded', bound_s: 59 } } }), expect: ['stale'] },
      { title: 'writes around a cache without expiry', design: sketch({ nodes: { users: 'client', api: 'service', cache: ['redis', { ttl_s: 0 }], db: 'rdbms' }, edges: ['users>api>db', ['api>cache', { mode: 'write_around' }]], entities: { stock: { home: 'db', requirement: 'strong' } } }), expect: ['staleForever'] },
      { title: 'orders written behind', design: cached({ mode: 'write_behind' }, { entities: { order: { home: 'db', loss_tolerance_s: 0 } } }), expect: ['lost'] },
      { title: 'written behind, nothing said about loss', design: cached({ mode: 'write_behind' }), expect: ['lostAssumed'] },
      { title: 'shown before it is committed', design: cached({ invalidate: true, cache_before_commit: true }), expect: ['early'] },
      { title: 'not said', design: cached({}), expect: ['stale'] },
    ],
    notApplicable: [
      { title: 'no cache', design: sketch({ nodes: { users: 'client', api: 'service', db: 'rdbms' }, edges: ['users>api>db'] }) },
    ],
  },
});
