import { useSession } from '../session.ts';
import { defineCommand } from './command.ts';
import { needsDocument } from './conditions.ts';

/** Draw without numbers. */
export const whiteboardMode = defineCommand({
  id: 'view.whiteboard',
  label: 'Switch to Whiteboard',
  menu: 'view',
  shortcuts: ['Alt+Digit1'],
  synonyms: ['mode', 'draw', 'hide numbers', 'interview'],
  enabled: needsDocument,
  perform: () => useSession.getState().set({ mode: 'whiteboard' }),
});
