/** The walk of all journeys as one list of calls in topological order: the only place that knows who calls whom. */
import type { JourneyView } from '../../contracts/graph-view.ts';
import type { Journey } from '../../model/design.ts';
import type { PointStep } from '../../model/point-journey.ts';
import { READ, type EdgeFacts, type Entry, type NodeFacts, type Op, type Plan } from '../types.ts';
import { isSoft, kbOf } from './call-draft.ts';
import { CallWriter, WHOLE } from './call-writer.ts';
import { carriesLoad } from './cycles.ts';
import { branchesAt, branchesOf, waysIn, type Branches } from './entries.ts';
import { meanDeliveries } from './poison.ts';
import { splitShares, splitsRegions, type KeyFacts } from './shares.ts';
import { cacheableShare, isPlain, overridden, signature, type Variant } from './variant.ts';
import { WalkState, type Use } from './walk-state.ts';
import { WAY, type FindView } from './ways-out.ts';

/** One way on from a splitter. */
interface Option { readonly facts: EdgeFacts; readonly use: Use }

/** Builds the plan; one instance compiles one drawing. */
export class WalkCompiler {
  private readonly walk: WalkState;
  private readonly writer: CallWriter;
  private readonly order: Int32Array;
  private readonly entries: Entry[] = [];
  private readonly keys: KeyFacts;
  private readonly regional: boolean;
  private readonly find: FindView;

  constructor(nodes: readonly NodeFacts[], edges: readonly EdgeFacts[], order: Int32Array, find: FindView, keys: Omit<KeyFacts, 'nodes'>) {
    this.walk = new WalkState(nodes, edges);
    this.writer = new CallWriter(this.walk);
    this.order = order;
    this.find = find;
    this.keys = { nodes, ...keys };
    this.regional = nodes.some((node) => node.split !== null && splitsRegions(node, this.wayOut(node, (way) => way !== WAY.none)));
  }

  /** Facts of the connections out of a node that fit. */
  private wayOut({ view }: NodeFacts, fits: (way: number) => boolean): EdgeFacts[] {
    const { edges, ways } = this.walk;
    return view.out.filter(({ index }) => fits(ways.edges[index] as number)).map(({ index }) => edges[index] as EdgeFacts);
  }

