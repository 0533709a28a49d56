import { useSession } from '../session.ts';
import { defineCommand } from './command.ts';

/** Open the sheet of shortcuts. */
export const showShortcuts = defineCommand({
  id: 'help.shortcuts',
  label: 'Show shortcuts',
  menu: 'help',
  shortcuts: ['?'],
  scope: 'canvas',
  synonyms: ['keys', 'keyboard', 'help', 'hotkeys', 'cheat sheet'],
  perform: () => useSession.getState().set({ dialog: { name: 'shortcuts' } }),
});
