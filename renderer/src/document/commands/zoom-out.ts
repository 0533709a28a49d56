import { useSession } from '../session.ts';
import { defineCommand } from './command.ts';
import { needsDrawing } from './conditions.ts';

/** See more of the drawing. */
export const zoomOut = defineCommand({
  id: 'view.zoom-out',
  label: 'Zoom out',
  menu: 'view',
  shortcuts: ['Mod+-'],
  synonyms: ['farther', 'smaller', 'reduce'],
  enabled: needsDrawing,
  perform: () => useSession.getState().moveCamera('out'),
});
