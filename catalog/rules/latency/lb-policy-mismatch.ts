import type { NodeResult } from '../../../shared/contracts/evaluation.ts';
import type { BalancerResource } from '../../../shared/contracts/behavior.ts';
import type { EdgeView, NodeView } from '../../../shared/contracts/graph-view.ts';
import { defineRule, type Facts, type RuleFix } from '../../../shared/contracts/rule.ts';
import { sortFew } from '../../../shared/contracts/sort-few.ts';
import { sketch } from '../common/examples.ts';
import { allOf, fix, setEdgeParam, setNodeParams } from '../common/fixes.ts';
import { liveEdgesOutOf, liveNodesHolding, onNode } from '../common/targets.ts';

function balancerOf({ behavior }: NodeView): BalancerResource | null {
  const balancer = behavior.routing === 'split' ? behavior.resources.find(({ kind }) => kind === 'balancer') : undefined;
  return balancer?.kind === 'balancer' ? balancer : null;
}

interface Pool { readonly balancer: NodeView; readonly edges: readonly EdgeView[] }

function vcpuOf({ behavior }: NodeView): number | null {
  const server = behavior.resources.find(({ kind }) => kind === 'process-server');
  return server?.kind === 'process-server' ? server.vcpu * server.units : null;
}

/** Waits under the present policy and with one queue for all, seconds. */
interface Waits { readonly target: NodeView; readonly now: number; readonly shared: number; readonly sizes: boolean }

/** The target, or the pool of different targets, with the most to gain. Evidence of the engine, nothing computed here. */
function waitsOf(facts: Facts, { balancer, edges }: Pool, cs2: number): Waits | null {
  const result = (view: NodeView): NodeResult | undefined => facts.evaluation.nodes[view.id];
  const uneven = ({ to }: EdgeView): boolean => (result(to)?.evidence['service_cs2'] ?? 0) > cs2;
  const own = result(balancer)?.evidence;
  const shared = own?.['pool_least_outstanding_wait_s'];
  const [first] = edges;
  if (first && own && shared !== undefined) {
    const sizes = new Set(edges.map(({ to }) => vcpuOf(to))).size > 1;
    return sizes || edges.some(uneven) ? { target: first.to, now: own['pool_wait_s'] ?? 0, shared, sizes } : null;
  }
  const waits = edges.filter(uneven).flatMap(({ to }): Waits[] => {
    const evidence = result(to)?.evidence;
    const least = evidence?.['least_outstanding_wait_s'];
    if (!evidence || least === undefined || result(to)?.saturated === true) return [];
    return [{ target: to, now: (evidence['cpu_wait_s'] ?? 0) + (evidence['slot_wait_s'] ?? 0), shared: least, sizes: false }];
  });
  return sortFew(waits, (a, b) => b.now - b.shared - (a.now - a.shared))[0] ?? null;
}

function follow({ id, node: { name }, params: { values } }: NodeView): RuleFix {
  return fix('least-outstanding', `Let ${name} choose the least busy instance`, setNodeParams(id, { algorithm: 'least_conn', ...(values['sticky'] === 'ip' ? { sticky: 'none' } : {}) }));
}

/** Shares in proportion to the cores: the large ones take more. */
function weigh({ balancer, edges }: Pool): RuleFix {
  const smallest = Math.min(...edges.map(({ to }) => vcpuOf(to) ?? 1));
  return fix('weights', `Weigh the targets of ${balancer.node.name} by their cores`, allOf(...edges.map(({ id, to }) => setEdgeParam(id, 'weight', (vcpuOf(to) ?? 1) / smallest))));
}

