import type { FailureModel } from '../../../shared/contracts/behavior.ts';

/** Seconds in a year, for downtime. */
export const SECONDS_PER_YEAR = 31_536_000;

/** Failures per year by kind of unit (evaluation 6.5, semantics 10), assumed. */
export const FAILURES_PER_YEAR = { instance: 2, zonalStore: 2, standby: 1, selfHostedStateful: 3, regionalManaged: 0.5 } as const;

/** Seconds until a standby serves: an instance standby, and a cluster whose members already run (RDS documentation). */
export const FAILOVER_S = { standby: 90, cluster: 35 } as const;

/** Availability of one self-managed copy of a store (evaluation 6.1), assumed. */
export const SELF_HOSTED_STORE = 0.99;

/**
 * Mean outage that an availability implies: A = 1 - f * D / year, so D = (1 - A) * year / f, seconds. Service level
 * numbers are pessimistic, and so is this; it stays above the 300 s that count as a full outage (semantics 10).
 */
export function impliedOutage(availability: number, perYear: number): number {
  return Math.max(301, ((1 - availability) * SECONDS_PER_YEAR) / perYear);
}

/** Not a thing that fails by itself: users, a library inside the caller. */
export const NEVER_FAILS: FailureModel = {
  unit_availability: 1, units: 1, redundancy: 'service', regional: true, failures_per_year: 0, outage_s: 0, failover_s: 0, deploys_per_year: null, canary: 1, own_code: false,
};

/** What own code adds to a failure model: changes that go wrong. */
export interface DeployParams {
  readonly deploys_per_year: number | null;
  readonly canary: number;
}

/** Interchangeable instances, `units` of them: k of n by capacity. `deploy` is given for own code. */
export function instanceFailure(availability: number, units: number, deploy?: DeployParams): FailureModel {
  return {
    unit_availability: availability,
    units,
    redundancy: 'instance',
    regional: false,
    failures_per_year: FAILURES_PER_YEAR.instance,
    outage_s: impliedOutage(availability, FAILURES_PER_YEAR.instance),
    failover_s: 0,
    deploys_per_year: deploy?.deploys_per_year ?? null,
    canary: deploy?.canary ?? 1,
    own_code: deploy !== undefined,
  };
}

/** A managed service with one availability for the whole. `units` are the zone units of a zonal one. */
export function serviceFailure(facts: { availability: number; units: number; regional: boolean; perYear: number; outage_s?: number }): FailureModel {
  return {
    unit_availability: facts.availability,
    units: facts.units,
    redundancy: 'service',
    regional: facts.regional,
    failures_per_year: facts.perYear,
    outage_s: facts.outage_s ?? impliedOutage(facts.availability, facts.perYear),
    failover_s: 0,
    deploys_per_year: null,
    canary: 1,
    own_code: false,
  };
}

/** A store run by the team itself: `units` copies, each with its own availability; a failover interrupts service. */
export function selfHostedFailure(facts: { availability: number; units: number; redundancy: 'standby' | 'quorum'; failover_s: number }): FailureModel {
  const spare = facts.units > 1;
  return {
    unit_availability: facts.availability,
    units: facts.units,
    redundancy: spare ? facts.redundancy : 'instance',
    regional: false,
    failures_per_year: FAILURES_PER_YEAR.selfHostedStateful,
    outage_s: spare ? facts.failover_s : impliedOutage(facts.availability, FAILURES_PER_YEAR.selfHostedStateful),
    failover_s: spare ? facts.failover_s : 0,
    deploys_per_year: null,
    canary: 1,
    own_code: false,
  };
}
