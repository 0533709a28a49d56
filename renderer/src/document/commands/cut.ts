import { copyByCommand } from '../clipboard/clipboard-events.ts';
import { drawingRefusal } from '../typed-path/open.ts';
import { defineCommand } from './command.ts';
import { needsSelection } from './conditions.ts';

/** Move what is selected to the clipboard. */
export const cut = defineCommand({
  id: 'edit.cut',
  label: 'Cut selection',
  menu: 'edit',
  shortcuts: ['Mod+X'],
  role: 'cut',
  synonyms: ['clipboard', 'move'],
  enabled: () => drawingRefusal() ?? needsSelection(),
  perform: () => copyByCommand(true),
});
