/** How often one request goes back and forth over a connection to a store. */
import type { Call, CompiledDesign, Plan } from '../types.ts';

const known = new WeakMap<Plan['calls'], Float64Array>();

function toStore({ edges }: CompiledDesign, { edge }: Call): boolean {
  const view = edges[edge]?.view;
  return view?.kind === 'db' || view?.to.behavior.role === 'pooler';
}

/** By edge index: most round trips, one after the other, of one invocation of the caller to a store or pooler; 0 elsewhere. Made once for a drawing. */
export function roundTrips(compiled: CompiledDesign): Float64Array {
  const { plan } = compiled;
  const made = known.get(plan.calls);
  if (made) return made;
  const most = new Float64Array(compiled.edges.length);
  for (const call of plan.calls) if (call.wait === 'wait' && call.trips > (most[call.edge] as number) && toStore(compiled, call)) most[call.edge] = call.trips;
  known.set(plan.calls, most);
  return most;
}
