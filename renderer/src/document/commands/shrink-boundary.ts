import { shrinkToFit } from '../edits/boundaries.ts';
import { useSession } from '../session.ts';
import { drawingRefusal } from '../typed-path/open.ts';
import { activeDocument, useWorkspace } from '../workspace.ts';
import { defineCommand } from './command.ts';

/** Close the selected boundaries around what they hold. They never shrink by themselves. */
export const shrinkBoundary = defineCommand({
  id: 'arrange.shrink-to-fit',
  label: 'Shrink to fit',
  menu: 'arrange',
  synonyms: ['boundary', 'resize', 'tighten'],
  enabled: () => drawingRefusal() ?? (useSession.getState().selection.boundary.length > 0 ? true : 'Select a boundary to shrink it.'),
  perform: () => {
    const design = activeDocument()?.design;
    const { boundary } = useSession.getState().selection;
    if (!design) return;
    const [only] = boundary;
    const name = boundary.length === 1 && only !== undefined ? (design.boundaries[only]?.name ?? 'boundary') : `${boundary.length} boundaries`;
    const done = useWorkspace.getState().commit(`Shrink ${name}`, (draft) => {
      // inner ones first: the outer ones close around what is left
      const inner = [...boundary].sort((a, b) => (draft.layout.boundaries[a]?.w ?? 0) * (draft.layout.boundaries[a]?.h ?? 0) - (draft.layout.boundaries[b]?.w ?? 0) * (draft.layout.boundaries[b]?.h ?? 0));
      for (const id of inner) shrinkToFit(draft, id);
    });
    if (!done) useSession.getState().notify('It fits already.');
  },
});
