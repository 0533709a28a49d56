import type { EdgeView } from '../../../shared/contracts/graph-view.ts';
import { defineRule, type Facts, type RuleFix } from '../../../shared/contracts/rule.ts';
import { sketch, threeBox } from '../common/examples.ts';
import { addNodeBetween, fix, setEdgeParam, type Change } from '../common/fixes.ts';
import { liveEdgesInto, liveNodesOfRole, onEdge, onNode } from '../common/targets.ts';

type JourneyFact = Facts['evaluation']['journeys'][string];

/** Processes of one worker machine that mostly wait for the third party. */
const WAITING = 16;
/** Processor time of handing a request on, seconds, and how busy the workers may be. */
const HAND_ON_S = 0.01;
const BUSY = 0.5;

/** Journeys whose user waits for this call and fails without it. */
function waiting(facts: Facts, edge: EdgeView): JourneyFact[] {
  return Object.values(facts.evaluation.journeys).filter(({ id }) => facts.steps.over(id, edge.id)?.hard === true);
}

/** A queue and a worker between the caller and the third party. */
function queued(facts: Facts, edge: EdgeView): Change {
  const rate = facts.evaluation.edges[edge.id]?.rps ?? 0;
  const time = (facts.evaluation.nodes[edge.to.id]?.response_s.value ?? 1) + HAND_ON_S;
  const instances = Math.max(2, Math.ceil((rate * time) / (WAITING * BUSY)), Math.ceil((rate * HAND_ON_S) / BUSY));
  return (design) => {
    const first = addNodeBetween(edge.id, { id: `${edge.to.id}-queue`, type: 'sqs', name: `${edge.to.node.name} queue` })(design);
    const onward = Object.keys(first.edges).find((id) => !Object.hasOwn(design.edges, id));
    if (onward === undefined) return design;
    const worker = { id: `${edge.to.id}-worker`, type: 'celery-worker', name: `${edge.to.node.name} worker`, params: { instances, concurrency: WAITING, task_cpu_s: HAND_ON_S, task_io_s: 0 } };
    return addNodeBetween(onward, worker)(first);
  };
}

function fixesFor(facts: Facts, edge: EdgeView): RuleFix[] {
  const { from, to, params } = edge;
  const code = from.behavior.role === 'compute' || from.behavior.role === 'function';
  return [
    ...(code ? [fix('queue', `Call ${to.node.name} from a worker behind a queue`, queued(facts, edge))] : []),
    ...(params.values.deferrable ? [] : [fix('fallback', `Let ${from.node.name} answer without ${to.node.name}`, setEdgeParam(edge.id, 'fallback', true))]),
  ];
}

