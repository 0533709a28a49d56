/** Requests that telemetry sees: it bears no load of its own. */
import { oncePer } from '../../lib/once-per.ts';
import type { EvaluationContext } from '../context.ts';
import { floats, type Numbers } from '../math/lists.ts';
import type { CompiledDesign } from '../types.ts';
import { sourceOf } from './journey-use.ts';

/** Nodes that report to each node that something reports to. */
const reportersOf = oncePer(({ graph }: CompiledDesign): ReadonlyMap<number, ReadonlySet<number>> => {
  const reporters = new Map<number, Set<number>>();
  for (const { kind, idleReason, from, to } of graph.edges) {
    if (kind !== 'trace' || idleReason) continue;
    const known = reporters.get(to.index);
    if (known) known.add(from.index);
    else reporters.set(to.index, new Set([from.index]));
  }
  return reporters;
});

/** What passes the nodes that report. */
export class ObservedRequests {
  private readonly context: EvaluationContext;
  private readonly rates: Numbers;
  private readonly reporters: ReadonlyMap<number, ReadonlySet<number>>;
  /** By node that reports: invocations by one request of each journey. Made when telemetry is drawn. */
  private arrivals: ReadonlyMap<number, Numbers> | null = null;

  /** `rates`: requests per second by journey. */
  constructor(context: EvaluationContext, rates: Numbers) {
    this.context = context;
    this.rates = rates;
    this.reporters = reportersOf(context.compiled);
  }

  /**
   * Requests per second of each journey that pass nodes which report to this one. One that passes several counts once, or
   * `each` time. Null for a node to which nothing reports.
   */
  of(node: number, counted: 'once' | 'each'): Numbers | null {
    const reporters = this.reporters.get(node);
    if (!reporters) return null;
    const arrivals = (this.arrivals ??= this.countAll());
    return this.rates.map((rate, journey) => {
      let passing = 0;
      for (const reporter of reporters) {
        const here = arrivals.get(reporter)?.[journey] ?? 0;
        passing = counted === 'each' ? passing + here : Math.max(passing, here);
      }
      return rate * passing;
    });
  }

  private countAll(): ReadonlyMap<number, Numbers> {
    const { compiled, compiled: { plan }, visits, flows } = this.context;
    const arrivals = new Map<number, Numbers>();
    for (const reporters of this.reporters.values()) for (const node of reporters) arrivals.set(node, floats(this.rates.length));
    const count = (node: number, journey: number, amount: number): void => {
      const at = arrivals.get(node);
      if (at) at[journey] = (at[journey] as number) + amount;
    };
    for (const entry of plan.entries) {
      const source = sourceOf(compiled, entry);
      count(plan.slotNode[entry.slot] as number, entry.journey, entry.weight);
      if (source >= 0) count(source, entry.journey, entry.weight);
    }
    for (const { from, to, rate, arrive, gates } of plan.calls) {
      const node = plan.slotNode[to] as number;
      if (arrive === 0 || !arrivals.has(node)) continue;
      let made = rate * arrive;
      for (const gate of gates) made *= flows.miss[gate] as number;
      visits.forEach(({ slots }, journey) => count(node, journey, made * (slots[from] as number)));
    }
    return arrivals;
  }
}
