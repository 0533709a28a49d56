import type { ReactElement } from 'react';
import { chordCaps, formatChord } from './chord.ts';
import { designPx } from './interface-size.ts';
import styles from './Kbd.module.css';

/** Marks that the fonts lack, drawn on a 12 x 12 grid. */
const MARKS: Readonly<Record<string, string>> = {
  Cmd: 'M4 4h4v4H4zM4 4H2.75a1.25 1.25 0 1 1 1.25-1.25zM8 4V2.75a1.25 1.25 0 1 1 1.25 1.25zM8 8h1.25a1.25 1.25 0 1 1-1.25 1.25zM4 8v1.25a1.25 1.25 0 1 1-1.25-1.25z',
  Option: 'M1.5 2.5h2.5l4 7h2.5M7 2.5h3.5',
  Left: 'M10 6H2M5 3L2 6l3 3',
  Right: 'M2 6h8M7 3l3 3-3 3',
  Up: 'M6 10V2M3 5l3-3 3 3',
  Down: 'M6 2v8M3 7l3 3 3-3',
};

/** A key chord as the platform writes it. */
export function Kbd({ chord }: { readonly chord: string }): ReactElement {
  return (
    <kbd className={styles.chord}>
      <span className={styles.words}>{formatChord(chord)}</span>
      {chordCaps(chord).map((cap) => {
        const mark = MARKS[cap];
        return (
          <span key={cap} className={styles.cap} aria-hidden="true">
            {mark === undefined ? (
              cap
            ) : (
              <svg style={{ width: designPx(12), height: designPx(12) }} viewBox="0 0 12 12">
                <path d={mark} fill="none" stroke="currentColor" strokeWidth="1.2" strokeLinejoin="round" strokeLinecap="round" />
              </svg>
            )}
          </span>
        );
      })}
    </kbd>
  );
}
