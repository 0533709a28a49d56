import type { ProcessServerResource } from '../../../shared/contracts/behavior.ts';
import type { NodeResult } from '../../../shared/contracts/evaluation.ts';
import type { NodeView } from '../../../shared/contracts/graph-view.ts';
import { defineRule, type RuleFix } from '../../../shared/contracts/rule.ts';
import { sketch } from '../common/examples.ts';
import { fix, setNodeParams } from '../common/fixes.ts';
import { anythingStated } from '../common/load.ts';
import { roundUp } from '../common/sizing.ts';
import { liveNodesHolding, onNode } from '../common/targets.ts';

/** Workers that hold one request for each thread: whoever waits keeps the slot. */
function holdingServer({ behavior }: NodeView): ProcessServerResource | null {
  const server = behavior.resources.find(({ kind }) => kind === 'process-server');
  return server?.kind === 'process-server' && (server.worker_class === 'sync' || server.worker_class === 'gthread') ? server : null;
}

function loadOf({ resources }: NodeResult, name: 'cpu' | 'slots'): { readonly utilisation: number; readonly capacity_rps: number | null } {
  return resources.find(({ resource }) => resource === name) ?? { utilisation: 0, capacity_rps: null };
}

/** What lets the requests of a Python framework wait without a worker each. */
const LOOPS: Readonly<Record<string, { readonly title: (name: string) => string; readonly params: Parameters<typeof setNodeParams>[1] }>> = {
  django: { title: (name) => `Run ${name} on gevent`, params: { worker_class: 'gevent', threads: 1 } },
  flask: { title: (name) => `Run ${name} on gevent`, params: { worker_class: 'gevent', threads: 1 } },
  fastapi: { title: (name) => `Run ${name} on an event loop`, params: { worker_class: 'asgi', server: 'uvicorn', threads: 1 } },
};

function fixesFor(view: NodeView, server: ProcessServerResource, slots: number, { aim, mostThreads }: { readonly aim: number; readonly mostThreads: number }): RuleFix[] {
  const { id, node: { name }, out, params: { values } } = view;
  const threads = roundUp((server.worker_class === 'sync' ? 1 : server.threads) * (slots / aim));
  const blocks = out.some(({ params, idleReason }) => idleReason === null && params.values.blocking_driver);
  const loop = blocks ? undefined : LOOPS[String(values['framework'])];
  return [
    ...(threads <= mostThreads ? [fix('threads', `Use ${threads} threads in each process of ${name}`, setNodeParams(id, { worker_class: 'gthread', threads }))] : []),
    ...(loop === undefined ? [] : [fix('event-loop', loop.title(name), setNodeParams(id, loop.params))]),
  ];
}

const behindBank = (latency_ms: number, api: Parameters<typeof setNodeParams>[1] = {}) =>
  sketch({ nodes: { users: 'client', api: ['monolith', { framework: 'flask', ...api }], bank: ['external-api', { latency_ms }] }, edges: ['users>api', ['api>bank', { op: 'read' }]], workload: { peak_rps: 40 } });

/** Workers that all wait while the processors stand idle. */
export const syncWorkerStarvation = defineRule({
  id: 'sync-worker-starvation',
  meta: {
    title: 'Waiting requests hold no workers',
    failureTitle: 'Workers all wait, processors idle',
    axes: ['latency', 'scalability', 'isolation'],
    penalises: [],
    severity: ['critical', 'major'],
    kind: 'metric',
    rationale: 'A worker without an event loop handles one request at a time for each thread, also while it only waits. Ten workers whose requests wait 300 ms carry 33 requests a second, however fast the processors are.',
    tradeOff: 'More requests at once meet the connection pool and the limits of what they call. Gevent needs libraries that it can patch, an event loop needs asynchronous drivers.',
    whenNotToApply: 'The small number of workers is there on purpose, to keep the load from what is called.',
    sources: ['azure-antipatterns', 'gunicorn-design'],
    explains: ['station-overload'],
    concepts: ['synchronous input and output', 'worker processes', 'threads'],
  },
  options: {
    // knee of a shared tier: from here requests queue for a worker
    slots: 0.85,
    // everyone is waiting and the queue grows
    full: 1,
    // above this the processors are what gives out next, and more slots gain little
    cpu: 0.6,
    // share of the slots in use after the fix
    aim: 0.6,
    // threads of one process: as many as an application server of Java starts, more are a sign to use an event loop
    mostThreads: 200,
  },
  requires: ['nodes'],
  messages: {
    starved: 'All {slots:count} worker slots of {node:name} are taken by requests that wait, {hold:ms} each: it carries {capacity:rate} of {rate:rate} while its processors are {cpu:utilisation} busy. Use more threads or an event loop, or wait less.',
    near: '{used:utilisation} of the {slots:count} worker slots of {node:name} are taken by requests that wait, {hold:ms} each, while its processors are {cpu:utilisation} busy: at {capacity:rate} none is left. Use more threads or an event loop, or wait less.',
  },
  check: ({ facts, options, report, notApplicable }) => {
    const holding = liveNodesHolding(facts, 'process-server').filter((view) => holdingServer(view) !== null);
    if (holding.length === 0) return notApplicable();
    for (const view of holding) {
      const found = facts.evaluation.nodes[view.id];
      const server = holdingServer(view);
      if (found === undefined || server === null) continue;
      const { utilisation: used, capacity_rps } = loadOf(found, 'slots');
      const cpu = loadOf(found, 'cpu').utilisation;
      if (used <= options.slots || cpu >= options.cpu || !anythingStated(facts, view)) continue;
      const full = used >= options.full;
      const { evidence } = found;
      report({
        targets: [onNode(view)], messageId: full ? 'starved' : 'near', severity: full ? 'critical' : 'major',
        data: { node: view.id, resource: 'slots', slots: evidence['slots'] ?? 0, hold: ((evidence['cpu_s'] ?? 0) + (evidence['downstream_s'] ?? 0)) * 1000, used, cpu, rate: found.arrival_rps, capacity: capacity_rps ?? 0 },
        fixes: fixesFor(view, server, used, options),
      });
    }
  },
  examples: {
    valid: [
      { title: 'ten workers, a bank that takes 227 ms', design: behindBank(227) },
      { title: 'the processors are as busy as the slots', design: behindBank(200, { cpu_ms: 65, vcpu: 2 }) },
      { title: 'threads for those that wait', design: behindBank(300, { worker_class: 'gthread', threads: 4 }) },
    ],
    invalid: [
      { title: 'ten workers, a bank that takes 228 ms', design: behindBank(228), expect: ['near'] },
      { title: 'ten workers, a bank that takes 300 ms', design: behindBank(300), expect: ['starved'] },
      { title: 'two threads each, a bank that takes 600 ms', design: behindBank(600, { worker_class: 'gthread', threads: 2 }), expect: ['starved'] },
      { title: 'threads of an application server', design: behindBank(600, { framework: 'spring', worker_class: 'gthread', threads: 10 }), expect: ['starved'] },
      { title: 'a driver that would block an event loop', design: sketch({ nodes: { users: 'client', api: ['monolith', {}], bank: ['external-api', { latency_ms: 300 }] }, edges: ['users>api', ['api>bank', { op: 'read', blocking_driver: true }]], workload: { peak_rps: 40 } }), expect: ['starved'] },
    ],
    notApplicable: [
      { title: 'an event loop', design: sketch({ nodes: { users: 'client', api: 'service', bank: 'external-api' }, edges: ['users>api>bank'] }) },
    ],
  },
});
