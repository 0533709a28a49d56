import type { NodeView } from '../../../shared/contracts/graph-view.ts';
import { defineRule, type RuleFix } from '../../../shared/contracts/rule.ts';
import { sketch } from '../common/examples.ts';
import { fix, setNodeParam } from '../common/fixes.ts';
import { liveNodesHaving, onNode } from '../common/targets.ts';

interface Limit { readonly enabled: boolean; readonly rps: number | null; readonly policy: string; readonly contractual: boolean }
type Stored = NodeView['node']['params'];

/** The limit as it stands in the document. */
function stored({ node }: NodeView): Stored {
  const limit = node.params['rate_limit'];
  return typeof limit === 'object' && limit !== null && !Array.isArray(limit) ? (limit as Stored) : {};
}

/**
 * The limit that instances of this component keep; null without one, or when nothing but its existence is said. A firewall
 * or a throttle of the platform is one service and counts once.
 */
function limitOf(view: NodeView): Limit | null {
  const limit = view.params.values['rate_limit'] as Limit | null | undefined;
  if (limit === null || limit === undefined || !limit.enabled || view.behavior.failure.redundancy !== 'instance') return null;
  return limit.rps !== null || limit.contractual || Object.hasOwn(stored(view), 'policy') ? limit : null;
}

function shareCounter(view: NodeView): RuleFix {
  return fix('shared', `Count once for all instances of ${view.node.name}`, setNodeParam(view.id, 'rate_limit', { ...stored(view), policy: 'shared' }));
}

const front = (gateway: Stored, workload = {}): ReturnType<typeof sketch> => sketch({ nodes: { users: 'client', gateway: ['gateway-kong', gateway], orders: 'service' }, edges: ['users>gateway>orders'], workload });

/** A limit that each instance counts for itself. */
export const localRateLimitCounter = defineRule({
  id: 'local-rate-limit-counter',
  meta: {
    title: 'A limit is counted once for all instances',
    failureTitle: 'Each instance counts the limit for itself',
    axes: ['consistency', 'isolation'],
    penalises: ['consistency'],
    severity: ['major', 'minor'],
    kind: 'structural',
    rationale: 'Requests are spread over the instances, and each of them lets through the whole limit. What a customer may really send is that many times as much, depends on how the requests fall, and changes whenever the number of instances does.',
    tradeOff: 'A shared counter, usually in Redis, is one more call of about 0.8 ms in each request and one more thing that can fail: let requests through while it does. Counting only now and then is cheaper and less exact.',
    whenNotToApply: 'The limit only protects what is behind it and a few times as much does no harm, or each customer is tied to one instance and the limit is divided among them.',
    sources: ['kong-rate-limiting'],
    concepts: ['rate limiting', 'api gateway', 'shared counter', 'data consistency'],
  },
  options: {
    // one instance is one counter
    instances: 1,
  },
  requires: ['nodes'],
  messages: {
    sized: '{units:count} instances of {node:name} count on their own: the limit of {limit_rps:rate} lets {effective_rps:rate} through. Count in one place, or divide the limit among the instances.',
    unsized: '{units:count} instances of {node:name} count on their own: up to {units:multiple} the limit is let through. Count in one place, or divide the limit among the instances.',
    scaled: 'The instances of {node:name} count on their own, and there are {least:count} to {most:count} of them: what is let through changes with the load. Count in one place.',
  },
  check: ({ facts, options, report, notApplicable }) => {
    let applies = false;
    for (const view of liveNodesHaving(facts, 'rate_limit')) {
      const limit = limitOf(view);
      if (limit === null) continue;
      applies = true;
      const { autoscale } = view.behavior;
      const { units = 1, evidence = {} } = facts.evaluation.nodes[view.id] ?? {};
      if (limit.policy !== 'local' || (autoscale?.max ?? units) <= options.instances) continue;
      const common = { targets: [onNode(view)], severity: limit.contractual ? 'major' : 'minor', fixes: [shareCounter(view)] } as const;
      const effective_rps = evidence['limit_rps'];
      if (autoscale !== null && autoscale.max > autoscale.min) {
        report({ ...common, messageId: 'scaled', data: { node: view.id, least: autoscale.min, most: autoscale.max } });
      } else if (limit.rps !== null && effective_rps !== undefined) {
        report({ ...common, messageId: 'sized', data: { node: view.id, units, limit_rps: limit.rps, effective_rps } });
      } else {
        report({ ...common, messageId: 'unsized', data: { node: view.id, units } });
      }
    }
    if (!applies) notApplicable();
  },
  examples: {
    valid: [
      { title: 'one counter for all', design: front({ rate_limit: { rps: 500, policy: 'shared', contractual: true } }) },
      { title: 'one instance', design: front({ instances: 1, rate_limit: { rps: 500, policy: 'local', contractual: true } }) },
    ],
    invalid: [
      { title: 'two instances, promised to customers', design: front({ instances: 2, rate_limit: { rps: 500, contractual: true } }), expect: ['sized'] },
      { title: 'three instances, only to protect what is behind', design: front({ instances: 3, rate_limit: { rps: 500 } }), expect: ['sized'] },
      { title: 'a limit without a number', design: front({ rate_limit: { policy: 'local' } }), expect: ['unsized'] },
      { title: 'instances follow the load', design: front({ autoscale: { min: 2, max: 6 }, rate_limit: { rps: 500, policy: 'local' } }), expect: ['scaled'] },
      { title: 'a service that limits by itself', design: sketch({ nodes: { users: 'client', orders: ['service', { instances: 4, rate_limit: { rps: 50, contractual: true } }] }, edges: ['users>orders'] }), expect: ['sized'] },
    ],
    notApplicable: [
      { title: 'no limit', design: front({}) },
      { title: 'a limit of which nothing else is said', design: front({ rate_limit: { enabled: true } }) },
      { title: 'the throttle of a managed gateway', design: sketch({ nodes: { users: 'client', gateway: ['gateway-aws', { rate_limit: { rps: 50, policy: 'local', contractual: true } }], orders: 'service' }, edges: ['users>gateway>orders'] }) },
    ],
  },
});
