import { useId, useRef, type PointerEvent, type ReactElement, type ReactNode } from 'react';
import { classes } from './classes.ts';
import styles from './Row.module.css';
import { Tooltip } from './Tooltip.tsx';

/** A sideways drag on a row's label. */
export type ScrubPhase = 'start' | 'move' | 'end' | 'cancel';

interface RowProps {
  readonly label: string;
  readonly labelId?: string;
  readonly htmlFor?: string;
  /** Help and definitions, behind the label. */
  readonly hint?: ReactNode;
  /** The field. */
  readonly children: ReactNode;
  readonly tag?: ReactNode;
  /** Shown on hover and focus, over the right edge. */
  readonly trailing?: ReactNode;
  /** The field takes a line of its own under the label. */
  readonly wide?: boolean;
  /** px since the start of the drag; `fine` while Shift is down. */
  readonly onScrub?: (dx: number, phase: ScrubPhase, fine: boolean) => void;
  readonly className?: string;
}

function useScrub(onScrub: RowProps['onScrub']) {
  const start = useRef<number | null>(null);
  const moved = useRef(false);
  if (onScrub === undefined) return {};
  const finish = (phase: 'end' | 'cancel') => (event: PointerEvent<HTMLElement>) => {
    if (start.current === null) return;
    if (moved.current) onScrub(event.clientX - start.current, phase, event.shiftKey);
    start.current = null;
  };
  return {
    onPointerDown: (event: PointerEvent<HTMLElement>) => {
      if (event.button !== 0) return;
      event.currentTarget.setPointerCapture(event.pointerId);
      start.current = event.clientX;
      moved.current = false;
    },
    onPointerMove: (event: PointerEvent<HTMLElement>) => {
      if (start.current === null) return;
      const dx = event.clientX - start.current;
      if (!moved.current && Math.abs(dx) < 3) return;
      onScrub(dx, moved.current ? 'move' : 'start', event.shiftKey);
      moved.current = true;
    },
    onPointerUp: finish('end'),
    onPointerCancel: finish('cancel'),
  };
}

/** One line of a form: label, field of 112, tag of 20. */
export function Row({ label, labelId, htmlFor, hint, children, tag, trailing, wide, onScrub, className }: RowProps): ReactElement {
  const own = useId();
  const scrub = useScrub(onScrub);
  return (
    <div className={classes(styles.row, wide === true && styles.wide, className)}>
      <Tooltip content={hint} side="left">
        <label id={labelId ?? own} htmlFor={htmlFor} className={classes(styles.label, onScrub !== undefined && styles.scrub)} {...scrub}>
          {label}
        </label>
      </Tooltip>
      <div className={styles.field}>{children}</div>
      {wide !== true && <div className={styles.tag}>{tag}</div>}
      {trailing !== undefined && <div className={styles.trailing}>{trailing}</div>}
    </div>
  );
}
