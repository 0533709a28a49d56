import type { NodeView } from '../../../shared/contracts/graph-view.ts';
import { defineRule, type RuleFix } from '../../../shared/contracts/rule.ts';
import { sketch } from '../common/examples.ts';
import { fix, setNodeParam } from '../common/fixes.ts';
import { inTitle, roundUp } from '../common/sizing.ts';
import { liveNodes, onNode } from '../common/targets.ts';

type Platform = 'function' | 'gateway' | 'balancer' | 'worker';

/** Who ends the request here, and the parameter that says when; null where nobody does. */
function platformOf({ behavior, params: { values } }: NodeView): { readonly platform: Platform; readonly key: string } | null {
  if (behavior.role === 'function') return { platform: 'function', key: 'timeout_s' };
  if (Object.hasOwn(values, 'integration_timeout_s')) return { platform: 'gateway', key: 'integration_timeout_s' };
  if (Object.hasOwn(values, 'idle_timeout_s')) return { platform: 'balancer', key: 'idle_timeout_s' };
  return values['worker_class'] === 'sync' && values['server'] === 'gunicorn' ? { platform: 'worker', key: 'timeout_s' } : null;
}

/** The longest that may be set: a function's platform ends it then, and a gateway's limit is the provider's. */
function settable(platform: Platform, limits: { readonly function_s: number; readonly gateway_s: number }): number {
  if (platform === 'function') return limits.function_s;
  return platform === 'gateway' ? limits.gateway_s : Number.MAX_VALUE;
}

function fixesFor(view: NodeView, key: string, needed_s: number, most_s: number): RuleFix[] {
  const seconds = roundUp(needed_s);
  return seconds > most_s ? [] : [fix('longer', `Let requests of ${view.node.name} take ${inTitle(seconds)} s`, setNodeParam(view.id, key, seconds))];
}

/** Work that the platform ends before it is done. */
export const platformTimeoutExceeded = defineRule({
  id: 'platform-timeout-exceeded',
  meta: {
    title: 'Work fits into what the platform allows',
    failureTitle: 'Work longer than the platform allows',
    axes: ['availability', 'latency'],
    penalises: [],
    severity: ['critical'],
    kind: 'metric',
    rationale: 'The platform ends the request in the middle: the user sees an error, what was done so far stays half done, and the caller tries the same long work again.',
    tradeOff: 'A job with a status to ask for needs a place for its state, and someone who asks.',
    whenNotToApply: 'The work reports progress, so that the connection is never idle and the worker never silent.',
    sources: ['aws-lambda-quotas', 'gunicorn-settings', 'aws-api-gateway-limits', 'aws-elb-docs'],
    concepts: ['platform limits', 'asynchronous jobs'],
  },
  options: {
    // the longest that a function may run, whatever is set (quota of the platform)
    function_s: 900,
    // the longest integration timeout without asking the provider for more
    gateway_s: 29,
  },
  requires: ['nodes'],
  messages: {
    function: '{node:name} is ended after {limit_s:s}, and {share:percent} of its runs need longer: {needed_s:s} would be enough for all but one in a thousand. Allow more, do less in one run, or move the work to a worker.',
    endless: '{node:name} is ended after {limit_s:s}, and {share:percent} of its runs need longer, up to {needed_s:s}: no function may run longer than {most_s:s}. Split the work, or let a worker do it.',
    gateway: '{node:name} gives up after {limit_s:s}, and {share:percent} of the requests behind it take longer, up to {needed_s:s}. Accept the job, answer at once, and let a worker do it.',
    balancer: '{node:name} closes a connection that is silent for {limit_s:s}, and {share:percent} of the requests behind it take longer, up to {needed_s:s}. Accept the job, answer at once, and let a worker do it.',
    worker: 'A worker process of {node:name} is killed after {limit_s:s} with one request, and {share:percent} of them take longer, up to {needed_s:s}. Let a background worker do it, or allow more time.',
  },
  check: ({ facts, options, report, notApplicable }) => {
    let any = false;
    for (const view of liveNodes(facts)) {
      const found = platformOf(view);
      if (found === null) continue;
      any = true;
      const { limit_s, over_limit_share: share, within_limit_s: needed_s } = facts.evaluation.nodes[view.id]?.evidence ?? {};
      if (limit_s === undefined || share === undefined || needed_s === undefined) continue;
      const most_s = settable(found.platform, options);
      const fixes = fixesFor(view, found.key, needed_s, most_s);
      report({
        targets: [onNode(view)], messageId: found.platform === 'function' && fixes.length === 0 ? 'endless' : found.platform, severity: 'critical', fixes,
        data: { node: view.id, limit_s, share, needed_s, most_s },
      });
    }
    if (!any) notApplicable();
  },
  examples: {
    valid: [
      { title: 'a function within its three seconds', design: sketch({ nodes: { users: 'client', code: ['lambda', { cpu_ms: 120 }] }, edges: ['users>code'] }) },
      { title: 'a report of two seconds behind a gateway', design: sketch({ nodes: { users: ['client', { rps: 1 }], gateway: 'gateway-aws', api: ['service', { io_ms: 6000 }] }, edges: ['users>gateway>api'] }) },
      { title: 'event loops are not killed by a slow request', design: sketch({ nodes: { users: ['client', { rps: 1 }], front: 'lb-managed', api: ['service', { io_ms: 8000 }], site: ['monolith', { io_ms: 4000 }] }, edges: ['users>front>api', 'users>site'] }) },
    ],
    invalid: [
      { title: 'a function that needs more than its three seconds', design: sketch({ nodes: { users: 'client', code: ['lambda', { cpu_ms: 140 }] }, edges: ['users>code'] }), expect: ['function'] },
      { title: 'a film that takes a function a quarter of an hour', design: sketch({ nodes: { users: ['client', { rps: 0.1 }], api: 'service', queue: 'sqs', code: ['lambda', { memory_mb: 1769, cpu_ms: 150_000, timeout_s: 900 }] }, edges: ['users>api>queue>code'] }), expect: ['endless'] },
      { title: 'a report of seven seconds behind a gateway', design: sketch({ nodes: { users: ['client', { rps: 1 }], gateway: 'gateway-aws', api: ['service', { io_ms: 6500 }] }, edges: ['users>gateway>api'] }), expect: ['gateway'] },
      { title: 'a report of fifteen seconds behind a balancer', design: sketch({ nodes: { users: ['client', { rps: 1 }], front: 'lb-managed', api: ['service', { io_ms: 15_000 }] }, edges: ['users>front>api'] }), expect: ['balancer'] },
      { title: 'a report of five seconds in a sync worker', design: sketch({ nodes: { users: ['client', { rps: 1 }], site: ['monolith', { io_ms: 5000 }] }, edges: ['users>site'] }), expect: ['worker'] },
    ],
    notApplicable: [
      { title: 'nothing is ended by anyone', design: sketch({ nodes: { users: 'client', api: 'service' }, edges: ['users>api'] }) },
    ],
  },
});
