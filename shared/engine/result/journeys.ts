/** Journeys as plain data. */
import { journeyParams } from '../../contracts/document-params.ts';
import type { JourneyResult } from '../../contracts/evaluation.ts';
import type { JourneyView } from '../../contracts/graph-view.ts';
import { noQuantity, quantity, type Quantity } from '../../model/quantity.ts';
import type { JourneyAvailability } from '../availability/types.ts';
import type { StageResults } from '../context.ts';
import { downtimeHoursPerYear } from '../math/availability.ts';
import { resolve } from '../resolve.ts';
import type { CompiledDesign, JourneyLatency } from '../types.ts';
import type { JourneyReach } from './reached.ts';

/** What is said of a journey whose availability could only be bounded. */
export const NOT_EXACT = 'Availability is a bound: too many parts are shared between alternatives';

const NOT_APPLICABLE = noQuantity('not_applicable');
const UNBOUNDED = noQuantity('unbounded');

function timeOf(latency: JourneyLatency, seconds: number): Quantity {
  if (latency.saturated) return { value: latency.timeoutS === null ? null : latency.timeoutS * 1000, state: 'saturated' };
  return quantity(seconds * 1000);
}

function doneOf({ done }: JourneyLatency): Quantity {
  return done === null ? NOT_APPLICABLE : done.unbounded ? UNBOUNDED : quantity(done.quantileS ?? 0);
}

function shareOf(value: number | null): Quantity {
  return value === null ? NOT_APPLICABLE : quantity(value);
}

function idsOf({ nodes }: CompiledDesign, indices: readonly number[]): string[] {
  return indices.map((index) => nodes[index]?.view.id ?? '');
}

/** Replaced figures of components that the journey reaches: others count for nothing. */
function asksOf({ asks }: JourneyView, { nodes }: JourneyReach): JourneyView['asks'] {
  return asks.length === 0 ? asks : asks.filter(({ node }) => nodes.includes(node));
}

/** One journey of the result. */
export function journeyResult(stages: StageResults, reached: JourneyReach, depth: number, index: number): JourneyResult {
  const { context, cost } = stages;
  const { compiled, multiple } = context;
  const view = compiled.journeys[index] as CompiledDesign['journeys'][number];
  const values = resolve(journeyParams, view.journey).values;
  const time = context.latency.journeys[index] as JourneyLatency;
  const found = stages.availability.journeys[index] as JourneyAvailability;
  const starts = compiled.plan.entries.some((entry) => entry.journey === index);
  const shown = (seconds: number): Quantity => (starts ? timeOf(time, seconds) : NOT_APPLICABLE);
  return {
    id: view.id, name: view.journey.name, derived: view.derived, rate_rps: view.rate_rps * multiple, share: view.share, importance: view.importance,
    mean_ms: shown(time.meanS), p50_ms: shown(time.p50S), p95_ms: shown(time.p95S), p99_ms: shown(time.p99S), p99_target_ms: values.p99_target_ms,
    served: starts ? found.served : 0, availability: starts ? shareOf(found.availability) : NOT_APPLICABLE,
    downtime_h_year: starts && found.availability !== null ? quantity(downtimeHoursPerYear(found.availability)) : NOT_APPLICABLE, availability_target: values.availability_target,
    done_s: doneOf(time), done_target_s: values.done_target_s, done_availability: shareOf(found.done), done_availability_target: values.done_availability_target,
    usd_per_million: cost.journeyUsd[index] ?? NOT_APPLICABLE, nodes: reached.nodes, edges: reached.edges, hard_nodes: idsOf(compiled, found.hardNodes),
    dies_if: idsOf(compiled, found.diesIf), asks: asksOf(view, reached), depth, not_modelled: found.exact ? reached.unknown : [...reached.unknown, NOT_EXACT],
  };
}
