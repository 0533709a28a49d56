/** The walk of all journeys as one list of calls in topological order: the only place that knows who calls whom. */
import type { JourneyView, NodeView } from '../../contracts/graph-view.ts';
import type { Journey } from '../../model/design.ts';
import type { PointStep } from '../../model/point-journey.ts';
import { READ, WRITE, type Call, type EdgeFacts, type Entry, type NodeFacts, type Op, type Plan } from '../types.ts';
import { CallDraft, isSoft, kbOf } from './call-draft.ts';
import { carriesLoad } from './cycles.ts';
import { branchesAt, branchesOf, waysIn, type Branches } from './entries.ts';
import { meanDeliveries } from './poison.ts';
import { splitShares, splitsRegions, type KeyFacts } from './shares.ts';
import { cacheableShare, demandAt, floats, overridden, signature, type SlotDemand, type Variant } from './variant.ts';
import { waysOut, type FindView, type WaysOut } from './ways-out.ts';

const NONE: readonly number[] = [];

/** One way an edge is used in one state: the override, if any, and the operation it becomes. */
interface Use { readonly step: PointStep | null; readonly op: Op }

const UNUSED: readonly Use[] = [];
/** Uses without override, by operation. */
const PLAIN: readonly (readonly Use[])[] = [[{ step: null, op: READ }], [{ step: null, op: WRITE }]];

/** How one of several targets is called: its share, the part of it in calls to all, and how often twice. */
interface Portion { readonly share: number; readonly scatter: number; readonly doubled: number; readonly standby: boolean }

/** Called by itself, always. */
const WHOLE: Portion = { share: 1, scatter: 0, doubled: 0, standby: false };

/** Builds the plan; one instance compiles one drawing. */
export class WalkCompiler {
  private readonly nodes: readonly NodeFacts[];
  private readonly edges: readonly EdgeFacts[];
  private readonly order: Int32Array;
  private readonly seriesUse: Int32Array;
  private readonly slotNode: number[] = [];
  private readonly slotOp: number[] = [];
  private readonly slotSplit: boolean[] = [];
  private readonly demand: SlotDemand[] = [];
  private readonly calls: Call[] = [];
  private readonly first: number[] = [];
  private readonly end: number[] = [];
  private readonly entries: Entry[] = [];
  private readonly slotVariant: Variant[] = [];
  private readonly nodeSlots: number[][];
  private readonly plains = new Map<string, Variant>();
  private readonly keys: KeyFacts;
  private readonly regional: boolean;
  private readonly ways: readonly WaysOut[];
  private readonly find: FindView;
  private variant: Variant;
  private from = 0;
  private readonly draft = new CallDraft();

  constructor(nodes: readonly NodeFacts[], edges: readonly EdgeFacts[], order: Int32Array, find: FindView, keys: Omit<KeyFacts, 'nodes'>) {
    this.find = find;
    this.nodes = nodes;
    this.keys = { nodes, ...keys };
    this.edges = edges;
    this.order = order;
    this.nodeSlots = nodes.map(() => []);
    this.ways = nodes.map((node) => waysOut(node, edges));
    this.variant = this.plain(0, '');
    this.regional = nodes.some((node) => node.split !== null && splitsRegions(node, this.waysOf(node.view).live));
    this.seriesUse = new Int32Array(nodes.length).fill(-1);
    for (const edge of edges) if (edge.seriesUse >= 0) this.seriesUse[edge.view.to.index] = edge.seriesUse;
  }

  private waysOf({ index }: NodeView): WaysOut {
    return this.ways[index] as WaysOut;
  }

