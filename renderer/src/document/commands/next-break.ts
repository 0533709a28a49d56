import { useEvaluation } from '../../evaluation/evaluation-store.ts';
import { defineCommand } from './command.ts';
import { needsLoad } from './conditions.ts';
import { knownBreaks, neighbouringBreak } from './load.ts';

/** Set the load at which the next station saturates. */
export const nextBreak = defineCommand({
  id: 'evaluate.next-break',
  label: 'Go to next break',
  menu: 'evaluate',
  shortcuts: ['Shift+PageUp'],
  scope: 'canvas',
  synonyms: ['dial', 'saturate', 'bottleneck', 'first break', 'load test'],
  enabled: () => {
    const load = needsLoad();
    if (load !== true) return load;
    return neighbouringBreak(knownBreaks(), useEvaluation.getState().multiple, 1) === null ? 'Nothing more breaks below 100x.' : true;
  },
  perform: () => {
    const multiple = neighbouringBreak(knownBreaks(), useEvaluation.getState().multiple, 1);
    if (multiple !== null) useEvaluation.getState().set({ multiple });
  },
});
