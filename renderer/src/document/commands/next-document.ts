import { useWorkspace } from '../workspace.ts';
import { defineCommand } from './command.ts';

/** Bring the document to the right to the front. */
export const nextDocument = defineCommand({
  id: 'view.next-document',
  label: 'Show next document',
  menu: 'view',
  shortcuts: ['Ctrl+Tab'],
  synonyms: ['tab', 'switch'],
  enabled: () => (useWorkspace.getState().order.length > 1 ? true : 'Only one drawing is open.'),
  perform: () => {
    const { order, activeId, activate } = useWorkspace.getState();
    const next = order[(order.indexOf(activeId ?? '') + 1) % order.length];
    if (next !== undefined) activate(next);
  },
});
