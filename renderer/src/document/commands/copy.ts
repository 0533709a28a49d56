import { copyByCommand } from '../clipboard/clipboard-events.ts';
import { defineCommand } from './command.ts';
import { needsDocument, selectionSize } from './conditions.ts';

/** Put what is selected on the clipboard: for this and other windows as a drawing, for other programs as text. */
export const copy = defineCommand({
  id: 'edit.copy',
  label: 'Copy selection',
  menu: 'edit',
  shortcuts: ['Mod+C'],
  role: 'copy',
  synonyms: ['clipboard'],
  enabled: () => {
    const document = needsDocument();
    return document !== true || selectionSize() > 0 ? document : 'Nothing is selected.';
  },
  perform: () => copyByCommand(false),
});
