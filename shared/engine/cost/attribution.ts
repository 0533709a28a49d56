/**
 * Who causes a cost: usage by use, fixed cost by load share, so that what the journeys pay adds up to the connected
 * total. Cost that no journey drives (telemetry, copies, an idle part of a live drawing) is shared by their requests.
 */
import type { EvaluationContext } from '../context.ts';
import { floats, type Numbers } from '../math/lists.ts';
import { READ, WRITE } from '../types.ts';
import { JourneyUse, noUse, type PlaceUse } from './journey-use.ts';

/** Which use of a node decides: all its invocations, or only reads or writes. */
export type NodeBasis = 'all' | 'read' | 'write';

/** Sum of numbers, first to last. */
export function sumOf(numbers: Numbers): number {
  let total = 0;
  for (let i = 0; i < numbers.length; i++) total += numbers[i] as number;
  return total;
}

/** Requests per second of each journey at the evaluated load, in journey order. */
export function requestRates({ compiled: { journeys }, multiple }: EvaluationContext): Numbers {
  const rates = floats(journeys.length);
  journeys.forEach(({ rate_rps }, journey) => void (rates[journey] = rate_rps * multiple));
  return rates;
}

/** Collects what every use of a place costs, and what journeys pay directly. */
export class Attribution {
  /** Requests per second of all journeys. */
  readonly requests: number;
  private readonly context: EvaluationContext;
  private readonly rates: Numbers;
  private readonly use: JourneyUse;
  /** USD a month for each use per second. */
  private readonly prices: PlaceUse;
  /** USD a month of each journey beside its uses. */
  private readonly direct: Numbers;

  /** `rates`: see `requestRates`. */
  constructor(context: EvaluationContext, rates: Numbers) {
    this.context = context;
    this.rates = rates;
    this.requests = sumOf(rates);
    this.use = new JourneyUse(context, rates);
    this.prices = noUse(context.compiled);
    this.direct = floats(rates.length);
  }

  /** Charge those who invoke a node. */
  toUsers(usd: number, node: number, basis: NodeBasis): void {
    const { arrivals } = this.use.total;
    const read = 2 * node + READ;
    const write = 2 * node + WRITE;
    const total = (basis === 'write' ? 0 : (arrivals[read] as number)) + (basis === 'read' ? 0 : (arrivals[write] as number));
    if (!(total > 0)) {
      this.toRequests(usd);
      return;
    }
    const { arrivals: prices } = this.prices;
    if (basis !== 'write') prices[read] = (prices[read] as number) + usd / total;
    if (basis !== 'read') prices[write] = (prices[write] as number) + usd / total;
  }

  /** Charge the load that a node's machines stand for: the time spent where requests bring their own demand, else invocations. */
  toMachines(usd: number, node: number): void {
    const facts = this.context.compiled.nodes[node];
    const timed = facts?.process || facts?.pool || facts?.fn ? (this.use.total.demandS[node] as number) : 0;
    if (timed > 0) this.prices.demandS[node] = (this.prices.demandS[node] as number) + usd / timed;
    else this.toUsers(usd, node, 'all');
  }

  /** Charge those who travel an edge. */
  toEdge(usd: number, edge: number): void {
    const total = this.use.total.edges[edge] as number;
    if (total > 0) this.prices.edges[edge] = (this.prices.edges[edge] as number) + usd / total;
    else this.toRequests(usd);
  }

  /** Charge the journeys in proportion to `weights`, in journey order. */
  toJourneys(usd: number, weights: Numbers): void {
    const total = sumOf(weights);
    if (!(total > 0)) {
      this.toRequests(usd);
      return;
    }
    for (let journey = 0; journey < weights.length; journey++) this.direct[journey] = (this.direct[journey] as number) + (usd * (weights[journey] as number)) / total;
  }

  /** Charge the journeys by their requests: nobody uses it. */
  toRequests(usd: number): void {
    if (this.requests > 0) this.toJourneys(usd, this.rates);
  }

  /** USD a month that each journey pays for all that was charged. */
  paid(): Numbers {
    const { rates, direct } = this;
    const paid = this.use.costOfOne(this.prices, rates.length);
    for (let journey = 0; journey < paid.length; journey++) paid[journey] = (rates[journey] as number) * (paid[journey] as number) + (direct[journey] as number);
    return paid;
  }
}
