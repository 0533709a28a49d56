import { goToCard, neighbouringCard } from '../../evaluation/findings-view.ts';
import { defineCommand } from './command.ts';
import { needsFinding } from './conditions.ts';

/** Open the previous finding's card and show on the canvas what it is about. */
export const previousFinding = defineCommand({
  id: 'evaluate.previous-finding',
  label: 'Go to previous finding',
  menu: 'evaluate',
  shortcuts: ['Shift+F8'],
  synonyms: ['problem', 'risk', 'advice'],
  enabled: needsFinding,
  perform: () => {
    const card = neighbouringCard(-1);
    if (card) goToCard(card);
  },
});
