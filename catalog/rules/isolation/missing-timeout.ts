import type { EdgeView } from '../../../shared/contracts/graph-view.ts';
import { defineRule, type AskedTarget, type Facts, type RuleFix, type RuleReport } from '../../../shared/contracts/rule.ts';
import { sketch, threeBox } from '../common/examples.ts';
import { allOf, fix, setEdgeParam, type Change } from '../common/fixes.ts';
import { askEdge, stateOf } from '../common/practice.ts';
import { aboutNode, addTo, liveEdges, onEdge } from '../common/targets.ts';

/** Own code, whose slots a hung call holds. Balancers and gateways have timeouts of their own. */
const CODE: ReadonlySet<string> = new Set(['compute', 'worker', 'function']);

interface Limits { readonly endless_ms: number; readonly answer_ms: number; readonly least_ms: number; readonly overMean: number; readonly overTail: number; readonly late: number; readonly leftOut: number }

function isRemoteCall({ synchronous, kind, from, params }: EdgeView): boolean {
  return synchronous && kind !== 'lookup' && kind !== 'ws' && CODE.has(from.behavior.role) && params.values.network_class !== 'in_process';
}

/** The slow answers of the callee, to choose a timeout by: p99.9 where it calls nobody, else its mean, which is less. Null when it is saturated. */
function slowest(facts: Facts, edge: EdgeView): { readonly seconds: number; readonly tail: boolean } | null {
  const found = facts.evaluation.nodes[edge.to.id];
  const tail = found?.evidence['p999_s'];
  if (tail !== undefined) return { seconds: tail, tail: true };
  const mean = found?.response_s.value ?? null;
  return mean === null ? null : { seconds: mean, tail: false };
}

/** Two figures, rounded up: a number that someone would write into a configuration. */
function readable(ms: number): number {
  const step = 10 ** Math.max(0, Math.floor(Math.log10(ms)) - 1);
  return Math.ceil(ms / step) * step;
}

function suggested(facts: Facts, edge: EdgeView, limits: Limits): number {
  const slow = slowest(facts, edge);
  if (slow === null) return limits.answer_ms;
  return readable(Math.max(limits.least_ms, slow.seconds * 1000 * (slow.tail ? limits.overTail : limits.overMean)));
}

/** How long the callers of the caller wait, the shortest; null when none says. */
function deadline({ from }: EdgeView, endless: number): number | null {
  const stated = from.in.flatMap(({ synchronous, idleReason, params: { values } }) => (synchronous && idleReason === null && values.timeout_ms !== null && values.timeout_ms < endless ? [values.timeout_ms] : []));
  return stated.length === 0 ? null : Math.min(...stated);
}

type Exhausted = Facts['evaluation']['cascades'][number]['exhausted'][number];

/** What runs out first when the callee hangs, by connection into it. */
function exhaustion({ graph, evaluation: { cascades } }: Facts): ReadonlyMap<EdgeView, Exhausted> {
  const found = new Map<EdgeView, Exhausted>();
  for (const { dependency, exhausted } of cascades) {
    for (const one of exhausted) {
      const edge = graph.edgeById.get(one.edge);
      if (edge?.to.id === dependency) found.set(edge, one);
    }
  }
  return found;
}

type Absent = Pick<RuleReport, 'messageId' | 'severity'>;

/** What is said of calls that never give up, by whether they run out of slots and whether the caller needs the answer. */
const HANGS = { needed: { messageId: 'hangs', severity: 'critical' }, spared: { messageId: 'hangs', severity: 'major' } } as const;
const OPEN = { needed: { messageId: 'open', severity: 'critical' }, spared: { messageId: 'open', severity: 'major' } } as const;

function absentKind({ params: { values: { fallback, criticality } } }: EdgeView, spent: Exhausted | undefined): Absent {
  const kind = spent === undefined ? OPEN : HANGS;
  return criticality === 'hard' && !fallback ? kind.needed : kind.spared;
}

function about(facts: Facts, edge: EdgeView): readonly [AskedTarget, AskedTarget] {
  return [onEdge(edge), aboutNode(facts, edge.from)];
}

