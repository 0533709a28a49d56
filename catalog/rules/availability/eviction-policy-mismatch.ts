import { defineRule, type Facts, type RuleReport } from '../../../shared/contracts/rule.ts';
import type { Params } from '../../../shared/model/design.ts';
import { holdsState, memories, stateIn, type Memory } from '../common/caches.ts';
import { sketch, threeBox } from '../common/examples.ts';
import { fix, setNodeParam } from '../common/fixes.ts';
import { askNode, stateOf } from '../common/practice.ts';
import { onNode } from '../common/targets.ts';

/** True when a key of some use of this cache expires. */
function hasExpiry({ view, memory }: Memory): boolean {
  return memory.ttl_s !== null || view.in.some(({ kind, idleReason, params }) => kind === 'cache' && idleReason === null && (params.values.ttl_s ?? 0) > 0);
}

/** True when all keys that are looked up fit, as the engine counts them. */
function fitsAll(facts: Facts, { view, memory }: Memory): boolean {
  const { all_keys = 0, all_memory_gb = 0 } = facts.evaluation.nodes[view.id]?.evidence ?? {};
  return all_keys > 0 && (memory.max_items === null ? memory.memory_gb >= all_memory_gb : memory.max_items * memory.shards >= all_keys);
}

/** What is wrong with the policy for what the store holds. */
function fault(facts: Facts, one: Memory): 'state' | 'volatile' | 'refuses' | 'couldRefuse' | null {
  const { roles, eviction_policy } = one.memory;
  if (holdsState(one)) return eviction_policy.startsWith('allkeys') ? 'state' : null;
  if (!roles.includes('cache')) return null;
  if (eviction_policy.startsWith('volatile')) return hasExpiry(one) ? null : 'volatile';
  if (eviction_policy !== 'noeviction') return null;
  return fitsAll(facts, one) ? 'couldRefuse' : 'refuses';
}

/** No limit at all. Points are taken for state that is evicted only. */
function unlimited({ view }: Memory): RuleReport {
  return { targets: [onNode(view)], messageId: 'unlimited', severity: 'major', subtracts: false, data: { redis: view.id }, fixes: [fix('limit', `Limit the memory of ${view.node.name}`, setNodeParam(view.id, 'maxmemory_set', true))] };
}

const cache = (params: Params, managed = true) => sketch({ nodes: { users: 'client', api: 'service', cache: ['redis', params, { managed }], db: 'rdbms' }, edges: ['users>api>db', 'api>cache'] });
const state = (params: Params) => sketch({ nodes: { users: 'client', api: 'service', state: ['redis', params] }, edges: ['users>api>state'] });

/** An in-memory store that drops what it must keep, or refuses what it may drop. */
export const evictionPolicyMismatch = defineRule({
  id: 'eviction-policy-mismatch',
  meta: {
    title: 'Eviction fits what the memory holds',
    failureTitle: 'Eviction does not fit what Redis holds',
    axes: ['availability', 'consistency'],
    penalises: ['consistency'],
    severity: ['major', 'minor'],
    kind: 'structural',
    rationale: 'When memory is full something must give. A policy that evicts any key takes sessions and jobs without a word; one that evicts nothing fails writes to a cache that could drop old keys; one that evicts expiring keys finds none when no key expires. Without a memory limit the machine kills the process instead.',
    tradeOff: 'State that is never evicted needs room to spare and an alarm before it is full.',
    whenNotToApply: 'The memory is so large that it never fills, and an alarm says so in time when it does.',
    sources: ['redis-eviction'],
    concepts: ['eviction policy', 'maxmemory'],
  },
  options: {},
  requires: ['nodes'],
  messages: {
    state: '{redis:name} holds {roles} and evicts any key when its memory is full: they vanish without an error. Evict nothing there, and raise an alarm before it is full.',
    volatile: '{redis:name} evicts only keys that expire, and none does: when its memory is full, writes fail. Evict the least recently used key, or let keys expire.',
    refuses: '{redis:name} is a cache that evicts nothing: when its memory is full, new keys fail and what is popular today stays outside. Evict the least recently used key.',
    couldRefuse: '{redis:name} is a cache that evicts nothing. All keys fit today; when they outgrow it, writes fail. Evict the least recently used key.',
    unlimited: '{redis:name} has no memory limit: it grows until the machine kills it, and nothing is evicted before. Set a limit below the memory of the machine.',
  },
  check: ({ facts, report, notApplicable }) => {
    const found = memories(facts);
    if (found.length === 0) return notApplicable();
    for (const one of found) {
      const { view } = one;
      const limited = stateOf(view.params, 'maxmemory_set');
      // a policy without a limit never acts
      if (limited === 'no') {
        report(unlimited(one));
        continue;
      }
      // a provider sets the limit
      if (limited === 'unset' && view.node.managed === false) report({ ...unlimited(one), question: askNode(facts, view, 'maxmemory_set') });
      const messageId = fault(facts, one);
      if (messageId === null) continue;
      const policy = messageId === 'state' ? 'noeviction' : 'allkeys-lru';
      report({
        targets: [onNode(view)], messageId, severity: messageId !== 'state' && fitsAll(facts, one) ? 'minor' : 'major', subtracts: messageId === 'state',
        data: { redis: view.id, ...(messageId === 'state' ? { roles: stateIn(one) } : {}) },
        fixes: [fix('policy', policy === 'noeviction' ? `Evict nothing in ${view.node.name}` : `Evict the least recently used keys of ${view.node.name}`, setNodeParam(view.id, 'eviction', policy))],
      });
    }
  },
  examples: {
    valid: [
      { title: 'a cache with its defaults', design: cache({}) },
      { title: 'sessions with their defaults', design: state({ roles: ['session'] }) },
      { title: 'expiring keys are evicted and keys expire', design: cache({ eviction: 'volatile-lru' }) },
      { title: 'a limit is set', design: cache({ maxmemory_set: true }, false) },
    ],
    invalid: [
      { title: 'sessions that may be evicted', design: state({ roles: ['session'], eviction: 'allkeys-lru' }), expect: ['state'] },
      { title: 'counters beside a cache', design: cache({ roles: ['cache', 'rate_limiter'], eviction: 'allkeys-lfu' }), expect: ['state'] },
      { title: 'expiring keys are evicted and none expires', design: cache({ eviction: 'volatile-lru', ttl_s: 0 }), expect: ['volatile'] },
      { title: 'a cache that is too small and evicts nothing', design: cache({ eviction: 'noeviction', memory_gb: 0.1 }), expect: ['refuses'] },
      { title: 'a cache of so many items that evicts nothing', design: cache({ eviction: 'noeviction', max_items: 10_000 }), expect: ['refuses'] },
      { title: 'a large cache that evicts nothing', design: cache({ eviction: 'noeviction' }), expect: ['couldRefuse'] },
      { title: 'no memory limit', design: cache({ maxmemory_set: false }, false), expect: ['unlimited'] },
      { title: 'it is not said whether there is a limit', design: cache({}, false), expect: ['unlimited'] },
    ],
    notApplicable: [
      { title: 'no Redis', design: threeBox() },
    ],
  },
});
