import type { NodeView } from '../../../shared/contracts/graph-view.ts';
import { defineRule, type Facts, type RuleFix } from '../../../shared/contracts/rule.ts';
import { sketch, threeBox } from '../common/examples.ts';
import { addEdge, addNode, fix, setNodeParam } from '../common/fixes.ts';
import { askNode, stateOf } from '../common/practice.ts';
import { aboutNode, liveNodesHaving, onNode } from '../common/targets.ts';

/** Own code that may run more than once: several instances, scaled by load, or started by the platform. */
function runsSeveralTimes(facts: Facts, { id, behavior }: NodeView): boolean {
  return (facts.evaluation.nodes[id]?.units ?? 1) > 1 || behavior.autoscale !== null || behavior.role === 'function';
}

function keepsSessions({ behavior }: NodeView): boolean {
  return behavior.resources.some((resource) => resource.kind === 'cache' && resource.roles.includes('session'));
}

/** Sessions go to the session store that is drawn, else to a new one; files of workers to an object store. */
function fixesFor(view: NodeView, drawn: NodeView | undefined): RuleFix[] {
  const { id, node: { name }, behavior, out } = view;
  const stateless = setNodeParam(id, 'tf_stateless', true);
  const files = fix('files', `Keep the files of ${name} in an object store`, addNode({ id: 'files', type: 'object-store', name: 'Files' }, [{ from: id }]), stateless);
  if (behavior.role === 'worker') return [files];
  if (drawn === undefined) return [fix('sessions', `Keep the sessions of ${name} in Redis`, addNode({ id: 'sessions', type: 'redis', name: 'Sessions', params: { roles: ['session'] } }, [{ from: id }]), stateless), files];
  const link = out.some((edge) => edge.to === drawn) ? [] : [addEdge(id, drawn.id)];
  return [fix('sessions', `Keep the sessions of ${name} in ${drawn.node.name}`, ...link, stateless), files];
}

/** Sessions, uploads or logs on an instance that is one of several. */
export const localStateBehindLb = defineRule({
  id: 'local-state-behind-lb',
  meta: {
    title: 'Instances keep no state of their own',
    failureTitle: 'State on one instance of several',
    axes: ['scalability', 'availability', 'isolation', 'consistency'],
    penalises: ['isolation', 'consistency'],
    severity: ['critical', 'major'],
    kind: 'structural',
    rationale: 'The next request may reach another instance, and a restart wipes what the instance held. It breaks scaling out, rolling deploys and failover at once.',
    tradeOff: 'One more network hop of about 0.8 ms, and a store that requests cannot do without.',
    whenNotToApply: 'What is kept is a copy that can be made again at any time, such as a local cache of reference data.',
    sources: ['twelve-factor'],
    concepts: ['stateless processes', 'shared-nothing', 'session management'],
  },
  options: {},
  requires: ['nodes'],
  messages: {
    state: '{node:name} keeps sessions or files on the instance and runs more than once: the next request may not find them, and a restart loses them. Keep them in a store that all instances reach.',
    logs: '{node:name} writes its logs to the instance and runs more than once: they are scattered and end with it. Write them to standard output and collect them.',
  },
  check: ({ facts, report, ask, notApplicable }) => {
    const code = liveNodesHaving(facts, 'tf_stateless');
    if (code.length === 0) return notApplicable();
    const drawn = facts.graph.nodes.find(keepsSessions);
    const state = (view: NodeView) => ({ data: { node: view.id }, messageId: 'state', severity: 'critical', fixes: () => fixesFor(view, drawn) }) as const;
    const unset: NodeView[] = [];
    for (const view of code) {
      if (!runsSeveralTimes(facts, view)) continue;
      const stateless = stateOf(view.params, 'tf_stateless');
      if (stateless === 'unset') unset.push(view);
      else if (stateless === 'no') report({ targets: [onNode(view)], ...state(view) });
      // only when it is said: asking about logs beside state would be a second question about one habit
      if (stateOf(view.params, 'tf_logs_stdout') === 'no') {
        // a lost log is no lost data of a user
        report({ targets: [onNode(view)], data: { node: view.id }, subtracts: false, messageId: 'logs', severity: 'major', fixes: [fix('stdout', `Write the logs of ${view.node.name} to standard output`, setNodeParam(view.id, 'tf_logs_stdout', true))] });
      }
    }
    ask({ about: unset, targets: (view) => [aboutNode(facts, view)], report: (view) => ({ ...state(view), question: askNode(facts, view, 'tf_stateless') }) });
  },
  examples: {
    valid: [
      { title: 'two instances without state', design: threeBox({ api: { tf_stateless: true } }) },
      { title: 'one instance with state', design: threeBox({ api: { instances: 1, tf_stateless: false, tf_logs_stdout: false } }) },
    ],
    invalid: [
      { title: 'sessions on two instances', design: threeBox({ api: { tf_stateless: false } }), expect: ['state'] },
      { title: 'a session store is drawn and not used', design: sketch({ nodes: { users: 'client', api: ['service', { tf_stateless: false }], other: ['service', { tf_stateless: true }], sessions: ['redis', { roles: ['session'] }] }, edges: ['users>api>other>sessions'] }), expect: ['state'] },
      { title: 'workers that keep files', design: sketch({ nodes: { users: 'client', api: ['service', { tf_stateless: true }], tasks: 'rabbitmq', worker: ['celery-worker', { tf_stateless: false }] }, edges: ['users>api>tasks>worker'], workload: { peak_rps: 10 } }), expect: ['state'] },
      { title: 'log files on two instances', design: threeBox({ api: { tf_stateless: true, tf_logs_stdout: false } }), expect: ['logs'] },
      { title: 'not said', design: threeBox(), expect: ['state'] },
    ],
    notApplicable: [
      { title: 'no own code', design: sketch({ nodes: { users: 'client', site: 'object-store' }, edges: ['users>site'] }) },
    ],
  },
});