/** A third party inside the user's request. */
export const syncThirdParty = defineRule({
  id: 'sync-third-party',
  meta: {
    title: 'Users do not wait for third parties',
    failureTitle: 'Third party inside the user’s request',
    axes: ['latency', 'availability', 'isolation'],
    penalises: [],
    severity: ['major'],
    kind: 'structural',
    rationale: 'A request that waits for somebody else’s system has that system’s availability, its slow answers and its quota, and you can mend none of them.',
    tradeOff: 'The user sees "in progress" first, and someone must reconcile what the third party did with what you stored.',
    whenNotToApply: 'The answer is the point of the request, as in a price quote, and nothing useful can be said without it.',
    sources: ['release-it', 'release-it-summary'],
    explains: ['deep-sync-chain'],
    concepts: ['integration point', 'asynchronous work', 'fallback'],
  },
  options: {
    // one call may use half of the time that the whole request has
    share: 0.5,
    // of the provider's quota
    quota: 1,
  },
  requires: ['nodes', 'edges', 'journeys'],
  messages: {
    deferrable: 'Users of {caller:name} wait for {party:name}, p99 {p99_ms:ms}, though its result can come later. Put the call into a queue and let a worker make it.',
    quota: '{caller:name} calls {party:name} {rate_rps:rate}, {quota:utilisation} of what its provider accepts: the rest of the users get an error. Put the calls into a queue that keeps to the quota.',
    unavailable: 'Users of {caller:name} wait for {party:name}, available {availability:availability} of the time: the target of {target:availability} cannot be met. Put the call into a queue, or answer without it.',
    slow: 'Users of {caller:name} wait for {party:name}: its p99 of {p99_ms:ms} is {share:percent} of the whole target of {target_ms:ms}. Put the call into a queue, or answer without it.',
  },
  check: ({ facts, options, report, notApplicable }) => {
    const edges = liveNodesOfRole(facts, 'external').flatMap((party) => liveEdgesInto(facts, party)).filter(({ synchronous }) => synchronous);
    if (edges.length === 0) return notApplicable();
    for (const edge of edges) {
      const party = facts.evaluation.nodes[edge.to.id];
      if (party === undefined) continue;
      const journeys = waiting(facts, edge);
      const p99_ms = (party.evidence['p99_s'] ?? 0) * 1000;
      const availability = party.availability.value ?? 1;
      const quota = party.resources.find(({ resource }) => resource === 'quota')?.utilisation ?? 0;
      const below = journeys.filter((journey) => availability < journey.availability_target);
      const late = journeys.filter((journey) => p99_ms > options.share * journey.p99_target_ms);
      const { deferrable } = edge.params.values;
      const messageId = quota > options.quota ? 'quota' : deferrable ? 'deferrable' : below.length > 0 ? 'unavailable' : late.length > 0 ? 'slow' : null;
      if (messageId === null || journeys.length === 0) continue;
      const affected = messageId === 'unavailable' ? below : messageId === 'slow' ? late : journeys;
      const target_ms = Math.min(...affected.map((journey) => journey.p99_target_ms));
      report({
        targets: [onEdge(edge), onNode(edge.to)], journeys: affected.map(({ id }) => id), messageId, severity: 'major',
        data: { caller: edge.from.id, party: edge.to.id, p99_ms, target_ms, share: target_ms > 0 ? p99_ms / target_ms : 1, availability, target: Math.max(...affected.map((journey) => journey.availability_target)), quota, rate_rps: facts.evaluation.edges[edge.id]?.rps ?? 0 },
        fixes: fixesFor(facts, edge),
      });
    }
  },
  examples: {
    valid: [
      { title: 'a third party that is fast enough', design: sketch({ nodes: { users: 'client', api: 'service', geo: ['external-api', { latency_ms: 20 }] }, edges: ['users>api>geo'] }) },
      { title: 'called by a worker', design: sketch({ nodes: { users: 'client', api: 'service', tasks: 'sqs', worker: 'celery-worker', mail: 'external-api' }, edges: ['users>api>tasks>worker>mail'] }) },
      { title: 'the answer does without it', design: sketch({ nodes: { users: 'client', api: 'service', ads: 'external-api' }, edges: ['users>api', ['api>ads', { fallback: true }]] }) },
    ],
    invalid: [
      { title: 'slower than half the target', design: sketch({ nodes: { users: 'client', api: 'service', geo: ['external-api', { latency_ms: 25 }] }, edges: ['users>api>geo'] }), expect: ['slow'] },
      { title: 'available less than the target asks', design: sketch({ nodes: { users: 'client', api: 'service', geo: ['external-api', { latency_ms: 20, availability: 0.998 }] }, edges: ['users>api>geo'] }), expect: ['unavailable'] },
      { title: 'an e-mail that can wait', design: sketch({ nodes: { users: 'client', api: 'service', mail: ['external-api', { latency_ms: 20 }] }, edges: ['users>api', ['api>mail', { deferrable: true }]] }), expect: ['deferrable'] },
      { title: 'more than the provider accepts', design: sketch({ nodes: { users: 'client', api: 'service', pay: ['external-api', { latency_ms: 20, quota_rps: 9 }] }, edges: ['users>api>pay'] }), expect: ['quota'] },
    ],
    notApplicable: [
      { title: 'no third party', design: threeBox() },
    ],
  },
});
