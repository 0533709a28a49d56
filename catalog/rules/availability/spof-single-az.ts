import type { NodeView } from '../../../shared/contracts/graph-view.ts';
import { defineRule, type Facts, type RuleFix } from '../../../shared/contracts/rule.ts';
import type { Design, Params } from '../../../shared/model/design.ts';
import { sketch, threeBox } from '../common/examples.ts';
import { fix, setNodeFields, setNodeParams, type Change } from '../common/fixes.ts';
import { listOf, liveNodes, onNode, shareOfTraffic } from '../common/targets.ts';
import { byName } from '../common/views.ts';

/** Stands in one zone, and can be lost with it: regional services, sources, other people's systems cannot. */
function isZonal({ behavior, known, zones }: NodeView): boolean {
  return known && zones.length === 1 && !behavior.failure.regional && behavior.failure.unit_availability < 1 && behavior.role !== 'source' && behavior.role !== 'external';
}

/** The drawn zone around a component, innermost first through its groups and clusters; undefined without one. */
function drawnZone({ boundaries }: Design, view: NodeView): string | undefined {
  let id = view.node.boundary ?? null;
  for (let depth = 0; id !== null && depth < 64; depth += 1) {
    const boundary: Design['boundaries'][string] | undefined = Object.hasOwn(boundaries, id) ? boundaries[id] : undefined;
    if (boundary?.kind === 'zone') return id;
    id = boundary?.parent ?? null;
  }
  return undefined;
}

/** What does the same job: components of one type with the same callers. */
function tierOf(view: NodeView, hard: ReadonlySet<string>): NodeView[] {
  const callers = (node: NodeView): string => [...new Set(node.in.filter((edge) => edge.synchronous && edge.idleReason === null).map(({ from }) => from.index))].sort((a, b) => a - b).join();
  const own = callers(view);
  const beside = view.in.flatMap((edge) => edge.from.out).map(({ to }) => to);
  return [...new Set([view, ...beside.filter((other) => other.node.type === view.node.type && hard.has(other.id) && callers(other) === own)])].sort(byName);
}

/** Journeys that end with the zone of a tier and whose target asks for more than one zone, as someone has said. */
function endangered(facts: Facts, tier: readonly NodeView[], target: number, placed: boolean): string[] {
  const stated = new Set(facts.graph.journeys.filter(({ journey }) => journey.availability_target !== undefined).map(({ id }) => id));
  return Object.values(facts.evaluation.journeys).filter((journey) => {
    const needed = tier.length === 1 ? journey.dies_if.includes(tier[0]?.id ?? '') : tier.every(({ id }) => journey.hard_nodes.includes(id));
    return needed && journey.availability_target >= target && (placed || stated.has(journey.id));
  }).map(({ id }) => id);
}

/** Whether anyone has said where something stands or what a journey must reach: else there is nothing to hold against it. */
function isStated({ graph }: Facts, doc: Design, target: number): boolean {
  return graph.journeys.some(({ journey }) => (journey.availability_target ?? 0) >= target)
    || Object.values(doc.boundaries).some(({ kind }) => kind === 'zone') || graph.nodes.some(({ node }) => node.zone_spread === 1);
}

/** The setting that gives a component units for two zones; null when it has none. */
function secondUnit({ behavior, params }: NodeView): Params | null {
  if (behavior.failure.units >= 2) return {};
  const has = (key: string): boolean => Object.hasOwn(params.values, key);
  if (has('ha')) return { ha: 'multi_az' };
  if (has('replicas_per_shard')) return { replicas_per_shard: 1 };
  if (has('nodes')) return { nodes: 3 };
  return has('instances') ? { instances: 2 } : null;
}

function leaveZone(design: Design, view: NodeView): Change {
  const zone = drawnZone(design, view);
  const parent = zone === undefined ? undefined : (design.boundaries[zone]?.parent ?? null);
  return setNodeFields(view.id, { zone_spread: 'auto', ...(parent === undefined ? {} : { boundary: parent }) });
}

function fixesFor(design: Design, tier: readonly NodeView[]): RuleFix[] {
  const units = tier.map(secondUnit);
  if (units.includes(null)) return [];
  const title = tier.length === 1 ? `Spread ${tier[0]?.node.name} over two zones` : `Spread ${tier[0]?.node.name} and ${tier.length - 1} more over two zones`;
  return [fix('spread', title, ...tier.map((view) => leaveZone(design, view)), ...tier.map((view, index) => setNodeParams(view.id, units[index] ?? {})))];
}

