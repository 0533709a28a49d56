import type { ReactElement } from 'react';
import { TARGET } from '../../evaluation/axis-titles.ts';
import styles from './ScoreBar.module.css';

const held = (score: number): number => Math.min(100, Math.max(0, score));

/** A score as a bar: a thin band from end to end where it is uncertain, tick at the target, hollow tick where it stands at 1x while the dial is elsewhere. */
export function ScoreBar({ score, before, ends = null, stale, className }: { readonly score: number; readonly before: number | null; readonly ends?: readonly [low: number, high: number] | null; readonly stale: boolean; readonly className?: string }): ReactElement {
  return (
    <span className={className === undefined ? styles.bar : `${styles.bar} ${className}`} data-stale={stale || undefined} aria-hidden="true">
      {ends !== null && <span className={styles.range} style={{ left: `${held(ends[0])}%`, width: `${held(ends[1]) - held(ends[0])}%` }} />}
      <span className={styles.fill} style={{ width: `${held(score)}%` }} />
      <span className={styles.target} style={{ left: `${TARGET}%` }} />
      {before !== null && <span className={styles.before} style={{ left: `${held(before)}%` }} />}
    </span>
  );
}