function absent(facts: Facts, edge: EdgeView, spent: Exhausted | undefined, limits: Limits): Omit<RuleReport, 'targets'> {
  const { messageId, severity } = absentKind(edge, spent);
  return {
    messageId, severity,
    data: () => ({ caller: edge.from.id, callee: edge.to.id, resource: edge.id, wait_ms: suggested(facts, edge, limits), slots: spent?.slots ?? 0, seconds_s: spent?.seconds ?? 0 }),
    fixes: () => [fix('timeout', `Let calls from ${edge.from.node.name} to ${edge.to.node.name} give up`, setEdgeParam(edge.id, 'timeout_ms', suggested(facts, edge, limits)))],
  };
}

/** A shorter wait here, or, where the answers need it, a longer one before. */
function fitting(facts: Facts, edge: EdgeView, most_ms: number, endless: number): RuleFix {
  const { retries, timeout_ms } = edge.params.values;
  const shorter = Math.floor(most_ms / (retries + 1));
  const slow = slowest(facts, edge);
  if (slow === null || shorter > slow.seconds * 1000) return fix('shorter', `Let calls to ${edge.to.node.name} give up before the callers of ${edge.from.node.name}`, setEdgeParam(edge.id, 'timeout_ms', shorter));
  const needed = (timeout_ms ?? 0) * (retries + 1);
  const changes: Change[] = edge.from.in.flatMap(({ id, synchronous, params: { values } }) => (synchronous && values.timeout_ms !== null && values.timeout_ms < Math.min(needed, endless) ? [setEdgeParam(id, 'timeout_ms', needed)] : []));
  return fix('longer', `Let the callers of ${edge.from.node.name} wait longer`, allOf(...changes));
}

function unfit(facts: Facts, edge: EdgeView, limits: Limits): RuleReport | null {
  const { timeout_ms, retries } = edge.params.values;
  if (timeout_ms === null) return null;
  const common = { targets: about(facts, edge) };
  const most_ms = deadline(edge, limits.endless_ms);
  const late = facts.evaluation.edges[edge.id]?.evidence['timeout_share'] ?? 0;
  const data = { caller: edge.from.id, callee: edge.to.id, resource: edge.id, timeout_ms, attempts: retries + 1, all_ms: timeout_ms * (retries + 1), deadline_ms: most_ms ?? 0, late };
  if (most_ms !== null && data.all_ms > most_ms) return { ...common, messageId: 'outlasts', severity: 'major', data, fixes: [fitting(facts, edge, most_ms, limits.endless_ms)] };
  // a saturated callee answers late whatever the timeout is
  if (late <= (edge.params.values.fallback ? limits.leftOut : limits.late) || slowest(facts, edge) === null) return null;
  const fixes = most_ms === null ? [fix('longer', `Wait longer for ${edge.to.node.name}`, setEdgeParam(edge.id, 'timeout_ms', suggested(facts, edge, limits)))] : [];
  // giving up too soon is not why a hung call holds its slot
  return { ...common, messageId: 'early', severity: 'minor', data: { ...data, resource: 'early' }, fixes };
}

