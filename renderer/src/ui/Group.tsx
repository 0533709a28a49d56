import { useId, type ReactElement, type ReactNode } from 'react';
import { classes } from './classes.ts';
import { Glyph } from './Glyph.tsx';
import { GLYPHS } from './glyphs.ts';
import styles from './Group.module.css';

interface GroupProps {
  readonly title: string;
  /** Leave out for a group that does not collapse. */
  readonly onToggle?: () => void;
  readonly open?: boolean;
  readonly count?: string;
  readonly children: ReactNode;
}

/** A headed group of rows that can collapse. */
export function Group({ title, onToggle, open = true, count, children }: GroupProps): ReactElement {
  const id = useId();
  const heading = (
    <>
      {onToggle !== undefined && <Glyph path={open ? GLYPHS.chevronDown : GLYPHS.chevronRight} size={16} className={styles.chevron} />}
      <span>{title}</span>
      {count !== undefined && <span className={styles.count}>{count}</span>}
    </>
  );
  return (
    <section className={styles.group} aria-labelledby={id}>
      <h3 id={id} className={classes(styles.heading, onToggle !== undefined && styles.collapsible)}>
        {onToggle === undefined ? (
          heading
        ) : (
          <button type="button" className={styles.button} aria-expanded={open} onClick={onToggle}>
            {heading}
          </button>
        )}
      </h3>
      {open && children}
    </section>
  );
}
