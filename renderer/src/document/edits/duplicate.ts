import type { Design } from '../../../../shared/model/design.ts';
import type { IdGenerator } from '../../../../shared/model/ids.ts';
import { boundaryForComponent } from './membership.ts';
import { uniqueName } from './names.ts';
import type { ObjectSet } from './remove.ts';

/** Ids of the copies by the id of the original. */
export type Copies = ReadonlyMap<string, string>;

/** How far a copy stands from its original, canvas units: one grid step down and to the right. */
export const DUPLICATE_OFFSET = { x: 40, y: 40 } as const;

function copyNodes(draft: Design, ids: readonly string[], next: IdGenerator, offset: { readonly x: number; readonly y: number }, copies: Map<string, string>): void {
  for (const id of ids) {
    const node = draft.nodes[id];
    if (!node) continue;
    const copy = next('n');
    const place = draft.layout.nodes[id] ?? { x: 0, y: 0 };
    const at = { ...place, x: place.x + offset.x, y: place.y + offset.y };
    draft.nodes[copy] = { ...unwrap(node), id: copy, name: uniqueName(draft, node.name) };
    draft.layout.nodes[copy] = at;
    const boundary = boundaryForComponent(draft, at);
    if (boundary !== null || node.boundary != null) draft.nodes[copy].boundary = boundary;
    copies.set(id, copy);
  }
}

/** A draft is a proxy, which cannot be cloned structurally: documents are JSON, so JSON copies it whole. */
function unwrap<T>(value: T): T {
  return JSON.parse(JSON.stringify(value)) as T;
}

/**
 * Copy components and notes with the connections between the copied ones. A connection that was selected without both
 * of its ends is copied beside the original, between the same ends. Returns the copies' ids, for the selection.
 */
export function duplicateObjects(draft: Design, objects: ObjectSet, ids: IdGenerator, offset: { readonly x: number; readonly y: number } = DUPLICATE_OFFSET): Copies {
  const copies = new Map<string, string>();
  copyNodes(draft, objects.node ?? [], ids, offset, copies);
  for (const id of objects.note ?? []) {
    const note = draft.notes[id];
    const box = draft.layout.notes[id];
    if (!note || !box) continue;
    const copy = ids('t');
    draft.notes[copy] = { ...unwrap(note), id: copy };
    draft.layout.notes[copy] = { ...unwrap(box), x: box.x + offset.x, y: box.y + offset.y };
    copies.set(id, copy);
  }
  const selected = new Set(objects.edge ?? []);
  const edgesOnly = copies.size === 0;
  for (const edge of Object.values(draft.edges)) {
    const inside = copies.has(edge.from) && copies.has(edge.to);
    if (!inside && !(edgesOnly && selected.has(edge.id))) continue;
    const copy = ids('e');
    draft.edges[copy] = { ...unwrap(edge), id: copy, from: copies.get(edge.from) ?? edge.from, to: copies.get(edge.to) ?? edge.to };
    copies.set(edge.id, copy);
  }
  return copies;
}
