/** The walk of all journeys as one list of calls in topological order: the only place that knows who calls whom. */
import type { JourneyView } from '../../contracts/graph-view.ts';
import type { Demand, Journey, JourneyStep } from '../../model/design.ts';
import { READ, WRITE, type Call, type EdgeFacts, type Entry, type NodeFacts, type Op, type Plan } from '../types.ts';
import { carriesLoad } from './cycles.ts';

/** Share of the reads of a derived journey that an edge cache may answer (semantics 7). */
const DERIVED_CACHEABLE = 0.3;

/** What journeys may differ in: their overrides. Journeys with the same overrides share one walk. */
interface Variant {
  readonly steps: ReadonlyMap<string, readonly JourneyStep[]>;
  readonly demands: Readonly<Record<string, Demand>>;
  readonly mixed: boolean;
  readonly cacheable: number;
  /** The walk without overrides, for the nodes where this one has none (`own` is 0). Null for such a walk itself. */
  readonly plain: Variant | null;
  readonly own: Uint8Array;
  /** Slot of each node and operation, -1 while it is not reached. */
  readonly slots: Int32Array;
}

const NONE: readonly number[] = [];
const NO_DEMAND = { cpu_s: 0, io_s: 0, cs2: 1 } as const;

/** One way an edge is used in one state: the override, if any, and the operation it becomes. */
interface Use { readonly step: JourneyStep | null; readonly op: Op }

type CallSpec = Omit<Call, 'from' | 'to' | 'group' | 'hard' | 'tripS'> & { readonly facts: EdgeFacts; readonly step: JourneyStep | null };

function cacheableShare(view: JourneyView): number {
  if (view.derived) return DERIVED_CACHEABLE;
  return view.journey.cacheable === 'public' ? 1 : 0;
}

function signature(view: JourneyView): string {
  const { journey } = view;
  const strict = (journey.steps?.length ?? 0) > 0 && (journey.op ?? 'mixed') !== 'mixed';
  return JSON.stringify([journey.steps ?? [], journey.demands ?? {}, strict, cacheableShare(view)]);
}

/** Branches of a journey with their weights. */
function branches(journey: Journey, readFraction: number): readonly (readonly [Op, number])[] {
  if (journey.op === 'read') return [[READ, 1]];
  if (journey.op === 'write') return [[WRITE, 1]];
  const reads = journey.read_fraction ?? readFraction;
  return [[READ, reads], [WRITE, 1 - reads]];
}

/** Builds the plan; one instance compiles one drawing. */
export class WalkCompiler {
  private readonly nodes: readonly NodeFacts[];
  private readonly edges: readonly EdgeFacts[];
  private readonly order: Int32Array;
  private readonly seriesUse: Int32Array;
  private readonly slotNode: number[] = [];
  private readonly slotOp: number[] = [];
  private readonly slotSplit: boolean[] = [];
  private readonly demand: { cpu: number; io: number; cs2: number }[] = [];
  private readonly calls: Call[] = [];
  private readonly first: number[] = [];
  private readonly end: number[] = [];
  private readonly entries: Entry[] = [];
  private readonly slotVariant: Variant[] = [];
  private readonly nodeSlots: number[][];
  private readonly plains = new Map<number, Variant>();
  private readonly live: readonly (readonly EdgeFacts[])[];
  private variant: Variant;
  private from = 0;

  constructor(nodes: readonly NodeFacts[], edges: readonly EdgeFacts[], order: Int32Array) {
    this.nodes = nodes;
    this.edges = edges;
    this.order = order;
    this.nodeSlots = nodes.map(() => []);
    this.live = nodes.map(({ view }) => view.out.filter((edge) => carriesLoad(edge)).map((edge) => edges[edge.index] as EdgeFacts));
    this.variant = this.plain(0);
    this.seriesUse = new Int32Array(nodes.length).fill(-1);
    for (const edge of edges) if (edge.seriesUse >= 0) this.seriesUse[edge.view.to.index] = edge.seriesUse;
  }

