import type { JourneyResult } from '../../../shared/contracts/evaluation.ts';
import type { EdgeView, JourneyView, NodeView } from '../../../shared/contracts/graph-view.ts';
import { defineRule, type Facts, type RuleFix } from '../../../shared/contracts/rule.ts';
import type { Design, Journey } from '../../../shared/model/design.ts';
import { keptBy } from '../../../shared/lib/once-per.ts';
import { sketch, type Sketch } from '../common/examples.ts';
import { addNode, fix, freeId, type Change } from '../common/fixes.ts';
import { roundUp } from '../common/sizing.ts';
import { liveNodesOfRole, onNode } from '../common/targets.ts';

/** Mean CPU of one invocation of code that answers requests, ms; null for anything else. */
function ownCpuMs({ behavior }: NodeView): number | null {
  if (behavior.role !== 'compute' && behavior.role !== 'function') return null;
  for (const resource of behavior.resources) if (resource.kind === 'process-server' || resource.kind === 'function') return resource.demand.cpu_s * 1000;
  return null;
}

/** The most that any journey states to compute in one invocation, ms, by component. */
const stated = keptBy(({ graph }: Facts) => {
  const most = new Map<string, number>();
  for (const { demands } of graph.journeys) for (const [id, { cpu_ms = 0 }] of Object.entries(demands)) most.set(id, Math.max(most.get(id) ?? 0, cpu_ms));
  return most;
}, (facts) => facts.graph);

/** The most that any journey computes there in one invocation, ms. */
function mostCpuMs(facts: Facts, view: NodeView): number {
  return Math.max(stated(facts).get(view.id) ?? 0, ownCpuMs(view) ?? 0);
}

/** One journey that makes a component compute before it answers, though nobody needs the result in the answer. */
interface Heavy { readonly edge: EdgeView; readonly journey: string; readonly cpuMs: number; readonly perSecond: number }

function nobodyWaits(edge: EdgeView, { journey }: JourneyView): boolean {
  const { deferrable, op } = edge.params.values;
  const step = journey.steps?.find((candidate) => candidate.edge === edge.id)?.op ?? 'auto';
  const stated = step === 'auto' ? op : step;
  return deferrable || (stated === 'auto' ? (journey.op ?? 'mixed') : stated) === 'write';
}

function heavyOf(facts: Facts, edge: EdgeView, least: number): Heavy[] {
  const own = ownCpuMs(edge.to);
  if (own === null || !edge.synchronous) return [];
  return facts.graph.journeys.flatMap((view): Heavy[] => {
    const cpuMs = view.demands[edge.to.id]?.cpu_ms ?? own;
    if (cpuMs <= least || !nobodyWaits(edge, view)) return [];
    const result: JourneyResult | undefined = facts.evaluation.journeys[view.id];
    const step = facts.steps.over(view.id, edge.id);
    return result && step && step.calls > 0 ? [{ edge, journey: view.id, cpuMs, perSecond: result.rate_rps * step.calls }] : [];
  });
}

/** The work itself: messages a second, CPU seconds of each, cores of a worker and how busy they should be. */
interface Work { readonly perSecond: number; readonly cpuS: number; readonly vcpu: number; readonly aim: number; readonly acceptMs: number }

function withDemand(journey: Journey, node: string, publish: string, affected: boolean, acceptMs: number): Journey {
  const steps = [...(journey.steps ?? []), affected ? { edge: publish } : { edge: publish, calls: 0 }];
  if (!affected) return { ...journey, steps };
  return { ...journey, steps, demands: { ...journey.demands, [node]: { ...journey.demands?.[node], cpu_ms: acceptMs } } };
}

/** Accept, publish, and let workers do it: the affected journeys publish, no other one does. */
function inBackground(view: NodeView, journeys: ReadonlySet<string>, work: Work): Change {
  return (design: Design) => {
    if (!Object.hasOwn(design.nodes, view.id)) return design;
    const tasks = freeId(design, `${view.id}-tasks`);
    const published = addNode({ id: tasks, type: 'rabbitmq', name: `${view.node.name} tasks` }, [{ from: view.id }])(design);
    const publish = Object.keys(published.edges).find((id) => !Object.hasOwn(design.edges, id)) ?? '';
    const instances = Math.max(2, roundUp((work.perSecond * work.cpuS) / (work.aim * work.vcpu)));
    const worked = addNode({ id: `${view.id}-worker`, type: 'celery-worker', name: `${view.node.name} worker`, params: { instances, vcpu: work.vcpu, task_cpu_s: work.cpuS, task_io_s: 0 } }, [{ from: tasks }])(published);
    return { ...worked, journeys: Object.fromEntries(Object.entries(worked.journeys).map(([id, journey]) => [id, withDemand(journey, view.id, publish, journeys.has(id), work.acceptMs)])) };
  };
}

/** Journeys that nobody has drawn carry no demands of their own: the change needs drawn ones. */
function fixesFor(doc: Design, view: NodeView, heavy: readonly Heavy[], { aim, acceptMs, vcpu }: Pick<Work, 'aim' | 'acceptMs' | 'vcpu'>): RuleFix[] {
  const journeys = new Set(heavy.map(({ journey }) => journey));
  if (![...journeys].every((id) => Object.hasOwn(doc.journeys, id))) return [];
  const perSecond = heavy.reduce((sum, one) => sum + one.perSecond, 0);
  const cpuMs = perSecond > 0 ? heavy.reduce((sum, one) => sum + one.cpuMs * one.perSecond, 0) / perSecond : Math.max(...heavy.map((one) => one.cpuMs));
  return [fix('background', `Do the work of ${view.node.name} in the background`, inBackground(view, journeys, { perSecond, cpuS: cpuMs / 1000, vcpu, aim, acceptMs }))];
}

