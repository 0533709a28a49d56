/** Cost = .7 s_ratio(dollars, budget; .5, 2.5) + .3 s_ratio(burden, its budget; .5, 2.5). Without a budget it has no score. */
import type { CostItem, Explanation } from '../../contracts/evaluation.ts';
import type { ParamGroup } from '../../contracts/params.ts';
import { noQuantity, quantity } from '../../model/quantity.ts';
import { ratioScore } from '../math/score-curves.ts';
import { line, points } from './explain.ts';
import { firstBy, sumOfRest } from './largest.ts';
import type { AxisDraft, ScoreInputs } from './inputs.ts';

const SHARE = { dollars: 0.7, burden: 0.3 } as const;
const RATIO = { best: 0.5, worst: 2.5 } as const;
const LEAST_BURDEN = 0.5;
const BURDEN_PER_ENGINEER = 0.12;
const LISTED = 8;
const PRICED_GROUPS: readonly ParamGroup[] = ['capacity', 'cost'];
const FORMULA = `r = value / budget; up to 1 70 + 30 ln r / ln ${RATIO.best}, above 70 (1 - ln r / ln ${RATIO.worst})`;

function itemLine(inputs: ScoreInputs, item: CostItem): Explanation {
  const view = item.node === null ? undefined : inputs.compiled.graph.nodeById.get(item.node);
  const target = view ? { kind: 'node' as const, id: view.id } : item.edge === undefined ? undefined : { kind: 'edge' as const, id: item.edge };
  return line(view ? `${view.node.name}: ${item.label}` : item.label, item.usd_month, {
    unit: 'usd_month', formula: `quantity × price of ${item.price_key}`, provenance: 'D', ...(target ? { target } : {}),
    inputs: [line(`Quantity, ${item.unit}`, item.quantity, { provenance: 'D' }), ...(view ? inputs.fields.node(view, PRICED_GROUPS) : [])],
  });
}

function itemLines(inputs: ScoreInputs): Explanation[] {
  const items = inputs.facts.cost.items.filter((item) => item.connected && item.usd_month > 0);
  const rest = sumOfRest(items.map((item) => item.usd_month), LISTED);
  const lines = firstBy(items, LISTED, (a, b) => b.usd_month - a.usd_month).map((item) => itemLine(inputs, item));
  return rest > 0 ? [...lines, line(`${items.length - LISTED} further lines`, rest, { unit: 'usd_month', provenance: 'D' })] : lines;
}

/** Dollars and operational burden against their budgets. */
export function cost(inputs: ScoreInputs): AxisDraft {
  const { compiled, facts } = inputs;
  const { targets, workload, graph } = compiled;
  const budget = targets.budget_usd_month;
  const spent = line('A month', facts.cost.usd_month, { unit: 'usd_month', formula: 'sum of all lines', provenance: 'D', inputs: itemLines(inputs) });
  const pages = line('Pages a year, not scored', facts.burden.pages_year, { unit: 'per_year', formula: 'failures a year × share that does not heal by itself', provenance: 'A' });
  if (budget === null) {
    const score = noQuantity('not_applicable');
    return { score, note: 'No budget is set: left out of Overall', explanation: points('Cost', score, 'scored once there is a budget', [spent, pages, inputs.fields.document('targets', 'budget_usd_month', null, graph.design.targets)]) };
  }
  const allowed = facts.burden.budget ?? targets.obi_budget ?? Math.max(LEAST_BURDEN, BURDEN_PER_ENGINEER * (workload.eng ?? 0));
  const dollars = ratioScore(facts.cost.usd_month, budget, RATIO.best, RATIO.worst);
  const burden = ratioScore(facts.burden.index, allowed, RATIO.best, RATIO.worst);
  const score = quantity(SHARE.dollars * dollars + SHARE.burden * burden);
  return {
    score, note: facts.cost.unpriced.length > 0 ? `Without the price of ${facts.cost.unpriced.length === 1 ? 'one part' : `${facts.cost.unpriced.length} parts`}` : null,
    explanation: points('Cost', score, `${SHARE.dollars} × dollars + ${SHARE.burden} × burden`, [
      points('Dollars', dollars, FORMULA, [spent, inputs.fields.document('targets', 'budget_usd_month', budget, graph.design.targets)]),
      points('Operational burden', burden, FORMULA, [
        line('Full-time equivalents', facts.burden.index, { formula: 'sum of what people must look after', provenance: 'A', inputs: facts.burden.lines.map(({ label, value }) => line(label, value, { provenance: 'A' })) }),
        line('Budget', allowed, { formula: `max(${LEAST_BURDEN}, ${BURDEN_PER_ENGINEER} × engineers)`, provenance: targets.obi_budget === null ? 'A' : 'U', target: { kind: 'targets', param: 'obi_budget' } }),
      ]),
      pages,
    ]),
  };
}
