/** The walk of all journeys as one list of calls in topological order: the only place that knows who calls whom. */
import type { EdgeView, JourneyView } from '../../contracts/graph-view.ts';
import type { Journey } from '../../model/design.ts';
import type { PointStep } from '../../model/point-journey.ts';
import type { Numbers } from '../math/lists.ts';
import { READ, type EdgeFacts, type Entry, type NodeFacts, type Op, type Plan } from '../types.ts';
import { bothWays, confirmTime, type CallCosts } from './call-costs.ts';
import { isSoft } from './call-draft.ts';
import { CallWriter, WHOLE, type Portion } from './call-writer.ts';
import { branchesAt, branchesOf, waysIn, type Branches } from './entries.ts';
import { meanDeliveries } from './poison.ts';
import { splitShares, splitsRegions, type KeyFacts } from './shares.ts';
import { withOneMore } from './short-list.ts';
import { SparseSlots } from './slot-table.ts';
import { asksNothing, cacheableShare, isPlain, overridden, signature, type Variant } from './variant.ts';
import { WalkState, type Use } from './walk-state.ts';
import { WAY, type FindView, type Passages } from './ways-out.ts';

/** One way on from a splitter. */
interface Option { readonly facts: EdgeFacts; readonly use: Use }

const NO_OPTIONS: readonly Option[] = [];

/** The group of consumers to which a connection belongs: stated, else as its broker has it, else its own. */
function consumersOf({ broker }: NodeFacts, { view }: EdgeFacts): string {
  return view.params.values.group || (broker?.default_group === 'shared' ? 'shared' : `edge:${view.id}`);
}

/** One of several alternatives, by weight. */
function portionOf(weight: number, total: number): Portion {
  return { ...WHOLE, share: total > 0 ? weight / total : 0 };
}

/** Builds the plan; one instance compiles one drawing. */
export class WalkCompiler {
  private readonly walk: WalkState;
  private readonly costs: CallCosts;
  private readonly writer: CallWriter;
  private readonly order: Numbers;
  private readonly entries: Entry[] = [];
  private readonly keys: KeyFacts;
  private readonly regional: boolean;
  private readonly find: FindView;

  constructor(costs: CallCosts, edges: readonly EdgeFacts[], { order, ways }: Passages, find: FindView, keys: Omit<KeyFacts, 'nodes'>) {
    const { nodes } = costs;
    this.costs = costs;
    this.walk = new WalkState(costs, edges, ways);
    this.writer = new CallWriter(this.walk);
    this.order = order;
    this.find = find;
    this.keys = { nodes, ...keys };
    this.regional = nodes.some((node) => node.split !== null && this.choosesRegions(node));
  }

  /** Facts of those connections that carry load. */
  private carrying(list: readonly EdgeView[]): EdgeFacts[] {
    const { edges, ways } = this.walk;
    const found: EdgeFacts[] = [];
    for (const { index } of list) if (ways[index] !== WAY.none) found.push(edges[index] as EdgeFacts);
    return found;
  }

  /** True for a splitter whose targets are the same thing in several regions. Most stand in one, which is seen without a list of them. */
  private choosesRegions(node: NodeFacts): boolean {
    const { out } = node.view;
    return out.some(({ to }) => to.region !== out[0]?.to.region) && splitsRegions(node, this.carrying(out));
  }

  /** The plan of these journeys. A journey whose entry carries nothing has no entry and no traffic. */
  compile(journeys: readonly JourneyView[]): Plan {
    const { walk } = this;
    const bySignature = new Map<string, Variant>();
    journeys.forEach((view, i) => {
      walk.variant = this.variantOf(view, bySignature);
      this.enter(i, view.journey);
    });
    const { slots } = walk;
    for (const index of this.order) {
      // a message that is sent back may add to the slots of a client, so that the list is not the same throughout
      for (let i = 0; i < slots.of(index).length; i++) {
        const slot = slots.of(index)[i] as number;
        const first = walk.count;
        walk.enter(slot);
        this.leave(walk.nodes[index] as NodeFacts, slots.op(slot));
        slots.setCalls(slot, first, walk.count);
      }
    }
    return { ...slots.columns(), calls: walk.finish(), order: this.order, entries: this.entries };
  }

  private variantOf(view: JourneyView, bySignature: Map<string, Variant>): Variant {
    const region = this.regional ? this.clientRegion(view.journey) : '';
    if (isPlain(view)) return this.walk.plain(cacheableShare(view), region);
    const key = signature(view, region);
    const known = bySignature.get(key) ?? this.open(view, region);
    bySignature.set(key, known);
    return known;
  }

