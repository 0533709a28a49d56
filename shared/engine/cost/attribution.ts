/**
 * Who causes a cost: usage by use, fixed cost by load share, so that what the journeys pay adds up to the connected
 * total. Cost that no journey drives (telemetry, copies, an idle part of a live drawing) is shared by their requests.
 */
import type { EvaluationContext } from '../context.ts';
import { READ, WRITE } from '../types.ts';
import type { JourneyLoad } from './journey-load.ts';

/** Weight of each journey, in journey order; only their proportions count. */
export type Weights = ArrayLike<number>;

/** Which use of a node decides: all its invocations, only reads or writes, or the time it spends on them. */
export type NodeBasis = 'all' | 'read' | 'write' | 'demand';

function nodeUse(load: JourneyLoad, node: number, basis: NodeBasis): number {
  if (basis === 'demand') return load.demandS[node] as number;
  const reads = load.arrivals[2 * node + READ] as number;
  const writes = load.arrivals[2 * node + WRITE] as number;
  return basis === 'read' ? reads : basis === 'write' ? writes : reads + writes;
}

/** Sum of numbers, first to last. */
export function sumOf(weights: Weights): number {
  let total = 0;
  for (let i = 0; i < weights.length; i++) total += weights[i] as number;
  return total;
}

/** Adds up what each journey pays. */
export class Attribution {
  /** USD a month of each journey so far. */
  readonly usd: Float64Array;
  private readonly context: EvaluationContext;
  private readonly loads: readonly JourneyLoad[];
  private readonly requests: Weights;
  /** Weights handed out last, whose they are, and their sum: they hold until the next are asked for. */
  private readonly weights: Float64Array;
  private last = '';
  private lastNode = -1;
  private total = 0;

  constructor(context: EvaluationContext, loads: readonly JourneyLoad[]) {
    this.context = context;
    this.loads = loads;
    this.usd = new Float64Array(loads.length);
    this.requests = Float64Array.from(loads, (load) => load.rate);
    this.weights = new Float64Array(loads.length);
  }

  /** Use of a node by each journey. */
  ofNode(node: number, basis: NodeBasis): Weights {
    if (node === this.lastNode && basis === this.last) return this.weights;
    this.lastNode = node;
    this.last = basis;
    this.total = 0;
    for (let j = 0; j < this.loads.length; j++) {
      const load = this.loads[j] as JourneyLoad;
      this.total += this.weights[j] = load.rate * nodeUse(load, node, basis);
    }
    return this.weights;
  }

  /** Load that a node's machines stand for: the time spent where requests bring their own demand, else invocations. */
  ofMachines(node: number): Weights {
    const facts = this.context.compiled.nodes[node];
    if (facts?.process || facts?.pool || facts?.fn) {
      const timed = this.ofNode(node, 'demand');
      if (this.total > 0) return timed;
    }
    return this.ofNode(node, 'all');
  }

  /** Use of an edge by each journey. */
  ofEdge(edge: number): Weights {
    this.lastNode = -1;
    this.total = 0;
    for (let j = 0; j < this.loads.length; j++) {
      const load = this.loads[j] as JourneyLoad;
      this.total += this.weights[j] = load.rate * (load.edges[edge] as number);
    }
    return this.weights;
  }

  /** Charge the journeys in proportion to `weights`, or to their requests when nothing uses it. */
  charge(usd: number, weights: Weights): void {
    const own = weights === this.weights ? this.total : sumOf(weights);
    const by = own > 0 ? weights : this.requests;
    const total = own > 0 ? own : sumOf(by);
    if (!(total > 0)) return;
    for (let journey = 0; journey < by.length; journey++) {
      const weight = by[journey] as number;
      if (weight !== 0) this.usd[journey] = (this.usd[journey] as number) + (usd * weight) / total;
    }
  }
}
