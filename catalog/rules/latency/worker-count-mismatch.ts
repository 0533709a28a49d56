import type { ProcessServerResource } from '../../../shared/contracts/behavior.ts';
import type { NodeView } from '../../../shared/contracts/graph-view.ts';
import { defineRule, type RuleFix } from '../../../shared/contracts/rule.ts';
import { sketch, threeBox } from '../common/examples.ts';
import { fix, setNodeParam } from '../common/fixes.ts';
import { roundUpGb } from '../common/sizing.ts';
import { liveNodesHolding, onNode } from '../common/targets.ts';
import { resourceOf } from '../common/views.ts';

const MB_PER_GB = 1024;

/** Cores that no process computes on. Runtimes without a lock use all cores from one process. */
function hasIdleCores({ gil, workers, threads, vcpu }: ProcessServerResource): boolean {
  return (gil ? workers : workers * threads) < Math.round(vcpu);
}

/** The usual number: one loop for each core, else two for each core and one (Gunicorn), as far as the memory goes. */
function usualWorkers({ worker_class, vcpu }: ProcessServerResource, most: number): number {
  const usual = worker_class === 'asgi' || worker_class === 'gevent' ? Math.round(vcpu) : Math.round(2 * vcpu + 1);
  return Math.max(1, Math.min(usual, most));
}

function useWorkers({ id, node: { name } }: NodeView, workers: number): RuleFix {
  return fix('workers', `Use ${workers} worker ${workers === 1 ? 'process' : 'processes'} in ${name}`, setNodeParam(id, 'workers', workers));
}

/** Worker processes that do not fit the cores or the memory of their machine. */
export const workerCountMismatch = defineRule({
  id: 'worker-count-mismatch',
  meta: {
    title: 'Worker processes fit cores and memory',
    failureTitle: 'Workers do not fit the machine',
    axes: ['latency', 'cost', 'scalability'],
    penalises: ['scalability'],
    severity: ['major', 'minor'],
    kind: 'structural',
    rationale: 'Fewer processes than cores leave cores idle. Many more switch all the time and open connections that nobody uses. More than the memory holds are killed in the middle of requests.',
    tradeOff: 'Fewer workers have fewer slots for requests that wait: use threads or an event loop for those.',
    whenNotToApply: 'The machine is shared with something else that needs the cores, or a load test found another number to be best.',
    sources: ['gunicorn-design', 'gunicorn-settings'],
    concepts: ['worker processes', 'context switching'],
  },
  options: {
    // Gunicorn advises 2 to 4 for each core; beyond that the cores only switch
    mostPerCore: 4,
    // one more takes over while another waits for the disk
    extra: 1,
    // the rest of the memory belongs to the system and to peaks
    memoryShare: 0.9,
  },
  requires: ['nodes'],
  messages: {
    idle: '{node:name} has {vcpu:count} vCPUs and worker processes for {workers:count} of them: the rest stand idle. Use {wanted:count}.',
    crowded: '{node:name} runs {workers:count} worker processes on {vcpu:count} vCPUs: they switch more than they work, and each opens connections of its own. Use {wanted:count}, and more instances for more load.',
    memory: 'The {workers:count} worker processes of {node:name} need {needed_gb:gb} and the machine has {memory_gb:gb}: under load one is killed with its requests. Use fewer, or more memory.',
  },
  check: ({ facts, options, report, notApplicable }) => {
    const applications = liveNodesHolding(facts, 'process-server');
    if (applications.length === 0) return notApplicable();
    for (const view of applications) {
      const server = resourceOf(view, 'process-server');
      if (server === null) continue;
      const { workers, vcpu, rss_mb, memory_gb } = server;
      const fitting = Math.floor((options.memoryShare * memory_gb * MB_PER_GB) / rss_mb);
      const crowded = workers > options.mostPerCore * vcpu + options.extra;
      if (workers <= fitting && !crowded && !hasIdleCores(server)) continue;
      const wanted = usualWorkers(server, fitting);
      const common = { targets: [onNode(view)], data: { node: view.id, workers, vcpu, wanted, needed_gb: (workers * rss_mb) / MB_PER_GB, memory_gb } };
      if (workers > fitting) {
        const memory = roundUpGb((workers * rss_mb) / MB_PER_GB / options.memoryShare);
        const larger = fix('memory', `Give ${view.node.name} ${memory} GB of memory`, setNodeParam(view.id, 'mem_gb', memory));
        report({ ...common, messageId: 'memory', severity: 'major', fixes: [...(wanted < Math.round(vcpu) && server.gil ? [] : [useWorkers(view, wanted)]), ...(crowded ? [] : [larger])] });
      } else if (crowded) report({ ...common, messageId: 'crowded', severity: 'minor', fixes: [useWorkers(view, wanted)] });
      // idle cores lower the capacity already: nothing is subtracted twice
      else report({ ...common, subtracts: false, messageId: 'idle', severity: 'minor', fixes: wanted > workers ? [useWorkers(view, wanted)] : [] });
    }
  },
  examples: {
    valid: [
      { title: 'four for each core and one', design: threeBox({ api: { vcpu: 2, workers: 9 } }) },
      { title: 'one process of Go uses all cores', design: threeBox({ api: { framework: 'go', vcpu: 8 } }) },
      { title: 'exactly what fits', design: threeBox({ api: { vcpu: 2, workers: 9, mem_gb: 1, rss_mb: 102 } }) },
    ],
    invalid: [
      { title: 'one process on two cores', design: threeBox({ api: { vcpu: 2, workers: 1 } }), expect: ['idle'] },
      { title: 'ten on two cores', design: threeBox({ api: { vcpu: 2, workers: 10 } }), expect: ['crowded'] },
      { title: 'a little more memory than there is', design: threeBox({ api: { vcpu: 2, workers: 9, mem_gb: 1, rss_mb: 103 } }), expect: ['memory'] },
      { title: 'far too many', design: threeBox({ api: { framework: 'django', worker_class: 'sync', vcpu: 2, workers: 64 } }), expect: ['memory'] },
    ],
    notApplicable: [
      { title: 'no server processes', design: sketch({ nodes: { users: 'client', api: 'lambda' }, edges: ['users>api'] }) },
    ],
  },
});
