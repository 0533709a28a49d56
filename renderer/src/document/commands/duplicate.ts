import { selectCopies } from '../clipboard/actions.ts';
import { fragmentOf, isEmptyFragment } from '../clipboard/fragment.ts';
import type { Copies } from '../clipboard/insert.ts';
import { fragmentWords } from '../clipboard/words.ts';
import { duplicateObjects } from '../edits/duplicate.ts';
import { createObjectIds } from '../edits/object-ids.ts';
import { useSession } from '../session.ts';
import { drawingRefusal } from '../typed-path/open.ts';
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
  enabled: () => drawingRefusal() ?? needsSelection(),
  perform: () => {
    const doc = activeDocument();
    if (doc === undefined) return;
    const { selection } = useSession.getState();
    const part = fragmentOf(doc.design, selection);
    const ids = createObjectIds(doc.design);
    let copies: Copies = new Map();
    useWorkspace.getState().commit(`Duplicate ${isEmptyFragment(part) ? 'connections' : fragmentWords(part)}`, (draft) => {
      copies = duplicateObjects(draft, selection, ids);
    });
    selectCopies(copies);
  },
});