  /** The plan of these journeys. A journey whose entry carries nothing has no entry and no traffic. */
  compile(journeys: readonly JourneyView[], readFraction: number): Plan {
    const bySignature = new Map<string, Variant>();
    journeys.forEach((view, i) => {
      const key = signature(view);
      this.variant = bySignature.get(key) ?? this.open(view);
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
      slotNode: Int32Array.from(this.slotNode), slotOp: Int32Array.from(this.slotOp), slotSplit: this.slotSplit,
      slotCpuS: Float64Array.from(this.demand, (d) => d.cpu), slotIoS: Float64Array.from(this.demand, (d) => d.io), slotCs2: Float64Array.from(this.demand, (d) => d.cs2),
      calls: this.calls, firstCall: Int32Array.from(this.first), endCall: Int32Array.from(this.end), nodeSlots, order: this.order, entries: this.entries,
    };
  }

  /** A variant with the walk it falls back to where nothing is overridden any more. */
  private open(view: JourneyView): Variant {
    const plain = this.plain(cacheableShare(view));
    const { journey } = view;
    const steps = new Map<string, JourneyStep[]>();
    for (const step of journey.steps ?? []) steps.set(step.edge, [...(steps.get(step.edge) ?? []), step]);
    const demands = journey.demands ?? {};
    if (steps.size === 0 && Object.keys(demands).length === 0) return plain;
    return {
      steps, demands, mixed: (journey.op ?? 'mixed') === 'mixed', cacheable: plain.cacheable, plain,
      own: this.overridden(steps, demands), slots: new Int32Array(this.nodes.length * 2).fill(-1),
    };
  }

  private plain(cacheable: number): Variant {
    const existing = this.plains.get(cacheable);
    if (existing) return existing;
    const made: Variant = { steps: new Map(), demands: {}, mixed: true, cacheable, plain: null, own: new Uint8Array(0), slots: new Int32Array(this.nodes.length * 2).fill(-1) };
    this.plains.set(cacheable, made);
    return made;
  }

  /** Nodes whose calls differ from the plain walk: those with an override, and all that call them. */
  private overridden(steps: ReadonlyMap<string, unknown>, demands: Readonly<Record<string, Demand>>): Uint8Array {
    const own = new Uint8Array(this.nodes.length);
    for (const { view } of this.edges) if (steps.has(view.id)) own[view.from.index] = 1;
    for (const { view } of this.nodes) if (Object.hasOwn(demands, view.id)) own[view.index] = 1;
    for (let at = this.order.length - 1; at >= 0; at--) {
      const node = (this.nodes[this.order[at] as number] as NodeFacts).view;
      if (node.out.some((edge) => own[edge.to.index] === 1 && carriesLoad(edge))) own[node.index] = 1;
    }
    return own;
  }

  private slot(node: number, op: Op): number {
    const { plain, own } = this.variant;
    const variant = plain && own[node] !== 1 ? plain : this.variant;
    const existing = variant.slots[node * 2 + op] as number;
    if (existing !== -1) return existing;
    const slot = this.slotNode.length;
    const facts = this.nodes[node] as NodeFacts;
    const usual = facts.process?.demand ?? facts.pool?.demand ?? facts.fn?.demand ?? NO_DEMAND;
    const stated = variant.demands[facts.view.id];
    variant.slots[node * 2 + op] = slot;
    this.slotVariant.push(variant);
    this.slotNode.push(node);
    this.slotOp.push(op);
    this.slotSplit.push(facts.split !== null);
    (this.nodeSlots[node] as number[]).push(slot);
    this.demand.push({
      cpu: stated?.cpu_ms !== undefined ? stated.cpu_ms / 1000 : usual.cpu_s,
      io: stated?.io_ms !== undefined ? stated.io_ms / 1000 : usual.io_s,
      cs2: stated?.cs2 ?? usual.cs2,
    });
    return slot;
  }

  private enter(index: number, journey: Journey, readFraction: number): void {
    const ops = branches(journey, readFraction);
    const edge = this.edges.find(({ view }) => view.id === journey.entry);
    if (edge) return this.enterEdge(index, edge, ops);
    const node = this.nodes.find(({ view }) => view.id === journey.entry);
    if (!node) return;
    if (node.view.behavior.routing !== 'source') {
      for (const [op, weight] of ops) this.entries.push({ journey: index, slot: this.slot(node.view.index, op), share: weight, times: 1, weight, edge: -1, op, tripS: 0 });
      return;
    }
    const out = node.view.out.map((view) => this.edges[view.index] as EdgeFacts);
    const listed = out.filter(({ view }) => this.variant.steps.has(view.id));
    for (const facts of listed.length > 0 ? listed : out) this.enterEdge(index, facts, ops);
  }

  private enterEdge(journey: number, facts: EdgeFacts, ops: readonly (readonly [Op, number])[]): void {
    const { view } = facts;
    if (!carriesLoad(view)) return;
    const step = this.variant.steps.get(view.id)?.[0];
    const { calls, probability } = view.params.values;
    const times = (step?.calls ?? calls) * (step?.probability ?? probability);
    if (times === 0) return;
    for (const [op, weight] of ops) {
      this.entries.push({ journey, slot: this.slot(view.to.index, op), share: weight, times, weight: weight * times, edge: view.index, op, tripS: facts.tripS + facts.confirmS });
    }
  }

  /** How an edge is used in a branch: an explicit operation restricts it to that branch; auto follows the branch. */
  private usesOf(facts: EdgeFacts, branch: Op): readonly Use[] {
    const { view } = facts;
    const steps = this.variant.steps.get(view.id);
    const own = view.params.values.op;
    if (!steps) {
      if (own !== 'auto') return (own === 'read' ? READ : WRITE) === branch ? [{ step: null, op: branch }] : [];
      if (facts.only !== null && facts.only !== branch) return [];
      const writesOnly = view.kind === 'publish' || view.to.behavior.role === 'external';
      return writesOnly && branch === READ ? [] : [{ step: null, op: branch }];
    }
    const uses: Use[] = [];
    for (const step of steps) {
      const stated = step.op ?? own;
      const op = stated === 'auto' ? branch : stated === 'read' ? READ : WRITE;
      if (step.calls === 0 || (op !== branch && this.variant.mixed)) continue;
      if (stated === 'auto' && facts.only !== null && facts.only !== branch) continue;
      uses.push({ step, op });
    }
    return uses;
  }

  private leave(node: NodeFacts, op: Op): void {
    const out = this.live[node.view.index] ?? [];
    const messages = out.filter(({ view }) => view.kind === 'consume' || view.kind === 'trigger' || view.kind === 'replicate');
    const calls = messages.length > 0 ? out.filter((facts) => !messages.includes(facts)) : out;
    this.deliver(node, messages, op);
    if (node.split) this.split(node, calls, op);
    else this.fanOut(node, calls, op);
  }

  /** Messages to consumer groups; triggers and change capture of a store run on its writes. */
  private deliver(node: NodeFacts, messages: readonly EdgeFacts[], op: Op): void {
    const isStore = node.view.behavior.routing === 'store';
    const groupOf = ({ view }: EdgeFacts): string => view.params.values.group || (node.broker?.default_group === 'shared' ? 'shared' : `edge:${view.id}`);
    const totals = new Map<string, number>();
    for (const facts of messages) totals.set(groupOf(facts), (totals.get(groupOf(facts)) ?? 0) + facts.view.params.values.weight);
    for (const facts of messages) {
      if (isStore && op === READ) continue;
      const { weight, probability, batch, per } = facts.view.params.values;
      const total = totals.get(groupOf(facts)) ?? 0;
      const share = isStore || total <= 0 ? 1 : weight / total;
      for (const use of this.usesOf(facts, op)) {
        this.emit({
          facts, step: use.step, edge: facts.view.index, op: use.op, rate: share * (use.step?.probability ?? probability), arrive: 1 / batch,
          drive: per === 'message' ? 1 : 1 / batch, gates: NONE, looksUp: -1, deletes: -1, wait: 'async', trips: 1, probability: 1, lookups: NONE,
        });
      }
    }
  }

  private split(node: NodeFacts, calls: readonly EdgeFacts[], op: Op): void {
    const all = calls.flatMap((facts) => this.usesOf(facts, op).map((use) => ({ facts, use })));
    const listed = all.filter(({ use }) => use.step !== null);
    const options = listed.length > 0 ? listed : all;
    const weightOf = ({ facts }: { facts: EdgeFacts }): number => facts.view.params.values.weight * (node.split === 'balance' ? (this.nodes[facts.view.to.index] as NodeFacts).units : 1);
    const total = options.reduce((sum, option) => sum + weightOf(option), 0);
    const pass = node.edgeCache && op === READ ? 1 - node.edgeCache.hit_ratio * this.variant.cacheable : 1;
    for (const option of options) this.call(node, option.facts, option.use, (total > 0 ? weightOf(option) / total : 1 / options.length) * pass);
  }

  private fanOut(node: NodeFacts, calls: readonly EdgeFacts[], op: Op): void {
    const totals = new Map<string, number>();
    for (const { view } of calls) {
      const group = view.params.values.any_of;
      if (group !== '') totals.set(group, (totals.get(group) ?? 0) + view.params.values.weight);
    }
    for (const facts of calls) {
      if (facts.isFront) continue;
      const { any_of: group, weight } = facts.view.params.values;
      const total = totals.get(group) ?? 0;
      const share = group === '' ? 1 : total > 0 ? weight / total : 0;
      for (const use of this.usesOf(facts, op)) this.call(node, facts, use, share);
    }
  }

  /** One call with the caches before it. */
  private call(node: NodeFacts, facts: EdgeFacts, use: Use, share: number): void {
    const { view } = facts;
    const values = view.params.values;
    const { step, op } = use;
    const stored = view.kind === 'db' || view.kind === 'cache';
    const queries = stored ? (step?.queries ?? this.variant.demands[node.view.id]?.queries ?? values.queries) : 1;
    const count = (step?.calls ?? values.calls) * queries;
    const probability = (step?.probability ?? values.probability) * share;
    if (!(count * probability > 0)) return;
    const trips = values.pipeline > 1 ? Math.ceil(count / values.pipeline) : count;
    const series = this.seriesUse[node.view.index] as number;
    const gates = series >= 0 && op === READ ? [series] : NONE;
    const waits = view.kind === 'publish' && values.outbox ? 'async' : 'wait';
    const base: CallSpec = { facts, step, edge: view.index, op, rate: count * probability, arrive: 1, drive: 1, gates, looksUp: -1, deletes: -1, wait: waits, trips, probability, lookups: NONE };
    const fronts = facts.fronts.length === 0 ? facts.fronts : facts.fronts.filter((front) => !this.leftOut(front.edge));
    if (op === READ) this.readThrough(base, fronts);
    else this.writeBeside(base, fronts);
  }

  private leftOut(edge: number): boolean {
    return this.variant.steps.get((this.edges[edge] as EdgeFacts).view.id)?.some((step) => step.calls === 0) ?? false;
  }

  private readThrough(base: CallSpec, fronts: EdgeFacts['fronts']): void {
    if (fronts.length === 0) return this.emit({ ...base, looksUp: base.facts.seriesUse });
    const gates = [...base.gates];
    const lookups: number[] = [];
    for (const front of fronts) {
      const facts = this.edges[front.edge] as EdgeFacts;
      lookups.push(this.calls.length);
      this.emit({ ...base, facts, edge: front.edge, drive: 0, gates: [...gates], looksUp: front.use, wait: 'lookup', trips: 1, probability: 1, lookups: [] });
      gates.push(front.use);
    }
    this.emit({ ...base, gates, lookups, looksUp: base.facts.seriesUse });
  }

  private writeBeside(base: CallSpec, fronts: EdgeFacts['fronts']): void {
    let behind = false;
    let coalesce = 1;
    for (const front of fronts) {
      const facts = this.edges[front.edge] as EdgeFacts;
      const { mode, invalidate } = facts.view.params.values;
      const plain = mode === 'aside' || mode === 'read_through';
      if (mode === 'write_around' || (plain && !invalidate)) continue;
      if (mode === 'write_behind') {
        behind = true;
        coalesce = Math.max(coalesce, facts.view.params.values.coalesce);
      }
      this.emit({ ...base, facts, edge: front.edge, drive: 0, deletes: plain ? front.use : -1 });
    }
    const seriesEdge = base.facts.seriesUse;
    const values = base.facts.view.params.values;
    const deletes = seriesEdge >= 0 && values.invalidate && (values.mode === 'aside' || values.mode === 'read_through') ? seriesEdge : -1;
    this.emit({ ...base, deletes, rate: base.rate / coalesce, wait: behind ? 'async' : base.wait });
  }

  /** All calls are made here, member by member: objects of one shape, which the load passes run through often. */
  private emit(spec: CallSpec): void {
    const { facts, step } = spec;
    const { view } = facts;
    const values = view.params.values;
    const order = step?.order ?? values.order;
    const soft = (step?.criticality ?? values.criticality) === 'soft' || values.fallback || (view.kind === 'publish' && values.outbox);
    this.calls.push({
      from: this.from, to: this.slot(view.to.index, spec.op), edge: spec.edge, op: spec.op, rate: spec.rate, arrive: spec.arrive, drive: spec.drive,
      gates: spec.gates, looksUp: spec.looksUp, deletes: spec.deletes, wait: spec.wait, trips: spec.trips, probability: spec.probability,
      group: order.startsWith('par') ? order : null, hard: !soft, tripS: facts.tripS + facts.confirmS, lookups: spec.lookups,
    });
  }
}
