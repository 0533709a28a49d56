import type { FunctionResource } from '../../../shared/contracts/behavior.ts';
import type { JourneyResult } from '../../../shared/contracts/evaluation.ts';
import type { NodeView } from '../../../shared/contracts/graph-view.ts';
import { defineRule, type Facts, type RuleFix } from '../../../shared/contracts/rule.ts';
import { sketch } from '../common/examples.ts';
import { fix, setNodeParam } from '../common/fixes.ts';
import { liveNodesOfRole, onNode } from '../common/targets.ts';

function functionOf({ behavior }: NodeView): FunctionResource | undefined {
  return behavior.resources.find((resource): resource is FunctionResource => resource.kind === 'function');
}

/** Journeys whose user waits for it, the strictest target first. */
function waitingFor(facts: Facts, view: NodeView): JourneyResult[] {
  const waits = (journey: JourneyResult): boolean => view.in.some(({ id }) => facts.steps.over(journey.id, id) !== undefined);
  return Object.values(facts.evaluation.journeys).filter(waits).sort((a, b) => a.p99_target_ms - b.p99_target_ms || (a.name < b.name ? -1 : 1));
}

/** Keeping more ready than the platform lets run is no fix. */
function keepReady(view: NodeView, own: FunctionResource, count: number): RuleFix[] {
  const most = own.reserved > 0 ? own.reserved : own.account_limit;
  if (count > most) return [];
  return [fix('provisioned', `Keep ${count} ${count === 1 ? 'environment' : 'environments'} of ${view.node.name} ready`, setNodeParam(view.id, 'provisioned', count))];
}

/** Cold starts of a function that a user waits for, often enough to decide the target percentile. */
export const lambdaColdStartSlo = defineRule({
  id: 'lambda-cold-start-slo',
  meta: {
    title: 'Cold starts stay inside the latency target',
    failureTitle: 'Cold starts break the latency target',
    axes: ['latency'],
    penalises: [],
    severity: ['major'],
    kind: 'metric',
    rationale: 'An invocation that finds no idle environment waits until one is started: 0.15 s for a small Python function, up to 3 s with large packages. Rare traffic lets environments go, and a burst needs new ones all at once.',
    tradeOff: 'Provisioned environments are paid around the clock. A smaller package, fewer imports or more memory shorten the start instead; containers do not have it.',
    whenNotToApply: 'Nobody waits for the answer, or the slow ones are rare enough that the target of the journey allows them.',
    sources: ['aws-lambda-runtime', 'aws-lambda-scaling', 'shahrad'],
    concepts: ['serverless', 'cold start', 'memory allocation', 'tail latency'],
  },
  options: {
    // the target is a p99: one answer in a hundred may be slower
    percentile: 0.99,
    // autoscaling of the platform follows a doubling within seconds; a steeper step is served cold (evaluation 5.8)
    burst_factor: 2,
  },
  requires: ['nodes', 'journeys'],
  messages: {
    rare: '{share:percent} of the calls to {function:name} start cold and take {cold_ms:ms}; {journey:name} should answer 99 of 100 within {target_ms:ms}. Keep {ready:count} ready, or shorten the start.',
    burst: 'A burst of {factor:multiple} starts {share:percent} of its first calls to {function:name} cold; they take {cold_ms:ms}, and {journey:name} should answer within {target_ms:ms}. Keep {ready:count} ready.',
  },
  check: ({ doc, facts, options, report, notApplicable }) => {
    const functions = liveNodesOfRole(facts, 'function');
    if (functions.length === 0) return notApplicable();
    const factor = doc.workload.burst?.factor ?? 1;
    for (const view of functions) {
      const own = functionOf(view);
      const { cold_start_share: cold = 0, burst_cold_share: burstCold = 0, duration_s: duration = 0, concurrency = 0, provisioned_enough: enough = 0, burst_provisioned_enough: burstEnough = 0 } = facts.evaluation.nodes[view.id]?.evidence ?? {};
      if (own === undefined) continue;
      const cold_ms = (own.init_s + duration) * 1000;
      const broken = waitingFor(facts, view).filter(({ p99_target_ms }) => cold_ms > p99_target_ms);
      const [strictest] = broken;
      if (strictest === undefined) continue;
      const common = { targets: [onNode(view)], severity: 'major', journeys: broken.map(({ id }) => id) } as const;
      const data = { function: view.id, journey: strictest.id, cold_ms, target_ms: strictest.p99_target_ms };
      const atBurst = concurrency * factor;
      if (cold > 1 - options.percentile) {
        const ready = Math.max(1, enough);
        report({ ...common, messageId: 'rare', data: { ...data, share: cold, ready }, fixes: keepReady(view, own, ready) });
      } else if (factor > options.burst_factor && own.provisioned < atBurst) {
        report({ ...common, messageId: 'burst', data: { ...data, share: burstCold, factor, ready: burstEnough }, fixes: keepReady(view, own, burstEnough) });
      }
    }
  },
  examples: {
    valid: [
      { title: 'warm at 100 requests a second', design: sketch({ nodes: { users: 'client', api: 'lambda' }, edges: ['users>api'] }) },
      { title: 'cold start in 8 of 1000 calls', design: sketch({ nodes: { users: 'client', api: 'lambda' }, edges: ['users>api'], workload: { peak_rps: 0.008 } }) },
      { title: 'a cold start is within the target', design: sketch({ nodes: { users: 'client', api: ['lambda', { init_ms: 150 }] }, edges: ['users>api'], workload: { peak_rps: 0.001 } }) },
      { title: 'a burst of twice the load', design: sketch({ nodes: { users: 'client', api: 'lambda' }, edges: ['users>api'], workload: { burst: { factor: 2, duration_s: 60 } } }) },
      { title: 'nobody waits for it', design: sketch({ nodes: { users: 'client', api: 'service', queue: 'sqs', job: 'lambda' }, edges: ['users>api>queue>job'], workload: { peak_rps: 0.001 } }) },
    ],
    invalid: [
      { title: 'cold start in 11 of 1000 calls', design: sketch({ nodes: { users: 'client', api: 'lambda' }, edges: ['users>api'], workload: { peak_rps: 0.0075 } }), expect: ['rare'] },
      { title: 'a burst of 2.1 times the load', design: sketch({ nodes: { users: 'client', api: 'lambda' }, edges: ['users>api'], workload: { burst: { factor: 2.1, duration_s: 60 } } }), expect: ['burst'] },
    ],
    notApplicable: [
      { title: 'no function', design: sketch({ nodes: { users: 'client', api: 'service' }, edges: ['users>api'] }) },
    ],
  },
});
