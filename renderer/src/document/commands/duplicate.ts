import { duplicateObjects } from '../edits/duplicate.ts';
import { createObjectIds } from '../edits/object-ids.ts';
import { useSession } from '../session.ts';
import { activeDocument, useWorkspace } from '../workspace.ts';
import { defineCommand } from './command.ts';
import { needsSelection } from './conditions.ts';

/** Copy what is selected, with the connections between the copies, and select the copies. */
export const duplicate = defineCommand({
  id: 'edit.duplicate',
  label: 'Duplicate selection',
  menu: 'edit',
  shortcuts: ['Mod+D'],
  synonyms: ['copy', 'clone'],
  enabled: needsSelection,
  perform: () => {
    const doc = activeDocument();
    if (doc === undefined) return;
    const { selection, select } = useSession.getState();
    const ids = createObjectIds(doc.design);
    let copies: readonly string[] = [];
    useWorkspace.getState().commit('Duplicate', (draft) => {
      copies = [...duplicateObjects(draft, selection, ids).values()];
    });
    const design = activeDocument()?.design;
    if (design === undefined || copies.length === 0) return;
    select({
      node: copies.filter((id) => id in design.nodes),
      edge: copies.filter((id) => id in design.edges),
      note: copies.filter((id) => id in design.notes),
    });
  },
});
