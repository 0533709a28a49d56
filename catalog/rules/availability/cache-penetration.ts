import type { EdgeView } from '../../../shared/contracts/graph-view.ts';
import { defineRule, type RuleFix } from '../../../shared/contracts/rule.ts';
import type { Params } from '../../../shared/model/design.ts';
import { cacheUses, worstMiss, type CacheUse } from '../common/caches.ts';
import { sketch, threeBox } from '../common/examples.ts';
import { fix, setEdgeParam } from '../common/fixes.ts';
import { askEdge, stateOf } from '../common/practice.ts';
import { onEdge, onNode } from '../common/targets.ts';

function isGuarded({ params }: EdgeView): boolean {
  return params.values.bloom || stateOf(params, 'negative_cache') === 'yes';
}

/** Every caller of the cache must do it: what one of them lets through reaches the database. */
function fixesFor(edge: EdgeView, uses: readonly CacheUse[]): RuleFix[] {
  const open = uses.filter((use) => use.edge.to === edge.to && !isGuarded(use.edge)).map((use) => use.edge.id);
  const all = (key: string) => open.map((id) => setEdgeParam(id, key, true));
  return [
    fix('negative-cache', `Keep answers for missing keys in ${edge.to.node.name}`, ...all('negative_cache')),
    fix('bloom', `Refuse keys that do not exist before ${edge.to.node.name}`, ...all('bloom')),
  ];
}

const links = (params: Params, peak_rps: number, missing: number) => sketch({
  nodes: { users: 'client', api: ['service', { instances: 40 }], cache: 'redis', db: 'rdbms' }, edges: ['users>api>db', ['api>cache', params]],
  entities: { link: { home: 'db', public_ids: true, miss_nonexistent_fraction: missing } }, workload: { peak_rps, read_fraction: 1 },
});

/** Look-ups of keys that do not exist: no cache ever answers them. */
export const cachePenetration = defineRule({
  id: 'cache-penetration',
  meta: {
    title: 'Missing keys do not reach the database',
    failureTitle: 'Look-ups of missing keys pass the cache',
    axes: ['availability', 'scalability'],
    penalises: [],
    severity: ['major'],
    kind: 'structural',
    rationale: 'What does not exist is in no cache: each such look-up asks the database. Anyone who may ask for any id can send as many of them as they like.',
    tradeOff: 'Answers for missing keys take memory and must go when the key is created; a filter must know all keys.',
    whenNotToApply: 'Ids are signed or checked before they are looked up, so that only those that exist arrive.',
    sources: ['cache-failures', 'redis-bloom'],
    concepts: ['negative caching', 'Bloom filter', 'cache penetration'],
  },
  options: {
    // of what the database carries, spent on answers that say no
    share: 0.1,
  },
  requires: ['nodes', 'edges'],
  messages: {
    missing: '{rate:rate} ask for ids that do not exist: {cache:name} cannot answer them, and they take {share:percent} of what {store:name} carries. Keep the answer that nothing is there for a short time, or refuse such ids before.',
  },
  check: ({ facts, options, report, notApplicable }) => {
    const uses = cacheUses(facts);
    if (uses.length === 0) return notApplicable();
    for (const use of uses) {
      const { edge } = use;
      const worst = worstMiss(facts, use, 'missing_utilisation');
      if (worst === null || worst.value <= options.share || isGuarded(edge)) continue;
      report({
        targets: [onEdge(edge), onNode(edge.to)], messageId: 'missing', severity: 'major',
        data: { cache: edge.to.id, store: worst.miss.to.id, rate: worst.evidence['missing_rps'] ?? 0, share: worst.value },
        fixes: fixesFor(edge, uses),
        question: stateOf(edge.params, 'negative_cache') === 'unset' ? askEdge('negative_cache') : undefined,
      });
    }
  },
  examples: {
    valid: [
      { title: 'just under a tenth of the database', design: links({ negative_cache: false }, 5000, 0.19) },
      { title: 'that nothing is there is kept too', design: links({ negative_cache: true }, 5000, 0.3) },
      { title: 'a filter knows all ids', design: links({ negative_cache: false, bloom: true }, 5000, 0.3) },
      { title: 'everything asked for exists', design: links({ negative_cache: false }, 5000, 0) },
    ],
    invalid: [
      { title: 'just over a tenth of the database', design: links({ negative_cache: false }, 5000, 0.21), expect: ['missing'] },
      { title: 'nobody has said whether it is kept', design: links({}, 5000, 0.21), expect: ['missing'] },
      { title: 'two services, each with half of it', design: sketch({
        nodes: { users: 'client', web: ['service', { instances: 40 }], app: ['service', { instances: 40 }], cache: 'redis', db: 'rdbms' },
        edges: ['users>web>db', 'users>app>db', ['web>cache', { negative_cache: false }], ['app>cache', { negative_cache: false }]],
        entities: { link: { home: 'db', public_ids: true, miss_nonexistent_fraction: 0.21 } }, workload: { peak_rps: 5000, read_fraction: 1 },
      }), expect: ['missing'] },
    ],
    notApplicable: [
      { title: 'no cache', design: threeBox() },
    ],
  },
});
