/** Cost = .7 s_ratio(dollars, budget; .5, 2.5) + .3 s_ratio(burden, its budget; .5, 2.5). Without a budget it has no score. */
import { noQuantity, quantity } from '../../model/quantity.ts';
import { ratioScore } from '../math/score-curves.ts';
import type { AxisDraft, ScoreInputs } from './inputs.ts';

/** What dollars and burden count. */
export const COST_SHARE = { dollars: 0.7, burden: 0.3 } as const;
/** Ratios to the budget that score 100 and 0. */
export const COST_RATIO = { best: 0.5, worst: 2.5 } as const;

/** The two scores that cost is made of; null without a budget of dollars. */
export interface CostScores { readonly dollars: number; readonly burden: number }

/** Dollars and operational burden against their budgets. */
export function costScores({ compiled: { targets }, facts: { cost: spent, burden } }: ScoreInputs): CostScores | null {
  const budget = targets.budget_usd_month;
  if (budget === null) return null;
  const score = (value: number, limit: number): number => ratioScore(value, limit, COST_RATIO.best, COST_RATIO.worst);
  return { dollars: score(spent.usd_month, budget), burden: score(burden.index, burden.budget) };
}

/** What it costs, in money and in people. */
export function cost(inputs: ScoreInputs): AxisDraft {
  const scores = costScores(inputs);
  if (scores === null) return { score: noQuantity('not_applicable'), note: 'No budget is set: left out of Overall' };
  const { unpriced } = inputs.facts.cost;
  return {
    score: quantity(COST_SHARE.dollars * scores.dollars + COST_SHARE.burden * scores.burden),
    note: unpriced.length > 0 ? `Without the price of ${unpriced.length === 1 ? 'one part' : `${unpriced.length} parts`}` : null,
  };
}
