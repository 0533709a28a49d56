/** Adapters from the known-answer models of queueing and scaling to the engine's formulas. */
import { amdahlSpeedup } from '../math/amdahl.ts';
import { fluidBacklog } from '../math/backlog.ts';
import { joinShortestQueueFactor, powerOfDResponse } from '../math/balancing.ts';
import { asymptoticBounds } from '../math/bounds.ts';
import { erlangB, erlangCExact } from '../math/erlang.ts';
import { openMulticlass, openNetwork, trafficEquations } from '../math/jackson.ts';
import { station } from '../math/allen-cunneen.ts';
import { sharingWait } from '../math/mg1.ts';
import { mmcExact, mmcP0, mmcResponseQuantile, mmcServiceLevel } from '../math/mmc.ts';
import { mmck } from '../math/mmck.ts';
import { mvaClosed } from '../math/mva.ts';
import { uslPeak, uslSummary, uslThroughput } from '../math/usl.ts';
import { little, serviceDemand, utilisation } from '../math/utilisation.ts';
import {
  arrivalsOf,
  each,
  list,
  matrix,
  need,
  numberOr,
  offeredOf,
  optional,
  optionalList,
  serversOf,
  serviceOf,
  servicesOf,
  visitsOf,
} from './inputs.ts';
import type { Adapter, CaseInputs, CaseResult } from './inputs.ts';

function mm1(inputs: CaseInputs, wanted: readonly string[]): CaseResult {
  const lambda = arrivalsOf(inputs);
  const { rho, waitS, responseS, queueLength, inSystem } = mmcExact(lambda, serviceOf(inputs), 1);
  const out: Record<string, number> = {
    rho,
    l: inSystem,
    lq: queueLength,
    w_s: responseS,
    r: responseS,
    r_s: responseS,
    wq_s: waitS,
    wq: waitS,
    p0: 1 - rho,
    p_wait: rho,
  };
  for (const name of wanted) {
    const atLeast = /^p_ge_(\d+)$/.exec(name)?.[1];
    if (atLeast !== undefined) out[name] = Math.pow(rho, Number(atLeast));
    const exactly = /^p_?(\d+)$/.exec(name)?.[1];
    if (exactly !== undefined) out[name] = (1 - rho) * Math.pow(rho, Number(exactly));
  }
  return out;
}

function mmc(inputs: CaseInputs): CaseResult {
  const lambda = arrivalsOf(inputs);
  const service = serviceOf(inputs);
  const c = serversOf(inputs);
  const { rho, pWait, waitS, responseS, queueLength, inSystem } = mmcExact(lambda, service, c);
  const waits = { wq: waitS, wq_s: waitS, p_wait: pWait, asa_s: waitS };
  const target = optional(inputs, 'target_s');
  const level = target === null ? {} : { sl: mmcServiceLevel(lambda, service, c, target) };
  const responses = { r: responseS, r_s: responseS, w: responseS, w_s: responseS };
  return { rho, occupancy: rho, ...waits, ...responses, lq: queueLength, l: inSystem, p0: mmcP0(lambda, service, c), ...level };
}

function finite(inputs: CaseInputs): CaseResult {
  const at = mmck(arrivalsOf(inputs), serviceOf(inputs), serversOf(inputs), need(inputs, 'K', 'k', 'capacity'));
  const states = Object.fromEntries(at.probabilities.map((p, i) => [`p${String(i)}`, p]));
  const times = { r: at.responseS, r_s: at.responseS, wq: at.waitS, wq_s: at.waitS };
  return { ...states, pK: at.blocked, l: at.inSystem, lq: at.queueLength, x: at.throughput, u: at.utilisation, ...times };
}

function single(inputs: CaseInputs): CaseResult {
  const lambda = arrivalsOf(inputs);
  const { rho, waitS, responseS } = station(lambda, serviceOf(inputs), 1, 1, numberOr(inputs, 'scv', 1));
  return { rho, wq: waitS, wq_s: waitS, w: responseS, r: responseS, lq: little(lambda, waitS), l: little(lambda, responseS) };
}

function closed(inputs: CaseInputs): CaseResult {
  const S = servicesOf(inputs);
  const V = visitsOf(inputs, S.length);
  const servers = optionalList(inputs, 'm', 'servers', 'c') ?? [];
  const { X, R, Q, U, responseS } = mvaClosed(need(inputs, 'N'), S, V, numberOr(inputs, 'Z', 0), servers);
  const perStation = Object.fromEntries(V.map((v, i) => [`X${String(i + 1)}`, X * v]));
  return { X, R, Q, U, Rsys: responseS, ...perStation };
}

function stations(network: { U: number[]; R: number[]; Q: number[]; X: number[] }): CaseResult {
  const { U, R, Q, X } = network;
  const at = (values: number[]): number => values[0] ?? 0;
  const numbered = Object.fromEntries(
    U.flatMap((_, i) => Object.entries({ U, R, Q, X }).map(([name, values]) => [`${name}${String(i + 1)}`, values[i] ?? 0])),
  );
  return { U, R, Q, X, U_cpu: at(U), R_cpu: at(R), Q_cpu: at(Q), X_cpu: at(X), ...numbered };
}

