import { goToCard, neighbouringCard } from '../../evaluation/findings-view.ts';
import { defineCommand } from './command.ts';
import { needsFinding } from './conditions.ts';

/** Open the next finding's card and show on the canvas what it is about. */
export const nextFinding = defineCommand({
  id: 'evaluate.next-finding',
  label: 'Go to next finding',
  menu: 'evaluate',
  shortcuts: ['F8'],
  synonyms: ['problem', 'risk', 'advice'],
  enabled: needsFinding,
  perform: () => {
    const card = neighbouringCard(1);
    if (card) goToCard(card);
  },
});
