/** Scalability = .65 s_head(H with autoscaling, growth) + .35 s_head(H with the largest stores, 10) (semantics 8). */
import type { Explanation } from '../../contracts/evaluation.ts';
import { noQuantity, quantity, type Quantity } from '../../model/quantity.ts';
import type { NodeHeadroom } from '../headroom.ts';
import { headroomScore } from '../math/score-curves.ts';
import { line, points } from './explain.ts';
import { LOAD_GROUPS } from './fields.ts';
import type { AxisDraft, ScoreInputs } from './inputs.ts';

const SHARE = { auto: 0.65, elastic: 0.35 } as const;
/** Multiple that a design should reach when its stores grow to the largest size. */
const ELASTIC_GOAL = 10;

/** The node that ends the growth: its own multiple is the smallest. */
function limiting(inputs: ScoreInputs, which: keyof typeof SHARE): number {
  let found = -1;
  inputs.room.nodes.forEach((node: NodeHeadroom, index) => {
    const value = node[which];
    if (value !== null && value < (inputs.room.nodes[found]?.[which] ?? Infinity)) found = index;
  });
  return found;
}

function nodeLine(inputs: ScoreInputs, index: number): Explanation[] {
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

function headPart(inputs: ScoreInputs, which: keyof typeof SHARE, value: Quantity, goal: number, target: Explanation): { score: number; explanation: Explanation } {
  const score = headroomScore(value.value, goal);
  const words = which === 'auto' ? 'Growth with the units that autoscaling may add' : 'Growth with every store at its largest size';
  const multiple = line('Times the present load', value, { unit: 'times', formula: 'utilisation wanted / utilisation, smallest over all components', provenance: 'D', inputs: nodeLine(inputs, limiting(inputs, which)) });
  return { score, explanation: points(words, score, '70 + 30 log2(H / goal); below the goal 35 + 35 ln H / ln goal; below 1 35 H²', [multiple, target]) };
}

/** How far the load may grow. Without load or limits it is unbounded: 100. */
export function scalability(inputs: ScoreInputs): AxisDraft {
  const { compiled, facts } = inputs;
  const goal = inputs.fields.document('workload', 'growth_target', compiled.workload.growth_target, compiled.graph.design.workload);
  const auto = headPart(inputs, 'auto', facts.headroom.auto, compiled.workload.growth_target, goal);
  const elastic = headPart(inputs, 'elastic', facts.headroom.elastic, ELASTIC_GOAL, line('Goal', ELASTIC_GOAL, { unit: 'times', provenance: 'A' }));
  const score = quantity(SHARE.auto * auto.score + SHARE.elastic * elastic.score);
  const first = inputs.compiled.nodes[limiting(inputs, 'auto')]?.view.node.name;
  return {
    score, note: first === undefined ? 'Nothing here has a limit' : `${first} fills first`,
    explanation: points('Scalability', score, `${SHARE.auto} × growth as configured + ${SHARE.elastic} × growth with the largest stores`, [auto.explanation, elastic.explanation]),
  };
}