  /** The plan of these journeys. A journey whose entry carries nothing has no entry and no traffic. */
  compile(journeys: readonly JourneyView[], readFraction: number): Plan {
    const bySignature = new Map<string, Variant>();
    journeys.forEach((view, i) => {
      const region = this.regional ? this.clientRegion(view.journey) : '';
      const key = signature(view, region);
      this.variant = bySignature.get(key) ?? this.open(view, region);
      bySignature.set(key, this.variant);
      this.enter(i, view.journey, readFraction);
    });
    const nodeSlots = this.nodeSlots;
    for (const index of this.order) {
      const slots = nodeSlots[index] as number[];
      for (const slot of slots) {
        this.from = slot;
        this.variant = this.slotVariant[slot] as Variant;
        this.first[slot] = this.calls.length;
        this.leave(this.nodes[index] as NodeFacts, this.slotOp[slot] as Op);
        this.end[slot] = this.calls.length;
      }
    }
    return {
      slotNode: new Int32Array(this.slotNode), slotOp: new Int32Array(this.slotOp), slotSplit: this.slotSplit,
      slotCpuS: floats(this.demand, ({ cpu }) => cpu), slotIoS: floats(this.demand, ({ io }) => io), slotCs2: floats(this.demand, ({ cs2 }) => cs2),
      slotStored: this.demand.map(({ stored }) => stored),
      calls: this.calls, firstCall: new Int32Array(this.first), endCall: new Int32Array(this.end), nodeSlots, order: this.order, entries: this.entries,
    };
  }

  /** A variant with the walk it falls back to where nothing is overridden any more. */
  private open(view: JourneyView, region: string): Variant {
    const plain = this.plain(cacheableShare(view), region);
    const { journey, demands } = view;
    const steps = new Map<string, PointStep[]>();
    for (const step of journey.steps ?? []) steps.set(step.edge, [...(steps.get(step.edge) ?? []), step]);
    if (steps.size === 0 && Object.keys(demands).length === 0) return plain;
    return {
      steps, demands, mixed: (journey.op ?? 'mixed') === 'mixed', cacheable: plain.cacheable, region, plain,
      own: overridden(this.nodes.length, this.find, steps, demands), slots: new Int32Array(this.nodes.length * 2).fill(-1),
    };
  }

  /** Where the clients of a journey are: their own region, or the one their source stands in. */
  private clientRegion(journey: Journey): string {
    const source = this.find.edge(journey.entry)?.from ?? this.find.node(journey.entry);
    const named: unknown = source?.params.values['region'];
    return typeof named === 'string' && named !== '' ? named : (source?.region ?? '');
  }

  private plain(cacheable: number, region: string): Variant {
    const key = `${cacheable} ${region}`;
    const existing = this.plains.get(key);
    if (existing) return existing;
    const made: Variant = { steps: new Map(), demands: {}, mixed: true, cacheable, region, plain: null, own: new Uint8Array(0), slots: new Int32Array(this.nodes.length * 2).fill(-1) };
    this.plains.set(key, made);
    return made;
  }

  private slot(node: number, op: Op): number {
    const { plain, own } = this.variant;
    const variant = plain && own[node] !== 1 ? plain : this.variant;
    const existing = variant.slots[node * 2 + op] as number;
    if (existing !== -1) return existing;
    const slot = this.slotNode.length;
    const facts = this.nodes[node] as NodeFacts;
    variant.slots[node * 2 + op] = slot;
    this.slotVariant.push(variant);
    this.slotNode.push(node);
    this.slotOp.push(op);
    this.slotSplit.push(facts.split !== null);
    this.first.push(0);
    this.end.push(0);
    (this.nodeSlots[node] as number[]).push(slot);
    this.demand.push(demandAt(facts, op, variant.demands[facts.view.id]));
    return slot;
  }

  private enter(index: number, journey: Journey, readFraction: number): void {
    const ops = branchesOf(journey, readFraction);
    const edge = this.find.edge(journey.entry);
    if (edge) {
      const facts = this.edges[edge.index] as EdgeFacts;
      return this.enterEdge(index, facts, branchesAt(facts, ops), 1);
    }
    const node = this.find.node(journey.entry);
    if (!node) return;
    if (node.behavior.routing !== 'source') {
      for (const [op, weight] of ops) this.entries.push({ journey: index, slot: this.slot(node.index, op), share: weight, times: 1, weight, edge: -1, op, tripS: 0, kb: 0, hard: true, group: null });
      return;
    }
    const out = node.out.map((view) => this.edges[view.index] as EdgeFacts);
    const listed = out.filter(({ view }) => this.variant.steps.get(view.id)?.some((step) => step.push !== true));
    for (const branch of ops) for (const { facts, dealt } of waysIn(listed.length > 0 ? listed : out, branch[0])) this.enterEdge(index, facts, [branch], dealt);
  }

