import { useSession } from '../session.ts';
import { defineCommand } from './command.ts';

/** Open the settings of the program: they belong to the window, never to a drawing. */
export const showSettings = defineCommand({
  id: 'file.settings',
  label: 'Change settings…',
  menu: 'file',
  shortcuts: ['Mod+,'],
  synonyms: ['preferences', 'options', 'configuration', 'theme', 'interface size', 'font size', 'text size', 'arrow keys', 'wheel', 'zoom'],
  perform: () => useSession.getState().set({ dialog: { name: 'settings' } }),
});
