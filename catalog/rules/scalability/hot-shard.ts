import type { NodeView } from '../../../shared/contracts/graph-view.ts';
import { defineRule, type Facts, type RuleFix } from '../../../shared/contracts/rule.ts';
import { sketch, threeBox } from '../common/examples.ts';
import { fix, setNodeParam } from '../common/fixes.ts';
import { liveNodesHolding, onNode } from '../common/targets.ts';
import { resourceOf } from '../common/views.ts';

/** How the load is dealt over the shards of one store or the targets of one router. */
interface Spread {
  readonly view: NodeView;
  readonly shards: number;
  /** Share of the hottest one, and how busy it is. */
  readonly share: number;
  readonly busy: number;
  readonly resource: string;
  /** How it was decided who holds what; null where the keys are hashed. */
  readonly placement: 'range' | 'geo' | null;
}

type NodeFact = Facts['evaluation']['nodes'][string];

/** The busiest resource that the load drives. */
function busiest(found: NodeFact): { readonly resource: string; readonly busy: number } {
  let most = { resource: found.binding ?? 'cpu', busy: 0 };
  for (const { resource, utilisation, capacity_rps } of found.resources) if (capacity_rps !== null && utilisation > most.busy) most = { resource, busy: utilisation };
  return most;
}

function inStore(view: NodeView, found: NodeFact): Spread | null {
  for (const resource of view.behavior.resources) {
    if (resource.kind === 'replicated-store' && resource.shards > 1) {
      const reads = found.evidence['hottest_share'] ?? 0;
      const writes = found.writes_rps > 0 ? (found.evidence['hottest_write_share'] ?? 0) : 0;
      const placement = resource.placement === 'geo' || (resource.placement === 'range' && found.writes_rps > 0) ? resource.placement : null;
      return { view, shards: resource.shards, share: Math.max(found.reads_rps > 0 ? reads : 0, writes), placement, ...busiest(found) };
    }
    if (resource.kind === 'cache' && resource.shards > 1) return { view, shards: resource.shards, share: found.evidence['hottest_share'] ?? 0, placement: null, ...busiest(found) };
  }
  return null;
}

/** A router whose targets each own a share of the keys: what travels to the first of them over all. */
function behindRouter(facts: Facts, view: NodeView): Spread | null {
  const balancer = resourceOf(view, 'balancer');
  if (balancer === null || (balancer.mode ?? balancer.default_mode) !== 'partition') return null;
  const edges = view.out.filter((edge) => edge.idleReason === null && edge.synchronous);
  if (edges.length < 2) return null;
  const rates = edges.map((edge) => facts.evaluation.edges[edge.id]?.rps ?? 0);
  const all = rates.reduce((sum, rate) => sum + rate, 0);
  const most = Math.max(...rates);
  const hottest = edges[rates.indexOf(most)];
  const found = hottest === undefined ? undefined : facts.evaluation.nodes[hottest.to.id];
  return found === undefined || !(all > 0) ? null : { view, shards: edges.length, share: most / all, placement: null, ...busiest(found) };
}

function fixesFor({ view, shards, placement }: Spread, message: string): RuleFix[] {
  const { id, node: { name } } = view;
  if (placement !== null) return [fix('hash', `Place the rows of ${name} by a hash of their key`, setNodeParam(id, 'placement', 'slots'))];
  if (message === 'busy' && Object.hasOwn(view.params.values, 'shards')) return [fix('more-shards', `Use ${shards * 2} shards in ${name}`, setNodeParam(id, 'shards', shards * 2))];
  return [];
}

