import { useEffect } from 'react';
import { create } from 'zustand';
import type { RangesResult } from '../../../shared/contracts/uncertainty.ts';
import type { Design } from '../../../shared/model/design.ts';
import { hasRanges } from '../../../shared/model/ranges.ts';
import { activeDocument, useWorkspace } from '../document/workspace.ts';
import { spawnWorker } from '../workers/spawn.ts';
import type { EngineWorker } from './client.ts';
import { useEvaluation } from './evaluation-store.ts';
import { hasWorkload } from './load-scale.ts';
import { localDay } from './local-day.ts';
import { usePreview } from './preview-store.ts';
import { createRangesClient, type RangesClient } from './ranges-client.ts';

/** Milliseconds that drawing and load rest before ranges are computed. */
export const RANGES_REST_MS = 400;

/** Results as ranges, for what is shown at the dial's load: derived, disposable, gone with the next edit. */
interface RangesState {
  readonly result: RangesResult | null;
  /** Share that is done while they are computed, else null. */
  readonly share: number | null;
  readonly error: string | null;
}

export const useRanges = create<RangesState>()(() => ({ result: null, share: null, error: null }));

/** What the ranges are of: a design by the revision of its meaning, at a load. */
interface Subject { readonly key: string; readonly design: Design; readonly multiple: number }

function subjectNow(): Subject | null {
  const doc = activeDocument();
  if (!doc) return null;
  const { shown, pinned } = usePreview.getState();
  const { multiple } = useEvaluation.getState();
  if (pinned && shown?.of === doc.design) return { key: `preview ${shown.id} ${multiple}`, design: shown.design, multiple };
  return { key: `${doc.id} ${doc.semanticRevision} ${multiple}`, design: doc.design, multiple };
}

/** Keep the ranges in step with what `subject` gives; call the first answer at each change, the second at the end. */
export function followRanges(client: RangesClient, subject: () => Subject | null): readonly [look: () => void, stop: () => void] {
  let key: string | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const stop = (): void => {
    clearTimeout(timer);
    client.cancel();
    useRanges.setState({ result: null, share: null, error: null });
  };
  const ask = ({ design, multiple }: Subject): void => {
    useRanges.setState({ share: 0 });
    client.ask({ design, multiple, today: localDay() }, {
      progress: ({ done, total }) => useRanges.setState({ share: done / total }),
      answer: (result) => useRanges.setState({ share: null, result: result.ok ? result.value : null, error: result.ok ? null : result.error }),
    });
  };
  const look = (): void => {
    const next = subject();
    if ((next?.key ?? null) === key) return;
    key = next?.key ?? null;
    stop();
    if (next && hasRanges(next.design) && hasWorkload(next.design)) timer = setTimeout(() => ask(next), RANGES_REST_MS);
  };
  return [look, stop];
}

function connect(): () => void {
  const [look, stop] = followRanges(createRangesClient(() => spawnWorker('engine') as unknown as EngineWorker), subjectNow);
  look();
  const ends = [useWorkspace.subscribe(look), usePreview.subscribe(look), useEvaluation.subscribe((state, before) => void (state.multiple !== before.multiple && look()))];
  return () => {
    for (const end of ends) end();
    stop();
  };
}

/** Compute ranges whenever a number of the shown drawing is one. Call it once, in the shell. */
export function useRangesClient(): void {
  useEffect(connect, []);
}

/** The ranges of what is shown at this load, or null. */
export function useRangesAt(multiple: number | undefined): RangesResult | null {
  return useRanges(({ result }) => (result !== null && result.multiple === multiple ? result : null));
}
