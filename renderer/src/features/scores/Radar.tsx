import type { ReactElement } from 'react';
import { AXES, type Axis } from '../../../../shared/contracts/evaluation.ts';
import { AXIS_TITLES, TARGET, wholeScore } from '../../evaluation/axis-titles.ts';
import { designPx } from '../../ui/interface-size.ts';
import { RADAR, ringOf, shapeOf, spotOf, whiskersOf, type ScoreEnds } from './radar-geometry.ts';
import styles from './Radar.module.css';

/** Where the names stand: at their corner, inside the drawing's edges. */
const NAMES: readonly { readonly x: number; readonly y: number; readonly anchor: 'start' | 'middle' | 'end' }[] = [
  { x: 120, y: 22, anchor: 'middle' },
  { x: 190, y: 62, anchor: 'start' },
  { x: 240, y: 160, anchor: 'end' },
  { x: 120, y: 194, anchor: 'middle' },
  { x: 0, y: 160, anchor: 'start' },
  { x: 50, y: 62, anchor: 'end' },
];

/** The radar in one sentence. */
export function radarSentence(scores: Readonly<Record<Axis, number | null>>, ends?: Readonly<Record<Axis, ScoreEnds>>): string {
  const between = (axis: Axis): string => (ends?.[axis] ? `, between ${wholeScore(ends[axis][0])} and ${wholeScore(ends[axis][1])}` : '');
  const parts = AXES.map((axis) => `${AXIS_TITLES[axis].toLowerCase()} ${scores[axis] === null ? 'without a score' : wholeScore(scores[axis])}${between(axis)}`);
  return `Radar of the six scores, target ${TARGET}: ${parts.join(', ')}.`;
}

/** Six scores as a shape, each with its stretch where it is uncertain. The rows beneath it are the data. */
export function Radar({ scores, ends }: { readonly scores: Readonly<Record<Axis, number | null>>; readonly ends?: Readonly<Record<Axis, ScoreEnds>> }): ReactElement {
  const values = AXES.map((axis) => scores[axis]);
  const { lines, area, dots } = shapeOf(values);
  const { centre } = RADAR;
  const label = spotOf(0, TARGET);
  return (
    <svg className={styles.radar} style={{ width: designPx(RADAR.width), height: designPx(RADAR.height) }} viewBox={`0 0 ${RADAR.width} ${RADAR.height}`} role="img" aria-label={radarSentence(scores, ends)}>
      <polygon points={ringOf(100)} className={styles.edge} />
      {AXES.map((axis, index) => {
        const end = spotOf(index, 100);
        return scores[axis] !== null && <line key={axis} x1={centre.x} y1={centre.y} x2={end.x} y2={end.y} className={styles.edge} />;
      })}
      <path d={area} className={styles.area} />
      <polygon points={ringOf(TARGET)} className={styles.target} />
      <path d={lines} className={styles.line} />
      {ends && <path data-testid="radar-ranges" d={whiskersOf(AXES.map((axis) => ends[axis]))} className={styles.whisker} />}
      {dots.map((dot, index) => <circle key={index} cx={dot.x} cy={dot.y} r={2.5} className={styles.dot} />)}
      <text data-own-scale x={label.x + 6} y={label.y + 4} className={styles.targetWord}>target</text>
      {AXES.map((axis, index) => {
        const place = NAMES[index] ?? { x: 0, y: 0, anchor: 'start' as const };
        return <text key={axis} data-own-scale x={place.x} y={place.y} textAnchor={place.anchor} className={styles.name} data-missing={scores[axis] === null || undefined}>{AXIS_TITLES[axis]}</text>;
      })}
    </svg>
  );
}
