/**
 * What own code would cost if it ran the other way: functions on machines of their own, applications as functions. Advice
 * that rules show; no total contains it. Sizes are those that evaluation 7.3 and oracle `lambda-price-1` compare.
 */
import type { PriceBook } from '../../contracts/catalog.ts';
import type { EvaluationContext } from '../context.ts';
import { lambdaDuration } from '../math/lambda.ts';
import { averageRate, computeCost, functionBreakEvenRps, functionCost, HOURS_PER_MONTH, SECONDS_PER_MONTH, type FunctionPrices } from '../math/prices.ts';
import { meanDemand, type MeanDemand } from '../solve/demand-station.ts';
import { arrivals } from '../solve/parts.ts';
import type { NodeFacts } from '../types.ts';

/** Machines of two vCPUs, two at least so that one may be lost, three fifths busy at the peak. */
const MACHINE = { vcpu: 2, least: 2, busy: 0.6 } as const;
/** Memory of a function that nobody has sized, MB. */
const FUNCTION_MB = 512;
const MB_PER_GB = 1024;

/** Prices of both ways, USD; null when the book lacks one. */
interface BothWays { readonly vcpuHour: number; readonly function: FunctionPrices }

function pricesOf({ prices }: PriceBook): BothWays | null {
  const vcpuHour = prices['ec2_vcpu_h']?.usd;
  const requestPerM = prices['lambda_request_m']?.usd;
  const gbSecond = prices['lambda_gb_s']?.usd;
  if (vcpuHour === undefined || requestPerM === undefined || gbSecond === undefined) return null;
  return { vcpuHour, function: { requestPerM, gbSecond: [{ width: null, price: gbSecond }], freeRequests: 0, freeGbSeconds: 0 } };
}

/** Adds the average rate at which a function costs as much as machines for this much a month. */
function addBreakEven(to: Record<string, number>, usdMonth: number, durationS: number, memoryMb: number, prices: BothWays): void {
  const rps = functionBreakEvenRps(usdMonth, functionCost(1e6, durationS, memoryMb / MB_PER_GB, prices.function));
  if (rps !== null) to['break_even_rps'] = rps;
}

/** Machines for the processor time of the peak, not rounded; waiting costs a thread and no machine. */
function onMachines(lambda: number, { cpuS, waitS }: MeanDemand, memoryMb: number, prices: BothWays): Record<string, number> {
  const machines = Math.max(MACHINE.least, (lambda * cpuS) / (MACHINE.busy * MACHINE.vcpu));
  const usd = computeCost(machines, MACHINE.vcpu, prices.vcpuHour, HOURS_PER_MONTH);
  const found: Record<string, number> = { machines, machines_usd_month: usd };
  addBreakEven(found, usd, lambdaDuration(cpuS, waitS, memoryMb), memoryMb, prices);
  return found;
}

/** Requests and memory times seconds at the average rate; waits are paid like work. `usdMonth`: what its machines cost as they are drawn. */
function asFunction(averageRps: number, durationS: number, usdMonth: number, prices: BothWays): Record<string, number> {
  const found: Record<string, number> = { function_usd_month: functionCost(averageRps * SECONDS_PER_MONTH, durationS, FUNCTION_MB / MB_PER_GB, prices.function) };
  addBreakEven(found, usdMonth, durationS, FUNCTION_MB, prices);
  return found;
}

/** Processor time and waits of the mean invocation: an application's are already known from its station. */
function alternativeOf({ compiled, flows, stations }: EvaluationContext, facts: NodeFacts, prices: BothWays): Record<string, number> | null {
  const lambda = arrivals(flows, facts.view.index);
  if (!(lambda > 0)) return null;
  if (facts.fn) return onMachines(lambda, meanDemand(compiled, flows, facts, stations.downstreamS), facts.fn.memory_mb, prices);
  const { cpu_s, downstream_s } = stations.stations[facts.view.index]?.evidence ?? {};
  if (!facts.process || cpu_s === undefined || downstream_s === undefined) return null;
  const usd = computeCost(facts.units, facts.process.vcpu, prices.vcpuHour, HOURS_PER_MONTH);
  return asFunction(averageRate(lambda, compiled.workload.peak_to_avg), lambdaDuration(cpu_s, downstream_s, FUNCTION_MB), usd, prices);
}

/**
 * Evidence by node index: for a function `machines` and `machines_usd_month`, for an application `function_usd_month`; for both
 * `break_even_rps`, the average rate at which machines and function cost the same.
 * USD a month at list prices.
 */
export function solveAlternatives(context: EvaluationContext, book: PriceBook): ReadonlyMap<number, Readonly<Record<string, number>>> {
  const found = new Map<number, Readonly<Record<string, number>>>();
  const prices = pricesOf(book);
  if (prices === null) return found;
  for (const facts of context.compiled.nodes) {
    const evidence = alternativeOf(context, facts, prices);
    if (evidence !== null) found.set(facts.view.index, evidence);
  }
  return found;
}