  /** A variant with the walk it falls back to where nothing is overridden any more. */
  private open(view: JourneyView, region: string): Variant {
    const { nodes, ways } = this.walk;
    const plain = this.walk.plain(cacheableShare(view), region);
    const { journey, demands } = view;
    const steps = new Map<string, PointStep[]>();
    for (const step of journey.steps ?? []) steps.set(step.edge, [...(steps.get(step.edge) ?? []), step]);
    return this.walk.open({
      steps: steps.size === 0 ? null : steps, demands: asksNothing(view) ? null : demands, mixed: (journey.op ?? 'mixed') === 'mixed', cacheable: plain.cacheable, region, plain,
      own: overridden(nodes.length, this.find, ways, steps, demands), slots: new SparseSlots(),
    });
  }

  /** Where the clients of a journey are: their own region, or the one their source stands in. */
  private clientRegion(journey: Journey): string {
    const source = this.find.edge(journey.entry)?.from ?? this.find.node(journey.entry);
    const named: unknown = source?.params.values['region'];
    return typeof named === 'string' && named !== '' ? named : (source?.region ?? '');
  }

  /** The step of the present overrides over this connection that sends a request. */
  private requestOver(edge: string): PointStep | undefined {
    return this.walk.variant.steps?.get(edge)?.find((step) => step.push !== true);
  }

  private enter(index: number, journey: Journey): void {
    const ops = branchesOf(journey, this.costs.workload.read_fraction);
    const edge = this.find.edge(journey.entry);
    if (edge) {
      const facts = this.walk.edges[edge.index] as EdgeFacts;
      return this.enterEdge(index, facts, branchesAt(facts, ops), 1);
    }
    const node = this.find.node(journey.entry);
    if (!node) return;
    if (node.behavior.routing !== 'source') {
      for (const [op, weight] of ops) this.entries.push({ journey: index, slot: this.walk.slot(node.index, op), share: weight, times: 1, weight, edge: -1, op, tripS: 0, kb: 0, hard: true, group: null });
      return;
    }
    const listed = node.out.filter(({ id }) => this.requestOver(id) !== undefined);
    const live = this.carrying(listed.length > 0 ? listed : node.out);
    for (const branch of ops) for (const { facts, dealt } of waysIn(live, branch[0])) this.enterEdge(index, facts, [branch], dealt);
  }

  private enterEdge(journey: number, facts: EdgeFacts, ops: Branches, dealt: number): void {
    const { view } = facts;
    if (this.walk.ways[view.index] === WAY.none) return;
    const step = this.requestOver(view.id);
    const { calls, probability } = view.params.values;
    const times = (step?.calls ?? calls) * (step?.probability ?? probability) * dealt;
    if (times === 0) return;
    for (const [op, weight] of ops) {
      this.entries.push({
        journey, slot: this.walk.slot(view.to.index, op), share: weight, times, weight: weight * times, edge: view.index, op, tripS: facts.tripS + confirmTime(facts, this.costs), kb: bothWays(facts, step, this.costs),
        hard: !isSoft(facts, step), group: dealt < 1 ? facts.alternatives : null,
      });
    }
  }

  private leave(node: NodeFacts, op: Op): void {
    const { messages, variant } = this.walk;
    if (messages[node.view.index] === 1) this.deliver(node, op);
    if (node.split) this.split(node, op);
    else this.fanOut(node, op);
    if (variant.steps !== null) this.push(node, op, variant.steps);
  }

  /** Messages that a step sends back over a client's open connection: they travel the edge and arrive at nobody's server. */
  private push(node: NodeFacts, op: Op, steps: ReadonlyMap<string, readonly PointStep[]>): void {
    for (const { index, id } of node.view.in) {
      const facts = this.walk.edges[index] as EdgeFacts;
      if (facts.view.kind !== 'ws' || facts.view.idleReason) continue;
      for (const step of steps.get(id) ?? []) {
        const rate = (step.calls ?? 1) * (step.probability ?? 1);
        if (step.push !== true || !(rate > 0)) continue;
        const draft = this.walk.draft.begin(facts, step, op, rate);
        draft.arrive = 0;
        draft.drive = 0;
        draft.wait = 'async';
        draft.push = true;
        this.walk.emit();
      }
    }
  }

