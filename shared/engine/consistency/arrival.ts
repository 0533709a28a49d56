/** When work handed over in the background arrives where it goes: the age of a copy (semantics 6, evaluation 8.2). */
import type { EvaluationContext } from '../context.ts';
import { addMixtures, gammaBranch, shiftBy } from '../math/mixture-combine.ts';
import { mixtureMean, type Mixture } from '../math/mixture.ts';
import { localOf } from '../solve/parts.ts';
import { waitingAt } from '../solve/waiting.ts';
import { WRITE, type Call, type NodeStation } from '../types.ts';

/** Time from the write until it has arrived. */
export interface Arrival { readonly time: Mixture; readonly unbounded: boolean }

const AT_ONCE: Arrival = { time: [{ weight: 1, shift: 0, mean: 0, variance: 0 }], unbounded: false };

function ownTime({ compiled, stations }: EvaluationContext, slot: number): Mixture {
  const { plan } = compiled;
  const station = stations.stations[plan.slotNode[slot] as number] as NodeStation;
  const own = localOf(station, plan, slot);
  if (!station.demand) return own;
  const cpu = (plan.slotCpuS[slot] as number) * station.demand.cpuScale;
  const io = plan.slotIoS[slot] as number;
  return addMixtures(own, gammaBranch(cpu + io, cpu * cpu * (plan.slotCs2[slot] as number) + io * io));
}

/** How far a consumer is behind at the end of the peak, seconds; null when it never catches up. */
function behind({ compiled, flows, stations }: EvaluationContext, node: number): number | null {
  const station = stations.stations[node];
  return station ? waitingAt(compiled, flows, station, node).delayS : 0;
}

/** Longest wait of a message until its batch is full or the window ends, seconds. */
function batchS({ flows }: EvaluationContext, call: Call): number {
  if (!call.batch) return 0;
  const rate = (flows.edgeReads[call.edge] as number) + (flows.edgeWrites[call.edge] as number);
  return rate > 0 ? Math.min(call.batch.windowS, (call.batch.size - 1) / rate) : call.batch.windowS;
}

function next(context: EvaluationContext, call: Call, from: Arrival | null): Arrival | null {
  if (!from && call.wait !== 'async') return null;
  const { compiled } = context;
  const delay = call.wait === 'async' ? behind(context, compiled.plan.slotNode[call.to] as number) : 0;
  const before = from ? addMixtures(from.time, ownTime(context, call.from)) : AT_ONCE.time;
  return { time: shiftBy(before, call.tripS + batchS(context, call) + (delay ?? 0)), unbounded: (from?.unbounded ?? false) || delay === null };
}

function longer(a: Arrival | null, b: Arrival): Arrival {
  if (!a || (b.unbounded && !a.unbounded)) return b;
  if (a.unbounded && !b.unbounded) return a;
  return mixtureMean(b.time) > mixtureMean(a.time) ? b : a;
}

/** The slowest way on which a background write reaches each node, by node index; null where none does. */
export function backgroundArrivals(context: EvaluationContext): readonly (Arrival | null)[] {
  const { plan, nodes } = context.compiled;
  const slots = new Array<Arrival | null>(plan.slotNode.length).fill(null);
  for (const call of plan.calls) {
    if (call.wait === 'lookup') continue;
    const found = next(context, call, slots[call.from] ?? null);
    if (found) slots[call.to] = longer(slots[call.to] ?? null, found);
  }
  const arrivals = new Array<Arrival | null>(nodes.length).fill(null);
  slots.forEach((arrival, slot) => {
    const node = plan.slotNode[slot] as number;
    if (arrival && plan.slotOp[slot] === WRITE) arrivals[node] = longer(arrivals[node] ?? null, arrival);
  });
  return arrivals;
}
