import type { ReactElement } from 'react';
import { designPx } from './interface-size.ts';

interface SeverityMarkProps {
  readonly severity: 'critical' | 'major' | 'minor';
  readonly size?: number;
  /** Accessible name; left out where a word beside it says the same. */
  readonly title?: string;
}

/** One hue, three shapes: filled octagon with "!", outlined triangle, ring. */
export function SeverityMark({ severity, size = 14, title }: SeverityMarkProps): ReactElement {
  const naming = title === undefined ? { 'aria-hidden': true as const } : { role: 'img', 'aria-label': title };
  return (
    <svg style={{ width: designPx(size), height: designPx(size) }} viewBox="-7 -7 14 14" focusable="false" {...naming}>
      {severity === 'critical' && (
        <>
          <path d="M-2.5 -6h5l3.5 3.5v5l-3.5 3.5h-5l-3.5 -3.5v-5z" fill="var(--red)" />
          <path d="M0 -3.2v3.6M0 2.6v.4" stroke="var(--on-red)" strokeWidth="1.6" strokeLinecap="round" />
        </>
      )}
      {severity === 'major' && <path d="M0 -5.5l6 10.5h-12z" fill="var(--red-tint)" stroke="var(--red)" strokeWidth="1.5" strokeLinejoin="round" />}
      {severity === 'minor' && <circle r="4.5" fill="none" stroke="var(--ink-3)" strokeWidth="1.5" />}
    </svg>
  );
}
