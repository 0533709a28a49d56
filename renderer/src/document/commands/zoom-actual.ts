import { useSession } from '../session.ts';
import { defineCommand } from './command.ts';
import { needsDrawing } from './conditions.ts';

/** Show the drawing at its own size. */
export const zoomActual = defineCommand({
  id: 'view.100',
  label: 'Zoom to 100 %',
  menu: 'view',
  shortcuts: ['Mod+Digit0'],
  synonyms: ['actual size', 'reset zoom', 'original size'],
  enabled: needsDrawing,
  perform: () => useSession.getState().moveCamera('100'),
});
