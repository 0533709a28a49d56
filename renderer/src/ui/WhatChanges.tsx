import type { ReactElement } from 'react';
import styles from './WhatChanges.module.css';

/** What a gesture would change, at most three lines: "+$74/month", "1 finding fewer". */
export function WhatChanges({ lines }: { readonly lines: readonly string[] }): ReactElement {
  return (
    <ul className={styles.lines} data-what-changes>
      {lines.map((line) => (
        <li key={line} className="truncate">{line}</li>
      ))}
    </ul>
  );
}
