import type { ReactElement } from 'react';
import { classes } from './classes.ts';
import { designPx } from './interface-size.ts';
import styles from './Delta.module.css';

interface DeltaProps {
  /** Sign, number and unit: "+36", "+$74/month". */
  readonly text: string;
  readonly direction: 'up' | 'down' | 'same';
  /** Neither better nor worse (a price paid for a gain) is drawn in ink. */
  readonly verdict: 'better' | 'worse' | 'neutral';
}

/** A change: a drawn triangle for the direction, the figure with its sign, colour only on top. */
export function Delta({ text, direction, verdict }: DeltaProps): ReactElement {
  return (
    <span className={classes(styles.delta, styles[verdict])}>
      {direction !== 'same' && (
        <svg style={{ width: designPx(8), height: designPx(8) }} viewBox="0 0 8 8" aria-hidden="true" focusable="false">
          <path d={direction === 'up' ? 'M4 1l3.5 6h-7z' : 'M4 7l3.5-6h-7z'} fill="currentColor" />
        </svg>
      )}
      {text}
    </span>
  );
}
