import { isMac } from '../../ui/chord.ts';
import { activeDocument, useWorkspace } from '../workspace.ts';
import { defineCommand } from './command.ts';
import { needsEditable } from './conditions.ts';

/** Do again what was taken back. */
export const redo = defineCommand({
  id: 'edit.redo',
  label: () => {
    const name = activeDocument()?.future.at(-1)?.name;
    return name === undefined ? 'Redo' : `Redo: ${name}`;
  },
  menu: 'edit',
  shortcuts: isMac() ? ['Mod+Shift+Z'] : ['Mod+Shift+Z', 'Mod+Y'],
  synonyms: ['again'],
  enabled: () => {
    const editable = needsEditable();
    return editable !== true || (activeDocument()?.future.length ?? 0) > 0 ? editable : 'Nothing to redo.';
  },
  perform: () => useWorkspace.getState().redo(),
});
