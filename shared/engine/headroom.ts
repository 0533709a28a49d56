/**
 * Stage 5: how much more load fits. H = knee / utilisation for what grows with the load; where a time to live makes hit
 * ratios depend on the load, the crossing is searched on a few runs at higher loads. Also the sweep of the load dial.
 */
import type { BreakPoint, ResourceName, Sweep } from '../contracts/evaluation.ts';
import { noQuantity, quantity, type Quantity } from '../model/quantity.ts';
import { type Numbers, wholes } from './math/lists.ts';
import { extrapolatedUnits } from './math/usl.ts';
import { HitCurves } from './solve/hit-curves.ts';
import { usersPerRate } from './solve/users.ts';
import { NEEDED, solveStations } from './stations.ts';
import { runTraffic } from './traffic.ts';
import type { Call, CompiledDesign, NodeFacts, NodeStation, ResourceState, StationResult, TrafficResult } from './types.ts';

/** Multiples of the present load at which load-dependent designs are run to find where they break. */
const SEARCH = [4, 25, 100] as const;
/** The dial's range (ui 4). */
const DIAL = { from: 1, to: 100, steps: 200 } as const;

/** Load multiples of one node, relative to the load it was solved at; null means no limit. */
export interface NodeHeadroom {
  readonly now: number | null;
  readonly auto: number | null;
  readonly elastic: number | null;
  /** Where the first resource reaches 1, after all scaling that is allowed, and which. */
  readonly breaks: number | null;
  readonly breaking: ResourceName | null;
}

/** Headroom of all nodes and of the whole design. */
export interface HeadroomResult {
  readonly nodes: readonly NodeHeadroom[];
  readonly now: Quantity;
  readonly auto: Quantity;
  readonly elastic: Quantity;
}

/** Utilisation of one resource of one node at a higher multiple, with the units it then has. */
interface Sample { readonly multiple: number; readonly stations: StationResult }

function least(a: number | null, b: number | null): number | null {
  return a === null ? b : b === null ? a : Math.min(a, b);
}

/** Utilisation with a given number of units. */
function atUnits(state: ResourceState, station: NodeStation, units: number): number {
  return state.perUnit ? (state.utilisation * station.scaledUnits) / units : state.utilisation;
}

/** Utilisation of a resource in one sample with a given number of units; null where the node has no such resource then. */
function utilisationAt({ stations }: Sample, index: number, name: ResourceName, units: number): number | null {
  const station = stations.stations[index];
  if (station) for (const state of station.resources) if (state.resource === name) return atUnits(state, station, units);
  return null;
}

/** Multiple at which a resource with `units` units reaches `level`: between two samples on a straight line in logarithms. */
function crossing(samples: readonly Sample[], index: number, name: ResourceName, units: number, level: number): number | null {
  let lastMultiple = 0;
  let lastRho = 0;
  for (const sample of samples) {
    const { multiple } = sample;
    const rho = utilisationAt(sample, index, name, units);
    if (rho === null) return null;
    if (rho >= level) {
      if (!(lastRho > 0)) return (multiple * level) / rho;
      const slope = Math.log(rho / lastRho) / Math.log(multiple / lastMultiple);
      return slope > 0 ? lastMultiple * (level / lastRho) ** (1 / slope) : multiple;
    }
    lastMultiple = multiple;
    lastRho = rho;
  }
  return lastRho > 0 ? (lastMultiple * level) / lastRho : null;
}

/** Units that autoscaling may reach; the drawn number without it. */
function mostUnits({ units, view }: NodeFacts): number {
  const { autoscale } = view.behavior;
  return autoscale ? Math.max(units, autoscale.max) : units;
}

/**
 * What the units that autoscaling may reach are worth: beyond twice the present ones by the scalability law, which is an
 * extrapolation and told as one.
 */
function worthOfMost(facts: NodeFacts, station: NodeStation): number {
  return facts.view.behavior.autoscale ? extrapolatedUnits(Math.max(facts.units, station.scaledUnits), mostUnits(facts)) : facts.units;
}

/** Components whose headroom counts on more than twice their present units, in node order. */
export function extrapolatedNodes({ nodes, connected }: CompiledDesign, { stations }: StationResult): readonly number[] {
  const found: number[] = [];
  for (let index = 0; index < nodes.length; index++) {
    const facts = nodes[index] as NodeFacts;
    // only what scales by itself can count on more than there is
    if (!facts.view.behavior.autoscale || !connected[index]) continue;
    const station = stations[index] as NodeStation;
    const grows = station.resources.some(({ perUnit, utilisation, capacity }) => perUnit && capacity !== null && utilisation > 0);
    if (grows && worthOfMost(facts, station) < mostUnits(facts)) found.push(index);
  }
  return found;
}

