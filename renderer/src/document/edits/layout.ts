import { placeOf } from '../../../../shared/drawing/places.ts';
import type { Arrangement } from '../../../../shared/interchange/layout/arrange.ts';
import type { Design } from '../../../../shared/model/design.ts';

/** Move things to where a layout put them. Routes that were drawn by hand go where the layout says that they no longer fit. */
export function applyArrangement(draft: Design, { nodes, notes, boundaries, routes }: Arrangement): void {
  for (const [id, at] of Object.entries(nodes)) if (Object.hasOwn(draft.nodes, id)) draft.layout.nodes[id] = { ...draft.layout.nodes[id], ...at };
  for (const [id, at] of Object.entries(notes)) {
    const box = draft.layout.notes[id];
    if (box) [box.x, box.y] = [at.x, at.y];
  }
  for (const [id, box] of Object.entries(boundaries)) if (Object.hasOwn(draft.boundaries, id)) draft.layout.boundaries[id] = { ...draft.layout.boundaries[id], ...box };
  for (const id of routes) delete draft.layout.edges[id];
}

/** Keep components where they are whenever a layout, an alignment or a distribution moves things; or let them go again. */
export function setPinned(draft: Design, ids: readonly string[], pinned: boolean): void {
  const order = Object.keys(draft.nodes);
  for (const id of ids) {
    if (!Object.hasOwn(draft.nodes, id)) continue;
    const place = draft.layout.nodes[id];
    if (pinned) draft.layout.nodes[id] = { ...placeOf(place, order.indexOf(id)), ...place, pinned: true };
    else if (place?.pinned !== undefined) delete place.pinned;
  }
}
