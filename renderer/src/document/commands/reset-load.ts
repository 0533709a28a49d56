import { useEvaluation } from '../../evaluation/evaluation-store.ts';
import { defineCommand } from './command.ts';
import { needsEvaluate } from './conditions.ts';
import { MIN_MULTIPLE } from './load.ts';

/** Return the dial to the drawn load. */
export const resetLoad = defineCommand({
  id: 'evaluate.reset-load',
  label: 'Go back to 1x',
  menu: 'evaluate',
  synonyms: ['dial', 'normal load', '1x', 'peak rate'],
  enabled: () => {
    const evaluate = needsEvaluate();
    return evaluate !== true || useEvaluation.getState().multiple > MIN_MULTIPLE ? evaluate : 'The load is at 1x.';
  },
  perform: () => useEvaluation.getState().set({ multiple: MIN_MULTIPLE }),
});
