import { useSession } from '../session.ts';
import { defineCommand } from './command.ts';
import { needsDocument } from './conditions.ts';

/** Show or hide the map of a drawing that is larger than the view. */
export const toggleMinimap = defineCommand({
  id: 'view.toggle-minimap',
  label: () => (useSession.getState().minimap ? 'Hide minimap' : 'Show minimap'),
  menu: 'view',
  synonyms: ['overview', 'map', 'navigator'],
  enabled: needsDocument,
  perform: () => useSession.getState().set({ minimap: !useSession.getState().minimap }),
});