  /** The plan of these journeys. A journey whose entry carries nothing has no entry and no traffic. */
  compile(journeys: readonly JourneyView[], readFraction: number): Plan {
    const { walk } = this;
    const bySignature = new Map<string, Variant>();
    journeys.forEach((view, i) => {
      walk.variant = this.variantOf(view, bySignature);
      this.enter(i, view.journey, readFraction);
    });
    const { slots, calls } = walk;
    for (const index of this.order) {
      // a message that is sent back may add to the slots of a client, so that the list is not the same throughout
      for (let i = 0; i < slots.of(index).length; i++) {
        const slot = slots.of(index)[i] as number;
        const first = calls.length;
        walk.enter(slot);
        this.leave(walk.nodes[index] as NodeFacts, slots.op(slot));
        slots.setCalls(slot, first, calls.length);
      }
    }
    return { ...slots.columns(), calls, order: this.order, entries: this.entries };
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
    const plain = this.walk.plain(cacheableShare(view), region);
    const { journey, demands } = view;
    const steps = new Map<string, PointStep[]>();
    for (const step of journey.steps ?? []) steps.set(step.edge, [...(steps.get(step.edge) ?? []), step]);
    return {
      steps: steps.size === 0 ? null : steps, demands, mixed: (journey.op ?? 'mixed') === 'mixed', cacheable: plain.cacheable, region, plain,
      own: overridden(this.find, steps, demands), slots: new Map(),
    };
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

  private enter(index: number, journey: Journey, readFraction: number): void {
    const ops = branchesOf(journey, readFraction);
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
    const out = node.out.map((view) => this.walk.edges[view.index] as EdgeFacts);
    const listed = out.filter(({ view }) => this.requestOver(view.id) !== undefined);
    for (const branch of ops) for (const { facts, dealt } of waysIn(listed.length > 0 ? listed : out, branch[0])) this.enterEdge(index, facts, [branch], dealt);
  }

  private enterEdge(journey: number, facts: EdgeFacts, ops: Branches, dealt: number): void {
    const { view } = facts;
    if (!carriesLoad(view)) return;
    const step = this.requestOver(view.id);
    const { calls, probability } = view.params.values;
    const times = (step?.calls ?? calls) * (step?.probability ?? probability) * dealt;
    if (times === 0) return;
    for (const [op, weight] of ops) {
      this.entries.push({
        journey, slot: this.walk.slot(view.to.index, op), share: weight, times, weight: weight * times, edge: view.index, op, tripS: facts.tripS + facts.confirmS, kb: kbOf(facts, step),
        hard: !isSoft(facts, step), group: dealt < 1 ? facts.alternatives : null,
      });
    }
  }

  private leave(node: NodeFacts, op: Op): void {
    const { ways, variant } = this.walk;
    if (ways.messages[node.view.index] === 1) this.deliver(node, op);
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
    const messages = this.wayOut(node, (way) => way === WAY.message);
    const groupOf = ({ view }: EdgeFacts): string => view.params.values.group || (node.broker?.default_group === 'shared' ? 'shared' : `edge:${view.id}`);
    const totals = new Map<string, number>();
    for (const facts of messages) totals.set(groupOf(facts), (totals.get(groupOf(facts)) ?? 0) + facts.view.params.values.weight);
    for (const facts of messages) {
      const { weight, probability, batch, per, batch_window_s } = facts.view.params.values;
      const deliveries = meanDeliveries(facts.view);
      const total = totals.get(groupOf(facts)) ?? 0;
      const share = isStore || total <= 0 ? 1 : weight / total;
      for (const use of this.walk.usesOf(facts, op)) {
        const draft = this.walk.draft.begin(facts, use.step, use.op, share * (use.step?.probability ?? probability) * deliveries);
        draft.arrive = 1 / batch;
        draft.drive = per === 'message' ? 1 : 1 / batch;
        draft.wait = 'async';
        draft.batch = batch > 1 ? { size: batch, windowS: batch_window_s } : null;
        this.walk.emit();
      }
    }
  }

  /** Where a splitter sends an operation: the connections that the journey lists, else all. */
  private optionsOf(node: NodeFacts, op: Op): readonly Option[] {
    const { edges, ways, variant: { steps } } = this.walk;
    const options: Option[] = [];
    const add = (listed: boolean): void => {
      for (const { index, id } of node.view.out) {
        if (ways.edges[index] !== WAY.call || (listed && !steps?.has(id))) continue;
        const facts = edges[index] as EdgeFacts;
        for (const use of this.walk.usesOf(facts, op)) options.push({ facts, use });
      }
    };
    if (steps !== null) add(true);
    if (options.length === 0) add(false);
    return options;
  }

  private split(node: NodeFacts, op: Op): void {
    const { region, cacheable } = this.walk.variant;
    const options = this.optionsOf(node, op);
    const { shares, scatter, doubled } = splitShares(node, options.map(({ facts }) => facts), op, region, this.keys);
    const pass = node.edgeCache && op === READ ? 1 - node.edgeCache.hit_ratio * cacheable : 1;
    options.forEach(({ facts, use }, i) => {
      const share = shares[i] as number;
      this.writer.call(node, facts, use, { share: (share * (1 - scatter) + scatter) * pass, scatter: scatter * pass, doubled, standby: share === 0 && facts.alternatives !== null });
    });
  }

  /** Weights of the alternatives that are open to an operation; null where a node has none. */
  private weightsOf(node: NodeFacts, op: Op): ReadonlyMap<string, number> | null {
    let totals: Map<string, number> | null = null;
    for (const { index } of node.view.out) {
      const { view, alternatives, only } = this.walk.edges[index] as EdgeFacts;
      if (alternatives === null || this.walk.ways.edges[index] !== WAY.call || (only !== null && only !== op)) continue;
      totals ??= new Map();
      totals.set(alternatives, (totals.get(alternatives) ?? 0) + view.params.values.weight);
    }
    return totals;
  }

  private fanOut(node: NodeFacts, op: Op): void {
    const { walk, writer } = this;
    const totals = this.weightsOf(node, op);
    for (const { index } of node.view.out) {
      const facts = walk.edges[index] as EdgeFacts;
      if (facts.isFront || walk.ways.edges[index] !== WAY.call) continue;
      const total = facts.alternatives === null ? 0 : (totals?.get(facts.alternatives) ?? 0);
      const portion = facts.alternatives === null ? WHOLE : { ...WHOLE, share: total > 0 ? facts.view.params.values.weight / total : 0 };
      for (const use of walk.usesOf(facts, op)) writer.call(node, facts, use, portion);
    }
  }
}
