import { useEffect, useId, useRef, type PointerEvent, type ReactElement, type ReactNode } from 'react';
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
  /** px since the start of the drag; `fine` while Shift is down; where the pointer is in the window. Escape cancels. */
  readonly onScrub?: (dx: number, phase: ScrubPhase, fine: boolean, at: { readonly x: number; readonly y: number }) => void;
  readonly className?: string;
}

function useScrub(onScrub: RowProps['onScrub']) {
  const start = useRef<number | null>(null);
  const moved = useRef(false);
  const keys = useRef<AbortController | null>(null);
  useEffect(() => () => keys.current?.abort(), []);
  if (onScrub === undefined) return {};
  const finish = (phase: 'end' | 'cancel', at: { readonly clientX: number; readonly clientY: number; readonly shiftKey: boolean }): void => {
    keys.current?.abort();
    if (start.current === null) return;
    if (moved.current) onScrub(at.clientX - start.current, phase, at.shiftKey, { x: at.clientX, y: at.clientY });
    start.current = null;
  };
  const onEscape = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || !moved.current || start.current === null) return;
    event.preventDefault();
    event.stopPropagation();
    finish('cancel', { clientX: start.current, clientY: 0, shiftKey: false });
  };
  return {
    onPointerDown: (event: PointerEvent<HTMLElement>) => {
      if (event.button !== 0) return;
      event.currentTarget.setPointerCapture(event.pointerId);
      start.current = event.clientX;
      moved.current = false;
      keys.current?.abort();
      keys.current = new AbortController();
      window.addEventListener('keydown', onEscape, { capture: true, signal: keys.current.signal });
    },
    onPointerMove: (event: PointerEvent<HTMLElement>) => {
      if (start.current === null) return;
      const dx = event.clientX - start.current;
      if (!moved.current && Math.abs(dx) < 3) return;
      onScrub(dx, moved.current ? 'move' : 'start', event.shiftKey, { x: event.clientX, y: event.clientY });
      moved.current = true;
    },
    onPointerUp: (event: PointerEvent<HTMLElement>) => finish('end', event),
    onPointerCancel: (event: PointerEvent<HTMLElement>) => finish('cancel', event),
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
