/**
 * What own code would cost if it ran the other way: functions on machines of their own, applications as functions. Advice
 * that rules show; no total contains it. Sizes are those that evaluation 7.3 and oracle `lambda-price-1` compare.
 */
import type { PriceBook } from '../../contracts/catalog.ts';
import { oncePer } from '../../lib/once-per.ts';
import type { EvaluationContext } from '../context.ts';
import { lambdaDuration } from '../math/lambda.ts';
import { floats, type Numbers } from '../math/lists.ts';
import { averageRate, computeCost, functionBreakEvenRps, functionCost, HOURS_PER_MONTH, SECONDS_PER_MONTH, type FunctionPrices } from '../math/prices.ts';
import { meanDemand } from '../solve/mean-demand.ts';
import { arrivals } from '../solve/parts.ts';
import type { FunctionResource, ProcessServerResource } from '../../contracts/behavior.ts';
import type { NodeFacts } from '../types.ts';
import type { NodeAlternatives } from './types.ts';

/** Machines of two vCPUs, two at least so that one may be lost, three fifths busy at the peak. */
const MACHINE = { vcpu: 2, least: 2, busy: 0.6 } as const;
/** Memory of a function that nobody has sized, MB. */
const FUNCTION_MB = 512;
const MB_PER_GB = 1024;

/** Prices of both ways, USD; null when the book lacks one. */
interface BothWays { readonly vcpuHour: number; readonly function: FunctionPrices }

const pricesOf = oncePer(({ prices }: PriceBook): BothWays | null => {
  const vcpuHour = prices['ec2_vcpu_h']?.usd;
  const requestPerM = prices['lambda_request_m']?.usd;
  const gbSecond = prices['lambda_gb_s']?.usd;
  if (vcpuHour === undefined || requestPerM === undefined || gbSecond === undefined) return null;
  return { vcpuHour, function: { requestPerM, gbSecond: [{ width: null, price: gbSecond }], freeRequests: 0, freeGbSeconds: 0 } };
});

/**
 * Evidence of nodes by their index: for a function `machines` and `machines_usd_month`, for an application
 * `function_usd_month`; for both `break_even_rps`, the average rate at which machines and function cost the same. USD a month
 * at list prices. Kept as columns of numbers, NaN where nothing is known: most of it is shown with the node's other evidence.
 */
export class Alternatives implements NodeAlternatives {
  private readonly machines: Numbers;
  private readonly usdMonth: Numbers;
  private readonly breakEvenRps: Numbers;
  private readonly context: EvaluationContext;

  constructor(context: EvaluationContext, book: PriceBook) {
    const { nodes } = context.compiled;
    this.context = context;
    this.machines = floats(nodes.length).fill(Number.NaN);
    this.usdMonth = this.machines.slice();
    this.breakEvenRps = this.machines.slice();
    const prices = pricesOf(book);
    if (prices !== null) for (const facts of nodes) this.add(facts, prices);
  }

  has(node: number): boolean {
    return !Number.isNaN(this.usdMonth[node] as number);
  }

  addTo(evidence: Record<string, number>, node: number): void {
    if (!this.has(node)) return;
    const machines = this.machines[node] as number;
    const breakEvenRps = this.breakEvenRps[node] as number;
    if (!Number.isNaN(machines)) evidence['machines'] = machines;
    evidence[Number.isNaN(machines) ? 'function_usd_month' : 'machines_usd_month'] = this.usdMonth[node] as number;
    if (!Number.isNaN(breakEvenRps)) evidence['break_even_rps'] = breakEvenRps;
  }

  private add(facts: NodeFacts, prices: BothWays): void {
    const lambda = arrivals(this.context.flows, facts.view.index);
    if (!(lambda > 0)) return;
    if (facts.fn) this.onMachines(facts, facts.fn, lambda, prices);
    else if (facts.process) this.asFunction(facts, facts.process, lambda, prices);
  }

  /** Machines for the processor time of the peak, not rounded; waiting costs a thread and no machine. */
  private onMachines(facts: NodeFacts, { memory_mb }: FunctionResource, lambda: number, prices: BothWays): void {
    const { compiled, flows, stations } = this.context;
    const { index } = facts.view;
    const { cpuS, waitS } = meanDemand(compiled, flows, facts, stations.downstreamS);
    const machines = Math.max(MACHINE.least, (lambda * cpuS) / (MACHINE.busy * MACHINE.vcpu));
    const usd = computeCost(machines, MACHINE.vcpu, prices.vcpuHour, HOURS_PER_MONTH);
    this.machines[index] = machines;
    this.usdMonth[index] = usd;
    this.breakEven(index, usd, lambdaDuration(cpuS, waitS, memory_mb), memory_mb, prices);
  }

  /** Requests and memory times seconds at the average rate; waits are paid like work. Processor time and waits are known from its station. */
  private asFunction({ view: { index }, units }: NodeFacts, { vcpu }: ProcessServerResource, lambda: number, prices: BothWays): void {
    const { compiled, stations } = this.context;
    const { cpu_s, downstream_s } = stations.stations[index]?.evidence ?? {};
    if (cpu_s === undefined || downstream_s === undefined) return;
    const durationS = lambdaDuration(cpu_s, downstream_s, FUNCTION_MB);
    this.usdMonth[index] = functionCost(averageRate(lambda, compiled.workload.peak_to_avg) * SECONDS_PER_MONTH, durationS, FUNCTION_MB / MB_PER_GB, prices.function);
    this.breakEven(index, computeCost(units, vcpu, prices.vcpuHour, HOURS_PER_MONTH), durationS, FUNCTION_MB, prices);
  }

  /** The average rate at which a function costs as much as machines for this much a month. */
  private breakEven(node: number, usdMonth: number, durationS: number, memoryMb: number, prices: BothWays): void {
    this.breakEvenRps[node] = functionBreakEvenRps(usdMonth, functionCost(1e6, durationS, memoryMb / MB_PER_GB, prices.function)) ?? Number.NaN;
  }
}
