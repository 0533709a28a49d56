import { memo, useEffect, useRef, useState, type ReactElement } from 'react';
import { AXES, type Axis, type Evaluation } from '../../../../shared/contracts/evaluation.ts';
import type { RangesResult, Spread } from '../../../../shared/contracts/uncertainty.ts';
import { RANGED, rangeText, widthOf } from '../../../../shared/drawing/range-figures.ts';
import { NO_FIGURE } from '../../../../shared/lib/format.ts';
import { useEvaluation } from '../../evaluation/evaluation-store.ts';
import { usePreview } from '../../evaluation/preview-store.ts';
import { scoreRangeText } from '../../evaluation/range-text.ts';
import { useRangesAt } from '../../evaluation/ranges-store.ts';
import { classes } from '../../ui/classes.ts';
import { Tooltip } from '../../ui/Tooltip.tsx';
import { VisuallyHidden } from '../../ui/VisuallyHidden.tsx';
import { AXIS_TITLES, TARGET, wholeScore } from '../../evaluation/axis-titles.ts';
import { RangesStatus } from './RangesStatus.tsx';
import { ScoreBar } from './ScoreBar.tsx';
import styles from './ScoreStrip.module.css';

interface CellProps {
  readonly axis: Axis;
  readonly score: number | null;
  /** Score at 1x while the dial is elsewhere, or without the fix that is previewed. */
  readonly before: number | null;
  readonly note: string | null;
  readonly stale: boolean;
  readonly range: Spread | undefined;
}

/** The ends of a score whose inputs are uncertain, to the digits that are known. */
function endsOf(range: Spread | undefined): readonly [low: number, high: number] | null {
  if (!range || rangeText(range, RANGED.score) === null) return null;
  const { p10, p90 } = range;
  const known = (value: number): number => RANGED.score.round(value, widthOf(range));
  return p10.value === null || p90.value === null ? null : [known(p10.value), known(p90.value)];
}

function spoken(axis: Axis, score: number | null, ends: readonly [number, number] | null): string {
  const figure = score === null ? 'without a score' : ends ? `${RANGED.score.round(wholeScore(score), ends[1] - ends[0])}, between ${ends[0]} and ${ends[1]}` : wholeScore(score);
  return `${AXIS_TITLES[axis]} ${figure}, target ${TARGET}`;
}

const Cell = memo(function Cell({ axis, score, before, note, stale, range }: CellProps): ReactElement {
  const ends = score === null ? null : endsOf(range);
  return (
    <Tooltip content={note} side="left">
      <li className={classes(styles.cell, stale && styles.stale)} aria-label={spoken(axis, score, ends)}>
        <span className={styles.name}>{AXIS_TITLES[axis]}</span>
        <span className={styles.score} data-range={ends !== null || undefined}>{score === null ? NO_FIGURE : ends === null ? wholeScore(score) : `${ends[0]}–${ends[1]}`}</span>
        {score !== null && <ScoreBar className={styles.bar} score={score} before={before} ends={ends} stale={stale} />}
      </li>
    </Tooltip>
  );
});

/** Milliseconds without another answer after which the dial is at rest. */
const AT_REST_MS = 1000;

/** Said once when the dial has moved the scores and rests: while it moves the strip is silent. */
function useSaid(scores: Evaluation['scores'] | null): string {
  const multiple = useEvaluation((state) => state.current?.multiple ?? null);
  const told = useRef(multiple);
  const [said, setSaid] = useState('');
  useEffect(() => {
    if (scores === null || multiple === null) return undefined;
    if (told.current === null) told.current = multiple;
    if (told.current === multiple) return undefined;
    setSaid('');
    const timer = setTimeout(() => {
      told.current = multiple;
      setSaid('Scores updated');
    }, AT_REST_MS);
    return () => clearTimeout(timer);
  }, [scores, multiple]);
  return said;
}

/** What the tooltip of a score says: what moves it within its range, and the note of the engine. */
function noteOf(axis: Axis, ranges: RangesResult | null, note: string | null): string | null {
  const range = ranges && scoreRangeText(axis, ranges);
  return range === null ? note : note === null ? range : `${range}. ${note}`;
}

/** The six scores at the dial's load: figure, bar, target at 70, and a hollow tick where they stand at 1x, or without the previewed fix. */
export function ScoreStrip(): ReactElement {
  const current = useEvaluation((state) => state.current?.scores ?? null);
  const base = useEvaluation((state) => state.base?.scores ?? null);
  const away = useEvaluation((state) => state.multiple !== 1);
  const stale = useEvaluation((state) => state.stale);
  const held = usePreview((state) => state.held?.current?.scores ?? null);
  const before = held ?? (away ? base : null);
  const ranges = useRangesAt(useEvaluation((state) => state.current?.multiple));
  const said = useSaid(current);
  return (
    <>
      <ul className={styles.strip} aria-label="Scores">
        {AXES.map((axis) => (
          <Cell key={axis} axis={axis} score={current?.[axis].score.value ?? null} before={before?.[axis].score.value ?? null} note={noteOf(axis, ranges, current?.[axis].note ?? null)} range={ranges?.scores[axis]} stale={stale} />
        ))}
      </ul>
      <RangesStatus />
      <VisuallyHidden live="polite">{said}</VisuallyHidden>
    </>
  );
}
