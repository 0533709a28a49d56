import { useRef, type ReactElement } from 'react';
import type { Finding } from '../../../../shared/contracts/evaluation.ts';
import { useWorkspace } from '../../document/workspace.ts';
import { useFindingsView } from '../../evaluation/findings-view.ts';
import { Button } from '../../ui/Button.tsx';
import styles from './FindingsPanel.module.css';
import { answerQuestion, type QuestionAnswer } from './risk-edits.ts';

/** Questions that are asked at once; the rest waits behind "n more". */
const ASKED = 3;
/** Names that a question lists. */
const NAMED = 3;

const ANSWERS: readonly { readonly answer: QuestionAnswer; readonly label: string }[] = [
  { answer: 'yes', label: 'Yes' },
  { answer: 'no', label: 'No' },
  { answer: 'does not matter', label: 'Does not matter' },
];

type NameOf = (target: Finding['targets'][number]) => string;

function aboutText(finding: Finding, nameOf: NameOf): string {
  const names = (finding.question?.targets ?? []).map(nameOf);
  return names.length > NAMED ? `${names.slice(0, NAMED).join(', ')} and ${names.length - NAMED} more` : names.join(', ');
}

/** The questions with the largest traffic. An answer counts for everything that the question is about. */
export function Questions({ questions, nameOf }: { readonly questions: readonly Finding[]; readonly nameOf: NameOf }): ReactElement | null {
  const list = useRef<HTMLDivElement>(null);
  const all = useFindingsView((state) => state.allQuestions);
  const readOnly = useWorkspace((state) => (state.activeId === null ? null : (state.documents[state.activeId]?.readOnly ?? null)));
  if (questions.length === 0) return null;
  const rest = questions.length - ASKED;
  const answer = (finding: Finding, given: QuestionAnswer, at: number): void => {
    // the focus goes on to the next question before this one is gone
    const articles = [...(list.current?.querySelectorAll('article') ?? [])];
    const next = articles[at + 1] ?? articles[at - 1];
    (next?.querySelector('button') ?? list.current)?.focus();
    answerQuestion(finding, given);
  };
  return (
    <section className={styles.questions} aria-labelledby="finding-questions">
      <h3 id="finding-questions" className={styles.groupTitle}>Questions<span className={styles.count}>{questions.length}</span></h3>
      <div ref={list} tabIndex={-1} className={styles.questionList}>
        {questions.slice(0, all ? questions.length : ASKED).map((finding, at) => (
          <article key={finding.key} className={styles.question} aria-label={finding.question?.text}>
            <p className={styles.asks}>{finding.question?.text}</p>
            <p className={styles.about}>{aboutText(finding, nameOf)}</p>
            <div className={styles.buttons} role="group" aria-label="Answer">
              {ANSWERS.map(({ answer: given, label }) => (
                <Button key={given} variant={given === 'does not matter' ? 'quiet' : 'default'} disabledReason={readOnly} onClick={() => answer(finding, given, at)}>
                  {label}
                </Button>
              ))}
            </div>
          </article>
        ))}
        {rest > 0 && !all && <Button variant="quiet" className={styles.more} onClick={() => useFindingsView.getState().set({ allQuestions: true })}>{`${rest} more`}</Button>}
      </div>
    </section>
  );
}
