/**
 * One propagation of the load: visit ratios passed once through the compiled walk, again while cache hit ratios settle.
 * Offered, uncapped load (semantics 9.1): everything is proportional to `multiple` except those ratios.
 */
import { floats, type Numbers } from '../math/lists.ts';
import { WRITE, type CacheUse, type Call, type CompiledDesign, type EdgeFacts, type Entry, type RetryResult, type TrafficResult } from '../types.ts';
import { gatedPart } from './gated-part.ts';
import type { HitCurves } from './hit-curves.ts';
import { passThrough, solveHits } from './hit-ratios.ts';

const MAX_ROUNDS = 24;
const SETTLED = 1e-10;

/** What may differ between two runs of the same plan. */
export interface TrafficOptions {
  /** Load multiple; 1 is the drawn load. */
  readonly multiple: number;
  /** Mean attempts per call of each edge: stated, retries are not solved for. */
  readonly attempts?: Numbers;
  /** Retries to start from, from a run at a similar load, and whether only their neighbourhood is of interest. */
  readonly retries?: RetryResult | null;
  readonly rough?: boolean;
  /** Requests per second of each journey at multiple 1; default the journeys' own rates. */
  readonly rates?: Numbers;
  /** Hit ratios to start from, from a run at a similar load. */
  readonly hits?: Numbers;
  /** Interpolate hit ratios, for many runs of one drawing. */
  readonly curves?: HitCurves;
}

/** A result while it is made. */
type Flows = { -readonly [Key in keyof TrafficResult]: TrafficResult[Key] };

function empty({ plan, nodes, edges, uses }: CompiledDesign, multiple: number): Flows {
  const slots = plan.slotNode.length;
  return {
    multiple,
    arrive: floats(slots), drive: floats(slots),
    nodeReads: floats(nodes.length), nodeWrites: floats(nodes.length), nodeKb: floats(nodes.length),
    edgeReads: floats(edges.length), edgeWrites: floats(edges.length),
    lookups: floats(uses.length), deletes: floats(uses.length), hit: floats(uses.length), miss: floats(uses.length).fill(1),
    edgeKb: floats(edges.length), first: floats(nodes.length), retries: null,
  };
}

/** One load through the walk: what arrives and is driven by state first, and over the connections when that has settled. */
class Propagation {
  readonly flows: Flows;
  private readonly compiled: CompiledDesign;
  private readonly options: TrafficOptions;

  constructor(compiled: CompiledDesign, options: TrafficOptions) {
    this.compiled = compiled;
    this.options = options;
    this.flows = empty(compiled, options.multiple);
  }

  private entryRate({ journey, weight, edge }: Entry): number {
    const { rates, multiple, attempts } = this.options;
    return (rates?.[journey] ?? this.compiled.journeys[journey]?.rate_rps ?? 0) * multiple * weight * (attempts?.[edge] ?? 1);
  }

  /** Operations per second of one call with the present miss shares; 0 for work that a message brings. */
  private callRate({ from, rate: perDrive, reply, gates, edge }: Call): number {
    const { drive, miss } = this.flows;
    let rate = (drive[from] as number) * perDrive;
    if (rate === 0 || reply === 'given') return 0;
    for (let i = 0; i < gates.length; i++) rate *= miss[gates[i] as number] as number;
    return this.options.attempts ? rate * (this.options.attempts[edge] as number) : rate;
  }

  /** One topological pass with the present miss shares: by state and by cache use. `only` are the states to add to; all others stay as they are. */
  private pass(calls: readonly Call[], only: Numbers | null): void {
    const { arrive, drive, lookups, deletes } = this.flows;
    const { entries } = this.compiled.plan;
    for (let i = 0; i < entries.length; i++) {
      const entry = entries[i] as Entry;
      const { slot } = entry;
      if (only !== null && only[slot] === 0) continue;
      const rate = this.entryRate(entry);
      arrive[slot] = (arrive[slot] as number) + rate;
      drive[slot] = (drive[slot] as number) + rate;
    }
    for (let i = 0; i < calls.length; i++) {
      const call = calls[i] as Call;
      const rate = this.callRate(call);
      if (rate === 0) continue;
      const { to, looksUp, deletes: deleted } = call;
      if (only === null || only[to] === 1) {
        arrive[to] = (arrive[to] as number) + rate * call.arrive;
        drive[to] = (drive[to] as number) + rate * call.drive;
      }
      if (looksUp >= 0) lookups[looksUp] = (lookups[looksUp] as number) + rate;
      if (deleted >= 0) deletes[deleted] = (deletes[deleted] as number) + rate;
    }
  }