  private enterEdge(journey: number, facts: EdgeFacts, ops: Branches, dealt: number): void {
    const { view } = facts;
    if (!carriesLoad(view)) return;
    const step = this.variant.steps.get(view.id)?.find((other) => other.push !== true);
    const { calls, probability } = view.params.values;
    const times = (step?.calls ?? calls) * (step?.probability ?? probability) * dealt;
    if (times === 0) return;
    for (const [op, weight] of ops) {
      this.entries.push({
        journey, slot: this.slot(view.to.index, op), share: weight, times, weight: weight * times, edge: view.index, op, tripS: facts.tripS + facts.confirmS, kb: kbOf(facts, step),
        hard: !isSoft(facts, step), group: dealt < 1 ? facts.alternatives : null,
      });
    }
  }

  /** How an edge is used in a branch: an explicit operation restricts it to that branch; auto follows the branch. */
  private usesOf(facts: EdgeFacts, branch: Op): readonly Use[] {
    const { view } = facts;
    const steps = this.variant.steps.get(view.id);
    const own = view.params.values.op;
    if (!steps) {
      const plain = PLAIN[branch] ?? UNUSED;
      if (own !== 'auto') return (own === 'read' ? READ : WRITE) === branch ? plain : UNUSED;
      if (facts.only !== null && facts.only !== branch) return UNUSED;
      const writesOnly = view.kind === 'publish' || view.to.behavior.role === 'external';
      return writesOnly && branch === READ ? UNUSED : plain;
    }
    const uses: Use[] = [];
    for (const step of steps) {
      const stated = step.op ?? own;
      const op = stated === 'auto' ? branch : stated === 'read' ? READ : WRITE;
      if (step.push === true || step.calls === 0 || (op !== branch && this.variant.mixed)) continue;
      if (stated === 'auto' && facts.only !== null && facts.only !== branch) continue;
      uses.push({ step, op });
    }
    return uses;
  }

  private leave(node: NodeFacts, op: Op): void {
    const { messages, calls } = this.waysOf(node.view);
    if (messages.length > 0) this.deliver(node, messages, op);
    if (node.split) this.split(node, calls, op);
    else this.fanOut(node, calls, op);
    if (this.variant.steps.size > 0) this.push(node, op);
  }

  /** Messages that a step sends back over a client's open connection: they travel the edge and arrive at nobody's server. */
  private push(node: NodeFacts, op: Op): void {
    for (const { index, id } of node.view.in) {
      const facts = this.edges[index] as EdgeFacts;
      if (facts.view.kind !== 'ws' || facts.view.idleReason) continue;
      for (const step of this.variant.steps.get(id) ?? []) {
        const rate = (step.calls ?? 1) * (step.probability ?? 1);
        if (step.push !== true || !(rate > 0)) continue;
        const draft = this.draft.begin(facts, step, op, rate);
        draft.arrive = 0;
        draft.drive = 0;
        draft.wait = 'async';
        draft.push = true;
        this.emit();
      }
    }
  }

