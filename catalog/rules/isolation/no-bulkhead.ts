import { EDGE_FIELDS } from '../../../shared/contracts/edge-params.ts';
import type { CascadeResult } from '../../../shared/contracts/evaluation.ts';
import type { EdgeView } from '../../../shared/contracts/graph-view.ts';
import { defineRule, type Facts, type RuleFix, type RuleReport } from '../../../shared/contracts/rule.ts';
import { sketch, threeBox } from '../common/examples.ts';
import { fix, setEdgeParam } from '../common/fixes.ts';
import { askEdge, stateOf } from '../common/practice.ts';
import { journeysNeeding, liveEdges, listOf, onEdge, onNode, shareOfTraffic } from '../common/targets.ts';

/** Calls that can have a breaker: what is published or cached has other cures. */
function canBreak({ synchronous, kind }: EdgeView): boolean {
  return synchronous && (EDGE_FIELDS[kind] ?? []).includes('circuit_breaker');
}

type Exhausted = CascadeResult['exhausted'][number];

function fixesFor(facts: Facts, edge: EdgeView, { slots }: Exhausted): RuleFix[] {
  const { from, to } = edge;
  const units = facts.evaluation.nodes[from.id]?.units_scaled ?? 1;
  const half = Math.floor(slots / (2 * Math.max(1, units)));
  const stop = fix('breaker', `Stop calls from ${from.node.name} to ${to.node.name} while they hang`, setEdgeParam(edge.id, 'circuit_breaker', true));
  return half < 1 ? [stop] : [stop, fix('bulkhead', `Let calls to ${to.node.name} hold at most half of ${from.node.name}`, setEdgeParam(edge.id, 'bulkhead_slots', half))];
}

/** Where the practice that decides is not said, a question: a breaker would do, and a timeout might. */
function questionOf(edge: EdgeView): Pick<RuleReport, 'question'> {
  if (stateOf(edge.params, 'circuit_breaker') === 'unset') return { question: askEdge('circuit_breaker') };
  if (edge.params.stated('timeout_ms')) return {};
  return { question: askEdge('timeout_ms', { text: 'Do calls to other components give up after a time?', yes: 1000, no: 600_000 }) };
}

/** A dependency that hangs and takes journeys with it that do not need it. */
export const noBulkhead = defineRule({
  id: 'no-bulkhead',
  meta: {
    title: 'A slow dependency takes only what needs it',
    failureTitle: 'One slow dependency can take the whole caller down',
    axes: ['isolation', 'availability'],
    penalises: [],
    severity: ['critical', 'major'],
    kind: 'metric',
    rationale: 'All calls of a service share its slots. When one dependency hangs, its calls pile up until they hold all of them, and requests that never touch that dependency wait for a slot too.',
    tradeOff: 'Breakers and separate pools must be tuned, keep a part of the capacity in reserve and need an answer for the time without.',
    whenNotToApply: 'Nothing that the service does is worth anything without that dependency.',
    sources: ['release-it', 'release-it-summary'],
    concepts: ['bulkhead', 'circuit breaker', 'cascading failure'],
  },
  options: {
    // of the traffic, that does not need the dependency and is lost with it: more than with most failures of the dependency itself
    most: 0.5,
  },
  requires: ['nodes', 'edges', 'journeys', 'cascades'],
  messages: {
    exhausted: 'When {callee:name} hangs, its calls hold all {slots:count} slots of {caller:name} within {seconds_s:s}. Lost without needing it: {journeys:names}, {share:percent} of the traffic. Stop calling what hangs, or give those calls a share of the slots.',
  },
  check: ({ facts, options, report, notApplicable }) => {
    if (!liveEdges(facts).some((edge) => edge.from.behavior.routing !== 'source' && canBreak(edge))) return notApplicable();
    for (const { dependency, exhausted, extra_share } of facts.evaluation.cascades) {
      if (!(extra_share > 0)) continue;
      const lost = new Set(journeysNeeding(facts, dependency));
      for (const one of exhausted) {
        const edge = facts.graph.edgeById.get(one.edge);
        if (edge === undefined || edge.to.id !== dependency || !canBreak(edge)) continue;
        const others = journeysNeeding(facts, one.node).filter((id) => !lost.has(id));
        if (others.length === 0) continue;
        const share = shareOfTraffic(facts, others);
        report({
          targets: [onEdge(edge), onNode(edge.from)], messageId: 'exhausted', severity: share > options.most ? 'critical' : 'major', journeys: others, fixes: fixesFor(facts, edge, one),
          data: { caller: edge.from.id, callee: edge.to.id, resource: edge.id, slots: one.slots, seconds_s: one.seconds, need: one.need, journeys: listOf(others), share },
          ...questionOf(edge),
        });
      }
    }
  },
  examples: {
    valid: [
      { title: 'all that it does needs the database', design: threeBox({ query: { circuit_breaker: false, timeout_ms: 600_000 } }) },
      { title: 'a breaker', design: shop({ circuit_breaker: true, timeout_ms: 30_000 }) },
      { title: 'a bulkhead', design: shop({ circuit_breaker: false, timeout_ms: 30_000, bulkhead_slots: 4 }) },
      { title: 'a timeout short enough for its slots', design: shop({ circuit_breaker: false, timeout_ms: 499 }) },
    ],
    invalid: [
      { title: 'payments take the rest of the shop down', design: shop({ circuit_breaker: false, timeout_ms: 30_000 }), expect: ['exhausted'] },
      { title: 'with a timeout just too long', design: shop({ circuit_breaker: false, timeout_ms: 501 }), expect: ['exhausted'] },
      { title: 'the rest is a small part', design: shop({ circuit_breaker: false, timeout_ms: 30_000 }, 5), expect: ['exhausted'] },
      { title: 'nothing is said about a breaker', design: shop({ timeout_ms: 30_000 }), expect: ['exhausted'] },
      { title: 'nothing is said about a timeout', design: shop({ circuit_breaker: false }), expect: ['exhausted'] },
    ],
    notApplicable: [
      { title: 'nothing calls anything', design: sketch({ nodes: { users: 'client', api: 'service' }, edges: ['users>api'] }) },
    ],
  },
});

/** A shop with ten sync workers on two machines: 20 payments a second through a third party, and people who browse. */
function shop(call: Readonly<Record<string, boolean | number>>, browsing = 30) {
  return sketch({
    nodes: { users: 'client', shop: ['monolith', { workers: 5, cpu_ms: 5 }], pay: 'external-api' }, edges: ['users>shop', ['shop>pay', call]],
    journeys: { checkout: { rate_rps: 20, entry: 'users', op: 'write', steps: [{ edge: 'users>shop' }, { edge: 'shop>pay' }] }, browse: { rate_rps: browsing, entry: 'users', op: 'read', steps: [{ edge: 'users>shop' }] } },
  });
}