/** A tier that a journey needs and that stands in one zone, where more was asked for. */
export const spofSingleAz = defineRule({
  id: 'spof-single-az',
  meta: {
    title: 'Tiers stand in more than one zone',
    failureTitle: 'Whole tier in one zone',
    axes: ['availability', 'isolation'],
    penalises: [],
    severity: ['major'],
    kind: 'structural',
    rationale: 'A zone is a building with its own power and network. When it is lost, about once in three years, everything that stands only there is gone at once, however many instances it has.',
    tradeOff: 'Calls between zones take about a millisecond and cost $0.01 per gigabyte each way; a second database is paid for like the first.',
    whenNotToApply: 'Batch work that can wait for hours, or a copy in another region already takes over.',
    sources: ['cloud-sla', 'aws-availability-and-beyond', 'aws-reliability-pillar'],
    explains: ['zone-loss-overload'],
    concepts: ['availability zones', 'fault isolation', 'redundancy'],
  },
  options: {
    // one zone alone is promised 99.5 %; three nines need a second one (service levels of EC2)
    target: 0.999,
  },
  requires: ['nodes', 'journeys'],
  messages: {
    zone: 'One zone holds all of {tier:names}: losing it ends {journeys:names}, {share:percent} of the traffic. Use two zones.',
  },
  check: ({ doc, facts, options, report, notApplicable }) => {
    const live = liveNodes(facts).filter(({ behavior }) => !behavior.failure.regional && behavior.failure.unit_availability < 1 && behavior.role !== 'source' && behavior.role !== 'external');
    if (live.length === 0) return notApplicable();
    if (!isStated(facts, doc, options.target)) return;
    const hard = new Set(Object.values(facts.evaluation.journeys).flatMap(({ hard_nodes }) => hard_nodes));
    const done = new Set<NodeView>();
    for (const view of live.filter((node) => isZonal(node) && hard.has(node.id))) {
      if (done.has(view)) continue;
      const tier = tierOf(view, hard);
      for (const member of tier) done.add(member);
      if (new Set(tier.flatMap(({ zones }) => zones)).size > 1) continue;
      const placed = tier.some((member) => member.node.zone_spread === 1 || drawnZone(doc, member) !== undefined);
      const journeys = endangered(facts, tier, options.target, placed);
      if (journeys.length === 0) continue;
      report({
        targets: tier.map(onNode), messageId: 'zone', severity: 'major', journeys, fixes: fixesFor(doc, tier),
        data: { tier: listOf(tier.map(({ id }) => id)), journeys: listOf(journeys), share: shareOfTraffic(facts, journeys) },
      });
    }
  },
  examples: {
    valid: [
      { title: 'nobody has said where it stands or what it must reach', design: threeBox() },
      { title: 'a target that one zone may meet', design: threeBox({ api: { instances: 1 } }, { journeys: { order: { rate_rps: 100, entry: 'users', availability_target: 0.9989 } } }) },
      { title: 'two instances in two zones', design: threeBox({ db: { ha: 'multi_az' } }, { journeys: { order: { rate_rps: 100, entry: 'users', availability_target: 0.999 } } }) },
      { title: 'one pool in two drawn zones', design: sketch({ nodes: { users: 'client', front: 'lb-managed', left: ['service', {}, { boundary: 'a' }], right: ['service', {}, { boundary: 'b' }] }, edges: ['users>front>left', 'front>right'], boundaries: { a: { kind: 'zone' }, b: { kind: 'zone' } } }) },
    ],
    invalid: [
      { title: 'a target of three nines and one database', design: threeBox({}, { journeys: { order: { rate_rps: 100, entry: 'users', availability_target: 0.999 } } }), expect: ['zone'] },
      { title: 'two instances placed in one zone', design: sketch({ nodes: { users: 'client', api: ['service', {}, { zone_spread: 1 }] }, edges: ['users>api'] }), expect: ['zone'] },
      { title: 'a pool in one drawn zone', design: sketch({ nodes: { users: 'client', front: 'lb-managed', left: ['service', {}, { boundary: 'a' }], right: ['service', {}, { boundary: 'a' }] }, edges: ['users>front>left', 'front>right'], boundaries: { a: { kind: 'zone' } } }), expect: ['zone'] },
    ],
    notApplicable: [
      { title: 'the provider runs all of it in several zones', design: sketch({ nodes: { users: 'client', gateway: 'gateway-aws', code: 'lambda', items: 'nosql' }, edges: ['users>gateway>code>items'] }) },
    ],
  },
});