  /** Messages to consumer groups; triggers and change capture of a store run on its writes. */
  private deliver(node: NodeFacts, messages: readonly EdgeFacts[], op: Op): void {
    const isStore = node.view.behavior.routing === 'store';
    const groupOf = ({ view }: EdgeFacts): string => view.params.values.group || (node.broker?.default_group === 'shared' ? 'shared' : `edge:${view.id}`);
    const totals = new Map<string, number>();
    for (const facts of messages) totals.set(groupOf(facts), (totals.get(groupOf(facts)) ?? 0) + facts.view.params.values.weight);
    for (const facts of messages) {
      if (isStore && op === READ) continue;
      const { weight, probability, batch, per, batch_window_s } = facts.view.params.values;
      const deliveries = meanDeliveries(facts.view);
      const total = totals.get(groupOf(facts)) ?? 0;
      const share = isStore || total <= 0 ? 1 : weight / total;
      for (const use of this.usesOf(facts, op)) {
        const draft = this.draft.begin(facts, use.step, use.op, share * (use.step?.probability ?? probability) * deliveries);
        draft.arrive = 1 / batch;
        draft.drive = per === 'message' ? 1 : 1 / batch;
        draft.wait = 'async';
        draft.batch = batch > 1 ? { size: batch, windowS: batch_window_s } : null;
        this.emit();
      }
    }
  }

  private split(node: NodeFacts, calls: readonly EdgeFacts[], op: Op): void {
    const all = calls.flatMap((facts) => this.usesOf(facts, op).map((use) => ({ facts, use })));
    const listed = all.filter(({ use }) => use.step !== null);
    const options = listed.length > 0 ? listed : all;
    const { shares, scatter, doubled } = splitShares(node, options.map(({ facts }) => facts), op, this.variant.region, this.keys);
    const pass = node.edgeCache && op === READ ? 1 - node.edgeCache.hit_ratio * this.variant.cacheable : 1;
    options.forEach(({ facts, use }, i) => {
      const share = shares[i] as number;
      this.call(node, facts, use, { share: (share * (1 - scatter) + scatter) * pass, scatter: scatter * pass, doubled, standby: share === 0 && facts.alternatives !== null });
    });
  }

  private fanOut(node: NodeFacts, calls: readonly EdgeFacts[], op: Op): void {
    let totals: Map<string, number> | null = null;
    for (const { view, alternatives, only } of calls) {
      if (alternatives === null || (only !== null && only !== op)) continue;
      totals ??= new Map();
      totals.set(alternatives, (totals.get(alternatives) ?? 0) + view.params.values.weight);
    }
    for (const facts of calls) {
      if (facts.isFront) continue;
      const total = facts.alternatives === null ? 0 : (totals?.get(facts.alternatives) ?? 0);
      const portion = facts.alternatives === null ? WHOLE : { ...WHOLE, share: total > 0 ? facts.view.params.values.weight / total : 0 };
      for (const use of this.usesOf(facts, op)) this.call(node, facts, use, portion);
    }
  }

  /** One call with the caches before it. */
  private call(node: NodeFacts, facts: EdgeFacts, use: Use, { share, scatter, doubled, standby }: Portion): void {
    const { view } = facts;
    const values = view.params.values;
    const { step, op } = use;
    const stored = view.kind === 'db' || view.kind === 'cache';
    const queries = stored ? (step?.queries ?? this.variant.demands[node.view.id]?.queries ?? values.queries) : 1;
    // a transaction over two shards commits in two phases: once more the work and the time
    const count = (step?.calls ?? values.calls) * queries * (1 + doubled);
    const made = step?.probability ?? values.probability;
    const probability = made * share;
    if (!(count * probability > 0) && !standby) return;
    const trips = values.pipeline > 1 ? Math.ceil(count / values.pipeline) : count;
    const series = this.seriesUse[node.view.index] as number;
    const draft = this.draft.begin(facts, step, op, count * probability);
    draft.gates = series >= 0 && op === READ ? [series] : NONE;
    draft.wait = view.kind === 'publish' && values.outbox ? 'async' : 'wait';
    draft.trips = trips;
    draft.probability = probability;
    draft.scatter = scatter * made;
    const fronts = facts.fronts.length === 0 || this.variant.steps.size === 0 ? facts.fronts : facts.fronts.filter((front) => !this.leftOut(front.edge));
    const answering = view.kind === 'publish' && values.request_reply && draft.wait === 'wait' ? this.answering(facts, op) : null;
    if (answering) {
      draft.arrive = 2;
      draft.reply = 'asked';
    }
    if (op === READ) this.readThrough(facts, fronts);
    else this.writeBeside(facts, fronts);
    if (answering) this.answer(facts, answering, { count, trips, probability });
  }

