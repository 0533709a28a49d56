import { useSession } from '../session.ts';
import { needsDrawing } from './conditions.ts';
import { defineCommand } from './command.ts';

/** Write the drawing as a picture, a report or data: asks how first (`session.dialog.name` is `export`). */
export const exportDrawing = defineCommand({
  id: 'file.export',
  label: 'Export picture…',
  menu: 'file',
  shortcuts: ['Mod+E'],
  synonyms: ['svg', 'markdown', 'json', 'report', 'image', 'download'],
  enabled: needsDrawing,
  perform: () => useSession.getState().set({ dialog: { name: 'export' } }),
});
