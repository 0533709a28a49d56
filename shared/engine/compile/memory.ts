/** What reading a drawing may take over from the drawing before: parameters and behaviour of everything that is still the same object. */
import type { Behavior } from '../../contracts/behavior.ts';
import type { EdgeParams } from '../../contracts/edge-params.ts';
import type { ResolvedParams } from '../../contracts/params.ts';
import type { DesignEdge, DesignNode } from '../../model/design.ts';

/** One component with its parameters and behaviour: all that follows from it alone. */
export interface ReadNode { readonly known: boolean; readonly behavior: Behavior; readonly params: ResolvedParams }

/**
 * Of one catalogue and one line of states of a document, whose objects are never changed in place. Everything in it is what
 * reading the object alone would give again, so that a drawing read with it and one read without it are equal.
 */
export class CompileMemory {
  /** By component: what was read of it, and the bytes of the entities at home there, which its behaviour may depend on. */
  readonly nodes = new WeakMap<DesignNode, { readonly hotSetBytes: number; readonly read: ReadNode }>();
  /** By connection. */
  readonly edges = new WeakMap<DesignEdge, ResolvedParams<EdgeParams>>();
}
