/** Adapters from the known-answer models of caches, redundancy, percentiles, platforms and prices to the engine's formulas. */
import { rdsMaxConnections } from '../../contracts/database-limits.ts';
import { downtimeHoursPerYear, mtbfAvailability, parallelAvailability, seriesAvailability } from '../math/availability.ts';
import { cacheHit, lruHit } from '../math/che.ts';
import { connectionsTotal, slotsNeeded } from '../math/connections.ts';
import { fanoutTail } from '../math/fanout.ts';
import { gammaQuantile } from '../math/gamma.ts';
import { hypoexponentialCdf } from '../math/hypoexponential.ts';
import { betaFactorUnavailability, kOfN, spareApproximation } from '../math/k-of-n.ts';
import { coldStartProbability } from '../math/lambda.ts';
import { choose, constant } from '../math/mixture-combine.ts';
import { mixtureQuantile } from '../math/mixture-quantile.ts';
import { mixtureMean } from '../math/mixture.ts';
import type { Branch } from '../math/mixture.ts';
import { functionCost, lcuCount, loadBalancerCost, requestUnitCost, tieredCost } from '../math/prices.ts';
import { gunicornWorkers, processCapacity, pythonProcess } from '../math/python-process.ts';
import type { PythonProcess } from '../math/python-process.ts';
import { expectedAttempts, layeredAttempts, retryBudgetLimit } from '../math/retries.ts';
import { hottestShare } from '../math/shards.ts';
import { zipf } from '../math/zipf.ts';
import { balancePolicy, endToEndWeb, workerClass } from './e2e-web.ts';
import { InputError, arrivalsOf, each, flag, list, need, numberOr, optional, optionalList, record, serviceOf, text } from './inputs.ts';
import type { Adapter, CaseInputs, CaseResult } from './inputs.ts';
import { ALB_LCU, ALB_PRICES, EGRESS_TIERS, FUNCTION_PRICES, REQUEST_UNIT_PRICES, REST_TIERS } from './price-table.ts';

function readBranches(inputs: CaseInputs): Branch[] {
  const rows = inputs['branches'];
  if (!Array.isArray(rows)) throw new InputError('missing input branches');
  return rows.map((row: unknown) => {
    const branch = record(row) ?? {};
    const mean = need(branch, 'mean', 'm');
    const scv = optional(branch, 'scv');
    const variance = optional(branch, 'var', 'variance', 'v') ?? (scv === null ? 0 : scv * mean * mean);
    return { weight: need(branch, 'w', 'weight'), shift: optional(branch, 'shift', 'd') ?? 0, mean, variance };
  });
}

/** A cache with room for its only key. */
function oneKeyHit(age: { readonly readRps: number; readonly writeRps: number; readonly ttlS: number; readonly slidingTtl: boolean }): number {
  return cacheHit({ keys: 1, zipfS: 0, items: 1, policy: 'lru', invalidate: true, ...age });
}

function ttlCache(inputs: CaseInputs): CaseResult {
  const x = optional(inputs, 'lambda_T') ?? arrivalsOf(inputs) * need(inputs, 'T', 'ttl_s', 'ttl');
  return { fixed_ttl: oneKeyHit({ readRps: x, writeRps: 0, ttlS: 1, slidingTtl: false }), renewing: oneKeyHit({ readRps: x, writeRps: 0, ttlS: 1, slidingTtl: true }) };
}

function zipfLaw(inputs: CaseInputs): CaseResult {
  const { harmonic, top1 } = zipf(need(inputs, 'n', 'keys'), need(inputs, 's', 'alpha', 'zipf'));
  return { H: harmonic, top1 };
}

