/**
 * The end-to-end web case: balancer, Python tier, optional cache, database. A fixed composition of the engine's own
 * functions (k-of-n full capacity, beta .05, no change risk, dollar part of cost, cross-zone RTT on every database call).
 */
import { lruHit } from '../math/che.ts';
import { betaFactorUnavailability, unitsNeeded } from '../math/k-of-n.ts';
import { mixtureQuantiles } from '../math/mixture-quantile.ts';
import { mixtureMean } from '../math/mixture.ts';
import type { Branch } from '../math/mixture.ts';
import {
  averageRate,
  computeCost,
  databaseCost,
  databaseIopsCost,
  lcuCount,
  loadBalancerCost,
  memoryCost,
  monthlyGb,
} from '../math/prices.ts';
import { pythonProcess } from '../math/python-process.ts';
import type { PythonProcessResult, WorkerClass } from '../math/python-process.ts';
import { rdbmsStation } from '../math/rdbms.ts';
import type { RdbmsResult } from '../math/rdbms.ts';
import { availabilityScore, headroomScore, ratioScore } from '../math/score-curves.ts';
import type { BalancePolicy } from '../math/balancing.ts';
import { InputError, flag, need, numberOr, record, text } from './inputs.ts';
import type { CaseInputs, CaseResult } from './inputs.ts';
import { ALB_LCU, ALB_PRICES, WEB_PRICES } from './price-table.ts';

const RTT_SAME_ZONE_S = 0.0005;
const RTT_CROSS_ZONE_S = 0.001;
const CACHE_OP_S = 0.0003;
const BALANCER_S = 0.001;
const READS_PER_READ = 2;
const KNEE = 0.85;
const BETA = 0.05;
const INCLUDED_IOPS = 3000;
const WORKER_CLASSES: readonly WorkerClass[] = ['sync', 'gthread', 'async'];
const POLICIES: Readonly<Record<string, BalancePolicy>> = {
  least_conn: 'least_outstanding',
  least_outstanding: 'least_outstanding',
  round_robin: 'round_robin',
  random: 'random',
  ip_hash: 'ip_hash',
  power_of_two: 'power_of_two',
};

/** Worker class by name; throws InputError for an unknown one. */
export function workerClass(name: string): WorkerClass {
  const found = WORKER_CLASSES.find((known) => known === name);
  if (found === undefined) throw new InputError(`unknown worker class ${name}`);
  return found;
}

/** Balancing policy by name or synonym; throws InputError for an unknown one. */
export function balancePolicy(name: string): BalancePolicy {
  const found = POLICIES[name];
  if (found === undefined) throw new InputError(`unknown policy ${name}`);
  return found;
}

interface Web {
  inputs: CaseInputs;
  cache: CaseInputs | null;
  lambda: number;
  reads: number;
  n: number;
  replicas: number;
  multiAz: boolean;
}

interface Latency {
  hit: number;
  db: RdbmsResult;
  app: PythonProcessResult;
  meanS: number;
  quantilesS: number[];
}

function database(web: Web, hit: number): RdbmsResult {
  return rdbmsStation({
    readRps: web.lambda * web.reads * READS_PER_READ * (1 - hit),
    writeRps: web.lambda * (1 - web.reads),
    vcpu: need(web.inputs, 'dbv'),
    readCpuS: 0.0002,
    writeCpuS: 0.00085,
    iops: need(web.inputs, 'iops'),
    replicas: web.replicas,
    replicaReadShare: 1,
    syncRttS: web.multiAz ? 0.001 : 0,
  });
}

/** Branches: both reads hit, one miss, two misses, write. */
function branches(web: Web, hit: number, app: PythonProcessResult, readS: number, writeS: number): Branch[] {
  const shift = BALANCER_S + RTT_CROSS_ZONE_S;
  const cacheS = web.cache === null ? 0 : CACHE_OP_S + RTT_SAME_ZONE_S;
  const cacheVariance = 2 * ((CACHE_OP_S + RTT_SAME_ZONE_S) / 2) ** 2;
  const weights = [hit * hit, 2 * hit * (1 - hit), (1 - hit) * (1 - hit)];
  const out: Branch[] = weights.map((weight, misses) => ({
    weight: web.reads * weight,
    shift,
    mean: app.localS + READS_PER_READ * cacheS + misses * readS,
    variance: app.localVariance + misses * readS * readS + cacheVariance,
  }));
  out.push({ weight: 1 - web.reads, shift, mean: app.localS + writeS, variance: app.localVariance + writeS * writeS });
  return out.filter((branch) => branch.weight > 0);
}