  /** What depends on hit ratios, with those of now. */
  private passAgain(): void {
    const { arrive, drive, lookups, deletes } = this.flows;
    const { slots, calls } = gatedPart(this.compiled.plan);
    for (let slot = 0; slot < slots.length; slot++) {
      if (slots[slot] === 0) continue;
      arrive[slot] = 0;
      drive[slot] = 0;
    }
    lookups.fill(0);
    deletes.fill(0);
    this.pass(calls, slots);
  }

  /** Pass the walk until hit ratios and what is looked up belong to each other; unchanged look-ups mean unchanged hit ratios. */
  settle(): void {
    const { compiled, flows, options: { curves } } = this;
    const { uses, plan } = compiled;
    this.pass(plan.calls, null);
    if (uses.length === 0) return;
    for (let round = 0; round < MAX_ROUNDS && solveHits(compiled, flows, curves) > SETTLED; round++) {
      const lookups = flows.lookups.slice();
      const deletes = flows.deletes.slice();
      this.passAgain();
      if (same(lookups, flows.lookups) && same(deletes, flows.deletes)) return;
    }
  }

  private addEdge(edge: number, op: number, rate: number, kb: number): void {
    const { edgeReads, edgeWrites, edgeKb } = this.flows;
    const to = op === WRITE ? edgeWrites : edgeReads;
    to[edge] = (to[edge] as number) + rate;
    edgeKb[edge] = (edgeKb[edge] as number) + rate * kb;
  }

  /** What the connections carry, once it is known what the states drive. */
  addEdges(): void {
    const { entries, calls } = this.compiled.plan;
    for (let i = 0; i < entries.length; i++) {
      const entry = entries[i] as Entry;
      if (entry.edge >= 0) this.addEdge(entry.edge, entry.op, this.entryRate(entry), entry.kb);
    }
    for (let i = 0; i < calls.length; i++) {
      const call = calls[i] as Call;
      const rate = this.callRate(call);
      if (rate !== 0) this.addEdge(call.edge, call.op, rate, call.kb);
    }
  }
}

function same(before: Numbers, after: Numbers): boolean {
  for (let i = 0; i < after.length; i++) if (before[i] !== after[i]) return false;
  return true;
}

/** What arrives at the components, and what clients send. */
function addNodes({ plan: { slotNode, slotOp }, nodes, edges }: CompiledDesign, { arrive, nodeReads, nodeWrites, nodeKb, edgeReads, edgeWrites, edgeKb, first }: Flows): void {
  for (let slot = 0; slot < slotNode.length; slot++) {
    const node = slotNode[slot] as number;
    const to = slotOp[slot] === WRITE ? nodeWrites : nodeReads;
    to[node] = (to[node] as number) + (arrive[slot] as number);
  }
  for (let i = 0; i < edges.length; i++) {
    const reads = edgeReads[i] as number;
    const writes = edgeWrites[i] as number;
    if (reads + writes === 0) continue;
    const { from, to } = (edges[i] as EdgeFacts).view;
    nodeKb[to.index] = (nodeKb[to.index] as number) + (edgeKb[i] as number);
    if (from.behavior.routing !== 'source') continue;
    nodeReads[from.index] = (nodeReads[from.index] as number) + reads;
    nodeWrites[from.index] = (nodeWrites[from.index] as number) + writes;
  }
  for (let i = 0; i < nodes.length; i++) first[i] = (nodeReads[i] as number) + (nodeWrites[i] as number);
}

/** Run the walk at one load with given attempts. Rates per second; lookups and hit ratios per cache use. */
export function propagate(compiled: CompiledDesign, options: TrafficOptions): TrafficResult {
  const propagation = new Propagation(compiled, options);
  const { flows } = propagation;
  const { hits } = options;
  for (let i = 0; hits && i < compiled.uses.length; i++) {
    flows.hit[i] = hits[i] as number;
    flows.miss[i] = passThrough(compiled.uses[i] as CacheUse, hits[i] as number);
  }
  propagation.settle();
  propagation.addEdges();
  addNodes(compiled, flows);
  return flows;
}
