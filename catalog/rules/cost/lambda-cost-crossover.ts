import type { NodeView } from '../../../shared/contracts/graph-view.ts';
import { defineRule, type Facts, type RuleFix } from '../../../shared/contracts/rule.ts';
import type { Design, Params } from '../../../shared/model/design.ts';
import { sketch } from '../common/examples.ts';
import { fix, type Change } from '../common/fixes.ts';
import { loadIsStated } from '../common/practice.ts';
import { liveNodesOfRole, onNode } from '../common/targets.ts';
import { isOfType } from '../common/views.ts';

/** The machines that the comparison is made with. */
const VCPU = 2;

/** Settings of a function that are decided anew: its size, its starts and its limits belong to the platform. */
const CODE: readonly string[] = ['cpu_ms', 'io_ms', 'cs2'];

/** What the code needs wherever it runs, and the practices that both kinds of component know. */
function carried(facts: Facts, view: NodeView, type: string): Params {
  const known = new Set(facts.components.get(type)?.fields.map(({ key }) => key) ?? []);
  const own = Object.entries(view.node.params).filter(([key]) => known.has(key) && (CODE.includes(key) || facts.components.get(type)?.fields.some((field) => field.key === key && field.group === 'delivery')));
  const values = view.params.values as Readonly<Record<string, Params[string]>>;
  return { ...Object.fromEntries(own), ...Object.fromEntries(CODE.filter((key) => Object.hasOwn(values, key)).map((key) => [key, values[key] as Params[string]])) };
}

/** The same component as another kind, with the same connections. */
function become(id: string, type: string, params: Params): Change {
  return (design: Design) => {
    const node = Object.hasOwn(design.nodes, id) ? design.nodes[id] : undefined;
    return node === undefined ? design : { ...design, nodes: { ...design.nodes, [id]: { ...node, type, params } } };
  };
}

/** An application that is one piece of many features is no function, and what only passes requests on is neither. */
const canMove = (facts: Facts, view: NodeView): boolean => view.behavior.role === 'function' || isOfType(facts, view, 'service');
const isCalled = (view: NodeView): boolean => view.in.every(({ kind }) => kind === 'http');

/** Only where every connection means the same to both kinds. */
function toMachines(facts: Facts, view: NodeView, machines: number): RuleFix[] {
  if (!isCalled(view)) return [];
  return [fix('machines', `Run ${view.node.name} on ${machines} machines of two cores`, become(view.id, 'service', { ...carried(facts, view, 'service'), instances: machines, vcpu: VCPU }))];
}

function toFunction(facts: Facts, view: NodeView): RuleFix[] {
  return isCalled(view) ? [fix('function', `Run ${view.node.name} as a function`, become(view.id, 'lambda', carried(facts, view, 'lambda')))] : [];
}

const fn = (peak_rps: number): Design => sketch({ nodes: { users: 'client', api: 'lambda', items: 'nosql' }, edges: ['users>api>items'], workload: { peak_rps, peak_to_avg: 1 } });
const app = (peak_rps: number, params: Params = { cpu_ms: 15 }): Design => sketch({ nodes: { users: 'client', api: ['service', params], items: 'nosql' }, edges: ['users>api>items'], workload: { peak_rps } });

