import { activeDocument, useWorkspace } from '../workspace.ts';
import { defineCommand } from './command.ts';
import { needsEditable } from './conditions.ts';

/** Take back the last change. */
export const undo = defineCommand({
  id: 'edit.undo',
  label: () => {
    const name = activeDocument()?.past.at(-1)?.name;
    return name === undefined ? 'Undo' : `Undo: ${name}`;
  },
  menu: 'edit',
  shortcuts: ['Mod+Z'],
  synonyms: ['back', 'revert'],
  enabled: () => {
    const editable = needsEditable();
    return editable !== true || (activeDocument()?.past.length ?? 0) > 0 ? editable : 'Nothing to undo.';
  },
  perform: () => useWorkspace.getState().undo(),
});
