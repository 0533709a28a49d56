import type { ReactElement } from 'react';
import { AXES, type Axis } from '../../../../shared/contracts/evaluation.ts';
import { NO_FIGURE } from '../../../../shared/lib/format.ts';
import { useEvaluation } from '../../evaluation/evaluation-store.ts';
import { classes } from '../../ui/classes.ts';
import { Tooltip } from '../../ui/Tooltip.tsx';
import styles from './ScoreStrip.module.css';

const AXIS_TITLES: Readonly<Record<Axis, string>> = {
  scalability: 'Scalability',
  latency: 'Latency',
  availability: 'Availability',
  isolation: 'Isolation',
  consistency: 'Consistency',
  cost: 'Cost',
};

/** The score that means "target met" (semantics 10). */
const TARGET = 70;

interface CellProps {
  readonly axis: Axis;
  readonly score: number | null;
  /** Score at 1x while the dial is elsewhere. */
  readonly before: number | null;
  readonly note: string | null;
  readonly stale: boolean;
}

function spoken(axis: Axis, score: number | null): string {
  return `${AXIS_TITLES[axis]} ${score === null ? 'without a score' : Math.round(score)}, target ${TARGET}`;
}

function Cell({ axis, score, before, note, stale }: CellProps): ReactElement {
  const shown = score === null ? null : Math.min(100, Math.max(0, score));
  return (
    <Tooltip content={note} side="left">
      <li className={classes(styles.cell, stale && styles.stale)} aria-label={spoken(axis, shown)}>
        <span className={styles.name}>{AXIS_TITLES[axis]}</span>
        <span className={styles.score}>{shown === null ? NO_FIGURE : Math.round(shown)}</span>
        {shown !== null && (
          <span className={styles.bar} aria-hidden="true">
            <span className={styles.fill} style={{ width: `${shown}%` }} />
            <span className={styles.target} style={{ left: `${TARGET}%` }} />
            {before !== null && <span className={styles.before} style={{ left: `${Math.min(100, Math.max(0, before))}%` }} />}
          </span>
        )}
      </li>
    </Tooltip>
  );
}

/** The six scores at the dial's load: figure, bar, target at 70, and a hollow tick where they stand at 1x. */
export function ScoreStrip(): ReactElement {
  const current = useEvaluation((state) => state.current?.scores ?? null);
  const base = useEvaluation((state) => state.base?.scores ?? null);
  const away = useEvaluation((state) => state.multiple !== 1);
  const stale = useEvaluation((state) => state.stale);
  return (
    <ul className={styles.strip} aria-label="Scores">
      {AXES.map((axis) => (
        <Cell key={axis} axis={axis} score={current?.[axis].score.value ?? null} before={away ? (base?.[axis].score.value ?? null) : null} note={current?.[axis].note ?? null} stale={stale} />
      ))}
    </ul>
  );
}
