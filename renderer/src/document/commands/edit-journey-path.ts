import { startPathEditing } from '../path-actions.ts';
import { stopPathEditing, usePathEditing } from '../path-editing.ts';
import { useSession } from '../session.ts';
import { defineCommand } from './command.ts';
import { needsEditable } from './conditions.ts';

/** Click the connections of the selected journey on the canvas, or end that. */
export const editJourneyPath = defineCommand({
  id: 'edit.journey-path',
  label: () => (usePathEditing.getState().journey === null ? 'Edit journey path' : 'Finish journey path'),
  menu: 'edit',
  synonyms: ['trace', 'steps', 'journey editor'],
  enabled: () => {
    const editable = needsEditable();
    if (editable !== true) return editable;
    return useSession.getState().selectedJourney !== null ? true : 'Choose a journey in the bottom panel first.';
  },
  perform: () => {
    const { selectedJourney } = useSession.getState();
    if (usePathEditing.getState().journey !== null) stopPathEditing();
    else if (selectedJourney !== null) startPathEditing(selectedJourney);
  },
});
