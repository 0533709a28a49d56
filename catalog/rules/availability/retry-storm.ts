import { EDGE_FIELDS } from '../../../shared/contracts/edge-params.ts';
import type { EdgeView } from '../../../shared/contracts/graph-view.ts';
import { defineRule, type Facts, type RuleFix } from '../../../shared/contracts/rule.ts';
import type { Params } from '../../../shared/model/design.ts';
import { sketch, threeBox } from '../common/examples.ts';
import { fix, setEdgeParam, setEdgeParams } from '../common/fixes.ts';
import { askEdge, stateOf } from '../common/practice.ts';
import { liveEdges, onEdge, onNode } from '../common/targets.ts';

/** Share of extra attempts that a budget allows (Site Reliability Engineering, chapter 21). */
const BUDGET = 0.1;

function evidenceOf(facts: Facts, edge: EdgeView): Readonly<Record<string, number>> {
  return facts.evaluation.edges[edge.id]?.evidence ?? {};
}

function triesAgain({ synchronous, params }: EdgeView): boolean {
  return synchronous && params.values.retries > 0;
}

/** The layers multiply on below it: that is where it is said. */
function goesOn(facts: Facts, edge: EdgeView, worst: number): boolean {
  return edge.to.out.some((next) => next.idleReason === null && triesAgain(next) && (evidenceOf(facts, next)['retry_worst'] ?? 0) > worst);
}

/** A request that may take effect twice when it is sent again: no, unset where nobody says, null where it cannot. */
function unsafe(facts: Facts, edge: EdgeView): 'no' | 'unset' | null {
  const writes = (facts.evaluation.edges[edge.id]?.writes_rps ?? 0) > 0;
  if (!writes || !(EDGE_FIELDS[edge.kind] ?? []).includes('idempotency_key')) return null;
  const state = stateOf(edge.params, 'idempotency_key');
  return state === 'yes' ? null : state;
}

type Case = 'stuck' | 'layers' | 'twice' | 'waves' | 'endless';
interface Limits { readonly many: number; readonly storm: number; readonly busy: number; readonly layers: number }
interface Found { readonly which: Case; readonly severity: 'critical' | 'major'; readonly asks: boolean }

/** The worst of what is wrong with retries over one connection. */
function caseOf(facts: Facts, edge: EdgeView, limits: Limits): Found | null {
  const { retry_worst: worst = 1, retry_layers: layers = 1, metastable = 0 } = evidenceOf(facts, edge);
  const { backoff, retry_budget } = edge.params.values;
  const multiplies = layers >= limits.layers && worst >= limits.many && !goesOn(facts, edge, worst);
  const repeated = unsafe(facts, edge);
  if (metastable === 1) return { which: 'stuck', severity: 'critical', asks: false };
  if (multiplies) return { which: 'layers', severity: worst >= limits.storm ? 'critical' : 'major', asks: false };
  if (repeated === 'no') return { which: 'twice', severity: 'major', asks: false };
  if (backoff !== 'exp_jitter') return { which: 'waves', severity: 'major', asks: false };
  if (retry_budget === null && (facts.evaluation.nodes[edge.to.id]?.utilisation ?? 0) > limits.busy) return { which: 'endless', severity: 'major', asks: false };
  return repeated === 'unset' ? { which: 'twice', severity: 'major', asks: true } : null;
}

/** Connections above one on which its callers try again too. */
function layersAbove(edge: EdgeView): EdgeView[] {
  const seen = new Set([edge.from]);
  const found: EdgeView[] = [];
  for (const view of seen) {
    for (const above of view.in) {
      if (above.idleReason !== null || !above.synchronous) continue;
      if (triesAgain(above) && above !== edge) found.push(above);
      seen.add(above.from);
    }
  }
  return found;
}

