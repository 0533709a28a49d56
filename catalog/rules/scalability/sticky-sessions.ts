import type { BalancerResource } from '../../../shared/contracts/behavior.ts';
import type { EdgeView, NodeView } from '../../../shared/contracts/graph-view.ts';
import { defineRule, type Facts, type RuleFix } from '../../../shared/contracts/rule.ts';
import { sortFew } from '../../../shared/contracts/sort-few.ts';
import type { Params } from '../../../shared/model/design.ts';
import { sketch } from '../common/examples.ts';
import { addEdge, addNode, allOf, fix, setNodeParam, setNodeParams, type Change } from '../common/fixes.ts';
import { stateOf } from '../common/practice.ts';
import { byName } from '../common/views.ts';
import { liveEdgesOutOf, liveNodesHolding, onNode } from '../common/targets.ts';

/** A balancer before equal instances; owners of a share of the keys each are chosen by key on purpose. */
function balancerOf({ behavior }: NodeView): BalancerResource | null {
  const found = behavior.routing === 'split' ? behavior.resources.find(({ kind }) => kind === 'balancer') : undefined;
  return found?.kind === 'balancer' && (found.mode ?? found.default_mode) !== 'partition' ? found : null;
}

interface Tier { readonly balancer: NodeView; readonly edges: readonly EdgeView[]; readonly units: number }

/** Own code behind a balancer that ties users to an instance; null when there is only one instance to be tied to. */
function tierOf(facts: Facts, balancer: NodeView): Tier | null {
  const edges = liveEdgesOutOf(facts, balancer).filter(({ synchronous, to }) => synchronous && 'tf_stateless' in to.params.values);
  const units = edges.reduce((sum, { to }) => sum + (facts.evaluation.nodes[to.id]?.units ?? 1), 0);
  return units > 1 || edges.some(({ to }) => to.behavior.autoscale !== null) ? { balancer, edges, units } : null;
}

/** Every instance may answer every request. */
function release({ id, params: { values } }: NodeView): Change {
  return setNodeParams(id, { ...(values['algorithm'] === 'ip_hash' ? { algorithm: 'least_conn' } : {}), ...('sticky' in values ? { sticky: 'none' } : {}) });
}

function keepsSessions({ behavior }: NodeView): boolean {
  return behavior.resources.some((resource) => resource.kind === 'cache' && resource.roles.includes('session'));
}

/** State goes to the session store that is drawn, else to a new one, or into what the client sends along. */
function moveState(facts: Facts, balancer: NodeView, holders: readonly NodeView[]): RuleFix[] {
  const [first] = holders;
  if (first === undefined) return [];
  const drawn = facts.graph.nodes.find(keepsSessions);
  const stateless = allOf(...holders.map(({ id }) => setNodeParam(id, 'tf_stateless', true)), release(balancer));
  const linked = holders.filter(({ out }) => drawn === undefined || !out.some(({ to }) => to === drawn));
  const store: Change = drawn === undefined
    ? addNode({ id: 'sessions', type: 'redis', name: 'Sessions', params: { roles: ['session'] } }, linked.map(({ id }) => ({ from: id })))
    : allOf(...linked.map(({ id }) => addEdge(id, drawn.id)));
  return [
    fix('sessions', `Keep the sessions of ${first.node.name} in ${drawn?.node.name ?? 'Redis'}`, store, stateless),
    fix('tokens', `Keep the sessions of ${first.node.name} in signed tokens`, stateless),
  ];
}

const behind = (balancer: Params, api: Params = {}, type = 'lb-managed') =>
  sketch({ nodes: { users: 'client', lb: [type, balancer], api: ['service', { instances: 3, ...api }] }, edges: ['users>lb>api'] });

