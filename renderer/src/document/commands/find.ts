import { useSession } from '../session.ts';
import { defineCommand } from './command.ts';
import { needsDrawing } from './conditions.ts';

/** Look for something in the drawing. On the canvas a slash does the same. */
export const findOnCanvas = defineCommand({
  id: 'edit.find',
  label: 'Find on canvas…',
  menu: 'edit',
  shortcuts: ['Mod+F'],
  synonyms: ['search', 'go to'],
  enabled: needsDrawing,
  perform: () => {
    const { find, set } = useSession.getState();
    if (find === null) set({ find: '' });
    else document.querySelector<HTMLInputElement>('[data-find]')?.select();
  },
});
