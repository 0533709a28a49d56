/** Fluid model of queues under a surge (evaluation 5.7, 5.11). */

/** A peak of peakS seconds and the load after it; rates 1/s. */
export interface Surge {
  lambdaPeak: number;
  capacity: number;
  peakS: number;
  lambdaAfter: number;
}

/** Messages left, delay of the last one (s), time to drain (s). null = never (no capacity, or load at or above it). */
export interface Backlog {
  backlog: number;
  delayS: number | null;
  drainS: number | null;
}

/** B = (lambda-mu) t, delay = B/mu, drain = B/(mu-lambda2); all 0 when the peak fits. */
export function fluidBacklog(surge: Surge): Backlog {
  const backlog = Math.max(0, surge.lambdaPeak - surge.capacity) * surge.peakS;
  if (backlog === 0) return { backlog: 0, delayS: 0, drainS: 0 };
  const spare = surge.capacity - surge.lambdaAfter;
  // a difference that is rounding only never drains anything
  const drains = spare > 1e-9 * surge.capacity;
  return {
    backlog,
    delayS: surge.capacity > 0 ? backlog / surge.capacity : null,
    drainS: drains ? backlog / spare : null,
  };
}

/** Requests that pile up while new capacity starts: max(0, lambda2-cap) * lag (1/s, s). */
export function autoscaleDeficit(lambda: number, capacity: number, lagS: number): number {
  return Math.max(0, lambda - capacity) * lagS;
}

/**
 * Partitions of a log: max(T/t_produce, T/t_consume, consumers), rounded up. Rates 1/s of one partition and of one consumer
 * (null when none limits); keys spread evenly.
 */
export function partitionsNeeded(rate: number, perPartition: number, perConsumer: number | null, consumers: number): number {
  const carried = perPartition > 0 ? rate / perPartition : 0;
  const taken = perConsumer !== null && perConsumer > 0 ? rate / perConsumer : 0;
  return Math.max(1, Math.ceil(Math.max(carried, taken, consumers) - 1e-9));
}

/** Messages waiting after the consumers were down for outageS seconds. */
export function outageBacklog(lambda: number, outageS: number): number {
  return lambda * Math.max(0, outageS);
}
