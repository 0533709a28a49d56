import { kindOf } from '../../../shared/drawing/edge-figures.ts';
import type { Design, DesignEdge, EdgeKind } from '../../../shared/model/design.ts';
import { componentFacts } from './component-facts.ts';

/** The kind of a connection between two components: stated, or inferred from its ends; null when an end is untyped. */
export function drawnKind(design: Design, edge: Pick<DesignEdge, 'from' | 'to' | 'kind'>): EdgeKind | null {
  return kindOf(design, edge, (node) => componentFacts(node).end);
}

/** Why a connection from one thing to another cannot be drawn, as a sentence; null when it can. `stated` is its kind where that is not inferred. */
export function refusal(design: Design, from: string, to: string, stated?: EdgeKind): string | null {
  if (from === to) return 'A component does not call itself over the network.';
  const target = design.nodes[to];
  if (!target) return design.boundaries[to] ? null : 'There is nothing to connect to here.';
  const kind = drawnKind(design, { from, to, ...(stated === undefined ? {} : { kind: stated }) });
  return componentFacts(target).component?.accepts?.(kind ?? 'http') ?? null;
}
