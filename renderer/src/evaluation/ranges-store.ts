import { useEffect } from 'react';
import { create } from 'zustand';
import type { RangesProgress, RangesResult } from '../../../shared/contracts/uncertainty.ts';
import type { Design } from '../../../shared/model/design.ts';
import { hasRanges } from '../../../shared/model/ranges.ts';
import { activeDocument, useWorkspace } from '../document/workspace.ts';
import { spawnEngine } from './engine-workers.ts';
import { useEvaluation } from './evaluation-store.ts';
import { hasWorkload } from './load-scale.ts';
import { localDay } from './local-day.ts';
import { usePreview } from './preview-store.ts';
import { usePrices } from './prices-store.ts';
import { createRangesClient, type RangesClient } from './ranges-client.ts';

/** Milliseconds that drawing and load rest before ranges are computed. */
export const RANGES_REST_MS = 400;

/** Results as ranges, for what is shown at the dial's load: derived, disposable, gone with the next edit. */
interface RangesState {
  readonly result: RangesResult | null;
  /** Whether a number of what is shown is a range at all. */
  readonly uncertain: boolean;
  /** How far they are while they are computed, else null. */
  readonly progress: RangesProgress | null;
  /** Somebody stopped them; they start again with the next edit, or when asked. */
  readonly stopped: boolean;
  readonly error: string | null;
}

const NOTHING: RangesState = { result: null, uncertain: false, progress: null, stopped: false, error: null };

export const useRanges = create<RangesState>()(() => NOTHING);

/** Before the first evaluation nobody knows how many there are. */
const BEGUN: RangesProgress = { done: 0, total: 0 };

/** What the ranges are of: a design by the revision of its meaning, at a load. */
interface Subject { readonly key: string; readonly design: Design; readonly multiple: number }

const priceKeys = new WeakMap<object, number>();
let pricesSeen = 0;

/** Prices are compared by identity: each change makes new ones. */
function pricesKey(prices: object | null): number {
  if (prices === null) return 0;
  if (!priceKeys.has(prices)) priceKeys.set(prices, ++pricesSeen);
  return priceKeys.get(prices) ?? 0;
}

function subjectNow(): Subject | null {
  const doc = activeDocument();
  if (!doc) return null;
  const { shown, pinned } = usePreview.getState();
  const { multiple } = useEvaluation.getState();
  const { prices } = usePrices.getState();
  if (pinned && shown?.of === doc.design) return { key: `preview ${shown.id} ${multiple} ${pricesKey(prices)}`, design: shown.design, multiple };
  return { key: `${doc.id} ${doc.semanticRevision} ${multiple} ${pricesKey(prices)}`, design: doc.design, multiple };
}

/** Keep the ranges in step with what `subject` gives; call the first answer at each change, the second at the end, the third to ask at once. */
export function followRanges(client: RangesClient, subject: () => Subject | null): readonly [look: () => void, stop: () => void, again: () => void] {
  let key: string | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const stop = (): void => {
    clearTimeout(timer);
    client.cancel();
    useRanges.setState(NOTHING);
  };
  const ask = ({ design, multiple }: Subject): void => {
    useRanges.setState({ ...NOTHING, uncertain: true, progress: BEGUN });
    client.ask({ design, multiple, today: localDay() }, {
      progress: (progress) => useRanges.setState({ progress }),
      answer: (result) => useRanges.setState({ progress: null, result: result.ok ? result.value : null, error: result.ok ? null : result.error }),
    });
  };
  const look = (): void => {
    const next = subject();
    if ((next?.key ?? null) === key) return;
    key = next?.key ?? null;
    stop();
    if (!next || !hasRanges(next.design) || !hasWorkload(next.design)) return;
    useRanges.setState({ uncertain: true, progress: BEGUN });
    timer = setTimeout(() => ask(next), RANGES_REST_MS);
  };
  const again = (): void => {
    clearTimeout(timer);
    const next = subject();
    if (next && hasRanges(next.design)) ask(next);
  };
  return [look, stop, again];
}

let running: { readonly stop: () => void; readonly again: () => void } | null = null;

/** Stop computing; the figures are those of the likely values. */
export function stopRanges(): void {
  running?.stop();
  useRanges.setState({ uncertain: true, stopped: true });
}

/** Compute them after a failure, or after they were stopped. */
export function restartRanges(): void {
  running?.again();
}

function connect(): () => void {
  const [look, stop, again] = followRanges(createRangesClient(spawnEngine), subjectNow);
  running = { stop, again };
  look();
  const ends = [useWorkspace.subscribe(look), usePreview.subscribe(look), usePrices.subscribe(look), useEvaluation.subscribe((state, before) => void (state.multiple !== before.multiple && look()))];
  return () => {
    for (const end of ends) end();
    running = null;
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
