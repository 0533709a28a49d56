import type { ResourceLoad, ResourceName, NodeResult } from '../../../shared/contracts/evaluation.ts';
import type { NodeView } from '../../../shared/contracts/graph-view.ts';
import { defineRule, type RuleFix } from '../../../shared/contracts/rule.ts';
import { sketch, threeBox } from '../common/examples.ts';
import { fix, scaleUnits, setNodeParam, setNodeParams } from '../common/fixes.ts';
import { anythingStated } from '../common/load.ts';
import { nodeResults } from '../common/results.ts';
import { inTitle, roundUp } from '../common/sizing.ts';
import { liveNodes, onNode } from '../common/targets.ts';

/** What each resource is called in a sentence: "busy on disk operations". */
const PLACES: Readonly<Record<ResourceName, string>> = {
  cpu: 'processor time', slots: 'worker slots', io: 'disk operations', conn: 'connections', quota: 'its quota', ops: 'operations', memory: 'memory',
  partitions: 'the busiest partition', bandwidth: 'network', throughput: 'throughput', concurrency: 'concurrency', apply: 'repeating writes on replicas', lock: 'the lock of the hottest row',
};

/** Limits that one instance more raises. */
const PER_INSTANCE: ReadonlySet<ResourceName> = new Set<ResourceName>(['cpu', 'slots', 'throughput', 'conn']);

/** The resource furthest beyond its knee. Only what the load drives: a full memory or pool has a rule of its own. */
function hottest(found: NodeResult): ResourceLoad | null {
  let worst: ResourceLoad | null = null;
  for (const load of found.resources) {
    if (load.capacity_rps === null || load.utilisation <= load.knee) continue;
    if (worst === null || load.utilisation / load.knee > worst.utilisation / worst.knee) worst = load;
  }
  return worst;
}

function moreInstances(view: NodeView, found: NodeResult, factor: number, aim: number): RuleFix {
  const { id, node: { name }, behavior: { autoscale } } = view;
  const wanted = roundUp(found.units_scaled * factor);
  if (autoscale === null) return fix('instances', `Run ${wanted} instances of ${name}`, scaleUnits(id, wanted));
  const stored = view.params.values['autoscale'] as Readonly<Record<string, unknown>>;
  const most = Math.max(autoscale.max, wanted);
  return fix('instances', `Let ${name} scale to ${most} instances`, setNodeParam(id, 'autoscale', { ...stored, max: most, target: Math.min(autoscale.target, aim) }));
}

/** Threads help where requests wait and cores are free. */
function moreThreads({ id, node: { name }, behavior }: NodeView, found: NodeResult, factor: number): RuleFix[] {
  const server = behavior.resources.find((resource) => resource.kind === 'process-server');
  const cpu = found.resources.find(({ resource }) => resource === 'cpu');
  if (server?.kind !== 'process-server' || (server.worker_class !== 'sync' && server.worker_class !== 'gthread') || (cpu && cpu.utilisation > cpu.knee)) return [];
  const threads = roundUp((server.worker_class === 'sync' ? 1 : server.threads) * factor);
  return [fix('threads', `Use ${threads} threads in each process of ${name}`, setNodeParams(id, { worker_class: 'gthread', threads }))];
}

function databaseFixes({ id, node: { name }, behavior }: NodeView, resource: ResourceName, factor: number): RuleFix[] {
  const store = behavior.resources.find(({ kind }) => kind === 'replicated-store');
  if (store?.kind !== 'replicated-store') return [];
  const vcpu = roundUp(store.vcpu * factor);
  const iops = roundUp(store.iops * factor);
  if (resource === 'io') return iops <= store.max_iops ? [fix('iops', `Give ${name} ${inTitle(iops)} IOPS`, setNodeParam(id, 'iops', iops))] : [];
  if (resource !== 'cpu' && resource !== 'apply') return [];
  return vcpu <= store.max_vcpu ? [fix('vcpu', `Give ${name} ${vcpu} vCPUs`, setNodeParam(id, 'vcpu', vcpu))] : [];
}

