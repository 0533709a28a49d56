import { removeObjects } from '../edits/remove.ts';
import { useSession } from '../session.ts';
import { useWorkspace } from '../workspace.ts';
import { defineCommand } from './command.ts';
import { needsSelection, selectionSize } from './conditions.ts';

/** Remove what is selected, with the connections that would be left without an end. */
export const deleteSelection = defineCommand({
  id: 'edit.delete',
  label: 'Delete selection',
  menu: 'edit',
  shortcuts: ['Delete', 'Backspace'],
  scope: 'canvas',
  synonyms: ['remove', 'erase'],
  enabled: needsSelection,
  perform: () => {
    const { selection, select } = useSession.getState();
    const count = selectionSize();
    useWorkspace.getState().commit(count === 1 ? 'Delete' : `Delete ${count} things`, (draft) => removeObjects(draft, selection));
    select({});
  },
});
