import { useSession } from '../session.ts';
import { defineCommand } from './command.ts';

/** Show the task of a scenario, or the list of all (`session.dialog.name` is `scenario`). */
export function openScenario(scenario?: string): void {
  useSession.getState().set({ dialog: { name: 'scenario', ...(scenario === undefined ? {} : { data: { scenario } }) } });
}

/** Draw against an interview task with targets. */
export const openScenarios = defineCommand({
  id: 'file.scenario',
  label: 'Open a scenario…',
  menu: 'file',
  synonyms: ['interview', 'exercise', 'task', 'practice', 'targets'],
  perform: () => openScenario(),
});
