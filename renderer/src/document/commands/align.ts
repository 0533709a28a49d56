import { alignObjects, countArranged, type Alignment } from '../edits/arrange.ts';
import { useSession } from '../session.ts';
import { drawingRefusal } from '../typed-path/open.ts';
import { activeDocument, useWorkspace } from '../workspace.ts';
import { defineCommand, type Command } from './command.ts';
import type { Availability } from './conditions.ts';

/** At least so many things are selected, in a drawing that can be changed. */
export function needsArrangeable(least: 2 | 3): Availability {
  const refused = drawingRefusal();
  if (refused !== null) return refused;
  const design = activeDocument()?.design;
  if (design === undefined) return 'No drawing is open.';
  return countArranged(design, useSession.getState().selection) >= least ? true : `Select at least ${least === 2 ? 'two' : 'three'} things.`;
}

const KINDS: readonly { readonly to: Alignment; readonly key?: string; readonly synonyms: readonly string[] }[] = [
  { to: 'left', key: 'ArrowLeft', synonyms: ['line up', 'edges'] },
  { to: 'right', key: 'ArrowRight', synonyms: ['line up', 'edges'] },
  { to: 'top', key: 'ArrowUp', synonyms: ['line up', 'edges'] },
  { to: 'bottom', key: 'ArrowDown', synonyms: ['line up', 'edges'] },
  { to: 'centres', synonyms: ['line up', 'centers', 'column', 'vertical'] },
  { to: 'middles', synonyms: ['line up', 'row', 'horizontal'] },
];

/** Bring the edges or centres of what is selected onto one line. */
export const alignments: readonly Command[] = KINDS.map(({ to, key, synonyms }) =>
  defineCommand({
    id: `arrange.align-${to}`,
    label: `Align ${to}`,
    menu: 'arrange',
    ...(key === undefined ? {} : { shortcuts: [`Mod+Shift+${key}`], scope: 'canvas' as const }),
    synonyms,
    enabled: () => needsArrangeable(2),
    perform: () => {
      const { selection } = useSession.getState();
      const changed = useWorkspace.getState().commit(`Align ${to}`, (draft) => alignObjects(draft, selection, to));
      if (!changed) useSession.getState().notify('These are aligned already, or pinned in place.');
    },
  }),
);
