import { useSession } from '../session.ts';
import { defineCommand } from './command.ts';
import { needsDocument } from './conditions.ts';

/** Show load, scores and numbers. */
export const evaluateMode = defineCommand({
  id: 'view.evaluate',
  label: 'Switch to Evaluate',
  menu: 'view',
  shortcuts: ['Alt+Digit2'],
  synonyms: ['mode', 'numbers', 'load', 'figures', 'simulate'],
  enabled: needsDocument,
  perform: () => useSession.getState().set({ mode: 'evaluate' }),
});
