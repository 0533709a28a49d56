import type { ProcessServerResource } from '../../../shared/contracts/behavior.ts';
import type { EdgeView, NodeView } from '../../../shared/contracts/graph-view.ts';
import { defineRule, type Facts, type RuleFix } from '../../../shared/contracts/rule.ts';
import { sortFew } from '../../../shared/contracts/sort-few.ts';
import type { Params } from '../../../shared/model/design.ts';
import { sketch, threeBox } from '../common/examples.ts';
import { fix, setEdgeParam, setNodeParams } from '../common/fixes.ts';
import { roundUp } from '../common/sizing.ts';
import { journeysVisiting, liveEdgesOutOf, liveNodesHolding, onEdge, onNode } from '../common/targets.ts';

const PYTHON: ReadonlySet<unknown> = new Set(['django', 'flask', 'fastapi']);

/** One loop in each process that answers all its requests. Runtimes that spread their work over all cores have none. */
function loopServer({ behavior, params }: NodeView): ProcessServerResource | null {
  const server = behavior.resources.find(({ kind }) => kind === 'process-server');
  if (server?.kind !== 'process-server' || (server.worker_class !== 'asgi' && server.worker_class !== 'gevent')) return null;
  return server.gil || PYTHON.has(params.values['framework']) ? server : null;
}

/** Components in which some journey computes longer than `least` ms at a time. */
function heavyDemands({ graph }: Facts, least: number): ReadonlySet<string> {
  const found = new Set<string>();
  for (const { demands } of graph.journeys) {
    for (const [id, demand] of Object.entries(demands)) if ((demand.cpu_ms ?? 0) > least) found.add(id);
  }
  return found;
}

interface Heavy { readonly journeys: readonly string[]; readonly worst: string; readonly cpuMs: number }

/** The journeys that compute longer than `least` ms there, and the worst of them. */
function heavyOf(facts: Facts, view: NodeView, { demand }: ProcessServerResource, least: number): Heavy | null {
  const visiting = new Set(journeysVisiting(facts, view.id));
  const heavy = facts.graph.journeys.flatMap(({ id, journey, demands, rate_rps }) => {
    const cpuMs = demands[view.id]?.cpu_ms ?? demand.cpu_s * 1000;
    return visiting.has(id) && rate_rps > 0 && cpuMs > least ? [{ id, name: journey.name, cpuMs }] : [];
  });
  const [worst] = sortFew([...heavy], (a, b) => b.cpuMs - a.cpuMs || (a.name < b.name ? -1 : 1));
  return worst === undefined ? null : { journeys: heavy.map(({ id }) => id).sort(), worst: worst.id, cpuMs: worst.cpuMs };
}

/** Threads take turns within milliseconds, where a loop finishes one handler before the next. Only where there are enough for the waits. */
function useThreads(facts: Facts, view: NodeView, server: ProcessServerResource, { aim, mostThreads }: { readonly aim: number; readonly mostThreads: number }): RuleFix[] {
  const found = facts.evaluation.nodes[view.id];
  if (found === undefined || view.params.values['worker_class'] === undefined || !PYTHON.has(view.params.values['framework'])) return [];
  const busy = found.arrival_rps * ((found.evidence['cpu_s'] ?? 0) + (found.evidence['downstream_s'] ?? 0));
  const threads = Math.max(2, roundUp(busy / (aim * found.units * server.workers)));
  return threads > mostThreads ? [] : [fix('threads', `Run the handlers of ${view.node.name} in threads`, setNodeParams(view.id, { worker_class: 'gthread', threads }))];
}

const computing = (cpu_ms: number, api: Params = {}) => threeBox({ api: { cpu_ms, ...api } }, { workload: { peak_rps: 10 } });

