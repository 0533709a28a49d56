import type { NodeResult } from '../../../shared/contracts/evaluation.ts';
import type { NodeView } from '../../../shared/contracts/graph-view.ts';
import { defineRule, type RuleFix } from '../../../shared/contracts/rule.ts';
import type { Params } from '../../../shared/model/design.ts';
import { sketch, type Sketch } from '../common/examples.ts';
import { fix, setEdgeParams, setNodeParam, setNodeParams } from '../common/fixes.ts';
import { takeOut } from '../common/removal.ts';
import { inTitle, roundUp, roundUpGb } from '../common/sizing.ts';
import { liveNodesHolding, onNode } from '../common/targets.ts';

const SECONDS_PER_MONTH = 730 * 3600;

/** What the engine found about a cache: shares of the lookups answered now, with twice the memory, with room for all keys, without expiry. */
interface Answered { readonly hit: number; readonly doubled: number; readonly roomy: number; readonly unexpired: number }

function answered({ hit_ratio, evidence }: NodeResult): Answered | null {
  const { hit_ratio_doubled: doubled, hit_ratio_all_keys: roomy, hit_ratio_no_expiry: unexpired } = evidence;
  return hit_ratio === null || doubled === undefined || roomy === undefined || unexpired === undefined ? null : { hit: hit_ratio, doubled, roomy, unexpired };
}

/** Room for every key: after that twice the room changes nothing. */
function enlarge({ id, node: { name }, params: { values } }: NodeView, { evidence }: NodeResult): RuleFix[] {
  const gb = roundUpGb(evidence['all_memory_gb'] ?? 0);
  const keys = roundUp(evidence['all_keys'] ?? 0);
  if (typeof values['memory_gb'] !== 'number') return [];
  if (typeof values['max_items'] === 'number') return [fix('memory', `Let ${name} hold ${inTitle(keys)} items`, setNodeParams(id, { max_items: keys, memory_gb: Math.max(values['memory_gb'], gb) }))];
  return [fix('memory', `Give ${name} ${gb} GB of memory`, setNodeParam(id, 'memory_gb', gb))];
}

/** Keys live until a write deletes them. */
function keep({ id, node: { name }, in: callers }: NodeView): RuleFix {
  const uses = callers.filter(({ kind }) => kind === 'cache').map((edge) => setEdgeParams(edge.id, { ttl_s: null, invalidate: true }));
  return fix('no-expiry', `Keep keys in ${name} until a write deletes them`, setNodeParam(id, 'ttl_s', 0), ...uses);
}

const readCache = (cache: Params, rest: Omit<Sketch, 'nodes' | 'edges'> = {}) =>
  sketch({ nodes: { users: 'client', api: ['service', { instances: 4 }], cache: ['redis', cache], db: 'rdbms' }, edges: ['users>api>db', 'api>cache'], workload: { peak_rps: 1000 }, ...rest });

/** A cache that answers too few of the questions. */
export const cacheIneffective = defineRule({
  id: 'cache-ineffective',
  meta: {
    title: 'Caches answer most lookups',
    failureTitle: 'Cache that hardly answers',
    axes: ['latency', 'cost'],
    penalises: [],
    severity: ['major', 'minor'],
    kind: 'metric',
    rationale: 'A miss costs the lookup and the database. Where half of the lookups miss, the cache can be slower than none, and it is paid for in any case.',
    tradeOff: 'More memory costs money, a longer life makes answers older, and without the cache the database carries every read.',
    whenNotToApply: 'It is kept for surges in which few keys are asked for much more often than the average says.',
    sources: ['che', 'fricker', 'icarus', 'redis-eviction'],
    concepts: ['hit ratio', 'working set', 'time to live', 'eviction'],
  },
  options: {
    // below this more lookups are wasted than answered
    hit: 0.5,
    // what twice the memory must gain before memory is the reason
    gain: 0.1,
    // share of the bill from which a poor cache matters
    costShare: 0.1,
  },
  requires: ['nodes', 'cost'],
  messages: {
    small: '{node:name} answers {hit:percent} of the lookups, with twice the memory {doubled:percent}, with room for all keys {roomy:percent}. A million reads kept from the database cost {price:money}. Give it more memory.',
    expiring: '{node:name} answers {hit:percent} of the lookups because keys expire before they are read again; without expiry {unexpired:percent}. A million reads kept from the database cost {price:money}. Let writes delete keys, or remove it.',
    useless: '{node:name} answers {hit:percent} of the lookups, and neither memory nor a longer life helps: its keys are written or missing too often. A million reads kept from the database cost {price:money}. Remove it, or cache what is read more often.',
  },
  check: ({ doc, facts, options, report, notApplicable }) => {
    const caches = liveNodesHolding(facts, 'cache').filter(({ id }) => facts.evaluation.nodes[id]?.hit_ratio != null);
    if (caches.length === 0) return notApplicable();
    for (const view of caches) {
      const found = facts.evaluation.nodes[view.id] as NodeResult;
      const shares = answered(found);
      if (shares === null) continue;
      const { hit, doubled, roomy, unexpired } = shares;
      if (hit >= options.hit && doubled - hit <= options.gain) continue;
      const small = doubled - hit > options.gain || (roomy - hit > options.gain && roomy >= unexpired);
      const expiring = !small && unexpired - hit > options.gain;
      const avoided = ((found.reads_rps * hit) / facts.graph.workload.peak_to_avg) * SECONDS_PER_MONTH;
      const remove = fix('remove', `Remove ${view.node.name}`, takeOut(view.id));
      report({
        targets: [onNode(view)],
        messageId: small ? 'small' : expiring ? 'expiring' : 'useless',
        severity: hit < options.hit && found.cost_usd_month > options.costShare * facts.evaluation.cost.usd_month ? 'major' : 'minor',
        data: { node: view.id, hit, doubled, roomy, unexpired, price: found.cost_usd_month / Math.max(avoided / 1e6, 1e-6) },
        fixes: [...(small ? enlarge(view, found) : []), ...(expiring && unexpired >= options.hit ? [keep(view)] : []), ...(Object.values(doc.entities).some(({ home }) => home === view.id) ? [] : [remove])],
      });
    }
  },
  examples: {
    valid: [
      { title: 'most lookups hit', design: readCache({}) },
      { title: 'just over half of the keys, and twice the room gains less than a tenth', design: readCache({ max_items: 54_000, ttl_s: 0 }) },
    ],
    invalid: [
      { title: 'twice the room gains just over a tenth', design: readCache({ max_items: 50_000, ttl_s: 0 }), expect: ['small'] },
      { title: 'room for too few keys', design: readCache({ max_items: 5000, ttl_s: 0 }), expect: ['small'] },
      { title: 'too little memory', design: readCache({ memory_gb: 0.05, ttl_s: 0 }, { entities: { page: { home: 'db', item_kb: 20 } } }), expect: ['small'] },
      { title: 'keys expire after two seconds', design: readCache({ ttl_s: 2 }), expect: ['expiring'] },
      { title: 'written as often as read', design: readCache({}, { workload: { peak_rps: 1000, read_fraction: 0.4 } }), expect: ['useless'] },
    ],
    notApplicable: [
      { title: 'no cache', design: sketch({ nodes: { users: 'client', api: 'service', db: 'rdbms' }, edges: ['users>api>db'] }) },
    ],
  },
});
