/** Where the requests of a journey come in: its branches, and the connections of its source that each of them takes (semantics 4, 5). */
import type { Journey } from '../../model/design.ts';
import { likely } from '../../model/quantity.ts';
import { READ, WRITE, type EdgeFacts, type Op } from '../types.ts';

/** Operations of a journey, each with its share of the requests. */
export type Branches = readonly (readonly [Op, number])[];

/** Branches of a journey with their weights. */
export function branchesOf(journey: Journey, readFraction: number): Branches {
  if (journey.op === 'read') return [[READ, 1]];
  if (journey.op === 'write') return [[WRITE, 1]];
  const reads = likely(journey.read_fraction ?? readFraction);
  return [[READ, reads], [WRITE, 1 - reads]];
}

/** The branches over the connection at which a journey starts: where a mixed one starts at one that only reads or writes, all its requests do. */
export function branchesAt({ view }: EdgeFacts, branches: Branches): Branches {
  const { op } = view.params.values;
  return op === 'auto' || branches.length < 2 ? branches : [[op === 'read' ? READ : WRITE, 1]];
}

/**
 * Connections of a source that a branch takes, of those that carry load: those that state its operation or none (all, where that leaves none), each with
 * its share: alternatives deal the requests by weight, all others take every one.
 */
export function waysIn(live: readonly EdgeFacts[], branch: Op): readonly { readonly facts: EdgeFacts; readonly dealt: number }[] {
  const own = live.filter(({ view: { params: { values: { op } } } }) => op === 'auto' || op === (branch === READ ? 'read' : 'write'));
  const used = own.length > 0 ? own : live;
  const totals = new Map<string, number>();
  for (const { alternatives, view } of used) if (alternatives !== null) totals.set(alternatives, (totals.get(alternatives) ?? 0) + view.params.values.weight);
  return used.map((facts) => {
    const total = facts.alternatives === null ? 0 : (totals.get(facts.alternatives) ?? 0);
    return { facts, dealt: total > 0 ? facts.view.params.values.weight / total : 1 };
  });
}
