/** Connections whose stated operation no journey has where they start: nothing is dropped without being said (semantics 4). */
import type { CompileNotes, EdgeFacts, Plan } from '../types.ts';

/** Add a note for every connection that is read only, or write only, where journeys only do the other. */
export function noteUnusedOperations(edges: readonly EdgeFacts[], plan: Plan, notes: CompileNotes): void {
  const stated = edges.filter(({ view }) => view.params.values.op !== 'auto' && !view.idleReason && (plan.nodeSlots[view.from.index]?.length ?? 0) > 0);
  if (stated.length === 0) return;
  const used = new Set<number>();
  for (const { edge } of plan.entries) used.add(edge);
  for (const { edge } of plan.calls) used.add(edge);
  for (const { view } of stated) {
    if (used.has(view.index)) continue;
    const reads = view.params.values.op === 'read';
    const message = `${view.from.node.name} to ${view.to.node.name} carries nothing: it only ${reads ? 'reads' : 'writes'}, and every journey that comes there only ${reads ? 'writes' : 'reads'}`;
    notes.assumptions.push({ code: 'operation-never-used', message, target: { kind: 'edge', id: view.id } });
  }
}
