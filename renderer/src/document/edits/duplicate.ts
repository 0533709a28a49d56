import type { Design } from '../../../../shared/model/design.ts';
import type { IdGenerator } from '../../../../shared/model/ids.ts';
import { fragmentOf } from '../clipboard/fragment.ts';
import { insertCopies, type Copies } from '../clipboard/insert.ts';
import type { ObjectSet } from './remove.ts';

/** How far a copy stands from its original, canvas units: three grid steps down and to the right. */
export const DUPLICATE_OFFSET = { x: 24, y: 24 } as const;

/** Connections that were selected alone are copied beside the originals, between the same ends. */
function copyEdges(draft: Design, edges: readonly string[], ids: IdGenerator): Copies {
  const copies = new Map<string, string>();
  for (const id of edges) {
    const edge = draft.edges[id];
    if (!edge) continue;
    const copy = ids('e');
    draft.edges[copy] = { ...(JSON.parse(JSON.stringify(edge)) as typeof edge), id: copy };
    copies.set(id, copy);
  }
  return copies;
}

/**
 * Copy components, notes and boundaries (with all that stands in them) and the connections between the copied ones.
 * Connections to the rest of the drawing are not copied: a copy that took half of the original's calls would change
 * the drawing's numbers unasked. Journeys and data stay as they are. Connections that were selected alone are copied
 * between the same ends. Returns the copies' ids, for the selection.
 */
export function duplicateObjects(draft: Design, objects: ObjectSet, ids: IdGenerator, offset: { readonly x: number; readonly y: number } = DUPLICATE_OFFSET): Copies {
  const copies = insertCopies(draft, fragmentOf(draft, objects), ids, { offset, data: false });
  return copies.size > 0 ? copies : copyEdges(draft, objects.edge ?? [], ids);
}
