/**
 * Prices behind the known-answer cases: us-east-1 on-demand list prices as of the cases' date (evaluation 7.1).
 * Test data of the adapters only; the product reads the dated price book of the catalogue.
 */
import type { FunctionPrices, LcuSize, PriceTier } from '../math/prices.ts';

/** Application load balancer, per hour and per LCU-hour. */
export const ALB_PRICES = { hour: 0.0225, lcuHour: 0.008 } as const;

/** What one LCU covers. */
export const ALB_LCU: LcuSize = { newConnectionsPerS: 25, active: 3000, gbPerHour: 1, ruleEvaluationsPerS: 1000 };

/** REST API gateway, USD per million requests; widths in millions. */
export const REST_TIERS: readonly PriceTier[] = [
  { width: 333, price: 3.5 },
  { width: null, price: 2.8 },
];

/** Egress to the internet, USD per GB; widths in GB. */
export const EGRESS_TIERS: readonly PriceTier[] = [
  { width: 10240, price: 0.09 },
  { width: 40960, price: 0.085 },
  { width: 102400, price: 0.07 },
  { width: null, price: 0.05 },
];

/** Function service (x86): requests per million, GB-seconds by tier, monthly free allowance. */
export const FUNCTION_PRICES: FunctionPrices = {
  requestPerM: 0.2,
  gbSecond: [
    { width: 6e9, price: 0.0000166667 },
    { width: 9e9, price: 0.000015 },
    { width: null, price: 0.0000133334 },
  ],
  freeRequests: 1e6,
  freeGbSeconds: 400000,
};

/** On-demand request units, USD per million. */
export const REQUEST_UNIT_PRICES = { write: 0.625, read: 0.125 } as const;

/** Always-on parts of the end-to-end cases. */
export const WEB_PRICES = {
  vcpuHour: 0.048,
  dbVcpuHour: 0.0855,
  dbStorageGb: 0.115,
  dbIops: 0.02,
  cacheGbHour: 0.0165,
  egressGb: 0.09,
} as const;
