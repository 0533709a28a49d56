/** The calls of the walk while they are put together. */
import type { PointStep } from '../../model/point-journey.ts';
import { READ, type Call, type EdgeFacts, type Op } from '../types.ts';
import { bothWays, confirmTime, wayBack, type CallCosts } from './call-costs.ts';

const NONE: readonly number[] = [];

/** The caller does without the answer: stated soft, with a fallback, or written down to be sent later. */
export function isSoft({ view }: EdgeFacts, step: PointStep | null | undefined): boolean {
  const { criticality, fallback, outbox } = view.params.values;
  return (step?.criticality ?? criticality) === 'soft' || fallback || (view.kind === 'publish' && outbox);
}

/** Calls of one group run together; most are made one after another. */
function groupOf(order: string): string | null {
  return order !== 'seq' && order.startsWith('par') ? order : null;
}

/** A call in the making: one object for all of them, because a thousand are made at every edit. */
export class CallDraft {
  facts!: EdgeFacts;
  step: PointStep | null = null;
  edge = -1;
  op: Op = READ;
  rate = 0;
  arrive = 1;
  drive = 1;
  gates: readonly number[] = NONE;
  looksUp = -1;
  deletes = -1;
  wait: Call['wait'] = 'wait';
  trips = 1;
  probability = 1;
  lookups: readonly number[] = NONE;
  scatter = 0;
  push = false;
  batch: Call['batch'] = null;
  reply: Call['reply'] = 'none';
  /** Beside the trip, seconds; and soft whatever the connection says. */
  extraS = 0;
  soft = false;
  private readonly costs: CallCosts;

  constructor(costs: CallCosts) {
    this.costs = costs;
  }

  /** Start over: an ordinary call over this edge that is made once and waited for. */
  begin(facts: EdgeFacts, step: PointStep | null, op: Op, rate: number): this {
    this.over(facts);
    this.step = step;
    this.op = op;
    this.rate = rate;
    this.arrive = 1;
    this.drive = 1;
    this.gates = NONE;
    this.looksUp = -1;
    this.deletes = -1;
    this.wait = 'wait';
    this.trips = 1;
    this.probability = 1;
    this.lookups = NONE;
    this.scatter = 0;
    this.push = false;
    this.batch = null;
    this.reply = 'none';
    this.soft = false;
    return this;
  }

  /** The same call over another edge. */
  over(facts: EdgeFacts): void {
    this.facts = facts;
    this.edge = facts.view.index;
    this.extraS = confirmTime(facts, this.costs);
  }

  /** The call itself, member by member: objects of one shape, which the load passes run through often. */
  make(from: number, to: number): Call {
    const { facts, step, costs } = this;
    const { view } = facts;
    const values = view.params.values;
    return {
      from, to, edge: this.edge, op: this.op, rate: this.rate, arrive: this.arrive, drive: this.drive,
      gates: this.gates, looksUp: this.looksUp, deletes: this.deletes, wait: this.wait, trips: this.trips, probability: this.probability,
      group: groupOf(step?.order ?? values.order), hard: !this.soft && !isSoft(facts, step), tripS: facts.tripS + this.extraS, lookups: this.lookups,
      scatter: this.scatter, push: this.push, kb: this.push ? wayBack(facts, step, costs) : bothWays(facts, step, costs), batch: this.batch,
      reply: this.reply,
    };
  }
}