function latency(web: Web): Latency {
  const { inputs, cache } = web;
  const hit = cache === null ? 0 : lruHit(need(cache, 'keys', 'n'), need(cache, 's', 'zipf', 'alpha'), need(cache, 'items', 'cache'));
  const db = database(web, hit);
  const readS = db.replicaReadS + RTT_CROSS_ZONE_S;
  const writeS = db.writeS + RTT_CROSS_ZONE_S;
  const lookupS = cache === null ? 0 : CACHE_OP_S + RTT_SAME_ZONE_S;
  const app = pythonProcess({
    lambda: web.lambda,
    instances: web.n,
    vcpu: need(inputs, 'vcpu'),
    workers: need(inputs, 'W', 'workers'),
    threads: numberOr(inputs, 'T', numberOr(inputs, 'threads', 1)),
    cpuS: need(inputs, 'cpu', 'cpu_s'),
    downstreamS: web.reads * READS_PER_READ * (lookupS + (1 - hit) * readS) + (1 - web.reads) * writeS,
    workerClass: workerClass(text(inputs, 'cls', 'gthread')),
    policy: balancePolicy(text(inputs, 'policy', 'least_conn')),
  });
  const mixture = branches(web, hit, app, readS, writeS);
  return { hit, db, app, meanS: mixtureMean(mixture), quantilesS: mixtureQuantiles(mixture, [0.5, 0.95, 0.99]) };
}

function monthlyCost(web: Web): number {
  const { inputs, cache, n, replicas, multiAz } = web;
  const average = averageRate(web.lambda, numberOr(inputs, 'avg_ratio', 3));
  const responseKb = numberOr(inputs, 'resp_kb', 20);
  const use = {
    newConnectionsPerS: average / 10,
    active: (average * 60) / 10,
    gbPerHour: (average * 3600 * responseKb) / 1e6,
    ruleEvaluationsPerS: 0,
  };
  const storage = { standby: multiAz, replicas, vcpu: need(inputs, 'dbv'), storageGb: numberOr(inputs, 'db_gb', 200) };
  const db = { ...storage, extraIops: need(inputs, 'iops') - INCLUDED_IOPS };
  const prices = { vcpuHour: WEB_PRICES.dbVcpuHour, storageGb: WEB_PRICES.dbStorageGb, iops: WEB_PRICES.dbIops };
  return (
    loadBalancerCost(lcuCount(use, ALB_LCU), ALB_PRICES.hour, ALB_PRICES.lcuHour) +
    computeCost(n, need(inputs, 'vcpu'), WEB_PRICES.vcpuHour) +
    databaseCost(db, prices) +
    databaseIopsCost(db, prices) +
    (cache === null ? 0 : memoryCost(need(cache, 'gb'), need(cache, 'nodes'), WEB_PRICES.cacheGbHour)) +
    monthlyGb(average, responseKb) * WEB_PRICES.egressGb
  );
}

function availability(web: Web, unitsForLoad: number): number {
  const { n, multiAz } = web;
  const unit = 0.995;
  const k = Math.max(1, Math.min(n, unitsForLoad));
  const app = n > 1 ? 1 - betaFactorUnavailability(1 - unit, n, k, BETA) : unit;
  const zone = numberOr(web.inputs, 'azs', 2) === 1 ? 0.9999 : 1;
  return 0.9999 * app * (multiAz ? 0.9995 : unit) * zone;
}

/** All results of an end-to-end web case: latency in ms, cost in USD per month, scores 0 to 100. */
export function endToEndWeb(inputs: CaseInputs): CaseResult {
  const web: Web = {
    inputs,
    cache: record(inputs['cache']),
    lambda: need(inputs, 'lam', 'lambda_'),
    reads: need(inputs, 'reads'),
    n: need(inputs, 'n', 'instances'),
    replicas: numberOr(inputs, 'replicas', 0),
    multiAz: flag(inputs, 'multi_az', false),
  };
  const { hit, db, app, meanS, quantilesS } = latency(web);
  const capacity = app.capacity ?? web.lambda;
  const needed = unitsNeeded(web.lambda, capacity / web.n, KNEE);
  const A = availability(web, needed);
  const ofApp = (KNEE * capacity) / web.lambda;
  const headroom = db.capacityScale === null ? ofApp : Math.min(ofApp, KNEE * db.capacityScale);
  const cost = monthlyCost(web);
  const [p50 = 0, p95 = 0, p99 = 0] = quantilesS;
  const loads = { rho_cpu: app.rhoCpu, rho_slots: app.rhoSlots, rho_db: db.rhoCpu, rho_io: db.rhoIo, rho_rep: db.rhoReplica };
  const scores = {
    scalability: headroomScore(headroom, numberOr(inputs, 'growth', 3)),
    latency: ratioScore(p99, numberOr(inputs, 't_p99', 0.3), 0.25, 4),
    availability: availabilityScore(A, numberOr(inputs, 't_av', 0.999)),
    cost: ratioScore(cost, numberOr(inputs, 'budget', 2000), 0.5, 2.5),
  };
  const times = { mean_ms: meanS * 1e3, p50: p50 * 1e3, p95: p95 * 1e3, p99: p99 * 1e3 };
  return { hit, ...loads, ...times, A, downtime_h_y: (1 - A) * 8760, headroom, k_needed: needed, cap_app: capacity, cost, scores };
}
