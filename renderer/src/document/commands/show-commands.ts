import { useSession } from '../session.ts';
import { defineCommand } from './command.ts';

/** Open the list of all commands. */
export const showCommands = defineCommand({
  id: 'help.commands',
  label: 'Show commands',
  menu: 'help',
  shortcuts: ['Mod+K'],
  synonyms: ['palette', 'menu'],
  perform: () => useSession.getState().set({ palette: true }),
});