/** An event loop that is held up by one request. */
export const asyncBlockingCall = defineRule({
  id: 'async-blocking-call',
  meta: {
    title: 'Nothing blocks the event loop',
    failureTitle: 'Event loop blocked',
    axes: ['latency', 'scalability'],
    penalises: [],
    severity: ['major'],
    kind: 'structural',
    rationale: 'An event loop runs one handler until it waits. A handler that computes, or that calls through a driver that waits by blocking, stops every other request of its process: thousands at once become one for each process.',
    tradeOff: 'A pool of threads or processes is one more thing to size, and threads still share one interpreter lock.',
    whenNotToApply: 'The work is in a library that the loop hands to a thread by itself, as FastAPI does with handlers that are not coroutines.',
    sources: ['gunicorn-design', 'python-gil'],
    concepts: ['event loop', 'asynchronous drivers', 'executor'],
  },
  options: {
    // a twentieth of a second for everyone else on the loop, at each such request
    cpuMs: 50,
    // share of the slots in use after the fix
    aim: 0.6,
    // threads of one process beyond which an event loop is the better choice
    mostThreads: 200,
  },
  requires: ['nodes', 'journeys'],
  messages: {
    computes: 'Requests of {journey:name} compute {cpu:ms} at a time on an event loop of {node:name}: meanwhile that process answers nobody else. Run this work in a pool of threads or processes, or behind a queue.',
    driver: '{caller:name} calls {callee:name} through a driver that blocks its event loop: it has {slots:count} requests at a time under way instead of thousands. Use an asynchronous driver, or make the call in a thread.',
  },
  check: ({ facts, options, report, notApplicable }) => {
    const loops = liveNodesHolding(facts, 'process-server').filter((view) => loopServer(view) !== null);
    if (loops.length === 0) return notApplicable();
    const demanding = heavyDemands(facts, options.cpuMs);
    for (const view of loops) {
      const server = loopServer(view);
      if (server === null) continue;
      const blocking: readonly EdgeView[] = liveEdgesOutOf(facts, view).filter(({ params }) => params.values.blocking_driver);
      for (const edge of blocking) {
        report({
          targets: [onEdge(edge), onNode(view)], messageId: 'driver', severity: 'major',
          data: { caller: view.id, callee: edge.to.id, resource: 'slots', slots: facts.evaluation.nodes[view.id]?.evidence['slots'] ?? 0 },
          fixes: [fix('driver', `Use an asynchronous driver from ${view.node.name} to ${edge.to.node.name}`, setEdgeParam(edge.id, 'blocking_driver', false))],
        });
      }
      if (server.demand.cpu_s * 1000 <= options.cpuMs && !demanding.has(view.id)) continue;
      const heavy = heavyOf(facts, view, server, options.cpuMs);
      if (heavy === null) continue;
      report({
        targets: [onNode(view)], messageId: 'computes', severity: 'major', journeys: heavy.journeys,
        data: { node: view.id, journey: heavy.worst, cpu: heavy.cpuMs, resource: 'cpu' },
        fixes: useThreads(facts, view, server, options),
      });
    }
  },
  examples: {
    valid: [
      { title: 'a twentieth of a second', design: computing(50) },
      { title: 'Go runs it on another core', design: sketch({ nodes: { users: 'client', api: 'service', render: ['service', { framework: 'go', cpu_ms: 80 }] }, edges: ['users>api>render'], workload: { peak_rps: 10 } }) },
      { title: 'the heavy journey goes elsewhere', design: sketch({ nodes: { users: 'client', api: 'service', pdf: ['monolith', {}] }, edges: ['users>api', 'users>pdf'], journeys: { browse: { rate_rps: 50, entry: 'users>api' }, print: { rate_rps: 5, entry: 'users>pdf', demands: { api: { cpu_ms: 200 } } } } }) },
      { title: 'an asynchronous driver', design: threeBox({ query: { blocking_driver: false } }) },
    ],
    invalid: [
      { title: 'a little more than a twentieth of a second', design: computing(51), expect: ['computes'] },
      { title: 'one journey of two', design: sketch({ nodes: { users: 'client', api: 'service' }, edges: ['users>api'], journeys: { browse: { rate_rps: 50, entry: 'users' }, print: { rate_rps: 2, entry: 'users', demands: { api: { cpu_ms: 200 } } } } }), expect: ['computes'] },
      { title: 'Node.js has one loop for each process', design: computing(60, { framework: 'express', server: 'builtin' }), expect: ['computes'] },
      { title: 'a driver that blocks', design: threeBox({ query: { blocking_driver: true } }), expect: ['driver'] },
      { title: 'both, on gevent', design: threeBox({ api: { framework: 'flask', worker_class: 'gevent', cpu_ms: 60 }, query: { blocking_driver: true } }, { workload: { peak_rps: 10 } }), expect: ['computes', 'driver'] },
    ],
    notApplicable: [
      { title: 'workers without an event loop', design: sketch({ nodes: { users: 'client', api: ['monolith', { cpu_ms: 80 }] }, edges: ['users>api'] }) },
    ],
  },
});
