import { entryForNew, newJourney } from '../path-actions.ts';
import { activeDocument } from '../workspace.ts';
import { defineCommand } from './command.ts';
import { needsEditable } from './conditions.ts';

/** Add a journey that starts at the selected client, or at the first one without a journey, and open it. */
export const newJourneyCommand = defineCommand({
  id: 'insert.journey',
  label: 'New journey',
  menu: 'insert',
  synonyms: ['add journey', 'user flow', 'request path'],
  enabled: () => {
    const editable = needsEditable();
    if (editable !== true) return editable;
    const design = activeDocument()?.design;
    return design !== undefined && entryForNew(design) !== null ? true : 'Connect a client to something first: a journey starts there.';
  },
  perform: () => void newJourney(),
});
