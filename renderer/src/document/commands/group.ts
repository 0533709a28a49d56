import { groupProblem } from '../edits/boundaries.ts';
import { useSession } from '../session.ts';
import { drawingRefusal } from '../typed-path/open.ts';
import { activeDocument } from '../workspace.ts';
import { drawAround } from './add-boundary.ts';
import { defineCommand } from './command.ts';

/** Draw a group around what is selected; its name is typed right away, its kind is changed in the inspector. */
export const group = defineCommand({
  id: 'arrange.group',
  label: 'Group selection',
  menu: 'arrange',
  shortcuts: ['Mod+G'],
  synonyms: ['boundary', 'frame', 'box'],
  enabled: () => {
    const refused = drawingRefusal();
    if (refused !== null) return refused;
    const design = activeDocument()?.design;
    return (design ? groupProblem(design, useSession.getState().selection, 'group') : null) ?? true;
  },
  perform: () => drawAround('group'),
});
