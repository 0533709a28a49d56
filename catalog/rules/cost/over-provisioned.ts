import type { NodeResult } from '../../../shared/contracts/evaluation.ts';
import type { NodeView } from '../../../shared/contracts/graph-view.ts';
import { defineRule, type Facts, type RuleReport } from '../../../shared/contracts/rule.ts';
import type { Design, Params } from '../../../shared/model/design.ts';
import { sketch, threeBox } from '../common/examples.ts';
import { fix, scaleUnits, setNodeParam, type Change } from '../common/fixes.ts';
import { loadIsStated } from '../common/practice.ts';
import { nodeResults } from '../common/results.ts';
import { liveNodes, onNode } from '../common/targets.ts';

interface Limits { readonly idle: number; readonly quiet: number; readonly share: number; readonly growth: number; readonly leastVcpu: number }

/** A component that someone sized, under load that someone stated. */
interface Sized { readonly view: NodeView; readonly found: NodeResult; readonly utilisation: number; readonly growth: number; readonly totalUsd: number }

/** Whether the wanted multiple of the load still fits, and not by rounding, with a part of the units, or of the cores. */
function fits({ view, found, growth }: Sized, part: number, limits: Limits): boolean {
  const wanted = limits.growth * growth + 1e-9;
  const cores = view.behavior.role === 'relational';
  const room = found.headroom.value;
  if (room !== null && room <= wanted) return false;
  for (const { resource, capacity_rps, utilisation, knee } of found.resources) {
    const scales = !cores || resource === 'cpu' || resource === 'apply';
    if (capacity_rps !== null && scales && !((knee * part) > wanted * utilisation)) return false;
  }
  return true;
}

/** One zone may be lost, where the units stand in several, and enough of them are left. */
function survivesZone({ zones }: NodeView, units: number, needed: number): boolean {
  const used = Math.min(zones.length, units);
  return zones.length < 2 || units - Math.ceil(units / used) >= needed;
}

/** Fewer units of a tier; the number that autoscaling keeps at the lowest load where it follows the load. */
function fewerUnits(sized: Sized, limits: Limits): RuleReport | null {
  const { view, found, utilisation } = sized;
  const { autoscale } = view.behavior;
  const key = autoscale === null ? 'instances' : 'autoscale';
  const units = autoscale === null ? found.units : autoscale.min;
  const needed = found.units_needed ?? 1;
  if (utilisation >= limits.idle || found.units_scaled !== units || units <= needed + 1 || !view.params.stated(key) || !('instances' in view.params.values)) return null;
  let least = units;
  while (least > 2 && least - 1 > needed && survivesZone(view, least - 1, needed) && (autoscale !== null || fits(sized, (least - 1) / units, limits))) least -= 1;
  if (least === units) return null;
  return {
    targets: [onNode(view)], messageId: autoscale === null ? 'units' : 'least', severity: 'minor',
    data: { node: view.id, utilisation, units, needed, least, usd: found.cost_usd_month }, fixes: [fix('fewer', `${autoscale === null ? 'Run' : 'Keep'} ${least} instances of ${view.node.name}`, unitsChange(view, least))],
  };
}

function unitsChange(view: NodeView, units: number): Change {
  const limits = view.node.params['autoscale'];
  if (view.behavior.autoscale === null || typeof limits !== 'object' || limits === null || Array.isArray(limits)) return scaleUnits(view.id, units);
  return setNodeParam(view.id, 'autoscale', { ...limits, min: units });
}

/** Whether fewer cores would do for what does not compute: connections of a database come with its memory. */
function holdsConnections({ found }: Sized, part: number): boolean {
  const held = found.resources.find(({ resource }) => resource === 'conn');
  return held === undefined || held.utilisation / part <= held.knee;
}

/** Smaller machines: half the cores, as often as the growth allows. Memory that was chosen by itself stays, and is paid. */
function smallerMachines(sized: Sized, limits: Limits): RuleReport | null {
  const { view, found, utilisation, totalUsd } = sized;
  const vcpu = Number(view.params.values['vcpu']);
  const scaled = view.behavior.role === 'relational' || ('instances' in view.params.values && view.behavior.autoscale === null);
  const share = totalUsd > 0 ? found.cost_usd_month / totalUsd : 0;
  if (!scaled || utilisation >= limits.quiet || share <= limits.share || !view.params.stated('vcpu') || view.params.stated('mem_gb') || !(vcpu >= 2 * limits.leastVcpu)) return null;
  let smaller = vcpu;
  while (smaller >= 2 * limits.leastVcpu && fits(sized, smaller / 2 / vcpu, limits) && holdsConnections(sized, smaller / 2 / vcpu)) smaller /= 2;
  if (smaller === vcpu) return null;
  return {
    targets: [onNode(view)], messageId: 'size', severity: 'minor', data: { node: view.id, utilisation, share, usd: found.cost_usd_month, vcpu, smaller },
    fixes: [fix('smaller', `Give ${view.node.name} ${smaller} vCPUs`, setNodeParam(view.id, 'vcpu', smaller))],
  };
}

/** Copies that answer nothing beside a standby that takes over: neither speed nor safety. */
function idleReplicas(view: NodeView, found: NodeResult): RuleReport | null {
  if (view.behavior.failure.units < 2) return null;
  const store = view.behavior.resources.find((resource) => resource.kind === 'replicated-store');
  if (store?.kind !== 'replicated-store' || store.replicas === 0) return null;
  if (found.reads_rps > 0 && (found.evidence['replica_read_share'] ?? 1) > 0) return null;
  return {
    targets: [onNode(view)], messageId: 'replicas', severity: 'minor', data: { node: view.id, replicas: store.replicas, usd: found.cost_usd_month },
    fixes: [fix('replicas', `Do without the read replicas of ${view.node.name}`, setNodeParam(view.id, 'replicas', 0))],
  };
}

