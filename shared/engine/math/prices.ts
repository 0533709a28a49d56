/** Price arithmetic. Every price is an argument: the numbers live in the price book. USD; month = 730 h. */

/** Hours in a priced month. */
export const HOURS_PER_MONTH = 730;
/** Seconds in a priced month. */
export const SECONDS_PER_MONTH = HOURS_PER_MONTH * 3600;

/** One step of a tiered price: `width` units at `price` each; null = all the rest. */
export interface PriceTier {
  readonly width: number | null;
  readonly price: number;
}

/** Cost of a quantity through tiers in order. Beyond the last tier its price goes on. */
export function tieredCost(quantity: number, tiers: readonly PriceTier[]): number {
  let left = Math.max(0, quantity);
  let cost = 0;
  for (let i = 0; i < tiers.length; i++) {
    const tier = tiers[i] as PriceTier;
    const unlimited = tier.width === null || i === tiers.length - 1;
    const part = unlimited ? left : Math.min(left, tier.width ?? left);
    cost += part * tier.price;
    left -= part;
    if (left <= 0) break;
  }
  return cost;
}

/** Load balancer use: new connections/s, active connections, GB/h, rule evaluations/s. */
export interface LcuUse {
  newConnectionsPerS: number;
  active: number;
  gbPerHour: number;
  ruleEvaluationsPerS: number;
}

/** What one LCU covers of each dimension (ALB: 25, 3000, 1, 1000). */
export type LcuSize = LcuUse;

/** LCUs = the largest of the four dimensions. */
export function lcuCount(use: LcuUse, size: LcuSize): number {
  return Math.max(
    use.newConnectionsPerS / size.newConnectionsPerS,
    use.active / size.active,
    use.gbPerHour / size.gbPerHour,
    use.ruleEvaluationsPerS / size.ruleEvaluationsPerS,
  );
}

/** Load balancer: hours * (fixed + LCU * price per LCU-hour). */
export function loadBalancerCost(lcus: number, fixedPerHour: number, lcuPerHour: number, hours = HOURS_PER_MONTH): number {
  return hours * (fixedPerHour + lcus * lcuPerHour);
}

/** Prices of a function service: per million requests, per GB-second in tiers, and a monthly free allowance. */
export interface FunctionPrices {
  readonly requestPerM: number;
  readonly gbSecond: readonly PriceTier[];
  readonly freeRequests: number;
  readonly freeGbSeconds: number;
}

/** requests * price + GB-seconds (duration s * GiB) through tiers; the free allowance comes off first when asked for. */
export function functionCost(requests: number, durationS: number, memoryGb: number, prices: FunctionPrices, free = false): number {
  const billedRequests = Math.max(0, requests - (free ? prices.freeRequests : 0));
  const gbSeconds = Math.max(0, requests * durationS * memoryGb - (free ? prices.freeGbSeconds : 0));
  return (billedRequests / 1e6) * prices.requestPerM + tieredCost(gbSeconds, prices.gbSecond);
}

/** On-demand table: writes and reads in millions of request units. */
export function requestUnitCost(writesM: number, readsM: number, writePerM: number, readPerM: number): number {
  return writesM * writePerM + readsM * readPerM;
}

/** Always-on compute: instances * vCPU * price per vCPU-hour. */
export function computeCost(instances: number, vcpu: number, perVcpuHour: number, hours = HOURS_PER_MONTH): number {
  return instances * vcpu * perVcpuHour * hours;
}

/** Always-on memory: GiB * nodes * price per GB-hour. */
export function memoryCost(gb: number, nodes: number, perGbHour: number, hours = HOURS_PER_MONTH): number {
  return gb * nodes * perGbHour * hours;
}

/** A database: copies * (vCPU + storage) for the primary (2 copies with a standby) and one more copy per replica. */
export interface DatabaseUse {
  vcpu: number;
  storageGb: number;
  standby: boolean;
  replicas: number;
  /** Provisioned IOPS beyond those included. */
  extraIops: number;
}

/** Prices of a database, per vCPU-hour, GB-month and IOPS-month. */
export interface DatabasePrices {
  readonly vcpuHour: number;
  readonly storageGb: number;
  readonly iops: number;
}

/** Instances and storage; a standby doubles the primary exactly. */
export function databaseCost(use: DatabaseUse, prices: DatabasePrices, hours = HOURS_PER_MONTH): number {
  const copy = use.vcpu * prices.vcpuHour * hours + use.storageGb * prices.storageGb;
  return (use.standby ? 2 : 1) * copy + use.replicas * copy;
}

/** Extra IOPS, doubled by a standby. */
export function databaseIopsCost(use: DatabaseUse, prices: DatabasePrices): number {
  return Math.max(0, use.extraIops) * prices.iops * (use.standby ? 2 : 1);
}

/** Average of a usage-priced rate from its peak: peak/peak_to_avg. */
export function averageRate(peakRps: number, peakToAvg: number): number {
  return peakRps / Math.max(1, peakToAvg);
}

/** GB (decimal) per month sent at `rps` with `kb` (decimal) each. */
export function monthlyGb(rps: number, kb: number): number {
  return (rps * SECONDS_PER_MONTH * kb) / 1e6;
}

/** Units of an autoscaled tier averaged over the day: min + (peak-min) * avg/peak. */
export function averageUnits(least: number, atPeak: number, averageOverPeak: number): number {
  return least + Math.max(0, atPeak - least) * averageOverPeak;
}

/** GB billed for traffic between zones: P(cross) * GB, on both sides. */
export function crossZoneGb(gb: number, crossShare: number): number {
  return 2 * gb * crossShare;
}

/**
 * Average rate (1/s) at which a function costs as much as an always-on tier of this monthly price; null when the
 * function is free. functionPerM in USD per million requests.
 */
export function functionBreakEvenRps(tierPerMonth: number, functionPerM: number): number | null {
  return functionPerM > 0 ? ((tierPerMonth / functionPerM) * 1e6) / SECONDS_PER_MONTH : null;
}