/** Calls that never give up, give up after those who wait for them, or give up on ordinary answers. */
export const missingTimeout = defineRule({
  id: 'missing-timeout',
  meta: {
    title: 'Remote calls give up in time',
    failureTitle: 'Remote call without a timeout',
    axes: ['isolation', 'availability'],
    penalises: ['availability'],
    severity: ['critical', 'major', 'minor'],
    kind: 'structural',
    rationale: 'A dependency that hangs holds every slot that calls it: 64 slots at 50 calls a second are gone in 1.3 s, and with them everything else that the caller does. Nothing spreads a failure faster.',
    tradeOff: 'A timeout below the ordinary slow answers turns them into errors and into retries; finding the number needs measured latencies.',
    whenNotToApply: 'A job that runs alone, is watched, and may take as long as it takes.',
    sources: ['release-it', 'aws-builders-library', 'sre-book-22'],
    explains: ['no-bulkhead'],
    concepts: ['timeout', 'deadline', 'blocked threads'],
  },
  options: {
    // ten minutes: longer than any balancer, gateway or worker keeps a request, so it is none
    endless_ms: 600_000,
    // what "yes" assumes while the number is not known
    answer_ms: 3000,
    // shorter ones fail on a pause of the garbage collector or a lost packet
    least_ms: 1000,
    // p99.9 of a response that varies like an exponential is 7 times its mean, with a long tail 11 times
    overMean: 15,
    // above the p99.9 that the call should let pass
    overTail: 1.5,
    // one answer in a thousand may be cut off: it is the one that a retry mends
    late: 1e-3,
    // with a fallback one in a hundred may be left out: a deadline against the slow tail does just that
    leftOut: 1e-2,
  },
  requires: ['nodes', 'edges', 'cascades'],
  messages: {
    hangs: 'Calls from {caller:name} to {callee:name} have no timeout. If {callee:name} hangs, all {slots:count} slots of {caller:name} are taken in {seconds_s:s}. Give up after {wait_ms:ms}.',
    open: 'Calls from {caller:name} to {callee:name} have no timeout: if {callee:name} hangs, each of them waits with it. Give up after {wait_ms:ms}.',
    outlasts: '{caller:name} waits {all_ms:ms} for {callee:name}, all attempts together, and its own callers give up after {deadline_ms:ms}: the rest is work for nobody. Give up before they do.',
    early: '{caller:name} gives up on {callee:name} after {timeout_ms:ms}, and {late:percent} of the answers take longer. Wait longer.',
  },
  check: ({ facts, options, report, ask, notApplicable }) => {
    const edges = liveEdges(facts).filter(isRemoteCall);
    if (edges.length === 0) return notApplicable();
    const spent = exhaustion(facts);
    const unset = new Map<Absent, EdgeView[]>();
    const isEndless = (value: unknown): boolean => typeof value === 'number' && value >= options.endless_ms;
    for (const edge of edges) {
      const state = stateOf(edge.params, 'timeout_ms', isEndless);
      const found = state === 'yes' ? unfit(facts, edge, options) : null;
      if (state === 'unset') addTo(unset, absentKind(edge, spent.get(edge)), edge);
      else if (state === 'no') report({ targets: about(facts, edge), ...absent(facts, edge, spent.get(edge), options) });
      else if (found !== null) report(found);
    }
    const question = askEdge('timeout_ms', { text: 'Do calls to other components give up after a time?', yes: options.answer_ms, no: options.endless_ms });
    for (const calls of unset.values()) ask({ about: calls, targets: (edge) => about(facts, edge), report: (edge) => ({ ...absent(facts, edge, spent.get(edge), options), question }) });
  },
  examples: {
    valid: [
      { title: 'a second for the database', design: threeBox({ query: { timeout_ms: 1000 } }) },
      { title: 'shorter than the callers wait', design: threeBox({ call: { timeout_ms: 2000 }, query: { timeout_ms: 1000, retries: 1 } }) },
      { title: 'a deadline after which the answer goes without', design: threeBox({ query: { timeout_ms: 6, fallback: true } }) },
    ],
    invalid: [
      { title: 'it is not said', design: threeBox(), expect: ['hangs'] },
      { title: 'it is not said, and slots are plenty', design: threeBox({}, { workload: { peak_rps: 10 } }), expect: ['open'] },
      { title: 'none: the service hangs with the third party', design: sketch({ nodes: { users: 'client', api: ['monolith', { workers: 4 }], pay: 'external-api' }, edges: ['users>api', ['api>pay', { timeout_ms: 600_000 }]] }), expect: ['hangs'] },
      { title: 'none on a call with a fallback', design: sketch({ nodes: { users: 'client', api: ['monolith', { workers: 4 }], ads: 'external-api' }, edges: ['users>api', ['api>ads', { timeout_ms: 600_000, fallback: true }]] }), expect: ['hangs'] },
      { title: 'two attempts outlast the callers', design: threeBox({ call: { timeout_ms: 1900 }, query: { timeout_ms: 1000, retries: 1 } }), expect: ['outlasts'] },
      { title: 'shorter than one answer in a thousand', design: threeBox({ query: { timeout_ms: 4 } }), expect: ['early'] },
      { title: 'shorter than the mean answer', design: sketch({ nodes: { users: 'client', front: 'service', back: ['service', { io_ms: 100 }], db: 'rdbms' }, edges: ['users>front', ['front>back', { timeout_ms: 90 }], ['back>db', { timeout_ms: 50 }]] }), expect: ['early'] },
      { title: 'the callers give up before an ordinary answer', design: sketch({ nodes: { users: 'client', api: 'service', pay: 'external-api' }, edges: [['users>api', { timeout_ms: 1000 }], ['api>pay', { timeout_ms: 3000 }]] }), expect: ['outlasts'] },
    ],
    notApplicable: [
      { title: 'nothing calls anything', design: sketch({ nodes: { users: 'client', api: 'service' }, edges: ['users>api'] }) },
    ],
  },
});
