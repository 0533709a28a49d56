import { defineRule } from '../../../shared/contracts/rule.ts';
import type { Params } from '../../../shared/model/design.ts';
import { cacheUses, worstMiss } from '../common/caches.ts';
import { sketch, threeBox } from '../common/examples.ts';
import { fix, setEdgeParam } from '../common/fixes.ts';
import { askEdge, stateOf } from '../common/practice.ts';
import { onEdge, onNode } from '../common/targets.ts';

const cached = (params: Params, peak_rps: number) => sketch({
  nodes: { users: 'client', api: ['service', { instances: 40 }], cache: 'redis', db: 'rdbms' }, edges: ['users>api>db', ['api>cache', params]], workload: { peak_rps },
});

/** Keys that were loaded together and expire together. */
export const cacheAvalanche = defineRule({
  id: 'cache-avalanche',
  meta: {
    title: 'Keys expire one by one',
    failureTitle: 'Many keys expire at the same moment',
    axes: ['availability', 'latency'],
    penalises: ['availability'],
    severity: ['major'],
    kind: 'structural',
    rationale: 'Keys that were loaded at one moment with one time to live are gone at one moment. The cache answers nothing for a while, and the database gets all reads at once, again after each such period.',
    tradeOff: 'Some keys live a little shorter than others, so freshness differs a little from key to key.',
    whenNotToApply: 'The database carries all reads without the cache, or the keys are renewed in the background before they expire.',
    sources: ['cache-failures', 'release-it-summary'],
    concepts: ['expiry jitter', 'cache warm-up', 'dogpile'],
  },
  options: {
    // all that the database carries: beyond it reads fail until the cache is full again
    carried: 1,
  },
  requires: ['nodes', 'edges'],
  messages: {
    together: 'The keys that {caller:name} loads into {cache:name} in bulk expire together: {store:name} is then asked for {busy:utilisation} of what it carries, now {now:utilisation}. Spread the times to live by a tenth or more.',
  },
  check: ({ facts, options, report, notApplicable }) => {
    const uses = cacheUses(facts);
    if (uses.length === 0) return notApplicable();
    for (const use of uses) {
      const { edge } = use;
      const spread = stateOf(edge.params, 'ttl_jitter');
      if (!edge.params.values.bulk_loaded || spread === 'yes' || edge.params.values.early_refresh) continue;
      const worst = worstMiss(facts, use, 'expired_utilisation');
      if (worst === null || worst.value < options.carried) continue;
      const store = worst.miss.to;
      report({
        targets: [onEdge(edge), onNode(edge.to)], messageId: 'together', severity: 'major',
        data: { caller: edge.from.id, cache: edge.to.id, store: store.id, busy: worst.value, now: facts.evaluation.nodes[store.id]?.utilisation ?? 0 },
        fixes: [fix('spread', `Spread the expiry of keys in ${edge.to.node.name}`, setEdgeParam(edge.id, 'ttl_jitter', true))],
        question: spread === 'unset' ? askEdge('ttl_jitter') : undefined,
      });
    }
  },
  examples: {
    valid: [
      { title: 'the database carries all reads', design: cached({ bulk_loaded: true, ttl_jitter: false }, 7500) },
      { title: 'keys are loaded as they are asked for', design: cached({ ttl_jitter: false }, 7600) },
      { title: 'times to live are spread', design: cached({ bulk_loaded: true, ttl_jitter: true }, 7600) },
      { title: 'keys are renewed before they expire', design: cached({ bulk_loaded: true, ttl_jitter: false, early_refresh: true }, 7600) },
      { title: 'keys do not expire', design: cached({ bulk_loaded: true, ttl_jitter: false, ttl_s: 0 }, 7600) },
    ],
    invalid: [
      { title: 'a little more than the database carries', design: cached({ bulk_loaded: true, ttl_jitter: false }, 7600), expect: ['together'] },
      { title: 'nobody has said whether they are spread', design: cached({ bulk_loaded: true }, 7600), expect: ['together'] },
      { title: 'drawn in series', design: sketch({ nodes: { users: 'client', api: ['service', { instances: 40 }], cache: 'redis', db: 'rdbms' }, edges: ['users>api', ['api>cache', { bulk_loaded: true, ttl_jitter: false }], 'cache>db'], workload: { peak_rps: 7600 } }), expect: ['together'] },
    ],
    notApplicable: [
      { title: 'no cache', design: threeBox() },
    ],
  },
});