/** A balancer that ties each user to one instance. */
export const stickySessions = defineRule({
  id: 'sticky-sessions',
  meta: {
    title: 'Any instance answers any user',
    failureTitle: 'Users tied to one instance',
    axes: ['scalability', 'isolation', 'availability'],
    penalises: ['isolation'],
    severity: ['major', 'minor'],
    kind: 'structural',
    rationale: 'Stickiness hides that an instance keeps state. When it is lost, its users are logged out; when the tier grows or shrinks, users change places; and the load cannot even out, because requests follow their users.',
    tradeOff: 'A session store is one more hop that requests cannot do without, and a signed token is hard to take back before it expires.',
    whenNotToApply: 'Connections that stay open belong to one instance anyway, and a local cache that can be made again is only slower elsewhere.',
    sources: ['twelve-factor'],
    concepts: ['session affinity', 'shared-nothing', 'session management'],
  },
  options: {},
  requires: ['nodes'],
  messages: {
    state: '{node:name} ties users to one instance because {holder:name} keeps their state: losing an instance logs out {share:percent} of them, and a change of size moves users. Keep sessions in a shared store or in signed tokens.',
    uneven: '{node:name} ties each user to one of {units:count} instances: the load cannot even out, and new instances wait for new users. Unless they keep state, let any instance answer.',
  },
  check: ({ facts, report, notApplicable }) => {
    const balancers = liveNodesHolding(facts, 'balancer').filter((view) => balancerOf(view) !== null);
    if (balancers.length === 0) return notApplicable();
    for (const view of balancers) {
      const tier = balancerOf(view)?.sticky === true ? tierOf(facts, view) : null;
      if (tier === null) continue;
      const { edges, units } = tier;
      const holders = sortFew([...new Set(edges.map(({ to }) => to))].filter(({ params }) => stateOf(params, 'tf_stateless') === 'no'), byName);
      const [holder] = holders;
      if (holder !== undefined) {
        report({ targets: [onNode(view), ...holders.map(onNode)], messageId: 'state', severity: 'major', data: { node: view.id, holder: holder.id, units, share: 1 / units, resource: 'state' }, fixes: moveState(facts, view, holders) });
      } else if (edges.some(({ kind }) => kind !== 'ws')) {
        // whether it keeps state is asked once, by local-state-behind-lb; the imbalance is in the load already and subtracts nothing
        report({ targets: [onNode(view)], messageId: 'uneven', severity: 'minor', subtracts: false, data: { node: view.id, units, resource: 'balance' }, fixes: [fix('release', `Let ${view.node.name} send any user to any instance`, release(view))] });
      }
    }
  },
  examples: {
    valid: [
      { title: 'in turn', design: behind({}, { tf_stateless: false }) },
      { title: 'sticky before a single instance', design: behind({ sticky: 'cookie' }, { instances: 1, tf_stateless: false }) },
      { title: 'open connections stay where they are', design: sketch({ nodes: { users: 'client', lb: ['lb-managed', { sticky: 'cookie' }], chat: ['service', { instances: 3, tf_stateless: true }] }, edges: [['users>lb', {}, 'ws'], ['lb>chat', {}, 'ws']] }) },
    ],
    invalid: [
      { title: 'a cookie, sessions on the instances', design: behind({ sticky: 'cookie' }, { tf_stateless: false }), expect: ['state'] },
      { title: 'the address hash of a proxy, sessions on the instances', design: behind({ algorithm: 'ip_hash' }, { tf_stateless: false }, 'nginx'), expect: ['state'] },
      { title: 'a session store is drawn and one tier does not use it', design: sketch({ nodes: { users: 'client', lb: ['lb-managed', { sticky: 'ip' }], api: ['service', { tf_stateless: false }], other: ['service', { tf_stateless: true }], sessions: ['redis', { roles: ['session'] }] }, edges: ['users>lb>api', 'api>other>sessions'] }), expect: ['state'] },
      { title: 'a cookie, one instance that may become more', design: behind({ sticky: 'cookie' }, { instances: 1, autoscale: { min: 1, max: 4 }, tf_stateless: false }), expect: ['state'] },
      { title: 'a cookie, no state', design: behind({ sticky: 'cookie' }, { tf_stateless: true }), expect: ['uneven'] },
      { title: 'an address hash, nothing is said about state', design: behind({ algorithm: 'ip_hash' }), expect: ['uneven'] },
    ],
    notApplicable: [
      { title: 'no balancer', design: sketch({ nodes: { users: 'client', api: ['service', { tf_stateless: false }] }, edges: ['users>api'] }) },
    ],
  },
});
