import { useEvaluation } from '../../evaluation/evaluation-store.ts';
import { defineCommand } from './command.ts';
import { needsLoad } from './conditions.ts';
import { steppedMultiple } from './load.ts';

/** Turn the dial down by ten steps. */
export const lowerLoad = defineCommand({
  id: 'evaluate.load-down',
  label: 'Lower load',
  menu: 'evaluate',
  shortcuts: ['PageDown'],
  scope: 'canvas',
  synonyms: ['dial', 'traffic', 'multiple'],
  enabled: needsLoad,
  perform: () => useEvaluation.getState().set({ multiple: steppedMultiple(useEvaluation.getState().multiple, -10) }),
});
