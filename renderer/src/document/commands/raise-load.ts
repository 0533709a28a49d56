import { useEvaluation } from '../../evaluation/evaluation-store.ts';
import { defineCommand } from './command.ts';
import { needsLoad } from './conditions.ts';
import { steppedMultiple } from './load.ts';

/** Turn the dial up by ten steps. */
export const raiseLoad = defineCommand({
  id: 'evaluate.load-up',
  label: 'Raise load',
  menu: 'evaluate',
  shortcuts: ['PageUp'],
  scope: 'canvas',
  synonyms: ['dial', 'traffic', 'multiple'],
  enabled: needsLoad,
  perform: () => useEvaluation.getState().set({ multiple: steppedMultiple(useEvaluation.getState().multiple, 10) }),
});