/** A way of choosing targets that does not suit the requests. */
export const lbPolicyMismatch = defineRule({
  id: 'lb-policy-mismatch',
  meta: {
    title: 'Balancing suits the requests',
    failureTitle: 'Balancing does not suit the requests',
    axes: ['latency', 'scalability'],
    penalises: [],
    severity: ['major', 'minor'],
    kind: 'metric',
    rationale: 'An address hash sends whole companies behind one address to one instance. Turn by turn ignores what is still running, so long requests pile up: at 90 % busy and 8 instances it takes 5.9 service times where least outstanding takes 2.1.',
    tradeOff: 'The balancer must know what is in flight, and it prefers an instance that fails fast or has just started: it needs a slow start and outlier ejection.',
    whenNotToApply: 'The hash is wanted because each instance holds its own keys, as in a partitioned cache.',
    sources: ['mitzenmacher', 'harchol-balter', 'aws-elb-docs'],
    explains: ['sticky-sessions'],
    concepts: ['load balancing', 'join the shortest queue'],
  },
  options: {
    // share of the busiest instance over the mean: beyond it a third of the fleet is bought for nothing
    skew: 1.3,
    // knee of a shared tier
    knee: 0.85,
    // squared variation of the work of a request: up to here turn by turn is nearly as good
    cs2: 2,
    // how many times longer requests wait than they would behind one queue
    waitRatio: 1.5,
    // below a millisecond the ratio of two waits is noise
    leastGainMs: 1,
  },
  requires: ['nodes'],
  messages: {
    hashed: '{node:name} chooses by address: the busiest instance of {target:name} gets {skew:multiple} its share and is {used:utilisation} busy. Choose the instance with the fewest running requests.',
    inTurn: '{node:name} deals requests in turn though they differ: they wait {now_ms:ms} at {target:name}, and {then_ms:ms} if each went where the least is running. Choose by running requests.',
    sizes: '{node:name} deals as much to small targets as to large ones: requests wait {now_ms:ms} on average, and {then_ms:ms} if the load followed the cores. Weigh the targets by size.',
  },
  check: ({ facts, options, report, notApplicable }) => {
    const balancers = liveNodesHolding(facts, 'balancer').filter((view) => balancerOf(view) !== null);
    if (balancers.length === 0) return notApplicable();
    for (const view of balancers) {
      const pool: Pool = { balancer: view, edges: liveEdgesOutOf(facts, view).filter(({ synchronous }) => synchronous) };
      const policy = balancerOf(view)?.policy;
      if (policy === 'ip_hash') {
        for (const { to } of pool.edges) {
          const found = facts.evaluation.nodes[to.id];
          const skew = found?.evidence['hot_factor'] ?? 1;
          const used = found?.utilisation ?? 0;
          if (skew <= 1 || (skew <= options.skew && used <= options.knee)) continue;
          report({ targets: [onNode(view), onNode(to)], messageId: 'hashed', severity: 'major', data: { node: view.id, resource: 'balance', target: to.id, skew, used }, fixes: [follow(view)] });
        }
      }
      if (policy !== 'round_robin') continue;
      const waits = waitsOf(facts, pool, options.cs2);
      if (waits === null || (waits.now - waits.shared) * 1000 < options.leastGainMs || waits.now <= options.waitRatio * waits.shared) continue;
      const { target, sizes } = waits;
      report({
        targets: [onNode(view)], messageId: sizes ? 'sizes' : 'inTurn', severity: 'minor',
        data: { node: view.id, resource: 'turns', target: target.id, now_ms: waits.now * 1000, then_ms: waits.shared * 1000 }, fixes: [sizes ? weigh(pool) : follow(view)],
      });
    }
  },
  examples: {
    valid: [
      { title: 'the hash over two instances', design: sketch({ nodes: { users: 'client', lb: ['lb-managed', { algorithm: 'ip_hash' }], api: ['service', { instances: 2 }] }, edges: ['users>lb>api'] }) },
      { title: 'in turn, requests alike', design: sketch({ nodes: { users: 'client', lb: 'lb-managed', api: ['monolith', { instances: 8, cpu_ms: 20, cs2: 2 }] }, edges: ['users>lb>api'], workload: { peak_rps: 640 } }) },
      { title: 'in turn, requests differ, hardly any wait', design: sketch({ nodes: { users: 'client', lb: 'lb-managed', api: ['monolith', { instances: 8, cpu_ms: 20, cs2: 4 }] }, edges: ['users>lb>api'] }) },
    ],
    invalid: [
      { title: 'the hash over three instances', design: sketch({ nodes: { users: 'client', lb: ['lb-managed', { algorithm: 'ip_hash' }], api: ['service', { instances: 3 }] }, edges: ['users>lb>api'] }), expect: ['hashed'] },
      { title: 'stickiness by address', design: sketch({ nodes: { users: 'client', lb: ['lb-managed', { sticky: 'ip' }], api: ['service', { instances: 3 }] }, edges: ['users>lb>api'] }), expect: ['hashed'] },
      { title: 'in turn, requests differ', design: sketch({ nodes: { users: 'client', lb: 'lb-managed', api: ['monolith', { instances: 8, cpu_ms: 20, cs2: 2.1 }] }, edges: ['users>lb>api'], workload: { peak_rps: 640 } }), expect: ['inTurn'] },
      { title: 'a small and a large machine', design: sketch({ nodes: { users: 'client', lb: 'lb-managed', small: ['monolith', { instances: 1, cpu_ms: 20 }], large: ['monolith', { instances: 1, vcpu: 8, cpu_ms: 20 }] }, edges: ['users>lb>small', 'lb>large'], workload: { peak_rps: 160 } }), expect: ['sizes'] },
    ],
    notApplicable: [
      { title: 'no balancer', design: sketch({ nodes: { users: 'client', api: 'service' }, edges: ['users>api'] }) },
    ],
  },
});