function judge(facts: Facts, view: NodeView, found: NodeResult, limits: Limits): RuleReport | null {
  const { utilisation } = found;
  if (utilisation !== null && utilisation > 0 && utilisation < limits.quiet) {
    const sized = { view, found, utilisation, growth: facts.graph.workload.growth_target, totalUsd: facts.evaluation.cost.usd_month };
    const report = fewerUnits(sized, limits) ?? smallerMachines(sized, limits);
    if (report !== null) return report;
  }
  return idleReplicas(view, found);
}

const app = (params: Params, peak_rps: number): Design => sketch({ nodes: { users: 'client', api: ['service', { cpu_ms: 10, ...params }] }, edges: ['users>api'], workload: { peak_rps } });
const copies = (query: Params): Design => threeBox({ db: { ha: 'multi_az', replicas: 2 }, query }, { workload: { peak_rps: 100 } });

/** Machines that are paid for and neither needed now nor for the growth that is wanted. */
export const overProvisioned = defineRule({
  id: 'over-provisioned',
  meta: {
    title: 'Machines fit the load and its growth',
    failureTitle: 'Paying for machines that are not needed',
    axes: ['cost'],
    penalises: [],
    severity: ['minor'],
    kind: 'metric',
    rationale: 'A machine that is idle at the peak costs as much as a busy one. Room for growth and for the loss of a zone is worth its price; four times the growth that you want is not.',
    tradeOff: 'Less room for a surge that nobody foresees. Growing again takes minutes, for a database a failover.',
    whenNotToApply: 'A campaign or a launch is near, measured load is higher than what is drawn, or the memory is needed for something that is not drawn.',
    sources: ['aws-well-architected'],
    concepts: ['cloud cost', 'right-sizing', 'autoscaling', 'headroom', 'availability zone'],
  },
  options: {
    // at the peak; the rest of the day it is less
    idle: 0.15,
    // what is a large part of the bill deserves a look earlier
    quiet: 0.2,
    share: 0.15,
    // times the growth that the design wants to carry
    growth: 4,
    // the smallest machine of the families that the price book knows
    leastVcpu: 2,
  },
  requires: ['nodes', 'journeys', 'cost'],
  messages: {
    units: '{units:count} instances of {node:name} are {utilisation:utilisation} busy at the peak and cost {usd:usd}; {needed:count} would carry it. {least:count} still survive the loss of one zone and four times the growth that you want.',
    least: 'Autoscaling keeps {units:count} instances of {node:name} that are {utilisation:utilisation} busy at the peak and cost {usd:usd}; {needed:count} would carry it. Keep {least:count}: more come when they are needed.',
    size: '{node:name} is {share:percent} of the bill, {usd:usd}, and {utilisation:utilisation} busy at the peak. With {smaller:number} of its {vcpu:number} vCPUs it still carries four times the growth that you want.',
    replicas: '{replicas:count} read replicas of {node:name} answer no reads, and a standby takes over without them. Send reads to them, or do without.',
  },
  check: ({ facts, options, report, notApplicable }) => {
    const nodes = liveNodes(facts).filter(({ behavior }) => behavior.costs.length > 0 && behavior.resources.length > 0);
    if (nodes.length === 0) return notApplicable();
    const results = nodeResults(facts);
    for (const view of nodes) {
      const found = results[view.index];
      const judged = found === undefined || !loadIsStated(facts, view) ? null : judge(facts, view, found, options);
      if (judged !== null) report(judged);
    }
  },
  examples: {
    valid: [
      { title: 'four instances at 8 %', design: app({ instances: 4 }, 64) },
      { title: 'two at 1 %: one may be lost', design: app({ instances: 2, vcpu: 1 }, 2) },
      { title: 'six that nobody has put a load on', design: sketch({ nodes: { users: 'client', api: 'service' }, edges: ['users>api'] }) },
      { title: 'replicas that answer reads', design: copies({}) },
      { title: 'a replica in place of a standby', design: threeBox({ db: { replicas: 1 }, query: { routing: 'primary' } }, { workload: { peak_rps: 100 } }) },
      { title: 'a small database with little to do', design: threeBox({ db: { vcpu: 2 } }, { workload: { peak_rps: 20 } }) },
      { title: 'a database of which half could not grow enough', design: threeBox({ db: { vcpu: 4 } }, { workload: { peak_rps: 450 } }) },
    ],
    invalid: [
      { title: 'eight instances at 1 %', design: app({ instances: 8 }, 16), expect: ['units'] },
      { title: 'autoscaling that keeps six', design: app({ autoscale: { min: 6, max: 20 } }, 16), expect: ['least'] },
      { title: 'a large database with little to do', design: threeBox({ db: { vcpu: 4 } }, { workload: { peak_rps: 430 } }), expect: ['size'] },
      { title: 'two large machines', design: app({ instances: 2, vcpu: 8 }, 40), expect: ['size'] },
      { title: 'replicas that nobody asks', design: copies({ routing: 'primary' }), expect: ['replicas'] },
    ],
    notApplicable: [
      { title: 'nothing that is paid for', design: sketch({ nodes: { users: 'client', shop: 'external-api' }, edges: ['users>shop'] }) },
    ],
  },
});
