import { useSession } from '../session.ts';
import { defineCommand } from './command.ts';
import { needsDocument } from './conditions.ts';
import { focusRegion } from './regions.ts';

/** Open the findings and put the focus there; in the whiteboard this is the way to ask for them. */
export const showFindings = defineCommand({
  id: 'view.findings',
  label: 'Show findings',
  menu: 'view',
  shortcuts: ['Mod+Shift+M'],
  synonyms: ['problems', 'risks', 'advice', 'questions', 'fixes'],
  enabled: needsDocument,
  perform: () => {
    useSession.getState().set({ rightOpen: true, rightTab: 'findings' });
    requestAnimationFrame(() => focusRegion('right'));
  },
});
