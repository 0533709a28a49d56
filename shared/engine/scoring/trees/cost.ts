/** How the score of cost comes about: the dearest lines, the lines of the burden, and their budgets. */
import type { CostItem, Explanation } from '../../../contracts/evaluation.ts';
import type { ParamGroup } from '../../../contracts/params.ts';
import { BURDEN_BUDGET } from '../../cost/burden.ts';
import { cost, COST_RATIO, COST_SHARE, costScores } from '../cost.ts';
import type { TreeInputs } from './inputs.ts';
import { firstBy, sumOfRest } from './largest.ts';
import { line, points } from './line.ts';

const LISTED = 8;
const PRICED_GROUPS: readonly ParamGroup[] = ['capacity', 'cost'];
const FORMULA = `r = value / budget; up to 1 70 + 30 ln r / ln ${COST_RATIO.best}, above 70 (1 - ln r / ln ${COST_RATIO.worst})`;

function itemLine(inputs: TreeInputs, item: CostItem): Explanation {
  const view = item.node === null ? undefined : inputs.compiled.graph.nodeById.get(item.node);
  const target = view ? { kind: 'node' as const, id: view.id } : item.edge === undefined ? undefined : { kind: 'edge' as const, id: item.edge };
  return line(view ? `${view.node.name}: ${item.label}` : item.label, item.usd_month, {
    unit: 'usd_month', formula: `quantity × price of ${item.price_key}`, provenance: 'D', ...(target ? { target } : {}),
    inputs: [line(`Quantity, ${item.unit}`, item.quantity, { provenance: 'D' }), ...(view ? inputs.fields.node(view, PRICED_GROUPS) : [])],
  });
}

function itemLines(inputs: TreeInputs): Explanation[] {
  const items = inputs.facts.cost.items.filter((item) => item.connected && item.usd_month > 0);
  const rest = sumOfRest(items.map((item) => item.usd_month), LISTED);
  const lines = firstBy(items, LISTED, (a, b) => b.usd_month - a.usd_month).map((item) => itemLine(inputs, item));
  return rest > 0 ? [...lines, line(`${items.length - LISTED} further lines`, rest, { unit: 'usd_month', provenance: 'D' })] : lines;
}

/** The tree behind the score of cost; without a budget, of the sum that would be scored. */
export function explainCost(inputs: TreeInputs): Explanation {
  const { compiled: { targets, graph: { design } }, facts } = inputs;
  const { score } = cost(inputs);
  const scores = costScores(inputs);
  const spent = line('A month', facts.cost.usd_month, { unit: 'usd_month', formula: 'sum of all lines', provenance: 'D', inputs: itemLines(inputs) });
  const pages = line('Pages a year, not scored', facts.burden.pages_year, { unit: 'per_year', formula: 'failures a year × share that does not heal by itself', provenance: 'A' });
  const budget = inputs.fields.document('targets', 'budget_usd_month', targets.budget_usd_month, design.targets);
  if (scores === null) return points('Cost', score, 'scored once there is a budget', [spent, pages, budget]);
  return points('Cost', score, `${COST_SHARE.dollars} × dollars + ${COST_SHARE.burden} × burden`, [
    points('Dollars', scores.dollars, FORMULA, [spent, budget]),
    points('Operational burden', scores.burden, FORMULA, [
      line('Full-time equivalents', facts.burden.index, { formula: 'sum of what people must look after', provenance: 'A', inputs: facts.burden.lines.map(({ label, value }) => line(label, value, { provenance: 'A' })) }),
      line('Budget', facts.burden.budget, { formula: `max(${BURDEN_BUDGET.least}, ${BURDEN_BUDGET.perEngineer} × engineers)`, provenance: targets.obi_budget === null ? 'A' : 'U', target: { kind: 'targets', param: 'obi_budget' } }),
    ]),
    pages,
  ]);
}
