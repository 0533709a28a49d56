import { paperView } from '../clipboard/paper-view.ts';
import { requestEditing } from '../edit-request.ts';
import { addNote as addNoteEdit, NOTE_SIZE } from '../edits/add.ts';
import { freeBox } from '../edits/free-box.ts';
import { createObjectIds } from '../edits/object-ids.ts';
import { requestReveal } from '../reveal-request.ts';
import { useSession } from '../session.ts';
import { drawingRefusal } from '../typed-path/open.ts';
import { activeDocument, useWorkspace } from '../workspace.ts';
import { defineCommand } from './command.ts';

/** Put an empty note where there is room in the view; its text is typed right away. */
export const addNote = defineCommand({
  id: 'insert.note',
  label: 'Add note',
  menu: 'insert',
  synonyms: ['comment', 'text', 'sticky', 'remark'],
  enabled: () => drawingRefusal() ?? true,
  perform: () => {
    const design = activeDocument()?.design;
    if (!design) return;
    const id = createObjectIds(design)('t');
    const at = freeBox(design, NOTE_SIZE, null, paperView()?.seen() ?? null);
    if (!useWorkspace.getState().commit('Add note', (draft) => addNoteEdit(draft, { id, text: '', at }))) return;
    useSession.getState().select({ note: [id] });
    requestReveal([{ kind: 'note', id }]);
    requestEditing({ kind: 'note', id });
  },
});
