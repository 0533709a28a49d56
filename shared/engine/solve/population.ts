/**
 * Clients that are so many users, each of whom waits for the answer and thinks before asking again (evaluation 5.2): a closed
 * population. Its rate follows from the interactive law X = N/(Z + R), where a request meets the work of the other N - 1
 * (Bard 1979, Schweitzer 1979: the stations are seen at the load of the others, X(N - 1)/N), and never passes the narrowest place.
 */
import { solveLatency } from '../latency.ts';
import { gammaQuantile } from '../math/gamma.ts';
import { solveBracketed } from '../math/numeric.ts';
import { solveStations } from '../stations.ts';
import { runTraffic } from '../traffic.ts';
import type { CompiledDesign, JourneyLatency, LatencyResult, NodeFacts, SettledPopulation, StationResult } from '../types.ts';

/** Rounds over the populations of one drawing, and when their rates have settled. */
const ROUNDS = 30;
const SETTLED = 1e-9;
const TIGHT = 1e-7;

interface Population { readonly node: number; readonly users: number; readonly thinkS: number; readonly journeys: readonly number[]; readonly shares: readonly number[] }

/** Populations of a drawing at one position of the dial, which multiplies the users. */
function populationsOf({ graph, journeys, plan, edges }: CompiledDesign, multiple: number): Population[] {
  return graph.nodes.flatMap(({ index, behavior: { population } }) => {
    if (!population) return [];
    const own = new Set<number>();
    for (const entry of plan.entries) if (edges[entry.edge]?.view.from.index === index && entry.weight > 0) own.add(entry.journey);
    const members = [...own].sort((a, b) => a - b);
    const rates = members.map((journey) => journeys[journey]?.rate_rps ?? 0);
    const total = rates.reduce((sum, rate) => sum + rate, 0);
    if (!(total > 0)) return [];
    return [{ node: index, users: population.users * multiple, thinkS: population.think_s, journeys: members, shares: rates.map((rate) => rate / total) }];
  });
}

/** Largest utilisation of what the load drives. */
function busiest({ stations }: StationResult): number {
  let most = 0;
  for (const { resources } of stations) for (const { capacity, utilisation } of resources) if (capacity !== null && utilisation > most) most = utilisation;
  return most;
}

class Settler {
  private readonly compiled: CompiledDesign;
  private readonly populations: readonly Population[];
  private readonly multiple: number;
  /** Requests per second of every journey, at a load multiple of 1. */
  readonly rates: number[];

  constructor(compiled: CompiledDesign, multiple: number, populations: readonly Population[]) {
    this.compiled = compiled;
    this.populations = populations;
    this.multiple = multiple;
    this.rates = compiled.journeys.map(({ rate_rps }) => rate_rps);
    for (const one of populations) this.set(one, 0);
  }

  private set({ journeys, shares }: Population, total: number): void {
    journeys.forEach((journey, i) => void (this.rates[journey] = (total * (shares[i] as number)) / this.multiple));
  }

  /** Mean response over the journeys of a population when it sends this much, and how busy the busiest place then is. */
  private run(one: Population, total: number): { readonly responseS: number; readonly busiest: number } {
    this.set(one, total);
    const flows = runTraffic(this.compiled, { multiple: this.multiple, rates: this.rates });
    const stations = solveStations(this.compiled, flows);
    const { journeys } = solveLatency(this.compiled, flows, stations);
    return { responseS: one.journeys.reduce((sum, journey, i) => sum + (one.shares[i] as number) * (journeys[journey]?.meanS ?? 0), 0), busiest: busiest(stations) };
  }

  /** Rate at which the busiest place is exactly busy, starting from one above it. */
  private limit(one: Population, start: number): number {
    let rate = start;
    for (let round = 0; round < ROUNDS; round++) {
      const at = this.run(one, rate).busiest;
      if (Math.abs(at - 1) < TIGHT) break;
      rate /= at;
    }
    return rate;
  }

  /** The rate of one population while the others send what they do. */
  private solve(one: Population): SettledPopulation {
    const { node, users, thinkS } = one;
    const others = users > 1 ? (users - 1) / users : 0;
    const alone = this.run(one, 0).responseS;
    const least = thinkS + alone;
    const answer = (rate: number, limited: boolean): SettledPopulation => ({ node, users, thinkS, rate, aloneS: alone, responseS: Math.max(0, users / rate - thinkS), limited, journeys: one.journeys });
    if (!(users > 0) || !(least > 0)) return { ...answer(Math.max(users, 1e-12), false), rate: 0, responseS: alone };
    const excess = (rate: number): number => rate * (thinkS + this.run(one, rate * others).responseS) - users;
    const most = users / least;
    const open = this.run(one, most).busiest < 1;
    const high = open ? most : this.limit(one, most);
    const atHigh = excess(high);
    if (!open && atHigh < 0) return answer(high * (1 + TIGHT), true);
    const low = Math.min(high, users / (thinkS + this.run(one, high * others).responseS));
    const rate = atHigh <= SETTLED * users ? high : solveBracketed(excess, { low, high, atLow: excess(low), atHigh }, SETTLED);
    return answer(rate, false);
  }