/** Share of the arrivals that are first attempts: retries come with the overload and not before it. */
function firstShare(flows: TrafficResult, index: number): number {
  const all = (flows.nodeReads[index] as number) + (flows.nodeWrites[index] as number);
  return flows.retries && all > 0 ? (flows.first[index] as number) / all : 1;
}

const UNLIMITED: NodeHeadroom = { now: null, auto: null, elastic: null, breaks: null, breaking: null };

/** The narrowest of the resources of one node that were met so far. */
class Narrowest {
  private now = Infinity;
  private auto = Infinity;
  private elastic = Infinity;
  private breaks = Infinity;
  private breaking: ResourceName | null = null;

  meet({ resource, elastic }: ResourceState, now: number, auto: number, breaks: number): void {
    this.now = Math.min(this.now, now);
    this.auto = Math.min(this.auto, auto);
    this.elastic = Math.min(this.elastic, auto * elastic);
    if (this.breaking !== null && !(breaks < this.breaks)) return;
    this.breaks = breaks;
    this.breaking = resource;
  }

  result(): NodeHeadroom {
    const { now, auto, elastic, breaks, breaking } = this;
    return breaking === null ? UNLIMITED : { now, auto, elastic, breaks, breaking };
  }
}

function isDriven({ capacity, utilisation }: ResourceState): boolean {
  return capacity !== null && utilisation > 0;
}

/** Of a node whose utilisations grow with the load. */
function linearHeadroom(facts: NodeFacts, station: NodeStation, ofFirst: number): NodeHeadroom {
  const narrowest = new Narrowest();
  const most = worthOfMost(facts, station);
  for (const state of station.resources) {
    if (!isDriven(state)) continue;
    const full = atUnits(state, station, most) * ofFirst;
    narrowest.meet(state, state.knee / (atUnits(state, station, facts.units) * ofFirst), state.knee / full, 1 / full);
  }
  return narrowest.result();
}

/** Of a node that was solved at several loads. */
function searchedHeadroom(facts: NodeFacts, station: NodeStation, samples: readonly Sample[]): NodeHeadroom {
  const { index } = facts.view;
  const narrowest = new Narrowest();
  const most = worthOfMost(facts, station);
  for (const state of station.resources) {
    if (!isDriven(state)) continue;
    const now = crossing(samples, index, state.resource, facts.units, state.knee);
    const auto = crossing(samples, index, state.resource, most, state.knee);
    const breaks = crossing(samples, index, state.resource, most, 1);
    if (now !== null && auto !== null && breaks !== null) narrowest.meet(state, now, auto, breaks);
  }
  return narrowest.result();
}

/** Nodes whose arrivals are not proportional to the load: those behind a cache with a time to live. */
function bentNodes({ plan, uses, nodes }: CompiledDesign): Numbers {
  const slots = wholes(plan.slotNode.length);
  const bent = wholes(nodes.length);
  for (const { from, to, gates } of plan.calls) {
    let mark = slots[from] === 1;
    for (const gate of gates) if (uses[gate]?.ttlS != null) mark = true;
    if (!mark) continue;
    slots[to] = 1;
    bent[plan.slotNode[to] as number] = 1;
  }
  return bent;
}

/** What to solve for the loads of these nodes: of themselves the load, and all of what they call, which their own times depend on. */
function withCallees({ plan }: CompiledDesign, marked: Numbers): Numbers {
  const needed = marked.map((mark): number => (mark === 1 ? NEEDED.load : NEEDED.not));
  for (const index of plan.order) {
    if (needed[index] === NEEDED.not) continue;
    for (const slot of plan.nodeSlots[index] ?? []) {
      for (let i = plan.firstCall[slot] as number; i < (plan.endCall[slot] as number); i++) needed[plan.slotNode[(plan.calls[i] as Call).to] as number] = NEEDED.all;
    }
  }
  return needed;
}

/** Runs at higher loads, as long as a node behind such a cache has not broken; the first sample is the present load. */
function searchRuns(compiled: CompiledDesign, flows: TrafficResult, stations: StationResult, bent: Numbers): Sample[] {
  const samples: Sample[] = [{ multiple: 1, stations }];
  const needed = withCallees(compiled, bent);
  let hits = flows.hit;
  for (const multiple of SEARCH) {
    const before = samples[samples.length - 1]?.stations.stations ?? [];
    if (!before.some((station, index) => bent[index] === 1 && !station.saturated)) break;
    const at = runTraffic(compiled, { multiple: flows.multiple * multiple, hits, rough: true });
    hits = at.hit;
    samples.push({ multiple, stations: solveStations(compiled, at, needed) });
  }
  return samples;
}

/** The nodes that have to be searched: behind a load-dependent cache, and near enough to matter on the dial. */
function searched(compiled: CompiledDesign, linear: readonly NodeHeadroom[]): Numbers | null {
  if (!compiled.loadDependent) return null;
  const farthest = SEARCH[SEARCH.length - 1] as number;
  const bent = bentNodes(compiled);
  linear.forEach(({ breaks }, index) => {
    if (breaks === null || breaks > farthest) bent[index] = 0;
  });
  return bent.includes(1) ? bent : null;
}

