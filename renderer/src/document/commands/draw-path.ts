import { drawingRefusal, openQuickAdd } from '../typed-path/open.ts';
import { defineCommand } from './command.ts';

/** Open the field in which a path is typed. On the canvas any letter does it too. */
export const drawPath = defineCommand({
  id: 'insert.draw-path',
  label: 'Draw path',
  menu: 'insert',
  synonyms: ['quick add', 'add component', 'type', 'connect', 'new component'],
  enabled: () => drawingRefusal() ?? true,
  // the menu or palette that ran it gives the focus back first
  perform: () => void requestAnimationFrame(() => openQuickAdd()),
});
