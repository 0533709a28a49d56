import { useSession } from '../session.ts';
import { defineCommand } from './command.ts';
import { needsDrawing, selectionSize } from './conditions.ts';

/** Show what is selected as large as it fits. */
export const zoomSelection = defineCommand({
  id: 'view.fit-selection',
  label: 'Fit selection',
  menu: 'view',
  shortcuts: ['Shift+Digit2'],
  scope: 'canvas',
  synonyms: ['zoom to selection'],
  enabled: () => {
    const drawing = needsDrawing();
    return drawing !== true || selectionSize() > 0 ? drawing : 'Nothing is selected.';
  },
  perform: () => useSession.getState().moveCamera('selection'),
});
