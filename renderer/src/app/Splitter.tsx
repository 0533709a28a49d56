import { useRef, useState, type KeyboardEvent, type PointerEvent, type ReactElement } from 'react';
import { classes } from '../ui/classes.ts';
import { interfaceScale } from '../ui/interface-size.ts';
import styles from './Splitter.module.css';

/** px that an arrow key moves, and px under the minimum at which a drag collapses the panel. */
const STEP = 16;
const COLLAPSE_BELOW = 40;

/** At which of its edges a panel has its line. */
const SIDES = { left: styles.atRight, right: styles.atLeft, bottom: styles.atTop } as const;

interface SplitterProps {
  readonly label: string;
  /** Id of the panel that it resizes. */
  readonly controls: string;
  /** The panel's width, or the height of the bottom one, px. */
  readonly value: number;
  readonly min: number;
  readonly max: number;
  /** On which side of the line the panel lies. */
  readonly panel: 'left' | 'right' | 'bottom';
  readonly onResize: (size: number) => void;
  /** Double click. */
  readonly onReset: () => void;
  readonly onCollapse: () => void;
  readonly onDragging?: (dragging: boolean) => void;
}

/** The line between a panel and the canvas: 1 px drawn, 8 px to grab, arrows move it. */
export function Splitter(props: SplitterProps): ReactElement {
  const { label, controls, value, min, max, panel, onResize, onReset, onCollapse, onDragging } = props;
  const start = useRef<{ readonly at: number; readonly value: number } | null>(null);
  const [dragging, setDragging] = useState(false);
  const sign = panel === 'left' ? 1 : -1;
  const flat = panel === 'bottom';
  const along = (event: PointerEvent): number => (flat ? event.clientY : event.clientX);
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
    const size = start.current.value + (sign * (along(event) - start.current.at)) / interfaceScale();
    if (size < min - COLLAPSE_BELOW) {
      stop();
      onCollapse();
    } else {
      onResize(Math.min(max, Math.max(min, Math.round(size))));
    }
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const [less, more] = flat ? ['ArrowDown', 'ArrowUp'] : sign === 1 ? ['ArrowLeft', 'ArrowRight'] : ['ArrowRight', 'ArrowLeft'];
    const by = event.key === more ? STEP : event.key === less ? -STEP : undefined;
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
      aria-orientation={flat ? 'horizontal' : 'vertical'}
      aria-label={label}
      aria-controls={controls}
      aria-valuenow={Math.round(value)}
      aria-valuemin={min}
      aria-valuemax={max}
      aria-valuetext={`${Math.round(value)} pixels`}
      className={classes(styles.splitter, SIDES[panel], dragging && styles.dragging)}
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        start.current = { at: along(event), value };
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
