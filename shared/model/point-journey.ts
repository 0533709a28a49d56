import type { Demand, Journey, JourneyStep } from './design.ts';
import { isRange, likely, type Range } from './quantity.ts';

/** A stored thing whose own numbers are numbers: a range counts with its likely value. */
type Point<T> = { [K in keyof T]: Exclude<T[K], Range> };

/** A step of a journey as one evaluation uses it. */
export type PointStep = Point<JourneyStep>;

/** What a journey asks of a component as one evaluation uses it. */
export type PointDemand = Point<Demand>;

/** A journey as one evaluation walks it: its steps and demands hold numbers. */
export type PointJourney = { [K in keyof Journey as K extends 'steps' | 'demands' ? never : K]: Journey[K] } & {
  steps?: PointStep[];
  demands?: Record<string, PointDemand>;
};

/** Journeys that hold a range, with their numbers; those without are their own. Documents are never changed in place. */
const known = new WeakMap<Journey, PointJourney>();

function holdsRange(stored: object): boolean {
  return Object.values(stored).some(isRange);
}

function withoutRanges<T extends object>(stored: T): Point<T> {
  return (holdsRange(stored) ? Object.fromEntries(Object.entries(stored).map(([key, held]: [string, unknown]) => [key, isRange(held) ? likely(held) : held])) : stored) as Point<T>;
}

function hasRange({ steps = [], demands = {} }: Journey): boolean {
  return steps.some(holdsRange) || Object.values(demands).some(holdsRange);
}

function taken({ steps, demands, ...rest }: Journey): PointJourney {
  return {
    ...rest,
    ...(steps && { steps: steps.map(withoutRanges) }),
    ...(demands && { demands: Object.fromEntries(Object.entries(demands).map(([at, demand]) => [at, withoutRanges(demand)])) }),
  };
}

/** A journey with the likely values of the ranges in its steps and demands; one without such is itself. The same object gives the same one again. */
export function pointJourney(journey: Journey): PointJourney {
  if (!hasRange(journey)) return journey as PointJourney;
  let point = known.get(journey);
  if (point === undefined) known.set(journey, (point = taken(journey)));
  return point;
}