  /** Messages to consumer groups; triggers and change capture of a store run on its writes. */
  private deliver(node: NodeFacts, op: Op): void {
    const isStore = node.view.behavior.routing === 'store';
    if (isStore && op === READ) return;
    const { edges, ways } = this.walk;
    const totals = isStore ? null : this.weightsOfGroups(node);
    for (const { index } of node.view.out) {
      if (ways[index] !== WAY.message) continue;
      const facts = edges[index] as EdgeFacts;
      const total = totals?.get(consumersOf(node, facts)) ?? 0;
      this.handOut(facts, op, total > 0 ? facts.view.params.values.weight / total : 1);
    }
  }

  /** Weights of the members of each consumer group together. */
  private weightsOfGroups(node: NodeFacts): ReadonlyMap<string, number> {
    const { edges, ways } = this.walk;
    const totals = new Map<string, number>();
    for (const { index, params: { values: { weight } } } of node.view.out) {
      if (ways[index] !== WAY.message) continue;
      const group = consumersOf(node, edges[index] as EdgeFacts);
      totals.set(group, (totals.get(group) ?? 0) + weight);
    }
    return totals;
  }

  /** This share of the messages over one connection. */
  private handOut(facts: EdgeFacts, op: Op, share: number): void {
    const { probability, batch, per, batch_window_s } = facts.view.params.values;
    const deliveries = meanDeliveries(facts.view);
    for (const use of this.walk.usesOf(facts, op)) {
      const draft = this.walk.draft.begin(facts, use.step, use.op, share * (use.step?.probability ?? probability) * deliveries);
      draft.arrive = 1 / batch;
      draft.drive = per === 'message' ? 1 : 1 / batch;
      draft.wait = 'async';
      draft.batch = batch > 1 ? { size: batch, windowS: batch_window_s } : null;
      this.walk.emit();
    }
  }

  /** Where a splitter sends an operation: the connections that the journey lists, else all. */
  private optionsOf(node: NodeFacts, op: Op): readonly Option[] {
    const { steps } = this.walk.variant;
    const listed = steps === null ? null : this.optionsIn(node, op, steps);
    return listed !== null && listed.length > 0 ? listed : this.optionsIn(node, op, null);
  }

  private optionsIn(node: NodeFacts, op: Op, listed: Variant['steps']): readonly Option[] {
    const { edges, ways } = this.walk;
    let options: Option[] | null = null;
    for (const { index, id } of node.view.out) {
      if (ways[index] !== WAY.call || (listed !== null && !listed.has(id))) continue;
      const facts = edges[index] as EdgeFacts;
      for (const use of this.walk.usesOf(facts, op)) options = withOneMore(options, { facts, use });
    }
    return options ?? NO_OPTIONS;
  }

  private split(node: NodeFacts, op: Op): void {
    const { region, cacheable } = this.walk.variant;
    const options = this.optionsOf(node, op);
    const { shares, scatter, doubled } = splitShares(node, options.map(({ facts }) => facts), op, region, this.keys);
    const pass = node.edgeCache && op === READ ? 1 - node.edgeCache.hit_ratio * cacheable : 1;
    for (let i = 0; i < options.length; i++) {
      const { facts, use } = options[i] as Option;
      const share = shares[i] as number;
      this.writer.call(node, facts, use, { share: (share * (1 - scatter) + scatter) * pass, scatter: scatter * pass, doubled, standby: share === 0 && facts.alternatives !== null });
    }
  }

  /** Weights of the alternatives that are open to an operation. */
  private weightsOf(node: NodeFacts, op: Op): ReadonlyMap<string, number> {
    const totals = new Map<string, number>();
    for (const { index } of node.view.out) {
      const { view, alternatives, only } = this.walk.edges[index] as EdgeFacts;
      if (alternatives === null || this.walk.ways[index] !== WAY.call || (only !== null && only !== op)) continue;
      totals.set(alternatives, (totals.get(alternatives) ?? 0) + view.params.values.weight);
    }
    return totals;
  }

  private fanOut(node: NodeFacts, op: Op): void {
    const { walk, writer } = this;
    const { out, index: at } = node.view;
    const totals = walk.alternating[at] === 1 ? this.weightsOf(node, op) : null;
    for (let i = 0; i < out.length; i++) {
      const { index } = out[i] as EdgeView;
      const facts = walk.edges[index] as EdgeFacts;
      if (walk.ways[index] !== WAY.call || facts.isFront) continue;
      const portion = facts.alternatives === null ? WHOLE : portionOf(facts.view.params.values.weight, totals?.get(facts.alternatives) ?? 0);
      const uses = walk.usesOf(facts, op);
      for (let k = 0; k < uses.length; k++) writer.call(node, facts, uses[k] as Use, portion);
    }
  }
}
