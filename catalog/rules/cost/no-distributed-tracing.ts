import type { EdgeView, NodeView } from '../../../shared/contracts/graph-view.ts';
import { defineRule, type Facts, type RuleFix } from '../../../shared/contracts/rule.ts';
import type { Design } from '../../../shared/model/design.ts';
import { sketch } from '../common/examples.ts';
import { addNode, fix, freeId, setEdgeParam, setNodeParam, type Change } from '../common/fixes.ts';
import { askNode, stateOf, type PracticeState } from '../common/practice.ts';
import { aboutNode, journeysVisiting, listOf, liveEdges, liveEdgesOfKind, liveNodesHaving, liveNodesOfRole, liveNodesOfType, onEdge, onNode } from '../common/targets.ts';
import { byName } from '../common/views.ts';

const CALLS: ReadonlySet<string> = new Set(['http', 'publish', 'consume', 'trigger', 'ws']);
const isTracer = ({ behavior }: NodeView): boolean => behavior.operations.technology === 'tracing';

/** Said on the component, or drawn as a connection to the tracing. */
function tracedState(view: NodeView): PracticeState {
  const stated = stateOf(view.params, 'traced');
  return stated === 'unset' && view.out.some((edge) => edge.kind === 'trace' && isTracer(edge.to)) ? 'yes' : stated;
}

/** Why tracing matters in this drawing: journeys of several hops, many services, messages; null when it does not. */
interface Need { readonly journeys: readonly string[]; readonly hops: number; readonly long: boolean }

function needOf(facts: Facts, options: { readonly hops: number; readonly services: number }): Need | null {
  const journeys = Object.values(facts.evaluation.journeys);
  const isDeep = ({ depth }: { readonly depth: number }): boolean => depth >= options.hops;
  const many = liveNodesOfType(facts, 'service').length >= options.services;
  const messages = new Set<string>();
  if (!many) for (const { id } of liveEdgesOfKind(facts, 'publish')) for (const journey of facts.evaluation.edges[id]?.journeys ?? []) messages.add(journey);
  const concerned = journeys.filter((journey) => many || isDeep(journey) || messages.has(journey.id));
  if (concerned.length === 0) return null;
  return { journeys: concerned.map(({ id }) => id), hops: Math.max(...concerned.map(({ depth }) => depth)), long: many || journeys.some(isDeep) };
}

/** Own code that these journeys run through and that can be traced. */
function partsOf(facts: Facts, journeys: readonly string[]): readonly NodeView[] {
  const traceable = liveNodesHaving(facts, 'traced');
  const concerned = new Set(journeys);
  // components of the same journeys share a list
  const known = new Map<readonly string[], boolean>();
  return traceable.filter(({ id }) => {
    const visiting = journeysVisiting(facts, id);
    let found = known.get(visiting);
    if (found === undefined) known.set(visiting, (found = visiting.some((journey) => concerned.has(journey))));
    return found;
  });
}

/** What is said not to be traced, by name, and what nothing is said about. */
function untraced(parts: readonly NodeView[]): { readonly silent: readonly NodeView[]; readonly unset: readonly NodeView[] } {
  const silent: NodeView[] = [];
  const unset: NodeView[] = [];
  for (const view of parts) {
    const state = tracedState(view);
    if (state === 'unset') unset.push(view);
    else if (state === 'no') silent.push(view);
  }
  return { silent: silent.sort(byName), unset };
}

/** The first by name before all others: it speaks for them. */
function firstByName(views: readonly NodeView[]): readonly NodeView[] {
  const [first] = views;
  if (first === undefined) return views;
  let speaker = first;
  for (const view of views) if (byName(view, speaker) < 0) speaker = view;
  return speaker === first ? views : [speaker, ...views.filter((view) => view !== speaker)];
}

function withTracing(views: readonly NodeView[]): Change {
  return (design: Design) => {
    const id = freeId(design, 'tracing');
    return addNode({ id, type: 'tracing', name: 'Tracing' }, views.map((view) => ({ from: view.id })))(design);
  };
}

function traceAll(parts: readonly NodeView[], untraced: readonly NodeView[], drawn: boolean): RuleFix {
  const title = untraced.length === 1 ? `Trace ${untraced[0]?.node.name}` : `Trace all ${untraced.length} components`;
  return fix('trace', title, ...untraced.map(({ id }) => setNodeParam(id, 'traced', true)), ...(drawn ? [] : [withTracing(parts)]));
}

function sendContext(edges: readonly EdgeView[]): RuleFix {
  const [only] = edges;
  const title = edges.length === 1 && only !== undefined ? `Send the trace id from ${only.from.node.name} to ${only.to.node.name}` : `Send the trace id on ${edges.length} connections`;
  return fix('context', title, ...edges.map(({ id }) => setEdgeParam(id, 'context_propagated', true)));
}

