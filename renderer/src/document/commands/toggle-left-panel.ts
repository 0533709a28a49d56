import { useSession } from '../session.ts';
import { defineCommand } from './command.ts';
import { needsDocument } from './conditions.ts';
import { keepFocusIn } from './regions.ts';

/** Show or hide the parts on the left. */
export const toggleLeftPanel = defineCommand({
  id: 'view.toggle-left',
  label: () => (useSession.getState().leftOpen ? 'Hide left panel' : 'Show left panel'),
  menu: 'view',
  shortcuts: ['Mod+B'],
  synonyms: ['palette', 'sidebar', 'parts'],
  enabled: needsDocument,
  perform: () => keepFocusIn('left', () => useSession.getState().set({ leftOpen: !useSession.getState().leftOpen })),
});
