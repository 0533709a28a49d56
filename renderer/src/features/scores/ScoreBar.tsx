import type { ReactElement } from 'react';
import { TARGET } from './axis-titles.ts';
import styles from './ScoreBar.module.css';

const held = (score: number): number => Math.min(100, Math.max(0, score));

/** A score as a bar: tick at the target, hollow tick where it stands at 1x while the dial is elsewhere. */
export function ScoreBar({ score, before, stale, className }: { readonly score: number; readonly before: number | null; readonly stale: boolean; readonly className?: string }): ReactElement {
  return (
    <span className={className === undefined ? styles.bar : `${styles.bar} ${className}`} data-stale={stale || undefined} aria-hidden="true">
      <span className={styles.fill} style={{ width: `${held(score)}%` }} />
      <span className={styles.target} style={{ left: `${TARGET}%` }} />
      {before !== null && <span className={styles.before} style={{ left: `${held(before)}%` }} />}
    </span>
  );
}