/** One shard that carries much more than its part. */
export const hotShard = defineRule({
  id: 'hot-shard',
  meta: {
    title: 'Shards share the load',
    failureTitle: 'One shard carries most of the load',
    axes: ['scalability', 'latency', 'isolation'],
    penalises: [],
    severity: ['major', 'critical'],
    kind: 'metric',
    rationale: 'The hottest shard decides what the whole store carries: with a share s of the load it is worth 1/s shards, however many there are.',
    tradeOff: 'Keys that are spread more evenly lose their neighbours: range scans ask every shard, and what belonged together may stand apart.',
    whenNotToApply: 'The store is far from its limits and range scans or a place of storage required by law matter more than an even load.',
    sources: ['karger', 'aws-dynamodb-limits', 'ddia'],
    explains: ['station-overload'],
    concepts: ['sharding', 'shard key', 'skew'],
  },
  options: {
    // half as much again as an even share: a third of the shards paid for do nothing
    skew: 1.5,
    // of the even share: twice as much for one region
    region: 2,
    // the knee of shared tiers: above it queues decide the latency
    busy: 0.85,
  },
  requires: ['nodes', 'edges'],
  messages: {
    range: 'All new rows of {store:name} go to one of its {shards:count} shards: the key grows with time. Put a hash before the key, so that writes use all shards.',
    geo: 'One place holds {share:percent} of {store:name}: its {shards:count} shards are worth {effective}. Split the largest place, or shard by user.',
    skew: 'One shard of {store:name} carries {share:percent} of the load: its {shards:count} shards are worth {effective}. Split the few very popular keys, or choose a key with more values.',
    busy: 'The hottest shard of {store:name} is {busy:utilisation} busy with {share:percent} of the load. Use more shards, or move its most popular keys.',
  },
  check: ({ facts, options, report, notApplicable }) => {
    const spreads: Spread[] = [];
    for (const view of [...liveNodesHolding(facts, 'replicated-store'), ...liveNodesHolding(facts, 'cache'), ...liveNodesHolding(facts, 'balancer')]) {
      const found = facts.evaluation.nodes[view.id];
      const spread = found === undefined ? null : (inStore(view, found) ?? behindRouter(facts, view));
      if (spread !== null) spreads.push(spread);
    }
    if (spreads.length === 0) return notApplicable();
    for (const spread of spreads) {
      const { view, shards, share, busy, placement, resource } = spread;
      const uneven = share * shards > options.skew;
      const regional = placement === 'geo' && (uneven || share > options.region / shards);
      const messageId = placement === 'range' ? 'range' : regional ? 'geo' : uneven ? 'skew' : busy > options.busy ? 'busy' : null;
      if (messageId === null || !(share > 0)) continue;
      report({
        targets: [onNode(view)], messageId, severity: busy > options.busy ? 'critical' : 'major',
        data: { store: view.id, shards, share, effective: 1 / share, busy, resource }, fixes: fixesFor(spread, messageId),
      });
    }
  },
  examples: {
    valid: [
      { title: 'four shards by a hash of the user', design: threeBox({ db: { shards: 4 } }) },
      { title: 'as many shards as the most popular key allows', design: threeBox({ db: { shards: 11 } }) },
      { title: 'a time key that is only read', design: threeBox({ db: { shards: 4, placement: 'range' } }, { workload: { read_fraction: 1 } }) },
      { title: 'two places of almost the same size', design: threeBox({ db: { shards: 2, placement: 'geo', geo_weights: [0.55, 0.45] } }) },
    ],
    invalid: [
      { title: 'more shards than the most popular key allows', design: threeBox({ db: { shards: 16 } }), expect: ['skew'] },
      { title: 'shards by the time of the order', design: threeBox({ db: { shards: 4, placement: 'range' } }), expect: ['range'] },
      { title: 'one city holds most of the riders', design: threeBox({ db: { shards: 4, placement: 'geo', geo_weights: [0.7, 0.1, 0.1, 0.1] } }), expect: ['geo'] },
      { title: 'an even spread over shards that are too few', design: threeBox({ api: { instances: 30 }, db: { shards: 2, vcpu: 2 } }, { workload: { peak_rps: 12_200 } }), expect: ['busy'] },
      { title: 'a router whose cells differ', design: sketch({ nodes: { users: 'client', router: 'shard-router', one: 'service', two: 'service' }, edges: ['users>router', ['router>one', { weight: 4 }], ['router>two', { weight: 1 }]] }), expect: ['skew'] },
    ],
    notApplicable: [
      { title: 'one database', design: threeBox() },
      { title: 'one cache', design: sketch({ nodes: { users: 'client', api: 'service', cache: 'redis' }, edges: ['users>api>cache'] }) },
    ],
  },
});
