import type { ReactElement, ReactNode } from 'react';
import { classes } from './classes.ts';
import styles from './Panel.module.css';

interface PanelProps {
  /** Accessible name. */
  readonly label: string;
  /** Drawn heading of 40 px; none when left out. */
  readonly title?: string;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
  readonly scroll?: boolean;
  readonly className?: string;
}

/** A titled area that fills its place. */
export function Panel({ label, title, actions, children, scroll = true, className }: PanelProps): ReactElement {
  return (
    <section aria-label={label} className={classes(styles.panel, className)}>
      {(title !== undefined || actions !== undefined) && (
        <header className={styles.header}>
          <h2 className={styles.title}>{title}</h2>
          {actions}
        </header>
      )}
      <div className={classes(styles.body, scroll && styles.scroll)} data-scroll={scroll ? label : undefined}>{children}</div>
    </section>
  );
}