function processOf(inputs: CaseInputs, threads: number): PythonProcess {
  const named = text(inputs, 'cls', text(inputs, 'worker_class', threads > 1 ? 'gthread' : 'sync'));
  return {
    lambda: optional(inputs, 'lambda_', 'lambda', 'lam', 'lambda_per_s', 'rps') ?? 0,
    instances: numberOr(inputs, 'instances', numberOr(inputs, 'n', 1)),
    vcpu: need(inputs, 'vcpu', 'cores'),
    workers: need(inputs, 'workers', 'W'),
    threads,
    cpuS: need(inputs, 'cpu_s', 'cpu'),
    downstreamS: optional(inputs, 'io_s', 'down', 'downstream_s') ?? 0,
    workerClass: workerClass(named),
    policy: balancePolicy(text(inputs, 'policy', 'least_conn')),
    gil: flag(inputs, 'gil', true),
    connections: numberOr(inputs, 'conn', numberOr(inputs, 'worker_connections', 1000)),
  };
}

function gunicorn(inputs: CaseInputs): CaseResult {
  const at = pythonProcess(processOf(inputs, optional(inputs, 'threads', 'T') ?? 1));
  const loads = { rho_cpu: at.rhoCpu, rho_slots: at.rhoSlots, capacity: at.capacity };
  return { response_ms: at.responseS * 1e3, ...loads };
}

function gunicornCapacity(inputs: CaseInputs): CaseResult {
  const name = inputs['threads'] === undefined ? 'T' : 'threads';
  const filled = inputs[name] === undefined ? { ...inputs, [name]: 1 } : inputs;
  return each(filled, name, (threads) => processCapacity(processOf(filled, threads)).capacity ?? 0);
}

function slots(inputs: CaseInputs): CaseResult {
  const attempts = 1 + numberOr(inputs, 'retries', 0);
  const at = slotsNeeded(arrivalsOf(inputs), need(inputs, 'timeout_s'), need(inputs, 'slots'), attempts);
  return { slots_needed: at.slotsNeeded, exhausted: Number(at.exhausted), t_exhaust_s: at.exhaustS };
}

function loadBalancer(inputs: CaseInputs): number {
  const use = {
    newConnectionsPerS: numberOr(inputs, 'new_conn_s', 0),
    active: numberOr(inputs, 'active', 0),
    gbPerHour: numberOr(inputs, 'gb_h', 0),
    ruleEvaluationsPerS: numberOr(inputs, 'rule_evals_s', 0),
  };
  return loadBalancerCost(lcuCount(use, ALB_LCU), ALB_PRICES.hour, ALB_PRICES.lcuHour, numberOr(inputs, 'hours', 730));
}

function functionPrice(inputs: CaseInputs): number {
  const duration = optional(inputs, 'duration_s') ?? need(inputs, 'duration_ms') / 1000;
  const memory = optional(inputs, 'memory_gb') ?? need(inputs, 'memory_mb') / 1024;
  return functionCost(need(inputs, 'requests'), duration, memory, FUNCTION_PRICES, flag(inputs, 'free_tier', false));
}

function betaFactor(inputs: CaseInputs): number {
  const u = optional(inputs, 'unavailability', 'u') ?? 1 - need(inputs, 'a', 'availability');
  return betaFactorUnavailability(u, need(inputs, 'n'), need(inputs, 'k'), numberOr(inputs, 'beta', 0.05));
}

function unitAvailability(inputs: CaseInputs): number {
  return optional(inputs, 'a', 'availability') ?? 1 - need(inputs, 'unavailability', 'u');
}

function seriesParallel(inputs: CaseInputs): CaseResult {
  const parts = optionalList(inputs, 'a') ?? new Array<number>(numberOr(inputs, 'n', 2)).fill(need(inputs, 'a'));
  return { series: seriesAvailability(parts), parallel: parallelAvailability(parts) };
}

function repeated(inputs: CaseInputs): number[] {
  return optionalList(inputs, 'a') ?? new Array<number>(numberOr(inputs, 'n', 1)).fill(need(inputs, 'a'));
}

const CACHES: Readonly<Record<string, Adapter>> = {
  aside_invalidate: (inputs) =>
    oneKeyHit({ readRps: need(inputs, 'lambda_read', 'r'), writeRps: need(inputs, 'lambda_write', 'w'), ttlS: need(inputs, 'window', 'T'), slidingTtl: true }),
  cache_mean: (inputs) => {
    const hit = need(inputs, 'hit');
    return mixtureMean(choose([{ probability: hit, mixture: constant(need(inputs, 't_hit_ms')) }, { probability: 1 - hit, mixture: constant(need(inputs, 't_miss_ms')) }]));
  },
  che_lru: (inputs) => each(inputs, 'cache', (items) => lruHit(need(inputs, 'n', 'keys'), need(inputs, 'alpha', 's', 'zipf'), items)),
  hot_shard_share: (inputs) => hottestShare(need(inputs, 'keys', 'n'), need(inputs, 'zipf', 's', 'alpha'), need(inputs, 'shards')),
  ttl_cache: ttlCache,
  zipf: zipfLaw,
};

