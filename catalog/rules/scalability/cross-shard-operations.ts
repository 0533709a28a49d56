import type { EdgeView, NodeView } from '../../../shared/contracts/graph-view.ts';
import { defineRule, type Facts, type RuleFix } from '../../../shared/contracts/rule.ts';
import { sketch, threeBox } from '../common/examples.ts';
import { fix, setNodeParams } from '../common/fixes.ts';
import { liveEdgesInto, liveEdgesOutOf, liveNodesHolding, liveNodesOfRole, onEdge, onNode } from '../common/targets.ts';
import { resourceOf } from '../common/views.ts';

/** A store in several shards, or a router before several stores that each own a part of the keys. */
interface Sharded {
  readonly view: NodeView;
  readonly shards: number;
  /** Reads of the busiest shard, per second. */
  readonly shardReads: number;
  /** Where the data are. */
  readonly stores: ReadonlySet<string>;
}

function inside(facts: Facts, view: NodeView): Sharded | null {
  const store = resourceOf(view, 'replicated-store');
  if (store === null || store.shards <= 1) return null;
  return { view, shards: store.shards, shardReads: facts.evaluation.nodes[view.id]?.evidence['shard_reads_rps'] ?? 0, stores: new Set([view.id]) };
}

function behind(facts: Facts, view: NodeView): Sharded | null {
  const balancer = resourceOf(view, 'balancer');
  if (balancer === null || (balancer.mode ?? balancer.default_mode) !== 'partition') return null;
  const targets = liveEdgesOutOf(facts, view).filter(({ synchronous, to }) => synchronous && to.behavior.stateful).map(({ to }) => to.id);
  const reads = targets.map((id) => facts.evaluation.nodes[id]?.reads_rps ?? 0);
  return targets.length < 2 ? null : { view, shards: targets.length, shardReads: Math.max(...reads), stores: new Set(targets) };
}

function shardedOf(facts: Facts): Sharded[] {
  const stores = liveNodesOfRole(facts, 'relational').map((view) => inside(facts, view));
  const routers = liveNodesHolding(facts, 'balancer').map((view) => (view.behavior.routing === 'split' ? behind(facts, view) : null));
  return [...stores, ...routers].filter((found) => found !== null);
}

/** Data that must change as a whole on this way: what the connection names, else what lives in these stores. */
function strictEntity(facts: Facts, edge: EdgeView, stores: ReadonlySet<string>): { readonly id: string; readonly money: boolean } | null {
  const { entities } = facts.graph.design;
  const named = edge.params.values.entity;
  let found: { readonly id: string; readonly money: boolean } | null = null;
  for (const { id } of Object.values(facts.evaluation.entities)) {
    const entity = Object.hasOwn(entities, id) ? entities[id] : undefined;
    if (entity === undefined || (named === '' ? !stores.has(entity.home ?? '') : named !== id)) continue;
    if (entity.money === true) return { id, money: true };
    if (entity.requirement === 'strong') found ??= { id, money: false };
  }
  return found;
}

/** One machine as large as all shards together, where there is such a one: what spans shards then spans nothing. */
function fixesFor({ view, shards }: Sharded): RuleFix[] {
  const store = view.behavior.resources.find((resource) => resource.kind === 'replicated-store');
  if (store?.kind !== 'replicated-store') return [];
  const vcpu = store.vcpu * shards;
  const iops = Math.min(store.max_iops, store.iops * shards);
  if (vcpu > store.max_vcpu) return [];
  const stated = (key: string, value: number): Record<string, number> => (view.params.stated(key) ? { [key]: value } : {});
  const size = { shards: 1, vcpu, storage_gb: store.storage_gb * shards, ...stated('mem_gb', store.memory_gb * shards), ...(iops > store.iops ? { iops } : {}) };
  return [fix('one-machine', `Use one machine with ${vcpu} vCPUs for ${view.node.name}`, setNodeParams(view.id, size))];
}