/** Work that would cost much less the other way: a steady function on machines, idle machines as a function. */
export const lambdaCostCrossover = defineRule({
  id: 'lambda-cost-crossover',
  meta: {
    title: 'Steady work runs on machines, rare work as functions',
    failureTitle: 'The other way of running it is much cheaper',
    axes: ['cost'],
    penalises: [],
    severity: ['minor'],
    kind: 'metric',
    rationale: 'A function is paid for each request and for memory as long as it runs, waits included; a machine is paid around the clock whether it works or not. At 512 MB and 100 ms one machine of two cores costs as much as 26 requests a second, day and night.',
    tradeOff: 'Machines must be patched and stand idle at night; functions start cold, hold no connections and run for 15 minutes at most. More memory or an Arm processor may change a function’s bill as well.',
    whenNotToApply: 'The difference is small beside what people cost, the traffic comes in bursts that machines could not follow, or the machines also do what is not drawn.',
    sources: ['infracost-goldens', 'aws-well-architected'],
    concepts: ['serverless', 'pay per use', 'containers', 'cloud cost'],
  },
  options: {
    // list prices are good to a fifth; half as much again is a difference
    ratio: 1.5,
    // machines that work less than one minute in twenty at the peak
    idle: 0.05,
    // dollars a month below which a move never pays for itself
    leastUsd: 50,
    // nor one that leaves nineteen twentieths of the bill as they are
    leastShare: 0.05,
  },
  requires: ['nodes', 'journeys', 'cost'],
  messages: {
    steady: '{node:name} costs {usd:usd} as a function. {machines:count} machines of two cores, busy three fifths of the time at the peak, do the same for {other_usd:usd}: run steady work there and keep functions for what is rare.',
    idle: '{node:name} is {utilisation:utilisation} busy at the peak and costs {usd:usd}. As a function of 512 MB it would cost {other_usd:usd}, if cold starts do no harm.',
  },
  check: ({ facts, options, report, notApplicable }) => {
    const code = [...liveNodesOfRole(facts, 'function'), ...liveNodesOfRole(facts, 'compute')];
    if (!code.some((view) => canMove(facts, view))) return notApplicable();
    const least = Math.max(options.leastUsd, options.leastShare * facts.evaluation.cost.usd_month);
    for (const view of code) {
      const found = facts.evaluation.nodes[view.id];
      if (found === undefined) continue;
      const { cost_usd_month: usd, utilisation, evidence } = found;
      const serverless = view.behavior.role === 'function';
      const other_usd = evidence[serverless ? 'machines_usd_month' : 'function_usd_month'];
      if (other_usd === undefined || usd <= options.ratio * other_usd || usd - other_usd < least || !canMove(facts, view) || !loadIsStated(facts, view)) continue;
      const common = { targets: [onNode(view)], severity: 'minor' } as const;
      if (serverless) {
        const machines = Math.ceil((evidence['machines'] ?? 0) - 1e-9);
        report({ ...common, messageId: 'steady', data: { node: view.id, usd, other_usd, machines }, fixes: toMachines(facts, view, machines) });
      } else if (utilisation !== null && utilisation < options.idle && !view.in.some(({ kind }) => kind === 'ws')) {
        report({ ...common, messageId: 'idle', data: { node: view.id, usd, other_usd, utilisation }, fixes: toFunction(facts, view) });
      }
    }
  },
  examples: {
    valid: [
      { title: 'a function whose nights are quiet', design: sketch({ nodes: { users: 'client', api: 'lambda', items: 'nosql' }, edges: ['users>api>items'], workload: { peak_rps: 250 } }) },
      { title: 'a function just below half as much again', design: fn(96) },
      { title: 'machines busy for a twentieth of the time', design: app(14) },
      { title: 'idle machines that keep connections open', design: sketch({ nodes: { users: 'client', api: 'service' }, edges: [['users>api', { connections: 100 }, 'ws']], workload: { peak_rps: 10 } }) },
      { title: 'a machine that costs little', design: app(5, { instances: 1, vcpu: 1 }) },
      { title: 'idle machines beside a bill twenty times as high', design: sketch({ nodes: { users: 'client', api: ['service', { cpu_ms: 1 }], db: ['rdbms', { vcpu: 64 }] }, edges: ['users>api>db'], workload: { peak_rps: 20 } }) },
    ],
    invalid: [
      { title: 'a steady function', design: fn(98), expect: ['steady'] },
      { title: 'a steady function behind a queue', design: sketch({ nodes: { users: 'client', api: 'service', work: 'sqs', job: ['lambda', { cpu_ms: 40, memory_mb: 1769 }] }, edges: ['users>api>work>job'], workload: { peak_rps: 65, peak_to_avg: 1, read_fraction: 0 } }), expect: ['steady'] },
      { title: 'machines that hardly work', design: app(13, { cpu_ms: 15, traced: true }), expect: ['idle'] },
    ],
    notApplicable: [
      { title: 'a monolith', design: sketch({ nodes: { users: 'client', api: 'monolith' }, edges: ['users>api'], workload: { peak_rps: 5 } }) },
    ],
  },
});
