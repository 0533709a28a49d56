import { setPinned } from '../edits/layout.ts';
import { useSession } from '../session.ts';
import { drawingRefusal } from '../typed-path/open.ts';
import { activeDocument, useWorkspace } from '../workspace.ts';
import { defineCommand } from './command.ts';

/** Whether every selected component is pinned: the command then lets them go. */
function allPinned(): boolean {
  const places = activeDocument()?.design.layout.nodes ?? {};
  const { node } = useSession.getState().selection;
  return node.length > 0 && node.every((id) => places[id]?.pinned === true);
}

/** Keep the selected components where they are when a layout moves things, or let them go again. */
export const pin = defineCommand({
  id: 'arrange.pin',
  label: () => (allPinned() ? 'Unpin' : 'Pin in place'),
  menu: 'arrange',
  synonyms: ['lock', 'fix', 'hold', 'keep'],
  enabled: () => {
    const refused = drawingRefusal();
    if (refused !== null) return refused;
    return useSession.getState().selection.node.length > 0 ? true : 'Select components to pin them in place.';
  },
  perform: () => {
    const { selection, notify } = useSession.getState();
    const pinned = !allPinned();
    const count = selection.node.length;
    const what = count === 1 ? (activeDocument()?.design.nodes[selection.node[0] ?? '']?.name ?? 'component') : `${count} components`;
    if (!useWorkspace.getState().commit(`${pinned ? 'Pin' : 'Unpin'} ${what}`, (draft) => setPinned(draft, selection.node, pinned))) return;
    notify(pinned ? `${what}: pinned. Tidy layout, alignment and distribution leave it in place.` : `${what}: no longer pinned.`);
  },
});