function brokerFixes({ id, node: { name }, params: { values } }: NodeView, resource: ResourceName, factor: number): RuleFix[] {
  if (resource !== 'partitions') return [];
  const key = ['queues', 'partitions'].find((candidate) => typeof values[candidate] === 'number');
  if (key === undefined) return [];
  const wanted = roundUp((values[key] as number) * factor);
  return [fix('partitions', `Use ${wanted} ${key} in ${name}`, setNodeParam(id, key, wanted))];
}

/** More of the binding resource only. Stores and brokers first: they have no instances to add. */
function fixesFor(view: NodeView, found: NodeResult, { resource, utilisation }: ResourceLoad, aim: number): RuleFix[] {
  const { id, node: { name }, behavior, params: { values } } = view;
  const factor = utilisation / aim;
  if (behavior.role === 'relational') return databaseFixes(view, resource, factor);
  const cache = behavior.resources.find(({ kind }) => kind === 'cache');
  if (cache?.kind === 'cache' && resource === 'ops') {
    const shards = roundUp(cache.shards * factor);
    return [fix('shards', `Split ${name} into ${shards} shards`, setNodeParam(id, 'shards', shards))];
  }
  if (behavior.resources.some(({ kind }) => kind === 'message-broker')) return brokerFixes(view, resource, factor);
  if (!PER_INSTANCE.has(resource) || typeof values['instances'] !== 'number') return [];
  return [...(resource === 'slots' ? moreThreads(view, found, factor) : []), moreInstances(view, found, factor, aim)];
}

/** Takes only work that waits for it in a queue: what exceeds its capacity is late and not lost. */
function isQueued(view: NodeView): boolean {
  const fed = view.in.filter(({ idleReason }) => idleReason === null);
  return fed.length > 0 && fed.every(({ synchronous }) => !synchronous);
}

