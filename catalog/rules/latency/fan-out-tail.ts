import type { EdgeView, NodeView } from '../../../shared/contracts/graph-view.ts';
import { defineRule, type Facts, type RuleFix } from '../../../shared/contracts/rule.ts';
import { sortFew } from '../../../shared/contracts/sort-few.ts';
import type { Params } from '../../../shared/model/design.ts';
import { sketch } from '../common/examples.ts';
import { fix, setEdgeParams } from '../common/fixes.ts';
import { nodeResults } from '../common/results.ts';
import { roundUp } from '../common/sizing.ts';
import { liveNodes, onEdge, onNode } from '../common/targets.ts';

/** Calls that one component makes at the same time, and the journeys that wait for them. */
interface Group { readonly edges: readonly EdgeView[]; readonly journeys: readonly string[] }

/** The widest group of a component, as the journeys travel it. */
function widestGroup(facts: Facts, view: NodeView): Group | null {
  const groups = new Map<string, { readonly edges: Set<EdgeView>; readonly journeys: string[] }>();
  for (const { id } of Object.values(facts.evaluation.journeys)) {
    for (const { edge, group } of facts.steps.of(id)) {
      const found = facts.graph.edgeById.get(edge);
      if (group === null || found === undefined || found.from !== view) continue;
      const known = groups.get(group) ?? { edges: new Set<EdgeView>(), journeys: [] };
      groups.set(group, known);
      known.edges.add(found);
      if (known.journeys.at(-1) !== id) known.journeys.push(id);
    }
  }
  const [widest] = sortFew([...groups], ([a, { edges: left }], [b, { edges: right }]) => right.size - left.size || (a < b ? -1 : 1));
  return widest === undefined ? null : { edges: [...widest[1].edges], journeys: widest[1].journeys };
}

/** Answers are left out when they are not there after some times the mean. */
function deadline(facts: Facts, view: NodeView, edges: readonly EdgeView[], means: number): RuleFix[] {
  const times = edges.map(({ to }) => facts.evaluation.nodes[to.id]?.response_s.value ?? null);
  if (times.some((time) => time === null)) return [];
  const limits = edges.map((edge, index) => setEdgeParams(edge.id, { fallback: true, timeout_ms: edge.params.values.timeout_ms ?? roundUp(means * ((times[index] ?? 0) + edge.rtt_s) * 1000) }));
  return [fix('deadline', `Let ${view.node.name} answer without those that are late`, ...limits)];
}

/** A page that asks `width` services at once, the first `alone` of them before the others. */
function fanOut(width: number, call: Params = {}, alone = 0): ReturnType<typeof sketch> {
  const ids = Array.from({ length: width }, (_, index) => `part${index + 1}`);
  return sketch({
    nodes: { users: 'client', page: 'service', ...Object.fromEntries(ids.map((id) => [id, 'service'])) },
    edges: ['users>page', ...ids.map((id, index): [string, Params] => [`page>${id}`, index < alone ? {} : { order: 'par:parts', ...call }])],
    workload: { peak_rps: 50 },
  });
}

/** Many calls at once of which the slowest decides. */
export const fanOutTail = defineRule({
  id: 'fan-out-tail',
  meta: {
    title: 'Few answers are waited for at once',
    failureTitle: 'Waiting for the slowest of many',
    axes: ['latency'],
    penalises: [],
    severity: ['major'],
    kind: 'metric',
    rationale: 'A request that asks many at once is as slow as the slowest of them. If one answer in a hundred is slow, of those who ask a hundred 63 % wait for a slow one.',
    tradeOff: 'An answer without its slow parts is not complete, and asking a second copy after the usual time adds 2 to 5 % load.',
    whenNotToApply: 'All parts are needed, and nobody waits for them, as in a report that is made at night.',
    sources: ['tail-at-scale'],
    concepts: ['tail latency', 'fan-out', 'hedged requests', 'partial results'],
  },
  options: {
    // share of the requests that meet a slow part although one answer in a hundred is slow: from here, at six parts, it is the p95
    slow: 0.05,
    // 99 % of exponential times are within five of their means: what is cut off is the slow one in a hundred
    deadlineMeans: 5,
  },
  requires: ['nodes', 'journeys'],
  messages: {
    tail: '{node:name} waits for {width:count} answers at once: if one answer in a hundred is slow, {share:percent} of its requests wait for a slow one. Answer without those that are late, or ask fewer.',
  },
  check: ({ facts, options, report, notApplicable }) => {
    const results = nodeResults(facts);
    const wide = liveNodes(facts).filter(({ index }) => results[index]?.evidence['parallel_calls'] !== undefined);
    if (wide.length === 0) return notApplicable();
    for (const view of wide) {
      const { parallel_calls: width = 0, parallel_slow_share: share = 0 } = results[view.index]?.evidence ?? {};
      if (share <= options.slow) continue;
      const group = widestGroup(facts, view);
      if (group === null) continue;
      report({
        targets: [onNode(view), ...group.edges.map(onEdge)], messageId: 'tail', severity: 'major', journeys: group.journeys,
        data: { node: view.id, width, share }, fixes: deadline(facts, view, group.edges, options.deadlineMeans),
      });
    }
  },
  examples: {
    valid: [
      { title: 'five at once', design: fanOut(5) },
      { title: 'six, one of them before the others', design: fanOut(6, {}, 1) },
      { title: 'ten, each for half of the requests', design: fanOut(10, { probability: 0.5 }) },
      { title: 'ten, and those that are late are left out', design: fanOut(10, { fallback: true, timeout_ms: 50 }) },
    ],
    invalid: [
      { title: 'six at once', design: fanOut(6), expect: ['tail'] },
      { title: 'twenty that may fail and are waited for', design: fanOut(20, { fallback: true }), expect: ['tail'] },
    ],
    notApplicable: [
      { title: 'one after the other', design: fanOut(6, {}, 6) },
    ],
  },
});
