import type { Params } from '../../../shared/model/design.ts';
import { defineRule } from '../../../shared/contracts/rule.ts';
import { cacheUses, worstMiss, type CacheUse } from '../common/caches.ts';
import { sketch, threeBox, type Sketch } from '../common/examples.ts';
import { fix, setEdgeParam } from '../common/fixes.ts';
import { askEdge, stateOf } from '../common/practice.ts';
import { onEdge, onNode } from '../common/targets.ts';

/** One request loads a key for all: it is said, a lease or an early renewal does it, or whoever reads through the cache. */
function isGuarded({ edge: { params }, series }: CacheUse): boolean {
  const state = stateOf(params, 'single_flight');
  const { lease, early_refresh, mode } = params.values;
  return state === 'yes' || lease || early_refresh || (state === 'unset' && (series || mode === 'read_through'));
}

/** Reports that a database works on for half a second each: 22 % of the requests ask for the most popular of a hundred. */
const reports = (params: Params, peak_rps: number, db: Params = {}, rest: Omit<Sketch, 'nodes' | 'edges'> = {}) => sketch({
  nodes: { users: 'client', api: ['service', { instances: 20 }], cache: ['redis', { ttl_s: 60 }], db: ['rdbms', { read_cpu_ms: 500, vcpu: 8, ...db }] }, edges: ['users>api>db', ['api>cache', params]],
  entities: { report: { home: 'db', keys: 100, zipf_s: 1 } }, workload: { peak_rps, read_fraction: 1 }, ...rest,
});

/** Many requests that all load the same key when it expires. */
export const cacheStampede = defineRule({
  id: 'cache-stampede',
  meta: {
    title: 'An expired key is loaded once',
    failureTitle: 'An expired key is loaded by many at once',
    axes: ['availability', 'latency', 'isolation'],
    penalises: ['availability'],
    severity: ['major', 'critical'],
    kind: 'structural',
    rationale: 'Between the expiry of a popular key and its first refill every request for it misses. All of them ask the database for the same thing, which makes it slower, so that still more of them do.',
    tradeOff: 'The others wait for the one that loads, and a lock must be given up when its holder dies; or they get a value that has just expired.',
    whenNotToApply: 'A load is quick and the key is asked for seldom, so that hardly two requests meet.',
    sources: ['scaling-memcache', 'vattani', 'release-it-summary'],
    concepts: ['cache stampede', 'dogpile', 'request coalescing', 'early expiration'],
  },
  options: {
    // requests that load the key beside the first one: fewer are noise in any database
    others: 5,
    // of what the database carries: beyond it the reload takes longer the more requests join it
    carried: 1,
  },
  requires: ['nodes', 'edges'],
  messages: {
    stampede: 'When the most popular key of {cache:name} expires, {loads:count} requests load it from {store:name} at once: {rate:rate} ask for it and a load takes {reload:s}. Let one request load it and the others wait.',
    collapse: 'When the most popular key of {cache:name} expires, {loads:count} requests load it from {store:name} at once, which is then asked for {busy:utilisation} of what it carries: the loads slow each other down and more join them. Let one request load the key and the others wait.',
  },
  check: ({ facts, options, report, notApplicable }) => {
    const uses = cacheUses(facts);
    if (uses.length === 0) return notApplicable();
    for (const use of uses) {
      const worst = worstMiss(facts, use, 'reloads');
      if (worst === null || worst.value - 1 <= options.others || isGuarded(use)) continue;
      const { edge } = use;
      const cache = edge.to;
      const busy = worst.evidence['reload_utilisation'] ?? 0;
      const collapses = busy >= options.carried;
      report({
        targets: [onEdge(edge), onNode(cache)], messageId: collapses ? 'collapse' : 'stampede', severity: collapses ? 'critical' : 'major',
        data: { cache: cache.id, store: worst.miss.to.id, loads: Math.round(worst.value), rate: worst.evidence['hottest_key_rps'] ?? 0, reload: worst.evidence['reload_s'] ?? 0, busy },
        fixes: [
          fix('single-flight', `Let one request load a key of ${cache.node.name}`, setEdgeParam(edge.id, 'single_flight', true)),
          fix('early-refresh', `Renew popular keys of ${cache.node.name} before they expire`, setEdgeParam(edge.id, 'early_refresh', true)),
        ],
        question: stateOf(edge.params, 'single_flight') === 'unset' ? askEdge('single_flight') : undefined,
      });
    }
  },
  examples: {
    valid: [
      { title: 'quick look-ups', design: sketch({ nodes: { users: 'client', api: ['service', { instances: 200 }], cache: 'redis', db: ['rdbms', { vcpu: 32 }] }, edges: ['users>api>db', ['api>cache', { single_flight: false }]], workload: { peak_rps: 8000 } }) },
      { title: 'just under six requests at once', design: reports({ single_flight: false }, 51) },
      { title: 'one of them loads', design: reports({ single_flight: true }, 200) },
      { title: 'the cache hands out a lease', design: reports({ single_flight: false, lease: true }, 200) },
      { title: 'popular keys are renewed early', design: reports({ early_refresh: true }, 200) },
      { title: 'a library reads through the cache', design: reports({ mode: 'read_through' }, 200) },
      { title: 'keys never expire', design: reports({ single_flight: false, ttl_s: 0 }, 200) },
    ],
    invalid: [
      { title: 'a few more than five wait for a report', design: reports({ single_flight: false }, 53), expect: ['stampede'] },
      { title: 'more loads than the database carries', design: reports({ single_flight: false }, 200), expect: ['collapse'] },
      { title: 'nobody has said whether one loads', design: reports({}, 53), expect: ['stampede'] },
    ],
    notApplicable: [
      { title: 'no cache', design: threeBox() },
      { title: 'nothing behind the cache', design: sketch({ nodes: { users: 'client', api: 'service', cache: 'redis' }, edges: ['users>api>cache'] }) },
    ],
  },
});