/** A component beyond the knee of one of its resources. */
export const stationOverload = defineRule({
  id: 'station-overload',
  meta: {
    title: 'Every component has room for its load',
    failureTitle: 'Component at or beyond its limit',
    axes: ['scalability', 'latency', 'availability'],
    penalises: [],
    severity: ['critical', 'major'],
    kind: 'metric',
    rationale: 'Waiting grows with 1 / (1 − utilisation): at 85 % busy a request waits almost six times as long as at 50 %. At 100 % there is no steady state: what exceeds the capacity fails, or waits in a queue that only grows.',
    tradeOff: 'More capacity costs money, in a store also work to run it, and the limit moves to the component behind.',
    whenNotToApply: 'Work that may wait, such as a nightly batch behind a queue that is empty again in time.',
    sources: ['kleinrock', 'lazowska', 'sre-book-22'],
    concepts: ['utilisation', 'queueing', 'saturation', 'scaling out', 'vertical scaling'],
  },
  options: {
    // from here the load exceeds the capacity and no steady state exists; below it the knee of the resource counts:
    // .85 for shared tiers, .70 for single writers, broker leaders and shards of single-threaded stores
    saturated: 1,
    // use after the fix: waits are short and one of three units may be lost
    aim: 0.6,
    // what is lost beyond the capacity is written in whole percents: below half of one it is none
    lost: 0.005,
  },
  requires: ['nodes'],
  messages: {
    saturated: '{node:name} is saturated on {place}: {rate:rate} arrive, it carries {capacity:rate}, so {lost:percent} fail. Bring it to {aim:utilisation} busy, or send it less.',
    backlog: '{node:name} falls behind on {place}: {rate:rate} arrive, it does {capacity:rate}, so its backlog grows by {growth:rate}. Bring it to {aim:utilisation} busy, or send it less.',
    full: '{node:name} is full on {place}: {rate:rate} arrive and it carries no more, so waits grow without end. Bring it to {aim:utilisation} busy, or send it less.',
    knee: '{node:name} is {utilisation:utilisation} busy on {place}, past its knee of {knee:utilisation}: waits grow fast from here, and at {capacity:rate} it is full. Bring it to {aim:utilisation}.',
  },
  check: ({ facts, options, report, notApplicable }) => {
    const results = nodeResults(facts);
    const limited = liveNodes(facts).filter(({ index }) => results[index]?.utilisation != null);
    if (limited.length === 0) return notApplicable();
    for (const view of limited) {
      const found = results[view.index] as NodeResult;
      const load = hottest(found);
      if (load === null || !anythingStated(facts, view)) continue;
      const { resource, utilisation, knee } = load;
      const critical = utilisation >= options.saturated;
      const lost = critical ? 1 - 1 / utilisation : 0;
      const capacity = load.capacity_rps ?? 0;
      report({
        targets: [onNode(view)],
        messageId: !critical ? 'knee' : lost < options.lost ? 'full' : isQueued(view) ? 'backlog' : 'saturated',
        severity: critical ? 'critical' : 'major',
        data: { node: view.id, resource, place: PLACES[resource], utilisation, knee, rate: found.arrival_rps, capacity, growth: Math.max(0, found.arrival_rps - capacity), lost, aim: options.aim },
        fixes: fixesFor(view, found, load, options.aim),
      });
    }
  },
  examples: {
    valid: [
      { title: 'busy, below the knee', design: threeBox({ api: { cpu_ms: 33 } }) },
      { title: 'an assumed rate of tasks of an assumed second', design: sketch({ nodes: { users: 'client', api: 'service', tasks: 'rabbitmq', worker: 'celery-worker' }, edges: ['users>api>tasks>worker'] }) },
    ],
    invalid: [
      { title: 'just past the knee', design: threeBox({ api: { cpu_ms: 34.4 } }), expect: ['knee'] },
      { title: 'more than it carries', design: threeBox({ api: { cpu_ms: 50 } }), expect: ['saturated'] },
      { title: 'exactly as much as it carries', design: threeBox({ api: { cpu_ms: 40 } }), expect: ['full'] },
      { title: 'tasks come faster than they are done', design: sketch({ nodes: { users: 'client', api: ['service', { instances: 20 }], tasks: 'rabbitmq', worker: ['celery-worker', { task_cpu_s: 0.1, task_io_s: 0 }] }, edges: ['users>api', ['api>tasks', { op: 'write' }], 'tasks>worker'], workload: { peak_rps: 1000 } }), expect: ['backlog'] },
      { title: 'scaled out and still full', design: threeBox({ api: { cpu_ms: 50, autoscale: { min: 2, max: 2, target: 0.9 } } }), expect: ['saturated'] },
      { title: 'all workers wait for a slow third party', design: sketch({ nodes: { users: 'client', api: ['monolith', { workers: 5 }], bank: ['external-api', { latency_ms: 300 }] }, edges: ['users>api', ['api>bank', { op: 'read' }]], workload: { peak_rps: 40 } }), expect: ['saturated'] },
      { title: 'a single writer past 70 %', design: threeBox({ api: { instances: 20 }, db: { write_cpu_ms: 15 } }, { workload: { peak_rps: 1000 } }), expect: ['knee'] },
      { title: 'a disk with few operations', design: threeBox({ api: { instances: 20 }, db: { iops: 290 } }, { workload: { peak_rps: 1000 } }), expect: ['saturated'] },
      { title: 'one thread serves all commands', design: sketch({ nodes: { users: 'client', api: ['service', { instances: 20 }], sessions: ['redis', { roles: ['session'], ops_per_s: 1200 }] }, edges: ['users>api>sessions'], workload: { peak_rps: 1000 } }), expect: ['knee'] },
      { title: 'one queue for everything', design: sketch({ nodes: { users: 'client', api: ['service', { instances: 20 }], tasks: ['rabbitmq', { queue_msg_s: 120 }], worker: ['celery-worker', { task_cpu_s: 0.001, task_io_s: 0 }] }, edges: ['users>api>tasks>worker'], workload: { peak_rps: 1000 } }), expect: ['knee'] },
    ],
    notApplicable: [
      { title: 'nothing drawn has a limit', design: sketch({ nodes: { users: 'client', bank: 'external-api' }, edges: ['users>bank'] }) },
    ],
  },
});