const upload = (cpuMs: number, journey: Omit<Journey, 'id' | 'name' | 'entry' | 'rate_rps'> = { op: 'write' }, rest: Pick<Sketch, 'workload'> = {}) =>
  sketch({ nodes: { users: 'client', api: 'service', db: 'rdbms' }, edges: ['users>api>db'], journeys: { upload: { rate_rps: 4, entry: 'users', ...journey, demands: { api: { cpu_ms: cpuMs } } }, browse: { rate_rps: 50, entry: 'users' } }, ...rest });

/** Heavy computing in the tier that answers users. */
export const cpuBoundInRequestPath = defineRule({
  id: 'cpu-bound-in-request-path',
  meta: {
    title: 'Heavy work runs behind a queue',
    failureTitle: 'Heavy work in the request',
    axes: ['latency', 'scalability', 'isolation'],
    penalises: [],
    severity: ['critical', 'major'],
    kind: 'structural',
    rationale: 'A request that computes holds a worker all that time: at 250 ms four cores carry 16 requests a second, and cheap requests wait behind heavy ones.',
    tradeOff: 'The result comes later: the job needs a state that can be asked for, must bear being run twice, and a queue and workers are to be run.',
    whenNotToApply: 'The user cannot go on without the result, or the work is so rare that it never meets another request.',
    sources: ['azure-antipatterns', 'celery-tasks'],
    explains: ['async-blocking-call'],
    concepts: ['busy front end', 'background jobs'],
  },
  options: {
    // users notice a quarter of a second, and four cores carry 16 such requests a second
    majorMs: 250,
    // from a second on one such request stops a core for everyone
    criticalMs: 1000,
    // what is left in the request: check it, store the job, answer
    acceptMs: 5,
    // cores of an added worker, and how busy they are planned to be
    workerVcpu: 2,
    aim: 0.6,
  },
  requires: ['nodes', 'journeys'],
  messages: {
    heavy: '{journey:name} computes {cpu:ms} in {node:name} before it answers, and nobody needs the result in the answer: {node:name} carries {capacity:rate} and cheap requests wait behind. Accept it, and let a worker do it.',
  },
  check: ({ doc, facts, options, report, notApplicable }) => {
    const code = [...liveNodesOfRole(facts, 'compute'), ...liveNodesOfRole(facts, 'function')].filter((view) => ownCpuMs(view) !== null);
    if (code.length === 0) return notApplicable();
    const busy = code.filter((view) => mostCpuMs(facts, view) > options.majorMs);
    const edges = busy.flatMap((view) => view.in.filter(({ idleReason, kind }) => idleReason === null && (kind === 'http' || kind === 'ws')));
    const byNode = new Map<NodeView, Heavy[]>();
    for (const edge of edges) {
      const heavy = heavyOf(facts, edge, options.majorMs);
      if (heavy.length > 0) byNode.set(edge.to, [...(byNode.get(edge.to) ?? []), ...heavy]);
    }
    for (const [view, heavy] of byNode) {
      const worst = heavy.reduce((most, one) => (one.cpuMs > most.cpuMs || (one.cpuMs === most.cpuMs && one.journey < most.journey) ? one : most));
      report({
        targets: [onNode(view)],
        messageId: 'heavy',
        severity: worst.cpuMs > options.criticalMs ? 'critical' : 'major',
        data: { node: view.id, resource: 'cpu', journey: worst.journey, cpu: worst.cpuMs, capacity: facts.evaluation.nodes[view.id]?.capacity_rps ?? 0 },
        journeys: [...new Set(heavy.map(({ journey }) => journey))].sort(),
        fixes: fixesFor(doc, view, heavy, { aim: options.aim, acceptMs: options.acceptMs, vcpu: options.workerVcpu }),
      });
    }
  },
  examples: {
    valid: [
      { title: 'a quarter of a second', design: upload(250) },
      { title: 'the user waits for the result', design: upload(400, { op: 'read' }) },
      { title: 'heavy work of a worker', design: sketch({ nodes: { users: 'client', api: 'service', tasks: 'rabbitmq', worker: ['celery-worker', { task_cpu_s: 2 }] }, edges: ['users>api>tasks>worker'], workload: { peak_rps: 5 } }) },
    ],
    invalid: [
      { title: 'a little more than a quarter of a second', design: upload(251), expect: ['heavy'] },
      { title: 'more than a second', design: upload(1001), expect: ['heavy'] },
      { title: 'a call that can be done later', design: sketch({ nodes: { users: 'client', api: 'service', pdf: ['service', { cpu_ms: 300, instances: 8 }] }, edges: ['users>api', ['api>pdf', { deferrable: true }]], workload: { peak_rps: 10 } }), expect: ['heavy'] },
      { title: 'a function behind a gateway', design: sketch({ nodes: { users: 'client', gate: 'gateway-aws', resize: ['lambda', { cpu_ms: 600, timeout_s: 10 }] }, edges: ['users>gate>resize'], journeys: { resize: { rate_rps: 5, entry: 'users', op: 'write' } } }), expect: ['heavy'] },
    ],
    notApplicable: [
      { title: 'nothing computes', design: sketch({ nodes: { users: 'client', site: 'object-store' }, edges: ['users>site'] }) },
    ],
  },
});
