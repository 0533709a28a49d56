import { useSession } from '../session.ts';
import { defineCommand } from './command.ts';
import { needsDrawing } from './conditions.ts';

/** Look closer at the middle of the canvas. */
export const zoomIn = defineCommand({
  id: 'view.zoom-in',
  label: 'Zoom in',
  menu: 'view',
  shortcuts: ['Mod+Plus'],
  synonyms: ['closer', 'magnify', 'enlarge', 'bigger'],
  enabled: needsDrawing,
  perform: () => useSession.getState().moveCamera('in'),
});