function openJackson(inputs: CaseInputs): CaseResult {
  const S = servicesOf(inputs);
  return stations(openNetwork(arrivalsOf(inputs), S, visitsOf(inputs, S.length), optionalList(inputs, 'm', 'servers', 'c') ?? []));
}

function openRouting(inputs: CaseInputs): CaseResult {
  const S = servicesOf(inputs);
  const rates = trafficEquations(list(inputs, 'external'), matrix(inputs, 'P'));
  return stations(openNetwork(1, S, rates, optionalList(inputs, 'm', 'servers', 'c') ?? []));
}

function multiclass(inputs: CaseInputs): CaseResult {
  const lambda = list(inputs, 'lambda_', 'lambda');
  const results = openMulticlass(lambda, matrix(inputs, 'D'));
  const cells = Object.entries(results).flatMap(([name, rows]: [string, number[][]]) =>
    rows.flatMap((row, c) => row.map((value, k) => [`${name}${String(c + 1)}${String(k + 1)}`, value] as const)),
  );
  return { ...results, ...Object.fromEntries(cells) };
}

function usl(inputs: CaseInputs): CaseResult {
  const gamma = numberOr(inputs, 'gamma', 1);
  const alpha = need(inputs, 'alpha');
  const beta = need(inputs, 'beta');
  const { peakN, peakX, limit, optimalN } = uslSummary(gamma, alpha, beta);
  const scaled = inputs['N'] === undefined ? {} : { X: each(inputs, 'N', (n) => uslThroughput(n, gamma, alpha, beta)) };
  return { ...scaled, peak_n: peakN, peak_x: peakX, limit, opt_n: optimalN };
}

function bounds(inputs: CaseInputs): CaseResult {
  const direct = optionalList(inputs, 'D');
  const S = direct ?? servicesOf(inputs);
  const D = direct ?? S.map((service, i) => service * (visitsOf(inputs, S.length)[i] ?? 1));
  const { knee, maxThroughput } = asymptoticBounds(D, numberOr(inputs, 'Z', 0));
  return { n_star: knee, x_max: maxThroughput };
}

function backlog(inputs: CaseInputs): CaseResult {
  const {
    backlog: left,
    delayS,
    drainS,
  } = fluidBacklog({
    lambdaPeak: need(inputs, 'lambda_peak'),
    capacity: need(inputs, 'capacity'),
    peakS: need(inputs, 'peak_s'),
    lambdaAfter: numberOr(inputs, 'lambda_after', 0),
  });
  return { backlog: left, delay_s: delayS, drain_s: drainS };
}

function shortestQueue(inputs: CaseInputs): number {
  const n = need(inputs, 'n');
  const rho = need(inputs, 'rho');
  return 1 + mmcExact(rho * n, 1, n).waitS * joinShortestQueueFactor(n, rho);
}

/** Models of queues, networks, scaling laws and backlog. */
export const QUEUE_ADAPTERS: Readonly<Record<string, Adapter>> = {
  amdahl: (inputs) => each(inputs, 'N', (n) => amdahlSpeedup(n, need(inputs, 'serial', 'sigma'))),
  asymptotic_bounds: bounds,
  erlang_b: (inputs) => erlangB(serversOf(inputs), offeredOf(inputs)),
  erlang_c: (inputs) => erlangCExact(serversOf(inputs), offeredOf(inputs)),
  fluid_backlog: backlog,
  jsq: shortestQueue,
  little: (inputs) => little(arrivalsOf(inputs), need(inputs, 'duration_s', 'response_s')),
  mg1: single,
  mg1_ps: (inputs) => serviceOf(inputs) + sharingWait(serviceOf(inputs), utilisation(arrivalsOf(inputs), serviceOf(inputs), 1)),
  mm1,
  mmc,
  mmc_erlang_c: mmc,
  mmc_response_quantile: (inputs) =>
    each(inputs, 'q', (q) => mmcResponseQuantile(arrivalsOf(inputs), serviceOf(inputs), serversOf(inputs), q)),
  mmck: finite,
  mva_closed: closed,
  mva_closed_ld: closed,
  open_jackson: openJackson,
  open_jackson_routing: openRouting,
  open_multiclass: multiclass,
  power_of_d: (inputs) => powerOfDResponse(need(inputs, 'd'), need(inputs, 'rho')),
  service_demand: (inputs) => serviceDemand(need(inputs, 'tps'), need(inputs, 'vcpu')),
  usl,
  usl_peak: (inputs) => uslPeak(need(inputs, 'alpha'), need(inputs, 'beta')) ?? 0,
  utilisation: (inputs) => utilisation(arrivalsOf(inputs), serviceOf(inputs), serversOf(inputs)),
};
