import { apply, create, type Patches } from 'mutative';
import type { Design } from '../../../shared/model/design.ts';

/** How an edit is recorded: as a step of its own, merged into the step before it (scrubbing, typing), or not at all. */
export type Recording = 'now' | 'merge' | 'never';

/** One user action: a name for the menu and the journal, the patch and its inverse. Serialisable. */
export interface HistoryEntry {
  readonly name: string;
  readonly patches: Patches<true>;
  readonly inverse: Patches<true>;
}

/** Run an edit on a draft. Null when nothing changed. */
export function edit(design: Design, name: string, recipe: (draft: Design) => void): { readonly design: Design; readonly entry: HistoryEntry } | null {
  const [next, patches, inverse] = create(design, recipe, { enablePatches: true });
  if (patches.length === 0) return null;
  return { design: next, entry: { name, patches: patches as Patches<true>, inverse: inverse as Patches<true> } };
}

/** Apply a stored patch. */
export function applyPatches(design: Design, patches: Patches<true>): Design {
  return apply(design, patches) as Design;
}

/** Two edits as one step: forwards in order, backwards in reverse order. */
export function mergeEntries(first: HistoryEntry, second: HistoryEntry): HistoryEntry {
  return { name: second.name, patches: [...first.patches, ...second.patches], inverse: [...second.inverse, ...first.inverse] };
}

/** Parts of a document that never change a number. */
const NOT_EVALUATED: ReadonlySet<string> = new Set(['layout', 'notes', 'name']);

/** Whether a step can change the evaluation: moving a box or writing a note cannot. */
export function isSemantic(patches: Patches<true>): boolean {
  return patches.some((patch) => !NOT_EVALUATED.has(String(patch.path[0])));
}
