import { useRef, useState, type KeyboardEvent, type PointerEvent, type ReactElement } from 'react';
import { classes } from '../ui/classes.ts';
import styles from './Splitter.module.css';

/** px that an arrow key moves, and px under the minimum at which a drag collapses the panel. */
const STEP = 16;
const COLLAPSE_BELOW = 40;

interface SplitterProps {
  readonly label: string;
  /** Id of the panel that it resizes. */
  readonly controls: string;
  /** The panel's width, px. */
  readonly value: number;
  readonly min: number;
  readonly max: number;
  /** On which side of the line the panel lies. */
  readonly panel: 'left' | 'right';
  readonly onResize: (width: number) => void;
  /** Double click. */
  readonly onReset: () => void;
  readonly onCollapse: () => void;
  readonly onDragging?: (dragging: boolean) => void;
}

/** The line between a panel and the canvas: 1 px drawn, 8 px to grab, arrows move it. */
export function Splitter(props: SplitterProps): ReactElement {
  const { label, controls, value, min, max, panel, onResize, onReset, onCollapse, onDragging } = props;
  const start = useRef<{ readonly x: number; readonly value: number } | null>(null);
  const [dragging, setDragging] = useState(false);
  const sign = panel === 'left' ? 1 : -1;
  const drag = (active: boolean): void => {
    setDragging(active);
    onDragging?.(active);
  };
  const stop = (): void => {
    start.current = null;
    drag(false);
  };
  const onPointerMove = (event: PointerEvent): void => {
    if (start.current === null) return;
    const width = start.current.value + sign * (event.clientX - start.current.x);
    if (width < min - COLLAPSE_BELOW) {
      stop();
      onCollapse();
    } else {
      onResize(Math.min(max, Math.max(min, Math.round(width))));
    }
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const by = { ArrowLeft: -STEP * sign, ArrowRight: STEP * sign }[event.key];
    const to = by === undefined ? { Home: min, End: max }[event.key] : value + by;
    if (to === undefined && event.key !== 'Enter') return;
    event.preventDefault();
    if (to === undefined || to < min - COLLAPSE_BELOW) onCollapse();
    else onResize(Math.min(max, Math.max(min, to)));
  };
  return (
    <div
      role="separator"
      tabIndex={0}
      aria-orientation="vertical"
      aria-label={label}
      aria-controls={controls}
      aria-valuenow={Math.round(value)}
      aria-valuemin={min}
      aria-valuemax={max}
      aria-valuetext={`${Math.round(value)} pixels`}
      className={classes(styles.splitter, panel === 'left' ? styles.atRight : styles.atLeft, dragging && styles.dragging)}
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        start.current = { x: event.clientX, value };
        drag(true);
      }}
      onPointerMove={onPointerMove}
      onPointerUp={stop}
      onPointerCancel={stop}
      onDoubleClick={onReset}
      onKeyDown={onKeyDown}
    />
  );
}
