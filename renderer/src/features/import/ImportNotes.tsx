import type { ReactElement } from 'react';
import type { ImportReport } from '../../../../shared/interchange/import-report.ts';
import type { Problem } from '../../../../shared/lib/result.ts';
import styles from './ImportDialog.module.css';
import { counted, placeOf } from './words.ts';

/** A sentence in which names of the file stand between backticks. */
export function Sentence({ text }: { readonly text: string }): ReactElement {
  return <>{text.split('`').map((part, index) => (index % 2 === 1 ? <code key={index}>{part}</code> : part))}</>;
}

function Problems({ title, problems }: { readonly title: string; readonly problems: readonly Problem[] }): ReactElement | null {
  if (problems.length === 0) return null;
  return (
    <section>
      <h3>{counted(problems.length, title)}</h3>
      <ul>
        {problems.map((problem, index) => (
          <li key={index}>
            <Sentence text={problem.message} />
            {placeOf(problem) !== null && <span className={styles.place}>{placeOf(problem)}</span>}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** What could not be read as written, what the files leave open, and which files were left alone. */
export function ImportNotes({ report }: { readonly report: ImportReport }): ReactElement | null {
  const { problems, notFollowed } = report;
  if (problems.length + notFollowed.length === 0) return null;
  return (
    <div className={styles.notes} role="region" aria-label="Problems" tabIndex={0}>
      <Problems title="problem" problems={problems.filter(({ level }) => level !== 'info')} />
      {notFollowed.length > 0 && (
        <section>
          <h3>{`${notFollowed.length} not followed`}</h3>
          <ul>
            {notFollowed.map((sentence) => (
              <li key={sentence}><Sentence text={sentence} /></li>
            ))}
          </ul>
        </section>
      )}
      <Problems title="remark" problems={problems.filter(({ level }) => level === 'info')} />
    </div>
  );
}
