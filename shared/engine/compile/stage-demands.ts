/** Demands that journeys state for a stage, bound to the components that are that stage in this drawing (semantics 13). */
import type { JourneyView } from '../../contracts/graph-view.ts';
import type { Design } from '../../model/design.ts';
import type { PointDemand } from '../../model/point-journey.ts';
import { isStageKey, STAGE_KEYS, type AskedPart, type Stage } from '../../model/stages.ts';
import { READ, WRITE, type Call, type EdgeFacts, type NodeFacts, type Op, type Plan } from '../types.ts';

/** Components that a journey reaches, in the part that they play for it. */
interface Stages { readonly entries: ReadonlySet<number>; readonly consumers: ReadonlySet<number>; readonly stored: ReadonlySet<number> }

/** Own code that works on requests or messages: gateways, proxies and balancers only pass them on. */
function worksItself({ process, pool, fn, view }: NodeFacts): boolean {
  return (process ?? pool ?? fn) !== null && view.behavior.role !== 'gateway';
}

/** Follows the calls of one journey through the walk. */
class StageFinder {
  private readonly nodes: readonly NodeFacts[];
  private readonly edges: readonly EdgeFacts[];
  private readonly plan: Plan;

  constructor(nodes: readonly NodeFacts[], edges: readonly EdgeFacts[], plan: Plan) {
    this.nodes = nodes;
    this.edges = edges;
    this.plan = plan;
  }

  private takesMessages(edge: number): boolean {
    const kind = this.edges[edge]?.view.kind;
    return kind === 'consume' || kind === 'trigger';
  }

  /** Everything that one request reaches from its entries; `follow` says whether a call is followed. */
  private reach(journey: number, follow: (call: Call) => boolean, stop: (slot: number) => boolean): void {
    const { plan } = this;
    const seen = new Set<number>();
    const open = plan.entries.filter((entry) => entry.journey === journey && entry.weight > 0).map(({ slot }) => slot);
    for (let slot = open.pop(); slot !== undefined; slot = open.pop()) {
      if (seen.has(slot)) continue;
      seen.add(slot);
      if (stop(slot)) continue;
      for (let i = plan.firstCall[slot] as number; i < (plan.endCall[slot] as number); i++) {
        const call = plan.calls[i] as Call;
        if (!call.push && follow(call)) open.push(call.to);
      }
    }
  }

  /** Node of a slot. */
  private at(slot: number): number {
    return this.plan.slotNode[slot] as number;
  }

  private isWorking(slot: number): boolean {
    return worksItself(this.nodes[this.at(slot)] as NodeFacts);
  }

  find(journey: number): Stages {
    const entries = new Set<number>();
    const consumers = new Set<number>();
    const stored = new Set<number>();
    this.reach(journey, (call) => !this.takesMessages(call.edge), (slot) => {
      if (this.isWorking(slot)) entries.add(this.at(slot));
      return this.isWorking(slot);
    });
    for (const entry of this.plan.entries) if (entry.journey === journey && this.takesMessages(entry.edge) && this.isWorking(entry.slot)) consumers.add(this.at(entry.slot));
    this.reach(journey, (call) => {
      const first = this.takesMessages(call.edge) && this.isWorking(call.to);
      if (first) consumers.add(this.at(call.to));
      return !first;
    }, () => false);
    this.reach(journey, () => true, (slot) => {
      if (this.nodes[this.at(slot)]?.store) stored.add(2 * this.at(slot) + (this.plan.slotOp[slot] as number));
      return false;
    });
    return { entries, consumers, stored };
  }
}

/** True where the data of a journey is at home; without named data every relational store that it reaches keeps some. */
function isHome(named: readonly { readonly entity: string }[] | undefined, facts: NodeFacts, nodes: readonly NodeFacts[], design: Design): boolean {
  if (named === undefined || named.length === 0) return true;
  const homes = named.flatMap(({ entity }) => (Object.hasOwn(design.entities, entity) ? [design.entities[entity]?.home] : []));
  return homes.includes(facts.view.id) || facts.replays.some((source) => homes.includes(nodes[source]?.view.id));
}

/** A stage's demand under what is stated for the component itself. */
function under(stage: PointDemand, own: PointDemand | undefined): PointDemand {
  if (own === undefined) return stage;
  // one time for both operations takes the place of the stage's time for each
  const both = own.cpu_ms === undefined ? {} : { read_cpu_ms: own.cpu_ms, write_cpu_ms: own.cpu_ms };
  return { ...stage, ...both, ...own };
}

function atStore(stage: PointDemand, op: Op): PointDemand {
  const { cpu_ms, write_iops } = stage;
  if (op === READ) return cpu_ms === undefined ? {} : { read_cpu_ms: cpu_ms };
  return { ...(cpu_ms === undefined ? {} : { write_cpu_ms: cpu_ms }), ...(write_iops === undefined ? {} : { write_iops }) };
}

function bound(view: JourneyView, { entries, consumers, stored }: Stages, nodes: readonly NodeFacts[], design: Design): JourneyView {
  const { journey, demands: own } = view;
  const stages = journey.demands ?? {};
  const found = new Map<number, PointDemand>();
  const asks: AskedPart[] = [];
  const put = (node: number, stage: Stage, demand: PointDemand): void => {
    found.set(node, { ...found.get(node), ...demand });
    if (Object.keys(demand).length > 0) asks.push({ node: (nodes[node] as NodeFacts).view.id, stage });
  };
  const { [STAGE_KEYS.entry]: entry, [STAGE_KEYS.consumer]: consumer, [STAGE_KEYS.read]: read, [STAGE_KEYS.write]: write } = stages;
  if (consumer) for (const node of consumers) put(node, 'consumer', consumer);
  if (entry) for (const node of entries) put(node, 'entry', entry);
  nodes.forEach((facts, node) => {
    if (read && stored.has(2 * node + READ) && isHome(journey.reads, facts, nodes, design)) put(node, 'read', atStore(read, READ));
    if (write && stored.has(2 * node + WRITE) && isHome(journey.writes, facts, nodes, design)) put(node, 'write', atStore(write, WRITE));
  });
  if (found.size === 0) return view;
  const demands: Record<string, PointDemand> = { ...own };
  for (const [node, stage] of found) {
    const { id } = (nodes[node] as NodeFacts).view;
    demands[id] = under(stage, own[id]);
  }
  return { ...view, demands, asks: [...asks, ...view.asks] };
}

/** True where a journey states demands for stages. */
export function statesStages({ journey }: JourneyView): boolean {
  return Object.keys(journey.demands ?? {}).some(isStageKey);
}

/**
 * Journeys with the demands of their stages at the components that `plan` (the walk without them) takes each journey to: the first
 * own code on each of its paths, the first consumers behind a broker, and the relational homes of what it reads and writes. What
 * is stated for a component itself goes before. Journeys without stages stay what they are.
 */
export function bindStages(journeys: readonly JourneyView[], plan: Plan, nodes: readonly NodeFacts[], edges: readonly EdgeFacts[], design: Design): JourneyView[] {
  const finder = new StageFinder(nodes, edges, plan);
  return journeys.map((view, index) => (statesStages(view) ? bound(view, finder.find(index), nodes, design) : view));
}
