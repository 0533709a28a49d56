/** How often one request goes back and forth over a connection to a store. */
import { keptBy } from '../../lib/once-per.ts';
import { floats, type Numbers } from '../math/lists.ts';
import type { Call, CompiledDesign } from '../types.ts';

function toStore({ edges }: CompiledDesign, { edge }: Call): boolean {
  const view = edges[edge]?.view;
  return view?.kind === 'db' || view?.to.behavior.role === 'pooler';
}

/** By edge index: most round trips, one after the other, of one invocation of the caller to a store or pooler; 0 elsewhere. Made once for a drawing. */
export const roundTrips = keptBy((compiled: CompiledDesign): Numbers => {
  const most = floats(compiled.edges.length);
  for (const call of compiled.plan.calls) if (call.wait === 'wait' && call.trips > (most[call.edge] as number) && toStore(compiled, call)) most[call.edge] = call.trips;
  return most;
}, ({ plan }) => plan.calls);
