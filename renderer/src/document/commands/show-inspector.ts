import { useSession } from '../session.ts';
import { defineCommand } from './command.ts';
import { needsDocument } from './conditions.ts';
import { focusRegion } from './regions.ts';

/** Open the inspector and put the focus there. */
export const showInspector = defineCommand({
  id: 'view.inspector',
  label: 'Show inspector',
  menu: 'view',
  shortcuts: ['Mod+I'],
  synonyms: ['properties', 'parameters', 'settings of a component'],
  enabled: needsDocument,
  perform: () => {
    useSession.getState().set({ rightOpen: true, rightTab: 'inspector' });
    requestAnimationFrame(() => focusRegion('right'));
  },
});
