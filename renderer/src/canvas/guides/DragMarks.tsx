import { useStore } from '@xyflow/react';
import type { ReactElement } from 'react';
import { useShallow } from 'zustand/react/shallow';
import type { GuideGap, GuideLine } from './alignments.ts';
import { useDragMarks } from './drag-marks.ts';
import { OnPaper } from '../OnPaper.tsx';
import styles from './Guides.module.css';

interface View { readonly x: number; readonly y: number; readonly zoom: number }

/** Half the length of the strokes that end a gap's mark, screen px. */
const TICK = 4;
/** Gaps narrower than this are marked without their figure, screen px. */
const FIGURE_FROM = 24;

/** A screen place in the middle of a pixel, so that a line of 1 px is sharp. */
const sharp = (place: number): number => Math.round(place) + 0.5;

function Line({ line, view }: { readonly line: GuideLine; readonly view: View }): ReactElement {
  const upright = line.axis === 'x';
  const at = sharp(line.at * view.zoom + (upright ? view.x : view.y));
  const [from, to] = [line.from, line.to].map((place) => place * view.zoom + (upright ? view.y : view.x));
  return upright ? <line className={styles.line} x1={at} x2={at} y1={from} y2={to} /> : <line className={styles.line} x1={from} x2={to} y1={at} y2={at} />;
}

function Gap({ gap, view }: { readonly gap: GuideGap; readonly view: View }): ReactElement {
  const level = gap.axis === 'x';
  const at = sharp(gap.across * view.zoom + (level ? view.y : view.x));
  const [from = 0, to = 0] = [gap.from, gap.to].map((place) => place * view.zoom + (level ? view.x : view.y));
  const figure = String(Math.round((gap.to - gap.from) * 10) / 10);
  const path = level ? `M${from} ${at}H${to}M${from} ${at - TICK}v${2 * TICK}M${to} ${at - TICK}v${2 * TICK}` : `M${at} ${from}V${to}M${at - TICK} ${from}h${2 * TICK}M${at - TICK} ${to}h${2 * TICK}`;
  const middle = (from + to) / 2;
  return (
    <>
      <path className={styles.line} d={path} />
      {to - from >= FIGURE_FROM && (level ? <text className={styles.gap} x={middle} y={at - 6} textAnchor="middle">{figure}</text> : <text className={styles.gap} x={at + 8} y={middle + 4}>{figure}</text>)}
    </>
  );
}

function Guides({ lines, gaps }: { readonly lines: readonly GuideLine[]; readonly gaps: readonly GuideGap[] }): ReactElement {
  const view = useStore(useShallow(({ transform: [x, y, zoom] }): View => ({ x, y, zoom })));
  return (
    <svg className={styles.guides} aria-hidden data-guides={lines.length} data-gaps={gaps.length}>
      {lines.map((line, index) => <Line key={index} line={line} view={view} />)}
      {gaps.map((gap, index) => <Gap key={index} gap={gap} view={view} />)}
    </svg>
  );
}

/** While something is dragged: what it aligns with, equal gaps with their figure, and copies that are in the hand. */
export function DragMarks(): ReactElement | null {
  const { lines, gaps, copies } = useDragMarks();
  if (lines.length + gaps.length + copies.length === 0) return null;
  return (
    <>
      {lines.length + gaps.length > 0 && <Guides lines={lines} gaps={gaps} />}
      {copies.length > 0 && (
        <OnPaper>
          {copies.map(({ key, name, rect }) => (
            <div key={key} className={styles.copy} style={{ transform: `translate(${rect.left}px, ${rect.top}px)`, width: rect.right - rect.left, height: rect.bottom - rect.top }}>
              <span className={styles.copyName}>{name}</span>
            </div>
          ))}
        </OnPaper>
      )}
    </>
  );
}
