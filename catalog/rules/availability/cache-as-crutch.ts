import type { NodeResult } from '../../../shared/contracts/evaluation.ts';
import type { NodeView } from '../../../shared/contracts/graph-view.ts';
import { defineRule, type Facts, type RuleFix } from '../../../shared/contracts/rule.ts';
import { sketch } from '../common/examples.ts';
import { fix, setNodeParams } from '../common/fixes.ts';
import { inTitle, roundUp } from '../common/sizing.ts';
import { liveNodesHolding, onNode } from '../common/targets.ts';

const COLD = 'cold_';

/** The fullest resource of a component while the cache before it is empty; 0 when no cache stands before it. */
function coldUse({ evidence }: NodeResult): number {
  return Object.entries(evidence).reduce((most, [key, value]) => (key.startsWith(COLD) ? Math.max(most, value) : most), 0);
}

/** The component behind the cache that suffers most. */
function homeOf(facts: Facts, cache: NodeView): NodeView | null {
  const fronted = cache.in.flatMap(({ fronts }) => fronts.flatMap((id) => facts.graph.edgeById.get(id)?.to ?? []));
  const behind = [...fronted, ...cache.out.filter(({ idleReason }) => idleReason === null).map(({ to }) => to)];
  const use = ({ id }: NodeView): number => (facts.evaluation.nodes[id] ? coldUse(facts.evaluation.nodes[id]) : 0);
  return behind.reduce<NodeView | null>((worst, view) => (worst === null || use(view) > use(worst) || (use(view) === use(worst) && view.id < worst.id) ? view : worst), null);
}

/** Cores and disk for all reads, within the largest machine. */
function fixesFor(view: NodeView, { evidence }: NodeResult, aim: number): RuleFix[] {
  const store = view.behavior.resources.find(({ kind }) => kind === 'replicated-store');
  if (store?.kind !== 'replicated-store') return [];
  const need = (key: string): number => Math.max(1, (evidence[COLD + key] ?? 0) / aim);
  const vcpu = roundUp(store.vcpu * Math.max(need('cpu'), need('apply')));
  const iops = roundUp(store.iops * need('io'));
  if (vcpu > store.max_vcpu || iops > store.max_iops) return [];
  const change = { ...(vcpu > store.vcpu ? { vcpu } : {}), ...(iops > store.iops ? { iops } : {}) };
  const sizes = [...(vcpu > store.vcpu ? [`${vcpu} vCPUs`] : []), ...(iops > store.iops ? [`${inTitle(iops)} IOPS`] : [])].join(' and ');
  return sizes === '' ? [] : [fix('headroom', `Give ${view.node.name} ${sizes}`, setNodeParams(view.id, change))];
}

/** A database that only lives behind a warm cache. */
export const cacheAsCrutch = defineRule({
  id: 'cache-as-crutch',
  meta: {
    title: 'The database survives a cold cache',
    failureTitle: 'Database cannot do without its cache',
    axes: ['availability', 'isolation'],
    penalises: [],
    severity: ['critical'],
    kind: 'metric',
    rationale: 'After a restart or failover of the cache every read reaches the database. If it cannot carry them it is too slow to fill the cache again, and the outage keeps itself alive.',
    tradeOff: 'Spare capacity in the database stands idle while the cache is warm.',
    whenNotToApply: 'The cache is never empty as a whole, because it is spread over many nodes that fail one at a time, and load is shed while one warms up.',
    sources: ['sre-book-22', 'metastable', 'scaling-memcache'],
    concepts: ['cold cache', 'metastable failure', 'load shedding'],
  },
  options: {
    // all that it carries: beyond it the database saturates with an empty cache
    carried: 1,
    // use of the database with an empty cache after the fix: it keeps up while the cache fills
    aim: 0.85,
  },
  requires: ['nodes'],
  messages: {
    cold: 'If {node:name} is empty, {store:name} is asked for {cold:utilisation} of what it carries, now {now:utilisation}: the cache needs {warm:s} to fill and never gets them. Give {store:name} room for all reads, or shed load while it fills.',
  },
  check: ({ facts, options, report, notApplicable }) => {
    const caches = liveNodesHolding(facts, 'cache').filter((view) => facts.evaluation.nodes[view.id]?.evidence['cold_utilisation'] !== undefined);
    if (caches.length === 0) return notApplicable();
    for (const view of caches) {
      const evidence = (facts.evaluation.nodes[view.id] as NodeResult).evidence;
      const cold = evidence['cold_utilisation'] ?? 0;
      if (cold < options.carried) continue;
      const home = homeOf(facts, view);
      const found = home === null ? undefined : facts.evaluation.nodes[home.id];
      if (home === null || found === undefined) continue;
      report({
        targets: [onNode(view), onNode(home)],
        messageId: 'cold',
        severity: 'critical',
        data: { node: view.id, store: home.id, cold, now: found.utilisation ?? 0, warm: evidence['warm_up_s'] ?? 0 },
        fixes: fixesFor(home, found, options.aim),
      });
    }
  },
  examples: {
    valid: [
      { title: 'the database carries all reads', design: sketch({ nodes: { users: 'client', api: ['service', { instances: 40 }], cache: 'redis', db: 'rdbms' }, edges: ['users>api>db', 'api>cache'], workload: { peak_rps: 7500 } }) },
    ],
    invalid: [
      { title: 'a little more than the database carries', design: sketch({ nodes: { users: 'client', api: ['service', { instances: 40 }], cache: 'redis', db: 'rdbms' }, edges: ['users>api>db', 'api>cache'], workload: { peak_rps: 7600 } }), expect: ['cold'] },
      { title: 'drawn in series', design: sketch({ nodes: { users: 'client', api: ['service', { instances: 40 }], cache: 'redis', db: ['rdbms', { iops: 800 }] }, edges: ['users>api>cache>db'], workload: { peak_rps: 7600 } }), expect: ['cold'] },
    ],
    notApplicable: [
      { title: 'no cache', design: sketch({ nodes: { users: 'client', api: 'service', db: 'rdbms' }, edges: ['users>api>db'] }) },
    ],
  },
});
