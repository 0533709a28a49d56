/**
 * What own code would cost if it ran the other way: functions on machines of their own, applications as functions. Advice
 * that rules show; no total contains it. Sizes are those that evaluation 7.3 and oracle `lambda-price-1` compare.
 */
import type { PriceBook } from '../../contracts/catalog.ts';
import type { EvaluationContext } from '../context.ts';
import { lambdaDuration } from '../math/lambda.ts';
import { averageRate, computeCost, functionCost, HOURS_PER_MONTH, SECONDS_PER_MONTH } from '../math/prices.ts';
import { meanDemand } from '../solve/demand-station.ts';
import { arrivals } from '../solve/parts.ts';
import type { NodeFacts } from '../types.ts';

/** Machines of two vCPUs, two at least so that one may be lost, three fifths busy at the peak. */
const MACHINE = { vcpu: 2, least: 2, busy: 0.6 } as const;
/** Memory of a function that nobody has sized, MB. */
const FUNCTION_MB = 512;
const MB_PER_GB = 1024;

/** Prices of both ways, USD; null when the book lacks one. */
interface BothWays { readonly vcpuHour: number; readonly requestM: number; readonly gbSecond: number }

function pricesOf({ prices }: PriceBook): BothWays | null {
  const vcpuHour = prices['ec2_vcpu_h']?.usd;
  const requestM = prices['lambda_request_m']?.usd;
  const gbSecond = prices['lambda_gb_s']?.usd;
  return vcpuHour === undefined || requestM === undefined || gbSecond === undefined ? null : { vcpuHour, requestM, gbSecond };
}

/** Machines for the processor time of the peak, not rounded; waiting costs a thread and no machine. */
function onMachines(lambda: number, cpuS: number, prices: BothWays): Record<string, number> {
  const machines = Math.max(MACHINE.least, (lambda * cpuS) / (MACHINE.busy * MACHINE.vcpu));
  return { machines, machines_usd_month: computeCost(machines, MACHINE.vcpu, prices.vcpuHour, HOURS_PER_MONTH) };
}

/** Requests and memory times seconds at the average rate; waits are paid like work. */
function asFunction(averageRps: number, cpuS: number, waitS: number, prices: BothWays): Record<string, number> {
  const requests = averageRps * SECONDS_PER_MONTH;
  const free = { freeRequests: 0, freeGbSeconds: 0 };
  return { function_usd_month: functionCost(requests, lambdaDuration(cpuS, waitS, FUNCTION_MB), FUNCTION_MB / MB_PER_GB, { requestPerM: prices.requestM, gbSecond: [{ width: null, price: prices.gbSecond }], ...free }) };
}

/** Processor time and waits of the mean invocation: an application's are already known from its station. */
function alternativeOf({ compiled, flows, stations }: EvaluationContext, facts: NodeFacts, prices: BothWays): Record<string, number> | null {
  const lambda = arrivals(flows, facts.view.index);
  if (!(lambda > 0)) return null;
  if (facts.fn) return onMachines(lambda, meanDemand(compiled, flows, facts, stations.downstreamS).cpuS, prices);
  const { cpu_s, downstream_s } = stations.stations[facts.view.index]?.evidence ?? {};
  if (!facts.process || cpu_s === undefined || downstream_s === undefined) return null;
  return asFunction(averageRate(lambda, compiled.workload.peak_to_avg), cpu_s, downstream_s, prices);
}

/**
 * Evidence by node index: for a function `machines` and `machines_usd_month`, for an application `function_usd_month`.
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
