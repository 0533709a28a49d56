import { useSession } from '../session.ts';
import { defineCommand } from './command.ts';
import { needsEvaluate } from './conditions.ts';
import { keepFocusIn } from './regions.ts';

/** Show or hide journeys, breaking order, cost and simulation. */
export const toggleBottomPanel = defineCommand({
  id: 'view.toggle-bottom',
  label: () => (useSession.getState().bottomOpen ? 'Hide bottom panel' : 'Show bottom panel'),
  menu: 'view',
  shortcuts: ['Mod+J'],
  synonyms: ['journeys', 'breaking order', 'cost', 'bill', 'table'],
  enabled: needsEvaluate,
  perform: () => keepFocusIn('bottom', () => useSession.getState().set({ bottomOpen: !useSession.getState().bottomOpen })),
});
