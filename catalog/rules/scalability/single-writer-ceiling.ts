import type { ReplicatedStoreResource } from '../../../shared/contracts/behavior.ts';
import type { NodeView } from '../../../shared/contracts/graph-view.ts';
import { defineRule, type Facts } from '../../../shared/contracts/rule.ts';
import type { Design, Params } from '../../../shared/model/design.ts';
import { sketch, threeBox, type Sketch } from '../common/examples.ts';
import { fix, setNodeParam } from '../common/fixes.ts';
import { roundUp } from '../common/sizing.ts';
import { liveNodesHolding, onEntity, onNode } from '../common/targets.ts';
import { resourceOf } from '../common/views.ts';

interface Database { readonly view: NodeView; readonly store: ReplicatedStoreResource }

/** Databases: those with one shard have one writer. */
function databases(facts: Facts): Database[] {
  const found: Database[] = [];
  for (const view of liveNodesHolding(facts, 'replicated-store')) {
    const store = resourceOf(view, 'replicated-store');
    if (store !== null) found.push({ view, store });
  }
  return found;
}

interface Table { readonly entity: string; readonly rows: number }

/** By home the entity with the most rows at the horizon, beyond `least`, of those whose rows somebody has stated: an update adds none. */
function largestTables(doc: Design, facts: Facts, least: number): ReadonlyMap<string, Table> {
  const largest = new Map<string, Table>();
  for (const { id, home, rows_per_write, initial_rows } of Object.values(doc.entities)) {
    const rows = facts.evaluation.entities[id]?.grown_rows ?? 0;
    if (rows <= least || home === undefined || (rows_per_write === undefined && initial_rows === undefined)) continue;
    const known = largest.get(home);
    if (known === undefined || rows > known.rows || (rows === known.rows && id < known.entity)) largest.set(home, { entity: id, rows });
  }
  return largest;
}

const written = (db: Params, peak_rps: number, rest: Omit<Sketch, 'nodes' | 'edges'> = {}) =>
  threeBox({ api: { instances: 100 }, db: { vcpu: 32, iops: 30_000, ...db } }, { workload: { peak_rps, read_fraction: 0 }, ...rest });

/** A primary whose writes grow beyond the largest machine. */
export const singleWriterCeiling = defineRule({
  id: 'single-writer-ceiling',
  meta: {
    title: 'The largest machine carries the writes to come',
    failureTitle: 'Writes outgrow the largest single machine',
    axes: ['scalability'],
    penalises: [],
    severity: ['major', 'minor'],
    kind: 'metric',
    rationale: 'All writes of a database go through one primary, and every replica repeats them: replicas never raise that limit. When the largest machine is full, the only way on is to write less or to split the data, and both take months.',
    tradeOff: 'Shards cost joins, transactions and work to run them: they are the last step, after fewer and larger writes, a larger machine, and tables that move to a database of their own.',
    whenNotToApply: 'The growth is a guess that nobody plans for, or the busiest table moves elsewhere before.',
    sources: ['postgres-bench', 'ddia'],
    concepts: ['vertical scaling', 'write ceiling', 'sharding'],
  },
  options: {
    // of the largest machine or disk: the knee of a single writer
    busy: 0.7,
    // a table of so many rows takes hours to index, clean up and restore
    rows: 1e9,
  },
  requires: ['nodes', 'entities'],
  messages: {
    cpu: 'At the growth wanted {store:name} writes {rate:rate}: {use:utilisation} of the largest machine of {vcpu:count} vCPUs, and replicas do not help. Write in batches or through a queue, move tables to a database of their own, and split the rows last.',
    io: 'At the growth wanted {store:name} writes {rate:rate}: {use:utilisation} of the fastest disk of {iops:count} operations per second, and replicas do not help. Write in batches or through a queue, move tables to a database of their own, and split the rows last.',
    rows: '{entity:name} in {store:name} grows to {billions} billion rows in {months:count} months: indexes, clean-up and restores take hours. Partition the table, or move what is old elsewhere.',
  },
  check: ({ doc, facts, options, report, notApplicable }) => {
    const found = databases(facts);
    if (found.length === 0) return notApplicable();
    const tables = largestTables(doc, facts, options.rows);
    for (const { view, store } of found) {
      if (store.shards > 1) continue;
      const { grown_write_cpu: cpu = 0, grown_write_io: io = 0, grown_writes_rps: rate = 0 } = facts.evaluation.nodes[view.id]?.evidence ?? {};
      const use = Math.max(cpu, io);
      if (use > options.busy) {
        const shards = Math.max(2, roundUp(use / options.busy));
        report({
          targets: [onNode(view)], messageId: cpu >= io ? 'cpu' : 'io', severity: 'major',
          data: { store: view.id, rate, use, ...(cpu >= io ? { vcpu: store.max_vcpu } : { iops: store.max_iops }) },
          fixes: [fix('shards', `Split the rows of ${view.node.name} over ${shards} shards`, setNodeParam(view.id, 'shards', shards))],
        });
      }
      const table = tables.get(view.id);
      if (table !== undefined) {
        // a table can be partitioned where it is: no limit of the writer yet
        report({ targets: [onNode(view), onEntity({ id: table.entity })], messageId: 'rows', severity: 'minor', data: { store: view.id, entity: table.entity, billions: table.rows / 1e9, months: facts.graph.workload.growth_months } });
      }
    }
  },
  examples: {
    valid: [
      { title: 'the fastest disk carries three times the writes', design: written({}, 7100) },
      { title: 'the largest machine carries three times the writes', design: written({ max_vcpu: 32, max_iops: 1e6 }, 8700) },
      { title: 'the rows are split', design: written({ shards: 4 }, 7200) },
      { title: 'just under a billion rows', design: written({}, 45, { entities: { event: { home: 'db', rows_per_write: 1 } } }) },
      { title: 'rows are changed, and how many are added is not said', design: written({}, 60, { entities: { account: { home: 'db' } } }) },
      { title: 'old rows go', design: written({}, 60, { entities: { event: { home: 'db', rows_per_write: 1, retention_days: 90 } } }) },
    ],
    invalid: [
      { title: 'more than the fastest disk carries', design: written({}, 7200), expect: ['io'] },
      { title: 'more than the largest machine carries', design: written({ max_vcpu: 32, max_iops: 1e6 }, 8900), expect: ['cpu'] },
      { title: 'just over a billion rows', design: written({}, 50, { entities: { event: { home: 'db', rows_per_write: 1 } } }), expect: ['rows'] },
    ],
    notApplicable: [
      { title: 'no database', design: sketch({ nodes: { users: 'client', api: 'service', store: 'nosql' }, edges: ['users>api>store'] }) },
    ],
  },
});
