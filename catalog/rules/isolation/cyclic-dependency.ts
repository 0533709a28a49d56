import type { EdgeView, NodeView } from '../../../shared/contracts/graph-view.ts';
import { defineRule, type RuleFix } from '../../../shared/contracts/rule.ts';
import { circles, goesRound, roundGain, type Circle } from '../common/circles.ts';
import { sketch } from '../common/examples.ts';
import { addNodeBetween, fix } from '../common/fixes.ts';
import { listOf, liveNodesOfRole, onEdge, onNode } from '../common/targets.ts';
import { byName } from '../common/views.ts';

/** Most calls that one card offers to turn into events. */
const OFFERED = 3;

const takesMessages = ({ behavior }: NodeView): boolean => behavior.failure.own_code && (behavior.role === 'compute' || behavior.role === 'function');

/** The rarest call first: it is the one that an event replaces most easily. */
function byCalls(a: EdgeView, b: EdgeView): number {
  const made = ({ params }: EdgeView): number => params.values.calls * params.values.probability;
  return made(a) - made(b) || byName(a.from, b.from) || byName(a.to, b.to);
}

/** Calls that alone keep the circle closed, each as an event that nobody waits for. */
function fixesFor({ calls }: Circle): RuleFix[] {
  const breaking = calls.filter((edge) => takesMessages(edge.from) && takesMessages(edge.to) && !goesRound(calls.filter((other) => other !== edge)));
  return breaking.sort(byCalls).slice(0, OFFERED).map((edge, rank) => fix(
    `event-${rank + 1}`, `Let ${edge.from.node.name} tell ${edge.to.node.name} through a queue`,
    addNodeBetween(edge.id, { id: `${edge.to.id}-events`, type: 'sqs', name: `${edge.to.node.name} events` }),
  ));
}

/** Services that wait for each other in a circle. */
export const cyclicDependency = defineRule({
  id: 'cyclic-dependency',
  meta: {
    title: 'Services do not call each other in a circle',
    failureTitle: 'Services call each other in a circle',
    axes: ['isolation', 'availability', 'scalability'],
    penalises: ['isolation'],
    severity: ['major', 'critical'],
    kind: 'structural',
    rationale: 'In a circle each service needs the others to start, to be released and to answer. Each holds a slot while it waits for the next, and when the slots of one run out all of them stand still.',
    tradeOff: 'What is told by an event instead of asked for is a little old, and someone must handle events that fail.',
    whenNotToApply: 'The call back is to another part of the same service that never calls on, as with a callback address, and it has slots of its own.',
    sources: ['taibi-smells'],
    concepts: ['microservices', 'cyclic dependency', 'fault isolation', 'event-driven'],
  },
  options: {
    // from here each request that goes round causes at least one more: the load grows without end
    endless: 1,
  },
  requires: ['nodes'],
  messages: {
    circle: '{services:names} call each other in a circle, and {gain:percent} of the requests come round again. None of them can start, be released or answer without the others: turn one of the calls into an event, or move what they share into a service of its own.',
    endless: '{services:names} call each other in a circle. As drawn, each request that comes round causes {gain:number} more and it never ends: say how rarely one of the calls is made, or turn it into an event.',
  },
  check: ({ facts, options, report, notApplicable }) => {
    const services = [...liveNodesOfRole(facts, 'compute'), ...liveNodesOfRole(facts, 'function')].filter(takesMessages);
    if (services.length < 2) return notApplicable();
    for (const circle of circles(facts)) {
      const gain = roundGain(facts, circle);
      // rounding of a product is no difference
      const endless = gain >= options.endless - 1e-9;
      report({
        targets: [...circle.members.map(onNode), ...circle.closing.map(onEdge)], messageId: endless ? 'endless' : 'circle', severity: endless ? 'critical' : 'major',
        data: { services: listOf(circle.members.map(({ id }) => id)), count: circle.members.length, gain }, fixes: fixesFor(circle),
      });
    }
  },
  examples: {
    valid: [
      { title: 'one calls the other', design: sketch({ nodes: { users: 'client', orders: 'service', stock: 'service' }, edges: ['users>orders>stock'] }) },
      { title: 'the answer comes back as an event', design: sketch({ nodes: { users: 'client', orders: 'service', stock: 'service', told: 'sqs' }, edges: ['users>orders>stock>told>orders'] }) },
      { title: 'a service reaches another through the balancer before both', design: sketch({ nodes: { users: 'client', front: 'lb-managed', orders: 'service', stock: 'service' }, edges: ['users>front>orders>front', 'front>stock'] }) },
    ],
    invalid: [
      { title: 'each call causes one back', design: sketch({ nodes: { users: 'client', orders: 'service', stock: 'service' }, edges: ['users>orders>stock>orders'] }), expect: ['endless'] },
      { title: 'nine of ten come back', design: sketch({ nodes: { users: 'client', orders: 'service', stock: 'service' }, edges: ['users>orders>stock', ['stock>orders', { probability: 0.9 }]] }), expect: ['circle'] },
      { title: 'three in a circle, users of two of them', design: sketch({ nodes: { users: 'client', orders: 'service', stock: 'service', prices: 'lambda' }, edges: ['users>orders>stock>prices', 'users>prices', ['prices>orders', { probability: 0.1 }]] }), expect: ['circle'] },
      { title: 'two ways back', design: sketch({ nodes: { users: 'client', orders: 'service', stock: 'service', prices: 'service' }, edges: ['users>orders>stock>prices', ['prices>orders', { probability: 0.2 }], ['stock>orders', { probability: 0.3 }]] }), expect: ['circle'] },
      { title: 'back through a balancer', design: sketch({ nodes: { users: 'client', front: 'lb-managed', orders: 'service', stock: 'service' }, edges: ['users>front>orders>stock>front'] }), expect: ['endless'] },
    ],
    notApplicable: [
      { title: 'one service', design: sketch({ nodes: { users: 'client', orders: 'service', db: 'rdbms' }, edges: ['users>orders>db'] }) },
    ],
  },
});
