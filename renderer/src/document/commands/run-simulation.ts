import { cancelSimulation, runSimulation, simulationRefusal, useSimulation } from '../../evaluation/simulation-store.ts';
import { useSession } from '../session.ts';
import { defineCommand } from './command.ts';
import { needsLoad } from './conditions.ts';
import { focusRegion } from './regions.ts';

/** Simulate the drawing as the panel is set, and open the panel; while one runs, end it. */
export const runSimulationCommand = defineCommand({
  id: 'evaluate.simulate',
  label: () => (useSimulation.getState().running === null ? 'Run simulation' : 'Cancel simulation'),
  menu: 'evaluate',
  synonyms: ['simulate', 'second opinion', 'discrete event', 'load test', 'check the formulas', 'timeline'],
  enabled: () => {
    const load = needsLoad();
    if (load !== true || useSimulation.getState().running !== null) return load;
    return simulationRefusal() ?? true;
  },
  perform: () => {
    if (useSimulation.getState().running !== null) return cancelSimulation();
    useSession.getState().set({ bottomOpen: true, bottomTab: 'simulation' });
    runSimulation();
    requestAnimationFrame(() => focusRegion('bottom'));
  },
});