function overall(nodes: readonly NodeHeadroom[], which: 'now' | 'auto' | 'elastic'): Quantity {
  let smallest: number | null = null;
  for (const node of nodes) smallest = least(smallest, node[which]);
  return smallest === null ? noQuantity('unbounded') : quantity(smallest);
}

/** More load means more users where all load comes from users who wait: they ask the less often the longer they wait already. */
function inUsers(node: NodeHeadroom, users: number): NodeHeadroom {
  const of = (value: number | null): number | null => (value === null ? null : value * users);
  return { ...node, now: of(node.now), auto: of(node.auto), elastic: of(node.elastic), breaks: of(node.breaks) };
}

/** Headroom relative to the load of `flows`. Nodes without load or limit do not count (semantics 8). */
export function solveHeadroom(compiled: CompiledDesign, flows: TrafficResult, stations: StationResult): HeadroomResult {
  const found = compiled.nodes.map((facts, index) => linearHeadroom(facts, stations.stations[index] as NodeStation, firstShare(flows, index)));
  const bent = flows.multiple > 0 ? searched(compiled, found) : null;
  if (bent) {
    const samples = searchRuns(compiled, flows, stations, bent);
    for (let index = bent.indexOf(1); index >= 0; index = bent.indexOf(1, index + 1)) found[index] = searchedHeadroom(compiled.nodes[index] as NodeFacts, stations.stations[index] as NodeStation, samples);
  }
  const users = usersPerRate(compiled);
  const nodes = users === 1 ? found : found.map((node) => inUsers(node, users));
  return { nodes, now: overall(nodes, 'now'), auto: overall(nodes, 'auto'), elastic: overall(nodes, 'elastic') };
}

/** Every resource that breaks, in the order in which they do, as multiples of the drawn load. */
export function breakPoints(compiled: CompiledDesign, headroom: HeadroomResult, multiple: number): BreakPoint[] {
  const total = compiled.journeys.reduce((sum, journey) => sum + journey.rate_rps, 0) / usersPerRate(compiled);
  const points: BreakPoint[] = [];
  headroom.nodes.forEach(({ breaks, breaking }, index) => {
    const node = compiled.nodes[index]?.view;
    if (breaks === null || breaking === null || !node || !compiled.connected[index]) return;
    points.push({ node: node.id, resource: breaking, multiple: breaks * multiple, rps: breaks * multiple * total });
  });
  return points.sort((a, b) => a.multiple - b.multiple || (a.node < b.node ? -1 : 1));
}

/** Largest load-driven utilisation over all nodes, null when nothing has a limit. */
function hottest(stations: StationResult): number | null {
  let highest: number | null = null;
  for (const station of stations.stations) {
    for (const state of station.resources) {
      if (state.capacity !== null && (highest === null || state.utilisation > highest)) highest = state.utilisation;
    }
  }
  return highest;
}

/** Beyond the first break the strip shows one thing only, so that every eighth load is enough. */
const STRIDE_BROKEN = 8;

/** Fill the loads that were left out between two solved ones, on a straight line over the steps. */
function fillBetween(heat: (number | null)[], from: number, to: number): void {
  const a = heat[from] ?? null;
  const b = heat[to] ?? null;
  for (let i = from + 1; i < to; i++) heat[i] = a === null || b === null ? a : a + ((b - a) * (i - from)) / (to - from);
}

/** The dial's strip: `steps` loads from 1x to 100x on a logarithmic scale, traffic and utilisation only. */
export function sweepDesign(compiled: CompiledDesign, steps: number = DIAL.steps): Sweep {
  const count = Math.max(2, Math.round(steps));
  const multiples = Array.from({ length: count }, (_, i) => DIAL.from * (DIAL.to / DIAL.from) ** (i / (count - 1)));
  const heat = new Array<number | null>(count).fill(null);
  const curves = new HitCurves();
  const base = runTraffic(compiled, { multiple: DIAL.from });
  const stations = solveStations(compiled, base);
  heat[0] = hottest(stations);
  let hits = base.hit;
  let retries = base.retries;
  let at = 0;
  while (at < count - 1) {
    const next = Math.min(count - 1, at + ((heat[at] ?? 0) >= 1 ? STRIDE_BROKEN : 1));
    const flows = runTraffic(compiled, { multiple: multiples[next] as number, curves, hits, rough: true, retries });
    hits = flows.hit;
    retries = flows.retries;
    heat[next] = hottest(solveStations(compiled, flows));
    fillBetween(heat, at, next);
    at = next;
  }
  return { multiples, hottest: heat, breaks: breakPoints(compiled, solveHeadroom(compiled, base, stations), DIAL.from) };
}