  settle(): SettledPopulation[] {
    let found: SettledPopulation[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      const before = found;
      found = this.populations.map((one) => {
        const solved = this.solve(one);
        this.set(one, solved.rate);
        return solved;
      });
      if (found.length === 1 || found.every(({ rate }, i) => Math.abs(rate - (before[i]?.rate ?? -1)) <= SETTLED * Math.max(rate, 1e-12))) break;
    }
    return found;
  }
}

/**
 * The drawing with the rates that its populations reach at this position of the dial, so that rate x multiple is what they
 * send; the drawing itself when it has none. Rates drawn for journeys of a population only say how often one comes beside another.
 */
export function settlePopulations(compiled: CompiledDesign, multiple: number): CompiledDesign {
  if (!(multiple > 0) || !compiled.graph.nodes.some(({ behavior }) => behavior.population)) return compiled;
  const populations = populationsOf(compiled, multiple);
  if (populations.length === 0) return compiled;
  const settler = new Settler(compiled, multiple, populations);
  const settled = settler.settle();
  const total = settler.rates.reduce((sum, rate) => sum + rate, 0);
  const journeys = compiled.journeys.map((journey, i) => {
    const rate = settler.rates[i] as number;
    return { ...journey, rate_rps: rate, share: total > 0 ? rate / total : journey.share };
  });
  const said = settled.map(({ node }) => {
    const { id, node: { name } } = (compiled.nodes[node] as NodeFacts).view;
    return { code: 'closed-population', message: `The rate of ${name} follows from its users, who wait for each answer and think before they ask again`, target: { kind: 'node' as const, id } };
  });
  const notes = { ...compiled.notes, assumptions: [...compiled.notes.assumptions, ...said] };
  return { ...compiled, journeys, graph: { ...compiled.graph, journeys }, populations: settled, notes };
}

/**
 * Quantiles of an answer behind at most all the other users: where they would wait longer on average than their number varies
 * (N services of the narrowest place vary by N S^2, not by the square of the wait), the tail is that of so many services.
 * Against simulated populations of 12 to 1100 users around and beyond the knee p99 is up to three quarters too late, without this
 * four times.
 */
function behindOthers(met: JourneyLatency, alone: JourneyLatency, users: number, serviceS: number): JourneyLatency {
  const waitS = met.meanS - alone.meanS;
  const variance = users * serviceS * serviceS;
  if (!(waitS > 0) || waitS * waitS <= variance) return met;
  const most = (own: number, share: number): number => own + gammaQuantile(waitS, variance, share);
  return { ...met, p50S: Math.min(met.p50S, most(alone.p50S, 0.5)), p95S: Math.min(met.p95S, most(alone.p95S, 0.95)), p99S: Math.min(met.p99S, most(alone.p99S, 0.99)) };
}

/** Response times as users meet them: at the load of the others. */
export function metByUsers(compiled: CompiledDesign, multiple: number, latency: LatencyResult): LatencyResult {
  const few = compiled.populations?.filter(({ limited }) => !limited) ?? [];
  if (few.length === 0) return latency;
  const journeys = [...latency.journeys];
  for (const { users, rate, journeys: own } of few) {
    const others = users > 1 ? (users - 1) / users : 0;
    const at = (share: number): { readonly busiest: number; readonly journeys: readonly JourneyLatency[] } => {
      const rates = compiled.journeys.map(({ rate_rps }, i) => rate_rps * (own.includes(i) ? share : 1));
      const flows = runTraffic(compiled, { multiple, rates });
      const stations = solveStations(compiled, flows);
      return { busiest: busiest(stations), journeys: solveLatency(compiled, flows, stations).journeys };
    };
    const [alone, seen] = [at(0), at(others)];
    const serviceS = rate * others > 0 ? seen.busiest / (rate * others) : 0;
    for (const index of own) {
      const [met, first] = [seen.journeys[index], alone.journeys[index]];
      journeys[index] = met && first ? behindOthers(met, first, users, serviceS) : (latency.journeys[index] as JourneyLatency);
    }
  }
  return { ...latency, journeys };
}
