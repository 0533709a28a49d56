import type { ResourceName } from '../../../shared/contracts/evaluation.ts';
import type { NodeView } from '../../../shared/contracts/graph-view.ts';
import { defineRule } from '../../../shared/contracts/rule.ts';
import type { Params } from '../../../shared/model/design.ts';
import { sketch, threeBox } from '../common/examples.ts';
import { nodeResults } from '../common/results.ts';
import { liveNodes, onNode } from '../common/targets.ts';

/** What serves one key alone, the message about it and the limit that it is part of. */
function servedBy({ behavior: { resources } }: NodeView): { readonly messageId: 'row' | 'shard' | 'partition'; readonly resource: ResourceName } {
  if (resources.some(({ kind }) => kind === 'replicated-store')) return { messageId: 'row', resource: 'lock' };
  if (resources.some(({ kind }) => kind === 'cache')) return { messageId: 'shard', resource: 'ops' };
  return { messageId: 'partition', resource: 'partitions' };
}

const ranking = (peak_rps: number, keys: number) => sketch({
  nodes: { users: 'client', api: ['service', { instances: 40 }], board: ['redis', { roles: ['leaderboard'], ops_per_s: 1000, shards: 8 }] }, edges: ['users>api>board'],
  entities: { board: { home: 'board', keys, zipf_s: 1 } }, workload: { peak_rps },
});
const items = (peak_rps: number, query: Params = {}) => sketch({
  nodes: { users: 'client', api: ['service', { instances: 100 }], store: 'nosql' }, edges: ['users>api', ['api>store', query]],
  entities: { post: { home: 'store', keys: 10_000, zipf_s: 1.2 } }, workload: { peak_rps, read_fraction: 1 },
});
const stock = (keys: number) => threeBox({ api: { instances: 20 }, db: { lock_ms: 10 } }, { entities: { sku: { home: 'db', keys, zipf_s: 1 } }, workload: { peak_rps: 1000, read_fraction: 0.6 } });

/** One key that needs all that one shard, partition or lock carries. */
export const hotKey = defineRule({
  id: 'hot-key',
  meta: {
    title: 'No key is too much for one shard',
    failureTitle: 'One key takes all of its shard',
    axes: ['scalability', 'latency', 'isolation'],
    penalises: [],
    severity: ['major', 'critical'],
    kind: 'metric',
    rationale: 'A key lives in one shard, one partition or one row. However many there are of them, the most popular key has one, and what shares it waits behind.',
    tradeOff: 'Copies of a key in the callers or under several names are a little old; a counter in parts must be added up when it is read.',
    whenNotToApply: 'The most popular key is known to be popular for minutes, and callers wait or are turned away meanwhile.',
    sources: ['aws-dynamodb-limits', 'breslau', 'redis-cluster'],
    explains: ['hot-shard', 'station-overload'],
    concepts: ['hot key', 'local cache', 'split counters', 'Zipf popularity'],
  },
  options: {
    // of one shard, partition or lock: the knee of what serves one request at a time
    busy: 0.7,
    // all that it carries
    full: 1,
  },
  requires: ['nodes'],
  messages: {
    shard: 'The most popular key of {store:name} gets {rate:rate}, {use:utilisation} of what one shard carries: more shards do not help. Keep it in the callers for a second or two, or under several names.',
    partition: 'The most popular key of {store:name} gets {rate:rate}, {use:utilisation} of what one partition carries: more partitions do not help. Put a cache before it, or spread its writes over several names.',
    row: 'The most popular row of {store:name} is written {rate:rate} and locked {use:utilisation} of the time: writes of it wait for each other. Split it into several rows, or queue and add up its changes.',
  },
  check: ({ facts, options, report, notApplicable }) => {
    const results = nodeResults(facts);
    const keyed = liveNodes(facts).filter(({ index }) => results[index]?.evidence['hottest_key_utilisation'] !== undefined);
    if (keyed.length === 0) return notApplicable();
    for (const view of keyed) {
      const evidence = results[view.index]?.evidence ?? {};
      const use = evidence['hottest_key_utilisation'] ?? 0;
      if (use <= options.busy) continue;
      const { messageId, resource } = servedBy(view);
      report({
        targets: [onNode(view)], messageId, severity: use >= options.full ? 'critical' : 'major',
        data: { store: view.id, rate: evidence['hottest_key_rps'] ?? 0, use, resource },
      });
    }
  },
  examples: {
    valid: [
      { title: 'a ranking that one shard carries', design: ranking(1250, 3) },
      { title: 'a popular post that one partition carries', design: items(20_000) },
      { title: 'changes of one article that its lock bears', design: stock(900) },
    ],
    invalid: [
      { title: 'one of three rankings takes most of its shard', design: ranking(1300, 3), expect: ['shard'] },
      { title: 'one of three rankings is more than a shard carries', design: ranking(1900, 3), expect: ['shard'] },
      { title: 'a cached article is more than its shard carries', design: sketch({
        nodes: { users: 'client', api: ['service', { instances: 40 }], cache: ['redis', { shards: 4, ops_per_s: 500 }], db: ['rdbms', { vcpu: 8 }] }, edges: ['users>api>db', 'api>cache'],
        entities: { article: { home: 'db', keys: 1000, zipf_s: 1.2 } }, workload: { peak_rps: 2500 },
      }), expect: ['shard'] },
      { title: 'a popular post takes most of its partition', design: items(20_500), expect: ['partition'] },
      { title: 'a popular post is more than its partition carries', design: items(30_000), expect: ['partition'] },
      { title: 'one article is changed all the time', design: stock(100), expect: ['row'] },
    ],
    notApplicable: [
      { title: 'nobody has said how popular keys are', design: threeBox() },
      { title: 'no store', design: sketch({ nodes: { users: 'client', api: 'service' }, edges: ['users>api'] }) },
    ],
  },
});
