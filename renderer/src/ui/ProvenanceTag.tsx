import type { ButtonHTMLAttributes, ReactElement, Ref } from 'react';
import { classes } from './classes.ts';
import styles from './ProvenanceTag.module.css';

interface ProvenanceTagProps extends Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'title' | 'children' | 'className'> {
  readonly letter: 'V' | 'M' | 'D' | 'A' | 'U' | 'X';
  /** Where the value comes from, in words. */
  readonly title: string;
  readonly ref?: Ref<HTMLButtonElement>;
}

/** Where a value comes from, as one letter of 20 x 16: assumed is dashed, the user's own wears the brass dot. Meant as the trigger of a card. */
export function ProvenanceTag({ letter, title, ...rest }: ProvenanceTagProps): ReactElement {
  return (
    <button type="button" {...rest} className={styles.target} aria-label={title}>
      <span className={classes(styles.tag, letter === 'A' && styles.assumed)}>
        {letter}
        {letter === 'U' && <i className={styles.dot} />}
      </span>
    </button>
  );
}
