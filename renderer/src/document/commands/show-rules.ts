import { useSession } from '../session.ts';
import { defineCommand } from './command.ts';

/** Open the rules: at the page of one, or at their list. */
export function openRules(rule?: string): void {
  useSession.getState().set({ dialog: { name: 'rules', ...(rule === undefined ? {} : { data: { rule } }) } });
}

/** Show what every drawing is checked for, why, and how that looks in a drawing. */
export const showRules = defineCommand({
  id: 'help.rules',
  label: 'Show rules',
  menu: 'help',
  synonyms: ['checks', 'advice', 'antipatterns', 'examples', 'thresholds', 'learn'],
  perform: () => openRules(),
});
