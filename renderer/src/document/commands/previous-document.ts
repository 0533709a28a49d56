import { useWorkspace } from '../workspace.ts';
import { defineCommand } from './command.ts';

/** Bring the document to the left to the front. */
export const previousDocument = defineCommand({
  id: 'view.previous-document',
  label: 'Show previous document',
  menu: 'view',
  shortcuts: ['Ctrl+Shift+Tab'],
  synonyms: ['tab', 'switch'],
  enabled: () => (useWorkspace.getState().order.length > 1 ? true : 'Only one drawing is open.'),
  perform: () => {
    const { order, activeId, activate } = useWorkspace.getState();
    const next = order[(order.indexOf(activeId ?? '') + order.length - 1) % order.length];
    if (next !== undefined) activate(next);
  },
});
