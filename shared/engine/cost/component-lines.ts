/** Monthly quantities of the price lines that components state (evaluation 7.2, semantics 6 and 9.9). */
import type { CostLine } from '../../contracts/behavior.ts';
import { assertNever } from '../../lib/assert-never.ts';
import type { EvaluationContext } from '../context.ts';
import { averageRate, averageUnits, HOURS_PER_MONTH, lcuCount, monthlyGb, SECONDS_PER_MONTH } from '../math/prices.ts';
import { storeWork } from '../solve/store-work.ts';
import type { NodeFacts } from '../types.ts';

/** What one capacity unit of a balancer covers: connections opened per second, open ones, GB an hour, rules per second. */
const LCU = { newConnectionsPerS: 25, active: 3000, gbPerHour: 1, ruleEvaluationsPerS: 1000 } as const;
const SECONDS_PER_HOUR = 3600;
const SMALL_KB = 2;

/** Whether a line is paid for what stands there, or for what is used. */
export function lineKind({ quantity: { per } }: CostLine): 'fixed' | 'usage' {
  return per === 'hours' || per === 'count' || per === 'gb_month' ? 'fixed' : 'usage';
}

/**
 * What the quantities are computed from beside the load: entity storage and outgoing bytes of this node, GB, and for
 * telemetry, which no load reaches, the requests that it observes, per second.
 */
export interface NodeVolumes { readonly storageGb: number; readonly deliveredGb: number | null; readonly observedRps: number }

function arrivals({ flows }: EvaluationContext, node: number, of: 'all' | 'read' | 'write', observedRps = 0): number {
  const reads = flows.nodeReads[node] as number;
  const writes = flows.nodeWrites[node] as number;
  if (observedRps > 0 && reads + writes === 0) return observedRps;
  return of === 'read' ? reads : of === 'write' ? writes : reads + writes;
}

/** Units paid for over drawn units: the average of an autoscaled tier, not rounded (semantics 8). */
function unitShare(context: EvaluationContext, facts: NodeFacts, line: CostLine): number {
  const scale = facts.view.behavior.autoscale;
  if (!line.autoscaled || !scale) return 1;
  const peak = context.stations.stations[facts.view.index]?.scaledUnits ?? facts.units;
  return averageUnits(scale.min, peak, 1 / Math.max(1, context.compiled.workload.peak_to_avg)) / facts.units;
}

/** KB per second at the peak that a node answers with. */
function answeredKb({ compiled, flows }: EvaluationContext, facts: NodeFacts): number {
  let kb = 0;
  for (const edge of facts.view.in) {
    if (edge.idleReason) continue;
    const rate = (flows.edgeReads[edge.index] as number) + (flows.edgeWrites[edge.index] as number);
    kb += rate * (edge.params.values.response_kb ?? (edge.from.behavior.routing === 'source' ? compiled.workload.payload_out_kb : SMALL_KB));
  }
  return kb;
}

/** Capacity units of a balancer at the average load (semantics 9.9). Connections held open by clients count as active. */
function capacityUnits(context: EvaluationContext, facts: NodeFacts): number {
  const { peak_to_avg, requests_per_connection, connection_life_s } = context.compiled.workload;
  const opened = averageRate(arrivals(context, facts.view.index, 'all'), peak_to_avg) / requests_per_connection;
  let held = 0;
  for (const edge of facts.view.in) if (!edge.idleReason) held += edge.params.values.connections * context.multiple;
  const gbPerHour = (averageRate(answeredKb(context, facts), peak_to_avg) * SECONDS_PER_HOUR) / 1e6;
  return lcuCount({ newConnectionsPerS: opened, active: opened * connection_life_s + held, gbPerHour, ruleEvaluationsPerS: 0 }, LCU);
}

/** GB of a storage line: what is stated, or what its entities need when that is more. Stated sizes are for one shard. */
function storedGb(facts: NodeFacts, gb: number, entityGb: number): number {
  if (!(entityGb > 0)) return gb;
  const partitioned = facts.others.find((resource) => resource.kind === 'partitioned-store');
  const stated = facts.store ? facts.store.storage_gb : partitioned?.kind === 'partitioned-store' ? partitioned.storage_gb : gb;
  const needed = entityGb / Math.max(1, facts.store?.shards ?? 1);
  return stated > 0 ? gb * Math.max(1, needed / stated) : Math.max(gb, needed);
}

/** Pages of the mean write over those that the store states: journeys may state their own. */
function pagesShare({ compiled, flows }: EvaluationContext, facts: NodeFacts): number {
  const { store } = facts;
  return store && store.write_iops > 0 ? storeWork(compiled, flows, facts, store).write.iops / store.write_iops : 1;
}

/** Mean seconds of one invocation of a function, without waiting for it to start. */
function durationS(context: EvaluationContext, node: number): number {
  return context.stations.stations[node]?.evidence['duration_s'] ?? 0;
}

function perMonth(peakRps: number, peakToAvg: number): number {
  return averageRate(peakRps, peakToAvg) * SECONDS_PER_MONTH;
}

/** Quantity of one line of one node for a month at the average load, in the unit of its price. */
export function lineQuantity(context: EvaluationContext, facts: NodeFacts, line: CostLine, volumes: NodeVolumes): number {
  const { index } = facts.view;
  const { peak_to_avg } = context.compiled.workload;
  const { quantity } = line;
  switch (quantity.per) {
    case 'hours': return quantity.units * HOURS_PER_MONTH * unitShare(context, facts, line);
    case 'count': return quantity.count * unitShare(context, facts, line);
    case 'gb_month': return storedGb(facts, quantity.gb, volumes.storageGb) * quantity.copies * unitShare(context, facts, line);
    case 'request': return perMonth(arrivals(context, index, quantity.of, volumes.observedRps), peak_to_avg) * quantity.factor * (quantity.pages ? pagesShare(context, facts) : 1);
    case 'gb_second': return perMonth(arrivals(context, index, 'all'), peak_to_avg) * durationS(context, index) * quantity.memory_gb;
    case 'lcu': return capacityUnits(context, facts) * HOURS_PER_MONTH;
    case 'gb_out': return (volumes.deliveredGb ?? monthlyGb(averageRate(answeredKb(context, facts), peak_to_avg), 1)) * quantity.factor;
    default: return assertNever(quantity, 'price line quantity');
  }
}
