import type { NodeView } from '../../../shared/contracts/graph-view.ts';
import { defineRule, type Facts, type RuleFix } from '../../../shared/contracts/rule.ts';
import type { Design } from '../../../shared/model/design.ts';
import { sketch, type Sketch } from '../common/examples.ts';
import { fix, redirectEdge, removeEdge, setNodeParam, type Change } from '../common/fixes.ts';
import { listOf, liveNodesOfType, onNode, shareOfTraffic } from '../common/targets.ts';
import { byName, isOfType, ownCallers } from '../common/views.ts';

/** Most merges that one card offers. */
const OFFERED = 3;

/** Processor time of one invocation, seconds; null for what is no process server. */
function cpuOf({ behavior }: NodeView): number | null {
  const server = behavior.resources.find((resource) => resource.kind === 'process-server');
  return server?.kind === 'process-server' ? server.demand.cpu_s : null;
}

function withoutNode(id: string): Change {
  return (design: Design) => {
    const without = <T>(record: Readonly<Record<string, T>>): Record<string, T> => Object.fromEntries(Object.entries(record).filter(([key]) => key !== id));
    const journeys = Object.fromEntries(Object.entries(design.journeys).map(([key, journey]) => [key, journey.demands === undefined ? journey : { ...journey, demands: without(journey.demands) }]));
    return { ...design, nodes: without(design.nodes), journeys, layout: { ...design.layout, nodes: without(design.layout.nodes) } };
  };
}

/** The one service that calls it, when nothing else is connected towards it: then it can become a part of that one. */
function mergeTarget(facts: Facts, view: NodeView): NodeView | null {
  const [only] = view.in;
  return view.in.length === 1 && only?.synchronous === true && isOfType(facts, only.from, 'service') ? only.from : null;
}

/** Its calls start at the caller, which also does its work; entries that pointed at the call between them would lose their way. */
function merge(facts: Facts, view: NodeView, id: string): RuleFix[] {
  const into = mergeTarget(facts, view);
  const [call] = view.in;
  if (into === null || call === undefined || Object.values(facts.graph.design.journeys).some(({ entry }) => entry === call.id)) return [];
  const invocations = call.params.values.calls * call.params.values.probability;
  const cpu_ms = ((cpuOf(into) ?? 0) + invocations * (cpuOf(view) ?? 0)) * 1000;
  const moved = view.out.map((edge) => (edge.to === into ? removeEdge(edge.id) : redirectEdge(edge.id, { from: into.id })));
  return [fix(id, `Merge ${view.node.name} into ${into.node.name}`, removeEdge(call.id), ...moved, withoutNode(view.id), setNodeParam(into.id, 'cpu_ms', cpu_ms))];
}

/** One merge brings the number down by one: offered only when that is enough. */
function mergesFor(facts: Facts, services: readonly NodeView[], allowed: number): RuleFix[] {
  if (services.length - 1 > allowed) return [];
  const quietest = [...services].sort((a, b) => (facts.evaluation.nodes[a.id]?.arrival_rps ?? 0) - (facts.evaluation.nodes[b.id]?.arrival_rps ?? 0) || byName(a, b));
  return quietest.flatMap((view, rank) => merge(facts, view, `merge-${rank + 1}`)).slice(0, OFFERED);
}

/** Requests per second as drawn, when all of them were said by someone; null when one is a default. */
function statedRate(facts: Facts, design: Design): number | null {
  const { journeys, nodeById, edgeById } = facts.graph;
  const stated = (entry: string): boolean => (nodeById.get(entry) ?? edgeById.get(entry)?.from)?.params.stated('rps') ?? false;
  const said = design.workload.peak_rps !== undefined || journeys.every(({ derived, journey }) => !derived || stated(journey.entry));
  return said && journeys.length > 0 ? journeys.reduce((sum, { rate_rps }) => sum + rate_rps, 0) : null;
}

/** One caller of own code, one callee and next to no work. */
function isTiny(view: NodeView, most: number): boolean {
  const cpu = cpuOf(view);
  if (cpu === null || cpu * 1000 >= most) return false;
  const callers = new Set(ownCallers(view).map(({ caller }) => caller));
  const callees = new Set(view.out.filter((edge) => edge.idleReason === null && edge.kind !== 'trace' && edge.kind !== 'lookup').map((edge) => edge.to));
  return callers.size === 1 && callees.size === 1 && view.in.every((edge) => edge.from.behavior.routing !== 'source');
}

const five: Sketch = { nodes: { users: 'client', web: 'service', a: 'service', b: 'service', c: 'service', d: 'service' }, edges: ['users>web>a', 'web>b', 'web>c', 'web>d'] };
const six: Sketch = { nodes: { ...five.nodes, e: 'service' }, edges: [...five.edges, 'web>e'] };

