/** How scalability comes about: both growths, what ends each, and the fields of that. */
import type { Explanation } from '../../../contracts/evaluation.ts';
import { noQuantity, type Quantity } from '../../../model/quantity.ts';
import { ELASTIC_GOAL, GROWTH_SHARE, growthScores, limiting, scalability } from '../scalability.ts';
import { LOAD_GROUPS } from './fields.ts';
import type { TreeInputs } from './inputs.ts';
import { line, points } from './line.ts';

function nodeLine(inputs: TreeInputs, index: number): Explanation[] {
  const view = inputs.compiled.nodes[index]?.view;
  const result = view ? inputs.facts.nodes[view.id] : undefined;
  if (!view || !result) return [];
  const load = result.resources.find((resource) => resource.resource === result.binding);
  const target = { kind: 'node', id: view.id } as const;
  const details: Explanation[] = [
    line('Load that arrives', result.arrival_rps, { unit: 'rps', provenance: 'D', target }),
    ...(load?.capacity_rps == null ? [] : [line('Capacity', load.capacity_rps, { unit: 'rps', provenance: 'D', target })]),
    ...(load ? [line('Highest utilisation wanted', load.knee, { unit: 'ratio', provenance: 'A' })] : []),
    ...inputs.fields.node(view, LOAD_GROUPS),
  ];
  return [line(`${view.node.name} fills first${load ? `: ${load.resource}` : ''}`, load?.utilisation ?? noQuantity('not_applicable'), { unit: 'ratio', formula: 'load / capacity', provenance: 'D', target, inputs: details })];
}

function growthLine(inputs: TreeInputs, which: keyof typeof GROWTH_SHARE, score: number, value: Quantity, goal: Explanation): Explanation {
  const words = which === 'auto' ? 'Growth with the units that autoscaling may add' : 'Growth with every store at its largest size';
  const multiple = line('Times the present load', value, { unit: 'times', formula: 'utilisation wanted / utilisation, smallest over all components', provenance: 'D', inputs: nodeLine(inputs, limiting(inputs, which)) });
  return points(words, score, '70 + 30 log2(H / goal); below the goal 35 + 35 ln H / ln goal; below 1 35 H²', [multiple, goal]);
}

/** The tree behind the score of scalability. */
export function explainScalability(inputs: TreeInputs): Explanation {
  const { compiled, facts: { headroom } } = inputs;
  const scores = growthScores(inputs);
  const goal = inputs.fields.document('workload', 'growth_target', compiled.workload.growth_target, compiled.graph.design.workload);
  return points('Scalability', scalability(inputs).score, `${GROWTH_SHARE.auto} × growth as configured + ${GROWTH_SHARE.elastic} × growth with the largest stores`, [
    growthLine(inputs, 'auto', scores.auto, headroom.auto, goal),
    growthLine(inputs, 'elastic', scores.elastic, headroom.elastic, line('Goal', ELASTIC_GOAL, { unit: 'times', provenance: 'A' })),
  ]);
}
