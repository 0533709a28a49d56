import { useSession } from '../session.ts';
import { defineCommand } from './command.ts';

/** Say which version this is, what it is made of and where documents are kept. */
export const showAbout = defineCommand({
  id: 'help.about',
  label: 'About Plumbline',
  menu: 'help',
  synonyms: ['version', 'licence'],
  perform: () => useSession.getState().set({ dialog: { name: 'about' } }),
});
