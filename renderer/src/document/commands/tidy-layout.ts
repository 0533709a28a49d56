import { tidyLayout } from '../../layout/tidy.ts';
import { drawingRefusal } from '../typed-path/open.ts';
import { defineCommand } from './command.ts';
import { needsDrawing } from './conditions.ts';

/** Lay out what is selected, else the whole drawing, in layers from left to right. */
export const tidyLayoutCommand = defineCommand({
  id: 'arrange.tidy',
  label: 'Tidy layout',
  menu: 'arrange',
  shortcuts: ['Mod+L'],
  synonyms: ['arrange', 'auto layout', 'clean up', 'organise'],
  enabled: () => drawingRefusal() ?? needsDrawing(),
  perform: tidyLayout,
});