/** Requests over several components, or over a broker, that nobody can follow. */
export const noDistributedTracing = defineRule({
  id: 'no-distributed-tracing',
  meta: {
    title: 'Requests can be followed across services',
    failureTitle: 'No distributed tracing',
    axes: ['cost', 'isolation'],
    penalises: ['cost'],
    severity: ['major', 'minor'],
    kind: 'structural',
    rationale: 'With every hop there is one more place where the time went. Without one id over all of them, finding the slow or failing one is a search through the logs of each, and the causes of the tail stay invisible.',
    tradeOff: 'About 1 to 3 % of processor time, $5 for a million recorded traces, and libraries in every service. Sampling 1 to 10 % is enough for most questions.',
    whenNotToApply: 'Two parts that one person looks after, where a request id in both logs answers every question.',
    sources: ['dapper', 'taibi-smells'],
    concepts: ['distributed tracing', 'observability', 'microservices', 'operational overhead'],
  },
  options: {
    // the second hop is the first that can be slow without the caller seeing why
    hops: 2,
    // from the fourth service on nobody holds the whole path in mind
    services: 4,
  },
  requires: ['nodes', 'edges', 'journeys'],
  messages: {
    untraced: 'Nobody traces {parts:names}: with {count:count} components and calls {hops:count} deep, no one can say which of them made a request slow. Trace all of them under one id.',
    background: 'Nobody traces {parts:names}: work behind a broker cannot be followed back to its request. Trace both sides and send the trace id with each message.',
    lost: 'The trace ends on the way from {edge:name}: the id does not travel along, so what follows belongs to no request. Send it in the headers of the call or message.',
  },
  check: ({ facts, options, report, ask, notApplicable }) => {
    const need = needOf(facts, options);
    if (need === null) return notApplicable();
    const { journeys, hops, long } = need;
    const parts = partsOf(facts, journeys);
    const severity = long ? 'major' : 'minor';
    const drawn = liveNodesOfRole(facts, 'telemetry').some(isTracer);
    const messageId = long ? 'untraced' : 'background';
    const data = (views: readonly NodeView[]): Record<string, number | string> => {
      const list = listOf(views.map(({ id }) => id));
      return long ? { parts: list, count: parts.length, hops } : { parts: list };
    };
    const { silent, unset } = untraced(parts);
    if (silent.length > 0) report({ messageId, severity, journeys, targets: silent.map(onNode), data: data(silent), fixes: [traceAll([...parts].sort(byName), silent, drawn)] });
    ask({
      about: firstByName(unset), targets: (view) => [aboutNode(facts, view)],
      report: (view) => ({ messageId, severity, journeys, data: () => data([view]), fixes: () => [traceAll([view], [view], drawn)], question: askNode(facts, view, 'traced') }),
    });
    for (const edge of liveEdges(facts)) {
      if (!CALLS.has(edge.kind) || stateOf(edge.params, 'context_propagated') !== 'no') continue;
      report({ targets: [onEdge(edge)], messageId: 'lost', severity, data: { edge: edge.id }, fixes: [sendContext([edge])] });
    }
  },
  examples: {
    valid: [
      { title: 'all three are traced', design: sketch({ nodes: { users: 'client', web: ['service', { traced: true }], orders: ['service', { traced: true }], stock: ['service', { traced: true }] }, edges: ['users>web>orders>stock'] }) },
      { title: 'tracing is drawn', design: sketch({ nodes: { users: 'client', api: 'service', tasks: 'rabbitmq', worker: 'celery-worker', traces: 'tracing' }, edges: ['users>api>tasks>worker', 'api>traces', 'worker>traces'] }) },
    ],
    invalid: [
      { title: 'two calls in a row, not traced', design: sketch({ nodes: { users: 'client', web: ['service', { traced: false }], orders: ['service', { traced: false }], stock: ['service', { traced: true }] }, edges: ['users>web>orders>stock'] }), expect: ['untraced'] },
      { title: 'four services, one not traced', design: sketch({ nodes: { users: 'client', web: ['service', { traced: true }], a: ['service', { traced: true }], b: ['service', { traced: true }], c: ['service', { traced: false }], traces: 'tracing' }, edges: ['users>web>a', 'web>b', 'web>c', 'web>traces'] }), expect: ['untraced'] },
      { title: 'a worker behind a broker', design: sketch({ nodes: { users: 'client', api: ['service', { traced: true }], tasks: 'rabbitmq', worker: ['celery-worker', { traced: false }] }, edges: ['users>api>tasks>worker'] }), expect: ['background'] },
      { title: 'the message loses the id', design: sketch({ nodes: { users: 'client', api: ['service', { traced: true }], tasks: 'rabbitmq', worker: ['celery-worker', { traced: true }] }, edges: ['users>api', ['api>tasks', { context_propagated: false }], 'tasks>worker'] }), expect: ['lost'] },
      { title: 'nothing is said about tracing', design: sketch({ nodes: { users: 'client', web: 'service', orders: 'service', stock: 'service' }, edges: ['users>web>orders>stock'] }), expect: ['untraced'] },
    ],
    notApplicable: [
      { title: 'one service and its database', design: sketch({ nodes: { users: 'client', api: 'service', db: 'rdbms' }, edges: ['users>api>db'] }) },
      { title: 'one call between two services', design: sketch({ nodes: { users: 'client', web: 'service', orders: 'service' }, edges: ['users>web>orders'] }) },
    ],
  },
});
