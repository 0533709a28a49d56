import { useSession } from '../session.ts';
import { defineCommand } from './command.ts';

/** Let the system choose light or dark and the contrast. */
export const systemTheme = defineCommand({
  id: 'view.theme-system',
  label: 'Follow system theme',
  menu: 'view',
  synonyms: ['theme', 'appearance', 'automatic'],
  enabled: () => (useSession.getState().theme === 'system' ? 'The theme follows the system already.' : true),
  perform: () => useSession.getState().set({ theme: 'system' }),
});
