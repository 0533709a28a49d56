/** What reading a drawing may take over from the drawing before: parameters and behaviour of everything that is still the same object. */
import type { Behavior } from '../../contracts/behavior.ts';
import type { EdgeEnd } from '../../contracts/edge-kind.ts';
import type { EdgeParams } from '../../contracts/edge-params.ts';
import type { ResolvedParams } from '../../contracts/params.ts';
import type { DesignEdge, DesignNode } from '../../model/design.ts';
import type { BehaviorFacts } from './behavior-facts.ts';

/** One component with its parameters and behaviour: all that follows from it alone. */
export interface ReadNode { readonly known: boolean; readonly behavior: Behavior; readonly params: ResolvedParams; readonly facts: BehaviorFacts; readonly end: EdgeEnd }

/** Objects of one record of a document in the order of their ids. */
export interface Ordered<T> { readonly record: Readonly<Record<string, T>>; readonly ids: readonly string[]; readonly list: readonly T[] }

/** Components, with what was read of each, and the bytes of the entities at home there, which its behaviour may depend on. */
export interface ReadNodes extends Ordered<DesignNode> { readonly hotSetBytes: readonly number[]; readonly read: readonly ReadNode[] }

/** Connections, with what was read of each; null of those that carry nothing because an end is missing. */
export interface ReadEdges extends Ordered<DesignEdge> { readonly read: readonly (ResolvedParams<EdgeParams> | null)[] }

/**
 * Of one catalogue and one line of states of a document, whose objects are never changed in place. Everything in it is what
 * reading the object alone would give again, so that a drawing read with it and one read without it are equal. It holds the
 * last state, place by place: where objects come or go those after them are read anew, which is nearly as quick.
 */
export class CompileMemory {
  nodes: ReadNodes | null = null;
  edges: ReadEdges | null = null;
}

/** A record in the order of its ids, the one that is known where it is the same. */
export function ordered<T>(record: Readonly<Record<string, T>>, known: Ordered<T> | null | undefined): Ordered<T> {
  if (known?.record === record) return known;
  const ids = Object.keys(record).sort();
  const list = new Array<T>(ids.length);
  for (let i = 0; i < list.length; i++) list[i] = record[ids[i] as string] as T;
  return { record, ids, list };
}
