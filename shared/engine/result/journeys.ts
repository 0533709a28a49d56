/** Journeys as plain data. */
import { journeyParams } from '../../contracts/document-params.ts';
import type { JourneyResult } from '../../contracts/evaluation.ts';
import type { JourneyView } from '../../contracts/graph-view.ts';
import { noQuantity, quantity, type Quantity } from '../../model/quantity.ts';
import { listBits, noBits, setBit } from '../availability/bits.ts';
import type { JourneyAvailability } from '../availability/types.ts';
import type { EvaluationContext, StageResults } from '../context.ts';
import { downtimeHoursPerYear } from '../math/availability.ts';
import { resolve } from '../resolve.ts';
import type { CompiledDesign, JourneyLatency } from '../types.ts';

/** What is said of a journey whose availability could only be bounded. */
export const NOT_EXACT = 'Availability is a bound: too many parts are shared between alternatives';

const NOT_APPLICABLE = noQuantity('not_applicable');

interface Reached { readonly nodes: readonly number[]; readonly edges: readonly string[] }

/** What a journey touches, asynchronous parts included. */
function reachOf({ compiled, visits: all }: EvaluationContext, journey: number): Reached {
  const { plan, nodes, edges } = compiled;
  const visits = all[journey];
  const touched = noBits(nodes.length);
  for (const entry of plan.entries) {
    const source = entry.journey === journey ? edges[entry.edge]?.view.from : undefined;
    if (source) setBit(touched, source.index);
  }
  const ids: string[] = [];
  if (visits) {
    const { reach, edgeReach } = visits;
    for (let slot = 0; slot < reach.length; slot++) if ((reach[slot] as number) > 0) setBit(touched, plan.slotNode[slot] as number);
    for (let i = 0; i < edgeReach.length; i++) if ((edgeReach[i] as number) > 0) ids.push((edges[i] as CompiledDesign['edges'][number]).view.id);
  }
  return { nodes: listBits(touched), edges: ids };
}

function timeOf(latency: JourneyLatency, seconds: number): Quantity {
  if (latency.saturated) return { value: latency.timeoutS === null ? null : latency.timeoutS * 1000, state: 'saturated' };
  return quantity(seconds * 1000);
}

function doneOf({ done }: JourneyLatency): Quantity {
  return done === null ? NOT_APPLICABLE : done.unbounded ? noQuantity('unbounded') : quantity(done.quantileS ?? 0);
}

function shareOf(value: number | null): Quantity {
  return value === null ? NOT_APPLICABLE : quantity(value);
}

function limits(compiled: CompiledDesign, reached: Reached, found: JourneyAvailability): string[] {
  const unknown = reached.nodes.flatMap((index) => (compiled.nodes[index]?.view.known === false ? [`${compiled.nodes[index].view.node.type} is passed unchanged`] : []));
  return found.exact ? unknown : [...unknown, NOT_EXACT];
}

/** Replaced figures of components that the journey reaches: others count for nothing. */
function asksOf({ graph }: CompiledDesign, { asks }: JourneyView, { nodes }: Reached): JourneyView['asks'] {
  if (asks.length === 0) return asks;
  const reached = new Set(nodes);
  return asks.filter(({ node }) => reached.has(graph.nodeById.get(node)?.index ?? -1));
}

/** One journey of the result. */
export function journeyResult(stages: StageResults, depth: number, index: number): JourneyResult {
  const { context, cost } = stages;
  const { compiled, multiple } = context;
  const view = compiled.journeys[index] as CompiledDesign['journeys'][number];
  const values = resolve(journeyParams, view.journey).values;
  const time = context.latency.journeys[index] as JourneyLatency;
  const found = stages.availability.journeys[index] as JourneyAvailability;
  const starts = compiled.plan.entries.some((entry) => entry.journey === index);
  const reached = reachOf(context, index);
  const ids = (indices: readonly number[]): string[] => indices.map((node) => compiled.nodes[node]?.view.id ?? '');
  const shown = (seconds: number): Quantity => (starts ? timeOf(time, seconds) : NOT_APPLICABLE);
  return {
    id: view.id, name: view.journey.name, derived: view.derived, rate_rps: view.rate_rps * multiple, share: view.share, importance: view.importance,
    mean_ms: shown(time.meanS), p50_ms: shown(time.p50S), p95_ms: shown(time.p95S), p99_ms: shown(time.p99S), p99_target_ms: values.p99_target_ms,
    served: starts ? found.served : 0, availability: starts ? shareOf(found.availability) : NOT_APPLICABLE,
    downtime_h_year: starts && found.availability !== null ? quantity(downtimeHoursPerYear(found.availability)) : NOT_APPLICABLE, availability_target: values.availability_target,
    done_s: doneOf(time), done_target_s: values.done_target_s, done_availability: shareOf(found.done), done_availability_target: values.done_availability_target,
    usd_per_million: cost.journeyUsd[index] ?? NOT_APPLICABLE, nodes: ids(reached.nodes), edges: reached.edges, hard_nodes: ids(found.hardNodes),
    dies_if: ids(found.diesIf), asks: asksOf(compiled, view, reached), depth, not_modelled: limits(compiled, reached, found),
  };
}
