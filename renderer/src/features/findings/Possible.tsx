import type { ReactElement } from 'react';
import { useEvaluation } from '../../evaluation/evaluation-store.ts';
import { firstSentence } from '../../evaluation/finding-text.ts';
import { possibleFindings } from '../../evaluation/range-text.ts';
import { useRangesAt } from '../../evaluation/ranges-store.ts';
import styles from './FindingsPanel.module.css';

/** Findings that the likely values do not have and other values within the ranges do: told, not counted. */
export function Possible(): ReactElement | null {
  const ranges = useRangesAt(useEvaluation((state) => state.current?.multiple));
  const possible = ranges === null ? [] : possibleFindings(ranges);
  if (possible.length === 0) return null;
  return (
    <section className={styles.group} aria-label="Possible">
      <h3 className={styles.groupTitle}>Possible<span className={styles.count}>{possible.length}</span></h3>
      <ul className={styles.possible}>
        {possible.map(({ odds, text }) => (
          <li key={odds.key}>
            <span>{`${firstSentence(odds.message)}.`}</span>
            <span className={styles.odds}>{`${text.slice(0, 1).toUpperCase()}${text.slice(1)}.`}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
