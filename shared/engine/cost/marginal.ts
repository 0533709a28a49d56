/** What more of the same load costs (evaluation 7.2): usage at the price of the next unit, and units that autoscaling adds. */
import type { EvaluationContext } from '../context.ts';
import type { NodeFacts } from '../types.ts';
import { averageUnits } from '../math/prices.ts';
import { usdOf, type KnownPrice } from './pricing.ts';

/** Requests per second by which the load is larger. */
const MORE_RPS = 1000;

/**
 * Adds up what a month costs more when the load grows by this share and its mix, its hit ratios and the drawn machines stay as
 * they are. It follows from the lines that are priced anyway; nothing is solved again.
 */
export class MoreLoad {
  /** USD a month so far. */
  usd = 0;
  private readonly context: EvaluationContext;
  private readonly growth: number;

  /** `rps`: requests per second at present, above 0. */
  constructor(context: EvaluationContext, rps: number) {
    this.context = context;
    this.growth = MORE_RPS / rps;
  }

  /**
   * A line whose quantity grows with the load: the next units may stand in a cheaper tier. `now`: price of the quantity as the
   * book has it, of which `usdMonth` is paid.
   */
  addUsage(price: KnownPrice, quantity: number, usdMonth: number, now: number): void {
    if (now > 0) this.usd += (usdMonth / now) * (usdOf(price, quantity * (1 + this.growth)) - now);
  }

  /** A line by the hour of a tier that scales by itself, as far as its limits let it. */
  addScaled({ view }: NodeFacts, usdMonth: number): void {
    const scale = view.behavior.autoscale;
    const peak = this.context.stations.stations[view.index]?.scaledUnits ?? 0;
    if (!scale || peak <= scale.min || peak >= scale.max) return;
    const ratio = 1 / Math.max(1, this.context.compiled.workload.peak_to_avg);
    const more = Math.min(scale.max - peak, peak * this.growth);
    this.usd += (usdMonth * more * ratio) / averageUnits(scale.min, peak, ratio);
  }
}