/** More services than the people or the traffic justify. */
export const microservicesTooEarly = defineRule({
  id: 'microservices-too-early',
  meta: {
    title: 'The number of services fits the team',
    failureTitle: 'More services than the team can carry',
    axes: ['cost', 'latency'],
    penalises: [],
    severity: ['major'],
    kind: 'structural',
    rationale: 'Every service has a pipeline, alarms and a version to agree on, and every call between two of them costs a millisecond and can fail. What is bought with it, teams that release alone and parts that scale alone, is worth nothing to a few people.',
    tradeOff: 'Merged services are released together, and the borders inside one application must be kept by discipline.',
    whenNotToApply: 'Parts that must be isolated for law or safety, that need other hardware or another language, or a team that is about to grow a lot.',
    sources: ['fowler-monolith-first', 'taibi-smells', 'newman'],
    concepts: ['microservices', 'monolith', 'independent scaling', 'deployment flexibility', 'operational overhead', 'network latency', 'small engineering teams'],
  },
  options: {
    // three people keep one service alive through nights, holidays and change
    engineersPerService: 3,
    // a handful is manageable by anyone
    least: 3,
    // one instance of a monolith serves this many requests a second with room
    rps: 200,
    lowTrafficServices: 5,
    // a call between services costs about as much: smaller ones spend more on the way than on the work
    tinyMs: 2,
  },
  requires: ['nodes', 'journeys'],
  messages: {
    team: '{count:count} services for {engineers:count} engineers: about {allowed:count} can be looked after. Put those that change together into one application with clear modules.',
    traffic: '{count:count} services for {rate:rate}: one application on two instances carries that. Merge what does not need to scale alone.',
    tiny: '{service:name} does {cpu_ms:ms} of work between one caller and one callee: the call to it costs as much. Make it a module of {caller:name}.',
  },
  check: ({ doc, facts, options, report, notApplicable }) => {
    const eng = doc.workload.eng ?? null;
    const services = eng === null ? [] : [...liveNodesOfType(facts, 'service')].sort(byName);
    if (services.length === 0 || eng === null) return notApplicable();
    const count = services.length;
    const rate = statedRate(facts, doc);
    const allowed = Math.max(options.least, eng / options.engineersPerService);
    const common = { targets: services.map(onNode), severity: 'major' } as const;
    const names = listOf(services.map(({ id }) => id));
    if (count > allowed) {
      report({ ...common, messageId: 'team', data: { services: names, count, engineers: eng, allowed: Math.floor(allowed) }, fixes: mergesFor(facts, services, allowed) });
    } else if (rate !== null && rate < options.rps && count > options.lowTrafficServices) {
      report({ ...common, messageId: 'traffic', data: { services: names, count, rate }, fixes: mergesFor(facts, services, options.lowTrafficServices) });
    }
    for (const view of services) {
      const caller = ownCallers(view)[0]?.caller;
      if (caller === undefined || !isTiny(view, options.tinyMs)) continue;
      const journeys = Object.values(facts.evaluation.journeys).filter(({ nodes }) => nodes.includes(view.id)).map(({ id }) => id);
      report({
        targets: [onNode(view)], messageId: 'tiny', severity: 'major', fixes: merge(facts, view, 'merge'), journeys,
        data: { service: view.id, caller: caller.id, cpu_ms: (cpuOf(view) ?? 0) * 1000, share: shareOfTraffic(facts, journeys) },
      });
    }
  },
  examples: {
    valid: [
      { title: 'five services and fifteen engineers', design: sketch({ ...five, workload: { eng: 15, peak_rps: 100 } }) },
      { title: 'six at 200 requests a second', design: sketch({ ...six, workload: { eng: 18, peak_rps: 200 } }) },
      { title: 'six while nobody has said how much traffic there is', design: sketch({ ...six, workload: { eng: 18 } }) },
    ],
    invalid: [
      { title: 'five services and fourteen engineers', design: sketch({ ...five, workload: { eng: 14, peak_rps: 1000 } }), expect: ['team'] },
      { title: 'six at 199 requests a second', design: sketch({ ...six, workload: { eng: 18, peak_rps: 199 } }), expect: ['traffic'] },
      { title: 'a service of 1.9 ms', design: sketch({ nodes: { users: 'client', web: 'service', rates: ['service', { cpu_ms: 1.9 }], db: 'rdbms' }, edges: ['users>web>rates>db'], workload: { eng: 9 } }), expect: ['tiny'] },
    ],
    notApplicable: [
      { title: 'nobody has said how many engineers there are', design: sketch(six) },
      { title: 'a monolith', design: sketch({ nodes: { users: 'client', app: 'monolith', db: 'rdbms' }, edges: ['users>app>db'], workload: { eng: 5 } }) },
    ],
  },
});
