import type { NodeView } from '../../../shared/contracts/graph-view.ts';
import { defineRule, type Facts, type RuleFix } from '../../../shared/contracts/rule.ts';
import { sortFew } from '../../../shared/contracts/sort-few.ts';
import { sketch, threeBox } from '../common/examples.ts';
import { fix, scaleUnits, setNodeParam, type Change } from '../common/fixes.ts';
import { anythingStated } from '../common/load.ts';
import { nodeResults } from '../common/results.ts';
import { journeysNeeding, listOf, liveNodes, onNode } from '../common/targets.ts';
import { byName } from '../common/views.ts';

/** A tier that stands in several zones: one component, or the pool behind a splitter. `after`: utilisation without a zone. */
interface Tier { readonly views: readonly NodeView[]; readonly after: number; readonly journeys: readonly string[]; readonly wanted: readonly number[] }

function addUnits(view: NodeView, units: number): Change | null {
  const { autoscale } = view.behavior;
  if (autoscale === null) return Object.hasOwn(view.params.values, 'instances') ? scaleUnits(view.id, units) : null;
  const stored = view.params.values['autoscale'] as Readonly<Record<string, unknown>>;
  return setNodeParam(view.id, 'autoscale', { ...stored, min: Math.max(autoscale.min, units), max: Math.max(autoscale.max, units) });
}

function fixesFor({ views, wanted }: Tier): RuleFix[] {
  const changes = views.map((view, index) => addUnits(view, wanted[index] ?? 1)).filter((change) => change !== null);
  if (changes.length < views.length) return [];
  const [first] = views;
  const title = views.length === 1 ? `Run ${wanted[0]} instances of ${first?.node.name}` : `Run ${wanted.reduce((sum, units) => sum + units, 0)} instances in the pool of ${first?.node.name}`;
  return [fix('spare', title, ...changes)];
}

function poolOf(facts: Facts, splitter: NodeView, after: number, target: number): Tier {
  const views = sortFew([...new Set(splitter.out.filter(({ idleReason, synchronous }) => idleReason === null && synchronous).map(({ to }) => to))], byName);
  return { views, after, journeys: journeysNeeding(facts, splitter.id), wanted: views.map(({ id }) => Math.ceil(((facts.evaluation.nodes[id]?.units_scaled ?? 1) * after) / target - 1e-9)) };
}

/** The tiers that are too full without a zone; null where none stands in several. */
function tooFull(facts: Facts, { after: most, target }: { readonly after: number; readonly target: number }): Tier[] | null {
  const tiers: Tier[] = [];
  const results = nodeResults(facts);
  let any = false;
  for (const view of liveNodes(facts)) {
    const evidence = results[view.index]?.evidence ?? {};
    const after = evidence['zone_loss_utilisation'];
    const pooled = view.behavior.routing === 'split' ? evidence['pool_zone_loss_utilisation'] : undefined;
    any ||= after !== undefined || pooled !== undefined;
    if (after !== undefined && after > most) tiers.push({ views: [view], after, journeys: journeysNeeding(facts, view.id), wanted: [evidence['zone_loss_units'] ?? 1] });
    if (pooled !== undefined && pooled > most) tiers.push(poolOf(facts, view, pooled, target));
  }
  return any ? tiers : null;
}

