import type { ReactElement } from 'react';
import { classes } from './classes.ts';
import styles from './ProvenanceTag.module.css';
import { Tooltip } from './Tooltip.tsx';

interface ProvenanceTagProps {
  readonly letter: 'V' | 'M' | 'D' | 'A' | 'U' | 'X';
  /** Where the value comes from, in words. */
  readonly title: string;
  readonly id?: string;
  readonly onClick?: () => void;
}

/** Where a value comes from, as one letter of 20 x 16: assumed is dashed, the user's own wears the brass dot. */
export function ProvenanceTag({ letter, title, id, onClick }: ProvenanceTagProps): ReactElement {
  return (
    <Tooltip content={title} side="left">
      <button type="button" id={id} className={styles.target} aria-label={title} onClick={onClick}>
        <span className={classes(styles.tag, letter === 'A' && styles.assumed)}>
          {letter}
          {letter === 'U' && <i className={styles.dot} />}
        </span>
      </button>
    </Tooltip>
  );
}
