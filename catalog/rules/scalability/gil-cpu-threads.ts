import type { ProcessServerResource } from '../../../shared/contracts/behavior.ts';
import type { NodeView } from '../../../shared/contracts/graph-view.ts';
import { defineRule } from '../../../shared/contracts/rule.ts';
import { sketch, threeBox } from '../common/examples.ts';
import { fix, setNodeParam } from '../common/fixes.ts';
import { liveNodesHolding, onNode } from '../common/targets.ts';

const PYTHON: ReadonlySet<unknown> = new Set(['django', 'flask', 'fastapi']);

/** Process server of a Python application under the interpreter lock. */
function pythonServer({ behavior, params }: NodeView): ProcessServerResource | null {
  const server = behavior.resources.find(({ kind }) => kind === 'process-server');
  return server?.kind === 'process-server' && server.gil && PYTHON.has(params.values['framework']) ? server : null;
}

/** Threads where only processes help. */
export const gilCpuThreads = defineRule({
  id: 'gil-cpu-threads',
  meta: {
    title: 'CPU-bound Python uses processes',
    failureTitle: 'Threads on CPU-bound Python',
    axes: ['scalability', 'latency'],
    penalises: [],
    severity: ['major'],
    kind: 'structural',
    rationale: 'One thread of a Python process runs at a time. Where requests compute and hardly wait, further threads add switching and nothing else, and cores without a process stand idle.',
    tradeOff: 'Each process has its own memory and its own connections to the database.',
    whenNotToApply: 'The time is spent in libraries that release the lock, such as image or matrix routines, or the build is free-threaded.',
    sources: ['gunicorn-design', 'python-gil'],
    explains: ['worker-count-mismatch'],
    concepts: ['global interpreter lock', 'processes and threads'],
  },
  options: {
    // below this share of computing a thread has waits to overlap with and earns its place
    cpuShare: 0.7,
  },
  requires: ['nodes'],
  messages: {
    threads: 'Threads do not help in {node:name}: {share:percent} of the time is Python code, of which one thread per process runs at a time. Use {wanted:count} processes: {now:rate} to {then:rate}.',
  },
  check: ({ facts, options, report, notApplicable }) => {
    const applications = liveNodesHolding(facts, 'process-server').filter((view) => pythonServer(view) !== null);
    if (applications.length === 0) return notApplicable();
    for (const view of applications) {
      const server = pythonServer(view);
      const found = facts.evaluation.nodes[view.id];
      // an event loop and a single thread have no threads to take away
      if (server === null || found === undefined || server.worker_class !== 'gthread' || server.threads < 2 || server.workers >= server.vcpu) continue;
      const cpuS = found.evidence['cpu_s'] ?? 0;
      const share = cpuS > 0 ? cpuS / (cpuS + (found.evidence['downstream_s'] ?? 0)) : 0;
      if (share <= options.cpuShare) continue;
      const wanted = Math.ceil(server.vcpu);
      const now = found.capacity_rps ?? 0;
      report({
        targets: [onNode(view)],
        messageId: 'threads',
        severity: 'major',
        // below one process per core both limits of the tier grow in step with the processes
        data: { node: view.id, share, wanted, now, then: (now * server.vcpu) / server.workers },
        fixes: [fix('processes', `Use ${wanted} processes in ${view.node.name}`, setNodeParam(view.id, 'workers', wanted))],
      });
    }
  },
  examples: {
    valid: [
      { title: 'a process for each core', design: threeBox({ api: { worker_class: 'gthread', vcpu: 4, workers: 4, threads: 4 } }) },
      { title: 'threads that mostly wait', design: threeBox({ api: { worker_class: 'gthread', vcpu: 4, workers: 1, threads: 8, cpu_ms: 10, io_ms: 4 } }) },
      { title: 'an event loop', design: threeBox({ api: { vcpu: 4, workers: 1, cpu_ms: 10 } }) },
    ],
    invalid: [
      { title: 'eight threads on one of four cores', design: threeBox({ api: { worker_class: 'gthread', vcpu: 4, workers: 1, threads: 8, cpu_ms: 10 } }), expect: ['threads'] },
      { title: 'just over 70 % Python', design: threeBox({ api: { worker_class: 'gthread', vcpu: 4, workers: 3, threads: 2, cpu_ms: 10, io_ms: 2 } }), expect: ['threads'] },
    ],
    notApplicable: [
      { title: 'no Python', design: threeBox({ api: { framework: 'go' } }) },
      { title: 'only functions', design: sketch({ nodes: { users: 'client', api: 'lambda' }, edges: ['users>api'] }) },
    ],
  },
});