  /** Who answers over the broker: the only consumer of its messages, if there is just one. */
  private answering(facts: EdgeFacts, op: Op): { readonly facts: EdgeFacts; readonly use: Use } | null {
    const consumers = this.waysOf(facts.view.to).live.filter(({ view }) => view.kind === 'consume' || view.kind === 'trigger');
    const [only] = consumers;
    const [use] = only && consumers.length === 1 && only.view.to.behavior.routing !== 'store' ? this.usesOf(only, op) : [];
    return only && use ? { facts: only, use } : null;
  }

  /** The sender waits until the message is worked on and the answer has come back through the broker; the work itself is the message's. */
  private answer(asked: EdgeFacts, { facts, use }: { readonly facts: EdgeFacts; readonly use: Use }, { count, trips, probability }: { readonly count: number; readonly trips: number; readonly probability: number }): void {
    const back = facts.tripS + (this.nodes[asked.view.to.index]?.broker?.publish_s ?? 0) + asked.tripS;
    const soft = isSoft(asked, this.draft.step);
    Object.assign(this.draft.begin(facts, use.step, use.op, count * probability), { arrive: 0, drive: 0, trips, probability, reply: 'given', extraS: back, soft });
    this.emit();
  }

  private leftOut(edge: number): boolean {
    return this.variant.steps.get((this.edges[edge] as EdgeFacts).view.id)?.some((step) => step.calls === 0) ?? false;
  }

  /** The drafted read, after a look-up in each cache before it. */
  private readThrough(facts: EdgeFacts, fronts: EdgeFacts['fronts']): void {
    const { draft } = this;
    if (fronts.length > 0) this.lookUp(facts, fronts);
    draft.looksUp = facts.seriesUse;
    this.emit();
  }

  private lookUp(target: EdgeFacts, fronts: EdgeFacts['fronts']): void {
    const { draft } = this;
    const { trips, probability, scatter, wait } = draft;
    let { gates } = draft;
    const lookups: number[] = [];
    for (const front of fronts) {
      lookups.push(this.calls.length);
      draft.over(this.edges[front.edge] as EdgeFacts);
      draft.drive = 0;
      draft.gates = gates;
      draft.looksUp = front.use;
      draft.wait = 'lookup';
      draft.trips = 1;
      draft.probability = 1;
      draft.scatter = 0;
      this.emit();
      gates = [...gates, front.use];
    }
    draft.over(target);
    draft.drive = 1;
    draft.gates = gates;
    draft.wait = wait;
    draft.trips = trips;
    draft.probability = probability;
    draft.scatter = scatter;
    draft.lookups = lookups;
  }

  /** The drafted write, and what it does to the caches before it. */
  private writeBeside(facts: EdgeFacts, fronts: EdgeFacts['fronts']): void {
    const { draft } = this;
    let behind = false;
    let coalesce = 1;
    for (const front of fronts) {
      const cache = this.edges[front.edge] as EdgeFacts;
      const { mode, invalidate } = cache.view.params.values;
      const plain = mode === 'aside' || mode === 'read_through';
      if (mode === 'write_around' || (plain && !invalidate)) continue;
      if (mode === 'write_behind') {
        behind = true;
        coalesce = Math.max(coalesce, cache.view.params.values.coalesce);
      }
      draft.over(cache);
      draft.drive = 0;
      draft.deletes = plain ? front.use : -1;
      this.emit();
    }
    const { mode, invalidate } = facts.view.params.values;
    draft.over(facts);
    draft.drive = 1;
    draft.deletes = facts.seriesUse >= 0 && invalidate && (mode === 'aside' || mode === 'read_through') ? facts.seriesUse : -1;
    draft.rate /= coalesce;
    if (behind) draft.wait = 'async';
    this.emit();
  }

  private emit(): void {
    const { view } = this.draft.facts;
    this.calls.push(this.draft.make(this.from, this.slot(this.draft.push ? view.from.index : view.to.index, this.draft.op)));
  }
}
