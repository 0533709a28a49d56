import { heldBy, ungroup as ungroupEdit } from '../edits/boundaries.ts';
import { useSession } from '../session.ts';
import { drawingRefusal } from '../typed-path/open.ts';
import { activeDocument, useWorkspace } from '../workspace.ts';
import { defineCommand } from './command.ts';

/** Take the selected boundaries away; what stood in them stays in its place, belongs to the one around and is selected. */
export const ungroup = defineCommand({
  id: 'arrange.ungroup',
  label: 'Ungroup boundary',
  menu: 'arrange',
  shortcuts: ['Mod+Shift+G'],
  synonyms: ['dissolve', 'release', 'boundary'],
  enabled: () => drawingRefusal() ?? (useSession.getState().selection.boundary.length > 0 ? true : 'Select a boundary to ungroup it.'),
  perform: () => {
    const design = activeDocument()?.design;
    const { selection, select } = useSession.getState();
    if (!design) return;
    const held = heldBy(design, selection.boundary);
    const [only] = selection.boundary;
    const name = selection.boundary.length === 1 && only !== undefined ? (design.boundaries[only]?.name ?? 'boundary') : `${selection.boundary.length} boundaries`;
    if (useWorkspace.getState().commit(`Ungroup ${name}`, (draft) => ungroupEdit(draft, selection.boundary))) {
      select({ node: [...selection.node, ...held.node], boundary: held.boundary, note: [...selection.note, ...held.note] });
    }
  },
});
