import { defineCommand } from './command.ts';
import { cycleRegion } from './regions.ts';

/** Move the focus to the previous part of the window. */
export const previousRegion = defineCommand({
  id: 'view.previous-region',
  label: 'Focus previous region',
  menu: 'view',
  shortcuts: ['Shift+F6'],
  synonyms: ['panel', 'focus'],
  perform: () => cycleRegion(-1),
});
