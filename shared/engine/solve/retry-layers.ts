/** Layers of retries on one path multiply: r + 1 attempts at each, an attempt of the outermost being tried by all below (evaluation 5.12). */
import { oncePer } from '../../lib/once-per.ts';
import { floats, type Numbers, wholes } from '../math/lists.ts';
import { budgetedAttempts } from '../math/retries.ts';
import type { CompiledDesign } from '../types.ts';

/** By edge: attempts that one request from outside may become there at worst, and how many layers of it try again. */
export interface RetryLayers { readonly worst: Numbers; readonly layers: Numbers }

function solve({ plan, nodes, edges }: CompiledDesign): RetryLayers {
  const worst = floats(edges.length).fill(1);
  const layers = wholes(edges.length);
  const before = nodes.map(() => ({ worst: 1, layers: 0 }));
  for (const node of plan.order) {
    const above = before[node] ?? { worst: 1, layers: 0 };
    for (const edge of nodes[node]?.view.out ?? []) {
      if (edge.idleReason || !edge.synchronous) continue;
      const { retries, retry_budget } = edge.params.values;
      const here = { worst: above.worst * budgetedAttempts(1, retries, retry_budget), layers: above.layers + (retries > 0 ? 1 : 0) };
      worst[edge.index] = here.worst;
      layers[edge.index] = here.layers;
      const known = before[edge.to.index];
      if (known && (here.worst > known.worst || (here.worst === known.worst && here.layers > known.layers))) before[edge.to.index] = here;
    }
  }
  return { worst, layers };
}

/** The layers of a drawing, solved once: they do not depend on the load. Brokers end a path. */
export const retryLayers: (compiled: CompiledDesign) => RetryLayers = oncePer(solve);
