import { useSession } from '../session.ts';
import { defineCommand } from './command.ts';
import { needsDocument } from './conditions.ts';
import { keepFocusIn } from './regions.ts';

/** Show or hide the inspector and what shares its place. */
export const toggleRightPanel = defineCommand({
  id: 'view.toggle-right',
  label: () => (useSession.getState().rightOpen ? 'Hide right panel' : 'Show right panel'),
  menu: 'view',
  synonyms: ['inspector', 'sidebar'],
  enabled: needsDocument,
  perform: () => keepFocusIn('right', () => useSession.getState().set({ rightOpen: !useSession.getState().rightOpen })),
});