/** A tier in several zones that cannot carry the peak without one of them. */
export const zoneLossOverload = defineRule({
  id: 'zone-loss-overload',
  meta: {
    title: 'The other zones carry the peak when one is lost',
    failureTitle: 'Too little left when a zone is lost',
    axes: ['availability', 'isolation'],
    penalises: [],
    severity: ['major'],
    kind: 'metric',
    rationale: 'When a zone is lost its share of the traffic goes to the others at once. If they cannot carry it they are overloaded too, and everyone else asks for new machines at the same moment, so scaling up then may not work.',
    tradeOff: 'Half as much again in three zones, or twice as much in two, is paid for and idle most of the time.',
    whenNotToApply: 'Work that may be shed for as long as the zone is away, by choice and by priority.',
    sources: ['aws-builders-library', 'release-it'],
    concepts: ['static stability', 'availability zones', 'unbalanced capacities'],
  },
  options: {
    // of what is left: above it waiting grows without bound within minutes
    after: 0.95,
    // after the fix, at the knee
    target: 0.85,
  },
  requires: ['nodes', 'journeys'],
  messages: {
    sheds: 'Without one of its zones {tier:names} has {after:multiple} the load that it can carry: {lost:percent} of the requests fail until the zone is back. Run {wanted:count} instances.',
    full: 'Without one of its zones {tier:names} is {after:utilisation} busy at the peak, and answers slow down until calls time out. Run {wanted:count} instances.',
  },
  check: ({ facts, options, report, notApplicable }) => {
    const tiers = tooFull(facts, options);
    if (tiers === null) return notApplicable();
    for (const tier of tiers) {
      const { views, after, journeys, wanted } = tier;
      if (journeys.length === 0 || !views.some((view) => anythingStated(facts, view))) continue;
      const lost = Math.max(0, 1 - 1 / after);
      report({
        targets: views.map(onNode), messageId: lost > 0 ? 'sheds' : 'full', severity: 'major', journeys, fixes: fixesFor(tier),
        data: { tier: listOf(views.map(({ id }) => id)), after, lost, wanted: wanted.reduce((sum, units) => sum + units, 0) },
      });
    }
  },
  examples: {
    valid: [
      { title: 'one of two carries all', design: threeBox() },
      { title: 'just enough in four of six', design: threeBox({ api: { instances: 6, vcpu: 1, cpu_ms: 37.9 } }) },
      { title: 'two boxes, each enough alone', design: sketch({ nodes: { users: 'client', front: 'lb-managed', left: ['service', {}, { boundary: 'a' }], right: ['service', {}, { boundary: 'b' }] }, edges: ['users>front>left', 'front>right'], boundaries: { a: { kind: 'zone' }, b: { kind: 'zone' } } }) },
    ],
    invalid: [
      { title: 'four of six are nearly full', design: threeBox({ api: { instances: 6, vcpu: 1, cpu_ms: 38.1 } }), expect: ['full'] },
      { title: 'four of six are too few', design: threeBox({ api: { instances: 6, vcpu: 1, cpu_ms: 45 } }), expect: ['sheds'] },
      { title: 'three zones, and two of four instances in one', design: threeBox({ api: { instances: 4, vcpu: 1, cpu_ms: 25 } }), expect: ['sheds'] },
      { title: 'two stated zones', design: sketch({ nodes: { users: 'client', api: ['service', { instances: 6, vcpu: 1, cpu_ms: 35 }, { zone_spread: 2 }] }, edges: ['users>api'] }), expect: ['sheds'] },
      { title: 'scaled to be busy', design: threeBox({ api: { vcpu: 1, cpu_ms: 50, autoscale: { min: 2, max: 20, target: 0.8 } } }), expect: ['sheds'] },
      { title: 'a pool in two drawn zones', design: sketch({ nodes: { users: 'client', front: 'lb-managed', left: ['service', { cpu_ms: 30 }, { boundary: 'a' }], right: ['service', { cpu_ms: 30, instances: 3 }, { boundary: 'b' }] }, edges: ['users>front>left', 'front>right'], boundaries: { a: { kind: 'zone' }, b: { kind: 'zone' } }, workload: { peak_rps: 140 } }), expect: ['sheds'] },
    ],
    notApplicable: [
      { title: 'one instance stands in one zone', design: threeBox({ api: { instances: 1 } }) },
      { title: 'the provider runs all of it', design: sketch({ nodes: { users: 'client', gateway: 'gateway-aws', code: 'lambda', items: 'nosql' }, edges: ['users>gateway>code>items'] }) },
    ],
  },
});
