import { useMemo } from 'react';
import { useWorkspace } from '../../document/workspace.ts';
import { useEvaluation } from '../../evaluation/evaluation-store.ts';
import { expectedOf, settledTimes, type Expected, type SettledTimes, type SimulationSettings } from '../../evaluation/simulation-settings.ts';
import { paceOf, simulatedRate, useSimulation } from '../../evaluation/simulation-store.ts';

/** What is chosen, the times that follow from it for the drawing in front, and how large the run will be. */
export function useSettings(): { readonly settings: SimulationSettings; readonly times: SettledTimes; readonly expected: Expected } {
  const settings = useSimulation((state) => state.settings);
  const outcomes = useSimulation((state) => state.outcomes);
  const speed = useSimulation((state) => state.speed);
  const document = useWorkspace((state) => state.activeId);
  const base = useEvaluation((state) => state.base);
  const multiple = useEvaluation((state) => state.multiple);
  return useMemo(() => {
    const rate = simulatedRate(base, multiple);
    const pace = paceOf({ outcomes, speed }, document);
    const times = settledTimes(settings, rate, pace);
    return { settings, times, expected: expectedOf(settings, times, rate, pace) };
  }, [settings, outcomes, speed, document, base, multiple]);
}
