import type { ReactElement } from 'react';
import { AXES, type Axis } from '../../../../shared/contracts/evaluation.ts';
import { NO_FIGURE } from '../../../../shared/lib/format.ts';
import { useEvaluation } from '../../evaluation/evaluation-store.ts';
import { usePreview } from '../../evaluation/preview-store.ts';
import { classes } from '../../ui/classes.ts';
import { Tooltip } from '../../ui/Tooltip.tsx';
import { AXIS_TITLES, TARGET, wholeScore } from './axis-titles.ts';
import { ScoreBar } from './ScoreBar.tsx';
import styles from './ScoreStrip.module.css';

interface CellProps {
  readonly axis: Axis;
  readonly score: number | null;
  /** Score at 1x while the dial is elsewhere, or without the fix that is previewed. */
  readonly before: number | null;
  readonly note: string | null;
  readonly stale: boolean;
}

function spoken(axis: Axis, score: number | null): string {
  return `${AXIS_TITLES[axis]} ${score === null ? 'without a score' : wholeScore(score)}, target ${TARGET}`;
}

function Cell({ axis, score, before, note, stale }: CellProps): ReactElement {
  return (
    <Tooltip content={note} side="left">
      <li className={classes(styles.cell, stale && styles.stale)} aria-label={spoken(axis, score)}>
        <span className={styles.name}>{AXIS_TITLES[axis]}</span>
        <span className={styles.score}>{score === null ? NO_FIGURE : wholeScore(score)}</span>
        {score !== null && <ScoreBar className={styles.bar} score={score} before={before} stale={stale} />}
      </li>
    </Tooltip>
  );
}

/** The six scores at the dial's load: figure, bar, target at 70, and a hollow tick where they stand at 1x, or without the previewed fix. */
export function ScoreStrip(): ReactElement {
  const current = useEvaluation((state) => state.current?.scores ?? null);
  const base = useEvaluation((state) => state.base?.scores ?? null);
  const away = useEvaluation((state) => state.multiple !== 1);
  const stale = useEvaluation((state) => state.stale);
  const held = usePreview((state) => state.held?.current?.scores ?? null);
  const before = held ?? (away ? base : null);
  return (
    <ul className={styles.strip} aria-label="Scores">
      {AXES.map((axis) => (
        <Cell key={axis} axis={axis} score={current?.[axis].score.value ?? null} before={before?.[axis].score.value ?? null} note={current?.[axis].note ?? null} stale={stale} />
      ))}
    </ul>
  );
}
