import { pasteByCommand } from '../clipboard/clipboard-events.ts';
import { drawingRefusal } from '../typed-path/open.ts';
import { defineCommand } from './command.ts';

/** Put what is on the clipboard into the drawing: components, a typed path or a note. */
export const paste = defineCommand({
  id: 'edit.paste',
  label: 'Paste components',
  menu: 'edit',
  shortcuts: ['Mod+V'],
  role: 'paste',
  synonyms: ['clipboard', 'insert'],
  enabled: () => drawingRefusal() ?? true,
  perform: pasteByCommand,
});