function fixesFor(facts: Facts, edge: EdgeView, { which }: Found): RuleFix[] {
  const { from, to, id } = edge;
  const safe: Params = unsafe(facts, edge) === null ? {} : { idempotency_key: true };
  const tame: Params = { backoff: 'exp_jitter', retry_budget: Math.min(BUDGET, edge.params.values.retry_budget ?? BUDGET), ...safe };
  const none = fix('none', `Do not repeat calls from ${from.node.name} to ${to.node.name}`, setEdgeParam(id, 'retries', 0));
  const title = which === 'layers' ? `Repeat calls only from ${from.node.name} to ${to.node.name}` : which === 'twice' ? `Give calls to ${to.node.name} an idempotency key` : `Space and limit retries of ${to.node.name}`;
  const above = which === 'layers' ? layersAbove(edge).map((other) => setEdgeParam(other.id, 'retries', 0)) : [];
  return [fix('tame', title, setEdgeParams(id, tame), ...above), none];
}

/** Retries that make an overload worse than it is. */
export const retryStorm = defineRule({
  id: 'retry-storm',
  meta: {
    title: 'Retries do not add to an overload',
    failureTitle: 'Multiplying or unspaced retries',
    axes: ['availability', 'isolation', 'scalability'],
    penalises: ['isolation'],
    severity: ['critical', 'major'],
    kind: 'structural',
    rationale: 'Retries are more load for something that already has too much. Over several layers they multiply: four attempts at each of three layers are 64. Without random spacing they come back together, in waves.',
    tradeOff: 'With fewer attempts a few single faults that a further attempt would have hidden reach the user.',
    whenNotToApply: 'Rare batch work with one layer of retries against something that is never near its limit.',
    sources: ['sre-book-22', 'aws-builders-library', 'azure-antipatterns', 'metastable'],
    concepts: ['retry storm', 'back-off with jitter', 'retry budget', 'metastable failure'],
  },
  options: {
    // layers of one path that try again
    layers: 2,
    // attempts for one request: three at each of two layers
    many: 9,
    // three at each of three layers: no tier has that much room
    storm: 27,
    // utilisation of the callee: from here on a doubled load is too much
    busy: 0.5,
  },
  requires: ['nodes', 'edges'],
  messages: {
    stuck: 'Once {callee:name} is overloaded, retries of {caller:name} keep it so at a load that it carries otherwise, at {utilisation:utilisation}. Limit them to a tenth of the calls, with growing random pauses.',
    layers: '{layers:count} layers repeat failed calls on the way to {callee:name}: one request becomes up to {worst:count} when it fails. Let only {caller:name} try again, with a limit on the share of retries.',
    twice: '{caller:name} repeats writes to {callee:name} that may already have taken effect: an answer that was lost is not a call that failed. Send a key by which the second one is known.',
    waves: '{caller:name} repeats calls to {callee:name} without growing random pauses: after a fault all callers come back at the same moment, up to {attempts:count} times. Space attempts exponentially, with jitter.',
    endless: '{caller:name} may repeat every call to {callee:name}, which is {utilisation:utilisation} busy: when calls fail the load becomes up to {attempts:multiple}. Limit retries to a tenth of the calls.',
  },
  check: ({ facts, options, report, notApplicable }) => {
    const edges = liveEdges(facts).filter(triesAgain);
    if (edges.length === 0) return notApplicable();
    for (const edge of edges) {
      const found = caseOf(facts, edge, options);
      if (found === null) continue;
      const { retry_worst: worst = 1, retry_layers: layers = 1 } = evidenceOf(facts, edge);
      report({
        targets: [onEdge(edge), onNode(edge.from), onNode(edge.to)], messageId: found.which, severity: found.severity, fixes: fixesFor(facts, edge, found),
        data: { caller: edge.from.id, callee: edge.to.id, worst, layers, attempts: edge.params.values.retries + 1, utilisation: facts.evaluation.nodes[edge.to.id]?.utilisation ?? 0 },
        question: found.asks ? askEdge('idempotency_key') : undefined,
      });
    }
  },
  examples: {
    valid: [
      { title: 'one layer, spaced and limited', design: threeBox({ query: { retries: 2, backoff: 'exp_jitter', retry_budget: 0.1 } }) },
      { title: 'without a limit towards an idle database', design: threeBox({ query: { retries: 2, backoff: 'exp_jitter' } }) },
      { title: 'two layers of two attempts', design: chain({ retries: 1 }, { retries: 1 }) },
      { title: 'three attempts each, with a budget', design: chain({ retries: 2, retry_budget: 0.1 }, { retries: 2, retry_budget: 0.1 }) },
      { title: 'a repeated write has no second effect', design: sketch({ nodes: { users: 'client', api: 'service', pay: 'external-api' }, edges: ['users>api', ['api>pay', { op: 'write', retries: 1, backoff: 'exp_jitter', idempotency_key: true }]], journeys: { buy: { rate_rps: 10, entry: 'users', op: 'write' } } }) },
    ],
    invalid: [
      { title: 'three attempts at each of two layers', design: chain({ retries: 2 }, { retries: 2 }), expect: ['layers'] },
      { title: 'three attempts at each of three layers', design: sketch({ nodes: { users: 'client', api: 'service', back: 'service', db: 'rdbms' }, edges: [['users>api', spaced(2)], ['api>back', spaced(2)], ['back>db', spaced(2)]], journeys: { look: { rate_rps: 20, entry: 'users', op: 'read' } } }), expect: ['layers'] },
      { title: 'unspaced', design: threeBox({ query: { retries: 2 } }), expect: ['waves'] },
      { title: 'in fixed steps', design: threeBox({ query: { retries: 1, backoff: 'exp', retry_budget: 0.1 } }), expect: ['waves'] },
      { title: 'without a limit towards a busy service', design: sketch({ nodes: { users: 'client', api: 'service', back: ['service', { cpu_ms: 21 }] }, edges: ['users>api', ['api>back', { retries: 1, backoff: 'exp_jitter' }]], journeys: { look: { rate_rps: 100, entry: 'users', op: 'read' } } }), expect: ['endless'] },
      { title: 'overloaded once, it stays so', design: sketch({ nodes: { users: 'client', api: ['service', { instances: 8 }], back: ['service', { instances: 1, cpu_ms: 15 }] }, edges: ['users>api', ['api>back', { retries: 4, backoff: 'exp_jitter', timeout_ms: 500 }]], journeys: { look: { rate_rps: 60, entry: 'users', op: 'read' } } }), expect: ['stuck'] },
      { title: 'payments are repeated', design: sketch({ nodes: { users: 'client', api: 'service', pay: 'external-api' }, edges: ['users>api', ['api>pay', { op: 'write', retries: 1, backoff: 'exp_jitter', idempotency_key: false }]], journeys: { buy: { rate_rps: 10, entry: 'users', op: 'write' } } }), expect: ['twice'] },
      { title: 'payments are repeated, and nothing is said about keys', design: sketch({ nodes: { users: 'client', api: 'service', pay: 'external-api' }, edges: ['users>api', ['api>pay', { op: 'write', retries: 1, backoff: 'exp_jitter' }]], journeys: { buy: { rate_rps: 10, entry: 'users', op: 'write' } } }), expect: ['twice'] },
    ],
    notApplicable: [
      { title: 'nobody tries again', design: threeBox() },
    ],
  },
});

function spaced(retries: number): Params {
  return { retries, backoff: 'exp_jitter' };
}

/** Reads through two layers, each with growing random pauses. */
function chain(outer: Params, inner: Params) {
  return sketch({ nodes: { users: 'client', api: 'service', back: 'service' }, edges: [['users>api', { backoff: 'exp_jitter', ...outer }], ['api>back', { backoff: 'exp_jitter', ...inner }]], journeys: { look: { rate_rps: 20, entry: 'users', op: 'read' } } });
}