/** Reads that ask every shard, and changes that must happen on two shards together. */
export const crossShardOperations = defineRule({
  id: 'cross-shard-operations',
  meta: {
    title: 'Requests need one shard',
    failureTitle: 'Reads or transactions span shards',
    axes: ['scalability', 'latency', 'consistency', 'availability'],
    penalises: ['consistency'],
    severity: ['major', 'critical'],
    kind: 'structural',
    rationale: 'A read that asks all shards loads each of them, so more shards carry no more of it, and it is as slow as the slowest and needs all of them. A change on two shards is atomic only with a protocol that blocks both while one is away.',
    tradeOff: 'A projection for such reads is a little behind, and a change in steps needs a way to take back the first when the second fails.',
    whenNotToApply: 'The reads are rare reports that nobody waits for, or the two changes may be seen apart for a while.',
    sources: ['ddia', 'microservices-io', 'sqlalchemy-sessions'],
    concepts: ['sharding', 'scatter-gather', 'two-phase commit', 'saga'],
  },
  options: {
    // one read in twenty: with ten shards half as much load again on each
    scatter: 0.05,
  },
  requires: ['nodes', 'edges', 'entities', 'hazards'],
  messages: {
    scatter: '{share:percent} of the reads of {caller:name} ask all {shards:count} shards of {store:name}: the busiest answers {shard_reads_rps:rate} of {reads_rps:rate}, and the slowest decides how long it takes. Keep on one shard what is read together, or answer these reads from a search index.',
    spans: '{caller:name} changes {entity:name} on two shards of {store:name} at once, {per_day:count} a day: half of it stays when one shard fails in between. Keep on one shard what changes together, or work in steps that can be taken back.',
    money: '{caller:name} changes {entity:name} on two shards of {store:name} at once, {per_day:count} a day: money is missing or there twice when one shard fails in between. Hold it on the first, book it on the second, and take the hold back if that fails.',
  },
  check: ({ facts, options, report, notApplicable }) => {
    const sharded = shardedOf(facts);
    if (sharded.length === 0) return notApplicable();
    const spanning = new Map(facts.evaluation.hazards.filter(({ kind }) => kind === 'cross-shard').map(({ targets, data }) => [targets[0]?.id, data['per_day'] ?? 0]));
    for (const found of sharded) {
      const { view, shards, shardReads, stores } = found;
      for (const edge of liveEdgesInto(facts, view)) {
        const data = { caller: edge.from.id, store: view.id, shards };
        const common = { targets: [onEdge(edge), onNode(view)], fixes: fixesFor(found) };
        const reads_rps = facts.evaluation.nodes[view.id]?.reads_rps ?? 0;
        const share = edge.params.values.scatter_fraction;
        if (share > options.scatter && (facts.evaluation.edges[edge.id]?.reads_rps ?? 0) > 0) {
          report({ ...common, messageId: 'scatter', severity: 'major', subtracts: false, data: { ...data, share, shard_reads_rps: shardReads, reads_rps } });
        }
        const per_day = spanning.get(edge.id);
        const entity = per_day === undefined ? null : strictEntity(facts, edge, stores);
        if (per_day === undefined || entity === null) continue;
        report({ ...common, messageId: entity.money ? 'money' : 'spans', severity: entity.money ? 'critical' : 'major', data: { ...data, entity: entity.id, per_day } });
      }
    }
  },
  examples: {
    valid: [
      { title: 'all reads name the key', design: threeBox({ db: { shards: 4 } }) },
      { title: 'one read in twenty asks all', design: threeBox({ db: { shards: 4 }, query: { scatter_fraction: 0.05 } }) },
      { title: 'changes on two shards that may be seen apart', design: threeBox({ db: { shards: 4 }, query: { cross_shard_txn_fraction: 0.1 } }, { entities: { post: { home: 'db', requirement: 'eventual' } } }) },
      { title: 'only changes that ask all shards for nothing', design: threeBox({ db: { shards: 4 }, query: { op: 'write', scatter_fraction: 0.5 } }) },
    ],
    invalid: [
      { title: 'a little more than one read in twenty', design: threeBox({ db: { shards: 4 }, query: { scatter_fraction: 0.06 } }), expect: ['scatter'] },
      { title: 'too large for one machine', design: threeBox({ db: { shards: 16, vcpu: 16 }, query: { scatter_fraction: 0.3 } }), expect: ['scatter'] },
      { title: 'stock that must change as a whole', design: threeBox({ db: { shards: 2, iops: 40_000, mem_gb: 16 }, query: { cross_shard_txn_fraction: 0.01 } }, { entities: { stock: { home: 'db', requirement: 'strong' } } }), expect: ['spans'] },
      { title: 'a transfer between two accounts', design: threeBox({ db: { shards: 4 }, query: { cross_shard_txn_fraction: 0.5, entity: 'balance' } }, { entities: { balance: { home: 'db', requirement: 'strong', money: true } } }), expect: ['money'] },
      {
        title: 'a router before stores that own a part each',
        design: sketch({
          nodes: { users: 'client', api: 'service', router: 'shard-router', east: 'rdbms', west: 'rdbms' },
          edges: ['users>api', ['api>router', { scatter_fraction: 0.2, cross_shard_txn_fraction: 0.2 }], 'router>east', 'router>west'], entities: { balance: { home: 'east', money: true, requirement: 'strong' } },
        }), expect: ['money', 'scatter'],
      },
    ],
    notApplicable: [
      { title: 'one database', design: threeBox({ query: { scatter_fraction: 0.5 } }) },
      { title: 'a router between alternatives', design: sketch({ nodes: { users: 'client', api: 'service', router: ['shard-router', { mode: 'route' }], one: 'rdbms', two: 'rdbms' }, edges: ['users>api>router>one', 'router>two'] }) },
    ],
  },
});
