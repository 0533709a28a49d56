import type { NodeView } from '../../../shared/contracts/graph-view.ts';
import { defineRule } from '../../../shared/contracts/rule.ts';
import { sketch, threeBox } from '../common/examples.ts';
import { fix, scaleUnits, setNodeParams, type Change } from '../common/fixes.ts';
import { nodeResults } from '../common/results.ts';
import { journeysDyingWith, liveNodes, onNode, shareOfTraffic } from '../common/targets.ts';

/** Own machines that serve side by side: code, proxies and gateways. Stores have a rule of their own. */
function isTier({ behavior, known }: NodeView): boolean {
  return known && behavior.failure.redundancy === 'instance' && !behavior.failure.regional && !behavior.stateful;
}

/** Somebody said that one of it is as good as never away: a second would answer a question that nobody asks. */
function isNeverAway({ behavior, params }: NodeView, never: number): boolean {
  return behavior.failure.unit_availability >= never && params.stated('availability');
}

/** A second source of the same jobs would start each twice: it needs a leader. */
function withUnits({ id, behavior }: NodeView, units: number): Change {
  if (behavior.routing === 'source') return setNodeParams(id, { instances: units, leader_elected: true });
  return scaleUnits(id, units);
}

/** Autoscaled units follow the load between their own limits. */
function addUnits(view: NodeView, units: number): Change {
  const { autoscale } = view.behavior;
  if (autoscale === null) return withUnits(view, units);
  const stored = view.params.values['autoscale'] as Readonly<Record<string, unknown>>;
  return setNodeParams(view.id, { autoscale: { ...stored, min: Math.max(autoscale.min, units), max: Math.max(autoscale.max, units) } });
}

/** A tier on a hard path where the loss of one instance is an outage. */
export const spofSingleInstance = defineRule({
  id: 'spof-single-instance',
  meta: {
    title: 'Each tier has an instance to spare',
    failureTitle: 'No instance to spare',
    axes: ['availability', 'isolation'],
    penalises: [],
    severity: ['critical', 'major'],
    kind: 'structural',
    rationale: 'With one instance every restart and every deploy is an outage, and one machine promises 99.5 %. Where the peak needs all instances, losing one turns requests away.',
    tradeOff: 'The spare is paid for around the clock, and the code must keep no state of its own.',
    whenNotToApply: 'A tool for a few people, where minutes without it do not matter and a restart is fast.',
    sources: ['cloud-sla', 'aws-reliability-pillar'],
    explains: ['spof-single-az', 'zone-loss-overload'],
    concepts: ['redundancy', 'k of n'],
  },
  options: {
    // the least number of units of which one may be lost
    units: 2,
    // beyond what the peak needs
    spare: 1,
    // stated availability of one from which on its failures are not reckoned with: five minutes a year
    never: 0.99999,
  },
  requires: ['nodes', 'journeys'],
  messages: {
    single: '{node:name} is one instance: when it restarts or fails, {share:percent} of the traffic fails. Run {wanted:count}.',
    noSpare: '{node:name} needs all its {units:count} instances to carry {rate:rate}: losing one turns requests away. Run {wanted:count}.',
  },
  check: ({ facts, options, report, notApplicable }) => {
    const tiers = liveNodes(facts).filter((view) => isTier(view) && !isNeverAway(view, options.never));
    if (tiers.length === 0) return notApplicable();
    const results = nodeResults(facts);
    for (const view of tiers) {
      const found = results[view.index];
      if (found === undefined) continue;
      const units = found.units_scaled;
      const needed = found.units_needed ?? 1;
      const wanted = Math.max(options.units, needed + options.spare);
      if (units >= wanted) continue;
      const journeys = journeysDyingWith(facts, view.id);
      if (journeys.length === 0) continue;
      const common = { targets: [onNode(view)], journeys, fixes: [fix('spare', `Run ${wanted} instances of ${view.node.name}`, addUnits(view, wanted))] };
      const data = { node: view.id, share: shareOfTraffic(facts, journeys), wanted };
      if (units < options.units) report({ ...common, messageId: 'single', severity: 'critical', data });
      else report({ ...common, messageId: 'noSpare', severity: 'major', data: { ...data, units, rate: found.arrival_rps } });
    }
  },
  examples: {
    valid: [
      { title: 'two instances, one needed', design: threeBox() },
      { title: 'two boxes behind a balancer', design: sketch({ nodes: { users: 'client', lb: 'lb-managed', one: ['service', { instances: 1 }], two: ['service', { instances: 1 }] }, edges: ['users>lb>one', 'lb>two'] }) },
    ],
    invalid: [
      { title: 'one instance', design: threeBox({ api: { instances: 1 } }), expect: ['single'] },
      { title: 'two instances, both needed', design: threeBox({ api: { instances: 2, cpu_ms: 30 } }), expect: ['noSpare'] },
      { title: 'scaled down to one', design: threeBox({ api: { autoscale: { min: 1, max: 4, target: 0.6 } } }), expect: ['single'] },
    ],
    notApplicable: [
      { title: 'only managed parts', design: sketch({ nodes: { users: 'client', site: 'object-store' }, edges: ['users>site'] }) },
    ],
  },
});
