import type { ReactElement, ReactNode } from 'react';
import styles from './VisuallyHidden.module.css';

interface VisuallyHiddenProps {
  readonly children: ReactNode;
  readonly id?: string;
  /** Announce changes of the content. */
  readonly live?: 'polite' | 'assertive';
}

/** Words for assistive technology only. */
export function VisuallyHidden({ children, id, live }: VisuallyHiddenProps): ReactElement {
  return (
    <span id={id} className={styles.hidden} aria-live={live} aria-atomic={live === undefined ? undefined : true}>
      {children}
    </span>
  );
}
