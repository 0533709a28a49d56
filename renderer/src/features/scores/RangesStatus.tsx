import type { ReactElement } from 'react';
import { useEvaluation } from '../../evaluation/evaluation-store.ts';
import { restartRanges, stopRanges, useRanges } from '../../evaluation/ranges-store.ts';
import { Button } from '../../ui/Button.tsx';
import { Tooltip } from '../../ui/Tooltip.tsx';
import styles from './RangesStatus.module.css';

const WHAT = 'Every range of the drawing is drawn from again and again. Figures read from the 10th to the 90th percentile of those runs.';

/** How far the ranges are, in words. */
function words({ progress, stopped, result }: ReturnType<typeof useRanges.getState>): string {
  if (progress !== null) return progress.total === 0 ? 'Ranges follow' : `Computing ranges: ${progress.done} of ${progress.total} runs`;
  if (stopped) return 'Ranges stopped; figures are the likely ones';
  return result === null ? 'Ranges follow' : `Ranges of ${result.runs} runs, p10 to p90`;
}

/**
 * One line while a number of the drawing is uncertain: how far the ranges are with a way to stop them, what went wrong with
 * what to do, or what the ranges are. It keeps its height, so that nothing jumps when they are done.
 */
export function RangesStatus(): ReactElement | null {
  const state = useRanges();
  const loaded = useEvaluation(({ current }) => current !== null && current.total_rps > 0);
  if (!state.uncertain || !loaded) return null;
  const { error, progress, stopped } = state;
  return (
    <div className={styles.line} role="group" aria-label="Ranges" data-failed={error !== null || undefined}>
      {error === null ? <Tooltip content={WHAT} side="left"><span className={styles.words}>{words(state)}</span></Tooltip> : <span className={styles.words} role="alert">{error}</span>}
      {progress !== null && <Button variant="quiet" className={styles.action} onClick={stopRanges}>Cancel</Button>}
      {progress === null && (stopped || error !== null) && <Button variant="quiet" className={styles.action} onClick={restartRanges}>{stopped ? 'Compute' : 'Try again'}</Button>}
    </div>
  );
}
