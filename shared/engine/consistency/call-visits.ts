/** How often one request of a journey makes the calls of the walk: loops over journeys and calls read columns, not objects. */
import { callColumns, TRAIT, type CallColumns } from '../solve/call-columns.ts';
import type { JourneyVisits } from '../traffic.ts';
import type { Call, CompiledDesign, Plan, TrafficResult } from '../types.ts';

/** Of one walk at one load. */
export class CallVisits {
  /** By position in the walk: the states that a call leads from and to. */
  readonly from: CallColumns['from'];
  readonly to: CallColumns['to'];
  private readonly calls: Plan['calls'];
  private readonly columns: CallColumns;
  private readonly miss: TrafficResult['miss'];

  constructor({ plan: { calls } }: CompiledDesign, { miss }: TrafficResult) {
    this.calls = calls;
    this.columns = callColumns(calls);
    this.from = this.columns.from;
    this.to = this.columns.to;
    this.miss = miss;
  }

  /** Calls of one kind for each request of a journey that visits states so often, past the caches before the call. */
  of(call: number, slots: JourneyVisits['slots']): number {
    const { from, rate, traits } = this.columns;
    const visited = slots[from[call] as number] as number;
    if (visited === 0) return 0;
    let visits = visited * (rate[call] as number);
    if (((traits[call] as number) & TRAIT.gated) !== 0) for (const gate of (this.calls[call] as Call).gates) visits *= this.miss[gate] as number;
    return visits;
  }

  /** Nobody waits for the call. */
  isAsync(call: number): boolean {
    return ((this.columns.traits[call] as number) & TRAIT.async) !== 0;
  }
}