const REDUNDANCY: Readonly<Record<string, Adapter>> = {
  aws_redundancy_approx: (inputs) => ({ ...spareApproximation(need(inputs, 'n'), need(inputs, 'spares', 's'), unitAvailability(inputs)) }),
  beta_factor: betaFactor,
  downtime: (inputs) => ({ hours_year: each(inputs, 'a', downtimeHoursPerYear) }),
  k_of_n: (inputs) => kOfN(need(inputs, 'n'), need(inputs, 'k'), unitAvailability(inputs)),
  mtbf_mttr: (inputs) => mtbfAvailability(need(inputs, 'mtbf_h'), need(inputs, 'mttr_h')),
  retry_attempts: (inputs) => expectedAttempts(need(inputs, 'p_fail'), need(inputs, 'max_retries')),
  retry_budget: (inputs) => retryBudgetLimit(need(inputs, 'budget')),
  retry_layers: (inputs) => layeredAttempts(need(inputs, 'attempts_per_layer'), need(inputs, 'layers')),
  series: (inputs) => seriesAvailability(repeated(inputs)),
  series_parallel: seriesParallel,
};

const PERCENTILES: Readonly<Record<string, Adapter>> = {
  branch_mixture_quantile: (inputs) => {
    const branches = readBranches(inputs);
    return each(inputs, 'q', (q) => mixtureQuantile(branches, q));
  },
  fanout_tail: (inputs) => each(inputs, 'n', (n) => fanoutTail(need(inputs, 'p_slow'), n)),
  gamma_quantile: (inputs) => each(inputs, 'q', (q) => gammaQuantile(need(inputs, 'mean'), need(inputs, 'var', 'variance'), q)),
  hypoexponential_cdf: (inputs) => each(inputs, 't', (t) => hypoexponentialCdf(list(inputs, 'rates'), t)),
};

const PLATFORM: Readonly<Record<string, Adapter>> = {
  alb_cost: loadBalancer,
  apigw_rest_cost: (inputs) => tieredCost(need(inputs, 'requests_m'), REST_TIERS),
  cold_start_probability: (inputs) =>
    coldStartProbability(arrivalsOf(inputs), serviceOf(inputs), need(inputs, 'keep_alive_s'), numberOr(inputs, 'provisioned', 0)),
  connections_total: (inputs) =>
    connectionsTotal(need(inputs, 'instances'), need(inputs, 'workers'), need(inputs, 'pool_size'), numberOr(inputs, 'max_overflow', 0)),
  ddb_cost: (inputs) =>
    requestUnitCost(numberOr(inputs, 'writes_m', 0), numberOr(inputs, 'reads_m', 0), REQUEST_UNIT_PRICES.write, REQUEST_UNIT_PRICES.read),
  e2e_web: endToEndWeb,
  egress_cost: (inputs) => tieredCost(need(inputs, 'gb'), EGRESS_TIERS),
  gunicorn,
  gunicorn_capacity: gunicornCapacity,
  gunicorn_workers: (inputs) => each(inputs, 'cores', gunicornWorkers),
  lambda_cost: functionPrice,
  lambda_cost_tiers: (inputs) => tieredCost(need(inputs, 'gb_s'), FUNCTION_PRICES.gbSecond),
  rds_max_connections: (inputs) => each(inputs, 'bytes', rdsMaxConnections),
  slots_needed: slots,
};

/** Models of caches, redundancy, percentiles, platforms and prices. */
export const PLATFORM_ADAPTERS: Readonly<Record<string, Adapter>> = { ...CACHES, ...REDUNDANCY, ...PERCENTILES, ...PLATFORM };
