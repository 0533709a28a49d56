import { useSession } from '../session.ts';
import { defineCommand } from './command.ts';
import { needsEvaluate } from './conditions.ts';
import { focusRegion } from './regions.ts';

/** Open the scores with their explanations and put the focus there. */
export const showScores = defineCommand({
  id: 'view.scores',
  label: 'Show scores',
  menu: 'view',
  shortcuts: ['Mod+Shift+L'],
  synonyms: ['radar', 'why', 'explanation', 'rating'],
  enabled: needsEvaluate,
  perform: () => {
    useSession.getState().set({ rightOpen: true, rightTab: 'scores' });
    requestAnimationFrame(() => focusRegion('right'));
  },
});
