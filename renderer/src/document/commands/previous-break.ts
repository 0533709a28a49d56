import { useEvaluation } from '../../evaluation/evaluation-store.ts';
import { defineCommand } from './command.ts';
import { needsLoad } from './conditions.ts';
import { knownBreaks, neighbouringBreak } from './load.ts';

/** Set the load at which the station before saturates. */
export const previousBreak = defineCommand({
  id: 'evaluate.previous-break',
  label: 'Go to previous break',
  menu: 'evaluate',
  shortcuts: ['Shift+PageDown'],
  scope: 'canvas',
  synonyms: ['dial', 'saturate', 'bottleneck'],
  enabled: () => {
    const load = needsLoad();
    if (load !== true) return load;
    return neighbouringBreak(knownBreaks(), useEvaluation.getState().multiple, -1) === null ? 'Nothing breaks below this load.' : true;
  },
  perform: () => {
    const multiple = neighbouringBreak(knownBreaks(), useEvaluation.getState().multiple, -1);
    if (multiple !== null) useEvaluation.getState().set({ multiple });
  },
});
