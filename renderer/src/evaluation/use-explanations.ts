import { useEffect } from 'react';
import { create } from 'zustand';
import { AXES, type Axis } from '../../../shared/contracts/evaluation.ts';
import { useEvaluation } from './evaluation-store.ts';
import type { ShownExplanations } from './explanation-wishes.ts';

/** The axes whose trees are looked at anywhere in the window. */
export const useWantedExplanations = create<{ readonly axes: readonly Axis[] }>()(() => ({ axes: [] }));

/** What each place looks at. */
const looking = new Map<object, readonly Axis[]>();

function tell(): void {
  const all = new Set([...looking.values()].flat());
  const axes = AXES.filter((axis) => all.has(axis));
  if (axes.join() !== useWantedExplanations.getState().axes.join()) useWantedExplanations.setState({ axes });
}

/** The trees behind the scores that are shown. Those of `axes` are asked for while the component is there; the old one stays until the new one comes. */
export function useExplanations(axes: readonly Axis[]): ShownExplanations {
  const list = axes.join();
  useEffect(() => {
    const place = {};
    looking.set(place, AXES.filter((axis) => list.split(',').includes(axis)));
    tell();
    return () => {
      looking.delete(place);
      tell();
    };
  }, [list]);
  return useEvaluation((state) => state.explanations);
}
