/** Results by the place of their component or connection in the drawing: a rule that looks at very many needs no id to find each. */
import type { EdgeResult, NodeResult } from '../../../shared/contracts/evaluation.ts';
import type { Facts } from '../../../shared/contracts/rule.ts';
import { keptBy } from '../../../shared/lib/once-per.ts';

/** Results of components by the index of the component. Needs the fact `nodes`. */
export const nodeResults: (facts: Facts) => readonly (NodeResult | undefined)[] = keptBy(({ graph, evaluation: { nodes } }) => graph.nodes.map(({ id }) => nodes[id]), (facts) => facts.evaluation.nodes);

/** Results of connections by the index of the connection. Needs the fact `edges`. */
export const edgeResults: (facts: Facts) => readonly (EdgeResult | undefined)[] = keptBy(({ graph, evaluation: { edges } }) => graph.edges.map(({ id }) => edges[id]), (facts) => facts.evaluation.edges);
