import { formatMultiple } from '../../../../shared/lib/format.ts';
import type { SimulationOutcome } from '../../evaluation/simulation-store.ts';
import { failureName } from './failure-options.ts';
import type { Span } from './strips.ts';

/** The stretches of a run that stand out: warm-up, a spike, what is down. A failure without an end lasts to the end. */
export function spansOf({ result, options, design }: Pick<SimulationOutcome, 'result' | 'options' | 'design'>): readonly Span[] {
  const { profile, failures = [] } = options;
  return [
    ...(result.warmup_s > 0 ? [{ from: 0, to: result.warmup_s, word: 'warm-up, not counted', kind: 'warmup' } as const] : []),
    ...(profile?.kind === 'spike' ? [{ from: profile.at_s, to: Math.min(result.duration_s, profile.at_s + profile.for_s), word: `load ${formatMultiple(profile.factor)}`, kind: 'spike' } as const] : []),
    ...failures.map(({ at_s, restore_s, target }) => ({ from: at_s, to: Math.min(result.duration_s, restore_s ?? result.duration_s), word: `${failureName(design, target)} down`, kind: 'down' } as const)),
  ];
}
