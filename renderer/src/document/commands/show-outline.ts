import { useSession } from '../session.ts';
import { defineCommand } from './command.ts';
import { needsDocument } from './conditions.ts';

/** Frames to wait for the panel to show its tree. */
const PATIENCE = 20;

function focusTree(left: number): void {
  const tree = document.querySelector<HTMLElement>('[data-outline]');
  if (tree) tree.focus();
  else if (left > 0) requestAnimationFrame(() => focusTree(left - 1));
}

/** Open the drawing as a list and put the focus there. */
export const showOutline = defineCommand({
  id: 'view.outline',
  label: 'Show outline',
  menu: 'view',
  shortcuts: ['Mod+U'],
  synonyms: ['tree', 'structure', 'list of components'],
  enabled: needsDocument,
  perform: () => {
    useSession.getState().set({ leftOpen: true, leftTab: 'outline' });
    requestAnimationFrame(() => focusTree(PATIENCE));
  },
});
