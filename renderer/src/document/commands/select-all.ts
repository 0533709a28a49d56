import { useSession } from '../session.ts';
import { activeDocument } from '../workspace.ts';
import { defineCommand } from './command.ts';
import { needsDrawing } from './conditions.ts';

/** Select everything on the canvas. */
export const selectAll = defineCommand({
  id: 'edit.select-all',
  label: 'Select all',
  menu: 'edit',
  shortcuts: ['Mod+A'],
  synonyms: ['everything', 'all components'],
  scope: 'canvas',
  enabled: needsDrawing,
  perform: () => {
    const design = activeDocument()?.design;
    if (design === undefined) return;
    useSession.getState().select({
      node: Object.keys(design.nodes),
      edge: Object.keys(design.edges),
      boundary: Object.keys(design.boundaries),
      note: Object.keys(design.notes),
    });
  },
});
