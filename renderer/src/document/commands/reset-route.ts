import { edgeName } from '../edge-name.ts';
import { resetRoutes } from '../edits/edges.ts';
import { useSession } from '../session.ts';
import { activeDocument, useWorkspace } from '../workspace.ts';
import { defineCommand } from './command.ts';
import { needsEditable } from './conditions.ts';

/** The selected connections whose routes are held. */
function heldSelection(): readonly string[] {
  const held = activeDocument()?.design.layout.edges ?? {};
  return useSession.getState().selection.edge.filter((id) => Object.hasOwn(held, id));
}

/** Let the selected connections find their own way again. */
export const resetRoute = defineCommand({
  id: 'arrange.reset-route',
  label: 'Reset route',
  menu: 'arrange',
  synonyms: ['reroute', 'straighten connection', 'automatic route'],
  enabled: () => {
    const editable = needsEditable();
    if (editable !== true) return editable;
    if (useSession.getState().selection.edge.length === 0) return 'Select a connection first.';
    return heldSelection().length > 0 ? true : 'This route is not held: it finds its own way.';
  },
  perform: () => {
    const ids = heldSelection();
    const design = activeDocument()?.design;
    const [first] = ids;
    if (!design || first === undefined) return;
    const what = ids.length === 1 ? `route of ${edgeName(design, first)}` : `${ids.length} routes`;
    useWorkspace.getState().commit(`Reset ${what}`, (draft) => resetRoutes(draft, ids));
  },
});
