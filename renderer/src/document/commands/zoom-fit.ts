import { useSession } from '../session.ts';
import { defineCommand } from './command.ts';
import { needsDrawing } from './conditions.ts';

/** Show the whole drawing. */
export const zoomFit = defineCommand({
  id: 'view.fit',
  label: 'Fit drawing',
  menu: 'view',
  shortcuts: ['Shift+Digit1'],
  scope: 'canvas',
  synonyms: ['overview', 'zoom to fit', 'centre', 'whole drawing', 'show all'],
  enabled: needsDrawing,
  perform: () => useSession.getState().moveCamera('fit'),
});
