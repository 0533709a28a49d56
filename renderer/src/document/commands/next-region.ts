import { defineCommand } from './command.ts';
import { cycleRegion } from './regions.ts';

/** Move the focus to the next part of the window. */
export const nextRegion = defineCommand({
  id: 'view.next-region',
  label: 'Focus next region',
  menu: 'view',
  shortcuts: ['F6'],
  synonyms: ['panel', 'focus'],
  perform: () => cycleRegion(1),
});
