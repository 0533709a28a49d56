import type { NodeResult } from '../../../../shared/contracts/evaluation.ts';
import { factsOf, type ComponentFacts } from '../../../../shared/drawing/component-facts.ts';
import { nodeText } from '../../../../shared/drawing/node-figures.ts';
import type { DesignNode } from '../../../../shared/model/design.ts';
import { resolvePart } from '../../document/parts.ts';

const known = new WeakMap<DesignNode, ComponentFacts>();

/** Facts of a component; computed once for each state of it. */
export function rowFacts(node: DesignNode): ComponentFacts {
  let facts = known.get(node);
  if (!facts) known.set(node, (facts = factsOf(node, resolvePart(node.type)?.component ?? null)));
  return facts;
}

/** Wide enough for any figure with its whole unit. */
const WIDE = 10_000;

/** The figure of a component's line, and its load in words: utilisation where it has one, else its rate. */
export function rowFigure(facts: ComponentFacts, result: NodeResult | undefined): { readonly figure: string; readonly spoken: string } {
  if (!result) return { figure: '', spoken: '' };
  const { metric, figure, spoken } = nodeText(facts, result, WIDE);
  return { figure: figure === '' ? metric : figure, spoken };
}

/** Shapes of lines that are no components, on a 20 x 20 grid. */
export const ROW_SHAPES = {
  boundary: 'M3.5 5.500h13v10h-13zM3.5 8.500h13',
  note: 'M4.5 3.500h8l3 3v10h-11zM12.500 3.500v3h3',
  journey: 'M3.500 14.500c4 0 3-9 6.500-9s2.500 9 6.500 9',
} as const;
